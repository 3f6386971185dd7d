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
    auto const type = app.get_formatter()->get_label(option->get_type_name());
    text += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", plain(names), type.empty() ? "" : " \\fI" + plain(type) + "\\fR",
                        plain(option->get_description()));
  }
  return text;
}

// A command, its example, and the commands below it.
std::string command_lines(CLI::App const& command, std::string const& name) {
  auto text = fmt::format(".SS {}\n{}\n{}", plain(name), plain(command.get_description()), option_lines(command));
  if (auto const example = command.get_footer(); !example.empty()) text += ".PP\n" + plain(example) + "\n";
  for (auto const* below : command.get_subcommands([](CLI::App const*) { return true; }))
    text += command_lines(*below, name + " " + below->get_name());
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
    text += command_lines(*command, command->get_name());
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
  text += heading("环境变量", "ENVIRONMENT");
  struct Variable {
    char const* name;
    Text meaning;
  };
  for (auto const& [variable, meaning] :
       {Variable{"HUIYU_MODULES", {"模块所在文件夹，用冒号隔开", "folders of modules, parted by colons"}},
        Variable{"HUIYU_DATA_MODULE", {"读写数据的模块 libhuiyu_duckdb.so", "the module that reads and writes data"}},
        Variable{"HUIYU_NATIVE_MODULE", {"原生代码的模块", "the module of native code"}},
        Variable{"HUIYU_CACHE_DIR", {"原生代码留在哪里", "where native code is kept"}},
        Variable{"HUIYU_LANG, LC_ALL, LC_MESSAGES, LANG",
                 {"界面语言，--lang 优先", "language of the interface, after --lang"}}})
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", variable, meaning.in(language));
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
