// One text as it was read: its bytes, its lines, and what keeps it from being read further.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace huiyu {

// Larger texts are refused before anything looks at them.
inline constexpr std::size_t max_source_bytes = std::size_t{16} << 20;

// A place for people: both count from 1, columns in characters (code points), not bytes.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend constexpr bool operator==(Position, Position) = default;
};

// Why a text cannot be read as one. The parser reports it; `text()` is then the part before it.
enum class SourceFault : std::uint8_t { TooLarge, NotUtf8, HasNul };

struct SourceFaultAt {
  SourceFault fault{};
  std::uint32_t offset = 0;
};

class SourceFile {
 public:
  // Takes any bytes. With a fault, the text ends where the first fault is (at 0 if it is too large).
  SourceFile(FileId id, std::string path, std::string bytes);

  FileId id() const { return id_; }
  std::string const& path() const { return path_; }
  std::string_view text() const { return text_; }
  std::optional<SourceFaultAt> fault() const { return fault_; }

  // Whether it is the issued document in Markdown with fenced blocks: `.hui.md`.
  bool literate() const;

  // The place of an offset; an offset past the end is the end.
  Position position(std::uint32_t offset) const;

  // Lines count from 1; a text without any has one, empty.
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }
  std::uint32_t line_start(std::uint32_t line) const;

  // The line without its line break.
  std::string_view line_text(std::uint32_t line) const;

  std::string_view slice(Span span) const;

 private:
  FileId id_;
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
  std::optional<SourceFaultAt> fault_;
};

}  // namespace huiyu
