// The second stage: from what is written to what it means.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_set.h"
#include "compiler/tir/facts.h"
#include "compiler/tir/test.h"
#include "compiler/tir/tir.h"

namespace huiyu::check {

// One module that is used: its rules bring definitions, lists, tables and parameters. Its policies are not decided and
// its tests not run here.
struct Module {
  std::string name;
  std::vector<ast::File> files;
};

// Checks a whole project. Never fails: what is wrong is reported and poisoned. The order of `files` changes nothing;
// policies come in the order of their files' paths, then of their lines.
// Tests are checked too; `tests`, where given, takes them, in the order of their files' paths, then of their lines.
tir::Program check(std::span<ast::File const> files, SourceSet const& sources, Diagnostics& diagnostics,
                   std::vector<tir::Test>* tests = nullptr, std::span<Module const> modules = {});

// Proves how large every number of the program can get. Reports what no engine could hold.
tir::Facts ranges(tir::Program const& program, Diagnostics& diagnostics);

}  // namespace huiyu::check
