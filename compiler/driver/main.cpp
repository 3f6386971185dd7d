// The `huiyu` command: the only place that ends the process.

#include <clocale>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <string_view>

#include <CLI/CLI.hpp>
#include <malloc.h>

#include "compiler/driver/color.h"
#include "compiler/driver/command.h"
#include "compiler/driver/help.h"
#include "compiler/driver/options.h"
#include "runtime/base/check.h"

namespace {

using huiyu::driver::Command;
using huiyu::driver::ExitCode;
using huiyu::driver::Language;
using huiyu::driver::Text;

constexpr char const* version = "huiyu 0.1.0";

// One line to begin with, below the help of each command.
struct Example {
  std::string_view command, line;
};
constexpr Example examples[] = {
    {"check", "huiyu check rules"},
    {"fmt", "huiyu fmt rules"},
    {"match", "huiyu match rules --data firms.csv --as-of 2024-06-30 -o eligible.csv"},
    {"test", "huiyu test rules"},
    {"lint", "huiyu lint rules"},
    {"report", "huiyu report readiness rules"},
    {"eval", "huiyu eval rules --records firm.json --as-of 2024-06-30"},
    {"explain", "huiyu explain rules --data firms.csv --as-of 2024-06-30 --policy JX-2 --key 91330106XX8R7T6U07"},
    {"data", "huiyu data convert firms.csv firms.parquet"},
    {"new", "huiyu new 我的政策"},
    {"words", "huiyu words rules --joined"},
    {"dump", "huiyu dump rules --stage tir"},
    {"completion", "source <(huiyu completion bash)"},
    {"manual", "huiyu manual | man -l -"},
};

void show_example(CLI::App& command, std::string const& name, Language language) {
  for (auto const& example : examples)
    if (example.command == name)
      command.footer(std::string(Text{"例：", "Example: "}.in(language)) + std::string(example.line));
}

// The first argument after --lang and --color, where a command should stand and none of ours does.
char const* unknown_command(int argument_count, char** arguments) {
  int at = 1;
  auto const leads = [](std::string_view argument) {
    return argument.starts_with("--lang") || argument.starts_with("--color");
  };
  while (at < argument_count && leads(arguments[at]))
    at += std::string_view(arguments[at]).find('=') == std::string_view::npos ? 2 : 1;
  if (at >= argument_count || arguments[at][0] == '-') return nullptr;
  for (auto const* command : huiyu::driver::commands())
    if (command->name == arguments[at]) return nullptr;
  return arguments[at];
}

int run(int argument_count, char** arguments) {
  auto language = huiyu::driver::choose_language(argument_count, arguments);
  constexpr Text about{"惠语：把惠企政策写成能检查、能运行、能解释的规则",
                       "Huiyu: enterprise-support policies as rules that can be checked, run and explained"};
  CLI::App app{std::string(about.in(language)), "huiyu"};
  app.formatter(std::make_shared<huiyu::driver::HelpPages>(language));
  app.set_help_flag("-h,--help", std::string(Text{"显示帮助", "show this help"}.in(language)));
  app.set_version_flag("--version", std::string(version),
                       std::string(Text{"显示版本", "show the version"}.in(language)));
  std::string ignored;
  app.add_option("--lang", ignored,
                 std::string(Text{"界面语言：zh 或 en", "language of the interface: zh or en"}.in(language)));
  auto color = huiyu::driver::choose_color(argument_count, arguments);
  huiyu::driver::set_color(color);
  using huiyu::driver::ColorChoice;
  huiyu::driver::add_choice(
      app, "--color", color,
      huiyu::driver::Choices<ColorChoice>{
          {"auto", ColorChoice::Auto}, {"always", ColorChoice::Always}, {"never", ColorChoice::Never}},
      language,
      std::string(Text{"何时用颜色；默认 auto：写到终端时（NO_COLOR、CLICOLOR、CLICOLOR_FORCE 也管用）",
                       "when to use colours; by default auto, on a terminal (NO_COLOR, CLICOLOR and CLICOLOR_FORCE "
                       "count, too)"}
                      .in(language)));
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(
      std::string(Text{"从这里开始：huiyu new 我的政策，然后 huiyu test 我的政策\n"
                       "每个命令的用法：huiyu check --help；每条消息有编号，docs/diagnostics 里各有一页",
                       "Begin with: huiyu new my-policies, then huiyu test my-policies\n"
                       "Each command tells more: huiyu check --help; every message has a code, and a page in "
                       "docs/diagnostics"}
                      .in(language)));

  auto result = ExitCode::Fine;
  for (auto const* command : huiyu::driver::commands()) {
    auto* sub = app.add_subcommand(std::string(command->name), std::string(command->summary.in(language)));
    sub->group(std::string(Text{"命令", "Commands"}.in(language)));
    command->set_up(*sub, language, result);
    show_example(*sub, std::string(command->name), language);
  }
  try {
    app.parse(argument_count, arguments);
  } catch (CLI::Success const& request) {  // --help, --version
    return app.exit(request);
  } catch (CLI::ParseError const& error) {
    if (auto const* wrong = unknown_command(argument_count, arguments)) {
      std::fprintf(stderr,
                   language == Language::Chinese ? "huiyu: 没有 `%s` 这个命令；用 `huiyu --help` 查看用法\n"
                                                 : "huiyu: there is no command `%s`; see `huiyu --help`\n",
                   wrong);
      return static_cast<int>(ExitCode::Usage);
    }
    if (argument_count == 1) std::fprintf(stderr, "%s\n", app.help().c_str());
    auto hint = language == Language::Chinese ? "；用 `huiyu --help` 查看用法" : "; see `huiyu --help`";
    std::fprintf(stderr, "huiyu: %s%s\n", huiyu::driver::usage_error(error, language).c_str(), hint);
    return static_cast<int>(ExitCode::Usage);
  }
  return static_cast<int>(result);
}

// Batches come and go, and what one gives back the next one takes. Left to itself, the allocator returns it to the
// system between them and asks for it again page by page (docs/decisions/0049).
void keep_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 8 << 20);
#endif
}

}  // namespace

int main(int argument_count, char** arguments) {
  keep_memory();
  std::signal(SIGPIPE, SIG_DFL);  // `huiyu match … | head` ends quietly
  try {
    return run(argument_count, arguments);
  } catch (std::exception const& error) {
    // Nothing below may throw across its folder; whatever arrives here is our own mistake.
    std::fprintf(stderr,
                 "huiyu: internal error: %s\nhuiyu: 这是程序的缺陷，请附上输入报告 / this is a bug of ours, please "
                 "report it with the input\n",
                 error.what());
    return huiyu::internal_error_exit_code;
  }
}
