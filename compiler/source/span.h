#pragma once

#include <cstdint>

#include "compiler/base/id.h"

namespace huiyu {

struct FileTag;
using FileId = Id<FileTag>;

// A half-open range of bytes in one original source file.
// Full-width folding and segmentation never change offsets: every span points at what the drafter wrote.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  FileId file{};

  constexpr bool empty() const { return begin == end; }
  friend constexpr bool operator==(Span const&, Span const&) = default;
};

// The smallest span that covers both; they lie in one file.
constexpr Span join(Span a, Span b) {
  return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end, a.file};
}

}  // namespace huiyu
