// How long it takes until a policy that was changed and checked is live: lowered, linked, verified, bound and indexed
// by itself, published, and a first record answered with it. Prints one line of JSON, milliseconds each the median over
// the edits, the least and the most.
//
//   bench_edits PROJECT EDITS
//
// PROJECT is one of bench_portal. EDITS/0, EDITS/1, … are projects of one of its policies each (convert.py --each);
// after each the answers must be those of before, since nothing has changed but where the policy stands.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/project.h"
#include "runtime/base/civil.h"
#include "runtime/engine/layout.h"
#include "runtime/portal/desk.h"
#include "tests/bench/province/workload.h"

namespace {

using namespace huiyu;
using Clock = std::chrono::steady_clock;
using Answers = std::map<std::string, std::optional<std::int64_t>, std::less<>>;

constexpr std::int64_t asked_rows = 20;

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

std::string spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return fmt::format("[{:.3f},{:.3f},{:.3f}]", values[values.size() / 2], values.front(), values.back());
}

Answers answers_of(portal::Desk& desk, columns::Batch const& batch) {
  Answers answers;
  for (std::int64_t row = 0; row < asked_rows; ++row)
    for (auto const& answer : desk.find(batch, row))
      answers.emplace(fmt::format("{} {}", row, answer.policy), answer.outcome.amount_fen);
  return answers;
}

Result<bool> run(std::string const& project, std::string const& edits) {
  auto plan = bench::plan_of(project, true);
  if (!plan) return plan.error();
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  auto const base = portal::Release::make(std::move(*plan), inputs);
  if (!base) return base.error();
  auto const layout = engine::layout_of((*base)->plan(), (*base)->index().subject);
  if (!layout) return layout.error();
  auto const batch = bench::register_of(project, *layout);
  if (!batch) return batch.error();
  auto const first = portal::edit(*base, {});
  if (!first) return first.error();
  portal::Published published(*first);
  portal::Desk desk(published);
  auto const before = answers_of(desk, *batch);

  std::vector<double> planned, published_in, live;
  bool same = true;
  for (int i = 0; std::filesystem::exists(fmt::format("{}/{}", edits, i)); ++i) {
    auto const checked = driver::load_project({fmt::format("{}/{}/rules", edits, i)}, driver::Language::English);
    if (!checked) return checked.error();
    auto const from = Clock::now();
    auto patch = driver::make_plan(*checked);
    if (!patch) return patch.error();
    auto const made = Clock::now();
    auto edition = portal::edit(*base, std::move(*patch));
    if (!edition) return edition.error();
    published.publish(std::move(*edition));
    auto const there = Clock::now();
    desk.find(*batch, 0);
    auto const answered = Clock::now();
    planned.push_back(milliseconds(made - from));
    published_in.push_back(milliseconds(there - made));
    live.push_back(milliseconds(answered - from));
    same = same && answers_of(desk, *batch) == before;
  }
  fmt::print(R"({{"edits":{},"plan_ms":{},"publish_ms":{},"live_ms":{},"answers":{},"same":{}}})"
             "\n",
             live.size(), spread(planned), spread(published_in), spread(live), before.size(), same);
  return same;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  auto const same = run(arguments[1], arguments[2]);
  if (!same) fmt::print(stderr, "{}\n", same.error().message);
  return same && *same ? 0 : 1;
}
