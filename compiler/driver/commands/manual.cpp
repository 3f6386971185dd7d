// The manual page, made of the same texts as --help: `huiyu manual | man -l -`.
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"

namespace huiyu::driver {

namespace {

// As roff shows it: no line of text is taken for a request, no hyphen for a break (groff_char(7), groff_man(7)).
std::string plain(std::string const& text) {
  std::string out;
  for (char const c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string option_lines(CLI::App const& app) {
  std::string text;
  for (auto const* option : app.get_options()) {
    std::string names = option->get_positional() ? option->get_name(true) : option->get_name(false, true);
    auto const type = option->get_type_name();
    text += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", plain(names), type.empty() ? "" : " \\fI" + plain(type) + "\\fR",
                        plain(option->get_description()));
  }
  return text;
}

std::string page(CLI::App const& app, Language language) {
  auto const heading = [&](std::string_view zh, std::string_view en) {
    return fmt::format(".SH {}\n", words(language, zh, en));
  };
  std::string text = ".TH HUIYU 1\n";
  text += heading("名称", "NAME") + "huiyu \\- " + plain(app.get_description()) + "\n";
  text += heading("用法", "SYNOPSIS") + ".B huiyu\n" +
          words(language, "[选项] 命令 [选项] [文件]", "[options] command [options] [files]") + "\n";
  text += heading("选项", "OPTIONS") + option_lines(app);
  text += heading("命令", "COMMANDS");
  for (auto const* command : app.get_subcommands([](CLI::App const*) { return true; }))
    text += fmt::format(".SS {}\n{}\n{}", plain(command->get_name()), plain(command->get_description()),
                        option_lines(*command));
  text += heading("退出码", "EXIT STATUS");
  struct Code {
    int number;
    Text meaning;
  };
  for (auto const& [number, meaning] :
       {Code{0, {"正常", "fine"}},
        Code{1, {"有发现：测试没有通过，排版不同", "findings: a test failed, a layout differs"}},
        Code{2, {"用法错误", "wrong usage"}}, Code{3, {"规则有错误", "errors in rules"}},
        Code{4, {"数据有错误", "errors in data"}}, Code{70, {"程序的缺陷", "a bug of ours"}}})
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", number, meaning.in(language));
  return text;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  app.callback([&app, language, &result] {
    std::fputs(page(*app.get_parent(), language).c_str(), stdout);
    result = ExitCode::Fine;
  });
}

}  // namespace

extern Command const manual_command;
Command const manual_command{
    "manual", {"写出手册页：huiyu manual | man -l -", "write the manual page: huiyu manual | man -l -"}, 21, set_up};

}  // namespace huiyu::driver
