// The third stage: from what policies mean to what the runtime runs, one file's share at a time.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/source/source_set.h"
#include "compiler/tir/facts.h"
#include "compiler/tir/tir.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace huiyu::lower {

// The edition of the language that plans are made from.
inline constexpr std::string_view edition = "2026";

// The policies of one file with everything that they use. The program has no errors.
//
// What no program can compute is left to the explanation (plan::ConstantKind::Undecided), so nothing that the checker
// accepts is refused, except numbers of the text that no row can hold.
Result<plan::Fragment> lower(tir::Program const& program, tir::Facts const& facts, SourceSet const& sources,
                             FileId file);

// The files that have a share, in the order in which their shares are linked.
std::vector<FileId> files_of(tir::Program const& program);

// All policies of the program, in its order: what linking the fragments of all files gives.
Result<plan::Plan> lower(tir::Program const& program, tir::Facts const& facts, SourceSet const& sources);

}  // namespace huiyu::lower
