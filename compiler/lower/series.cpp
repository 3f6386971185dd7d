// Series read at one period, and aggregates over runs of periods. A run whose length is known is written out, period by
// period; any other is left to the explanation.

#include "compiler/lower/expressions.h"

namespace huiyu::lower {

using plan::Op;
using types::Kind;

namespace {

constexpr std::int64_t longest_run = 120;  // ten years of months

}  // namespace

Value Expressions::of(tir::SeriesValue const& e, types::Type const& type) {
  auto const record = place_.find(e.of);
  auto const term = lowerer_.period_term(e.period, place_);
  if (!record) return undecided(type);
  Place owner = place_;
  owner.records.resize(*record + 1);
  Code code;
  Expressions period(lowerer_, owner, code);
  // A period that hangs on a record in between is not known to the owner.
  auto const at = period.arithmetic().placed(term.base == PeriodTerm::Base::Unknown
                                                 ? period.number(e.period)
                                                 : period.of(term, lowerer_.expr(e.period).type).number);
  plan::Derived row;
  row.kind = plan::DerivedKind::SeriesAt;
  row.value = lowerer_.field(owner.relation(), e.field);
  row.use = code.finish(lowerer_.tables(), owner.relation(), at.node);
  auto const& series = lowerer_.column(row.value);
  auto const& range = lowerer_.range_of(row.value);
  return read(lowerer_.derive(lowerer_.blank(owner.relation(), type, series.scale, range), row, range));
}

Value Expressions::of(tir::Window const& e, types::Type const& type) {
  auto const from = lowerer_.period_term(e.from, place_), to = lowerer_.period_term(e.to, place_);
  bool const known = e.from.has_value() && from.base != PeriodTerm::Base::Unknown && from.base == to.base;
  if (!known || to.offset - from.offset >= longest_run) return undecided(type);

  struct Item {
    NodeId where = plan::none;
    Value each;
  };
  std::vector<Item> items;
  for (auto offset = from.offset; offset <= to.offset; ++offset) {
    Place place = place_;
    place.periods.push_back({e.period, {from.base, offset}});
    Expressions inner(lowerer_, place, code_);
    Item item;
    if (e.where.has_value()) item.where = inner.truth(e.where);
    if (e.each.has_value()) item.each = inner.value(e.each);
    items.push_back(item);
  }

  using tir::AggregateOp;
  if (e.op == AggregateOp::Exists || e.op == AggregateOp::All) {
    bool const all = e.op == AggregateOp::All;
    std::vector<NodeId> truths;
    for (auto const& item : items) {
      std::vector<NodeId> parts;
      if (item.where != plan::none)
        parts.push_back(all && e.each.has_value() ? logic(Op::Not, {item.where}) : item.where);
      if (e.each.has_value()) parts.push_back(item.each.truth);
      truths.push_back(logic(all ? Op::Or : Op::And, std::move(parts)));
    }
    return {logic(all ? Op::And : Op::Or, std::move(truths)), {}};
  }

  // What is out counts as 0 of the sum, whatever it lacks.
  auto const in_or = [&](Item const& item, Number const& value) {
    if (item.where == plan::none) return value;
    Row const row[] = {{item.where, {plan::none, value}}};
    return choose(Op::ChooseUnique, row, Value{plan::none, Arithmetic::literal(0)}).number;
  };
  auto const sum = [&](auto value_of) {
    Number total = Arithmetic::literal(0);
    for (auto const& item : items) total = numbers_.add(total, in_or(item, value_of(item)), false);
    return total;
  };
  auto const total = [&] { return sum([](Item const& item) { return item.each.number; }); };
  auto const count = [&] { return sum([](Item const&) { return Arithmetic::literal(1); }); };
  switch (e.op) {
    case AggregateOp::Sum: return {plan::none, total()};
    case AggregateOp::Count: return {plan::none, numbers_.placed(count())};
    case AggregateOp::Mean: return {plan::none, numbers_.divide(total(), count())};
    case AggregateOp::Largest:
    case AggregateOp::Smallest: {
      bool const largest = e.op == AggregateOp::Largest;
      if (items.empty()) return undecided(type);
      if (!e.where.has_value()) {
        auto best = items.front().each.number;
        for (auto const& item : items) best = numbers_.extreme(best, item.each.number, largest);
        return {plan::none, best};
      }
      std::vector<Row> rows;
      for (auto const& item : items)
        rows.push_back({item.where, {plan::none, largest ? item.each.number : numbers_.negate(item.each.number)}});
      auto const best = choose(Op::ChooseHighest, rows, std::nullopt).number;
      if (best.fraction()) return undecided(type);
      return {plan::none, largest ? best : numbers_.negate(best)};
    }
    case AggregateOp::Median:
    case AggregateOp::Top:
    case AggregateOp::Distinct:
    case AggregateOp::Exists:
    case AggregateOp::All: break;
  }
  return undecided(type);
}

}  // namespace huiyu::lower
