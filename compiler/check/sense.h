// Inside check only: conditions that say nothing, or that nobody can meet.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// Each conjunct that always or never holds, and the whole if nobody can meet it, is reported.
void check_sense(Context& context, tir::ExprId condition, std::string_view policy, Span whole);

}  // namespace huiyu::check
