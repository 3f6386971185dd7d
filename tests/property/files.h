// Several rule files and modules as one text, so that a case is filed and made small as one: a line `# 文件 <path>`
// begins a file, and `modules/<name>/<version>/` in its path makes it a module's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/modules/store.h"

namespace huiyu::test {

struct RuleFile {
  std::string path, text;  // the text with its mark, which is a comment
  std::size_t begin = 0;   // where it begins in the whole
  bool of_module() const { return path.starts_with("modules/"); }
};

// A line that begins a file.
std::string file_mark(std::string_view path);

// What stands before the first mark is `random.hui`.
std::vector<RuleFile> files_of(std::string_view rules);

// Modules that are texts.
class TextStore : public modules::Store {
 public:
  explicit TextStore(std::vector<RuleFile> files) : files_(std::move(files)) {}

  std::vector<std::string> names() const override;
  std::vector<std::string> versions(std::string const& name) const override;
  std::vector<modules::Text> read(std::string const& name, std::string const& version) const override;
  std::string places() const override { return {}; }

 private:
  std::vector<RuleFile> files_;
};

}  // namespace huiyu::test
