// 预算: the stages in which it is paid, and the weight by which it is handed out.

#include "compiler/check/check.h"
#include "compiler/check/expr.h"
#include "compiler/check/ladder.h"
#include "compiler/check/settlement.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

diag::Phrase said(char const* zh, char const* en) { return {zh, en}; }

// Whether no two of its denominators need be the same, so that their sum has no width that would do.
bool is_fraction(Context const& context, tir::ExprId weight) {
  Diagnostics told_elsewhere;
  auto const facts = ranges(context.program, told_elsewhere);
  return facts[weight].fraction;
}

}  // namespace

bool check_stages(Context& context, Scope const& scope, ast::BudgetDecl const& decl, tir::Settle& settle) {
  auto const refuse = [&](Span span, char const* zh, char const* en) -> diag::Diagnostic& {
    return context.diagnostics.add(span, diag::StagesOfPool, settle.name, said(zh, en));
  };
  BigRational whole = 0;
  for (auto const& stage : decl.stages) {
    for (auto const& other : settle.stages)
      if (other.name == stage.name.text) {
        context.diagnostics.add(stage.name.span, diag::DeclaredTwice, other.name);
        return false;
      }
    tir::ExprId const value = check_number(context, scope, stage.share);
    auto const number = constant_number(context, value);
    if (!number) return false;
    if (!type_of(context, value).unit.dimensionless() || *number <= 0) {
      refuse(stage.span, "每一期是总额的百分之几", "each of them is a share of the whole");
      return false;
    }
    whole += *number;
    settle.stages.push_back({stage.name.text, *number});
  }
  if (!decl.stages.empty() && whole != 1) {
    refuse(join(decl.stages.front().span, decl.stages.back().span), "加起来不是 100%", "they do not come to 100%");
    return false;
  }
  for (auto const& member : settle.members) {
    auto const& policy = context.program.policies[member.policy];
    if (settle.stages.empty() || policy.instalments.empty()) continue;
    refuse(decl.stages.front().span, "政策自己也写了分期", "a policy is paid in instalments of its own")
        .label(policy.span, diag::note::DeclaredHere);
    return false;
  }
  return true;
}

bool pays_nothing_else(Context& context, tir::Settle const& settle) {
  for (auto const& member : settle.members) {
    auto const& policy = context.program.policies[member.policy];
    if (policy.conclusion == tir::ConclusionKind::None) continue;
    context.diagnostics
        .add(settle.span, diag::WeightOfPool, settle.name,
             said("政策自己写了结论", "a policy says itself what comes of it"))
        .label(policy.span, diag::note::DeclaredHere);
    return false;
  }
  return true;
}

tir::ExprId check_weight(Context& context, Scope const& scope, ast::ExprId source, tir::Settle const& settle) {
  tir::ExprId const weight = check_number(context, scope, source);
  if (is_poison(context, weight)) return {};
  require_total(context, weight);
  if (is_fraction(context, weight)) {
    context.diagnostics.add(span_of(context, weight), diag::WeightOfPool, settle.name,
                            said("权重是除出来的，没有写保留几位小数", "the weight is a quotient that is not rounded"));
    return {};
  }
  return weight;
}

}  // namespace huiyu::check
