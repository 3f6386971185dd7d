#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/ast/children.h"
#include "compiler/ast/print.h"
#include "compiler/ast/vocabulary.h"

namespace huiyu::ast {
namespace {

ExprId reference(File& file, std::string name) {
  return file.exprs.add({Reference{std::nullopt, Path{{{std::move(name), {}, true}}, {}}}, {}, std::nullopt});
}

TEST_CASE("an expression prints as it reads, operators first") {
  File file;
  ExprId const amount = reference(file, "收入");
  ExprId const rate =
      file.exprs.add({Literal{NumberLiteral{25, 1, UnitWord::Percent, UnitWord::None}}, {}, std::nullopt});
  ExprId const product = file.exprs.add({Arithmetic{ArithmeticOp::Multiply, amount, rate, {}}, {}, std::nullopt});
  ExprId const bounded =
      file.exprs.add({Bounded{product, {{CompareOp::AtLeast, amount, {}, true}}}, {}, std::string("第二条")});
  CHECK(print(file, bounded) == "(bounded (× 收入 2.5%) (≥' 收入))〔第二条〕");
  CHECK(print(file, ExprId{}) == "-");
}

TEST_CASE("children are visited in the order written, those that are missing are not") {
  File file;
  std::vector<ExprId> ids;
  for (char const* name : {"甲", "乙", "丙", "丁"}) ids.push_back(reference(file, name));
  Ladder ladder;
  ladder.subject = ids[0];
  RowKey key;
  key.bounds.push_back({CompareOp::Less, ids[1], {}, false});
  ladder.rows.push_back({key, ids[2], {}});
  RowKey otherwise;
  otherwise.otherwise = true;
  ladder.rows.push_back({otherwise, ids[3], {}});
  std::vector<ExprId> seen;
  for_each_child({ladder, {}, std::nullopt}, [&](ExprId id) { seen.push_back(id); });
  CHECK(seen == ids);
}

TEST_CASE("tokens that leave out a byte do not reproduce the text") {
  SourceFile const source(FileId{0}, "a.hui", "政策 甲");
  File file;
  file.tokens.push_back({TokenKind::Keyword, 0, 0, {0, 6, FileId{0}}});
  file.tokens.push_back({TokenKind::Name, 0, 6, {7, 10, FileId{0}}});
  CHECK_FALSE(reproduces(file, source));
  file.tokens.push_back({TokenKind::End, 0, 10, {10, 10, FileId{0}}});
  CHECK(reproduces(file, source));
  file.tokens[1].trivia_begin = 7;
  CHECK_FALSE(reproduces(file, source));
}

TEST_CASE("every word of the vocabulary has a spelling in both languages and a place to act") {
  for (std::size_t i = 1; i < word_count(); ++i) {
    WordInfo const& word = info(static_cast<Word>(i));
    CAPTURE(std::string(word.name));
    CHECK_FALSE(word.zh.empty());
    CHECK_FALSE(word.en.empty());
    CHECK(word.acts != 0);
  }
}

TEST_CASE("keywords of one character are a closed list") {
  std::string single;
  for (std::size_t i = 1; i < word_count(); ++i)
    if (std::string_view const zh = info(static_cast<Word>(i)).zh; zh.size() == 3) single += zh;
  CHECK(single == "记键按取自为同缺且或在内至是否当满起到表近前第档");
}

}  // namespace
}  // namespace huiyu::ast
