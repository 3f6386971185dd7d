// A register matched in parts: each run takes some of its records, and all parts together are the whole.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "compiler/driver/language.h"
#include "compiler/driver/records.h"
#include "runtime/base/result.h"

namespace huiyu::driver {

// What --shard asks for: the parts `first` to `last`.
struct ShardChoice {
  std::int64_t first = 1, last = 1, of = 1;
};

// `3/8`, or of all parts `all/8` (`全部/8`).
Result<ShardChoice> read_shard(std::string const& text, Language language);

// Records are dealt out in blocks of so many in their order: block b belongs to part b mod `of` + 1. So a part is what
// it is however the data arrive in batches, and neighbours, who mostly are of one county, stay together.
inline constexpr std::int64_t shard_block = 65'536;

// Those records of the source that belong to a part. Keys that are there twice are seen within the part alone.
std::unique_ptr<RecordSource> of_shard(std::unique_ptr<RecordSource> source, Shard shard);

}  // namespace huiyu::driver
