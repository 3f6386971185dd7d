// A folder that is gone when the test is over.
#pragma once

#include <filesystem>
#include <string>

namespace huiyu::format::test {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;

  std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
  // Writes a file and gives its path.
  std::string write(std::string const& name, std::string const& text) const;

 private:
  std::filesystem::path path_;
};

std::string read_text(std::filesystem::path const& path);

}  // namespace huiyu::format::test
