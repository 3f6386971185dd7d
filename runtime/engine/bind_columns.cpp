#include "runtime/engine/bind.h"

namespace huiyu::engine::detail {
namespace {

// A given quotient is stated ÷ 1: its numerator and denominator columns follow, if they are its own.
Result<void> bind_given_quotient(BoundPlan& bound, plan::Derived const& quotient) {
  auto const& plan = *bound.plan;
  for (auto const& other : plan.derived) {
    bool const shares = other.kind == plan::DerivedKind::Quotient && !(other.column == quotient.column) &&
                        (other.value == quotient.value || other.denominator == quotient.denominator ||
                         other.value == quotient.denominator || other.denominator == quotient.value);
    bool const same_definition = other.definition == quotient.definition;
    if (shares && !same_definition)
      return Error{ErrorKind::Rules, "not built: stating the definition `" +
                                         std::string(plan.text(quotient.definition)) +
                                         "`, whose fraction others share"};
  }
  auto const& stated = bound.columns[quotient.column.index];
  bound.columns[quotient.value.index] = {Origin::GivenNumerator, stated.place, stated.shift, stated.proved_low,
                                         stated.proved_high};
  bound.columns[quotient.denominator.index] = {Origin::GivenDenominator, stated.place, 0, 1, 1};
  return {};
}

}  // namespace

Result<void> bind_columns(BoundPlan& bound) {
  auto const& plan = *bound.plan;
  bound.columns.resize(plan.columns.size());
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    auto const place = bound.places.of_column[i];
    if (place < 0) continue;
    auto const& column = plan.columns[i];
    if (column.role == plan::ColumnRole::Input)
      bound.columns[i] = {Origin::Stated, place, 0, 0, 0};
    else
      bound.columns[i] = {Origin::Given, place, static_cast<std::int8_t>(column.scale - column.stated_scale),
                          column.proved_low, column.proved_high};
  }
  for (auto const& derived : plan.derived) {
    if (derived.kind != plan::DerivedKind::Quotient || !bound.places.stated(derived.column)) continue;
    if (auto done = bind_given_quotient(bound, derived); !done) return done;
  }
  return {};
}

}  // namespace huiyu::engine::detail
