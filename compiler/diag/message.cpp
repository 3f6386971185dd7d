#include "compiler/diag/message.h"

#include <array>

#include "compiler/base/match.h"
#include "runtime/base/utf8.h"

namespace huiyu::diag {
namespace {

constexpr std::size_t longest_argument = 120;  // in characters

bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

std::string print_argument(Argument const& argument, Language language) {
  return match(
      argument, [](std::string const& text) { return make_visible(text); },
      [](Count count) { return std::to_string(count); },
      [&](Phrase const& phrase) { return language == Language::Chinese ? phrase.zh : phrase.en; });
}

}  // namespace

std::string make_visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (CodePoint const c : code_points(text)) {
    if (!is_hidden(c.value)) {
      out += text.substr(c.offset, c.length);
      continue;
    }
    constexpr std::string_view digits = "0123456789ABCDEF";
    out += "<U+";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[(c.value >> shift) & 0xF];
    out += '>';
  }
  return out;
}

Argument make_argument(Words words) {
  std::size_t seen = 0;
  for (CodePoint const c : code_points(words))
    if (++seen > longest_argument) return std::string(words.substr(0, c.offset)) + "…";
  return std::string(words);
}

Argument make_argument(Phrase phrase) { return phrase; }

std::string print(Message const& message, Language language) {
  if (message.format == nullptr) return print_argument(message.arguments.at(0), language);
  std::string_view const format = language == Language::Chinese ? message.format->zh : message.format->en;
  std::string out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '{') {
      out += format[i];
      continue;
    }
    bool const numbered = format[i + 1] != '}';
    std::size_t const index = numbered ? static_cast<std::size_t>(format[i + 1] - '0') : next++;
    out += print_argument(message.arguments.at(index), language);
    i += numbered ? 2 : 1;
  }
  return out;
}

}  // namespace huiyu::diag
