#include "runtime/explain/rests_on.h"

#include <algorithm>
#include <map>

#include "runtime/base/civil.h"
#include "runtime/base/one_line.h"
#include "runtime/columns/take.h"
#include "runtime/explain/calls.h"
#include "runtime/explain/needs.h"

namespace huiyu::explain {
namespace {

constexpr std::uint8_t declared_kind = 2;  // plan::Column::source_kind: 申报

// Takes out what the firm states, also within rows of lists that it does not state as a whole.
void take_out(Record const& record, plan::Ref<plan::Relation> relation, columns::Batch& batch) {
  auto const& stated = record.places.of_relation[relation.index];
  for (std::size_t i = 0; i < stated.size(); ++i) {
    auto const& row = record.plan.columns[stated[i].index];
    auto& column = batch.columns[i];
    if (row.source_kind == declared_kind)
      column = columns::take(column, std::vector<std::int64_t>(static_cast<std::size_t>(batch.row_count), -1));
    else if (row.kind == plan::ValueKind::List && column.items != nullptr)
      take_out(record, row.items, *column.items);
  }
}

// By name, as `needs` names them, the sources of all facts that the firm states.
std::map<std::string, std::string> all_declared(plan::Plan const& plan) {
  std::map<std::string, std::string> all;
  for (std::uint32_t i = 0; i < plan.columns.size(); ++i)
    if (plan.columns[i].source_kind == declared_kind)
      all.emplace(fact_name(plan, {i}), std::string(plan.text(plan.columns[i].source)));
  return all;
}

}  // namespace

std::vector<DeclaredFact> declared_facts_of(Record const& record, PairOutcome const& pair) {
  if (pair.outcome == Outcome::Unknown || pair.outcome == Outcome::Error) return {};
  auto const declared = all_declared(record.plan);
  if (declared.empty()) return {};
  columns::Batch without;
  without.row_count = 1;
  for (auto const& column : record.batch.columns) without.columns.push_back(columns::take(column, {record.row}));
  take_out(record, record.plan.policies[pair.policy].subject, without);
  Record const other{record.plan, record.places, record.inputs, without, 0};
  std::vector<DeclaredFact> facts;
  for (auto const& need : label(other, pair.policy).needs) {
    // 产值[2023年] is known by its series.
    auto const found = declared.find(need.substr(0, need.find('[')));
    if (found != declared.end() && std::ranges::find(pair.needs, need) == pair.needs.end())
      facts.push_back({need, found->second});
  }
  return facts;
}

std::vector<MonthEndUse> month_ends_of(Record const& record, PairOutcome const& pair, Findings const& findings) {
  std::vector<MonthEndUse> uses;
  for (auto const& finding : findings.all) {
    auto const& node = record.plan.explains[finding.node.index];
    if (node.op != plan::ExplainOp::Call || !finding.value.known()) continue;
    std::vector<Value const*> arguments;
    for (auto const child : finding.children) arguments.push_back(&findings.all[child].value);
    auto const day = cut_to_month_end(record.plan.text(node.name), arguments);
    if (!day) continue;
    auto const wanted = civil_from_days(static_cast<std::int32_t>(numerator(arguments[0]->number))).day;
    MonthEndUse use{one_line(record.plan.text(node.text)), wanted, *day};
    if (std::ranges::find(uses, use) == uses.end()) uses.push_back(std::move(use));
  }
  if (uses.empty()) return uses;
  auto other = record;
  other.month_end = MonthEnd::FirstOfNext;
  return label(other, pair.policy) == pair ? std::vector<MonthEndUse>{} : uses;
}

}  // namespace huiyu::explain
