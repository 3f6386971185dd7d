#pragma once

// A report as a program reads it.

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/conformance/run_command.h"

namespace huiyu::test {

using Json = nlohmann::json;

struct Report {
  int exit_code = 0;
  std::vector<Json> rows;
  std::string text;

  // The only row in which the member has the value.
  Json const& row(std::string const& member, Json const& value) const {
    auto const fits = [&](Json const& each) { return each.contains(member) && each[member] == value; };
    auto const at = std::ranges::find_if(rows, fits);
    REQUIRE_MESSAGE(at != rows.end(), text);
    CHECK(std::ranges::count_if(rows, fits) == 1);
    return *at;
  }
  Json const& summary() const { return rows.back(); }
  std::vector<Json> diagnostics(std::string const& code) const {
    std::vector<Json> found;
    for (auto const& each : rows)
      if (each.contains("code") && each["code"] == code) found.push_back(each);
    return found;
  }
};

inline Report read(CommandResult const& result) {
  Report report{result.exit_code, {}, result.out + result.error};
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) report.rows.push_back(Json::parse(line));
  REQUIRE_MESSAGE(!report.rows.empty(), result.error);
  return report;
}

inline Report run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "report");
  arguments.insert(arguments.end(), {"--format", "json"});
  return read(run_command(arguments));
}

inline std::string replaced(std::string text, std::string const& from, std::string const& to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace huiyu::test
