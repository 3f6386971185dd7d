// Goldens of tests/golden/syntax: flags, source and what is expected in one file.
//
//   # dump: ast            ast, tokens, diagnostics, diagnostics-en; several are printed one after another
//   # codes: 南京市 鼓楼区   names of codes that the standards would bring
//   …source…
//   ----
//   …expected…
//
// A file begins with bad_ if and only if it has errors. HUIYU_UPDATE=1 rewrites what is expected.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/ast/print.h"
#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_set.h"

namespace huiyu::parse {
namespace {

std::string read_file(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> flag(std::string const& source, std::string const& name) {
  std::istringstream lines(source);
  for (std::string line; std::getline(lines, line) && line.starts_with('#');) {
    if (!line.starts_with("# " + name + ":")) continue;
    std::istringstream words(line.substr(name.size() + 3));
    return {std::istream_iterator<std::string>(words), {}};
  }
  return {};
}

std::string dump(std::string const& what, ast::File const& file, SourceSet const& sources, Diagnostics const& diagnostics) {
  if (what == "ast") return ast::print(file);
  if (what == "tokens") return ast::print_tokens(file, sources[FileId{0}]);
  if (what == "diagnostics") return diag::render_text(diagnostics, sources, diag::Language::Chinese);
  if (what == "diagnostics-en") return diag::render_text(diagnostics, sources, diag::Language::English);
  return "no such dump: " + what + "\n";
}

TEST_CASE("syntax goldens") {
  std::vector<std::filesystem::path> paths;
  for (auto const& entry : std::filesystem::directory_iterator("tests/golden/syntax")) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  REQUIRE_FALSE(paths.empty());
  for (std::filesystem::path const& path : paths) {
    std::string const name = path.filename().string();
    CAPTURE(name);
    std::string const whole = read_file(path);
    std::size_t const rule = whole.find("\n----\n");
    std::string const source = whole.substr(0, rule == std::string::npos ? whole.size() : rule + 1);
    std::string const expected = rule == std::string::npos ? "" : whole.substr(rule + 6);

    SourceSet sources;
    SourceFile const& file = sources.add(name, source);
    Dictionary visible;
    for (std::string const& code : flag(source, "codes")) visible.add({NameKind::Code, code, "标准", "", {}, false, false});
    Diagnostics diagnostics;
    ast::File const tree = parse(file, visible, diagnostics);
    CHECK(ast::reproduces(tree, file));
    CHECK(diagnostics.has_errors() == name.starts_with("bad_"));

    std::string actual;
    for (std::string const& what : flag(source, "dump")) actual += dump(what, tree, sources, diagnostics);
    if (std::getenv("HUIYU_UPDATE") != nullptr) {
      std::ofstream(path, std::ios::binary) << source << "----\n" << actual;
      continue;
    }
    CHECK(actual == expected);
    // What is not asked for must not be wrong either.
    if (!name.starts_with("bad_")) CHECK(diag::render_text(diagnostics, sources) == (actual.find("警告") == std::string::npos ? "" : diag::render_text(diagnostics, sources)));
  }
}

}  // namespace
}  // namespace huiyu::parse
