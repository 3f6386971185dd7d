#include "runtime/explain/shortfall.h"

#include <algorithm>

#include "runtime/base/civil.h"
#include "runtime/explain/show.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {
namespace {

using plan::ExplainOp;
using plan::ValueKind;

// Nobody waits longer.
constexpr std::int32_t most_days = 200 * 366;

enum class Order : std::uint8_t { Below, AtMost, Above, AtLeast, Equal, Other };

Order order_of(ExplainOp op, bool negated) {
  if (op == ExplainOp::Less) return negated ? Order::AtLeast : Order::Below;
  if (op == ExplainOp::AtMost) return negated ? Order::Above : Order::AtMost;
  if (op == ExplainOp::Greater) return negated ? Order::AtMost : Order::Above;
  if (op == ExplainOp::AtLeast) return negated ? Order::Below : Order::AtLeast;
  return op == (negated ? ExplainOp::NotEqual : ExplainOp::Equal) ? Order::Equal : Order::Other;
}
Order turned(Order order) {
  return order == Order::Below     ? Order::Above
         : order == Order::AtMost  ? Order::AtLeast
         : order == Order::Above   ? Order::Below
         : order == Order::AtLeast ? Order::AtMost
                                   : order;
}

template <class Is> bool some_node(plan::Plan const& plan, plan::Ref<plan::Explain> ref, Is const& is) {
  auto const& node = plan.explains[ref.index];
  auto const children = plan::rows_of(node.children, plan.explain_children);
  return is(node.op) || std::any_of(children.begin(), children.end(),
                                    [&](auto const& child) { return some_node(plan, child.node, is); });
}
bool reads_record(plan::Plan const& plan, plan::Ref<plan::Explain> ref) {
  return some_node(plan, ref, [](ExplainOp op) {
    return op == ExplainOp::Field || op == ExplainOp::Definition || op == ExplainOp::Series || op == ExplainOp::Sum ||
           op == ExplainOp::Count;
  });
}

class Reader {
 public:
  Reader(Record const& record, std::uint32_t position, plan::Ref<plan::Explain> test, bool negated)
      : record_(record), plan_(record.plan), position_(position), test_(test), negated_(negated) {}

  std::string read() const {
    auto const& node = plan_.explains[test_.index];
    auto const order = order_of(node.op, negated_);
    if (order == Order::Other) return {};
    if (order != Order::Equal && hangs_on_time(plan_, test_))
      if (auto const day = first_day()) return format_date(*day);
    return distance(node, order);
  }

 private:
  State stands(std::int32_t day) const {
    auto inputs = record_.inputs;
    inputs.as_of_day = day;
    Evaluator evaluator(Record{plan_, record_.places, inputs, record_.batch, record_.row, nullptr, record_.month_end});
    if (auto const year = plan_.policies[position_].explain_year; year.has_value()) evaluator.set_year(year);
    auto const state = evaluator.brief(test_);
    return !negated_ ? state : state == State::True ? State::False : state == State::False ? State::True : state;
  }

  // An order of what moves one way with time and of what stands still turns once.
  std::optional<std::int32_t> first_day() const {
    auto const from = record_.inputs.as_of_day;
    std::int32_t before = 0, after = 1;
    while (after < most_days && stands(from + after) != State::True) before = after, after *= 2;
    if (after >= most_days) return std::nullopt;
    while (after - before > 1) {
      auto const middle = before + (after - before) / 2;
      (stands(from + middle) == State::True ? after : before) = middle;
    }
    return from + after;
  }

  std::string distance(plan::Explain const& node, Order order) const {
    auto const children = plan::rows_of(node.children, plan_.explain_children);
    if (children.size() != 2) return {};
    Evaluator evaluator(record_);
    if (auto const year = plan_.policies[position_].explain_year; year.has_value()) evaluator.set_year(year);
    bool const is_turned = !reads_record(plan_, children[0].node) && reads_record(plan_, children[1].node);
    auto const ours = children[is_turned ? 1 : 0].node, theirs = children[is_turned ? 0 : 1].node;
    auto const from = evaluator.value(evaluator.evaluate(ours)), to = evaluator.value(evaluator.evaluate(theirs));
    auto const& subject = plan_.explains[ours.index];
    if (!from.known() || !to.known() || (subject.kind != ValueKind::Number && subject.kind != ValueKind::Date))
      return {};
    if (is_turned) order = turned(order);
    auto by = to.number - from.number;
    std::string strictly;
    if (order == Order::Above || order == Order::Below) {
      bool const is_stated =
          subject.op == ExplainOp::Field && plan_.columns[subject.column.index].role == plan::ColumnRole::Input;
      auto const step = is_stated ? scaled(1, plan_.columns[subject.column.index].scale) : Exact(0);
      if (!is_stated) strictly = ">";
      by = order == Order::Above ? by + step : by - step;
    }
    return strictly + moved(plan_, subject.kind, subject.measure, by);
  }

  Record const& record_;
  plan::Plan const& plan_;
  std::uint32_t position_;
  plan::Ref<plan::Explain> test_;
  bool negated_;
};

}  // namespace

bool hangs_on_time(plan::Plan const& plan, plan::Ref<plan::Explain> test) {
  return some_node(plan, test, [](ExplainOp op) { return op == ExplainOp::AsOf || op == ExplainOp::ThisMonth; });
}

std::string shortfall(Record const& record, std::uint32_t position, plan::Ref<plan::Explain> test, bool negated) {
  return Reader(record, position, test, negated).read();
}

std::string moved(plan::Plan const& plan, ValueKind kind, std::uint8_t measure, Exact const& by) {
  bool const falls = by < Exact(0);
  auto const size = falls ? -by : by;
  auto const as = kind == ValueKind::Date
                      ? ShowAs{ValueKind::Number, static_cast<std::uint8_t>(columns::Measure::Days), 0, {}}
                      : ShowAs{kind, measure, 0, {}};
  return (falls ? "-" : "+") + show_value(plan, as, Value::of(size));
}

}  // namespace huiyu::explain
