#pragma once

// Atoms as sets of integers of their column, and as sets of its rank codes.

#include <optional>
#include <vector>

#include "runtime/engine/bind.h"
#include "runtime/genes/rank_codes.h"

namespace huiyu::engine {

// The known integers at which an atom is certainly true, and those at which it certainly is not; at all others, and
// where there is none, it is undecided.
struct AtomValues {
  genes::ValueSet yes, no;
};
// None: an atom that one 64-bit integer does not decide (a tag, a text, a quotient, a wider column), or an end that is
// not known in this run.
std::optional<AtomValues> values_of(BoundPlan const& bound, plan::Ref<plan::Atom> atom);

// The same in codes; both empty where `coded` is false.
struct AtomCodes {
  bool coded = false;
  genes::CodeSet yes, no;
};
struct GeneCodes {
  std::vector<std::optional<genes::RankCodes>> columns;  // by column; none: no atom of it is coded
  std::vector<AtomCodes> atoms;                          // by atom
};
// Codes for every column that atoms test, derived ones too.
GeneCodes code_atoms(BoundPlan const& bound);

}  // namespace huiyu::engine
