// The language in which the command speaks, and texts in both.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/diag/message.h"

namespace huiyu::driver {

using diag::Language;

// A text for people in both languages.
struct Text {
  std::string_view zh, en;
  constexpr std::string_view in(Language language) const { return language == Language::Chinese ? zh : en; }
};

// `zh` or `en`; none for anything else.
std::optional<Language> find_language(std::string_view name);

// --lang among the arguments, else HUIYU_LANG, else the locale (LC_ALL, LC_MESSAGES, LANG); Chinese where none says
// English. Read before the arguments are parsed, so that usage errors and help already speak it.
Language choose_language(int argument_count, char const* const* arguments);

}  // namespace huiyu::driver
