// The modules that rules use, and theirs: found, read, and what each file sees of them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/modules/store.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_set.h"

namespace huiyu::modules {

// One version of a module. There is one version of each in a project.
struct Module {
  std::string name, version;
  std::vector<FileId> files;
};

class Modules {
 public:
  // Reads every module that the texts use, and those that these use, into `sources`. Reports what is not there, two
  // versions of one module, and modules that use one another in a circle.
  // INVARIANT (own files): texts that were in `sources` before are the project's; those added are the modules'.
  // `outlines`: of the first texts, where they are known already.
  static Modules load(SourceSet& sources, Store const& store, Diagnostics& diagnostics,
                      std::vector<parse::Outline> outlines = {});

  // In the order in which they were found.
  std::vector<Module> const& all() const { return all_; }

  // What a file says before any other is known.
  parse::Outline const& outline(FileId file) const { return outlines_.at(file); }

  // The names that a file is cut with: those of its own project or module and what the modules publish that it uses.
  parse::Dictionary const& names_for(FileId file);

 private:
  friend class Loader;

  std::vector<Module> all_;
  std::vector<FileId> project_files_;
  std::map<FileId, parse::Outline> outlines_;
  std::map<FileId, std::size_t> module_of_;             // absent: the project
  std::map<FileId, std::vector<std::size_t>> used_by_;  // sorted
  // By module (0: the project) and modules in use: files that see the same share one.
  std::map<std::vector<std::size_t>, std::unique_ptr<parse::Dictionary>> dictionaries_;
};

}  // namespace huiyu::modules
