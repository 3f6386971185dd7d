#include "compiler/tir/leaves.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "compiler/tir/traverse.h"

namespace huiyu::tir {
namespace {

class Leaves {
 public:
  explicit Leaves(Program const& program) : program_(program) {}

  // `lender`: the list whose rows the tree is about, if it is about rows of one.
  void walk(ExprId root, std::optional<FieldId> lender = std::nullopt) {
    if (!root.has_value()) return;
    auto const nodes = reachable(program_, root);
    // What a row of a list states comes from where the list comes from, unless the row's field says otherwise; and so
    // does a list in it.
    std::map<BindingId, std::optional<FieldId>> lists{{BindingId{0}, lender}};
    auto const lender_of = [&](BindingId record) {
      auto const list = lists.find(record);
      return list == lists.end() ? std::nullopt : list->second;
    };
    std::vector<ExprId> aggregates;
    for (auto const id : nodes)
      if (std::holds_alternative<Aggregate>(program_.exprs[id].kind)) aggregates.push_back(id);
    // A node has a greater id than what stands in it: the outermost come first.
    std::ranges::sort(aggregates, [](ExprId a, ExprId b) { return b < a; });
    for (auto const id : aggregates) {
      auto const& list = std::get<Aggregate>(program_.exprs[id].kind);
      lists[list.item] = program_.fields[list.list].source.empty() && lender_of(list.of) ? lender_of(list.of)
                                                                                         : std::optional(list.list);
    }
    for (auto const id : nodes) {
      auto const& kind = program_.exprs[id].kind;
      if (auto const* list = std::get_if<Aggregate>(&kind)) {
        if (!list->each.has_value() && !list->where.has_value()) add(list->list, lender_of(list->of), id);
      } else if (auto const* field = std::get_if<FieldValue>(&kind)) {
        add(field->field, lender_of(field->of), id);
      } else if (auto const* series = std::get_if<SeriesValue>(&kind)) {
        add(series->field, lender_of(series->of), id);
      } else if (auto const* lookup = std::get_if<Lookup>(&kind)) {
        auto const& table = program_.reference_tables[lookup->table];
        enter({table.name, table.source_kind, table.source, program_.exprs[id].span, table.span, through_});
      } else if (auto const* used = std::get_if<DefinitionValue>(&kind)) {
        auto const about = lender_of(used->of);
        if (!visited_.emplace(used->definition, about).second) continue;
        through_.push_back(used->definition);
        walk(program_.definitions[used->definition].value, about);
        through_.pop_back();
      }
    }
  }

  std::vector<Leaf> found;

 private:
  void add(FieldId id, std::optional<FieldId> list, ExprId use) {
    Field const* field = &program_.fields[id];
    if (field->via.has_value()) add(field->via, list, use);
    if (program_.schemas[field->schema].key == id) return;  // whom it is about is always known
    if (field->source.empty() && list) field = &program_.fields[*list];
    enter({field->name, field->source_kind, field->source, program_.exprs[use].span, field->span, through_});
  }

  void enter(Leaf leaf) {
    for (auto const& other : found)
      if (other.declared == leaf.declared) return;
    found.push_back(std::move(leaf));
  }

  Program const& program_;
  std::vector<DefinitionId> through_;
  std::set<std::pair<DefinitionId, std::optional<FieldId>>> visited_;  // with the list it was read for
};

}  // namespace

std::vector<Leaf> leaves_of(Program const& program, Policy const& policy) {
  Leaves leaves(program);
  for (auto const root : {policy.target, policy.condition}) leaves.walk(root);
  for (auto const& item : policy.items) {
    leaves.walk(item.when);
    leaves.walk(item.amount);
  }
  for (auto const& cap : policy.caps) leaves.walk(cap.bound);
  for (auto const& share : policy.shares) leaves.walk(share.weight);
  leaves.walk(policy.value);
  // What a budget hands out to it goes by the weight.
  for (auto const& settle : program.settles)
    for (auto const& member : settle.members)
      if (settle.cut == SettleCut::Weighted && &program.policies[member.policy] == &policy) leaves.walk(member.by);
  return std::move(leaves.found);
}

bool is_competition(Program const& program, Settle const& settle) {
  if (settle.kind != SettleKind::Budget || settle.cut != SettleCut::Ranked || settle.members.empty()) return false;
  auto const* field = std::get_if<FieldValue>(&program.exprs[settle.members.front().by].kind);
  return field == nullptr || program.fields[field->field].name != "申报日期";
}

}  // namespace huiyu::tir
