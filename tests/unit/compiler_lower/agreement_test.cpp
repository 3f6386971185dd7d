// The law of this stage: what the plan computes, and what its explanations say, is what the program means.

#include <doctest/doctest.h>

#include "compiler/interpret/interpret.h"
#include "compiler/lower/link.h"
#include "compiler/lower/lower.h"
#include "compiler/tir/print.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/explain/judge.h"
#include "runtime/plan/plan_file.h"
#include "runtime/plan/print.h"
#include "runtime/plan/verify.h"
#include "tests/unit/compiler_lower/random_program.h"

using namespace huiyu;

namespace {

std::string text(PairOutcome const& pair) {
  std::string all = outcome_name(pair.outcome);
  all += " " + (pair.amount_fen ? std::to_string(*pair.amount_fen) : std::string("-"));
  for (auto const& part : pair.parts) all += " " + part.name + "=" + std::to_string(part.amount_fen);
  if (!pair.value.empty()) all += " value " + pair.value;
  for (auto const& need : pair.needs) all += " ?" + need;
  return all;
}

plan::Plan plan_of(tir::Program const& program) {
  auto plan = lower::lower(program, {}, {});
  REQUIRE_MESSAGE(plan, plan.error().message);
  auto const faults = plan::verify(*plan);
  REQUIRE_MESSAGE(faults.empty(), faults.front());
  return *plan;
}

}  // namespace

TEST_CASE("engine and explanation agree with the oracle on random programs and records") {
  std::int64_t pairs = 0, eligible = 0, paid = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    auto const program = test::random_program(seed);
    auto const plan = plan_of(program);
    auto const bytes = plan::save(plan);
    REQUIRE(bytes);
    REQUIRE(plan::load(*bytes));

    RunInputs inputs;
    inputs.as_of_day = 19'500;
    auto const layout = interpret::layout_of(program, SchemaId{0});
    auto const batch = test::random_batch(layout, 25, seed + 7);
    auto const expected = interpret::interpret(program, SchemaId{0}, batch, inputs);
    auto const bound = engine::bind(plan, inputs);
    REQUIRE_MESSAGE(bound, bound.error().message);
    engine::MatchOptions options;
    options.list = engine::Listing::all();
    auto const found = engine::match(*bound, batch, nullptr, options);
    REQUIRE_MESSAGE(found, found.error().message);
    REQUIRE(found->pairs.size() == expected.size());
    for (auto const& pair : found->pairs) {
      auto const& wanted = expected[static_cast<std::size_t>(pair.row) * program.policies.size() + pair.policy];
      explain::Record const record{plan, bound->places, inputs, batch, pair.row};
      auto const label = explain::label(record, pair.policy);
      bool const agree = pair == wanted && label == wanted;
      CHECK_MESSAGE(agree, "policy " << pair.policy << " row " << pair.row << "\n  oracle  " << text(wanted)
                                     << "\n  engine  " << text(pair) << "\n  explain " << text(label));
      if (!agree) {
        MESSAGE(tir::print(program));
        return;
      }
      ++pairs;
      eligible += wanted.outcome == Outcome::Eligible ? 1 : 0;
      paid += wanted.amount_fen ? 1 : 0;
    }
  }
  // The records are such that every answer is met.
  CHECK(eligible > pairs / 20);
  CHECK(paid > pairs / 50);
}
