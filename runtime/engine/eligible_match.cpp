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

// Where the first run of one place ends that is worth a block, else `end`.
std::int64_t end_of_run(columns::Column const& column, std::int64_t begin, std::int64_t end) {
  auto run = begin;
  for (auto row = begin + 1; row < end; ++row) {
    if (column.at(row) == column.at(row - 1)) continue;
    if (row - run >= least_rows) return row;
    run = row;
  }
  return end;
}

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

struct Dense {
  std::uint32_t policy = 0;
  std::vector<std::uint32_t> rows;
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
    spans_ = sweep_spans(search_.plan, batch_);
    auto const pieces = static_cast<std::int64_t>((spans_.size() + blocks_at_once - 1) / blocks_at_once);
    std::vector<std::unique_ptr<Matcher>> matchers(thread_count(options_.threads, pieces));
    found_.resize(matchers.size());
    run_threads(matchers.size(), [&](std::size_t thread) {
      auto list = options_.list.lists(Outcome::Eligible) ? Listing::eligible() : Listing::none();
      matchers[thread] = std::make_unique<Matcher>(bound_, batch_, subject_, native_, kernels_, list);
      found_[thread] = find(*matchers[thread]);
    });
    set_dense_apart();
    std::size_t candidates = 0;
    for (auto const& found : found_) candidates += found.rows.size();
    bool const lists = options_.list.lists(Outcome::Eligible);
    run_threads(matchers.size(), [&](std::size_t thread) {
      if (lists) matchers[thread]->expect(candidates / matchers.size());
      conclude(*matchers[thread]);
      if (!dense_.empty()) conclude_dense(*matchers[thread]);
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
  Found find(Matcher& matcher) {
    EligibleSweep sweep(search_.plan, matcher.block(), kernels_);
    std::vector<Candidate> candidates;
    for (;;) {
      auto const first = next_block_.fetch_add(blocks_at_once);
      if (first >= spans_.size()) break;
      for (auto i = first; i < std::min(first + blocks_at_once, spans_.size()); ++i) {
        sweep.run(spans_[i].begin, spans_[i].rows, candidates);
        if (!search_.plan.others.empty()) matcher.run(search_.plan.others, spans_[i].begin, spans_[i].rows);
      }
    }
    return {candidates, bound_.plan->policies.size()};
  }

  // Policies that most records may meet are concluded block by block, where they share what is decoded and computed.
  void set_dense_apart() {
    is_dense_.assign(bound_.plan->policies.size(), false);
    for (std::uint32_t policy = 0; policy < bound_.plan->policies.size(); ++policy) {
      std::size_t rows = 0;
      for (auto const& found : found_) rows += found.of(policy).size();
      if (static_cast<std::int64_t>(rows) * dense_share <= batch_.row_count) continue;
      is_dense_[policy] = true;
      dense_.push_back({policy, {}});
      gather(policy, dense_.back().rows);
    }
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

  void conclude_dense(Matcher& matcher) {
    for (;;) {
      auto const first = next_dense_block_.fetch_add(blocks_at_once);
      if (first >= spans_.size()) return;
      for (auto i = first; i < std::min(first + blocks_at_once, spans_.size()); ++i) {
        auto const [begin, rows] = spans_[i];
        matcher.start(begin, rows);
        for (auto const& dense : dense_) {
          auto const from = std::lower_bound(dense.rows.begin(), dense.rows.end(), begin);
          auto const to = std::lower_bound(from, dense.rows.end(), begin + rows);
          if (from != to) matcher.conclude(dense.policy, conditions(dense.policy), {from, to});
        }
      }
    }
  }

  void conclude(Matcher& matcher) {
    auto const policies = static_cast<std::uint32_t>(bound_.plan->policies.size());
    std::vector<std::uint32_t> rows;
    for (;;) {
      auto const first = next_policy_.fetch_add(policies_at_once);
      if (first >= policies) return;
      for (auto policy = first; policy < std::min(first + policies_at_once, policies); ++policy) {
        if (is_dense_[policy]) continue;
        gather(policy, rows);
        if (rows.empty()) continue;
        matcher.select(rows);
        matcher.conclude(policy, conditions(policy), rows);
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
  std::vector<SweepSpan> spans_;
  std::vector<Found> found_;  // by thread
  std::atomic<std::size_t> next_block_{0};
  std::vector<Dense> dense_;
  std::vector<bool> is_dense_;  // by policy
  std::atomic<std::uint32_t> next_policy_{0};
  std::atomic<std::size_t> next_dense_block_{0};
};

}  // namespace

std::vector<SweepSpan> sweep_spans(EligiblePlan const& plan, columns::Batch const& batch) {
  std::vector<SweepSpan> spans;
  auto const* column = plan.partition < 0 ? nullptr : &batch.columns[static_cast<std::size_t>(plan.partition)];
  for (std::int64_t begin = 0; begin < batch.row_count;) {
    auto end = std::min(begin + genes::sweep_rows, batch.row_count);
    if (column != nullptr && column->at(begin) != column->at(end - 1)) end = end_of_run(*column, begin, end);
    spans.push_back({begin, end - begin});
    begin = end;
  }
  return spans;
}

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
