// 组合, 预算 and 遴选 over made-up rules and records: the oracle's naive settlement and the runtime's give the same,
// and nothing hangs on the order of declarations or records, or on how records are cut into batches.

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "runtime/base/civil.h"
#include "tests/property/random_source.h"
#include "tests/property/settled.h"

namespace huiyu::test {
namespace {

constexpr int programs = 250, records = 14;

template <class T> void shuffle(RandomSource& random, std::vector<T>& all) {
  for (std::size_t i = all.size(); i > 1; --i)
    std::swap(all[i - 1], all[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(i)))]);
}

constexpr char const* schema = R"(结构 贷款 键 编号
  编号     ： 文本
  企业     ： 文本
  额一     ： 金额
  额二     ： 金额
  额三     ： 金额
  入选     ： 真假
  评分     ： 分数
  申报日期 ： 日期

参数 目标 ： 个数
  自 2000-01-01 为 3个
)";

class Rules {
 public:
  explicit Rules(RandomSource& random) : random_(random) {}

  // Declarations, in an order that means nothing.
  std::vector<std::string> make() {
    for (int i = 0; i < 5; ++i) pay(i);
    for (int i = 5; i < 7; ++i) name(i);
    for (int i = 7; i < 9; ++i) condition(i);
    std::vector<std::string> paying(policies_.begin(), policies_.begin() + 5);
    if (random_.chance(40))
      group(fmt::format("就高一 {}就高不重复 递进补差 先于 互斥一", random_.pick({"", "每年 "})), paying);
    else
      group("就高一 " + unit() + "就高不重复 先于 互斥一", paying);
    group("互斥一 " + unit() + "互斥", policies_);
    // Payments go by the record's key, so that 累计 is the record's own.
    group(fmt::format("封顶一 {}最高 {} 削减 按比例 先于 封顶二", random_.chance(40) ? "累计 " : firm(), sum()),
          paying);
    group(fmt::format("封顶二 {}最高 {} 削减 按成员次序", firm(), sum()), paying);
    group(fmt::format("封顶三 {}每年 最高 {} 削减 {}", firm(), sum(), random_.pick({"按比例", "按成员次序"})), paying);
    shuffle(random_, paying);
    budget("预算一", {paying[0], paying[1], paying[2]});
    budget("预算二", {paying[3], paying[4]});
    hand_out("预算三", {"政策7", "政策8"});
    return std::move(all_);
  }

 private:
  std::string sum() { return fmt::format("{}.{:02}元", random_.below(30), random_.below(100)); }
  std::string fact() { return std::string(random_.pick({"额一", "额二", "额三"})); }
  std::string firm() { return std::string(random_.pick({"", "每家企业 "})); }
  std::string unit() { return std::string(random_.pick({"", "每家企业 ", "每家企业 每年 "})); }

  void pay(int i) {
    auto const text = fact();
    std::string const amount = random_.chance(15) ? text + " ÷ " + fact() + " × 3元" : text;
    std::string rule = fmt::format("政策 政策{} 编号 {} 依据 样例 辖区 全国 有效 长期{}\n", i, (i * 3) % 7,
                                   random_.chance(30) ? " 考核年度 上年" : "");
    rule += fmt::format("  条件 {}\n", random_.chance(50) ? "入选" : fact() + " 2元以上");
    rule += fmt::format("  奖励 {}{}\n", amount, random_.chance(70) ? "，最高 " + sum() : "");
    if (random_.chance(30)) rule += "  分担 省 40%、市 30%、县 30%\n";
    if (random_.chance(15)) rule += selection();
    policies_.push_back(fmt::format("政策{}", i));
    all_.push_back(rule);
  }
  void name(int i) {
    policies_.push_back(fmt::format("政策{}", i));
    all_.push_back(fmt::format("政策 政策{} 编号 {} 依据 样例 辖区 全国 有效 长期\n  条件 {}\n  列入 名单{}\n{}", i,
                               (i * 3) % 7, random_.chance(50) ? "入选" : fact() + " 2元以上", i,
                               random_.chance(60) ? selection() : ""));
  }
  void condition(int i) {
    all_.push_back(fmt::format("政策 政策{} 编号 {} 依据 样例 辖区 全国 有效 长期\n  条件 {}\n{}", i, i,
                               random_.chance(50) ? "入选" : fact() + " 2元以上",
                               random_.chance(20) ? selection() : ""));
  }
  std::string selection() {
    std::string const by = random_.chance(50) ? "评分 从高到低" : "申报日期 从早到晚";
    if (random_.chance(50))
      return fmt::format("  遴选 按 {} 取 不少于 目标 × {}\n", by, random_.pick({"0.5", "1.5", "2"}));
    return fmt::format("  遴选 按 {} 取 不超过 {}家 同名次 按 额一 从低到高\n", by, random_.between(0, 6));
  }
  std::string chosen(std::vector<std::string> among) {
    shuffle(random_, among);
    among.resize(static_cast<std::size_t>(random_.between(1, static_cast<std::int64_t>(among.size()))));
    std::string text;
    for (auto const& one : among) text += (text.empty() ? "" : "、") + one;
    return text;
  }
  void group(std::string const& head, std::vector<std::string> const& among) {
    all_.push_back(fmt::format("组合 {}\n  成员 {}\n", head, chosen(among)));
  }
  std::string pool(std::string const& title) {
    return fmt::format(
        "预算 {} {}{}{}", title, sum(), random_.chance(40) ? " 每年" : "",
        random_.chance(40) ? random_.pick({"：首期 60%；清算 40%", "：首期 33.3%；二期 0.1%；清算 66.6%"}) : "");
  }
  std::string each() {
    return random_.chance(60) ? " 每户 最高 " + sum() + (random_.chance(60) ? " 余额 再分配" : " 余额 留存") : "";
  }
  void hand_out(std::string const& title, std::vector<std::string> const& among) {
    auto const weight =
        random_.pick({"额一", "（额一，最高 3元）", "（额一 − 额二，最高 5元）", "（额一 ÷ 额二，最高 9）保留3位小数"});
    all_.push_back(fmt::format("{} 分配 按 {} 用于 {}{}\n", pool(title), weight, chosen(among), each()));
  }
  void budget(std::string const& title, std::vector<std::string> const& among) {
    std::string text = fmt::format("{} 用于 {}", pool(title), chosen(among));
    text += random_.chance(50) ? " 超出 按比例" : random_.chance(50) ? " 超出 按申报先后" : " 超出 按 评分 从高到低";
    all_.push_back(text + each() + "\n");
  }

  RandomSource& random_;
  std::vector<std::string> policies_, all_;
};

std::string record(RandomSource& random, int i) {
  auto const money = [&] {
    return random.chance(15) ? std::string("null")
                             : fmt::format("\"{}.{:02}元\"", random.below(12), random.below(3) * 33);
  };
  auto const or_missing = [&](std::string text) { return random.chance(8) ? std::string("null") : text; };
  std::string history = random.chance(15) ? "null" : "[";
  for (auto k = history == "null" ? 0 : random.below(3); k > 0; --k)
    history += fmt::format(R"({}{{"政策":{},"考核年度":"{}年","金额":{}}})", history.size() > 1 ? "," : "",
                           or_missing(fmt::format("\"{}\"", random.below(7))), random.between(2023, 2024), money());
  if (history != "null") history += "]";
  return fmt::format(
      R"({{"编号":"r{:02}","历史":{},"企业":{},"额一":{},"额二":{},"额三":{},"入选":{},"评分":{},"申报日期":{}}})", i,
      history, or_missing(fmt::format("\"e{}\"", random.below(5))), money(), money(), money(),
      or_missing(random.chance(75) ? "true" : "false"), or_missing(fmt::format("\"{}分\"", random.below(5) + 60)),
      or_missing(fmt::format("\"2024-03-0{}\"", random.between(1, 5))));
}

Said run(std::vector<std::string> const& declarations, std::vector<std::string> const& rows, std::size_t batch_rows,
         driver::EngineChoice engine) {
  std::string rules = schema;
  for (auto const& one : declarations) rules += "\n" + one;
  driver::Project project;
  project.sources.add("random.hui", rules);
  driver::check_project(project);
  REQUIRE_MESSAGE(!project.diagnostics.has_errors(), rules);
  RunInputs inputs;
  inputs.as_of_day = *parse_date("2024-06-30");
  auto said = run_population(project, inputs, engine, rows, batch_rows);
  REQUIRE(said);
  return std::move(*said);
}

void same(Said const& expected, Said const& found) {
  auto const text = difference(expected, found);
  CHECK_MESSAGE(!text, text.value_or(""));
}

}  // namespace

TEST_CASE("the oracle and the runtime settle alike, in whatever order") {
  RandomSource random(20260101);
  std::size_t settled = 0;
  for (int i = 0; i < programs; ++i) {
    auto declarations = Rules(random).make();
    std::vector<std::string> rows;
    for (int k = 0; k < records; ++k) rows.push_back(record(random, k));
    std::string whole;
    for (auto const& one : declarations) whole += one;
    for (auto const& one : rows) whole += one + "\n";
    CAPTURE(whole);
    auto const expected = run(declarations, rows, rows.size(), driver::EngineChoice::Oracle);
    same(expected, run(declarations, rows, rows.size(), driver::EngineChoice::Interpret));
    shuffle(random, declarations);
    shuffle(random, rows);
    auto const batch = static_cast<std::size_t>(random.between(1, records));
    same(expected, run(declarations, rows, batch, driver::EngineChoice::Interpret));
    if (i % 5 == 0) same(expected, run(declarations, rows, batch, driver::EngineChoice::Oracle));
    for (auto const& [key, text] : expected.pairs) settled += text.find('[') != std::string::npos ? 1 : 0;
  }
  CHECK(settled > static_cast<std::size_t>(programs) * 10);  // or nothing was tried
}

}  // namespace huiyu::test
