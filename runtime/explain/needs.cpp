#include "runtime/explain/needs.h"

#include <algorithm>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/codes/codes.h"
#include "runtime/explain/show.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {
namespace {

using plan::ExplainOp;

class Collector {
 public:
  Collector(Record const& record, Findings const& findings, std::set<std::string>& needs)
      : record_(record), findings_(findings), needs_(needs), seen_(findings.all.size()) {}

  // What an unknown finding waits for.
  void unknown(std::uint32_t place) {
    if (place == nothing || seen_[place]) return;
    seen_[place] = true;
    auto const& finding = findings_.all[place];
    if (finding.value.state != State::Unknown) return;
    by_kind(record_.plan.explains[finding.node.index], finding);
  }

 private:
  State state(std::uint32_t place) const { return findings_.all[place].value.state; }
  bool is_unknown(std::uint32_t place) const { return place != nothing && state(place) == State::Unknown; }

  void children(Finding const& finding) {
    for (auto child : finding.children) unknown(child);
  }

  void by_kind(plan::Explain const& node, Finding const& finding) {
    switch (node.op) {
      case ExplainOp::Field:
      case ExplainOp::Item: fact(node, finding); return;
      case ExplainOp::Parameter:
        needs_.emplace(record_.plan.text(record_.plan.parameters[node.parameter.index].name));
        return;
      case ExplainOp::Definition:
        if (finding.children[0] == nothing)
          needs_.insert(fact_name(record_.plan, node.column));
        else
          unknown(finding.children[0]);
        return;
      case ExplainOp::Series: series(node, finding); return;
      case ExplainOp::Lookup: lookup(node, finding); return;
      case ExplainOp::BelongsTo:
      case ExplainOp::SetContains:
        // A known code that is too coarse, a set with a member that could not be read: the fact is wanted in full.
        if (std::any_of(finding.children.begin(), finding.children.end(),
                        [&](std::uint32_t child) { return is_unknown(child); }))
          children(finding);
        else if (node.op == ExplainOp::SetContains && node.number != 0)
          inside_set(finding);
        else
          facts_below(finding.children[0]);
        return;
      case ExplainOp::ChooseFirst:
      case ExplainOp::ChooseExclusive:
      case ExplainOp::ChooseUnique:
      case ExplainOp::ChooseHighest:
      case ExplainOp::ChooseSum: choice(node, finding); return;
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
      case ExplainOp::Literal:
      case ExplainOp::AsOf:
      case ExplainOp::ApplicationYear:
      case ExplainOp::Period:
      case ExplainOp::PartsTotal: return;
      case ExplainOp::And:
      case ExplainOp::Or:
      case ExplainOp::Not:
      case ExplainOp::AtLeastOf:
      case ExplainOp::Less:
      case ExplainOp::AtMost:
      case ExplainOp::Greater:
      case ExplainOp::AtLeast:
      case ExplainOp::Equal:
      case ExplainOp::NotEqual:
      case ExplainOp::Add:
      case ExplainOp::Subtract:
      case ExplainOp::Multiply:
      case ExplainOp::Divide:
      case ExplainOp::Negate:
      case ExplainOp::Highest:
      case ExplainOp::Lowest:
      case ExplainOp::CapAtMost:
      case ExplainOp::CapAtLeast:
      case ExplainOp::Round:
      case ExplainOp::Default:
      case ExplainOp::ThisYear:
      case ExplainOp::ThisMonth:
      case ExplainOp::Offset:
      case ExplainOp::IfGiven:
      case ExplainOp::Shift:
      case ExplainOp::Call: children(finding); return;
    }
  }

  // A series that is missing as a whole by its name, else the period.
  columns::Column const& data_of(plan::Explain const& node) const {
    return record_.batch.columns[static_cast<std::size_t>(record_.places.of_column[node.column.index])];
  }
  // The record, or the row of a list, that a node reads.
  Scope const& read_by(plan::Explain const& node, Finding const& finding) const {
    auto depth = node.depth;
    auto const* scope = &findings_.scopes[finding.scope];
    for (; scope->binds_period || depth != 0; scope = &findings_.scopes[scope->outer])
      if (!scope->binds_period) --depth;
    return *scope;
  }
  bool computed(plan::Explain const& node) const { return record_.plan.columns[node.column.index].computed == 1; }
  bool by_reasons(columns::Column const& column, std::int64_t row) {
    auto const* facts = column.facts_of(row);
    if (facts != nullptr) needs_.insert(facts->begin(), facts->end());
    return facts != nullptr;
  }

  // What others make of the record, or what is read of them, hangs on facts of theirs. Of a list's rows that may be
  // single facts; series and lists are the record's own.
  void fact(plan::Explain const& node, Finding const& finding) {
    if (computed(node)) {
      auto const& scope = read_by(node, finding);
      auto const place = static_cast<std::size_t>(record_.places.of_column[node.column.index]);
      if (by_reasons(scope.batch->columns[place], scope.row)) return;
    }
    needs_.insert(fact_name(record_.plan, node.column));
  }
  // A series or list that is missing as a whole.
  bool whole_by_reasons(plan::Explain const& node) {
    return computed(node) && !data_of(node).present(record_.row) && by_reasons(data_of(node), record_.row);
  }

  bool computed_at(plan::Explain const& node, Finding const& finding) {
    if (!computed(node) || finding.taken != series_present) return false;
    auto const& data = data_of(node);
    auto const period = *findings_.all[finding.children[0]].value.number.integer();
    auto const row = static_cast<std::size_t>(record_.row);
    for (auto i = data.starts[row]; i < data.starts[row + 1]; ++i)
      if (period == data.items->columns[0].at(i)) return by_reasons(data.items->columns[1], i);
    return false;
  }

  void series(plan::Explain const& node, Finding const& finding) {
    if (is_unknown(finding.children[0])) return unknown(finding.children[0]);
    if (computed_at(node, finding) || whole_by_reasons(node)) return;
    auto name = fact_name(record_.plan, node.column);
    if (finding.taken == series_present) {
      auto const& period = findings_.all[finding.children[0]];
      name += period_name(record_.plan, period.node, period.value);
    }
    needs_.insert(std::move(name));
  }

  // 参照.表[键]: the keys are known and no row has them.
  void lookup(plan::Explain const& node, Finding const& finding) {
    bool waits = false;
    for (auto key : finding.children) waits = waits || is_unknown(key);
    if (waits) return children(finding);
    auto const& plan = record_.plan;
    auto const keys = plan::rows_of(plan.reference_tables[node.table.index].keys, plan.reference_keys);
    std::string name = "参照." + std::string(plan.text(plan.reference_tables[node.table.index].name)) + "[";
    for (std::size_t i = 0; i < keys.size(); ++i) {
      auto const& value = findings_.all[finding.children[i]].value;
      if (i > 0) name += "，";
      if (keys[i].kind == plan::ValueKind::Code) {
        auto const entries = codes::entries(static_cast<codes::CodeSystem>(keys[i].code_system));
        name += entries[static_cast<std::size_t>(*value.number.integer())].code;
      } else {
        name += conclusion_text(plan, ShowAs{keys[i].kind, 0, keys[i].code_system, keys[i].enumeration}, value);
      }
    }
    needs_.insert(name + "]");
  }

  // The chosen branch, or the conditions still open; where the subject is missing, the subject alone.
  void choice(plan::Explain const& node, Finding const& finding) {
    bool const has_subject = (node.flags & plan::HasSubject) != 0;
    std::size_t const first = has_subject ? 1 : 0;
    if (finding.taken >= 0) return unknown(finding.children[taken_value(node, finding)]);
    if (has_subject && is_unknown(finding.children[0])) return unknown(finding.children[0]);
    bool const all_rows = node.op == ExplainOp::ChooseHighest || node.op == ExplainOp::ChooseSum;
    for (std::size_t place = first; place + 1 < finding.children.size(); place += 2) {
      unknown(finding.children[place]);
      if (all_rows) unknown(finding.children[place + 1]);
    }
  }

  // A missing list its own name, else the facts of rows that are not certainly out.
  void aggregate(plan::Explain const& node, Finding const& finding) {
    bool const has_each = (node.flags & plan::HasEach) != 0;
    bool const has_where = (node.flags & plan::HasWhere) != 0;
    std::size_t const ends = (node.flags & plan::OverPeriods) == 0 ? 0 : (node.flags & plan::HasFrom) != 0 ? 2 : 1;
    bool any = false;
    for (std::size_t end = 0; end < ends; ++end) {
      any = any || is_unknown(finding.children[end]);
      unknown(finding.children[end]);
    }
    auto const stride = static_cast<std::size_t>((has_each ? 1 : 0) + (has_where ? 1 : 0));
    for (std::size_t row = ends; stride != 0 && row + stride <= finding.children.size(); row += stride) {
      auto const where = has_where ? finding.children[row + stride - 1] : nothing;
      auto const each = has_each ? finding.children[row] : nothing;
      if (where != nothing && state(where) == State::False) continue;
      // A row that can no longer change 存在 or 全部.
      if (each != nothing && node.op == ExplainOp::Exists && state(each) == State::False) continue;
      if (each != nothing && node.op == ExplainOp::All && state(each) == State::True) continue;
      any = any || is_unknown(where) || is_unknown(each);
      unknown(where);
      unknown(each);
    }
    if (any || (node.column.has_value() && whole_by_reasons(node))) return;
    needs_.insert(fact_name(record_.plan, node.column));
  }

  // The facts that a known code or set stands on.
  // Of a code that may lie in a set's: the code where it is above one of them, the set where that has more.
  void inside_set(Finding const& finding) {
    auto const& set = findings_.all[finding.children[0]].value;
    auto const& member = findings_.all[finding.children[1]];
    auto const system = static_cast<codes::CodeSystem>(record_.plan.explains[member.node.index].code_system);
    if (set.members->open) facts_below(finding.children[0]);
    auto const& ids = set.members->ids;
    if (std::any_of(ids.begin(), ids.end(), [&](std::int64_t id) {
          return code_found(system, true, id, member.value) == codes::Belongs::Unknown;
        }))
      facts_below(finding.children[1]);
  }

  void facts_below(std::uint32_t place) {
    if (place == nothing) return;
    auto const& finding = findings_.all[place];
    auto const& node = record_.plan.explains[finding.node.index];
    bool const is_fact = node.op == ExplainOp::Field || node.op == ExplainOp::Item ||
                         (node.op == ExplainOp::Definition && finding.children[0] == nothing);
    if (is_fact)
      needs_.insert(fact_name(record_.plan, node.column));
    else if (node.op == ExplainOp::Definition)
      facts_below(finding.children[0]);
    else if (node.op == ExplainOp::IfGiven)
      facts_below(finding.children[finding.children[0] != nothing ? 0 : 1]);
    else if (node.op == ExplainOp::Default)
      facts_below(finding.children[is_unknown(finding.children[0]) ? 1 : 0]);
    else if (finding.taken >= 0)
      facts_below(finding.children[taken_value(node, finding)]);
  }

  static std::size_t taken_value(plan::Explain const& node, Finding const& finding) {
    std::size_t const first = (node.flags & plan::HasSubject) != 0 ? 1 : 0;
    auto const rows = (finding.children.size() - first) / 2;
    auto const taken = static_cast<std::size_t>(finding.taken);
    return first + 2 * taken + (taken < rows ? 1 : 0);
  }

  Record const& record_;
  Findings const& findings_;
  std::set<std::string>& needs_;
  std::vector<bool> seen_;  // by finding
};

}  // namespace

std::string fact_name(plan::Plan const& plan, plan::Ref<plan::Column> ref) {
  auto const& column = plan.columns[ref.index];
  std::string name(plan.text(column.name));
  for (auto relation = column.relation;
       relation.has_value() && plan.relations[relation.index].kind == plan::RelationKind::List;
       relation = plan.relations[relation.index].parent)
    name = std::string(plan.text(plan.relations[relation.index].name)) + "." + name;
  return name;
}

std::string period_name(plan::Plan const& plan, plan::Ref<plan::Explain> period, Value const& value) {
  return "[" + show_value(plan, plan.explains[period.index], value) + "]";
}

void add_needs(Record const& record, Findings const& findings, std::uint32_t finding, std::set<std::string>& needs) {
  Collector(record, findings, needs).unknown(finding);
}

}  // namespace huiyu::explain
