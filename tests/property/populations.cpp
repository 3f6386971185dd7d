// The differential test of what is decided between records and policies: random rules with 群体, 遴选, 组合, 预算,
// 统计 and what looks at earlier payments (补差, 累计, 每档, 追回) over random populations. The oracle's naive answer,
// and the engines', records in another order and in batches: no difference allowed, in pairs, counts, pools and the
// records that are made.
//
//   populations [--pairs N] [--seed S] [--records N] [--native PERCENT] [--shrink TRIES]
//
// Options as of `differential`. Fails too where a construct, or a way of settling, is never met.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <map>

#include <fmt/format.h>

#include "runtime/base/civil.h"
#include "tests/property/generator.h"
#include "tests/property/settled.h"
#include "tests/property/shrink.h"

namespace {

using namespace huiyu;
using driver::EngineChoice;

std::vector<std::string> const reference_days{"2024-06-30", "2024-06-30", "2024-02-29", "2023-12-31", "2024-03-31"};

// What the rules of a run must have said, and settlement done; each in so many of a thousand programs, or pairs of a
// hundred thousand.
struct Floor {
  char const* what;
  std::int64_t least = 0;  // 0: once
};
constexpr auto written = std::to_array<Floor>({
    {"组合 "},
    {"就高不重复"},
    {"互斥"},
    {"每年 最高"},
    {"削减 按比例"},
    {"削减 按成员次序"},
    {"先于"},
    {"预算 "},
    {"超出 按比例"},
    {"按申报先后"},
    {"超出 按 "},
    {"每户 最高"},
    {"余额 再分配"},
    {"余额 留存"},
    {"：首期 60%；清算 40%", 20},
    {"；二期 0.1%；", 20},
    {"分配 按 ", 100},
    {"分配 按 （", 50},
    {"位小数 用于 ", 5},
    {"取 不少于"},
    {"取 不超过"},
    {"同名次"},
    {"从早到晚"},
    {"从晚到早"},
    {"全量"},
    {"分组 "},
    {"缺数 不计"},
    {"缺数 待定"},
    {"名次（"},
    {"前3名以内"},
    {"前25%以内"},
    {"前60%："},
    {"最大（群体"},
    {"最小（群体"},
    {"平均（群体"},
    {"中位（群体"},
    {"合计（群体"},
    {"数量（群体"},
    {"，其中 "},
    {"就高不重复 递进补差", 50},
    {"每年 就高不重复 递进补差", 10},
    {"累计 最高", 50},
    {"每年 累计 最高", 20},
    {"只奖一次 每档", 100},
    {"分期 受理", 100},
    {"：补足", 100},
    {"分期 首期", 100},
    {"期 等额", 100},
    {"追回 已付 100%", 100},
    {"追回 已付 33.3%", 50},
    {"\n统计 ", 100},
    {"\n统计 别的统计", 30},
    {"  对象 成效\n", 100},
    {"，不重复 ", 50},
    {".批次 次年）", 10},
    {"组合 统计组", 20},
    {"预算 统计预算", 20},
    {"，成效群，", 5},
    {"结构 课题", 150},
    {"组合 跨组", 50},
    {"预算 跨预算", 50},
    {"预算 跨权重", 5},
    {"对方.", 50},
});
constexpr auto settled = std::to_array<Floor>({{"eligible"},
                                               {"ineligible"},
                                               {"unknown"},
                                               {"error"},
                                               {"pools"},
                                               {"selection lost"},
                                               {"selection pending"},
                                               {"highest only lost"},
                                               {"highest only pending"},
                                               {"one only lost"},
                                               {"one only pending"},
                                               {"joint cap cut"},
                                               {"joint cap pending"},
                                               {"budget cut"},
                                               {"budget pending"},
                                               {"budget allotted", 100},
                                               {"budget faulty", 5},
                                               {"budget drawn", 100},
                                               {"less what was paid before cut", 5},
                                               {"less what was paid before lost", 5},
                                               {"less what was paid before pending", 2},
                                               {"instalments", 500},
                                               {"asked back", 100},
                                               {"row not told", 100},
                                               {"made eligible", 300},
                                               {"made ineligible", 100},
                                               {"made unknown", 100},
                                               {"made error", 10},
                                               {"made selection lost"},
                                               {"made selection pending"},
                                               {"made joint cap cut"},
                                               {"made budget cut"},
                                               {"made budget pending"},
                                               {"made instalments", 50},
                                               {"several highest only lost", 20},
                                               {"several highest only pending", 20},
                                               {"several one only lost", 5},
                                               {"several joint cap cut", 5},
                                               {"several budget cut", 50},
                                               {"several budget pending", 10},
                                               {"several budget allotted", 5}});

struct Options {
  std::int64_t pairs = 20'000;
  std::uint64_t seed = 1;
  std::int64_t records = 30;
  int native = 3;
  std::int64_t shrink = 3000;
};

// How the engine goes about it.
struct Manner {
  EngineChoice engine = EngineChoice::Interpret;
  std::size_t batch_rows = 1;
  bool reversed = false;  // the records
};

std::string one_line(std::string text) {
  std::erase(text, '\n');
  return text;
}

std::vector<std::string> reversed(std::vector<std::string> all) {
  std::ranges::reverse(all);
  return all;
}

class Populations {
 public:
  explicit Populations(Options options) : options_(options) {}

  int run() {
    for (programs_ = 0; compared_ < options_.pairs; ++programs_) {
      test::RandomSource random(options_.seed * 1'000'003 + static_cast<std::uint64_t>(programs_));
      auto program = test::random_population(random);
      declarations_ += static_cast<std::int64_t>(program.declarations.size());
      auto const project = test::accepted(program, refused_);
      if (project == nullptr) continue;
      test::Case tried;
      tried.rules = program.rules();
      tried.records = test::random_records(program.world, {}, random, random.between(1, 2 * options_.records - 1));
      // Now and then nobody says what records of the second kind there are.
      if (!program.world.other.empty() && !random.chance(10)) {
        auto const count = static_cast<std::int64_t>(tried.records.size());
        for (auto& one : test::other_records(program.world, random, count, random.between(1, options_.records)))
          tried.records.push_back(std::move(one));
      }
      tried.as_of = random.pick(reference_days);
      Manner manner;
      manner.engine = random.chance(options_.native) ? EngineChoice::Native : EngineChoice::Interpret;
      manner.batch_rows = static_cast<std::size_t>(random.between(1, static_cast<std::int64_t>(tried.records.size())));
      manner.reversed = random.chance(50);
      test::Said expected;
      auto const found = difference(*project, tried, manner, &expected);
      for (auto const& [what, count] : expected.met) met_[what] += count;
      compared_ += static_cast<std::int64_t>(expected.pairs.size());
      for (auto const& one : written) said_[one.what] += tried.rules.find(one.what) != std::string::npos ? 1 : 0;
      native_ += manner.engine == EngineChoice::Native ? 1 : 0;
      if (found) return report(tried, manner, *found);
    }
    return print_shares();
  }

 private:
  static std::optional<std::string> difference(driver::Project const& project, test::Case const& tried,
                                               Manner const& manner, test::Said* said = nullptr) {
    RunInputs inputs;
    inputs.as_of_day = *parse_date(tried.as_of);
    auto expected = test::run_population(project, inputs, EngineChoice::Oracle, tried.records, tried.records.size());
    auto found = test::run_population(project, inputs, manner.engine,
                                      manner.reversed ? reversed(tried.records) : tried.records, manner.batch_rows);
    if (!expected) return found ? std::optional("the oracle alone refuses: " + expected.error().message) : std::nullopt;
    if (!found) return "the engine alone refuses: " + found.error().message;
    if (said != nullptr) *said = *expected;
    return test::difference(*expected, *found);
  }

  int report(test::Case const& tried, Manner const& manner, std::string const& found) const {
    fmt::print("seed {} program {}:\n{}", options_.seed, programs_, found);
    std::fflush(stdout);
    auto const shows = [&](test::Case const& one) {
      if (one.records.empty()) return false;
      auto const project = test::checked(one.rules);
      return !project->diagnostics.has_errors() && difference(*project, one, manner).has_value();
    };
    auto const small = test::shrink(tried, shows, static_cast<std::size_t>(options_.shrink));
    fmt::print("made small:\n{}{}as of {}, batches of {} records{}{}\n", small.rules, small.json(), small.as_of,
               manner.batch_rows, manner.reversed ? ", in reverse" : "",
               manner.engine == EngineChoice::Native ? ", native code" : "");
    if (auto const text = difference(*test::checked(small.rules), small, manner)) fmt::print("{}", *text);
    return 1;
  }

  int print_shares() const {
    fmt::print("{} pairs of {} programs, seed {}: oracle and engines agree on all of them, {} programs natively.\n",
               compared_, programs_, options_.seed, native_);
    fmt::print("{} of {} declarations were refused by the checker.\n", refused_, declarations_);
    int status = 0;
    auto const print = [&](auto const& all, auto const& wanted, std::int64_t of, std::int64_t out_of) {
      for (auto const& [what, count] : all) fmt::print("{}: {}; ", one_line(what), count);
      fmt::print("\n");
      for (auto const& floor : wanted) {
        auto const one = all.find(floor.what);
        auto const count = one == all.end() ? 0 : one->second;
        if (compared_ < 100'000 || (count > 0 && count * out_of >= floor.least * of)) continue;
        fmt::print("met too seldom: {} ({} times)\n", one_line(floor.what), count);
        status = 1;
      }
    };
    print(said_, written, programs_, 1000);
    print(met_, settled, compared_, 100'000);
    if (refused_ * 4 > declarations_) {
      fmt::print("too much is refused: the generator tests little\n");
      status = 1;
    }
    return status;
  }

  Options options_;
  std::int64_t programs_ = 0, compared_ = 0, native_ = 0;
  std::int64_t declarations_ = 0, refused_ = 0;
  std::map<std::string, std::int64_t> said_, met_;
};

}  // namespace

int main(int argument_count, char** arguments) {
  Options options;
  for (int i = 1; i + 1 < argument_count; i += 2) {
    std::string_view name = arguments[i], value = arguments[i + 1];
    auto number = [&](auto& target) {
      return std::from_chars(value.data(), value.data() + value.size(), target).ec == std::errc{} && target >= 0;
    };
    bool const good = name == "--pairs"     ? number(options.pairs)
                      : name == "--seed"    ? number(options.seed)
                      : name == "--records" ? number(options.records) && options.records > 0
                      : name == "--native"  ? number(options.native)
                                            : name == "--shrink" && number(options.shrink);
    if (!good) {
      fmt::print(stderr, "populations: bad option {} {}\n", name, value);
      return 2;
    }
  }
  setenv("HUIYU_CACHE_DIR", "", 1);
  return Populations(options).run();
}
