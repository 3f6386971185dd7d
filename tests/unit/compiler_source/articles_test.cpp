// The articles of an issued document, and the one that a block stands below.

#include "compiler/source/articles.h"

#include <string>

#include <doctest/doctest.h>

namespace huiyu {
namespace {

std::string const document =
    "# 办法\n\n第一条　总则，见第二条。\n\n## 第十二条 奖励\n\n```hui\n第三条\n政策 甲\n```\n\n**第12条** "
    "附则\n\n```hui\n政策 乙\n```\n"
    "第条\n条\n";

SourceFile source(std::string const& path) { return {FileId{0}, path, document}; }

std::string above(std::string const& path, std::string const& words) {
  auto const file = source(path);
  return std::string(article_above(file, static_cast<std::uint32_t>(document.find(words))));
}

}  // namespace

TEST_CASE("articles are lines of the document that begin with one, outside its blocks") {
  auto const file = source("办法.hui.md");
  std::string names;
  for (auto const& where : articles_of(file)) names += std::string(file.slice(where)) + " ";
  CHECK(names == "第一条 第十二条 第12条 ");
  CHECK(articles_of(source("办法.hui")).empty());
}

TEST_CASE("what stands in a block belongs to the article above the block") {
  CHECK(above("办法.hui.md", "政策 甲") == "第十二条");
  CHECK(above("办法.hui.md", "政策 乙") == "第12条");
  CHECK(above("办法.hui", "政策 甲").empty());
}

TEST_CASE("a citation names its first article, of whatever document") {
  CHECK(article_in("浙政发〔2024〕4号第三条第一款") == "第三条");
  CHECK(article_in("第3次会议，第十条") == "第十条");
  CHECK(article_in("样例").empty());
  CHECK(article_in("第条").empty());
}

}  // namespace huiyu
