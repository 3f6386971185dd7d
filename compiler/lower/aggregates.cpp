// Aggregates over lists: a program over the rows of the list for what is taken and for what is asked of each row, then
// one value for each record.

#include "compiler/lower/expressions.h"

namespace huiyu::lower {

using plan::DerivedKind;
using plan::Op;
using types::Kind;

namespace {

constexpr types::Type truth_type() {
  types::Type type;
  type.kind = Kind::Truth;
  return type;
}

// What an aggregate over up to so many values of a range can be.
Range range_of_sum(Range const& each, std::int64_t most) {
  return {BigInt(std::min(BigInt(0), BigInt(each.low * most))), BigInt(std::max(BigInt(0), BigInt(each.high * most)))};
}

constexpr std::int64_t most_items = tir::max_list_items;
Range const counted_range{0, BigInt(most_items)};

class ListAggregate {
 public:
  ListAggregate(Lowerer& lowerer, Place const& outer, tir::Aggregate const& e, types::Type const& type)
      : lowerer_(lowerer),
        outer_(outer),
        inner_(outer),
        e_(e),
        type_(type),
        list_(lowerer.field(outer.relation(), e.list)) {
    inner_.records.push_back({e.item, lowerer.column(list_).items});
  }

  // A truth column over the rows: where.
  plan::Ref<plan::Column> filter() {
    if (!e_.where.has_value()) return {};
    Code code;
    Expressions inner(lowerer_, inner_, code);
    return lowerer_.computed_truth(code, inner_, inner.truth(e_.where));
  }

  // What 存在 and 全部 ask of each row: in and true; out or true.
  plan::Ref<plan::Column> asked() {
    if (!e_.each.has_value() && !e_.where.has_value()) return {};
    Code code;
    Expressions inner(lowerer_, inner_, code);
    std::vector<NodeId> parts;
    bool const all = e_.op == tir::AggregateOp::All;
    // 全部（列表，其中 …）: the filter is what all rows are asked for.
    if (e_.where.has_value())
      parts.push_back(all && e_.each.has_value() ? inner.logic(Op::Not, {inner.truth(e_.where)})
                                                 : inner.truth(e_.where));
    if (e_.each.has_value()) parts.push_back(inner.truth(e_.each));
    return lowerer_.computed_truth(code, inner_, inner.logic(all ? Op::Or : Op::And, std::move(parts)));
  }

  plan::Ref<plan::Column> quantified() {
    plan::Derived row;
    row.kind = e_.op == tir::AggregateOp::All ? DerivedKind::AggregateAll : DerivedKind::AggregateExists;
    row.list = list_;
    row.value = asked();
    return lowerer_.derive(lowerer_.blank(outer_.relation(), truth_type(), 0, {0, 1}), row, {0, 1});
  }

  plan::Ref<plan::Column> count() {
    plan::Derived row;
    row.kind = DerivedKind::AggregateCount;
    row.list = list_;
    row.filter = filter();
    return lowerer_.derive(lowerer_.blank(outer_.relation(), type_, 0, counted_range), row, counted_range);
  }

  // None: programs cannot tell the values apart.
  std::optional<plan::Ref<plan::Column>> distinct() {
    Code code;
    auto const value = Expressions(lowerer_, inner_, code).key_column(inner_, e_.each);
    if (!value) return std::nullopt;
    plan::Derived row;
    row.kind = DerivedKind::AggregateDistinct;
    row.list = list_;
    row.value = *value;
    row.filter = filter();
    return lowerer_.derive(lowerer_.blank(outer_.relation(), type_, 0, counted_range), row, counted_range);
  }

  // 合计, 最大 … of `each`. A fraction only over one constant denominator, which is taken out.
  struct Measured {
    plan::Ref<plan::Column> column;
    BigInt denominator = 1;
  };
  std::optional<Measured> measured(DerivedKind kind) {
    Code code;
    Expressions inner(lowerer_, inner_, code);
    auto each = inner.arithmetic().placed(inner.number(e_.each));
    Measured result;
    if (each.fraction()) {
      if (each.denominator_range.low != each.denominator_range.high) return std::nullopt;
      result.denominator = each.denominator_range.low;
    }
    plan::Derived row;
    row.kind = kind;
    row.list = list_;
    row.value = lowerer_.computed(code, inner_, each, lowerer_.expr(e_.each).type);
    row.filter = filter();
    Range range = each.range;
    if (kind == DerivedKind::AggregateSum) range = range_of_sum(range, tir::max_list_items);
    if (kind == DerivedKind::AggregateTop)
      row.tag = e_.first, range = range_of_sum(range, std::min(e_.first, most_items));
    if (kind == DerivedKind::AggregateMedian) range = {BigInt(2 * range.low), BigInt(2 * range.high)};
    if (!limbs_of(range)) return std::nullopt;
    result.column = lowerer_.derive(lowerer_.blank(outer_.relation(), type_, each.scale, range), row, range);
    return result;
  }

 private:
  Lowerer& lowerer_;
  Place const& outer_;
  Place inner_;
  tir::Aggregate const& e_;
  types::Type const& type_;
  plan::Ref<plan::Column> list_;
};

}  // namespace

Value Expressions::of(tir::Aggregate const& e, types::Type const& type) {
  auto const owner = place_.find(e.of);
  if (!owner) return undecided(type);
  // What is bound further in than the list's owner is not seen by its rows.
  Place outer = place_;
  outer.records.resize(*owner + 1);
  ListAggregate list(lowerer_, outer, e, type);
  auto const of_measured = [&](DerivedKind kind, BigInt const& divisor) -> Value {
    auto const measured = list.measured(kind);
    if (!measured) return undecided(type);
    auto const value = read(measured->column).number;
    BigInt const below = measured->denominator * divisor;
    return {plan::none,
            below == 1 ? value : numbers_.multiply(value, Arithmetic::literal(BigRational(BigInt(1), below)))};
  };
  switch (e.op) {
    case tir::AggregateOp::Exists:
    case tir::AggregateOp::All: return read(list.quantified());
    case tir::AggregateOp::Count: return read(list.count());
    case tir::AggregateOp::Sum: return of_measured(DerivedKind::AggregateSum, 1);
    case tir::AggregateOp::Largest: return of_measured(DerivedKind::AggregateLargest, 1);
    case tir::AggregateOp::Smallest: return of_measured(DerivedKind::AggregateSmallest, 1);
    case tir::AggregateOp::Median: return of_measured(DerivedKind::AggregateMedian, 2);
    case tir::AggregateOp::Top: return of_measured(DerivedKind::AggregateTop, 1);
    case tir::AggregateOp::Distinct: {
      auto const column = list.distinct();
      return column ? read(*column) : undecided(type);
    }
    case tir::AggregateOp::Mean: {
      auto const sum = of_measured(DerivedKind::AggregateSum, 1);
      return {plan::none, numbers_.divide(sum.number, read(list.count()).number)};
    }
  }
  return {};
}

}  // namespace huiyu::lower
