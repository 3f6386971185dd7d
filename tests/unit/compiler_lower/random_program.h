#pragma once

// Random typed programs, made as tir: every construct of it, also those that no text gives yet.

#include <cstdint>

#include "compiler/tir/tir.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/layout.h"

namespace huiyu::test {

// One 结构 with fields of all kinds, definitions, and policies about it. The same seed gives the same program.
tir::Program random_program(std::uint64_t seed);

// Records of a layout whose values are few and close to each other, so that comparisons meet their bounds; many facts
// are missing.
columns::Batch random_batch(columns::RecordLayout const& layout, std::int64_t rows, std::uint64_t seed);

}  // namespace huiyu::test
