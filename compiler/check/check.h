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

// A share of a project that is too large to be checked at once.
struct Share {
  tir::Program program;
  Diagnostics diagnostics{1'000'000};
  // How many of the diagnostics were found by then: by the declarations, which every share finds anew; by the policies.
  std::size_t declared = 0, checked = 0;
  bool alone = false;  // false: the policies look at other policies, which may not be here
};

// The policies of `own`, of a project whose other declarations are all in `core`. Tests, 组合 and 预算 are left out.
// Where a share stands alone, all that follows from it is what would follow from checking the whole project.
Share check_share(std::span<ast::File const* const> core, std::span<ast::File const* const> own,
                  SourceSet const& sources, std::span<Module const> modules);

// Proves how large every number of the program can get. Reports what no engine could hold.
tir::Facts ranges(tir::Program const& program, Diagnostics& diagnostics);

}  // namespace huiyu::check
