// Internal: what stands between tokens, line by line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/parse/literate.h"
#include "compiler/source/source_file.h"

namespace huiyu::format {

struct TriviaLine {
  enum class Kind : std::uint8_t {
    Blank,
    Comment,
    Rule,     // |---|---| of a Markdown table
    Foreign,  // a line of the document around the rules
  };
  Kind kind{};
  std::string_view text;   // a comment without the blanks around it; a foreign line with its line break
  std::size_t indent = 0;  // of a comment: the bytes before it
};

class TriviaReader {
 public:
  explicit TriviaReader(SourceFile const& source);

  // The whole lines among the trivia before the first token of a line; at the end of the file, also the last one.
  std::vector<TriviaLine> lines_before(std::uint32_t begin, std::uint32_t end) const;

  // The comment behind the last token of a line; empty if there is none.
  std::string_view comment_behind(std::uint32_t begin, std::uint32_t end) const;

 private:
  bool is_foreign(std::uint32_t offset) const;

  std::string_view text_;
  bool literate_ = false;
  std::vector<parse::CodeRange> code_;
};

}  // namespace huiyu::format
