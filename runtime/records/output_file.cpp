#include "runtime/records/output_file.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace huiyu::records {
namespace {

Error failed(std::filesystem::path const& path, std::string const& why) {
  return Error{ErrorKind::Environment, "`" + path.string() + "` cannot be written: " + why};
}

// A name in the folder that no other process and no other thread uses at the time. It does not grow with the target's
// name, which may be as long as the file system allows.
std::string partial_name() {
  static std::atomic<unsigned> count = 0;
  return ".huiyu-" + std::to_string(getpid()) + "-" + std::to_string(++count);
}

}  // namespace

Result<OutputFile> OutputFile::create(std::filesystem::path const& path) {
  std::error_code error;
  std::filesystem::path target = path;
  if (auto const status = std::filesystem::status(path, error); std::filesystem::exists(status)) {
    if (!std::filesystem::is_regular_file(status)) return failed(path, "it is not a regular file");
    // A link stays, and what it points to is replaced.
    target = std::filesystem::canonical(path, error);
    if (error) return failed(path, error.message());
  }
  while (true) {
    auto const partial = target.parent_path() / partial_name();
    FileDescriptor file(open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.number() >= 0) return OutputFile(std::move(file), std::move(target), partial);
    // One that a killed process of the same number has left is not ours to touch.
    if (errno != EEXIST) return failed(path, std::strerror(errno));
  }
}

OutputFile::~OutputFile() {
  if (!partial_.empty()) unlink(partial_.c_str());
}

Result<void> OutputFile::commit() {
  struct stat replaced{};
  if (stat(target_.c_str(), &replaced) == 0 && fchmod(file_.number(), replaced.st_mode & 07777) != 0) {
    return failed(target_, std::strerror(errno));
  }
  if (rename(partial_.c_str(), target_.c_str()) != 0) return failed(target_, std::strerror(errno));
  partial_.clear();
  return {};
}

}  // namespace huiyu::records
