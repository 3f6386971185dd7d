// Rules from disk to tir: the front end and the checker over all files of a project.
#pragma once

#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/check/check.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/driver/language.h"
#include "compiler/modules/store.h"
#include "compiler/source/source_set.h"
#include "compiler/tir/facts.h"
#include "compiler/tir/test.h"
#include "compiler/tir/tir.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

struct Project {
  SourceSet sources;
  std::vector<std::string> module_folders;  // in the order in which they are searched
  std::vector<ast::File> files;             // its own
  std::vector<check::Module> modules;       // what they use, and what these use
  tir::Program program;
  tir::Facts facts;
  std::vector<tir::Test> tests;
  Diagnostics diagnostics;
};

// Reads every rule file among the paths (folders: all below, in the order of their names) without parsing it.
// `module_folders` are searched before all others.
Result<Project> read_project(std::vector<std::string> const& paths, Language language,
                             std::vector<std::string> const& module_folders = {});

// Reads the modules in use and parses everything, with the names that each file sees; mistakes are in `diagnostics`.
void parse_project(Project& project);
void parse_project(Project& project, modules::Store const& store);

// Parses and checks what was read; mistakes are in `diagnostics`. Modules are found in its folders, or in the store.
void check_project(Project& project);
void check_project(Project& project, modules::Store const& store);

// Prints what the checker said to standard error. Error of kind Rules, with nothing more to print, where it found
// errors.
Result<void> report_diagnostics(Project const& project, Language language);

// Reads, checks and, where there is no error, returns the project; prints diagnostics to standard error.
// Error of kind Rules, with nothing more to print, where the rules have errors.
Result<Project> load_project(std::vector<std::string> const& paths, Language language,
                             std::vector<std::string> const& module_folders = {});

// Whether tests look at a policy is advice for who writes it, and the cases in tables are not read to match records.
void leave_out_advice_on_tests(Project& project);

// All policies of the project as the runtime knows them.
Result<plan::Plan> make_plan(Project const& project);

}  // namespace huiyu::driver
