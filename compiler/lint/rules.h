// Inside lint only: the rules by what they are about.
#pragma once

#include <string>

#include "compiler/lint/lint.h"

namespace huiyu::lint {

void unused_declarations(Project const& project, Diagnostics& found);
void unsaid_references(Project const& project, Diagnostics& found);
void idle_caps(Project const& project, Diagnostics& found);
void parameters_that_end_early(Project const& project, Diagnostics& found);
void twin_policies(Project const& project, Diagnostics& found);
void untested_items(Project const& project, Diagnostics& found);

// Whether the place is in a file of the project itself.
bool is_own(Project const& project, Span place);

// The expressions that a policy comes to, itself and through definitions.
std::vector<tir::ExprId> all_of(tir::Program const& program, tir::Policy const& policy);

}  // namespace huiyu::lint
