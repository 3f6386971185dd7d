#include "compiler/lint/lint.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/lint/rules.h"
#include "compiler/tir/policy_roots.h"
#include "compiler/tir/traverse.h"

namespace huiyu::lint {

bool is_own(Project const& project, Span place) {
  return std::ranges::any_of(project.files, [&](ast::File const& file) { return file.file == place.file; });
}

std::vector<tir::ExprId> all_below(tir::Program const& program, std::vector<tir::ExprId> roots) {
  std::vector<tir::ExprId> all;
  std::set<tir::DefinitionId> seen;
  for (std::size_t i = 0; i < roots.size(); ++i)
    for (auto const id : tir::reachable(program, roots[i])) {
      all.push_back(id);
      auto const* used = std::get_if<tir::DefinitionValue>(&program.exprs[id].kind);
      if (used != nullptr && seen.insert(used->definition).second)
        roots.push_back(program.definitions[used->definition].value);
    }
  return all;
}

std::vector<tir::ExprId> all_of(tir::Program const& program, tir::Policy const& policy) {
  std::vector<tir::ExprId> roots;
  tir::for_each_root(policy, [&](tir::ExprId root) { roots.push_back(root); });
  return all_below(program, std::move(roots));
}

void lint(Project const& project, Diagnostics& found) {
  unused_declarations(project, found);
  unsaid_references(project, found);
  idle_caps(project, found);
  parameters_that_end_early(project, found);
  twin_policies(project, found);
  expenditures_paid_twice(project, found);
  pools_below_least(project, found);
  names_alike(project, found);
  years_before_founding(project, found);
  untested_items(project, found);
}

}  // namespace huiyu::lint
