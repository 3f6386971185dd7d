// Text that means harm ends in a diagnostic: no crash, no overflow, no endless time, and every byte accounted for.
// There is no clock here; what would not end is ended by CTest.

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "compiler/ast/print.h"
#include "compiler/diag/render.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_set.h"
#include "tests/front_end/hostile_text.h"

namespace huiyu::parse {
namespace {

using test::before_clause;
using test::repeat;

struct Outcome {
  std::size_t errors = 0;
  std::string first;  // the code of the first diagnostic
  std::string rendered;
};

Outcome read(std::string text) {
  SourceSet sources;
  SourceFile const& file = sources.add("hostile.hui", std::move(text));
  Diagnostics diagnostics;
  ast::File const tree = parse(file, {}, diagnostics);
  CHECK(ast::reproduces(tree, file));
  ast::print(tree);
  Outcome outcome{diagnostics.error_count(), "", diag::render_text(diagnostics, sources)};
  if (!diagnostics.empty()) outcome.first = diagnostics.sorted().front()->kind->code;
  return outcome;
}

Outcome read_clause(std::string const& clause) { return read(std::string(before_clause) + clause); }

TEST_CASE("a megabyte of brackets") {
  CHECK(read_clause(repeat("（", 350'000)).errors > 0);
  CHECK(read_clause(repeat("（", 170'000) + repeat("）", 170'000)).first == "P0123");
  CHECK(read_clause(repeat("）", 350'000)).first == "P0122");
  CHECK(read_clause(repeat("合计（", 100'000)).errors > 0);
}

TEST_CASE("nesting is read up to the limit and refused past it") {
  auto const nested = [](std::size_t depth) {
    return read_clause(repeat("（", depth) + "专精特新" + repeat("）", depth) + "\n");
  };
  CHECK(nested(64).errors == 0);
  CHECK(nested(65).first == "P0123");
}

TEST_CASE("a megabyte of 没有") {
  CHECK(read_clause(repeat("没有", 170'000)).first == "P0147");
  CHECK(read_clause(repeat("没有 ", 150'000) + "专精特新").first == "P0204");
  CHECK(read_clause(repeat("没有 ", 16) + "专精特新").errors == 0);
}

TEST_CASE("long chains stay flat or are refused") {
  CHECK(read_clause("专精特新" + repeat(" 且 专精特新", 50'000)).errors == 0);
  CHECK(read_clause("员工人数" + repeat("＋员工人数", 100'000)).first == "P0204");
  CHECK(read_clause("员工人数 " + repeat("起1年 ", 50'000)).first == "P0204");
}

TEST_CASE("what is no text") {
  CHECK(read_clause(repeat("\xff", 1'000'000)).first == "P0102");
  CHECK(read_clause(std::string(1'000'000, '\0')).first == "P0103");
  CHECK(read(std::string(max_source_bytes + 1, '#')).first == "P0101");
}

TEST_CASE("text that would look like another text") {
  Outcome const outcome = read_clause(repeat("\u202E", 300'000));
  CHECK(outcome.first == "P0112");
  CHECK(outcome.rendered.find("\u202E") == std::string::npos);
}

TEST_CASE("a hundred thousand errors are counted, a thousand are kept") {
  Outcome const outcome = read(std::string(before_clause) + "专精特新\n" + repeat("  条件 未知的词\n", 100'000));
  CHECK(outcome.errors == 100'000);
  CHECK(outcome.rendered.ends_with("另有 99000 条未列出\n"));
}

TEST_CASE("names and numbers of a million characters") {
  CHECK(read_clause(repeat("长", 1'000'000)).first == "P0147");
  CHECK(read("定义 " + repeat("长", 1'000'000) + " ： 金额 = 1元").first == "P0147");
  CHECK(read("定义 " + repeat("a", 1'000'000) + " ： 金额 = 1元").first == "P0147");
  CHECK(read_clause("员工人数 超过 " + repeat("1", 1'000'000)).first == "P0147");
  CHECK(read_clause("员工人数 超过 " + repeat("1", 1'000)).first == "P0131");
  CHECK(read_clause("员工人数 超过 0." + repeat("0", 900) + "1人").first == "P0131");
}

TEST_CASE("long paths and many of everything") {
  CHECK(read_clause(repeat("a.", 300'000)).errors > 0);
  CHECK(read(repeat("政策\n", 100'000)).errors > 0);
  CHECK(read(repeat("「", 300'000)).errors > 0);
  CHECK(read(repeat("\"", 300'000)).errors > 0);
  CHECK(read_clause(repeat("分档 ", 100'000)).errors > 0);
  CHECK(read_clause("同时符合：" + repeat("（一）", 100'000)).errors > 0);
  CHECK(read(repeat("\n", 1'000'000)).errors == 0);
  CHECK(read_clause("a" + repeat("\u0301", 300'000)).errors > 0);
}

TEST_CASE("names that can be cut in very many ways") {
  std::string text = "结构 企\n";
  for (std::size_t i = 1; i <= 60; ++i) text += "  " + repeat("甲", i) + " ： 金额\n";
  text += "政策 乙 编号 1\n" + repeat("  条件 " + repeat("甲", 300) + "丁\n", 200);
  CHECK(read(text).errors == 200);
}

}  // namespace
}  // namespace huiyu::parse
