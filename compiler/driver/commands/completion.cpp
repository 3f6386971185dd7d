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

// Words of the word that is being typed; names of files where no word fits.
std::string bash(CLI::App const& app) {
  std::string names, options, choices;
  for (auto const* command : sub_commands(app)) {
    names += (names.empty() ? "" : " ") + command->get_name();
    options += fmt::format("    {}) options='{}' ;;\n", command->get_name(), long_options(*command));
    for (auto const* option : command->get_options()) {
      if (choices_of(*option).empty()) continue;
      for (auto const& name : option->get_lnames())
        choices += fmt::format("    {}.--{}) words='{}' ;;\n", command->get_name(), name, choices_of(*option));
    }
  }
  return fmt::format(R"(_huiyu() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command='' options='' words='' i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      --lang) ((++i)) ;;
      -*) ;;
      *) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  if [[ $before == --lang ]]; then COMPREPLY=($(compgen -W 'zh en' -- "$word")); return; fi
  if [[ -z $command ]]; then COMPREPLY=($(compgen -W '{} {}' -- "$word")); return; fi
  case $command in
{}  esac
  case $command.$before in
{}  esac
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
                     names, long_options(app), options, choices);
}

std::string in_quotes(std::string text) {
  for (auto at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2)) text.insert(at, "\\");
  return "'" + text + "'";
}

std::string fish(CLI::App const& app) {
  std::string script = "complete -c huiyu -n __fish_use_subcommand -f\n";
  for (auto const* command : sub_commands(app)) {
    auto const name = command->get_name();
    script += fmt::format("complete -c huiyu -n __fish_use_subcommand -a {} -d {}\n", name,
                          in_quotes(command->get_description()));
    for (auto const* option : command->get_options())
      for (auto const& word : option->get_lnames()) {
        auto const choices = choices_of(*option);
        script +=
            fmt::format("complete -c huiyu -n '__fish_seen_subcommand_from {}' -l {} -d {}{}\n", name, word,
                        in_quotes(option->get_description()), choices.empty() ? "" : " -xa " + in_quotes(choices));
      }
  }
  return script;
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
