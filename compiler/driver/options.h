// Options that several sub-commands share, with their help in both languages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "compiler/driver/language.h"
#include "runtime/base/result.h"
#include "runtime/columns/outcome.h"

namespace huiyu::driver {

enum class EngineChoice { Auto, Native, Interpret, Oracle };
enum class Format { Pretty, Json, Csv };

// Files and folders of rules.
struct RuleOptions {
  std::vector<std::string> paths;
  void add_to(CLI::App& app, Language language);
};

// What a run is about besides rules and records.
struct RunOptions {
  std::string as_of;
  std::optional<std::int32_t> application_year;
  std::vector<std::string> given;
  EngineChoice engine = EngineChoice::Auto;
  void add_to(CLI::App& app, Language language);
  Result<RunInputs> inputs(Language language) const;
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

}  // namespace huiyu::driver
