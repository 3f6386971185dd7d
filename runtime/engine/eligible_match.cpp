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
// A policy is dense where more than one record in so many is a candidate.
constexpr std::int64_t dense_share = 16;
// A block ends where the records of another place begin, unless it would be smaller than this.
constexpr std::int64_t least_rows = 64;

struct Span {
  std::int64_t begin = 0, rows = 0;
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
    finds_.resize(matchers.size());
    found_at_.resize(spans_.size());
    run_threads(matchers.size(), [&](std::size_t thread) {
      auto list = options_.list.lists(Outcome::Eligible) ? Listing::eligible() : Listing::none();
      matchers[thread] = std::make_unique<Matcher>(bound_, search_.tests, batch_, subject_, native_, kernels_, list);
      find(*matchers[thread], thread);
    });
    group();
    set_dense_apart();
    run_threads(matchers.size(), [&](std::size_t thread) {
      conclude(*matchers[thread]);
      if (!dense_.empty()) match_dense(*matchers[thread]);
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
  // Where the candidates of a block stand.
  struct Found {
    std::size_t thread = 0, begin = 0, end = 0;
  };

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

  void find(Matcher& matcher, std::size_t thread) {
    EligibleSweep sweep(search_.plan, matcher.block(), kernels_);
    auto& found = finds_[thread];
    for (;;) {
      auto const first = next_block_.fetch_add(blocks_at_once);
      if (first >= spans_.size()) break;
      for (auto i = first; i < std::min(first + blocks_at_once, spans_.size()); ++i) {
        auto const before = found.size();
        sweep.run(spans_[i].begin, spans_[i].rows, found);
        found_at_[i] = {thread, before, found.size()};
        if (!search_.plan.others.empty()) matcher.run(search_.plan.others, spans_[i].begin, spans_[i].rows);
      }
    }
  }

  // The candidates of each policy, one after the other; rows rise, as blocks do.
  void group() {
    starts_.assign(bound_.plan->policies.size() + 1, 0);
    for (auto const& found : finds_)
      for (auto const& one : found) ++starts_[one.policy + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    rows_.resize(starts_.back());
    auto next = starts_;
    for (auto const& at : found_at_)
      for (auto i = at.begin; i < at.end; ++i) {
        auto const& one = finds_[at.thread][i];
        rows_[next[one.policy]++] = one.row;
      }
  }

  // Policies that most records may meet are matched block by block, where they share what is decoded and computed.
  void set_dense_apart() {
    for (std::uint32_t policy = 0; policy + 1 < starts_.size(); ++policy)
      if (static_cast<std::int64_t>(candidates(policy).size()) * dense_share > batch_.row_count)
        dense_.push_back(policy);
  }

  std::span<std::uint32_t const> candidates(std::uint32_t policy) const {
    return {rows_.data() + starts_[policy], starts_[policy + 1] - starts_[policy]};
  }

  void match_dense(Matcher& matcher) {
    for (;;) {
      auto const first = next_dense_block_.fetch_add(blocks_at_once);
      if (first >= spans_.size()) return;
      for (auto i = first; i < std::min(first + blocks_at_once, spans_.size()); ++i)
        matcher.run(dense_, spans_[i].begin, spans_[i].rows);
    }
  }

  void conclude(Matcher& matcher) {
    auto const policies = static_cast<std::uint32_t>(starts_.size() - 1);
    for (;;) {
      auto const first = next_policy_.fetch_add(policies_at_once);
      if (first >= policies) return;
      for (auto policy = first; policy < std::min(first + policies_at_once, policies); ++policy) {
        auto const rows = candidates(policy);
        if (rows.empty() || std::binary_search(dense_.begin(), dense_.end(), policy)) continue;
        auto const& rest = search_.plan.rests[policy];
        std::span const conditions(search_.plan.conditions.data() + rest.conditions_begin,
                                   rest.conditions_end - rest.conditions_begin);
        matcher.conclude(policy, conditions, rows);
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
  std::vector<std::vector<Candidate>> finds_;  // by thread
  std::vector<Found> found_at_;                // by span
  std::vector<std::size_t> starts_;            // by policy: its first in `rows_`
  std::vector<std::uint32_t> rows_;
  std::atomic<std::size_t> next_block_{0};
  std::vector<std::uint32_t> dense_;  // policies, rising
  std::atomic<std::uint32_t> next_policy_{0};
  std::atomic<std::size_t> next_dense_block_{0};
};

}  // namespace

std::shared_ptr<EligibleSearch const> prepare_search(BoundPlan const& bound, plan::Ref<plan::Relation> subject,
                                                     columns::Batch const& batch) {
  auto search = std::make_shared<EligibleSearch>();
  search->tests = make_atom_tests(bound, subject);
  search->plan = make_eligible_plan(bound, search->tests, subject, batch);
  return search;
}

MatchedTable match_eligible(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native,
                            MatchOptions const& options, plan::Ref<plan::Relation> subject) {
  auto const made = options.search == nullptr ? prepare_search(bound, subject, batch) : nullptr;
  return Search(bound, batch, native, options, subject, options.search != nullptr ? *options.search : *made).run();
}

}  // namespace huiyu::engine
