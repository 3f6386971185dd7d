#include "compiler/check/check.h"

#include <algorithm>

#include "compiler/check/context.h"
#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/policy.h"
#include "compiler/check/test.h"

namespace huiyu::check {

tir::Program check(std::span<ast::File const> files, SourceSet const& sources, Diagnostics& diagnostics,
                   std::vector<tir::Test>* tests) {
  Context context(sources, diagnostics);
  for (auto const& file : files) context.files.push_back(&file);
  // INVARIANT (order): from here on only paths and places decide, so the order in which files were given cannot.
  std::stable_sort(context.files.begin(), context.files.end(), [&](ast::File const* a, ast::File const* b) {
    return sources[a->file].path() < sources[b->file].path();
  });

  collect_names(context);
  warn_of_look_alikes(context);
  declare_enumerations(context);
  declare_schemas(context);
  declare_groups(context);
  declare_parameters(context);
  declare_reference_tables(context);
  for (std::size_t i = 0; i < context.definitions.size(); ++i)
    definition_of(context, i, context.definitions[i].decl->name.span);
  for (auto const* file : context.files) {
    ast::DocumentDecl const* document = nullptr;
    for (auto const& declaration : file->declarations) {
      if (auto const* next = std::get_if<ast::DocumentDecl>(&declaration)) document = next;
      if (auto const* policy = std::get_if<ast::PolicyDecl>(&declaration))
        check_policy(context, *file, *policy, document);
    }
  }
  check_policy_ids(context);
  std::vector<tir::Test> checked;
  for (auto const* file : context.files)
    for (auto const& declaration : file->declarations)
      if (auto const* test = std::get_if<ast::TestDecl>(&declaration))
        checked.push_back(check_test(context, *file, *test));
  warn_of_untested(context, checked);
  if (tests != nullptr) *tests = std::move(checked);
  for (auto const* kind :
       {&diag::UnknownWord.info, &diag::UnknownName.info, &diag::NoSuchField.info, &diag::NoSuchEntry.info})
    diagnostics.merge_repeats(*kind);
  return std::move(context.program);
}

}  // namespace huiyu::check
