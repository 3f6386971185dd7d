// Clauses under boards: the lines of S25. Facts are compared, never wording.

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/command/report.h"

namespace huiyu::test {
namespace {

std::string const heading25 =
    "# 民营经济条文\n\n```hui\n名录 「看板」：金融、人才、法治\n结构 企业 键 编码\n  编码 ： 文本\n  营业收入 ： "
    "金额\n```\n";

std::string clause25(std::string const& id, std::string const& board, std::string const& amount = "100万元") {
  return "```hui\n政策 条文" + id.substr(0, 1) + "之" + id.substr(2) + " 编号 " + id +
         (board.empty() ? "" : " 看板 " + board) + " 辖区 全国 有效 长期\n  条件 营业收入 " + amount +
         "以上\n  奖励 1万元\n```\n";
}

std::string const article1 =
                      "\n## 第一条 支持融资引才\n\n" + clause25("1-1", "金融") + clause25("1-2", "人才", "200万元"),
                  article2 = "\n## 第二条 优化环境\n\n" + clause25("2-1", "金融", "300万元") +
                             clause25("2-2", "法治", "400万元") + clause25("2-3", "金融", "500万元");

Report boards(std::string const& document) {
  Folder const folder;
  return run({"boards", folder.write("条文.hui.md", document)});
}

// What a board counts; clauses name their board, too.
std::size_t on_board(Report const& report, std::string const& board) {
  for (auto const& row : report.rows)
    if (row.contains("board") && row.contains("clauses") && row["board"] == board)
      return row["clauses"].get<std::size_t>();
  FAIL(report.text);
  return 0;
}

TEST_CASE("25.1 articles, clauses and boards are counted, and the boards add up") {
  auto const report = boards(heading25 + article1 + article2);
  CHECK(report.exit_code == 0);
  CHECK(report.summary()["articles"] == 2);
  CHECK(report.summary()["clauses"] == 5);
  CHECK(on_board(report, "金融") == 3);
  CHECK(on_board(report, "人才") == 1);
  CHECK(on_board(report, "法治") == 1);
  CHECK(report.summary()["placed"] == 5);
}

TEST_CASE("25.2 a clause without a board is named") {
  auto const report = boards(heading25 + article1 + replaced(article2, " 看板 法治", ""));
  CHECK(report.summary()["unplaced"] == Json{"2-2"});
  CHECK(report.summary()["placed"] == 4);
}

TEST_CASE("25.3 to 25.5 an id twice, an unknown board, two boards are errors") {
  auto const twice = boards(heading25 + article1 + replaced(article2, "编号 2-3", "编号 2-1"));
  REQUIRE(twice.diagnostics("N0207").size() == 1);
  CHECK(!twice.diagnostics("N0207")[0]["labels"].empty());
  auto const unknown = boards(heading25 + article1 + replaced(article2, "法治", "法制"));
  REQUIRE(unknown.diagnostics("N0116").size() == 1);
  CHECK(unknown.diagnostics("N0116")[0]["help"].dump().find("法治") != std::string::npos);
  auto const both = boards(heading25 + replaced(article1, "看板 人才", "看板 人才、金融") + article2);
  REQUIRE(both.diagnostics("R0121").size() == 1);
  CHECK(!both.diagnostics("R0121")[0]["labels"].empty());
  auto const again = boards(heading25 + replaced(article1, "看板 人才", "看板 人才 看板 金融") + article2);
  REQUIRE(again.diagnostics("N0206").size() == 1);
  CHECK(!again.diagnostics("N0206")[0]["labels"].empty());
  for (auto const& report : {twice, unknown, both, again}) CHECK(report.exit_code == 3);
}

TEST_CASE("25.6 an article that no clause implements is named") {
  auto const report = boards(heading25 + article1 + article2 + "\n## 第三条 加强宣传\n\n各部门加强宣传。\n");
  CHECK(report.summary()["articles"] == 3);
  CHECK(report.summary()["articles_without_clause"] == Json{"第三条"});
}

// A clause put between 1-1 and 1-2.
std::string with_another() {
  auto const second = clause25("1-2", "人才", "200万元");
  return heading25 + replaced(article1, second, clause25("1-9", "法治", "900万元") + second) + article2;
}

char const* const firm25 = R"({"编码":"a","营业收入":"150万元"})";

Json explained25(std::string const& document, std::string const& policy) {
  Folder const folder;
  auto const done =
      run_command({"explain", folder.write("条文.hui.md", document), "--records", folder.write("企业.json", firm25),
                   "--as-of", "2024-06-30", "--policy", policy, "--format", "json"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.error);
  return Json::parse(done.out);
}

TEST_CASE("25.7 ids stay when a clause is put between: in the report, in explanations, in stored results") {
  auto const ids = [](Report const& report) {
    std::vector<std::string> all;
    for (auto const& row : report.rows)
      if (row.contains("clause")) all.push_back(row["clause"]);
    return all;
  };
  auto const document = heading25 + article1 + article2;
  auto const before = ids(boards(document));
  auto after = ids(boards(with_another()));
  CHECK(std::erase(after, "1-9") == 1);
  CHECK(before == after);
  for (auto const& id : before) {
    auto const one = explained25(document, id), other = explained25(with_another(), id);
    for (auto const* member : {"policy", "name", "citation", "board", "outcome"}) CHECK(one[member] == other[member]);
  }
  // Rows that were stored before say the same of every policy as those that are stored afterwards.
  auto const stored = [](std::string const& text) {
    Folder const folder;
    auto const file = folder.at("结果.csv");
    auto const done = run_command({"match", folder.write("条文.hui.md", text), "--data",
                                   folder.write("企业.json", firm25), "--as-of", "2024-06-30", "--all", "-o", file});
    REQUIRE_MESSAGE(done.exit_code == 0, done.error);
    std::set<std::string> rows;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
      if (line.find(",1-9,") == std::string::npos) rows.insert(line);
    return rows;
  };
  CHECK(stored(document) == stored(with_another()));
  CHECK(stored(document).size() == 1 + before.size());
}

// shows L4.19
TEST_CASE("25.8 the explanation of a clause speaks of its id, its article and its board") {
  struct Expected {
    char const *id, *outcome, *article;
  };
  auto const document = heading25 + article1 + article2;
  auto const cited =
      replaced(replaced(document, "编号 1-1", "编号 1-1 依据 第一条第二款"), "编号 2-1", "编号 2-1 依据 第二条第一项");
  for (auto const& wanted : {Expected{"1-1", "eligible", "第一条"}, Expected{"2-1", "ineligible", "第二条"}}) {
    // The article in whose text the clause stands, or what the clause cites itself.
    for (auto const& text : {document, cited}) {
      auto const said = explained25(text, wanted.id);
      CHECK(said["policy"] == wanted.id);
      CHECK(said["outcome"] == wanted.outcome);
      CHECK(said["citation"].get<std::string>().starts_with(wanted.article));
      CHECK(said["board"] == "金融");
    }
    CHECK(explained25(document, wanted.id)["citation"] == wanted.article);
  }
}

TEST_CASE("25.9 32 articles, 195 clauses, 8 boards") {
  std::string list, document;
  for (int i = 1; i <= 8; ++i) list += (i == 1 ? "板" : "、板") + std::string(1, static_cast<char>('a' + i));
  document = replaced(heading25, "金融、人才、法治", list);
  int clause = 0;
  for (int article = 1; article <= 32; ++article) {
    document += "\n## 第" + std::to_string(article) + "条\n\n";
    for (int i = 0; i < (article <= 3 ? 7 : 6); ++i, ++clause)
      document += "```hui\n政策 条文" + std::to_string(clause) + "号 编号 " + std::to_string(article) + "-" +
                  std::to_string(i + 1) + " 看板 板" + std::string(1, static_cast<char>('b' + clause % 8)) +
                  " 辖区 全国 有效 长期\n  条件 营业收入 " + std::to_string(clause + 1) +
                  "万元以上\n  奖励 1万元\n```\n";
  }
  auto const report = boards(document);
  CHECK(report.summary()["articles"] == 32);
  CHECK(report.summary()["clauses"] == 195);
  std::size_t sum = 0, count = 0;
  for (auto const& row : report.rows)
    if (row.contains("board") && row.contains("clauses")) sum += row["clauses"].get<std::size_t>(), ++count;
  CHECK(count == 8);
  CHECK(sum == 195);
  CHECK(report.summary()["unplaced"].empty());
  CHECK(report.summary()["clauses_without_article"].empty());
}

}  // namespace
}  // namespace huiyu::test
