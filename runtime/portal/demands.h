#pragma once

// What policies demand of a record, in codes as far as codes go. Private to the portal.

#include <cstdint>
#include <vector>

#include "runtime/engine/atom_codes.h"
#include "runtime/engine/bind.h"

namespace huiyu::portal {

inline constexpr std::uint32_t no_slot = 0xFFFFFFFF;

struct Demand {
  struct Column {
    std::uint32_t slot = 0;
    genes::CodeSet codes;
  };
  std::uint32_t policy = 0;
  std::vector<Column> columns;  // each once, by slot; all must hold
  std::vector<plan::Ref<plan::Condition>> rests;
};
struct Demands {
  std::vector<Demand> all;
  std::vector<std::uint32_t> others;  // policies that may be left to the explanation
  std::uint32_t place_slot = no_slot;
};

// Of the policies about the subject that are in force; those that nobody can meet are left out. `slots`: by column of
// the plan.
Demands demands_of(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, engine::GeneCodes const& codes,
                   std::vector<std::uint32_t> const& slots);

// The codes in both; neighbours are one interval.
genes::CodeSet common(genes::CodeSet const& a, genes::CodeSet const& b);

}  // namespace huiyu::portal
