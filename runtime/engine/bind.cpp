#include "runtime/engine/bind.h"

#include "runtime/base/civil.h"

namespace huiyu::engine {

Result<BoundPlan> bind(plan::Plan const& plan, RunInputs const& inputs) {
  if (inputs.as_of_day < first_day_number || inputs.as_of_day > last_day_number)
    return Error{ErrorKind::Usage, "the reference date lies outside the years 1 to 9999"};
  if (auto built = detail::refuse_what_is_not_built(plan); !built) return built.error();

  BoundPlan bound;
  bound.plan = &plan;
  bound.inputs = inputs;
  if (!bound.inputs.application_year) bound.inputs.application_year = civil_from_days(inputs.as_of_day).year;
  bound.places = explain::make_places(plan, inputs.given_definitions);
  for (auto const& shape : plan.shapes) bound.shapes.push_back(make_program(plan, shape));
  detail::bind_classes(bound);
  if (auto done = detail::bind_columns(bound); !done) return done.error();
  if (auto done = detail::bind_constants(bound); !done) return done.error();
  if (auto done = detail::bind_uses(bound); !done) return done.error();
  detail::bind_atoms(bound);
  detail::bind_atom_tests(bound);
  detail::bind_lookups(bound);
  detail::bind_policies(bound);
  return bound;
}

}  // namespace huiyu::engine
