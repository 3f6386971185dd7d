// Scripts for shells, made of what the command knows of its own sub-commands and options.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"

namespace huiyu::driver {

namespace {

enum class Shell : std::uint8_t { Bash, Zsh, Fish };

std::vector<CLI::App const*> sub_commands(CLI::App const& app) {
  auto const found = app.get_subcommands([](CLI::App const*) { return true; });
  return {found.begin(), found.end()};
}

// `auto|native|interpret` of an option that takes one of some words; empty for others.
std::string choices_of(CLI::Option const& option) {
  std::string words = option.get_type_name();
  if (words.find('|') == std::string::npos) return {};
  std::ranges::replace(words, '|', ' ');
  return words;
}

std::string long_options(CLI::App const& app) {
  std::string names;
  for (auto const* option : app.get_options())
    for (auto const& name : option->get_lnames()) names += (names.empty() ? "--" : " --") + name;
  return names;
}

std::string names_of(CLI::App const& app) {
  std::string names;
  for (auto const* command : sub_commands(app)) names += (names.empty() ? "" : " ") + command->get_name();
  return names;
}

// What bash looks up by the commands typed so far, joined by blanks: options, words of options, commands below.
struct Tables {
  std::string options, choices, below;
};

void add_tables(Tables& tables, CLI::App const& command, std::string const& name, std::string const& everywhere) {
  tables.options += fmt::format("    '{}') options='{} {}' ;;\n", name, long_options(command), everywhere);
  for (auto const* option : command.get_options()) {
    if (choices_of(*option).empty()) continue;
    for (auto const& word : option->get_lnames())
      tables.choices += fmt::format("    '{}.--{}') words='{}' ;;\n", name, word, choices_of(*option));
  }
  if (auto const names = names_of(command); !names.empty())
    tables.below += fmt::format("    '{}') below=' {} ' ;;\n", name, names);
  for (auto const* next : sub_commands(command)) add_tables(tables, *next, name + " " + next->get_name(), everywhere);
}

// Words of the word that is being typed; names of files where no word fits.
std::string bash(CLI::App const& app) {
  Tables tables;
  for (auto const* command : sub_commands(app)) add_tables(tables, *command, command->get_name(), long_options(app));
  return fmt::format(R"(_huiyu() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command='' options='' words='' i
  local below=' {0} '
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      --lang | --color) ((++i)) ;;
      -*) ;;
      *)
        [[ $below == *" ${{COMP_WORDS[i]}} "* ]] || break
        command=${{command:+$command }}${{COMP_WORDS[i]}}
        below=''
        case $command in
{3}        esac
        ;;
    esac
  done
  if [[ $before == --lang ]]; then COMPREPLY=($(compgen -W 'zh en' -- "$word")); return; fi
  if [[ $before == --color ]]; then COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return; fi
  if [[ -n $below ]]; then COMPREPLY=($(compgen -W "$below {1}" -- "$word")); return; fi
  case $command in
{2}  esac
  case $command.$before in
{4}  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  elif [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -o filenames -F _huiyu huiyu
)",
                     names_of(app), long_options(app), tables.options, tables.below, tables.choices);
}

std::string in_quotes(std::string text) {
  for (auto at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2)) text.insert(at, "\\");
  return "'" + text + "'";
}

// The options of a command, and the commands below it, which are offered once it has been typed.
std::string fish_lines(CLI::App const& command, std::string const& seen) {
  std::string script;
  for (auto const* option : command.get_options())
    for (auto const& word : option->get_lnames()) {
      auto const choices = choices_of(*option);
      script += fmt::format("complete -c huiyu{} -l {} -d {}{}\n", seen, word, in_quotes(option->get_description()),
                            choices.empty() ? "" : " -xa " + in_quotes(choices));
    }
  for (auto const* below : sub_commands(command)) {
    auto const name = below->get_name();
    bool const first = seen.empty();
    script += fmt::format("complete -c huiyu{} -a {} -d {}\n", first ? " -n __fish_use_subcommand" : seen, name,
                          in_quotes(below->get_description()));
    script += fish_lines(*below, fmt::format(" -n '__fish_seen_subcommand_from {}'", name));
  }
  return script;
}

std::string fish(CLI::App const& app) {
  return "complete -c huiyu -n __fish_use_subcommand -f\n" + fish_lines(app, "");
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto shell = std::make_shared<Shell>(Shell::Bash);
  add_choice(app, "shell", *shell, Choices<Shell>{{"bash", Shell::Bash}, {"zsh", Shell::Zsh}, {"fish", Shell::Fish}},
             language, words(language, "为哪个命令行而写", "for which shell"))
      ->required();
  app.callback([&app, shell, &result] {
    auto const& root = *app.get_parent();
    std::string script;
    switch (*shell) {
      case Shell::Bash: script = bash(root); break;
      case Shell::Zsh: script = "autoload -U +X bashcompinit && bashcompinit\n" + bash(root); break;
      case Shell::Fish: script = fish(root); break;
    }
    std::fputs(script.c_str(), stdout);
    result = ExitCode::Fine;
  });
}

}  // namespace

extern Command const completion_command;
Command const completion_command{
    "completion",
    {"写出让 bash、zsh 或 fish 补全命令和选项的脚本", "write a script by which bash, zsh or fish completes words"},
    20,
    set_up};

}  // namespace huiyu::driver
