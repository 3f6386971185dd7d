// 上年营业收入 of a firm that was founded this year: there is no such thing, and so it stays open what becomes of it.
#include <algorithm>
#include <set>

#include "compiler/diag/catalogue.h"
#include "compiler/lint/rules.h"
#include "compiler/tir/traverse.h"
#include "runtime/base/one_line.h"

namespace huiyu::lint {
namespace {

// 上年, 前年 and so on; not a year that an aggregate goes through, which skips those that did not exist.
bool is_earlier_year(tir::Program const& program, tir::ExprId period) {
  auto const* offset = std::get_if<tir::Offset>(&program.exprs[period].kind);
  return offset != nullptr && offset->by < 0 && std::holds_alternative<tir::Input>(program.exprs[offset->period].kind);
}

bool reads(tir::Program const& program, tir::ExprId condition, tir::FieldId field) {
  return std::ranges::any_of(all_below(program, {condition}), [&](tir::ExprId id) {
    auto const* fact = std::get_if<tir::FieldValue>(&program.exprs[id].kind);
    return fact != nullptr && fact->field == field;
  });
}

// What stands beside a condition on the field under one 且: where that fails, nothing hangs on it.
std::set<tir::ExprId> guarded_by(tir::Program const& program, std::vector<tir::ExprId> const& all, tir::FieldId field) {
  std::set<tir::ExprId> found;
  for (auto const id : all) {
    auto const* both = std::get_if<tir::And>(&program.exprs[id].kind);
    if (both == nullptr) continue;
    for (auto const guard : both->operands) {
      if (!reads(program, guard, field)) continue;
      for (auto const other : both->operands)
        if (other != guard)
          for (auto const below : all_below(program, {other})) found.insert(below);
    }
  }
  return found;
}

}  // namespace

void years_before_founding(Project const& project, Diagnostics& found) {
  auto const& program = project.program;
  for (auto const& policy : program.policies) {
    if (!is_own(project, policy.span)) continue;
    std::vector<tir::ExprId> guards;
    for (auto const part : {policy.place, policy.target, policy.condition}) add_conjuncts(program, part, guards);
    auto const all = all_of(program, policy);
    std::set<tir::ExprId> defaulted;
    for (auto const id : all)
      if (auto const* given = std::get_if<tir::Default>(&program.exprs[id].kind)) defaulted.insert(given->fact);
    std::set<tir::FieldId> said;
    for (auto const id : all) {
      auto const* series = std::get_if<tir::SeriesValue>(&program.exprs[id].kind);
      if (series == nullptr || defaulted.contains(id) || !is_earlier_year(program, series->period)) continue;
      auto const since = program.fields[series->field].series_from;
      if (!since.has_value() || said.contains(series->field)) continue;
      if (std::ranges::any_of(guards, [&](tir::ExprId guard) { return reads(program, guard, since); })) continue;
      if (guarded_by(program, all, since).contains(id)) continue;
      said.insert(series->field);
      auto const use = program.exprs[id].span;
      auto const words = one_line(project.sources[use.file].slice(use));
      auto const& field = program.fields[since].name;
      found.add(is_own(project, use) ? use : policy.span, diag::NoYearBefore, words, field, policy.name)
          .add_help(diag::note::GuardYearHelp, field, words);
    }
  }
}

}  // namespace huiyu::lint
