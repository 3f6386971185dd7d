// One record against all policies of a neutral workload that tests/bench/province/convert.py made a project of: from a
// batch of one record to who is eligible with amounts, coding included. Prints one line of JSON for each number of
// policies; loading, planning and indexing are not in the microseconds.
//
//   bench_portal PROJECT RECORDS REPETITIONS [native] [blind] [keep]
//
// PROJECT holds rules/ and register.parquet. `keep`: the Plan is kept as PROJECT/rules.plan, and taken from there.
// RECORDS are picked from the register, far apart, and asked for one after the other. `blind`: the index is made
// without looking at records. What is found is compared with a match of the same records.

#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/native_module.h"
#include "runtime/base/civil.h"
#include "runtime/columns/take.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/portal/finder.h"
#include "tests/bench/province/workload.h"

namespace {

using namespace huiyu;
using bench::Found;
using bench::mix64;
using Clock = std::chrono::steady_clock;

constexpr std::size_t policy_counts[] = {1'000, 3'000, 10'000, 46'000, 200'000};

double microseconds(Clock::duration time) { return std::chrono::duration<double, std::micro>(time).count(); }

columns::Batch rows_of(columns::Batch const& all, std::vector<std::int64_t> const& rows) {
  columns::Batch some;
  some.row_count = static_cast<std::int64_t>(rows.size());
  for (auto const& column : all.columns) some.columns.push_back(columns::take(column, rows));
  return some;
}

class Bench {
 public:
  Bench(engine::BoundPlan bound, columns::Batch all, plan::Ref<plan::Relation> subject,
        engine::FunctionTable const* native, bool blind)
      : bound_(std::move(bound)), all_(std::move(all)), subject_(subject), native_(native), blind_(blind) {}

  void pick(std::int64_t records) {
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < records; ++i)
      rows.push_back(
          static_cast<std::int64_t>(mix64(static_cast<std::uint64_t>(i)) % static_cast<std::uint64_t>(all_.row_count)));
    together_ = rows_of(all_, rows);
  }

  // False where index and match differ.
  bool run(std::size_t policies, int repetitions) {
    keep(policies);
    auto const began = Clock::now();
    auto const index = portal::make_index(bound_, subject_, blind_ ? nullptr : &all_);
    auto const built = Clock::now() - began;
    portal::Finder finder(index, bound_, native_);
    std::vector<double> times;
    Found found;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
      found = {};
      for (std::int64_t i = 0; i < together_.row_count; ++i) {
        auto const record = rows_of(together_, {i});  // as fresh as one that has just been read
        auto const from = Clock::now();
        auto const& pairs = finder.find(record);
        times.push_back(microseconds(Clock::now() - from));
        for (auto const& pair : pairs)
          found.add(pair.policy, static_cast<std::uint64_t>(i), pair.amount_fen.value_or(0));
      }
    }
    std::sort(times.begin(), times.end());
    auto const same = found == matched();
    fmt::print(R"({{"engine":"huiyu","policies":{},"records":{},"p50_us":{:.2f},"p99_us":{:.2f},"mean_us":{:.2f},)"
               R"("matches":{},"digest":"{:016x}","fsum":"{}","index_mb":{:.1f},"built_s":{:.2f},"same":{}}})"
               "\n",
               policies, together_.row_count, times[times.size() / 2], times[times.size() * 99 / 100],
               std::accumulate(times.begin(), times.end(), 0.0) / static_cast<double>(times.size()), found.matches,
               found.digest, found.paid, static_cast<double>(portal::bytes(index)) / 1e6, microseconds(built) / 1e6,
               same);
    return same;
  }

 private:
  // Leaves so many policies in force, spread over all.
  void keep(std::size_t policies) {
    std::vector<std::size_t> order(bound_.live.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [](std::size_t a, std::size_t b) { return mix64(a) < mix64(b); });
    std::fill(bound_.live.begin(), bound_.live.end(), std::uint8_t{0});
    for (std::size_t i = 0; i < policies; ++i) bound_.live[order[i]] = 1;
  }

  Found matched() const {
    engine::MatchOptions options;
    options.eligible_only = true;
    options.subject = subject_;
    auto const table = engine::match_table(bound_, together_, native_, options);
    Found found;
    if (!table) return found;
    for (auto const& row : table->listed.rows) found.add(row.policy, row.row, row.has_amount ? row.amount_fen : 0);
    return found;
  }

  engine::BoundPlan bound_;
  columns::Batch all_, together_;
  plan::Ref<plan::Relation> subject_;
  engine::FunctionTable const* native_;
  bool blind_;
};

Result<bool> run(std::vector<std::string> const& words) {
  auto const has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  auto const plan = bench::plan_of(words[0], has("keep"));
  if (!plan) return plan.error();
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  auto bound = engine::bind(*plan, inputs);
  if (!bound) return bound.error();
  auto const subject = engine::only_subject(*plan);
  if (!subject) return subject.error();
  auto const layout = engine::layout_of(*plan, *subject);
  if (!layout) return layout.error();
  auto batch = bench::register_of(words[0], *layout);
  if (!batch) return batch.error();
  jit::LoadedCode code;
  if (has("native")) {
    auto const module = driver::native_module();
    if (!module) return module.error();
    auto compiled = (*module)->compile(*plan, {});
    if (!compiled) return compiled.error();
    code = std::move(*compiled);
  }
  auto const policies = plan->policies.size();
  Bench bench(std::move(*bound), std::move(*batch), *subject, code.functions, has("blind"));
  bench.pick(std::stoll(words[1]));
  bool same = true;
  for (auto const count : policy_counts)
    if (count < policies) same = bench.run(count, std::stoi(words[2])) && same;
  return bench.run(policies, std::stoi(words[2])) && same;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> const words(arguments + 1, arguments + count);
  if (words.size() < 3) return 2;
  auto const same = run(words);
  if (!same) fmt::print(stderr, "{}\n", same.error().message);
  return same && *same ? 0 : 1;
}
