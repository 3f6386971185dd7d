// What is made of one file of policies, and what its names say, as the cache keeps them: numbers, and texts behind
// their lengths. See docs/decisions/0042-a-release-is-planned-file-by-file.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/cache/disk_cache.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_file.h"
#include "runtime/base/hash.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

// What was said of a place in a file, already in words.
struct Said {
  std::uint32_t begin = 0, end = 0;
  std::string words;
};

// All that the rest of the making needs to know of one file.
struct Part {
  bool usable = false;
  std::vector<Said> read, checked, compared;  // by the parser, by the checker, once all policies were there
  std::optional<plan::Fragment> fragment;     // none: it has no policies
};

// Keeps a part; what cannot be stored is not kept.
void keep(cache::DiskCache const& kept, std::string const& description, Part const& part);

// The part that was kept. Its Fragment points into the entry.
std::optional<Part> kept_part(cache::DiskCache const& kept, std::string const& description);

// What files declare, by their texts: nothing else is needed for it.
class KeptOutlines {
 public:
  // As they were kept; none where nothing is.
  static KeptOutlines read(cache::DiskCache const& kept, std::string const& description);

  // The outline of a file whose text has not changed.
  std::optional<parse::Outline> of(SourceFile const& source) const;

  // Keeps those of these files.
  static void keep(cache::DiskCache const& kept, std::string const& description,
                   std::vector<std::pair<SourceFile const*, parse::Outline const*>> const& all);

 private:
  cache::DiskCache::Mapped entry_;
  std::unordered_map<Hash128, std::string_view> found_;  // by the hash of a text
};

}  // namespace huiyu::driver
