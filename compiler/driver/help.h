// The words that the command-line library says itself, in the user's language: help pages and usage errors.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "compiler/driver/language.h"

namespace huiyu::driver {

// Help pages with columns that line up in Chinese too.
class HelpPages : public CLI::Formatter {
 public:
  explicit HelpPages(Language language);
  std::string make_group(std::string group, bool is_positional, std::vector<CLI::Option const*> options) const override;
  std::string make_option(CLI::Option const* option, bool is_positional) const override;
  std::string make_subcommand(CLI::App const* command) const override;
};

// What was wrong with the arguments.
std::string usage_error(CLI::ParseError const& error, Language language);

}  // namespace huiyu::driver
