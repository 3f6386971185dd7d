// Texts for people in both languages, with gaps for arguments; filled in only when they are shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace huiyu::diag {

enum class Language : std::uint8_t { Chinese, English };

// The argument types of the catalogue.
using Words = std::string_view;  // what the drafter wrote; shown as it is in both languages
using Count = std::int64_t;
struct Phrase {  // our own words
  std::string zh, en;
  friend bool operator==(Phrase const&, Phrase const&) = default;
};

using Argument = std::variant<std::string, Count, Phrase>;

// Gaps are `{}`, in order, or `{0}` `{1}` where a language needs another order.
struct MessageFormat {
  std::string_view zh, en;
};

// A text with its arguments. Formats live in the catalogue or are phrases without gaps.
struct Message {
  MessageFormat const* format = nullptr;  // null: the single argument is the text
  std::vector<Argument> arguments;
};

// The text in a language; user text is shown with control characters made visible.
std::string print(Message const& message, Language language);

// An argument as it is kept: long user text is cut to a length that people read.
Argument make_argument(Words words);
inline Argument make_argument(Count count) { return count; }
Argument make_argument(Phrase phrase);

// Makes control characters, bidirectional overrides and characters without width visible as `<U+202E>`.
std::string make_visible(std::string_view text);

// Whether every gap names an argument and every argument is named. For static_assert in the catalogue.
constexpr bool fits(std::string_view format, std::size_t arity) {
  std::size_t next = 0;
  unsigned used = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '{') continue;
    std::size_t index = 0;
    if (i + 1 < format.size() && format[i + 1] == '}') {
      index = next++;
      i += 1;
    } else if (i + 2 < format.size() && format[i + 1] >= '0' && format[i + 1] <= '9' && format[i + 2] == '}') {
      index = static_cast<std::size_t>(format[i + 1] - '0');
      i += 2;
    } else {
      return false;
    }
    if (index >= arity) return false;
    used |= 1U << index;
  }
  return used == (1U << arity) - 1U;
}

// A text of the catalogue that labels a place or gives help.
template <class... Args> struct Note {
  MessageFormat format;
};

template <class... Args> Message make_message(Note<Args...> const& note, std::type_identity_t<Args>... args) {
  Message message{&note.format, {}};
  (message.arguments.push_back(make_argument(std::move(args))), ...);
  return message;
}

inline Message make_message(Phrase phrase) { return {nullptr, {make_argument(std::move(phrase))}}; }

}  // namespace huiyu::diag
