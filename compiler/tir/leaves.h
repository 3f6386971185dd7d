// The facts that the outcome of a policy rests on, and where they come from.
#pragma once

#include <string>
#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

// One field, list or reference table.
struct Leaf {
  std::string name;
  SourceKind kind{};
  std::string source;
  Span use, declared;
  std::vector<DefinitionId> through;  // from the policy to where it is used
};

// Of the target, the condition and the sum, also by which a budget hands it out, each leaf once, where it is first
// used. 辖区 is none: where somebody is registered is what the register itself is about; nor is the key of a record;
// nor what only alerts read that do not stop payment: the firm is paid whatever they say.
std::vector<Leaf> leaves_of(Program const& program, Policy const& policy);

// Whether members of a 预算 compete for it: it goes by rank, and not by the date of filing, which is no merit.
bool is_competition(Program const& program, Settle const& settle);

}  // namespace huiyu::tir
