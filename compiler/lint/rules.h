// Inside lint only: the rules by what they are about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/lint/lint.h"

namespace huiyu::lint {

void unused_declarations(Project const& project, Diagnostics& found);
void unsaid_references(Project const& project, Diagnostics& found);
void idle_caps(Project const& project, Diagnostics& found);
void parameters_that_end_early(Project const& project, Diagnostics& found);
void twin_policies(Project const& project, Diagnostics& found);
void untested_items(Project const& project, Diagnostics& found);

void expenditures_paid_twice(Project const& project, Diagnostics& found);
void pools_below_least(Project const& project, Diagnostics& found);
void names_alike(Project const& project, Diagnostics& found);
void years_before_founding(Project const& project, Diagnostics& found);

// Between which amounts a value lies; none where its denominator varies.
struct Bounds {
  BigRational low, high;
};
std::optional<Bounds> bounds_of(tir::NumberFacts const& facts);

// 5万元, 123.45元.
std::string in_yuan(BigRational const& value);

// Whether no record can meet both, as far as their words alone show it: one denies what the other asks, or what they
// compare or belong to lies apart.
bool exclude_each_other(tir::Program const& program, std::vector<tir::ExprId> const& a,
                        std::vector<tir::ExprId> const& b);

// The operands of 且, and of 且 in it.
void add_conjuncts(tir::Program const& program, tir::ExprId condition, std::vector<tir::ExprId>& conjuncts);

// Whether the place is in a file of the project itself.
bool is_own(Project const& project, Span place);

// The expressions below the roots, also through definitions; each definition once.
std::vector<tir::ExprId> all_below(tir::Program const& program, std::vector<tir::ExprId> roots);

// The expressions that a policy comes to, itself and through definitions.
std::vector<tir::ExprId> all_of(tir::Program const& program, tir::Policy const& policy);

}  // namespace huiyu::lint
