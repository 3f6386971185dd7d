// Options that several sub-commands share, with their help in both languages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/driver/language.h"
#include "compiler/tir/tir.h"
#include "runtime/base/result.h"
#include "runtime/columns/outcome.h"

namespace huiyu::driver {

enum class EngineChoice { Auto, Native, Interpret, Oracle };
enum class Format { Pretty, Json, Csv };

// Files and folders of rules, and where the modules are that they use.
struct RuleOptions {
  std::vector<std::string> paths;
  std::vector<std::string> modules;
  void add_to(CLI::App& app, Language language);
};

void add_modules_to(CLI::App& app, std::vector<std::string>& folders, Language language);

// What a run is about besides rules and records.
struct RunOptions {
  std::string as_of;
  std::optional<std::int32_t> application_year;
  std::vector<std::string> given;
  std::string inputs_file;  // empty: none
  EngineChoice engine = EngineChoice::Auto;
  int jobs = 0;  // threads that match; 0: as many as there are processors
  void add_to(CLI::App& app, Language language);
  void add_jobs_to(CLI::App& app, Language language);
  // What the run is about, values of `inputs_file` left aside.
  Result<RunInputs> inputs(Language language) const;
  // The same; values of `inputs_file` are put into the program, and their names into `outside`.
  Result<RunInputs> inputs(tir::Program& program, std::vector<std::string>& outside, Language language) const;
};

// How results are shown.
struct OutputOptions {
  Format format = Format::Pretty;
  bool all = false;
  void add_format_to(CLI::App& app, Language language);
  void add_to(CLI::App& app, Language language);
};

// A text in the user's language, as CLI11 takes it.
std::string words(Language language, std::string_view zh, std::string_view en);

template <class Value> using Choices = std::vector<std::pair<std::string, Value>>;

// An option that takes one of some words; any other is a usage error that lists them.
template <class Target, class Value>
CLI::Option* add_choice(CLI::App& app, std::string const& name, Target& value, Choices<Value> const& choices,
                        Language language, std::string const& help) {
  std::string listed;
  for (auto const& [word, meaning] : choices) listed += (listed.empty() ? "" : "|") + word;
  auto take = [&value, choices, listed, name, language](std::string const& text) {
    for (auto const& [word, meaning] : choices)
      if (word == text) {
        value = meaning;
        return;
      }
    throw CLI::ValidationError(
        name, words(language, "须为 ", "takes ") + listed + words(language, "，而不是 `", ", not `") + text + "`");
  };
  return app.add_option_function<std::string>(name, take, help)->type_name(listed);
}

}  // namespace huiyu::driver
