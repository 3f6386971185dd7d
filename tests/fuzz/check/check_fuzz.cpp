// Any bytes through the parser and the checker: both end, and what is checked without an error is sound.

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_set.h"
#include "compiler/tir/verify.h"
#include "runtime/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace huiyu;
  SourceSet sources;
  SourceFile const& source = sources.add("a.hui", std::string(reinterpret_cast<char const*>(data), size));
  Diagnostics diagnostics;
  std::vector<ast::File> files;
  files.push_back(parse::parse(source, {}, diagnostics));
  tir::Program const program = check::check(files, sources, diagnostics);
  check::ranges(program, diagnostics);
  diag::render_text(diagnostics, sources);
  if (diagnostics.has_errors()) return 0;
  for (auto const& broken : tir::verify(program)) HUIYU_CHECK(false, broken.text);
  return 0;
}
