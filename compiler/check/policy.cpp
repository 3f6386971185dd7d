#include "compiler/check/policy.h"

#include "compiler/base/match.h"
#include "compiler/check/expr.h"
#include "compiler/check/history.h"
#include "compiler/check/ladder.h"
#include "compiler/check/sense.h"
#include "compiler/check/settlement.h"
#include "compiler/check/subject.h"

namespace huiyu::check {
namespace {

std::vector<Source> sources_of(ast::File const& file, ast::PolicyDecl const& decl) {
  std::vector<Source> found;
  auto const one = [&](ast::ExprId id) {
    if (id.has_value()) found.push_back({&file, id});
  };
  for (auto const& line : decl.lines)
    match(
        line,  //
        [&](ast::SubjectLine const& e) { one(e.where); }, [&](ast::ConditionLine const& e) { one(e.condition); },
        [&](ast::ExclusionLine const& e) { one(e.condition); },
        [&](ast::ItemLine const& e) {
          one(e.amount);
          one(e.when);
        },
        [&](ast::CapLine const& e) {
          for (auto const& cap : e.caps) one(cap.bound);
        },
        [&](ast::ConclusionLine const& e) {
          if (e.word == ast::ConclusionWord::Classify || e.word == ast::ConclusionWord::Assess) one(e.value);
          one(e.when);
        },
        [](ast::OnceLine const&) {}, [](ast::ShareLine const&) {}, [](ast::RequirementLine const&) {},
        [&](ast::AlertDecl const& e) {
          for (auto const& row : e.rows) one(row.condition);
        },
        [&](ast::SelectionLine const& e) {
          one(e.by);
          one(e.tie);
        },
        [](ast::ScheduleLine const&) {}, [&](ast::ReclaimLine const& e) { one(e.condition); },
        [](ast::HoleLine const&) {});
  return found;
}

// The 结构 that the policy is about: 对象, else the one its conditions speak of.
SchemaId subject_schema(Context& context, ast::File const& file, ast::PolicyDecl const& decl) {
  for (auto const& line : decl.lines) {
    auto const* subject = std::get_if<ast::SubjectLine>(&line);
    if (subject == nullptr || subject->schema.text.empty()) continue;
    auto const symbol = context.view->symbols.find(subject->schema.text);
    if (symbol != context.view->symbols.end() && symbol->second.kind == SymbolKind::Schema)
      return SchemaId{static_cast<std::int32_t>(symbol->second.index)};
    if (subject->schema.known && !report_unseen(context, subject->schema.text, subject->schema.span))
      context.diagnostics.add(subject->schema.span, diag::NoSchema, subject->schema.text);
    return {};
  }
  if (context.program.schemas.empty()) {
    context.diagnostics.add(decl.name.span, diag::NoSchemaAtAll, decl.name.text);
    return {};
  }
  auto const found = subject_of(context, sources_of(file, decl), decl.name.text, decl.name.span);
  if (found) return *found;
  context.diagnostics.add(decl.name.span, diag::SubjectMissing, decl.name.text);
  return {};
}

void check_alert(Context& context, Scope const& scope, ast::AlertDecl const& decl, tir::Policy& policy,
                 std::vector<tir::ExprId>& conditions) {
  tir::Alert alert{decl.name.text, {}, decl.name.span};
  std::vector<tir::ExprId> earlier;  // one alert is a ladder: a row counts only where no earlier one holds
  std::vector<LadderRow> written;
  bool senseless = false;
  for (auto const& row : decl.rows) {
    tir::AlertRow made;
    for (auto const& label : row.labels) {
      if (label.text == "停付")
        made.stops_payment = true;
      else
        made.colour += (made.colour.empty() ? "" : "，") + label.text;
    }
    made.condition = check_condition(context, scope, row.condition);
    made.span = row.span;
    if (is_poison(context, made.condition)) return;
    if (row.citation) context.program.exprs[made.condition].citation = *row.citation;
    if (made.stops_payment) {
      std::vector<tir::ExprId> reached = earlier;
      reached.push_back(made.condition);
      tir::ExprId const clear = negation(context, conjunction(context, std::move(reached), row.span), row.span);
      context.program.exprs[clear].citation = "暂停兑现 " + alert.name + (made.colour.empty() ? "" : " " + made.colour);
      conditions.push_back(clear);
    }
    earlier.push_back(negation(context, made.condition, row.span));
    written.push_back({made.condition, {}, row.span, {}});
    senseless = check_parts(context, made.condition) || senseless;
    alert.rows.push_back(std::move(made));
  }
  if (!senseless) report_unreachable(context, written);
  policy.alerts.push_back(std::move(alert));
}

// What has to be handed in is declared as the 名录 材料.
bool is_entry_of(Context const& context, std::string_view list, std::string_view entry) {
  auto const found = context.view->symbols.find(list);
  if (found == context.view->symbols.end() || found->second.kind != SymbolKind::Enumeration) return false;
  auto const& entries =
      context.program.enumerations[EnumerationId{static_cast<std::int32_t>(found->second.index)}].entries;
  return std::ranges::find(entries, entry) != entries.end();
}

void check_requirement(Context& context, ast::RequirementLine const& line, tir::Policy& policy) {
  for (auto const& word : line.words) {
    if (word.text == "已核实")
      policy.verified_only = true;
    else if (!is_entry_of(context, "材料", word.text))
      context.diagnostics.add(word.span, diag::UnknownRequirement, word.text);
  }
}

void check_lines(Context& context, Scope const& scope, ast::PolicyDecl const& decl, tir::Policy& policy,
                 std::vector<tir::ExprId>& conditions) {
  std::vector<tir::ExprId> targets;
  for (auto const& line : decl.lines)
    match(
        line,  //
        [&](ast::SubjectLine const& e) {
          if (e.where.has_value()) targets.push_back(check_condition(context, scope, e.where));
        },
        [&](ast::ConditionLine const& e) { conditions.push_back(check_condition(context, scope, e.condition)); },
        [&](ast::ExclusionLine const& e) {
          conditions.push_back(negation(context, check_condition(context, scope, e.condition), e.span));
        },
        [&](ast::AlertDecl const& e) { check_alert(context, scope, e, policy, conditions); },
        [&](ast::RequirementLine const& e) { check_requirement(context, e, policy); },
        [&](ast::OnceLine const& e) {
          if (once_each_tier(e)) return;  // its ladder is read first
          conditions.push_back(check_once(context, scope, e, history_names(context, *scope.file, decl)));
        },
        [&](ast::SelectionLine const& e) { check_selection(context, scope, e, policy); },  //
        [](ast::ItemLine const&) {}, [](ast::CapLine const&) {}, [](ast::ConclusionLine const&) {},
        [](ast::ShareLine const&) {}, [](ast::ScheduleLine const&) {}, [](ast::ReclaimLine const&) {},
        [](ast::HoleLine const&) {});
  if (!targets.empty()) policy.target = conjunction(context, std::move(targets), decl.span);
}

// 追回: whoever meets it is not eligible, and what he was paid is asked back: a figure of its own, which neither place
// nor validity bounds, since it is owed by those who have left.
std::optional<tir::Policy> check_reclaim(Context& context, Scope const& scope, ast::PolicyDecl const& decl,
                                         tir::Policy const& policy, std::vector<tir::ExprId>& conditions) {
  std::optional<tir::Policy> made;
  for (auto const& each : decl.lines) {
    auto const* line = std::get_if<ast::ReclaimLine>(&each);
    if (line == nullptr) continue;
    tir::ExprId const share = check_number(context, scope, line->share);
    auto const part = constant_number(context, share);
    bool const fits = part && type_of(context, share).unit.dimensionless() && *part > 0 && *part <= 1;
    if (made || !fits || (line->what.text != "已付" && line->what.text != "paid")) {
      context.diagnostics.add(line->span, diag::ReclaimOfWhat, policy.name);
      return std::nullopt;
    }
    tir::ExprId const condition = check_condition(context, scope, line->condition);
    tir::ExprId const paid = paid_before(context, scope, history_names(context, *scope.file, decl), false, line->span);
    if (is_poison(context, condition) || is_poison(context, paid)) return std::nullopt;
    check_parts(context, condition);
    conditions.push_back(negation(context, condition, line->span));
    made.emplace();
    made->id = policy.id + "-追回";
    made->name = policy.name + "追回额";
    made->citation = policy.citation;
    made->subject = policy.subject;
    made->year = policy.year;
    made->conclusion = tir::ConclusionKind::Assessment;
    made->value = arithmetic(context, tir::ArithmeticOp::Multiply, paid, share, line->span);
    made->value_name = "追回额";
    tir::ExprId const none = number(context, 0, type_of(context, paid).unit, line->span);
    tir::ExprId const owed = compare(context, tir::CompareOp::Greater, paid, none, line->span);
    made->condition = conjunction(context, {condition, owed}, line->span);
    made->span = line->span;
  }
  return made;
}

}  // namespace

void check_policy(Context& context, ast::File const& file, ast::PolicyDecl const& decl,
                  ast::DocumentDecl const* document) {
  tir::Policy policy;
  policy.name = decl.name.text;
  policy.span = decl.name.span;
  policy.subject = subject_schema(context, file, decl);
  if (!policy.subject.has_value()) return;
  Frame frame;
  Scope scope;
  scope.file = &file;
  scope.frame = &frame;
  scope.records.push_back({policy.subject, tir::BindingId{0}, context.program.schemas[policy.subject].name});
  check_attributes(context, scope, decl, document, policy);
  std::vector<tir::ExprId> conditions;
  check_lines(context, scope, decl, policy, conditions);
  check_conclusions(context, scope, decl, policy, conditions);
  for (auto const& line : decl.lines)
    if (auto const* once = std::get_if<ast::OnceLine>(&line); once != nullptr && once_each_tier(*once))
      conditions.push_back(check_once_each_tier(context, scope, *once, history_names(context, file, decl), policy));
  auto reclaim = check_reclaim(context, scope, decl, policy, conditions);
  if (!conditions.empty()) {
    policy.condition = conjunction(context, std::move(conditions), decl.span);
    std::vector<tir::ExprId> beside;
    for (auto const more : {policy.place, policy.target})
      if (more.has_value() && !is_poison(context, more)) beside.push_back(more);
    check_sense(context, policy.condition, beside, policy.name, policy.span);
  }
  check_provenance(context, decl, document, policy);
  auto const id = context.program.policies.add(std::move(policy));
  if (!reclaim) return;
  reclaim->reclaims = id;
  context.program.policies.add(std::move(*reclaim));
}

void check_policy_ids(Context& context) {
  std::map<std::string, Span> seen;
  for (auto const& policy : context.program.policies) {
    auto const [at, fresh] = seen.emplace(policy.id, policy.span);
    if (!fresh)
      context.diagnostics.add(policy.span, diag::PolicyIdTwice, policy.id).label(at->second, diag::note::DeclaredHere);
  }
}

}  // namespace huiyu::check
