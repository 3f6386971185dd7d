#pragma once

// A file that appears under its name only when all of it is written, so that no reader ever meets half of one.

#include <filesystem>
#include <utility>

#include "runtime/base/result.h"
#include "runtime/records/file_descriptor.h"

namespace huiyu::records {

class OutputFile {
 public:
  // Opens a file of another name in the folder of `path` for writing. Refuses where `path` is there and no regular
  // file.
  static Result<OutputFile> create(std::filesystem::path const& path);

  OutputFile(OutputFile&& other) noexcept
      : file_(std::move(other.file_)), target_(std::move(other.target_)), partial_(std::exchange(other.partial_, {})) {}
  OutputFile& operator=(OutputFile&&) = delete;
  // Without a commit nothing is left behind.
  ~OutputFile();

  int descriptor() const { return file_.number(); }

  // Gives the file its name and the access rights of the one that it replaces.
  Result<void> commit();

 private:
  OutputFile(FileDescriptor file, std::filesystem::path target, std::filesystem::path partial)
      : file_(std::move(file)), target_(std::move(target)), partial_(std::move(partial)) {}

  FileDescriptor file_;
  std::filesystem::path target_;
  std::filesystem::path partial_;  // empty after the commit
};

}  // namespace huiyu::records
