// Modules on disk: `<folder>/<name>/<version>/` with rule files.
#pragma once

#include <string>
#include <vector>

#include "compiler/modules/store.h"
#include "runtime/base/result.h"

namespace huiyu::driver {

// Whether a path names a rule file: .hui or .hui.md.
bool is_rule_file(std::string const& path);

// All rule files below a folder, in the order of their names. Hidden folders are left alone, and so are
// those called `modules`, which hold what the rules use.
Result<std::vector<std::string>> rule_files_below(std::string const& folder);

class FolderStore : public modules::Store {
 public:
  // Searched in order; what two of them hold is taken from the first.
  explicit FolderStore(std::vector<std::string> folders) : folders_(std::move(folders)) {}

  std::vector<std::string> names() const override;
  std::vector<std::string> versions(std::string const& name) const override;
  std::vector<modules::Text> read(std::string const& name, std::string const& version) const override;
  std::string places() const override;

 private:
  std::vector<std::string> folders_;
};

// In the order in which they are searched: those asked for, each `modules` below a folder of rules or beside a rule
// file, HUIYU_MODULES, and the folder that is shipped with the command.
std::vector<std::string> module_folders(std::vector<std::string> const& asked_for,
                                        std::vector<std::string> const& rule_paths);

}  // namespace huiyu::driver
