// Editions: what has changed stands beside what has not, and readers go on while the next one is published.

#include <map>
#include <thread>

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/portal/desk.h"
#include "tests/unit/runtime_engine/random_policies.h"

namespace huiyu::portal {
namespace {

// By policy id, of one record.
using Answers = std::map<std::string, PairOutcome>;

RunInputs mid_2024() {
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  return inputs;
}

// What a full match gives each record.
std::vector<Answers> matched(Release const& release, columns::Batch const& batch) {
  auto result = engine::match(release.bound(), batch);
  REQUIRE(result.has_value());
  std::vector<Answers> all(static_cast<std::size_t>(batch.row_count));
  for (auto const& pair : result->pairs) {
    auto& answer = all[static_cast<std::size_t>(pair.row)];
    answer[std::string(release.plan().text(release.plan().policies[pair.policy].id))] = pair;
  }
  return all;
}

Answers found(Desk& desk, columns::Batch const& batch, std::int64_t row) {
  Answers answers;
  for (auto const& answer : desk.find(batch, row)) answers[std::string(answer.policy)] = answer.outcome;
  return answers;
}

// Two texts of the rules: the second changes the policies P0 to P5 of the first and takes P7 away.
struct Rules {
  testing::RandomPolicies first{11, 12}, second{12, 6};
  columns::Batch batch = first.batch(*engine::layout_of(first.plan, first.firm), 60);
  std::shared_ptr<Release const> base = *Release::make(first.plan, mid_2024());
  std::shared_ptr<Edition const> before = *edit(base, {});
  std::shared_ptr<Edition const> after = *edit(base, second.plan, {"P7"});
  std::vector<Answers> wanted_before = matched(*base, batch), wanted_after = wanted_before;

  Rules() {
    auto const changed = matched(*after->patch, batch);
    for (std::size_t row = 0; row < wanted_after.size(); ++row) {
      for (auto const* id : {"P0", "P1", "P2", "P3", "P4", "P5", "P7"}) wanted_after[row].erase(id);
      wanted_after[row].insert(changed[row].begin(), changed[row].end());
    }
  }
};

TEST_CASE("an edition answers with what has changed, and without what has gone") {
  Rules const rules;
  Published published(rules.before);
  Desk desk(published);
  CHECK(rules.wanted_before != rules.wanted_after);
  for (std::size_t row = 0; row < rules.wanted_before.size(); ++row)
    CHECK(found(desk, rules.batch, static_cast<std::int64_t>(row)) == rules.wanted_before[row]);
  published.publish(rules.after);
  for (std::size_t row = 0; row < rules.wanted_after.size(); ++row)
    CHECK(found(desk, rules.batch, static_cast<std::int64_t>(row)) == rules.wanted_after[row]);
  published.publish(rules.before);
  CHECK(found(desk, rules.batch, 0) == rules.wanted_before[0]);
}

TEST_CASE("records of another layout ask for a new release") {
  Rules const rules;
  testing::PlanMaker other;
  other.policy(other.root("企业"), "P0", "政策");
  auto const made = edit(rules.base, other.plan);
  REQUIRE(!made.has_value());
  CHECK(made.error().kind == ErrorKind::Rules);
}

TEST_CASE("readers go on while editions are published") {
  Rules const rules;
  Published published(rules.before);
  std::atomic<int> wrong{0}, at_first{0};
  std::atomic<bool> stop{false};
  auto const read = [&] {
    Desk desk(published);
    for (std::size_t row = 0; !stop; row = (row + 1) % rules.wanted_before.size()) {
      auto const answers = found(desk, rules.batch, static_cast<std::int64_t>(row));
      bool const is_first = answers == rules.wanted_before[row];
      at_first += is_first ? 1 : 0;
      wrong += is_first || answers == rules.wanted_after[row] ? 0 : 1;
    }
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);
  for (int i = 0; i < 100; ++i) {
    published.publish(i % 2 == 0 ? rules.after : *edit(rules.base, {}));
    std::this_thread::yield();
  }
  while (at_first == 0) std::this_thread::yield();  // the last edition is the first one
  stop = true;
  for (auto& reader : readers) reader.join();
  CHECK(wrong == 0);
}

}  // namespace
}  // namespace huiyu::portal
