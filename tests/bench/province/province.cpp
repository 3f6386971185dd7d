// The engine on a neutral workload that convert.py made a project of, from columns in memory to the list of who is
// eligible with amounts. Prints one line of JSON a repetition, as the references do; loading and planning are not in
// `s`.
//
//   bench_province PROJECT THREADS REPETITIONS [interpret | native] [eligible | all] [KERNELS] [keep] [near]
//
// PROJECT holds rules/ and register.parquet. `all` counts all outcomes, as `huiyu match` does. `keep` reads the Plan
// from PROJECT/rules.plan, which it makes of the rules where there is none: it does not notice that they changed.
// `near` also takes the time of the near misses, counted alone and listed with their distances, after each match.

#include <chrono>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/native_module.h"
#include "runtime/engine/match.h"
#include "runtime/engine/near_match.h"
#include "runtime/genes/kernels.h"
#include "tests/bench/province/workload.h"

namespace {

using namespace huiyu;
using bench::Workload;

double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
double processor() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// The digest of the references: which policy, by its number, fits which record.
void print(plan::Plan const& plan, engine::MatchedTable const& matched, std::int64_t records, double seconds,
           double cpu, double prepared) {
  auto const numbers = bench::numbers_of(plan);
  bench::Found found;
  for (auto const& row : matched.listed.rows)
    if (row.outcome == Outcome::Eligible) found.add(numbers[row.policy], row.row, row.has_amount ? row.amount_fen : 0);
  fmt::print(R"({{"engine":"huiyu","policies":{},"records":{},"s":{:.4f},"cpu":{:.4f},"prep_s":{:.3f},"matches":{},)"
             R"("explain_s":{:.4f},"digest":"{:016x}","fsum":"{}"}})"
             "\n",
             plan.policies.size(), records, seconds, cpu, prepared, found.matches,
             std::chrono::duration<double>(matched.explaining).count(), found.digest, found.paid);
}

void print_near(Workload const& loaded, engine::NearSearch const& search, engine::MatchOptions const& options) {
  for (bool const lists : {false, true}) {
    auto const from = wall();
    auto const from_processor = processor();
    auto const near = engine::match_near(loaded.bound, loaded.batch, options, search, lists);
    auto const took = wall() - from;
    std::int64_t count = 0;
    for (auto one : near.counts) count += one;
    fmt::print(R"({{"engine":"huiyu near","listed":{},"s":{:.4f},"cpu":{:.4f},"near":{}}})"
               "\n",
               lists, took, processor() - from_processor, count);
  }
}

Result<void> run(std::vector<std::string> const& words) {
  auto const has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  auto const loaded = bench::load(words[0], has("keep"));
  if (!loaded) return loaded.error();
  auto const& [plan, bound, subject, batch] = **loaded;

  jit::LoadedCode code;
  if (has("native")) {
    auto const module = driver::native_module();
    if (!module) return module.error();
    auto compiled = (*module)->compile(plan, {});
    if (!compiled) return compiled.error();
    code = std::move(*compiled);
  }
  engine::MatchOptions options;
  options.threads = std::stoi(words[1]);
  options.eligible_only = !has("all");
  for (auto const* kernels : genes::all_kernels())
    if (has(kernels->name)) options.kernels = kernels;
  auto const began = wall();
  auto const search = engine::prepare_search(bound, subject, batch);
  auto const prepared = wall() - began;
  options.search = search.get();
  auto const near = has("near") ? engine::prepare_near(bound, subject, batch) : nullptr;
  for (int repetition = 0; repetition < std::stoi(words[2]); ++repetition) {
    auto const from = wall();
    auto const from_processor = processor();
    auto const matched = engine::match_table(bound, batch, code.functions, options);
    auto const took = wall() - from;
    if (!matched) return matched.error();
    print(plan, *matched, batch.row_count, took, processor() - from_processor, prepared);
    if (near != nullptr) print_near(**loaded, *near, options);
  }
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> const words(arguments + 1, arguments + count);
  if (words.size() < 3) return 2;
  auto const done = run(words);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}
