// What explaining one pair takes: first what the clause comes to, node by node, with what is missing and what decided
// (`judged`); then also as a tree with names, words and shown values (`told`), which renderers write out.
//
//   bench_explain PROJECT RECORDS [keep]
//
// PROJECT is as bench_province has it. Every policy is explained on RECORDS records, spread over the register; a line
// of JSON for each outcome and for all pairs together, microseconds by the clock: mean, median, 99th of a hundred.

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "runtime/explain/explanation.h"
#include "tests/bench/province/workload.h"

namespace {

using namespace huiyu;

double microseconds() {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Times {
  std::vector<double> judged, told;
};

std::string figures(std::vector<double>& times) {
  if (times.empty()) return "{}";
  std::sort(times.begin(), times.end());
  double sum = 0;
  for (auto const time : times) sum += time;
  return fmt::format(R"({{"mean":{:.2f},"p50":{:.2f},"p99":{:.2f}}})", sum / static_cast<double>(times.size()),
                     times[times.size() / 2], times[times.size() * 99 / 100]);
}

void print(char const* what, Times& times) {
  fmt::print(R"({{"pairs":"{}","count":{},"judged":{},"told":{}}})"
             "\n",
             what, times.judged.size(), figures(times.judged), figures(times.told));
}

Result<void> run(std::vector<std::string> const& words) {
  auto const loaded = bench::load(words[0], words.size() > 2 && words[2] == "keep");
  if (!loaded) return loaded.error();
  auto const& [plan, bound, subject, batch] = **loaded;

  auto const records = std::min<std::int64_t>(std::max(std::stol(words[1]), 1L), batch.row_count);
  std::array<Times, 5> by_outcome;
  Times all;
  for (std::int64_t i = 0; i < records; ++i) {
    explain::Record const record{plan, bound.places, bound.inputs, batch, i * (batch.row_count / records)};
    explain::Evaluator evaluator(record);  // keeps its room, as where many pairs are explained
    for (std::uint32_t policy = 0; policy < plan.policies.size(); ++policy) {
      auto const begin = microseconds();
      evaluator.restart(record.row);
      auto const outcome = explain::judge(record, policy, evaluator).pair.outcome;
      auto const judged = microseconds();
      auto const explanation = explain::explain(record, policy);
      auto const told = microseconds();
      for (auto* times : {&all, &by_outcome[static_cast<std::size_t>(explanation.pair.outcome)]}) {
        times->judged.push_back(judged - begin);
        times->told.push_back(told - judged);
      }
      if (outcome != explanation.pair.outcome) return Error{ErrorKind::Data, "an explanation changed its mind"};
    }
  }
  for (std::size_t i = 0; i < by_outcome.size(); ++i) print(outcome_name(static_cast<Outcome>(i)), by_outcome[i]);
  print("all", all);
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> const words(arguments + 1, arguments + count);
  if (words.size() < 2) return 2;
  auto const done = run(words);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}
