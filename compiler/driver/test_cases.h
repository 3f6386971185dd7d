// Cases in tables: a file beside the rules, one row a case, columns of given facts and of what is expected.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/project.h"
#include "runtime/base/result.h"

namespace huiyu::driver {

// The files of cases beside the rules: `名.测试.csv` or `name.cases.csv`, also .tsv, .xlsx, .json and .jsonl, in a
// folder that is named and all below, beside a rule file whose stem they share, or named themselves. `paths` loses
// those that are named. In the order of their paths.
Result<std::vector<std::string>> take_case_files(std::vector<std::string>& paths, Language language);

// Writes each case as the 测试 that it stands for and adds it to the sources of a project that has not been parsed yet.
// The source is called `file#line`: where the case stands.
Result<void> add_cases(Project& project, std::vector<std::string> const& files, Language language);

// The rules of the paths and the cases in tables beside them, neither parsed nor checked yet.
Result<Project> read_with_cases(std::vector<std::string> paths, std::vector<std::string> const& modules,
                                Language language);

// How many files of rules there are; cases are none.
std::size_t rule_file_count(Project const& project);

// The file and line that a source's path stands for; the path itself and 0 where it is no case.
struct CasePlace {
  std::string file;
  std::uint32_t line = 0;
};
CasePlace case_place(std::string const& path);

}  // namespace huiyu::driver
