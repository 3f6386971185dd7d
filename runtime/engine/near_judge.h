#pragma once

// Near misses told from the explanation alone: slow and obvious. It answers for policies whose bitmaps leave rows to
// the explanation, and the sweep is held against it.

#include <memory>
#include <optional>
#include <vector>

#include "runtime/engine/near_members.h"
#include "runtime/explain/judge.h"

namespace huiyu::engine {

class NearJudge {
 public:
  // Of the record's batch; the policies must be in force.
  explicit NearJudge(explain::Record const& record) : plan_(record.plan), labeller_(record) {
    policies_.resize(plan_.policies.size());
  }

  // Which of near_members' tests fails, where all others hold; none: this is no near miss.
  std::optional<std::uint32_t> judge(std::int64_t row, std::uint32_t position);

 private:
  struct Policy {
    bool possible = true;
    std::vector<TestTree> tests;
  };
  Policy const& policy(std::uint32_t position);
  explain::State stands(TestTree const& tree, std::int64_t row, std::uint32_t position);
  explain::State due(std::int64_t row, std::uint32_t position);

  plan::Plan const& plan_;
  explain::Labeller labeller_;
  std::vector<std::unique_ptr<Policy>> policies_;  // made when first asked for
};

}  // namespace huiyu::engine
