// One record against all policies of a neutral workload that tests/bench/province/convert.py made a project of: from a
// batch of one record to who is eligible with amounts, coding included. Prints one line of JSON, of p50 and p99 the
// median of the repetitions, the least and the most; loading, planning and indexing are not in the microseconds.
//
//   bench_portal PROJECT RECORDS REPETITIONS [native] [blind] [json]
//   bench_portal join PROJECT PART...
//
// PROJECT holds rules.plan, or rules/ of which it is made, and register.parquet. RECORDS are picked from the register
// as the reference picks them, and asked for one after the other. `blind`: the index is made without looking at
// records. What is found is compared with a match of the same records, and has the reference's digest.
//
// `join` links the Plans of projects that convert.py made of parts of a workload: PROJECT/rules.plan has all policies.

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/native_module.h"
#include "compiler/lower/link.h"
#include "runtime/base/civil.h"
#include "runtime/columns/take.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/portal/finder.h"
#include "runtime/records/json_record.h"
#include "tests/bench/province/workload.h"

namespace {

using namespace huiyu;
using bench::Found;
using Clock = std::chrono::steady_clock;

double microseconds(Clock::duration time) { return std::chrono::duration<double, std::micro>(time).count(); }

columns::Batch rows_of(columns::Batch const& all, std::vector<std::int64_t> const& rows) {
  columns::Batch some;
  some.row_count = static_cast<std::int64_t>(rows.size());
  for (auto const& column : all.columns) some.columns.push_back(columns::take(column, rows));
  return some;
}

// Evenly spaced over the register.
std::vector<std::int64_t> picked(std::int64_t all, std::int64_t records) {
  std::vector<std::int64_t> rows;
  for (std::int64_t i = 0; i < records; ++i) rows.push_back(i * (all / records));
  return rows;
}

// Median of the repetitions, the least and the most.
std::string spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return fmt::format("[{:.2f},{:.2f},{:.2f}]", values[values.size() / 2], values.front(), values.back());
}

class Bench {
 public:
  Bench(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, columns::RecordLayout const& layout,
        columns::Batch const& all, std::int64_t records, engine::FunctionTable const* native)
      : bound_(bound),
        subject_(subject),
        layout_(layout),
        all_(all),
        native_(native),
        rows_(picked(all.row_count, records)),
        numbers_(bench::numbers_of(*bound.plan)) {}

  // False where index and match differ.
  bool run(int repetitions, bool blind, std::vector<std::string> const& texts) {
    auto const began = Clock::now();
    auto const index = portal::make_index(bound_, subject_, blind ? nullptr : &all_);
    auto const built = Clock::now() - began;
    portal::Finder finder(index, bound_, native_);
    records::JsonRecordReader reader(layout_);
    std::vector<double> medians, slow;  // of each repetition: of a half of the records and of one in a hundred
    Found found;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
      found = {};
      std::vector<double> times;
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        columns::Batch record;  // as fresh as one that has just been read
        if (texts.empty()) record = rows_of(all_, {rows_[i]});
        auto const from = Clock::now();
        auto const read = texts.empty() ? nullptr : *reader.read(texts[i]);
        auto const& awards = finder.awards(read == nullptr ? record : read->batch);
        times.push_back(microseconds(Clock::now() - from));
        for (auto const& award : awards) add(found, award.policy, rows_[i], award.amount_fen.value_or(0));
      }
      std::sort(times.begin(), times.end());
      medians.push_back(times[times.size() / 2]);
      slow.push_back(times[times.size() * 99 / 100]);
    }
    auto const same = found == matched();
    fmt::print(R"({{"engine":"huiyu","policies":{},"records":{},"p50_us":{},"p99_us":{},)"
               R"("matches":{},"digest":"{:016x}","fsum":"{}","index_mb":{:.1f},"built_s":{:.2f},"same":{}}})"
               "\n",
               bound_.plan->policies.size(), rows_.size(), spread(medians), spread(slow), found.matches, found.digest,
               found.paid, static_cast<double>(portal::bytes(index)) / 1e6, microseconds(built) / 1e6, same);
    return same;
  }

 private:
  void add(Found& found, std::uint32_t policy, std::int64_t row, std::int64_t amount_fen) const {
    found.add(numbers_[policy], static_cast<std::uint64_t>(row), amount_fen);
  }

  Found matched() const {
    engine::MatchOptions options;
    options.eligible_only = true;
    options.subject = subject_;
    auto const together = rows_of(all_, rows_);
    auto const table = engine::match_table(bound_, together, native_, options);
    Found found;
    if (!table) return found;
    for (auto const& row : table->listed.rows)
      if (row.outcome == Outcome::Eligible) add(found, row.policy, rows_[row.row], row.has_amount ? row.amount_fen : 0);
    return found;
  }

  engine::BoundPlan const& bound_;
  plan::Ref<plan::Relation> subject_;
  columns::RecordLayout const& layout_;
  columns::Batch const& all_;
  engine::FunctionTable const* native_;
  std::vector<std::int64_t> rows_;
  std::vector<std::uint64_t> numbers_;  // by policy
};

Result<bool> run(std::vector<std::string> const& words) {
  auto const has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  auto const plan = bench::plan_of(words[0], true);
  if (!plan) return plan.error();
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  auto const bound = engine::bind(*plan, inputs);
  if (!bound) return bound.error();
  auto const subject = engine::only_subject(*plan);
  if (!subject) return subject.error();
  auto const layout = engine::layout_of(*plan, *subject);
  if (!layout) return layout.error();
  auto const batch = bench::register_of(words[0], *layout);
  if (!batch) return batch.error();
  jit::LoadedCode code;
  if (has("native")) {
    auto const module = driver::native_module();
    if (!module) return module.error();
    auto compiled = (*module)->compile(*plan, {});
    if (!compiled) return compiled.error();
    code = std::move(*compiled);
  }
  std::vector<std::string> texts;
  if (std::ifstream file(words[0] + "/records.jsonl"); has("json"))
    for (std::string line; std::getline(file, line);) texts.push_back(line);
  if (has("json") && texts.size() != std::stoull(words[1]))
    return Error{ErrorKind::Environment, "records.jsonl has another number of records"};
  Bench bench(*bound, *subject, *layout, *batch, std::stoll(words[1]), code.functions);
  return bench.run(std::stoi(words[2]), has("blind"), texts);
}

Result<bool> join(std::vector<std::string> const& words) {
  std::vector<plan::Fragment> parts;
  for (std::size_t i = 2; i < words.size(); ++i) {
    auto part = bench::plan_of(words[i], true);
    if (!part) return part.error();
    parts.push_back(std::move(*part));
  }
  auto const plan = lower::link(parts);
  if (!plan) return plan.error();
  if (auto const written = bench::keep_plan(words[1], *plan); !written) return written.error();
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> const words(arguments + 1, arguments + count);
  if (words.size() < 3) return 2;
  auto const same = words[0] == "join" ? join(words) : run(words);
  if (!same) fmt::print(stderr, "{}\n", same.error().message);
  return same && *same ? 0 : 1;
}
