// Inside check only: conditions that say nothing, or that nobody can meet.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// Each part that always or never holds, or that adds nothing to another one, is reported. Returns whether one was.
bool check_parts(Context& context, tir::ExprId condition);

// The same for the conjuncts of a policy, and the whole if nobody can meet it together with what stands `beside`: its
// place and whom it is meant for.
void check_sense(Context& context, tir::ExprId condition, std::span<tir::ExprId const> beside, std::string_view policy,
                 Span whole);

}  // namespace huiyu::check
