// The walk that lets one failure pass, beside failures counted row by row.

#include <map>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/genes/kernels.h"

namespace huiyu::genes {
namespace {

enum class Stands : std::uint8_t { Open, Held, Failed };

bool has(SweepRows const& rows, std::int64_t row) { return ((rows.words[row / 64] >> (row % 64)) & 1) != 0; }

// Some literals over a block, some sequences of them that share beginnings, and a group at the end of each.
class Trial {
 public:
  explicit Trial(std::uint32_t seed) : random_(seed) {
    for (auto& literal : bitmaps_)
      for (std::int64_t row = 0; row < sweep_rows; ++row) {
        auto const state = random_() % 8;
        auto& side = state < 5 ? literal.held : literal.failed;
        if (state != 7) side.words[row / 64] |= std::uint64_t{1} << (row % 64);
      }
    // a: [0 or 1 literals] → policies 0 to 2 below it; policy 3 beside it.
    add_node(no_policy, 0, 4);
    for (std::uint32_t policy = 0; policy < 3; ++policy) add_node(policy, 1, 2 + policy);
    add_node(3, 0, 5);
  }

  void check(Kernels const& kernels) {
    NearSweep sweep;
    sweep.nodes = nodes_.data(), sweep.end = nodes_.data() + nodes_.size();
    sweep.literals = literals_.data(), sweep.groups = groups_.data();
    sweep.bitmaps = bitmaps_.data(), sweep.made = made_.data(), sweep.makings = bitmaps_.data();
    sweep.context = this;
    sweep.take = [](void* self, std::uint32_t policy, NearRows const& rows) {
      static_cast<Trial*>(self)->taken_[policy] = rows;
    };
    SweepRows all{};
    for (auto& word : all.words) word = random_() | std::uint64_t{random_()} << 32;
    taken_.clear();
    kernels.near(sweep, all);
    for (std::uint32_t policy = 0; policy < 4; ++policy)
      for (std::int64_t row = 0; row < sweep_rows; ++row) {
        auto const failures = has(all, row) ? count(policy, row) : 2;
        auto const found = taken_.find(policy);
        CAPTURE(kernels.name);
        REQUIRE((found != taken_.end() && has(found->second.held, row)) == (failures == 0));
        REQUIRE((found != taken_.end() && has(found->second.failed, row)) == (failures == 1));
      }
  }

 private:
  std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(random_() % count); }
  void add_node(std::uint32_t policy, std::uint16_t depth, std::uint32_t count) {
    SweepNode node;
    node.literals = static_cast<std::uint32_t>(literals_.size());
    node.count = static_cast<std::uint16_t>(count);
    for (std::uint32_t i = 0; i < count; ++i) literals_.push_back(below(literal_count * 2));
    node.policy = policy, node.depth = depth;
    node.skip = policy == no_policy ? 4 : static_cast<std::uint32_t>(nodes_.size() + 1);
    node.groups = static_cast<std::uint32_t>(groups_.size());
    if (policy != no_policy) {
      if (random_() % 3 == 0) groups_.push_back(near_must_hold);
      add_group(SweepGroup::Or, 0);
      add_group(SweepGroup::And, 0);
    }
    node.groups_end = static_cast<std::uint32_t>(groups_.size());
    nodes_.push_back(node);
  }
  void add_group(SweepGroup kind, int depth) {
    groups_.push_back(static_cast<std::uint32_t>(kind));
    auto const end = groups_.size();
    groups_.push_back(0);
    for (int member = 0; member < 3; ++member)
      if (depth < 2 && member == 1)
        add_group(kind == SweepGroup::Or ? SweepGroup::And : SweepGroup::Or, depth + 1);
      else
        groups_.push_back(below(literal_count) * 4);
    groups_[end] = static_cast<std::uint32_t>(groups_.size());
  }

  Stands literal(std::uint32_t number, std::int64_t row) const {
    return has(bitmaps_[number].held, row)     ? Stands::Held
           : has(bitmaps_[number].failed, row) ? Stands::Failed
                                               : Stands::Open;
  }
  Stands group(std::uint32_t& at, std::int64_t row) const {
    auto const code = groups_[at++];
    if (code % 4 == static_cast<std::uint32_t>(SweepGroup::Literal)) return literal(code / 4, row);
    auto const settling = code == static_cast<std::uint32_t>(SweepGroup::And) ? Stands::Failed : Stands::Held;
    auto const end = groups_[at++];
    bool is_settled = false, is_open = false;
    while (at != end) {
      auto const member = group(at, row);
      is_settled = is_settled || member == settling;
      is_open = is_open || member == Stands::Open;
    }
    auto const agreed = settling == Stands::Failed ? Stands::Held : Stands::Failed;
    return is_settled ? settling : is_open ? Stands::Open : agreed;
  }

  // How many tests of a policy fail; 2 where that is not to be found out, or too many.
  int count(std::uint32_t policy, std::int64_t row) const {
    int failures = 0;
    auto const add = [&](Stands state, bool may_fail) {
      if (state == Stands::Open || (state == Stands::Failed && !may_fail)) failures = 2;
      if (state == Stands::Failed) ++failures;
    };
    auto const add_literals = [&](SweepNode const& node) {
      for (std::uint32_t i = 0; i < node.count; ++i) {
        auto const code = literals_[node.literals + i];
        add(literal(code / 2, row), code % 2 != 0);
      }
    };
    if (policy != 3) add_literals(nodes_[0]);
    auto const& node = nodes_[policy + 1];
    add_literals(node);
    for (auto at = node.groups; at != node.groups_end;) {
      bool const may_fail = groups_[at] != near_must_hold;
      at += may_fail ? 0 : 1;
      add(group(at, row), may_fail);
    }
    return failures > 1 ? 2 : failures;
  }

  static constexpr std::uint32_t literal_count = 12;
  std::mt19937 random_;
  std::vector<NearRows> bitmaps_ = std::vector<NearRows>(literal_count);
  std::vector<std::uint64_t> made_{~std::uint64_t{0}};
  std::vector<SweepNode> nodes_;
  std::vector<std::uint32_t> literals_, groups_;
  std::map<std::uint32_t, NearRows> taken_;
};

TEST_CASE("one failure passes, the second does not, and what is open never") {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    Trial trial(seed);
    for (auto const* kernels : all_kernels()) trial.check(*kernels);
  }
}

}  // namespace
}  // namespace huiyu::genes
