// 最高 and 最低 that change nothing, whoever applies: the sum or the bound is not what was meant.
#include "compiler/lint/rules.h"
#include "compiler/tir/facts_algebra.h"
#include "compiler/tir/print.h"

namespace huiyu::lint {

std::optional<Bounds> bounds_of(tir::NumberFacts const& facts) {
  if (!facts.number || facts.denominator_low != facts.denominator_high) return std::nullopt;
  BigRational unit(facts.denominator_low);
  for (int i = 0; i < facts.scale; ++i) unit *= 10;
  for (int i = 0; i > facts.scale; --i) unit /= 10;
  return Bounds{BigRational(facts.numerator_low) / unit, BigRational(facts.numerator_high) / unit};
}

std::string in_yuan(BigRational const& value) {
  BigRational const ten_thousands = value / 10000;
  if (denominator(ten_thousands) == 1 && value != 0) return tir::print_number(ten_thousands) + "万元";
  return tir::print_number(value) + "元";
}

namespace {

class Caps {
 public:
  Caps(Project const& project, Diagnostics& found) : project_(project), found_(found) {}

  void check(tir::NumberFacts const& amount, tir::ExprId bound, bool at_most) {
    auto const& place = project_.program.exprs[bound].span;
    auto const least = bounds_of(amount), limit = bounds_of(project_.facts[bound]);
    if (!least || !limit || !is_own(project_, place)) return;
    std::string const text(project_.sources[place.file].slice(place));
    if (at_most && least->high < limit->low) found_.add(place, diag::CapNeverCuts, text, in_yuan(least->high));
    if (!at_most && least->low > limit->high) found_.add(place, diag::FloorNeverLifts, text, in_yuan(least->low));
  }

 private:
  Project const& project_;
  Diagnostics& found_;
};

}  // namespace

void idle_caps(Project const& project, Diagnostics& found) {
  auto const& program = project.program;
  Caps caps(project, found);
  auto const yuan = types::unit_of(types::BaseUnit::Yuan);
  for (std::size_t i = 0; i < program.exprs.size(); ++i) {
    auto const& expr = program.exprs[tir::ExprId{static_cast<std::int32_t>(i)}];
    auto const* cap = std::get_if<tir::Cap>(&expr.kind);
    if (cap != nullptr && expr.type.unit == yuan) caps.check(project.facts[cap->operand], cap->bound, cap->at_most);
  }
  for (auto const& policy : program.policies) {
    if (policy.items.empty() || policy.caps.empty()) continue;
    auto sum = project.facts[policy.items.front().amount];
    for (std::size_t i = 1; i < policy.items.size(); ++i) sum = tir::added(sum, project.facts[policy.items[i].amount]);
    // An item that is not due counts as nothing.
    if (policy.items.size() > 1) sum = tir::united(sum, tir::constant_facts(0));
    for (auto const& cap : policy.caps) caps.check(sum, cap.bound, cap.at_most);
  }
}

}  // namespace huiyu::lint
