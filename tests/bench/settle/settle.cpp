// How long a million awards take to settle: 200 组合, half of each record and half of each firm that records belong to,
// and 50 预算 over all of them, by every rule that both have. Made-up rules and a made-up register, the same for one
// seed; what is measured is what a run of `huiyu match` does between matching and writing.
//
//   bench_settle [records] [seed] [rounds]      100000 records: a million awards

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/engines.h"
#include "compiler/driver/project.h"
#include "runtime/base/check.h"
#include "runtime/base/civil.h"
#include "runtime/records/json_records.h"

namespace {

using namespace huiyu;

constexpr int policies = 400, groups = 200, pools = 50;
constexpr int run = 10;  // policies that one record meets
constexpr std::int64_t batch_rows = 8'192;

// splitmix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t count) {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(count));
  }

 private:
  std::uint64_t state_;
};

std::string rules() {
  std::string text =
      "结构 项目 键 编号\n  编号 ： 文本\n  企业 ： 文本\n  门类 ： 个数\n  投资 ： 金额\n  评分 ： 分数\n"
      "  申报日期 ： 日期\n\n";
  for (int i = 0; i < policies; ++i)
    text += fmt::format(
        "政策 政策{0} 编号 {0:03} 依据 样例 辖区 全国 有效 长期\n  条件 门类 = {1}个\n  补助 投资 × {2}%，最高 "
        "{3}万元\n{4}\n",
        i, i / run, i % 7 + 1, i % 50 + 1, i % 5 == 0 ? "  分担 省 40%、市 30%、县 30%\n" : "");
  constexpr char const* kinds[] = {"就高不重复", "最高 30万元 削减 按比例", "互斥", "最高 30万元 削减 按成员次序"};
  for (int i = 0; i < groups; ++i)
    text += fmt::format("组合 组合{} {} {}\n  成员 政策{}、政策{}\n\n", i, i % 2 == 0 ? "每个项目" : "每家企业",
                        kinds[i / 2 % 4], 2 * i, 2 * i + 1);
  constexpr char const* overruns[] = {"按比例", "按申报先后", "按 评分 从高到低"};
  constexpr char const* holders[] = {"", " 每户 最高 50万元 余额 留存", " 每户 最高 50万元 余额 再分配", ""};
  for (int i = 0; i < pools; ++i) {
    text += fmt::format("预算 预算{} 20000万元 用于 政策{}", i, 8 * i);
    for (int k = 1; k < 8; ++k) text += fmt::format("、政策{}", 8 * i + k);
    text += fmt::format(" 超出 {}{}\n\n", overruns[i % 3], holders[i % 4]);
  }
  return text;
}

// Keys as registers have them: of equal length, their first half shared, in no order. One record in 200 lacks its sum.
std::string record(Random& random, std::int64_t number) {
  auto const key = (static_cast<std::uint64_t>(number) * 2'654'435'761U) % 10'000'000'000U;
  return fmt::format(
      R"({{"编号":"3702XM{:010}","企业":"91370200{:010}","门类":{},"投资":{},"评分":"{}.{}","申报日期":"2024-0{}-{:02}"}})",
      key, random.below(number + 1), number % (policies / run),
      random.below(200) == 0 ? "null" : fmt::format("\"{}.{:02}元\"", random.below(50'000'000), random.below(100)),
      random.below(100), random.below(10), random.below(9) + 1, random.below(28) + 1);
}

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Settles all of it once.
void settle(driver::Runner const& runner, std::vector<columns::Batch> const& batches) {
  auto const settling = runner.settling(false);
  std::int64_t awards = 0, changed = 0;
  double taking = 0;
  for (auto const& batch : batches) {
    auto result = runner.run(batch, false);
    HUIYU_CHECK(result, "the register of the benchmark is right");
    awards += static_cast<std::int64_t>(result->listed.rows.size());
    auto const begin = processor_seconds();
    settling->add(runner, batch, *result);
    taking += processor_seconds() - begin;
  }
  auto const begin = processor_seconds();
  auto const last = settling->finish();
  std::int64_t paid = 0, rest = 0, listed = 0;
  for (auto table = settling->next(); !table.rows.empty(); table = settling->next()) {
    listed += static_cast<std::int64_t>(table.rows.size());
    for (auto const& row : table.rows)
      changed += row.besides != 0 && !table.besides[row.besides].settled.empty() ? 1 : 0;
  }
  auto const settled = processor_seconds() - begin;
  for (auto const& pool : last.pools) paid += pool.paid, rest += pool.rest;
  fmt::print(
      "{} awards, {} groups, {} pools: {:.2f} s of processor ({:.2f} taken in, {:.2f} settled and listed); {} are "
      "listed, {} of them changed; {} 分 paid, {} left\n",
      awards, groups, pools, taking + settled, taking, settled, listed, changed, paid, rest);
}

}  // namespace

int main(int argument_count, char** arguments) {
  auto const number = [&](int place, std::int64_t otherwise) {
    return argument_count > place ? std::strtoll(arguments[place], nullptr, 10) : otherwise;
  };
  std::int64_t const records = number(1, 100'000), rounds = number(3, 5);
  Random random(static_cast<std::uint64_t>(number(2, 1)));
  driver::Project project;
  project.sources.add("bench.hui", rules());
  driver::check_project(project);
  HUIYU_CHECK(!project.diagnostics.has_errors(), "the rules of the benchmark are right");
  RunInputs inputs;
  inputs.as_of_day = *parse_date("2024-12-31");
  auto const runner = driver::Runner::make(project, inputs, driver::EngineChoice::Interpret);
  HUIYU_CHECK(runner, "they have an engine");
  std::vector<columns::Batch> batches;
  for (std::int64_t first = 0; first < records; first += batch_rows) {
    std::string json = "[";
    for (auto i = first; i < std::min(records, first + batch_rows); ++i)
      json += (json.size() > 1 ? "," : "") + record(random, i);
    auto read = records::read_json_records(json + "]", (*runner)->layout());
    HUIYU_CHECK(read && read->reports.empty(), "the register of the benchmark is right");
    batches.push_back(std::move(read->batch));
  }
  for (std::int64_t round = 0; round < rounds; ++round) settle(**runner, batches);
}
