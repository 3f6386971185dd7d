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
#include <memory>
#include <span>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace huiyu::plan {

inline constexpr std::uint32_t file_major = 6;
inline constexpr std::uint32_t file_minor = 0;

// The bytes of a plan; an error if a table is larger than references can reach.
Result<std::vector<std::byte>> save(Plan const& plan);

// The same without copying them: `rest` points into the plan and follows `head`.
struct Pieces {
  std::vector<std::byte> head;
  std::vector<std::span<std::byte const>> rest;
};
Result<Pieces> pieces_of(Plan const& plan);

// The plan in these bytes, verified.
Result<Plan> load(std::span<std::byte const> bytes);

// The same of bytes that `save` of this very program gave of a plan without fault, and that are known to be whole:
// neither is looked at again. Its great tables point into the bytes, which `keeper` keeps and which begin at a multiple
// of 8.
Result<Plan> load_trusted(std::span<std::byte const> bytes, std::shared_ptr<void const> keeper);

// The hash that names a stored plan: of all its bytes but the hash itself. The bytes must be at least a header.
Hash128 content_hash(std::span<std::byte const> bytes);

}  // namespace huiyu::plan
