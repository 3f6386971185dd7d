#include "compiler/driver/color.h"

#include <cstdlib>

#include <unistd.h>

#include "compiler/diag/render.h"

namespace huiyu::driver {
namespace {

constexpr std::string_view red = "\x1b[1;31m", yellow = "\x1b[1;33m", green = "\x1b[32m", blue = "\x1b[34m",
                           plain = "\x1b[0m";

ColorChoice chosen = ColorChoice::Auto;

bool is_set(char const* variable) {
  char const* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool is_zero(char const* variable) {
  char const* value = std::getenv(variable);
  return value != nullptr && std::string_view(value) == "0";
}

std::string painted(std::string_view color, std::string_view text) {
  return std::string(color) + std::string(text) + std::string(plain);
}

std::string_view color_of_severity(std::string_view line) {
  for (auto const language : {diag::Language::Chinese, diag::Language::English}) {
    if (line.starts_with(std::string(diag::severity_word(diag::Severity::Error, language)) + "[")) return red;
    if (line.starts_with(std::string(diag::severity_word(diag::Severity::Warning, language)) + "[")) return yellow;
    if (line.starts_with(std::string(diag::severity_word(diag::Severity::Info, language)) + "[")) return blue;
  }
  return {};
}

std::string color_line(std::string_view line) {
  if (auto const color = color_of_severity(line); !color.empty()) {
    auto const end = line.find(']') + 1;
    return painted(color, line.substr(0, end)) + std::string(line.substr(end));
  }
  // `   |     ^^^^ words` and `   |   ---- words`: nothing but blanks before the bar.
  auto const bar = line.find_first_not_of(' ');
  if (bar == std::string_view::npos || line.substr(bar, 2) != "| ") return std::string(line);
  auto const sign = line.find_first_not_of(' ', bar + 1);
  if (sign == std::string_view::npos || (line[sign] != '^' && line[sign] != '-')) return std::string(line);
  return std::string(line.substr(0, sign)) + painted(line[sign] == '^' ? red : blue, line.substr(sign));
}

std::string color_sign(std::string_view line) {
  constexpr std::string_view passed = "✓", failed = "✗";
  if (line.starts_with(passed)) return painted(green, passed) + std::string(line.substr(passed.size()));
  if (line.starts_with(failed)) return painted(red, failed) + std::string(line.substr(failed.size()));
  return std::string(line);
}

std::string each_line(std::string_view text, std::string (*paint)(std::string_view)) {
  std::string out;
  while (!text.empty()) {
    auto const end = text.find('\n');
    out += paint(text.substr(0, end));
    if (end == std::string_view::npos) break;
    out += '\n';
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

ColorChoice choose_color(int argument_count, char const* const* arguments) {
  for (int i = 1; i < argument_count; ++i) {
    std::string_view const argument = arguments[i];
    std::string_view value;
    if (argument.starts_with("--color=")) value = argument.substr(8);
    if (argument == "--color" && i + 1 < argument_count) value = arguments[i + 1];
    if (value == "always") return ColorChoice::Always;
    if (value == "never") return ColorChoice::Never;
    if (value == "auto") return ColorChoice::Auto;
  }
  if (is_set("NO_COLOR")) return ColorChoice::Never;
  if (is_set("CLICOLOR_FORCE") && !is_zero("CLICOLOR_FORCE")) return ColorChoice::Always;
  return is_zero("CLICOLOR") ? ColorChoice::Never : ColorChoice::Auto;
}

void set_color(ColorChoice choice) { chosen = choice; }

bool is_colored(std::FILE* stream) {
  if (chosen != ColorChoice::Auto) return chosen == ColorChoice::Always;
  return ::isatty(::fileno(stream)) == 1;
}

std::string color_diagnostics(std::string_view text) { return each_line(text, color_line); }

std::string color_signs(std::string_view text) { return each_line(text, color_sign); }

void put(std::string_view text, std::FILE* stream, std::string (*paint)(std::string_view)) {
  auto const out = is_colored(stream) ? paint(text) : std::string(text);
  std::fwrite(out.data(), 1, out.size(), stream);
}

}  // namespace huiyu::driver
