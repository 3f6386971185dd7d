#pragma once

// Near misses in words: which test, and how far the record is from it.

#include <memory>
#include <string>
#include <vector>

#include "runtime/engine/near_match.h"
#include "runtime/engine/near_members.h"
#include "runtime/explain/findings.h"

namespace huiyu::engine {

class NearWords {
 public:
  // The plan must outlive it.
  explicit NearWords(plan::Plan const& plan) : plan_(plan) { policies_.resize(plan.policies.size()); }

  // The test as the source has it; of a group its tests, joined.
  std::string const& test(std::uint32_t policy, std::uint32_t member);
  // As explain::shortfall says it; empty for a group. The record is that of the row.
  std::string distance(NearMiss const& miss, explain::Record const& record);

 private:
  struct Test {
    std::string text;
    plan::Ref<plan::Explain> tree;  // of a single test
    bool negated = false;
    bool is_direct = false;  // the engine's distance is all there is to say
    plan::ValueKind kind{};  // of the column that moves
    std::uint8_t measure = 0;
    std::int8_t scale = 0;
  };
  Test const& read(std::uint32_t policy, std::uint32_t member);
  std::string text_of(TestTree const& tree) const;

  plan::Plan const& plan_;
  std::vector<std::unique_ptr<std::vector<Test>>> policies_;  // made when first asked for
};

}  // namespace huiyu::engine
