#include "compiler/check/sense.h"

#include "compiler/check/satisfy.h"

namespace huiyu::check {
namespace {

// Longer lists are not compared pair by pair.
constexpr std::size_t max_compared_parts = 60;

// A conjunct that follows from another one; an alternative that another one takes in.
bool report_redundant(Context& context, Ways& ways, std::vector<tir::ExprId> const& parts, bool all) {
  if (parts.size() > max_compared_parts) return false;
  std::vector<Terms const*> holds, fails;
  for (auto const part : parts) {
    holds.push_back(&ways.of(part, true));
    fails.push_back(&ways.of(part, false));
  }
  auto const implies = [&](std::size_t a, std::size_t b) { return exclude_each_other(*holds[a], *fails[b]); };
  for (std::size_t k = 0; k < parts.size(); ++k)
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Span const enough = span_of(context, parts[i]), useless = span_of(context, parts[k]);
      if (i == k || enough == useless || useless.empty()) continue;
      bool const covered = all ? implies(i, k) : implies(k, i);
      bool const equal = covered && (all ? implies(k, i) : implies(i, k));
      if (!covered || (equal && k < i)) continue;
      context.diagnostics.add(useless, diag::Redundant, source_text(context, useless))
          .label(enough, diag::note::ImpliedBy);
      return true;
    }
  return false;
}

bool check_parts(Context& context, Ways& ways, tir::ExprId id) {
  if (is_poison(context, id)) return false;
  auto const expr = context.program.exprs[id];
  if (auto const* denied = std::get_if<tir::Not>(&expr.kind)) return check_parts(context, ways, denied->operand);
  std::vector<tir::ExprId> const* parts = nullptr;
  auto const* all = std::get_if<tir::And>(&expr.kind);
  if (all != nullptr) parts = &all->operands;
  if (auto const* any = std::get_if<tir::Or>(&expr.kind)) parts = &any->operands;
  bool reported = false;
  if (parts != nullptr)
    for (auto const part : *parts) reported = check_parts(context, ways, part) || reported;
  if (reported || std::holds_alternative<tir::Constant>(expr.kind)) return reported;
  bool const never = impossible(ways.of(id, true)), always = impossible(ways.of(id, false));
  if (never)
    context.diagnostics.add(expr.span, diag::NeverHolds, source_text(context, expr.span));
  else if (always)
    context.diagnostics.add(expr.span, diag::AlwaysHolds, source_text(context, expr.span));
  if (never || always) return true;
  return parts != nullptr && report_redundant(context, ways, *parts, all != nullptr);
}

}  // namespace

bool check_parts(Context& context, tir::ExprId id) {
  Ways ways(context);
  return check_parts(context, ways, id);
}

void check_sense(Context& context, tir::ExprId condition, std::span<tir::ExprId const> beside, std::string_view policy,
                 Span whole) {
  if (is_poison(context, condition)) return;
  auto const expr = context.program.exprs[condition];
  Ways ways(context);
  bool reported = false;
  if (auto const* all = std::get_if<tir::And>(&expr.kind)) {
    for (auto const part : all->operands) reported = check_parts(context, ways, part) || reported;
    if (!reported && !impossible(ways.of(condition, true)))
      reported = report_redundant(context, ways, all->operands, true);
  } else {
    reported = check_parts(context, ways, condition);
  }
  if (reported) return;
  Terms together = ways.of(condition, true);
  for (auto const more : beside) together = both(together, ways.of(more, true));
  if (impossible(together)) context.diagnostics.add(whole, diag::NobodyMeets, policy);
}

}  // namespace huiyu::check
