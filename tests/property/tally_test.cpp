// 统计 over made-up rules and records: the oracle and the runtime make the same records and answer them alike, and
// nothing hangs on the order of records or on how they are cut into batches.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/driver/engines.h"
#include "compiler/driver/records.h"
#include "runtime/base/civil.h"
#include "runtime/records/json_records.h"
#include "tests/property/random_source.h"

namespace huiyu::test {
namespace {

constexpr int programs = 150, records = 9;

constexpr char const* schema = R"(结构 企业 键 名称
  名称 ： 文本
  县   ： 文本
  规上 ： 真假
  评分 ： 小数
  税收 ： 金额
  营收 ： 金额 逐年
  奖补 ： 列表 奖补
结构 奖补
  「政策」 ： 文本
  年度 ： 年度
  种类 ： 类别
  金额 ： 金额
名录 类别：甲类、乙类

)";

class Rules {
 public:
  explicit Rules(RandomSource& random) : random_(random) {}

  std::string make() {
    bool const of_list = random_.chance(75);
    std::string const keys =
        of_list ? std::string(random_.pick({"奖补.政策", "奖补.政策、奖补.年度", "奖补.种类", "县、奖补.政策"}))
                : std::string(random_.pick({"县", "规上", "县、规上"}));
    std::string text = schema + ("统计 成效 按 " + keys + "：\n");
    for (int i = 0; i < values; ++i) text += fmt::format("  项{} ： {}\n", i, of_list ? row_value() : record_value());
    for (int i = 0; i < values; ++i)
      text += fmt::format("政策 措施{0} 编号 {0} 依据 样例 辖区 全国 有效 长期\n  对象 成效\n  核定 项{0}\n", i);
    return text;
  }

 private:
  std::string filter(std::string_view list) {
    if (!random_.chance(40)) return {};
    return std::string(list == "奖补" ? random_.pick({"，其中 金额 3元以上", "，其中 规上", "，其中 年度 = 2022年"})
                                      : random_.pick({"，其中 规上", "，其中 税收 2元以上"}));
  }
  std::string word() { return std::string(random_.pick({"合计", "平均", "最大", "最小", "中位"})); }
  std::string row_value() {
    std::string const where = filter("奖补");
    switch (random_.below(5)) {
      case 0: return "个数 = 数量（奖补" + where + "）";
      case 1: return "个数 = 数量（奖补" + where + "，不重复 企业）";
      case 2: return "金额 = " + word() + "（奖补.金额" + where + "）";
      case 3: return "金额 = " + word() + "（奖补：营收（奖补.年度 次年）" + where + "，不重复 企业、奖补.年度）";
      default: return "小数 = 合计（奖补：评分 ÷ 3" + where + "，不重复 企业）÷ 合计（奖补.金额）× 1元";
    }
  }
  std::string record_value() {
    std::string const where = filter("企业");
    switch (random_.below(3)) {
      case 0: return "个数 = 数量（企业" + where + "）";
      case 1: return "金额 = " + word() + "（企业.税收" + where + "）";
      default: return "小数 = " + word() + "（企业：评分 ÷ 7" + where + "）";
    }
  }

  static constexpr int values = 4;
  RandomSource& random_;
};

std::string record(RandomSource& random, int i) {
  auto const or_missing = [&](int percent, std::string text) {
    return random.chance(percent) ? std::string("null") : text;
  };
  auto const money = [&](int percent) {
    return or_missing(percent, fmt::format("\"{}.{:02}元\"", random.below(9), random.below(3) * 33));
  };
  std::string list = "[";
  for (auto k = random.below(4); k > 0; --k)
    list += fmt::format(R"({}{{"政策":{},"年度":"{}年","种类":{},"金额":{}}})", list.size() > 1 ? "," : "",
                        or_missing(3, fmt::format("\"p{}\"", random.below(3))), random.between(2021, 2023),
                        or_missing(3, random.chance(50) ? "\"甲类\"" : "\"乙类\""), money(4));
  return fmt::format(
      R"({{"名称":"e{}","县":{},"规上":{},"评分":{},"税收":{},"营收":{{"2022年":{},"2023年":{},"2024年":{}}},"奖补":{}}})",
      i, or_missing(4, random.chance(50) ? "\"东\"" : "\"西\""), or_missing(4, random.chance(60) ? "true" : "false"),
      or_missing(4, fmt::format("\"{}.5\"", random.below(5))), money(4), money(4), money(4), money(4),
      or_missing(4, list + "]"));
}

std::string text_of(PairOutcome const& pair) {
  std::string text = outcome_name(pair.outcome);
  if (pair.amount_fen) text += fmt::format(" {}", *pair.amount_fen);
  text += " " + pair.value;
  for (auto const& need : pair.needs) text += " ?" + need;
  return text;
}

// The answers by key and policy, and the keys in their order.
struct Said {
  std::map<std::string, std::string> pairs;
  std::vector<std::string> keys;
  friend bool operator==(Said const&, Said const&) = default;
};

Said run(std::string const& rules, std::vector<std::string> const& rows, std::size_t batch_rows,
         driver::EngineChoice engine) {
  driver::Project project;
  project.sources.add("random.hui", rules);
  driver::check_project(project);
  REQUIRE_MESSAGE(!project.diagnostics.has_errors(), rules);
  RunInputs inputs;
  inputs.as_of_day = *parse_date("2024-06-30");
  auto runner = driver::Runner::make(project, inputs, engine);
  REQUIRE(runner);
  REQUIRE((*runner)->sees_all());
  std::vector<columns::Batch> all;
  for (std::size_t begin = 0; begin < rows.size(); begin += batch_rows) {
    std::string json = "[";
    for (std::size_t i = begin; i < std::min(rows.size(), begin + batch_rows); ++i)
      json += (json.size() > 1 ? ",\n" : "") + rows[i];
    auto read = records::read_json_records(json + "]", (*runner)->data_layout());
    REQUIRE(read);
    all.push_back(std::move(read->batch));
  }
  Said said;
  for (auto const& batch : (*runner)->see(std::move(all))) {
    auto result = (*runner)->run(batch, true);
    REQUIRE(result);
    auto const keys = driver::keys_of(batch, (*runner)->layout());
    said.keys.insert(said.keys.end(), keys.begin(), keys.end());
    for (auto const& pair : result->listed.pairs())
      said.pairs[keys[static_cast<std::size_t>(pair.row)] + " " + std::to_string(pair.policy)] = text_of(pair);
  }
  return said;
}

}  // namespace

TEST_CASE("the oracle and the runtime make the same records, in whatever order") {
  RandomSource random(20260731);
  std::size_t known = 0, open = 0, wrong = 0;
  for (int i = 0; i < programs; ++i) {
    auto const rules = Rules(random).make();
    std::vector<std::string> rows;
    for (int k = 0; k < records; ++k) rows.push_back(record(random, k));
    std::string whole = rules;
    for (auto const& one : rows) whole += one + "\n";
    CAPTURE(whole);
    auto const expected = run(rules, rows, rows.size(), driver::EngineChoice::Oracle);
    CHECK((expected == run(rules, rows, rows.size(), driver::EngineChoice::Interpret)));
    for (std::size_t k = rows.size(); k > 1; --k)
      std::swap(rows[k - 1], rows[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(k)))]);
    auto const batch = static_cast<std::size_t>(random.between(1, records));
    CHECK((expected == run(rules, rows, batch, driver::EngineChoice::Interpret)));
    if (i % 5 == 0) CHECK((expected == run(rules, rows, batch, driver::EngineChoice::Oracle)));
    for (auto const& [key, text] : expected.pairs) {
      open += text.find('?') != std::string::npos ? 1 : 0;
      wrong += text.starts_with("error") ? 1 : 0;
      known += text.starts_with("eligible") && text.find('?') == std::string::npos ? 1 : 0;
    }
  }
  // Or nothing was tried.
  CHECK(known > static_cast<std::size_t>(programs));
  CHECK(open > static_cast<std::size_t>(programs));
  CHECK(wrong > 10);
}

}  // namespace huiyu::test
