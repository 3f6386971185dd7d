#include "runtime/engine/bind.h"

namespace huiyu::engine::detail {
namespace {

std::int8_t digits_to_append(plan::Column const& column) { return static_cast<std::int8_t>(column.scale - column.stated_scale); }

// A given quotient is stated ÷ 1: its numerator and denominator columns follow, if they are its own.
Result<void> bind_given_quotient(BoundPlan& bound, plan::Derived const& quotient) {
  auto const& plan = *bound.plan;
  for (auto const& other : plan.derived) {
    bool const shares = other.kind == plan::DerivedKind::Quotient && !(other.column == quotient.column) &&
                        (other.value == quotient.value || other.denominator == quotient.denominator || other.value == quotient.denominator ||
                         other.denominator == quotient.value);
    bool const same_definition = other.definition == quotient.definition;
    if (shares && !same_definition)
      return Error{ErrorKind::Rules, "not built: stating the definition `" + std::string(plan.text(quotient.definition)) + "`, whose fraction others share"};
  }
  auto const& stated = bound.columns[quotient.column.index];
  bound.columns[quotient.value.index] = {Origin::GivenNumerator, stated.place, stated.shift};
  bound.columns[quotient.denominator.index] = {Origin::GivenDenominator, stated.place, 0};
  return {};
}

}  // namespace

Result<void> bind_columns(BoundPlan& bound) {
  auto const& plan = *bound.plan;
  bound.columns.resize(plan.columns.size());
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    auto const place = bound.places.of_column[i];
    if (place < 0) continue;
    bool const input = plan.columns[i].role == plan::ColumnRole::Input;
    bound.columns[i] = {input ? Origin::Stated : Origin::Given, place, input ? std::int8_t{0} : digits_to_append(plan.columns[i])};
  }
  for (auto const& derived : plan.derived) {
    if (derived.kind != plan::DerivedKind::Quotient || !bound.places.stated(derived.column)) continue;
    if (auto done = bind_given_quotient(bound, derived); !done) return done;
  }
  return {};
}

}  // namespace huiyu::engine::detail
