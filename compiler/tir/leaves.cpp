#include "compiler/tir/leaves.h"

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

  void walk(ExprId root) {
    if (!root.has_value()) return;
    auto const nodes = reachable(program_, root);
    // What a row of a list states comes from where the list comes from, unless the row's field says otherwise.
    std::map<BindingId, FieldId> lists;
    for (auto const id : nodes)
      if (auto const* list = std::get_if<Aggregate>(&program_.exprs[id].kind)) {
        lists[list->item] = list->list;
        if (!list->each.has_value() && !list->where.has_value()) add(list->list, std::nullopt, id);
      }
    for (auto const id : nodes) {
      auto const& kind = program_.exprs[id].kind;
      if (auto const* field = std::get_if<FieldValue>(&kind)) {
        auto const list = lists.find(field->of);
        add(field->field, list == lists.end() ? std::nullopt : std::optional(list->second), id);
      } else if (auto const* series = std::get_if<SeriesValue>(&kind)) {
        add(series->field, std::nullopt, id);
      } else if (auto const* lookup = std::get_if<Lookup>(&kind)) {
        auto const& table = program_.reference_tables[lookup->table];
        enter({table.name, table.source_kind, table.source, program_.exprs[id].span, table.span, through_});
      } else if (auto const* used = std::get_if<DefinitionValue>(&kind)) {
        if (!visited_.insert(used->definition).second) continue;
        through_.push_back(used->definition);
        walk(program_.definitions[used->definition].value);
        through_.pop_back();
      }
    }
  }

  std::vector<Leaf> found;

 private:
  void add(FieldId id, std::optional<FieldId> list, ExprId use) {
    Field const* field = &program_.fields[id];
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
  std::set<DefinitionId> visited_;
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
  return std::move(leaves.found);
}

}  // namespace huiyu::tir
