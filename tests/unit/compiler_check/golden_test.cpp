// One file holds what to show, the source, and what is shown. HUIYU_UPDATE=1 writes the last part anew; review the
// diff.
//
//   # dump: tir            or: diagnostics, diagnostics en, facts
//   …source…
//   ----
//   …expected…
//
// A name that begins with `bad_` has errors, and only such a name.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "compiler/diag/render.h"
#include "compiler/tir/print.h"
#include "compiler/tir/verify.h"
#include "tests/unit/compiler_check/support.h"

using namespace huiyu;
using namespace huiyu::test;

namespace {

std::string facts_text(Checked const& checked) {
  std::string text;
  std::int32_t index = 0;
  for (auto const& expr : checked.program.exprs) {
    tir::ExprId const id{index++};
    auto const& facts = checked.facts[id];
    if (!facts.number && facts.work_bits == 0) continue;
    if (std::holds_alternative<tir::Constant>(expr.kind)) continue;
    text += tir::print(checked.program, id) + "\n  ";
    if (facts.number) {
      text += "scale " + std::to_string(facts.scale) + " numerator " + facts.numerator_low.str() + " to " +
              facts.numerator_high.str();
      if (facts.fraction) text += " denominator " + facts.denominator_low.str() + " to " + facts.denominator_high.str();
      text += ", ";
    }
    text += "work " + std::to_string(facts.work_bits) + " bits\n";
  }
  return text;
}

std::string shown(Checked const& checked, std::string const& dump) {
  if (dump == "tir") return tir::print(checked.program);
  if (dump == "facts") return facts_text(checked);
  auto const language = dump == "diagnostics en" ? diag::Language::English : diag::Language::Chinese;
  return diag::render_text(checked.diagnostics, checked.sources, language);
}

}  // namespace

TEST_CASE("goldens of the checker") {
  std::vector<std::filesystem::path> paths;
  for (auto const& entry : std::filesystem::directory_iterator("tests/golden/check")) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  REQUIRE(!paths.empty());
  for (auto const& path : paths) {
    CAPTURE(path.generic_string());
    std::string const text = read_file(path.generic_string());
    std::string const prefix = "# dump: ", line = "\n----\n";
    REQUIRE(text.starts_with(prefix));
    auto const end_of_first = text.find('\n'), cut = text.find(line);
    REQUIRE(cut != std::string::npos);
    std::string const source = text.substr(end_of_first + 1, cut - end_of_first);
    Checked const checked = check_files({{path.stem().string() + ".hui", source}});
    std::string const dump = text.substr(prefix.size(), end_of_first - prefix.size());
    std::string const now = shown(checked, dump);
    if (dump == "tir") CHECK_MESSAGE(checked.messages() == "", path.filename().string());
    if (!checked.diagnostics.has_errors()) {
      auto const violations = tir::verify(checked.program);
      CHECK_MESSAGE(violations.empty(), (violations.empty() ? std::string() : violations.front().text));
    }
    CHECK(checked.diagnostics.has_errors() == path.filename().string().starts_with("bad_"));
    if (std::getenv("HUIYU_UPDATE") != nullptr)
      std::ofstream(path, std::ios::binary) << text.substr(0, cut + line.size()) << now;
    else
      CHECK(now == text.substr(cut + line.size()));
  }
}
