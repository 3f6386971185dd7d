// 合计 数量 平均 … over the items of a list or the periods of a window: one frame per item, the same rules for both.

#include <algorithm>

#include "compiler/interpret/evaluator.h"

namespace huiyu::interpret {
namespace {

using tir::AggregateOp;

// What one item brings. `value` is not looked at where the filter is false.
struct Item {
  Answer filter, value;
};

// An item that is out by its filter is out whatever it lacks, and one whose filter is unknown leaves the whole missing:
// also what it lacks besides may be needed. An error counts only where it is certainly in the sum.
std::optional<Answer> undecided_items(std::vector<Item> const& items) {
  Names needs;
  bool missing = false;
  for (auto const& item : items) {
    if (item.filter.error()) return item.filter;
    if (item.filter.is(true) && item.value.error()) return item.value;
  }
  for (auto const& item : items) {
    if (item.filter.is(false)) continue;
    for (auto const* part : {&item.filter, &item.value}) {
      if (!part->missing()) continue;
      missing = true;
      needs.insert(part->facts.begin(), part->facts.end());
    }
  }
  if (missing) return Answer::needs(std::move(needs));
  return std::nullopt;
}

BigRational sum_of(std::vector<tir::Value> const& values) {
  BigRational sum = 0;
  for (auto const& value : values) sum += std::get<BigRational>(value);
  return sum;
}

// `values` is not empty.
tir::Value median(std::vector<tir::Value> values) {
  std::stable_sort(values.begin(), values.end(), ranks_below);
  auto const middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return BigRational((std::get<BigRational>(values[middle - 1]) + std::get<BigRational>(values[middle])) / 2);
}

Answer counted(std::size_t how_many) { return Answer::of(BigRational(static_cast<std::int64_t>(how_many))); }

Answer different(std::vector<tir::Value> const& values) {
  std::vector<tir::Value> seen;
  for (auto const& value : values)
    if (std::find(seen.begin(), seen.end(), value) == seen.end()) seen.push_back(value);
  return counted(seen.size());
}

std::vector<tir::Value> greatest(std::vector<tir::Value> values, std::int64_t first) {
  std::stable_sort(values.begin(), values.end(), [](auto const& a, auto const& b) { return ranks_below(b, a); });
  if (first < static_cast<std::int64_t>(values.size())) values.resize(static_cast<std::size_t>(first));
  return values;
}

Answer compute(AggregateOp op, std::int64_t first, std::vector<tir::Value> const& values, Span span) {
  if (op == AggregateOp::Sum) return Answer::of(sum_of(values));
  if (op == AggregateOp::Top) return Answer::of(sum_of(greatest(values, first)));
  if (op == AggregateOp::Count) return counted(values.size());
  if (op == AggregateOp::Distinct) return different(values);
  if (values.empty()) return Answer::fails({FaultKind::NothingToRank, span, {}});
  switch (op) {
    case AggregateOp::Mean: return Answer::of(BigRational(sum_of(values) / static_cast<std::int64_t>(values.size())));
    case AggregateOp::Largest: return Answer::of(*std::max_element(values.begin(), values.end(), ranks_below));
    case AggregateOp::Smallest: return Answer::of(*std::min_element(values.begin(), values.end(), ranks_below));
    case AggregateOp::Median: return Answer::of(median(values));
    case AggregateOp::Sum:
    case AggregateOp::Top:
    case AggregateOp::Count:
    case AggregateOp::Distinct:
    case AggregateOp::Exists:
    case AggregateOp::All: break;
  }
  HUIYU_CHECK(false, "this aggregate is computed elsewhere");
  return {};
}

}  // namespace

Answer Evaluator::aggregate(AggregateOp op, std::int64_t first, tir::ExprId each, tir::ExprId where,
                            std::vector<Frame> const& frames, tir::Expr const& expr) {
  auto const yes = Answer::of(true);
  std::vector<Item> items;
  for (auto const& frame : frames) {
    auto filter = where.has_value() ? evaluate(where, frame) : yes;
    auto value = each.has_value() && !filter.is(false) ? evaluate(each, frame) : yes;
    items.push_back({std::move(filter), std::move(value)});
  }

  if (op == AggregateOp::Exists || op == AggregateOp::All) {
    bool const any = op == AggregateOp::Exists;
    std::vector<Answer> truths;
    for (auto const& item : items) {
      // 全部（列表，其中 …）: the filter is what all items are asked for.
      if (any)
        truths.push_back(all_of({item.filter, item.value}));
      else
        truths.push_back(each.has_value() ? any_of({negate(item.filter), item.value}) : item.filter);
    }
    return any ? any_of(truths) : all_of(truths);
  }

  if (auto const stop = undecided_items(items)) return *stop;
  std::vector<tir::Value> values;
  for (auto const& item : items)
    if (truth(item.filter)) values.push_back(item.value.value);
  return compute(op, first, values, expr.span);
}

Answer Evaluator::value_of(tir::Aggregate const& e, tir::Expr const& expr, Frame const& frame) {
  auto const& field = program_.fields[e.list];
  auto const& record = frame.record(e.of);
  auto const& column = record.batch->columns.at(column_of(e.list));
  auto const name = record.prefix + field.name;
  if (!column.present(record.row)) return lacking(column, record.row, name);
  auto const row = static_cast<std::size_t>(record.row);
  std::vector<Frame> frames;
  for (auto item = column.starts[row]; item < column.starts[row + 1]; ++item) {
    frames.push_back(frame);
    frames.back().bind(e.item, Record{column.items.get(), item, name + "."});
  }
  return aggregate(e.op, e.first, e.each, e.where, frames, expr);
}

Answer Evaluator::value_of(tir::Window const& e, tir::Expr const& expr, Frame const& frame) {
  auto const to = evaluate(e.to, frame);
  if (e.from.has_value()) {
    if (auto const stop = undecided({evaluate(e.from, frame), to})) return *stop;
  } else if (!to.known()) {
    return to;
  }
  bool const yearly = std::holds_alternative<tir::YearValue>(to.value);
  auto const number_of = [&](tir::Value const& period) {
    return yearly ? std::get<tir::YearValue>(period).year : std::get<tir::MonthValue>(period).month;
  };
  std::int32_t const last = number_of(to.value);
  std::int32_t first = last + 1;
  if (e.from.has_value()) {
    first = number_of(evaluate(e.from, frame).value);
  } else {
    auto const& record = frame.record(e.of);
    auto const& column = record.batch->columns.at(column_of(e.series));
    if (!column.present(record.row)) return lacking(column, record.row, record.prefix + program_.fields[e.series].name);
    auto const row = static_cast<std::size_t>(record.row);
    auto const& periods = column.items->columns[0];
    for (auto item = column.starts[row]; item < column.starts[row + 1]; ++item)
      first = std::min(first, static_cast<std::int32_t>(periods.at(item)));
  }
  std::vector<Frame> frames;
  for (auto period = first; period <= last; ++period) {
    frames.push_back(frame);
    if (yearly)
      frames.back().bind(e.period, tir::YearValue{period});
    else
      frames.back().bind(e.period, tir::MonthValue{period});
  }
  return aggregate(e.op, e.first, e.each, e.where, frames, expr);
}

}  // namespace huiyu::interpret
