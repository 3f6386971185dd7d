#include "runtime/engine/eligible_match.h"

#include <algorithm>
#include <atomic>

#include "runtime/engine/eligible_sweep.h"
#include "runtime/engine/match_threads.h"

namespace huiyu::engine {
namespace {

// Blocks that a thread takes at once, and policies.
constexpr std::size_t blocks_at_once = 8;
constexpr std::uint32_t policies_at_once = 16;
// Pairs that room is made for before they come.
constexpr std::size_t most_expected = std::size_t{1} << 20;
// A block ends where the records of another place begin, unless it would be smaller than this.
constexpr std::int64_t least_rows = 64;

struct Span {
  std::int64_t begin = 0, rows = 0;
};

// What one thread found, by policy; of each policy rows rise.
struct Found {
  std::vector<std::size_t> starts;  // by policy, and the end: in `rows`
  std::vector<std::uint32_t> rows;

  Found() = default;
  Found(std::vector<Candidate> const& candidates, std::size_t policies) : starts(policies + 1, 0) {
    for (auto const& one : candidates) ++starts[one.policy + 1];
    for (std::size_t policy = 0; policy < policies; ++policy) starts[policy + 1] += starts[policy];
    rows.resize(candidates.size());
    auto next = starts;
    for (auto const& one : candidates) rows[next[one.policy]++] = one.row;
  }
  std::span<std::uint32_t const> of(std::uint32_t policy) const {
    return std::span(rows).subspan(starts[policy], starts[policy + 1] - starts[policy]);
  }
};

class Search {
 public:
  Search(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native, MatchOptions const& options,
         plan::Ref<plan::Relation> subject, EligibleSearch const& search)
      : bound_(bound),
        batch_(batch),
        native_(native),
        options_(options),
        subject_(subject),
        search_(search),
        kernels_(options.kernels != nullptr ? *options.kernels : genes::kernels()) {}

  MatchedTable run() {
    cut();
    auto const pieces = static_cast<std::int64_t>((spans_.size() + blocks_at_once - 1) / blocks_at_once);
    std::vector<std::unique_ptr<Matcher>> matchers(thread_count(options_.threads, pieces));
    found_.resize(matchers.size());
    run_threads(matchers.size(), [&](std::size_t thread) {
      auto list = options_.list.lists(Outcome::Eligible) ? Listing::eligible() : Listing::none();
      matchers[thread] = std::make_unique<Matcher>(bound_, batch_, subject_, native_, kernels_, list);
      found_[thread] = find(*matchers[thread]);
    });
    std::size_t left = 0;
    for (auto const& found : found_) left += found.rows.size();
    bool const lists = options_.list.lists(Outcome::Eligible);
    run_threads(matchers.size(), [&](std::size_t thread) {
      if (lists) matchers[thread]->expect(left / matchers.size());
      conclude(*matchers[thread]);
    });
    auto result = collect(bound_, batch_, matchers);
    for (auto& policy : result.policies) {
      auto const eligible = policy.of(Outcome::Eligible);
      policy.outcomes = {};
      policy.outcomes[static_cast<std::size_t>(Outcome::Eligible)] = eligible;
    }
    return result;
  }

 private:
  void cut() {
    auto const place = search_.plan.partition;
    auto const* column = place < 0 ? nullptr : &batch_.columns[static_cast<std::size_t>(place)];
    for (std::int64_t begin = 0; begin < batch_.row_count;) {
      auto end = std::min(begin + genes::sweep_rows, batch_.row_count);
      if (column != nullptr && column->at(begin) != column->at(end - 1)) end = end_of_run(*column, begin, end);
      spans_.push_back({begin, end - begin});
      begin = end;
    }
  }

  // Where the first run of one place ends that is worth a block, else `end`.
  static std::int64_t end_of_run(columns::Column const& column, std::int64_t begin, std::int64_t end) {
    auto run = begin;
    for (auto row = begin + 1; row < end; ++row) {
      if (column.at(row) == column.at(row - 1)) continue;
      if (row - run >= least_rows) return row;
      run = row;
    }
    return end;
  }

  // Where records are sorted by place those of the first one say nothing of the others.
  bool is_of_one_place() const {
    auto const place = search_.plan.partition;
    if (place < 0 || batch_.row_count == 0) return true;
    auto const& column = batch_.columns[static_cast<std::size_t>(place)];
    return column.at(0) == column.at(batch_.row_count - 1);
  }

  // Policies that most records may meet are concluded where they are found, and share what is decoded and computed.
  Found find(Matcher& matcher) {
    EligibleSweep sweep(search_.plan, matcher.block(), kernels_, is_of_one_place() ? 0 : batch_.row_count);
    Candidates found;
    bool has_room = false;
    for (;;) {
      auto const first = next_block_.fetch_add(blocks_at_once);
      if (first >= spans_.size()) break;
      for (auto i = first; i < std::min(first + blocks_at_once, spans_.size()); ++i) {
        matcher.start(spans_[i].begin, spans_[i].rows);
        sweep.run(spans_[i].begin, spans_[i].rows, found);
        for (auto const& block : found.blocks)
          matcher.conclude(block.policy, conditions(block.policy), block.rows.words);
        matcher.run(search_.plan.others);
      }
      if (!has_room) expect(matcher, std::min(blocks_at_once, spans_.size() - first));
      has_room = true;
    }
    return {found.rows, bound_.plan->policies.size()};
  }

  // Makes room for the pairs of all blocks of a thread, as many a block as it has listed of the first ones.
  void expect(Matcher& matcher, std::size_t first_blocks) const {
    if (!options_.list.lists(Outcome::Eligible)) return;
    std::int64_t listed = 0;
    for (auto const& counts : matcher.counts()) listed += counts.of(Outcome::Eligible);
    auto const all = static_cast<std::size_t>(listed) * (spans_.size() / (first_blocks * found_.size()) + 1);
    matcher.expect(std::min(all, most_expected));
  }

  // A policy's candidates of all threads, in order.
  void gather(std::uint32_t policy, std::vector<std::uint32_t>& rows) const {
    rows.clear();
    for (auto const& found : found_) {
      auto const more = found.of(policy);
      auto const before = static_cast<std::ptrdiff_t>(rows.size());
      rows.insert(rows.end(), more.begin(), more.end());
      std::inplace_merge(rows.begin(), rows.begin() + before, rows.end());
    }
  }

  std::span<plan::Ref<plan::Condition> const> conditions(std::uint32_t policy) const {
    auto const& asked = search_.plan.conditions_of[policy];
    return std::span(search_.plan.conditions).subspan(asked.begin, asked.end - asked.begin);
  }

  void conclude(Matcher& matcher) {
    auto const policies = static_cast<std::uint32_t>(bound_.plan->policies.size());
    std::vector<std::uint32_t> rows;
    for (;;) {
      auto const first = next_policy_.fetch_add(policies_at_once);
      if (first >= policies) return;
      for (auto policy = first; policy < std::min(first + policies_at_once, policies); ++policy) {
        gather(policy, rows);
        if (rows.empty()) continue;
        matcher.select(rows);
        matcher.conclude(policy, conditions(policy));
      }
    }
  }

  BoundPlan const& bound_;
  columns::Batch const& batch_;
  FunctionTable const* native_;
  MatchOptions const& options_;
  plan::Ref<plan::Relation> subject_;
  EligibleSearch const& search_;
  genes::Kernels const& kernels_;
  std::vector<Span> spans_;
  std::vector<Found> found_;  // by thread
  std::atomic<std::size_t> next_block_{0};
  std::atomic<std::uint32_t> next_policy_{0};
};

}  // namespace

std::shared_ptr<EligibleSearch const> prepare_search(BoundPlan const& bound, plan::Ref<plan::Relation> subject,
                                                     columns::Batch const& batch) {
  auto search = std::make_shared<EligibleSearch>();
  search->plan = make_eligible_plan(bound, subject, batch);
  return search;
}

MatchedTable match_eligible(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native,
                            MatchOptions const& options, plan::Ref<plan::Relation> subject) {
  auto const made = options.search == nullptr ? prepare_search(bound, subject, batch) : nullptr;
  return Search(bound, batch, native, options, subject, options.search != nullptr ? *options.search : *made).run();
}

}  // namespace huiyu::engine
