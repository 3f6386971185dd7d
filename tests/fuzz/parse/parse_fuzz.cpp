// Any bytes: the parser ends, accounts for every byte, and what it returns can be printed and shown.

#include <cstdint>
#include <string>

#include "compiler/ast/print.h"
#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_set.h"
#include "runtime/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace huiyu;
  if (size == 0) return 0;
  // The first byte chooses the form.
  SourceSet sources;
  SourceFile const& file = sources.add(data[0] % 4 == 0 ? "a.hui.md" : "a.hui",
                                       std::string(reinterpret_cast<char const*>(data + 1), size - 1));
  Diagnostics diagnostics;
  ast::File const tree = parse::parse(file, {}, diagnostics);
  HUIYU_CHECK(ast::reproduces(tree, file), "a byte is in no token");
  ast::print(tree);
  diag::render_text(diagnostics, sources);
  diag::render_json(diagnostics, sources);
  return 0;
}
