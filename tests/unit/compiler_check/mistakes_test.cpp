// One mistake, one message: valid texts with one token left out, doubled, or put in place of another.
#include <algorithm>
#include <filesystem>
#include <random>

#include <doctest/doctest.h>

#include "compiler/diag/render.h"
#include "tests/unit/compiler_check/pages.h"
#include "tests/unit/compiler_check/support.h"

using namespace huiyu;
using namespace huiyu::test;

namespace {

// Words by which a parser generator would show.
bool sounds_generated(std::string const& message) {
  for (std::string_view const phrase :
       {"mismatched", "extraneous", "no viable", "<EOF>", "token recognition", "rule ", "ATN", "NoViableAlt"})
    if (message.find(phrase) != std::string::npos) return true;
  return false;
}

std::vector<std::string> valid_texts() {
  std::vector<std::string> texts;
  for (auto const& page : diagnostic_pages()) texts.push_back(page.right);
  std::vector<std::string> paths;
  for (auto const& entry : std::filesystem::recursive_directory_iterator("tests/conformance/clauses"))
    if (entry.path().extension() == ".hui") paths.push_back(entry.path().generic_string());
  std::sort(paths.begin(), paths.end());
  for (auto const& path : paths) texts.push_back(read_file(path));
  std::erase_if(texts, [](std::string const& text) { return !check_text(text).messages().empty(); });
  return texts;
}

}  // namespace

TEST_CASE("one changed token gives one message, in our own words") {
  auto const texts = valid_texts();
  REQUIRE(texts.size() > 100);
  std::mt19937 random(7);
  auto const pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
  std::vector<std::size_t> counts;
  for (int round = 0; round < 600; ++round) {
    std::string text = texts[pick(texts.size())];
    Checked const before = check_text(text);
    auto const& tokens = before.files.front().tokens;
    if (tokens.size() < 8) continue;
    Span const at = tokens[pick(tokens.size())].span, other = tokens[pick(tokens.size())].span;
    std::string const word = text.substr(other.begin, other.end - other.begin);
    switch (pick(3)) {
      case 0: text.erase(at.begin, at.end - at.begin); break;
      case 1: text.replace(at.begin, at.end - at.begin, word); break;
      default: text.insert(at.end, text.substr(at.begin, at.end - at.begin)); break;
    }
    CAPTURE(text);
    Checked const after = check_text(text);
    std::string const english = diag::render_text(after.diagnostics, after.sources, diag::Language::English);
    CHECK_FALSE(sounds_generated(english));
    if (auto const count = after.diagnostics.all().size(); count > 0) counts.push_back(count);
  }
  REQUIRE(counts.size() > 200);
  std::sort(counts.begin(), counts.end());
  CHECK(counts[counts.size() / 2] == 1);
  std::size_t const nine_of_ten = counts[counts.size() * 9 / 10];
  CHECK_MESSAGE(nine_of_ten <= 4, nine_of_ten);
}

TEST_CASE("a word that is not known is reported once, with the places where it stands again") {
  std::string uses;
  for (int i = 0; i < 7; ++i) uses += "  条件 守信程度 80分以上\n";
  auto const checked = check_text("结构 企业\n  员工人数 ： 人数\n政策 例 辖区 全国 有效 长期\n" + uses +
                                  "  条件 守信情况\n  奖励 1万元\n");
  REQUIRE(checked.codes() == "P0141 P0141");
  auto const& first = checked.diagnostics.all()[0];
  CHECK(std::count_if(first.labels.begin(), first.labels.end(), [](auto const& label) {
          return print(label.message, diag::Language::Chinese) == "这里也是";
        }) == 4);
  CHECK(checked.messages().find("另外还有 2 处") != std::string::npos);
  CHECK(checked.diagnostics.error_count() == 2);
}

TEST_CASE(
    "a row with the keys of an earlier one is reported at both places, whatever the keys are and how they are "
    "spelled") {
  struct Table {
    std::string head, rows;
  };
  for (auto const& table : {
           Table{"日期", "  | 2024-01-01 | 1元 |\n  | 2024-01-02 | 1元 |\n  | 2024-01-01 | 2元 |\n"},
           Table{"金额", "  | 1万元 | 1元 |\n  | 1元 | 1元 |\n  | 0.01元 | 1元 |\n  | 10000元 | 2元 |\n"},
           Table{"真假", "  | 是 | 1元 |\n  | 否 | 1元 |\n  | 是 | 2元 |\n"},
           Table{"文本", "  | \"甲\" | 1元 |\n  | \"乙\" | 1元 |\n  | \"甲\" | 2元 |\n"},
           Table{"年度，行业代码",
                 "  | 2023年 | C34 | 1元 |\n  | 2023年 | C | 1元 |\n  | 2024年 | C34 | 1元 |\n  | 2023年 | C34 | 2元 "
                 "|\n"},
       }) {
    CAPTURE(table.rows);
    auto const checked = check_text("参照表 标准（" + table.head + "）： 金额\n" + table.rows);
    REQUIRE(checked.codes() == "R0303");
    CHECK(checked.diagnostics.all().front().labels.size() == 1);
  }
}
