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

namespace {

// INVARIANT (order): from here on only paths, names and places decide, so the order in which files were given cannot.
void set_units(Context& context, std::vector<ast::File const*> files, std::span<Module const> modules) {
  auto const add_unit = [&](std::string name, std::vector<ast::File const*> of) {
    std::stable_sort(of.begin(), of.end(), [&](ast::File const* a, ast::File const* b) {
      return context.sources[a->file].path() < context.sources[b->file].path();
    });
    Unit unit;
    unit.module = std::move(name);
    unit.files = std::move(of);
    context.units.push_back(std::move(unit));
  };
  add_unit({}, std::move(files));
  for (auto const& module : modules) {
    std::vector<ast::File const*> of;
    for (auto const& file : module.files) of.push_back(&file);
    add_unit(module.name, std::move(of));
  }
  std::stable_sort(context.units.begin() + 1, context.units.end(),
                   [](Unit const& a, Unit const& b) { return a.module < b.module; });
  for (auto const& unit : context.units)
    context.files.insert(context.files.end(), unit.files.begin(), unit.files.end());
}

void declare(Context& context) {
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
}

void check_policies(Context& context, ast::File const& file) {
  InFile const in(context, &file);
  ast::DocumentDecl const* document = nullptr;
  for (auto const& declaration : file.declarations) {
    if (auto const* next = std::get_if<ast::DocumentDecl>(&declaration)) document = next;
    if (auto const* policy = std::get_if<ast::PolicyDecl>(&declaration)) check_policy(context, file, *policy, document);
  }
}

}  // namespace

Share check_share(std::span<ast::File const* const> core, std::span<ast::File const* const> own,
                  SourceSet const& sources, std::span<Module const> modules) {
  Share share;
  Context context(sources, share.diagnostics);
  std::vector<ast::File const*> files(core.begin(), core.end());
  for (auto const* file : own)
    if (std::ranges::find(core, file) == core.end()) files.push_back(file);
  set_units(context, std::move(files), modules);
  // About one of the meaning for one of the text, or two.
  std::size_t written = 0;
  for (auto const* file : own) written += file->exprs.size();
  context.program.exprs.reserve(2 * written);
  declare(context);
  share.declared = share.diagnostics.all().size();
  for (auto const* file : context.units.front().files)
    if (std::ranges::find(own, file) != own.end()) check_policies(context, *file);
  share.checked = share.diagnostics.all().size();
  check_policy_ids(context);
  check_competitions(context);
  share.alone = !context.looked_beyond;
  share.program = std::move(context.program);
  return share;
}

tir::Program check(std::span<ast::File const> files, SourceSet const& sources, Diagnostics& diagnostics,
                   std::vector<tir::Test>* tests, std::span<Module const> modules) {
  Context context(sources, diagnostics);
  std::vector<ast::File const*> all;
  for (auto const& file : files) all.push_back(&file);
  set_units(context, std::move(all), modules);
  declare(context);
  for (auto const* file : context.units.front().files) check_policies(context, *file);
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
