// How facts of operands give facts of results: the rules of facts.h as functions, for the checker and for lowering,
// which needs them for the steps it adds (rounding a sum to 分).
#pragma once

#include <optional>

#include "compiler/tir/facts.h"

namespace huiyu::tir {

// An integer at a scale with the given bounds.
NumberFacts integer_facts(BigInt low, BigInt high, int scale);
NumberFacts constant_facts(BigRational const& value);
bool is_constant(NumberFacts const& facts);

NumberFacts added(NumberFacts const& a, NumberFacts const& b);
NumberFacts negated(NumberFacts const& a);
NumberFacts multiplied(NumberFacts const& a, NumberFacts const& b);
NumberFacts divided(NumberFacts const& a, NumberFacts const& b);
// One of the two, whichever it is.
NumberFacts united(NumberFacts const& a, NumberFacts const& b);
// The greater or the smaller of the two.
NumberFacts greater(NumberFacts const& a, NumberFacts const& b);
NumberFacts smaller(NumberFacts const& a, NumberFacts const& b);
NumberFacts rounded(NumberFacts const& a, int digits);
// The sum of up to `count` such numbers; none where their denominators vary: no width would do.
std::optional<NumberFacts> summed(NumberFacts const& each, std::int64_t count);
// The bits of the widest integer that deciding a < b takes.
int bits_to_compare(NumberFacts const& a, NumberFacts const& b);

}  // namespace huiyu::tir
