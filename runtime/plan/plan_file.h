#pragma once

// A Plan or a Fragment as bytes: a header, a table of sections, and the tables as they stand in memory.
//
//   0  "HUIYUPLN"   8 major, minor (u32)   16 content hash (high, low)   32 size in bytes (u64)   40 sections, 0 (u32)
//  48  per section: id, stride (u32), offset, count (u64); then the sections, each at a multiple of 8, gaps zero
//
// Little endian. Another major version is refused; sections with an unknown id are skipped (a newer minor).
// Equal plans give equal bytes. Loading takes hostile bytes: the answer is an error or a plan that verify.h finds no
// fault with.

#include <cstddef>
#include <span>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace huiyu::plan {

inline constexpr std::uint32_t file_major = 6;
inline constexpr std::uint32_t file_minor = 0;

// The bytes of a plan; an error if a table is larger than references can reach.
Result<std::vector<std::byte>> save(Plan const& plan);

// The plan in these bytes, verified.
Result<Plan> load(std::span<std::byte const> bytes);

// The same of bytes that `save` of this very program gave and that are known to be whole: the rows are not verified.
Result<Plan> load_trusted(std::span<std::byte const> bytes);

// The hash that names a stored plan: of all its bytes but the hash itself. The bytes must be at least a header.
Hash128 content_hash(std::span<std::byte const> bytes);

}  // namespace huiyu::plan
