#pragma once

// The entries of a zip file, unpacked piece by piece and never further than they may grow.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/base/result.h"

namespace huiyu::records {

class ZipFile {
 public:
  static Result<ZipFile> open(std::filesystem::path const& path);

  bool has(std::string const& name) const;
  // Hands the bytes of an entry on in pieces; `take` says whether it wants more.
  Result<void> read(std::string const& name, std::function<bool(std::string_view)> const& take) const;

 private:
  struct Close {
    void operator()(void* file) const;
  };
  std::string path_;
  std::unique_ptr<void, Close> file_;
};

}  // namespace huiyu::records
