#pragma once

// Truths that programs make by comparing two facts: found again in the program, to be tested without it. Private to the
// engine.

#include <optional>

#include "runtime/engine/atom_tests.h"
#include "runtime/engine/bind.h"

namespace huiyu::engine {

// A derived truth about records of the subject as a comparison of sums of one or two stated facts, each with a constant
// factor, over a divisor that is one of the facts or none; nothing where its program does anything else.
std::optional<AtomTests::Linear> linear_atom(BoundPlan const& bound, plan::Ref<plan::Column> truth);

}  // namespace huiyu::engine
