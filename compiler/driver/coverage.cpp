#include "compiler/driver/coverage.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "compiler/driver/annotations.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report_rows.h"
#include "compiler/interpret/interpret.h"
#include "compiler/tir/traverse.h"
#include "runtime/base/one_line.h"

namespace huiyu::driver {
namespace {

bool binds_rows(tir::ExprKind const& kind) {
  return std::holds_alternative<tir::Aggregate>(kind) || std::holds_alternative<tir::Window>(kind);
}

std::string_view word_of(CoverPoint::Kind kind) {
  switch (kind) {
    case CoverPoint::Kind::Clause: return "clause";
    case CoverPoint::Kind::Condition: return "condition";
    case CoverPoint::Kind::Row: return "row";
  }
  return "";
}

std::string missing_text(CoverPoint const& point, Language language) {
  bool const zh = language == Language::Chinese;
  if (point.kind == CoverPoint::Kind::Clause) return zh ? "没有测试符合过" : "no test is eligible";
  if (point.kind == CoverPoint::Kind::Row) return zh ? "没有测试落在这一档" : "no test falls into this row";
  if (!point.held && !point.failed) return zh ? "没有测试看过" : "no test has looked at it";
  if (!point.held) return zh ? "没有测试让它成立" : "it holds in no test";
  return zh ? "没有测试让它不成立" : "it fails in no test";
}

std::string percent(CoverCount const& count) {
  return count.wanted == 0 ? "100%" : std::to_string(count.seen * 100 / count.wanted) + "%";
}

}  // namespace

Coverage::Coverage(Project const& project) : project_(project) {
  auto const& program = project.program;
  for (std::size_t i = 0; i < program.policies.size(); ++i) {
    auto const& policy = program.policies[tir::PolicyId{static_cast<std::int32_t>(i)}];
    auto const index = static_cast<std::int32_t>(i);
    clause_of_[index] = add({CoverPoint::Kind::Clause, policy.span, policy.name, {}, {}, false, false});
    auto& into = of_policy_[index];
    add_condition(policy.target, policy.subject, into);
    add_condition(policy.condition, policy.subject, into);
    for (auto const& item : policy.items) {
      add_condition(item.when, policy.subject, into);
      add_value(item.amount, policy.subject, into);
    }
    add_value(policy.value, policy.subject, into);
    for (auto const& alert : policy.alerts)
      for (auto const& row : alert.rows) add_condition(row.condition, policy.subject, into);
  }
}

std::size_t Coverage::add(CoverPoint point) {
  auto const [at, fresh] =
      at_.try_emplace({point.where.file.index, point.where.begin, point.where.end, point.kind}, points_.size());
  if (fresh) points_.push_back(std::move(point));
  return at->second;
}

void Coverage::add_condition(tir::ExprId id, SchemaId subject, std::vector<std::size_t>& into) {
  if (!id.has_value()) return;
  auto const& expr = project_.program.exprs[id];
  if (tir::is_connective(expr)) {
    tir::for_each_operand(expr, [&](tir::ExprId operand) { add_condition(operand, subject, into); });
    return;
  }
  if (auto const* used = std::get_if<tir::DefinitionValue>(&expr.kind)) add_definition(used->definition, subject, into);
  add_value(id, subject, into);
  if (std::holds_alternative<tir::Constant>(expr.kind)) return;
  auto const& place = expr.span;
  into.push_back(add(
      {CoverPoint::Kind::Condition, place, one_line(project_.sources[place.file].slice(place)), id, {}, false, false}));
}

// Ladders below an expression, and definitions.
void Coverage::add_value(tir::ExprId id, SchemaId subject, std::vector<std::size_t>& into) {
  if (!id.has_value()) return;
  auto const& expr = project_.program.exprs[id];
  if (binds_rows(expr.kind)) return;
  if (auto const* used = std::get_if<tir::DefinitionValue>(&expr.kind)) add_definition(used->definition, subject, into);
  if (auto const* ladder = std::get_if<tir::Choose>(&expr.kind)) {
    std::vector<tir::ExprId> before;
    for (auto const& row : ladder->rows) {
      bool const first = ladder->rule == tir::HitRule::First;
      into.push_back(add({CoverPoint::Kind::Row, row.span, one_line(project_.sources[row.span.file].slice(row.span)),
                          row.condition, first ? before : std::vector<tir::ExprId>{}, false, false}));
      before.push_back(row.condition);
    }
    if (ladder->otherwise.has_value() && !ladder->rows.empty()) {
      auto const& place = project_.program.exprs[ladder->otherwise].span;
      into.push_back(add({CoverPoint::Kind::Row,
                          place,
                          one_line(project_.sources[place.file].slice(place)),
                          {},
                          before,
                          false,
                          false}));
    }
  }
  tir::for_each_operand(expr, [&](tir::ExprId operand) { add_value(operand, subject, into); });
}

void Coverage::add_definition(tir::DefinitionId id, SchemaId subject, std::vector<std::size_t>& into) {
  auto const& definition = project_.program.definitions[id];
  bool const own =
      std::ranges::any_of(project_.files, [&](ast::File const& file) { return file.file == definition.span.file; });
  if (!own || (definition.schema.has_value() && definition.schema != subject)) return;
  auto const [at, fresh] = of_definition_.try_emplace(id.index);
  if (fresh) {
    std::vector<std::size_t> points;
    if (definition.type.kind == types::Kind::Truth)
      add_condition(definition.value, subject, points);
    else
      add_value(definition.value, subject, points);
    of_definition_[id.index] = std::move(points);
  }
  auto const& points = of_definition_[id.index];
  into.insert(into.end(), points.begin(), points.end());
}

void Coverage::evaluate(tir::Program const& program, std::vector<std::size_t> const& points,
                        columns::Batch const& batch, RunInputs const& inputs) {
  // What a condition comes to: true, false, or neither.
  auto const decided = [&](tir::ExprId id) -> std::optional<bool> {
    auto const answer = interpret::interpret_expr(program, id, batch, 0, inputs);
    auto const* truth = answer.known() ? std::get_if<bool>(&answer.value) : nullptr;
    return truth == nullptr ? std::nullopt : std::optional(*truth);
  };
  for (auto const index : std::set<std::size_t>(points.begin(), points.end())) {
    auto& point = points_[index];
    if (point.kind == CoverPoint::Kind::Row) {
      bool const reached =
          std::ranges::all_of(point.before, [&](tir::ExprId row) { return decided(row) == std::optional(false); });
      point.held = point.held || (reached && (!point.expr.has_value() || decided(point.expr) == std::optional(true)));
      continue;
    }
    auto const truth = decided(point.expr);
    point.held = point.held || truth == std::optional(true);
    point.failed = point.failed || truth == std::optional(false);
  }
}

void Coverage::see(tir::Program const& program, tir::PolicyId policy, Outcome outcome, columns::Batch const& batch,
                   RunInputs const& inputs) {
  auto const clause = clause_of_.find(policy.index);
  if (clause == clause_of_.end()) return;
  if (outcome == Outcome::Eligible) points_[clause->second].held = true;
  auto as_policy = inputs;
  // An expression by itself reads 本年 as the 申报年度; the policy may look at another year.
  if (auto const year = program.policies[policy].year; year.has_value()) {
    auto const answer = interpret::interpret_expr(program, year, batch, 0, inputs);
    auto const* value = answer.known() ? std::get_if<tir::YearValue>(&answer.value) : nullptr;
    if (value != nullptr) as_policy.application_year = value->year;
  }
  evaluate(program, of_policy_[policy.index], batch, as_policy);
}

void Coverage::see(tir::Program const& program, tir::DefinitionId definition, columns::Batch const& batch,
                   RunInputs const& inputs) {
  auto const points = of_definition_.find(definition.index);
  if (points != of_definition_.end()) evaluate(program, points->second, batch, inputs);
}

std::vector<CoverPoint> Coverage::points() const {
  auto sorted = points_;
  std::ranges::stable_sort(sorted, [&](CoverPoint const& a, CoverPoint const& b) {
    auto const& path_a = project_.sources[a.where.file].path();
    auto const& path_b = project_.sources[b.where.file].path();
    return std::tie(path_a, a.where.begin, a.where.end) < std::tie(path_b, b.where.begin, b.where.end);
  });
  return sorted;
}

std::vector<CoverCount> cover_counts(std::vector<CoverPoint> const& points) {
  std::vector<CoverCount> counts(3);
  for (auto const& point : points) {
    auto& count = counts[static_cast<std::size_t>(point.kind)];
    count.seen += point.seen();
    count.wanted += point.wanted();
  }
  return counts;
}

CoverCount cover_total(std::vector<CoverPoint> const& points) {
  CoverCount total;
  for (auto const& count : cover_counts(points)) total = {total.seen + count.seen, total.wanted + count.wanted};
  return total;
}

std::string coverage_text(std::vector<CoverPoint> const& points, SourceSet const& sources, Language language) {
  auto const counts = cover_counts(points);
  auto const total = cover_total(points);
  auto text = fmt::format(
      fmt::runtime(language == Language::Chinese ? "覆盖 {}：条款 {}/{}，条件 {}/{}，档 {}/{}\n"
                                                 : "coverage {}: clauses {}/{}, conditions {}/{}, rows {}/{}\n"),
      percent(total), counts[0].seen, counts[0].wanted, counts[1].seen, counts[1].wanted, counts[2].seen,
      counts[2].wanted);
  for (auto const& point : points)
    if (point.seen() < point.wanted())
      text += fmt::format("  {}  {}{}{}\n", place_text(sources, point.where), point.text, words(language, "：", ": "),
                          missing_text(point, language));
  return text;
}

std::string coverage_annotations(std::vector<CoverPoint> const& points, SourceSet const& sources, Language language) {
  std::string text;
  for (auto const& point : points) {
    if (point.seen() == point.wanted()) continue;
    auto const& file = sources[point.where.file];
    auto const place = file.position(point.where.begin);
    text += annotation({"warning", file.path(), place.line, place.column, point.text, missing_text(point, language)});
  }
  return text;
}

std::string coverage_json(std::vector<CoverPoint> const& points, SourceSet const& sources) {
  std::string text;
  for (auto const& point : points) {
    if (point.seen() == point.wanted()) continue;
    Row row{{"uncovered", word_of(point.kind)}, {"text", point.text}};
    row.update(place_of(sources, point.where));
    if (point.kind == CoverPoint::Kind::Condition) {
      row["holds"] = point.held;
      row["fails"] = point.failed;
    }
    text += json_line(row);
  }
  auto const counts = cover_counts(points);
  auto const total = cover_total(points);
  auto const one = [](CoverCount const& count) { return Row{{"seen", count.seen}, {"wanted", count.wanted}}; };
  return text + json_line(Row{{"coverage", percent(total)},
                              {"clauses", one(counts[0])},
                              {"conditions", one(counts[1])},
                              {"rows", one(counts[2])}});
}

}  // namespace huiyu::driver
