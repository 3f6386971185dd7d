#include "compiler/driver/help.h"

#include <string_view>

#include "compiler/driver/results.h"

namespace huiyu::driver {
namespace {

constexpr std::size_t description_column = 34;

std::string line(std::string const& name, std::string const& description) {
  std::string text = "  " + name;
  auto const width = display_width(text);
  if (width + 1 < description_column)
    text.append(description_column - width, ' ');
  else
    text.append("\n").append(description_column, ' ');
  return text + description + "\n";
}

struct Phrase {
  std::string_view english, before, after;  // what follows `english` in the library's sentence goes between the two
};

constexpr Phrase phrases[] = {
    {"The following argument was not expected: ", "不认识的参数：", ""},
    {"The following arguments were not expected: ", "不认识的参数：", ""},
    {"A subcommand is required", "要写上命令", ""},
    {"Could not convert: ", "值读不懂：", ""},
};
constexpr Phrase endings[] = {
    {" is required", "缺少 ", ""},
    {": 1 required TEXT missing", "", " 后面缺少值"},
    {": 1 required INT missing", "", " 后面缺少值"},
};

}  // namespace

HelpPages::HelpPages(Language language) {
  if (language != Language::Chinese) return;
  label("Usage", "用法");
  label("OPTIONS", "选项");
  label("Options", "选项");
  label("SUBCOMMAND", "命令");
  label("SUBCOMMANDS", "命令");
  label("Subcommands", "命令");
  label("Positionals", "参数");
  label("REQUIRED", "（必填）");
  label("TEXT", "文本");
  label("INT", "整数");
  label("UINT", "整数");
}

std::string HelpPages::make_group(std::string group, bool is_positional,
                                  std::vector<CLI::Option const*> options) const {
  return Formatter::make_group(get_label(group), is_positional, std::move(options));
}

std::string HelpPages::make_option(CLI::Option const* option, bool is_positional) const {
  return line(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
}

std::string HelpPages::make_subcommand(CLI::App const* command) const {
  return line(command->get_display_name(true), command->get_description());
}

std::string usage_error(CLI::ParseError const& error, Language language) {
  std::string const said = error.what();
  if (language != Language::Chinese) return said;
  for (auto const& phrase : phrases)
    if (said.starts_with(phrase.english)) return std::string(phrase.before) + said.substr(phrase.english.size());
  for (auto const& ending : endings)
    if (said.ends_with(ending.english))
      return std::string(ending.before) + said.substr(0, said.size() - ending.english.size()) +
             std::string(ending.after);
  return said;
}

}  // namespace huiyu::driver
