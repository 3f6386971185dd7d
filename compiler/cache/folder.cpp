#include <cstdlib>

#include "compiler/cache/disk_cache.h"

namespace huiyu::cache {

std::string default_folder() {
  // NOLINTBEGIN(concurrency-mt-unsafe): nothing in the command sets variables
  if (char const* chosen = std::getenv("HUIYU_CACHE_DIR"); chosen != nullptr) return chosen;
  // A relative path is to be ignored: XDG Base Directory Specification.
  if (char const* base = std::getenv("XDG_CACHE_HOME"); base != nullptr && *base == '/')
    return std::string(base) + "/huiyu";
  if (char const* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return std::string(home) + "/.cache/huiyu";
  // NOLINTEND(concurrency-mt-unsafe)
  return {};
}

}  // namespace huiyu::cache
