#include "compiler/check/test.h"

#include <set>

#include "compiler/check/expr.h"

namespace huiyu::check {
namespace {

// 基准日 and 申报年度.
void check_settings(TestScope const& scope) {
  bool seen_day = false, seen_year = false;
  for (auto const& setting : scope.decl.settings) {
    bool const day = setting.word == ast::AttributeWord::AsOf;
    std::string const text = source_text(scope.context, setting.span);
    if (!day && setting.word != ast::AttributeWord::FilingYear) {
      scope.context.diagnostics.add(setting.span, diag::NoSettingOfTest, text);
      continue;
    }
    if (std::exchange(day ? seen_day : seen_year, true)) {
      scope.context.diagnostics.add(setting.span, diag::AttributeTwice, source_text(scope.context, setting.word_span));
      continue;
    }
    auto const* literal = setting.values.size() == 1
                              ? std::get_if<ast::Literal>(&scope.file.exprs[setting.values.front()].kind)
                              : nullptr;
    auto const* date = literal == nullptr ? nullptr : std::get_if<ast::DateLiteral>(&literal->value);
    if (day) {
      if (date != nullptr && date->day != 0) scope.test.as_of_day = day_of(*date);
      if (!scope.test.as_of_day) scope.context.diagnostics.add(setting.span, diag::NoDate, text);
    } else {
      if (date != nullptr && date->month == 0) scope.test.application_year = date->year;
      if (!scope.test.application_year) scope.context.diagnostics.add(setting.span, diag::NoYear, text);
    }
  }
}

}  // namespace

tir::Test check_test(Context& context, ast::File const& file, ast::TestDecl const& decl) {
  tir::Test test;
  test.title = decl.title;
  test.span = decl.span;
  TestScope const scope{context, file, decl, test};
  check_settings(scope);
  check_given_settings(scope);
  check_given_records(scope);
  check_expectations(scope);
  return test;
}

void warn_of_untested(Context& context, std::span<tir::Test const> tests) {
  std::set<tir::PolicyId> tested;
  for (auto const& test : tests)
    for (auto const& expectation : test.expectations) tested.insert(expectation.policy);
  if (tested.empty() || context.diagnostics.has_errors()) return;
  for (std::size_t i = 0; i < context.program.policies.size(); ++i) {
    tir::PolicyId const id{static_cast<std::int32_t>(i)};
    auto const& policy = context.program.policies[id];
    if (!tested.contains(id)) context.diagnostics.add(policy.span, diag::Untested, policy.name);
  }
}

}  // namespace huiyu::check
