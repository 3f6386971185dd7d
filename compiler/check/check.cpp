#include "compiler/check/check.h"

#include <algorithm>

#include "compiler/check/cohort.h"
#include "compiler/check/context.h"
#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/policy.h"
#include "compiler/check/settlement.h"
#include "compiler/check/tally.h"
#include "compiler/check/test.h"

namespace huiyu::check {

tir::Program check(std::span<ast::File const> files, SourceSet const& sources, Diagnostics& diagnostics,
                   std::vector<tir::Test>* tests, std::span<Module const> modules) {
  Context context(sources, diagnostics);
  auto const add_unit = [&](std::string name, std::span<ast::File const> of) {
    Unit unit;
    unit.module = std::move(name);
    for (auto const& file : of) unit.files.push_back(&file);
    std::stable_sort(unit.files.begin(), unit.files.end(), [&](ast::File const* a, ast::File const* b) {
      return sources[a->file].path() < sources[b->file].path();
    });
    context.units.push_back(std::move(unit));
  };
  add_unit({}, files);
  for (auto const& module : modules) add_unit(module.name, module.files);
  // INVARIANT (order): from here on only paths, names and places decide, so the order in which files were given cannot.
  std::stable_sort(context.units.begin() + 1, context.units.end(),
                   [](Unit const& a, Unit const& b) { return a.module < b.module; });
  for (auto const& unit : context.units)
    context.files.insert(context.files.end(), unit.files.begin(), unit.files.end());

  collect_names(context);
  warn_of_look_alikes(context);
  declare_enumerations(context);
  show_entries(context);
  declare_schemas(context);
  declare_tallies(context);
  declare_groups(context);
  declare_parameters(context);
  declare_reference_tables(context);
  for (std::size_t i = 0; i < context.definitions.size(); ++i) definition_of(context, i, context.definitions[i].span);
  check_cohorts(context);
  for (auto const* file : context.units.front().files) {
    InFile const in(context, file);
    ast::DocumentDecl const* document = nullptr;
    for (auto const& declaration : file->declarations) {
      if (auto const* next = std::get_if<ast::DocumentDecl>(&declaration)) document = next;
      if (auto const* policy = std::get_if<ast::PolicyDecl>(&declaration))
        check_policy(context, *file, *policy, document);
    }
  }
  check_policy_ids(context);
  check_settlements(context);
  check_competitions(context);
  std::vector<tir::Test> checked;
  for (auto const* file : context.units.front().files) {
    InFile const in(context, file);
    for (auto const& declaration : file->declarations)
      if (auto const* test = std::get_if<ast::TestDecl>(&declaration))
        checked.push_back(check_test(context, *file, *test));
  }
  warn_of_untested(context, checked);
  if (tests != nullptr) *tests = std::move(checked);
  for (auto const* kind :
       {&diag::UnknownWord.info, &diag::UnknownName.info, &diag::NoSuchField.info, &diag::NoSuchEntry.info})
    diagnostics.merge_repeats(*kind);
  return std::move(context.program);
}

}  // namespace huiyu::check
