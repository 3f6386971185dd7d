// The Plan of a release of many files, made file by file: by several threads at once, and from what is kept of the
// files that have not changed. See docs/decisions/0042-a-release-is-planned-file-by-file.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "compiler/cache/disk_cache.h"
#include "compiler/driver/project.h"

namespace huiyu::driver {

struct ByFiles {
  std::size_t jobs = 1;
  // Texts of policies shorter than this in all are not worth the trouble.
  std::size_t least_bytes = std::size_t{256} << 10;
  // No more text is checked at once; less where every thread would not get some shares.
  std::size_t share_bytes = std::size_t{1} << 20;
};

// A Plan, which nobody has verified yet, and what the checker says about its rules, in words.
struct Planned {
  plan::Plan plan;
  std::string said;
};

// What checking and planning the project as a whole gives, byte for byte, for any number of threads. Nothing where the
// whole has to be looked at: there are errors, or tests, 组合, 预算, 群体 or 统计, or policies that speak of others.
// The project has to be read anew then if it has got sources of modules. `made_by`: who makes it and in which language
// it speaks; empty: nothing is kept.
std::optional<Planned> plan_by_files(Project& project, Language language, ByFiles const& options,
                                     cache::DiskCache const& kept, std::string const& made_by);

}  // namespace huiyu::driver
