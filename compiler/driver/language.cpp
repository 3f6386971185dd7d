#include "compiler/driver/language.h"

#include <cstdlib>

namespace huiyu::driver {

std::optional<Language> find_language(std::string_view name) {
  if (name.starts_with("zh")) return Language::Chinese;
  if (name.starts_with("en")) return Language::English;
  return std::nullopt;
}

Language choose_language(int argument_count, char const* const* arguments) {
  for (int i = 1; i < argument_count; ++i) {
    std::string_view argument = arguments[i];
    if (argument == "--") break;
    if (argument.starts_with("--lang=")) {
      if (auto language = find_language(argument.substr(7))) return *language;
    } else if (argument == "--lang" && i + 1 < argument_count) {
      if (auto language = find_language(arguments[i + 1])) return *language;
    }
  }
  for (auto const* variable : {"HUIYU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    char const* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    if (auto language = find_language(value)) return *language;
    break;  // the first that is set decides, as for any program
  }
  return Language::Chinese;
}

}  // namespace huiyu::driver
