#include "compiler/driver/parse_files.h"

#include <string>

#include <doctest/doctest.h>

#include "compiler/ast/print.h"
#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"

namespace huiyu {
namespace {

struct Read {
  std::string trees, words;
  std::size_t errors = 0, dropped = 0;
  friend bool operator==(Read const&, Read const&) = default;
};

// Every second file is wrong in so many lines.
Read read(int file_count, int mistakes, std::size_t jobs) {
  SourceSet sources;
  sources.add("企业.hui", "结构 企业\n  营业收入 ： 金额\n");
  for (int i = 0; i < file_count; ++i) {
    auto const id = std::to_string(i);
    std::string text = "政策 补助" + id + "   编号 P" + id + "   依据 样例   辖区 全国   有效 长期\n";
    if (i % 2 == 1)
      for (int k = 0; k < mistakes; ++k) text += "  条件 ≥ ≥\n";
    sources.add("规则" + id + ".hui", text + "  条件 营业收入 ≥ 1万元\n  奖励 1元\n");
  }
  parse::Dictionary names;
  for (auto const& source : sources) names.merge(parse::outline(source).names);
  std::vector<parse::Dictionary const*> const seen(sources.size(), &names);
  Diagnostics found;
  auto const files = driver::parse_files(sources, seen, found, jobs);
  Read read;
  for (auto const& file : files) read.trees += ast::print(file);
  read.words = diag::render_text(found, sources, diag::Language::Chinese);
  read.errors = found.error_count(), read.dropped = found.dropped_count();
  return read;
}

}  // namespace

TEST_CASE("files that are read by several threads are those that are read one after the other") {
  for (int const mistakes : {0, 3, 300, 600}) {
    CAPTURE(mistakes);
    auto const expected = read(9, mistakes, 1);
    CHECK((expected.errors > 0) == (mistakes > 0));
    for (std::size_t const jobs : {2U, 7U}) CHECK(read(9, mistakes, jobs) == expected);
  }
}

}  // namespace huiyu
