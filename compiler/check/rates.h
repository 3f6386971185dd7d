// Inside check only: amounts for each of something that nothing is counted for.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// Reports `5万元/家` in an amount or bound that no number of firms, projects or pieces is multiplied with: counting
// words are idle units, so it would be 5万元 silently. Looks through constants (`5万元/家 × 2`), definitions and
// parameters.
void report_rates_of_nothing(Context& context, Scope const& scope, ast::ExprId amount);

}  // namespace huiyu::check
