#include "runtime/engine/eligible_match.h"

#include <algorithm>
#include <atomic>
#include <map>

#include "runtime/engine/eligible_sweep.h"
#include "runtime/engine/match_threads.h"
#include "runtime/engine/row_order.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

// Blocks that a thread takes at once, and policies.
constexpr std::size_t blocks_at_once = 8;
constexpr std::uint32_t policies_at_once = 16;
constexpr std::size_t rows_at_once = 4096;
// Pairs that a thread finds before it concludes them: what is kept of them is bounded, and each policy has rows enough.
constexpr std::size_t most_candidates = std::size_t{1} << 21;
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

// What one thread found since it last concluded, by policy; of each policy rows rise.
class Found {
 public:
  void put(std::vector<Candidate> const& candidates, std::size_t policies) {
    starts_.assign(policies + 1, 0);
    for (auto const& one : candidates) ++starts_[one.policy + 1];
    for (std::size_t policy = 0; policy < policies; ++policy) starts_[policy + 1] += starts_[policy];
    rows_.resize(candidates.size());
    next_ = starts_;
    for (auto const& one : candidates) rows_[next_[one.policy]++] = one.row;
  }
  std::span<std::uint32_t> of(std::uint32_t policy) {
    return std::span(rows_).subspan(starts_[policy], starts_[policy + 1] - starts_[policy]);
  }

 private:
  std::vector<std::size_t> starts_, next_;  // by policy, and the end: in `rows`
  std::vector<std::uint32_t> rows_;
};

class Search {
 public:
  Search(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native, MatchOptions const& options,
         plan::Ref<plan::Relation> subject, EligibleSearch const& search, std::span<std::int64_t const> order)
      : bound_(bound),
        batch_(batch),
        native_(native),
        options_(options),
        subject_(subject),
        search_(search),
        order_(order),
        kernels_(options.kernels != nullptr ? *options.kernels : genes::kernels()) {}

  MatchedTable run() {
    spans_ = sweep_spans(search_.plan, batch_);
    auto const pieces = static_cast<std::int64_t>((spans_.size() + blocks_at_once - 1) / blocks_at_once);
    std::vector<std::unique_ptr<Matcher>> matchers(thread_count(options_.threads, pieces));
    found_.resize(matchers.size());
    run_threads(matchers.size(), [&](std::size_t thread) {
      matchers[thread] = std::make_unique<Matcher>(bound_, batch_, subject_, native_, kernels_, listing());
      find(*matchers[thread], found_[thread]);
    });
    run_threads(matchers.size(), [&](std::size_t thread) { conclude_shared(*matchers[thread]); });
    auto result = collect(bound_, matchers, order_);
    keep_wanted(result);
    return result;
  }

 private:
  bool is_wanted(std::uint32_t policy, Outcome outcome) const {
    if (outcome == Outcome::Eligible) return true;
    if (outcome != Outcome::Unknown && outcome != Outcome::Error) return false;
    return !search_.undecided_of.empty() && search_.undecided_of[policy];
  }
  Listing listing() const {
    auto list = Listing::none();
    for (auto outcome : {Outcome::Eligible, Outcome::Unknown, Outcome::Error})
      list.wanted[static_cast<std::size_t>(outcome)] =
          options_.list.lists(outcome) && (outcome == Outcome::Eligible || !search_.undecided_of.empty());
    return list;
  }
  // Policies that are asked for all outcomes told more than is wanted; so does one whose class is missing.
  void keep_wanted(MatchedTable& result) const {
    for (std::uint32_t policy = 0; policy < result.policies.size(); ++policy)
      for (std::size_t i = 0; i < result.policies[policy].outcomes.size(); ++i)
        if (!is_wanted(policy, static_cast<Outcome>(i))) result.policies[policy].outcomes[i] = 0;
    if (!search_.undecided_of.empty())
      result.listed.rows.keep_if([&](OutcomeRow const& row) { return is_wanted(row.policy, row.outcome); });
  }

  // Rows whose place in 适用 is not certain either way.
  void add_perhaps_applying(Block& block, Candidates& found, std::int64_t begin) const {
    std::vector<std::uint64_t> words(static_cast<std::size_t>(block.words() * plane_count));
    auto const planes = planes_at(words.data(), block.words());
    for (auto const& [condition, policies] : search_.applies) {
      block.condition(condition, planes);
      for (std::int64_t word = 0; word < block.words(); ++word) planes.maybe[word] &= ~planes.yes[word];
      if (!any(planes.maybe, block.words())) continue;
      for (auto policy : policies)
        if (!found.has_block(policy)) found.add_rows(policy, begin, planes.maybe, block.words());
    }
  }

  // Where records are sorted by place those of the first one say nothing of the others.
  bool is_of_one_place() const {
    auto const place = search_.plan.partition;
    if (place < 0 || batch_.row_count == 0) return true;
    auto const& column = batch_.columns[static_cast<std::size_t>(place)];
    return column.at(0) == column.at(batch_.row_count - 1);
  }

  // Policies that most records may meet are concluded where they are found, and share what is decoded and computed.
  // What is left in `by_policy` is not concluded yet.
  void find(Matcher& matcher, Found& by_policy) {
    auto const least_seen = is_of_one_place() ? 0 : batch_.row_count;
    EligibleSweep sweep(search_.plan, matcher.block(), kernels_, least_seen);
    EligibleSweep possible(search_.possible, matcher.block(), kernels_, least_seen, SweepFor::Possible);
    bool const finds_possible = !search_.undecided_of.empty();
    Candidates found, perhaps;
    for (;;) {
      auto const first = next_block_.fetch_add(blocks_at_once);
      if (first >= spans_.size()) break;
      for (auto i = first; i < std::min(first + blocks_at_once, spans_.size()); ++i) {
        auto const [begin, rows] = spans_[i];
        matcher.start(begin, rows);
        sweep.run(begin, rows, found);
        for (auto const& block : found.blocks)
          if (conditions(block.policy).empty() && reads_facts_alone(block.policy))
            found.add_rows(block.policy, begin, block.rows.words, genes::sweep_words);
          else
            matcher.conclude(block.policy, conditions(block.policy), block.rows.words);
        matcher.run(search_.plan.others);
        if (!finds_possible) continue;
        possible.run(begin, rows, perhaps);
        add_perhaps_applying(matcher.block(), perhaps, begin);
        for (auto const& block : perhaps.blocks) matcher.run(std::span(&block.policy, 1));
        matcher.run(search_.possible.others);
      }
      if (found.rows.size() + perhaps.rows.size() < most_candidates) continue;
      put(found.rows, perhaps.rows, by_policy);
      for (std::uint32_t policy = 0; policy < bound_.plan->policies.size(); ++policy)
        conclude(matcher, policy, by_policy.of(policy));
    }
    put(found.rows, perhaps.rows, by_policy);
  }
  void put(std::vector<Candidate>& found, std::vector<Candidate>& perhaps, Found& by_policy) const {
    found.insert(found.end(), perhaps.begin(), perhaps.end());
    by_policy.put(found, bound_.plan->policies.size());
    found.clear(), perhaps.clear();
  }

  // Whether nothing of what a policy concludes is computed for other policies too: then blocks share nothing.
  bool reads_facts_alone(std::uint32_t position) const {
    auto const& plan = *bound_.plan;
    auto const& policy = plan.policies[position];
    auto const parts = plan::rows_of(policy.parts, plan.parts);
    auto const reads_facts = [&](plan::Ref<plan::Use> ref) {
      if (!ref.has_value()) return true;
      auto const inputs = plan::rows_of(plan.uses[ref.index].inputs, plan.use_inputs);
      return std::all_of(inputs.begin(), inputs.end(), [&](plan::UseInput const& input) {
        return !input.column.has_value() || plan.columns[input.column.index].role == plan::ColumnRole::Input;
      });
    };
    return policy.alerts.count == 0 && !policy.value.has_value() && reads_facts(policy.total) &&
           std::all_of(parts.begin(), parts.end(),
                       [&](plan::Part const& part) { return !part.when.has_value() && reads_facts(part.amount); });
  }

  // Whether a policy's candidates are asked for all outcomes.
  bool asks_all(std::uint32_t policy) const { return !search_.undecided_of.empty() && search_.undecided_of[policy]; }

  std::span<plan::Ref<plan::Condition> const> conditions(std::uint32_t policy) const {
    auto const& asked = search_.plan.conditions_of[policy];
    return std::span(search_.plan.conditions).subspan(asked.begin, asked.end - asked.begin);
  }

  // What all threads have left, each policy by one of them.
  void conclude_shared(Matcher& matcher) {
    auto const policies = static_cast<std::uint32_t>(bound_.plan->policies.size());
    std::vector<std::uint32_t> room;
    for (;;) {
      auto const first = next_policy_.fetch_add(policies_at_once);
      if (first >= policies) return;
      for (auto policy = first; policy < std::min(first + policies_at_once, policies); ++policy)
        conclude(matcher, policy, gathered(policy, room));
    }
  }

  // A policy's candidates of all threads, in order.
  std::span<std::uint32_t> gathered(std::uint32_t policy, std::vector<std::uint32_t>& room) {
    std::span<std::uint32_t> all;
    for (auto& found : found_) {
      auto const more = found.of(policy);
      if (all.empty() || more.empty()) {
        if (all.empty()) all = more;
        continue;
      }
      std::vector<std::uint32_t> merged(all.size() + more.size());
      std::merge(all.begin(), all.end(), more.begin(), more.end(), merged.begin());
      room.swap(merged);
      all = room;
    }
    return all;
  }

  void conclude(Matcher& matcher, std::uint32_t policy, std::span<std::uint32_t> rows) {
    if (rows.empty()) return;
    if (asks_all(policy)) {
      std::sort(rows.begin(), rows.end());
      rows = rows.first(static_cast<std::size_t>(std::unique(rows.begin(), rows.end()) - rows.begin()));
    }
    // What formulas compute of some rows stays in the cache.
    for (; !rows.empty(); rows = rows.subspan(std::min(rows_at_once, rows.size()))) {
      matcher.select(rows.first(std::min(rows_at_once, rows.size())));
      if (asks_all(policy))
        matcher.run(std::span(&policy, 1));
      else
        matcher.conclude(policy, conditions(policy));
    }
  }

  BoundPlan const& bound_;
  columns::Batch const& batch_;
  FunctionTable const* native_;
  MatchOptions const& options_;
  plan::Ref<plan::Relation> subject_;
  EligibleSearch const& search_;
  std::span<std::int64_t const> order_;
  genes::Kernels const& kernels_;
  std::vector<SweepSpan> spans_;
  std::vector<Found> found_;  // by thread
  std::atomic<std::size_t> next_block_{0};
  std::atomic<std::uint32_t> next_policy_{0};
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
                                                     columns::Batch const& batch,
                                                     std::vector<bool> const* undecided_of) {
  auto search = std::make_shared<EligibleSearch>();
  bool const asks =
      undecided_of != nullptr && std::find(undecided_of->begin(), undecided_of->end(), true) != undecided_of->end();
  if (!asks) {
    search->plan = make_eligible_plan(bound, subject, batch);
    return search;
  }
  search->undecided_of = *undecided_of;
  auto others = *undecided_of;
  others.flip();
  search->plan = make_eligible_plan(bound, subject, batch, others);
  search->possible = make_eligible_plan(bound, subject, batch, *undecided_of);
  std::map<std::uint32_t, std::vector<std::uint32_t>> applies;
  for (std::uint32_t i = 0; i < bound.plan->policies.size(); ++i) {
    auto const& policy = bound.plan->policies[i];
    bool const is_asked = (*undecided_of)[i] && policy.subject == subject && bound.live[i] != 0;
    if (is_asked && policy.applies.has_value()) applies[policy.applies.index].push_back(i);
  }
  for (auto& [condition, policies] : applies) {
    std::erase_if(policies, [&](std::uint32_t policy) {
      return std::find(search->possible.others.begin(), search->possible.others.end(), policy) !=
             search->possible.others.end();
    });
    if (!policies.empty()) search->applies.push_back({{condition}, std::move(policies)});
  }
  return search;
}

MatchedTable match_eligible(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native,
                            MatchOptions const& options, plan::Ref<plan::Relation> subject) {
  auto const made = options.search == nullptr ? prepare_search(bound, subject, batch, options.undecided_of) : nullptr;
  auto const& search = options.search != nullptr ? *options.search : *made;
  auto const& places = search.undecided_of.empty() ? search.plan : search.possible;
  auto const order = order_by_place(places, batch, options.order_from);
  if (order.empty()) return Search(bound, batch, native, options, subject, search, {}).run();
  return Search(bound, in_order(batch, order, options.threads), native, options, subject, search, order).run();
}

}  // namespace huiyu::engine
