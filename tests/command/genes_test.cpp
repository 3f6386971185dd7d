// The catalogue of a release's tests. HUIYU_UPDATE=1 rewrites the golden.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/command/folder.h"
#include "tests/command/report.h"

namespace huiyu::test {
namespace {

Report genes(std::vector<std::string> const& rules) {
  auto arguments = rules;
  arguments.insert(arguments.begin(), "genes");
  arguments.insert(arguments.end(), {"--format", "json"});
  auto const report = read(run_command(arguments));
  CHECK(report.exit_code == 0);
  return report;
}

TEST_CASE("the county's catalogue") {
  auto const result = run_command({"genes", "examples/county/rules", "--lang", "zh"});
  REQUIRE(result.exit_code == 0);
  std::string const path = "tests/golden/genes/county.txt";
  if (std::getenv("HUIYU_UPDATE") != nullptr) std::ofstream(path) << result.out;
  std::ifstream file(path);
  CHECK(result.out == std::string(std::istreambuf_iterator<char>(file), {}));
}

char const* const rules = R"(
结构 企业 键 信用代码
  信用代码 ： 文本
  注册地   ： 地区
  行业     ： 行业代码
  营业收入 ： 金额
  研发费用 ： 金额
  成立日期 ： 日期
  规上     ： 真假

政策 甲 编号 1 依据 第一条 辖区 嘉兴市（注册地） 有效 长期
  条件 营业收入 2000万元以上 且 规上 且 成立日期 ≤ 2020-12-31
  补助 1万元
政策 乙 编号 2 依据 第二条 辖区 嘉兴市（注册地） 有效 长期
  条件 营业收入 ＜ 2000万元 且 没有 规上 且 成立日期 ＜ 2020-12-31
  补助 1万元
政策 丙 编号 10 依据 第三条 辖区 嘉兴市（注册地） 有效 长期
  条件 营业收入 ＞ 2000万元 且 研发费用 ÷ 营业收入 ≥ 3% 且 行业 属于 C13、C14
  补助 1万元
政策 丁 编号 9 依据 第四条 辖区 嘉兴市（注册地） 有效 长期
  条件 营业收入 2050万元以上 且 研发费用 3000万元以上 且 行业 属于 C13、C14、C15
  补助 1万元
)";

TEST_CASE("a test is one gene for either sign, whoever makes it") {
  Folder const folder;
  auto const report = genes({folder.write("规则.hui", rules)});
  auto const& income = report.row("zh", "营业收入 ≥ 2000万元");
  CHECK(income["policies"] == Json{"1", "2"});
  CHECK(income["negative"] == 1);
  CHECK(report.row("zh", "规上")["negative"] == 1);
  CHECK(report.row("zh", "注册地 属于 浙江省嘉兴市")["policies"] == Json{"1", "2", "9", "10"});
  CHECK(report.summary()["policies"] == 4);
  CHECK(report.summary()["genes"] == report.rows.size() - 1);
}

// Whoever keeps a catalogue compares it with the next release's. An id comes from names and values alone; a new
// enumerator, or one in another place, must not move it. Where this fails, ids of all catalogues out there change.
TEST_CASE("ids stay what they are") {
  Folder const folder;
  auto const report = genes({folder.write("规则.hui", rules)});
  auto const id = [&](char const* text) { return report.row("zh", text)["gene"].get<std::string>(); };
  CHECK(id("规上") == "8912d10064abd1a754c769840fa30c10");
  CHECK(id("营业收入 ≥ 2000万元") == "5cf1b8b5d677c734b5b3e28463fcd3e7");
  CHECK(id("行业 属于 C13、C14") == "b3c9bd325af8c46d0b9e366635186e98");
  CHECK(id("由 研发费用、营业收入 判断") == "028d517af5d10ec33857031b1e2dc374");
}

TEST_CASE("bounds one step or a few percent apart nearly coincide, and sets of one member more") {
  Folder const folder;
  auto const report = genes({folder.write("规则.hui", rules)});
  auto const id = [&](char const* text) { return report.row("zh", text)["gene"]; };
  auto const near = [&](char const* text) {
    auto ids = report.row("zh", text)["near"].get<std::vector<std::string>>();
    std::ranges::sort(ids);
    return ids;
  };
  auto const both = [&](char const* a, char const* b) {
    std::vector<std::string> ids{id(a), id(b)};
    std::ranges::sort(ids);
    return ids;
  };
  CHECK(near("营业收入 ≥ 2000万元") == both("营业收入 ＞ 2000万元", "营业收入 ≥ 2050万元"));
  CHECK(near("行业 属于 C13、C14") == std::vector<std::string>{id("行业 属于 C13、C14、C15")});
  CHECK(near("研发费用 ≥ 3000万元").empty());
  CHECK(near("成立日期 ≥ 2020-12-31") == std::vector<std::string>{id("成立日期 ≥ 2021-01-01")});
}

TEST_CASE("a gene keeps its id where other rules stand before it") {
  Folder const folder;
  auto const longer =
      folder.write("后.hui", replaced(rules, "政策 甲", R"(政策 新 编号 0 依据 第〇条 辖区 杭州市（注册地） 有效 长期
  条件 营业收入 1亿元以上 且 行业 属于 A
  补助 1万元
政策 甲)"));
  std::map<Json, Json> ids;
  auto const after = genes({longer});
  for (auto const& row : after.rows)
    if (row.contains("gene")) ids[row["zh"]] = row["gene"];
  auto const before = genes({folder.write("前.hui", rules)});
  for (auto const& row : before.rows)
    if (row.contains("gene")) CHECK(ids[row["zh"]] == row["gene"]);
  CHECK(after.rows.size() > before.rows.size());
}

}  // namespace
}  // namespace huiyu::test
