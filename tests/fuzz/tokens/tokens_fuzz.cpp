// Any bytes: scanning, layout and cutting end, and windows and lexemes stay in order and inside the text.

#include <cstdint>
#include <string>

#include "compiler/parse/layout.h"
#include "compiler/parse/tokens.h"
#include "compiler/source/source_file.h"
#include "runtime/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace huiyu;
  SourceFile const file(FileId{0}, "a.hui", std::string(reinterpret_cast<char const*>(data), size));
  Diagnostics diagnostics;
  parse::Layout const layout = parse::lay_out(file);
  parse::Tokens const tokens = parse::make_tokens(file, layout, {}, diagnostics);
  std::uint32_t at = 0;
  for (parse::Window const& window : tokens.windows) {
    HUIYU_CHECK(window.begin == at && window.end >= window.begin, "windows leave a gap");
    at = window.end;
  }
  HUIYU_CHECK(at == tokens.lexemes.size(), "lexemes outside of windows");
  std::uint32_t end = 0;
  for (parse::Lexeme const& lexeme : tokens.lexemes) {
    HUIYU_CHECK(lexeme.begin >= end || lexeme.begin == lexeme.end, "lexemes overlap");
    HUIYU_CHECK(lexeme.end >= lexeme.begin && lexeme.end <= file.text().size(), "a lexeme outside the text");
    end = lexeme.end;
  }
  return 0;
}
