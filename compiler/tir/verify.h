// Whether a program keeps the invariants of tir.h. Run by tests and after check in debug builds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

struct Violation {
  std::string_view invariant;  // the name of the predicate
  std::string text;            // where and what
};

// One predicate per invariant; each appends what breaks it. Later ones may assume that earlier ones hold.
using Violations = std::vector<Violation>;
void ids_name_something(Program const& program, Violations& out);
void operands_come_first(Program const& program, Violations& out);
void definitions_use_earlier_ones(Program const& program, Violations& out);
void everything_is_typed(Program const& program, Violations& out);
void types_agree(Program const& program, Violations& out);
void records_are_in_scope(Program const& program, Violations& out);
void policies_are_whole(Program const& program, Violations& out);

// All of them; stops after the first predicate that is broken. Empty: the program is sound.
// Only a program from sources without errors is expected to be.
Violations verify(Program const& program);

}  // namespace huiyu::tir
