#include "runtime/explain/evaluate.h"

#include "runtime/base/check.h"
#include "runtime/base/civil.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {

using plan::ExplainOp;

namespace {
constexpr std::size_t usual_findings = 128;
}

Evaluator::Evaluator(Record const& record) : record_(record) {
  findings_.all.reserve(usual_findings);
  restart(record.row);
}

void Evaluator::restart(std::int64_t row) {
  record_.row = row;
  findings_.all.clear();
  findings_.scopes.clear();
  known_.clear();
  alone_.clear();
  own_ = nothing;
  parts_total_ = {};
  Scope scope;
  scope.batch = &record_.batch;
  scope.row = row;
  findings_.scopes.push_back(scope);
}

void Evaluator::set_period(bool month, std::int64_t period) {
  Finding finding;
  finding.value = Value::of(period);
  auto const place = static_cast<std::uint32_t>(findings_.all.size());
  findings_.all.push_back(std::move(finding));
  (month ? findings_.scopes[0].month : findings_.scopes[0].year) = place;
}

std::uint32_t Evaluator::evaluate(plan::Ref<plan::Explain> node) { return evaluate(node, 0); }

std::uint32_t Evaluator::evaluate(plan::Ref<Node> node, std::uint32_t scope) {
  auto const key = (std::uint64_t{node.index} << 32) | scope;
  if (auto const found = known_.find(key); found != FindingPlaces::none) return found;
  // Built aside: evaluating children adds findings and moves the others.
  Finding finding;
  finding.node = node;
  finding.scope = scope;
  dispatch(record_.plan.explains[node.index], finding);
  auto const place = static_cast<std::uint32_t>(findings_.all.size());
  findings_.all.push_back(std::move(finding));
  known_.add(key, place);
  return place;
}

plan::Explain Evaluator::child_node(Node const& node, std::uint32_t child) const {
  return record_.plan.explains[record_.plan.explain_children[node.children.begin + child].node.index];
}

std::uint32_t Evaluator::evaluate_child(Node const& node, std::uint32_t child, std::uint32_t scope) {
  return evaluate(record_.plan.explain_children[node.children.begin + child].node, scope);
}

void Evaluator::evaluate_children(Node const& node, Finding& finding) {
  finding.children.reserve(node.children.count);
  for (std::uint32_t i = 0; i < node.children.count; ++i)
    finding.children.push_back(evaluate_child(node, i, finding.scope));
}

std::uint32_t Evaluator::record_at(std::uint32_t scope, std::uint8_t depth) const {
  for (; scope != nothing; scope = findings_.scopes[scope].outer)
    if (!findings_.scopes[scope].binds_period && depth-- == 0) return scope;
  HUIYU_CHECK(false, "an explanation reaches beyond its outermost record");
  return nothing;
}

std::uint32_t Evaluator::period_at(std::uint32_t scope, std::uint8_t depth) const {
  for (; scope != nothing; scope = findings_.scopes[scope].outer)
    if (findings_.scopes[scope].binds_period && depth-- == 0) return scope;
  HUIYU_CHECK(false, "an explanation reads a period that is not bound");
  return nothing;
}

Scope const& Evaluator::outermost(std::uint32_t scope) const {
  while (findings_.scopes[scope].outer != nothing) scope = findings_.scopes[scope].outer;
  return findings_.scopes[scope];
}

std::uint32_t Evaluator::enter(Scope const& scope) {
  findings_.scopes.push_back(scope);
  return static_cast<std::uint32_t>(findings_.scopes.size() - 1);
}

std::uint32_t Evaluator::alone(Scope const& scope) {
  bool const is_own =
      scope.batch == &record_.batch && scope.row == record_.row && scope.year == nothing && scope.month == nothing;
  if (is_own) return own_ != nothing ? own_ : own_ = enter(scope);
  auto const [found, fresh] = alone_.try_emplace({scope.batch, scope.row, scope.year, scope.month}, 0);
  if (fresh) found->second = enter(scope);
  return found->second;
}

void Evaluator::dispatch(Node const& node, Finding& finding) {
  switch (node.op) {
    // Leaves, and forms that decide for themselves what they look at.
    case ExplainOp::Field:
    case ExplainOp::Item:
    case ExplainOp::Literal:
    case ExplainOp::Parameter:
    case ExplainOp::AsOf:
    case ExplainOp::ApplicationYear:
    case ExplainOp::Period:
    case ExplainOp::PartsTotal: finding.value = leaf(node, finding.scope); return;
    case ExplainOp::ThisYear:
      finding.children.push_back(outermost(finding.scope).year);
      finding.value = this_year(finding.scope);
      return;
    case ExplainOp::ThisMonth:
      finding.children.push_back(outermost(finding.scope).month);
      finding.value = this_month(finding.scope);
      return;
    case ExplainOp::IfGiven: {
      auto const taken = is_given(node) ? 0U : 1U;
      finding.children.assign(2, nothing);
      finding.children[taken] = evaluate_child(node, taken, finding.scope);
      finding.value = child(finding, taken);
      return;
    }
    case ExplainOp::Definition: definition(node, finding); return;
    case ExplainOp::Series: {
      evaluate_children(node, finding);
      bool present = false;
      finding.value = series(node, finding.scope, child(finding, 0), present);
      if (present) finding.taken = series_present;
      return;
    }
    case ExplainOp::Sum:
    case ExplainOp::Count:
    case ExplainOp::Exists:
    case ExplainOp::All:
    case ExplainOp::Mean:
    case ExplainOp::Largest:
    case ExplainOp::Smallest:
    case ExplainOp::Median:
    case ExplainOp::Top:
    case ExplainOp::Distinct: aggregate(node, finding); return;
    case ExplainOp::ChooseFirst:
    case ExplainOp::ChooseExclusive:
    case ExplainOp::ChooseUnique:
    case ExplainOp::ChooseHighest:
    case ExplainOp::ChooseSum: choice(node, finding); return;
    // The others are functions of all their children.
    case ExplainOp::And:
      evaluate_children(node, finding);
      finding.value = join(finding, false);
      return;
    case ExplainOp::Or:
      evaluate_children(node, finding);
      finding.value = join(finding, true);
      return;
    case ExplainOp::Not:
      evaluate_children(node, finding);
      finding.value = child(finding, 0);
      if (finding.value.known()) finding.value = Value::truth(finding.value.state == State::False);
      return;
    case ExplainOp::AtLeastOf:
      evaluate_children(node, finding);
      finding.value = at_least_of(node, finding);
      return;
    case ExplainOp::Less:
    case ExplainOp::AtMost:
    case ExplainOp::Greater:
    case ExplainOp::AtLeast:
    case ExplainOp::Equal:
    case ExplainOp::NotEqual:
      evaluate_children(node, finding);
      finding.value = compare(node, child(finding, 0), child(finding, 1));
      return;
    case ExplainOp::Add:
    case ExplainOp::Subtract:
    case ExplainOp::Multiply:
    case ExplainOp::Divide:
    case ExplainOp::Negate:
      evaluate_children(node, finding);
      finding.value = arithmetic(node, finding);
      return;
    case ExplainOp::Highest:
    case ExplainOp::CapAtLeast:
      evaluate_children(node, finding);
      finding.value = pick(node, finding, true);
      return;
    case ExplainOp::Lowest:
    case ExplainOp::CapAtMost:
      evaluate_children(node, finding);
      finding.value = pick(node, finding, false);
      return;
    case ExplainOp::Round:
      evaluate_children(node, finding);
      finding.value = round(node, finding);
      return;
    case ExplainOp::BelongsTo:
      evaluate_children(node, finding);
      finding.value = belongs(node, child(finding, 0));
      return;
    case ExplainOp::SetContains:
      evaluate_children(node, finding);
      finding.value = set_contains(node, finding);
      return;
    case ExplainOp::Offset:
      evaluate_children(node, finding);
      finding.value = offset(node, child(finding, 0));
      return;
    case ExplainOp::Shift:
      evaluate_children(node, finding);
      finding.value = shift(node, finding);
      return;
    case ExplainOp::Lookup:
      evaluate_children(node, finding);
      finding.value = lookup(node, finding);
      return;
    case ExplainOp::Default:
      evaluate_children(node, finding);
      finding.value = child(finding, child(finding, 0).state == State::Unknown ? 1 : 0);
      return;
    case ExplainOp::Call:
      evaluate_children(node, finding);
      finding.value = call(node, finding);
      return;
  }
  HUIYU_CHECK(false, "an explanation of an unknown kind");
}

Value Evaluator::leaf(Node const& node, std::uint32_t scope) const {
  if (node.op == ExplainOp::Literal) return literal_value(record_.plan, node);
  if (node.op == ExplainOp::Parameter) return parameter(node);
  if (node.op == ExplainOp::AsOf) return Value::of(record_.inputs.as_of_day);
  if (node.op == ExplainOp::ApplicationYear)
    return Value::of(record_.inputs.application_year.value_or(civil_from_days(record_.inputs.as_of_day).year));
  if (node.op == ExplainOp::Period) return Value::of(findings_.scopes[period_at(scope, node.depth)].period);
  if (node.op == ExplainOp::PartsTotal) return parts_total_;
  return field(node, scope);
}

Value Evaluator::strict(Finding const& finding) const {
  Value result = Value::truth(true);
  for (auto const one : finding.children) {
    auto const& operand = value(one);
    if (operand.state == State::Error) return operand;
    if (operand.state == State::Unknown) result = Value::unknown();
  }
  return result;
}

Value strict_state(std::span<Value const* const> operands) {
  Value result = Value::truth(true);
  for (auto const* operand : operands) {
    if (operand->state == State::Error) return *operand;
    if (operand->state == State::Unknown) result = Value::unknown();
  }
  return result;
}

}  // namespace huiyu::explain
