#include "compiler/parse/fold.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <utf8proc.h>

#include "runtime/base/utf8.h"

namespace huiyu::parse {
namespace {

constexpr CharClass classify_ascii(char32_t c) {
  if (c == U'\n') return CharClass::LineBreak;
  if (c == U' ' || c == U'\t' || c == U'\r') return CharClass::Blank;
  if (is_digit(c)) return CharClass::Digit;
  if (is_letter(c)) return CharClass::Letter;
  switch (c) {
    case U',':
    case U';':
    case U':':
    case U'(':
    case U')':
    case U'.':
    case U'=':
    case U'<':
    case U'>':
    case U'!':
    case U'+':
    case U'-':
    case U'*':
    case U'/':
    case U'|':
    case U'%': return CharClass::Punctuation;
    case U'"': return CharClass::Quote;
    case U'#': return CharClass::Comment;
    default: return CharClass::Stray;
  }
}

constexpr auto ascii_classes = [] {
  std::array<CharClass, 128> table{};
  for (char32_t c = 0; c < 128; ++c) table[c] = classify_ascii(c);
  return table;
}();

}  // namespace

char32_t fold(char32_t c) {
  if (c < 0x80) return c;
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  switch (c) {
    case 0x3000:
    case 0xA0: return U' ';
    case 0x2212: return U'-';  // −
    default: return c;
  }
}

CharClass classify(char32_t c) {
  if (c < 0x80) return ascii_classes[c];
  if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF)) return CharClass::Word;
  switch (c) {
    case U'、':
    case U'。':
    case U'≥':
    case U'≤':
    case U'≠':
    case U'×':
    case U'÷':
    case U'‰': return CharClass::Punctuation;
    case U'“':
    case U'”': return CharClass::Quote;
    case U'「':
    case U'」': return CharClass::Corner;
    case 0xB7:
    case U'〇':
    case U'々': return CharClass::Word;  // · as in names of foreign firms
    default: break;
  }
  // Letters and the marks that combine with them: the categories from LU to MC.
  utf8proc_category_t const category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC) return CharClass::Word;
  return CharClass::Stray;
}

bool is_deceptive(char32_t c) {
  return c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

bool turns_text(char32_t c) {
  return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string normalize(std::string_view text) {
  bool const inert = std::all_of(CodePointRange(text).begin(), CodePointRange(text).end(),
                                 [](CodePoint c) { return is_inert(c.value); });
  if (inert) return std::string(text);
  utf8proc_uint8_t* normal = nullptr;
  utf8proc_ssize_t const size =
      utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &normal, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return std::string(text);
  std::string out(reinterpret_cast<char const*>(normal), static_cast<std::size_t>(size));
  std::free(normal);  // utf8proc hands out malloc'ed memory
  return out;
}

std::string name_text(std::string_view bytes) {
  constexpr std::string_view open = "「";
  if (bytes.starts_with(open)) {
    bytes.remove_prefix(open.size());
    if (bytes.ends_with("」")) bytes.remove_suffix(open.size());
    return normalize(bytes);  // what stands in 「」 is not folded
  }
  std::string folded;
  folded.reserve(bytes.size());
  for (CodePoint const c : code_points(bytes)) {
    char32_t const to = fold(c.value);
    if (to == c.value)
      folded += bytes.substr(c.offset, c.length);
    else
      append_utf8(folded, to);
  }
  return normalize(folded);
}

}  // namespace huiyu::parse
