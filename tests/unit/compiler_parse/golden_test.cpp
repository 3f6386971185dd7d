// Goldens of tests/golden/syntax: flags, source and what is expected in one file.
//
//   # dump: ast            ast, tokens, diagnostics, diagnostics-en; several are printed one after another
//   # codes: 南京市 鼓楼区   names of codes that the standards would bring
//   …source…
//   ----
//   …expected…
//
// A file begins with bad_ if and only if it has errors. HUIYU_UPDATE=1 rewrites what is expected.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "compiler/ast/print.h"
#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_set.h"
#include "tests/unit/compiler_parse/corpus.h"

namespace huiyu::parse {
namespace {

std::string dump(std::string const& what, ast::File const& file, SourceSet const& sources,
                 Diagnostics const& diagnostics) {
  if (what == "ast") return ast::print(file);
  if (what == "tokens") return ast::print_tokens(file, sources[FileId{0}]);
  if (what == "diagnostics") return diag::render_text(diagnostics, sources, diag::Language::Chinese);
  if (what == "diagnostics-en") return diag::render_text(diagnostics, sources, diag::Language::English);
  return "no such dump: " + what + "\n";
}

TEST_CASE("syntax goldens") {
  REQUIRE(corpus().size() > 10);
  for (std::string const& path : corpus()) {
    CAPTURE(path);
    std::string const name = std::filesystem::path(path).filename().string();
    std::string const source = corpus_source(path);
    SourceSet sources;
    SourceFile const& file = sources.add(name, source);
    Diagnostics diagnostics;
    ast::File const tree = parse(file, corpus_codes(path), diagnostics);
    CHECK(ast::reproduces(tree, file));
    CHECK(diagnostics.has_errors() == name.starts_with("bad_"));
    std::string actual;
    for (std::string const& what : corpus_flag(source, "dump")) actual += dump(what, tree, sources, diagnostics);
    if (std::getenv("HUIYU_UPDATE") != nullptr)
      std::ofstream(path, std::ios::binary) << source << "----\n" << actual;
    else
      CHECK(actual == corpus_expected(path));
  }
}

}  // namespace
}  // namespace huiyu::parse
