// Advice on rules that are right but may not be meant so. Each rule has a code (L…) and a page in docs/diagnostics.
#pragma once

#include <span>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_set.h"
#include "compiler/tir/facts.h"
#include "compiler/tir/test.h"
#include "compiler/tir/tir.h"

namespace huiyu::lint {

// A project that was checked without errors; `files` are its own, without those of modules.
struct Project {
  std::span<ast::File const> files;
  tir::Program const& program;
  tir::Facts const& facts;
  std::span<tir::Test const> tests;
  SourceSet const& sources;
};

// Runs every rule; what it finds is added, in the order of files and places whatever the order of `files`.
void lint(Project const& project, Diagnostics& found);

// Takes out the warnings that a comment exempts: `# 免检 L0301：理由` (or `# exempt L0301: reason`) at the end of the
// line or on lines of their own right above it. Several codes are parted by 、 or commas. An exemption without a reason
// exempts nothing; it, one of no rule and one that nothing needed are reported.
void apply_exemptions(Project const& project, Diagnostics& found);

}  // namespace huiyu::lint
