// Goldens of tests/golden/plan: rules, a line of dashes, and the plan that they become. HUIYU_UPDATE=1 rewrites what is
// expected.
//
// Hashes are left out: they change with what they cover, and say nothing to a reader.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <doctest/doctest.h>

#include "compiler/check/check.h"
#include "compiler/diag/render.h"
#include "compiler/lower/lower.h"
#include "compiler/parse/parse.h"
#include "runtime/plan/print.h"
#include "runtime/plan/verify.h"

using namespace huiyu;

namespace {

constexpr std::string_view dashes = "----\n";

std::string read(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string plan_text(std::string const& name, std::string const& rules) {
  SourceSet sources;
  Diagnostics diagnostics;
  auto const& file = sources.add(name, rules);
  std::vector<ast::File> files;
  files.push_back(parse::parse(file, parse::collect_names(file), diagnostics));
  auto const program = check::check(files, sources, diagnostics);
  auto const facts = check::ranges(program, diagnostics);
  REQUIRE_MESSAGE(!diagnostics.has_errors(), diag::render_text(diagnostics, sources, diag::Language::Chinese));
  auto const plan = lower::lower(program, facts, sources);
  REQUIRE_MESSAGE(plan, plan.error().message);
  auto const faults = plan::verify(*plan);
  REQUIRE_MESSAGE(faults.empty(), faults.front());
  static std::regex const hash(" (id|code_tables)=(\"[^\"]*\"|[0-9a-f]{32})");
  return std::regex_replace(plan::print(*plan), hash, "");
}

}  // namespace

TEST_CASE("plan goldens") {
  std::vector<std::filesystem::path> paths;
  for (auto const& entry : std::filesystem::directory_iterator("tests/golden/plan")) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  REQUIRE(paths.size() > 5);
  for (auto const& path : paths) {
    CAPTURE(path.string());
    auto const whole = read(path);
    auto const end = whole.find(dashes);
    auto const rules = whole.substr(0, end);
    auto const actual = plan_text(path.filename().string(), rules);
    if (std::getenv("HUIYU_UPDATE") != nullptr)
      std::ofstream(path, std::ios::binary) << rules << dashes << actual;
    else
      CHECK(whole.substr(std::min(whole.size(), rules.size() + dashes.size())) == actual);
  }
}
