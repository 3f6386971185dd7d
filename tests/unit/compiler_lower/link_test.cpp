#include "compiler/lower/link.h"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "compiler/interpret/interpret.h"
#include "compiler/lower/lower.h"
#include "runtime/engine/match.h"
#include "runtime/plan/plan_file.h"
#include "runtime/plan/print.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"
#include "tests/unit/compiler_lower/random_program.h"

using namespace huiyu;

namespace {

// A random program whose policies stand in three files.
tir::Program in_files(std::uint64_t seed) {
  auto program = test::random_program(seed);
  for (std::size_t i = 0; i < program.policies.size(); ++i)
    program.policies[tir::PolicyId{static_cast<std::int32_t>(i)}].span.file = FileId{static_cast<std::int32_t>(i % 3)};
  return program;
}

std::vector<plan::Fragment> fragments_of(tir::Program const& program, std::vector<std::int32_t> const& files) {
  std::vector<plan::Fragment> fragments;
  for (auto file : files) {
    auto fragment = lower::lower(program, {}, {}, FileId{file});
    REQUIRE(fragment);
    auto const faults = plan::verify(*fragment);
    REQUIRE_MESSAGE(faults.empty(), faults.front());
    fragments.push_back(std::move(*fragment));
  }
  return fragments;
}

plan::Plan linked(std::vector<plan::Fragment> const& fragments) {
  auto plan = lower::link(fragments);
  REQUIRE_MESSAGE(plan, plan.error().message);
  auto const faults = plan::verify(*plan);
  REQUIRE_MESSAGE(faults.empty(), faults.front());
  return *plan;
}

std::vector<std::byte> bytes_of(plan::Plan const& plan) { return *plan::save(plan); }

// What a plan holds, whatever the positions: the ids of its atoms, columns and shapes. A multimap would compare equal
// keys in the order in which they came.
std::multiset<std::pair<std::string, std::string>> contents(plan::Plan const& plan) {
  std::multiset<std::pair<std::string, std::string>> all;
  for (auto const& row : plan.atoms) all.emplace("atom", to_hex(row.id));
  for (auto const& row : plan.columns) all.emplace("column", to_hex(row.id));
  for (auto const& row : plan.shapes) all.emplace("shape", to_hex(row.id));
  for (auto const& row : plan.policies) all.emplace("policy", plan.text(row.id));
  all.emplace("uses", std::to_string(plan.uses.size()));
  all.emplace("conditions", std::to_string(plan.conditions.size()));
  all.emplace("explains", std::to_string(plan.explains.size()));
  return all;
}

// Outcomes by policy id and record: what a run prints, but for its order.
std::map<std::pair<std::string, std::int64_t>, PairOutcome> outcomes_of(plan::Plan const& plan,
                                                                        columns::Batch const& batch) {
  RunInputs inputs;
  inputs.as_of_day = 19'500;
  auto const bound = engine::bind(plan, inputs);
  REQUIRE_MESSAGE(bound, bound.error().message);
  engine::MatchOptions options;
  options.list = engine::Listing::all();
  auto const found = engine::match(*bound, batch, nullptr, options);
  REQUIRE_MESSAGE(found, found.error().message);
  std::map<std::pair<std::string, std::int64_t>, PairOutcome> all;
  for (auto pair : found->pairs) {
    std::string const id(plan.text(plan.policies[pair.policy].id));
    pair.policy = 0;
    all.emplace(std::pair(id, pair.row), std::move(pair));
  }
  return all;
}

}  // namespace

TEST_CASE("linking the same fragments gives the same bytes, and the whole program is its files linked") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    auto const program = in_files(seed);
    auto const fragments = fragments_of(program, {0, 1, 2});
    auto const bytes = bytes_of(linked(fragments));
    CHECK(bytes == bytes_of(linked(fragments)));
    auto const whole = lower::lower(program, {}, {});
    REQUIRE(whole);
    CHECK(bytes == bytes_of(*whole));
  }
}

TEST_CASE("the order of files changes positions and nothing else") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    auto const program = in_files(seed);
    auto const plan = linked(fragments_of(program, {0, 1, 2}));
    auto const turned = linked(fragments_of(program, {2, 0, 1}));
    CHECK(contents(plan) == contents(turned));
    auto const batch = test::random_batch(interpret::layout_of(program, SchemaId{0}), 20, seed + 3);
    CHECK(outcomes_of(plan, batch) == outcomes_of(turned, batch));
  }
}

TEST_CASE("a plan hangs on its fragments, not on how many threads link them") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    // A file that is explained by one fragment alone, and files that several speak of.
    for (auto const& files : {std::vector<std::int32_t>{0, 1, 2}, std::vector<std::int32_t>{2}}) {
      auto const fragments = fragments_of(in_files(seed), files);
      auto const expected = bytes_of(linked(fragments));
      for (std::size_t const jobs : {2U, 3U, 8U}) {
        auto const plan = lower::link(fragments, jobs);
        REQUIRE(plan);
        CHECK(bytes_of(*plan) == expected);
      }
    }
  }
}

TEST_CASE("what several files use stands once") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    auto const plan = linked(fragments_of(in_files(seed), {0, 1, 2}));
    std::map<std::string, int> seen;
    for (auto const& row : plan.atoms) ++seen["atom " + to_hex(row.id)];
    for (auto const& row : plan.columns) ++seen["column " + to_hex(row.id)];
    for (auto const& row : plan.shapes) ++seen["shape " + to_hex(row.id)];
    for (auto const& text : plan.texts) ++seen["text " + std::string(text)];
    for (auto const& [what, count] : seen) CHECK_MESSAGE(count == 1, what);
  }
}

TEST_CASE("linking one plan again leaves it as it is") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    auto const plan = linked(fragments_of(in_files(seed), {0, 1, 2}));
    CHECK(contents(linked({plan})) == contents(plan));
    CHECK(plan::print(linked({linked({plan})})) == plan::print(linked({plan})));
  }
}

TEST_CASE("a policy id that is used twice, and fragments of different editions, are refused") {
  auto const fragments = fragments_of(in_files(1), {0, 0});
  auto const twice = lower::link(fragments);
  REQUIRE(!twice);
  CHECK(twice.error().kind == ErrorKind::Rules);
  auto other = fragments_of(in_files(1), {0, 1});
  other[1].edition = "1999";
  CHECK(!lower::link(other));
}
