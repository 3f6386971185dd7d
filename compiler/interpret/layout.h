#pragma once

// Which column of a record holds which field. Private to the folder; layout_of in interpret.h is the public half.

#include <string>
#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::interpret {

// The given definitions about a 结构, in the order of their columns behind its fields.
std::vector<tir::DefinitionId> given_definitions_of(tir::Program const& program, SchemaId schema,
                                                    std::vector<std::string> const& given);

}  // namespace huiyu::interpret
