#include "runtime/engine/near_match.h"

#include <algorithm>
#include <atomic>

#include "runtime/engine/eligible_match.h"
#include "runtime/engine/match_threads.h"
#include "runtime/engine/near_judge.h"
#include "runtime/engine/near_sweep.h"
#include "runtime/engine/row_order.h"

namespace huiyu::engine {

using columns::Storage;

struct NearSearch {
  EligiblePlan plan;
  plan::Ref<plan::Relation> subject;
};

namespace {

// Blocks that a thread takes at once, and policies; rows of a policy that are asked at once what no bitmap tells.
constexpr std::size_t blocks_at_once = 8;
constexpr std::uint32_t policies_at_once = 64;
constexpr std::size_t rows_at_once = 8192;
// How many rows ahead facts are fetched.
constexpr std::size_t ahead = 16;

// A row of a policy, and the test that failed so far.
struct Failed {
  std::uint32_t row = 0, member = 0;
  friend bool operator<(Failed const& a, Failed const& b) { return a.row < b.row; }
};

// What one thread found, by policy; of each policy rows rise.
struct Found {
  std::vector<std::size_t> starts;  // by policy, and the end: in `rows`
  std::vector<Failed> rows;

  Found() = default;
  Found(std::vector<NearCandidate> const& candidates, std::size_t policies) : starts(policies + 1, 0) {
    for (auto const& one : candidates) ++starts[one.policy + 1];
    for (std::size_t policy = 0; policy < policies; ++policy) starts[policy + 1] += starts[policy];
    rows.resize(candidates.size());
    auto next = starts;
    for (auto const& one : candidates) rows[next[one.policy]++] = {one.row, one.member};
  }
  std::span<Failed const> of(std::uint32_t policy) const {
    return std::span(rows).subspan(starts[policy], starts[policy + 1] - starts[policy]);
  }
};

class Search {
 public:
  Search(BoundPlan const& bound, columns::Batch const& batch, MatchOptions const& options, NearSearch const& search,
         bool list_rows)
      : bound_(bound),
        plan_(*bound.plan),
        batch_(batch),
        search_(search),
        list_rows_(list_rows),
        kernels_(options.kernels != nullptr ? *options.kernels : genes::kernels()),
        spans_(sweep_spans(search.plan, batch)) {
    auto const pieces = static_cast<std::int64_t>((spans_.size() + blocks_at_once - 1) / blocks_at_once);
    threads_ = std::vector<Thread>(thread_count(options.threads, pieces));
  }

  NearTable run() {
    run_threads(threads_.size(), [&](std::size_t thread) { find(threads_[thread]); });
    run_threads(threads_.size(), [&](std::size_t thread) { conclude(threads_[thread]); });
    NearTable table;
    table.counts.resize(plan_.policies.size());
    std::vector<std::span<NearMiss const>> of(plan_.policies.size());
    for (auto const& thread : threads_) {
      for (std::size_t i = 0; i < table.counts.size(); ++i) table.counts[i] += thread.counts[i];
      for (std::size_t from = 0, to = 0; from < thread.near.size(); from = to) {
        while (to < thread.near.size() && thread.near[to].policy == thread.near[from].policy) ++to;
        of[thread.near[from].policy] = std::span(thread.near).subspan(from, to - from);
      }
    }
    if (threads_.size() == 1) {
      table.rows = std::move(threads_.front().near);
      return table;
    }
    std::size_t all = 0;
    for (auto const& rows : of) all += rows.size();
    table.rows.reserve(all);
    for (auto const& rows : of) table.rows.insert(table.rows.end(), rows.begin(), rows.end());
    return table;
  }

 private:
  struct Thread {
    std::unique_ptr<Block> block;
    std::vector<std::int64_t> counts;
    Found found;
    std::vector<NearMiss> near;  // of some policies all, one after the other
  };

  void find(Thread& thread) {
    thread.block = std::make_unique<Block>(bound_, batch_, search_.subject, nullptr, kernels_);
    NearSweep sweep(search_.plan, *thread.block, kernels_, list_rows_);
    NearJudge judge(explain::Record{plan_, bound_.places, bound_.inputs, batch_, 0});
    std::vector<NearCandidate> judged;
    for (;;) {
      auto const first = next_block_.fetch_add(blocks_at_once);
      if (first >= spans_.size()) break;
      for (auto i = first; i < std::min(first + blocks_at_once, spans_.size()); ++i) {
        auto const [begin, rows] = spans_[i];
        sweep.run(begin, rows);
        for (auto policy : search_.plan.others)
          for (auto row = begin; row < begin + rows; ++row)
            if (auto const member = judge.judge(row, policy))
              judged.push_back({policy, static_cast<std::uint32_t>(row), *member});
      }
    }
    thread.counts = sweep.counts();
    auto candidates = sweep.take_found();
    candidates.insert(candidates.end(), judged.begin(), judged.end());
    thread.found = Found(candidates, plan_.policies.size());
  }

  void conclude(Thread& thread) {
    auto const policies = static_cast<std::uint32_t>(plan_.policies.size());
    std::vector<Failed> rows, room;
    if (list_rows_) thread.near.reserve(thread.found.rows.size());
    for (;;) {
      auto const first = next_policy_.fetch_add(policies_at_once);
      if (first >= policies) return;
      for (auto policy = first; policy < std::min(first + policies_at_once, policies); ++policy) {
        gather(policy, rows, room);
        if (rows.empty()) continue;
        if (search_.plan.tests_of[policy].asks_rows) ask(*thread.block, policy, rows);
        thread.counts[policy] += static_cast<std::int64_t>(rows.size());
        if (list_rows_) list(policy, rows, thread.near);
      }
    }
  }

  // A policy's rows of all threads, in order.
  void gather(std::uint32_t policy, std::vector<Failed>& rows, std::vector<Failed>& room) const {
    rows.clear();
    for (auto const& thread : threads_) {
      auto const more = thread.found.of(policy);
      if (rows.empty() || more.empty() || rows.back() < more.front()) {
        rows.insert(rows.end(), more.begin(), more.end());
        continue;
      }
      room.resize(rows.size() + more.size());
      std::merge(rows.begin(), rows.end(), more.begin(), more.end(), room.begin());
      rows.swap(room);
    }
  }

  // Asks the rows what the sweep did not, and keeps those that one test keeps out.
  void ask(Block& block, std::uint32_t policy, std::vector<Failed>& rows) const {
    std::size_t kept = 0;
    std::vector<std::uint32_t> chosen;
    std::vector<std::uint64_t> words;
    for (std::size_t from = 0; from < rows.size(); from += rows_at_once) {
      auto const asked = std::span(rows).subspan(from, std::min(rows_at_once, rows.size() - from));
      chosen.clear();
      for (auto const& row : asked) chosen.push_back(row.row);
      block.select(chosen);
      std::vector<bool> out(asked.size());
      words.resize(static_cast<std::size_t>(block.words() * plane_count));
      auto const planes = planes_at(words.data(), block.words());
      auto const& tests = search_.plan.tests_of[policy];
      for (auto i = tests.begin; i < tests.end; ++i) {
        auto const& test = search_.plan.tests[i];
        if (test.kind != EligiblePlan::Test::Kind::Condition) continue;
        block.condition({test.of}, planes);
        for (std::size_t row = 0; row < asked.size(); ++row) {
          auto const holds = [&](std::uint64_t const* plane) { return ((plane[row / 64] >> (row % 64)) & 1) != 0; };
          if (holds(planes.yes)) continue;
          if (holds(planes.maybe) || !test.may_fail || asked[row].member != no_member)
            out[row] = true;
          else
            asked[row].member = test.member;
        }
      }
      for (std::size_t row = 0; row < asked.size(); ++row)
        if (!out[row] && asked[row].member != no_member) rows[kept++] = asked[row];
    }
    rows.resize(kept);
  }

  // How far a value is from a comparison of one stated number or date.
  struct Measure {
    columns::Column const* column = nullptr;  // null: the test is none
    std::int64_t low = 0, high = 0;
    bool outside = false;
    std::size_t bytes = 0;  // of a value
  };
  Measure measure(plan::Ref<plan::Condition> ref) const {
    auto const& condition = plan_.conditions[ref.index];
    if (condition.kind != plan::ConditionKind::Literal) return {};
    auto const& test = bound_.atom_tests[search_.subject.index]->tests[condition.atom.index];
    auto const kind = plan_.columns[plan_.atoms[condition.atom.index].column.index].kind;
    if (test.kind != AtomTests::Kind::Inside || (kind != plan::ValueKind::Number && kind != plan::ValueKind::Date))
      return {};
    auto const& column = batch_.columns[test.place];
    auto const bytes = std::size_t{1} << (static_cast<unsigned>(column.storage) - static_cast<unsigned>(Storage::I8));
    return {&column, test.low, test.high, condition.negated != 0, bytes};
  }

  void list(std::uint32_t policy, std::vector<Failed> const& rows, std::vector<NearMiss>& near) const {
    std::vector<Measure> measures;
    for (auto const test : near_members(plan_, plan_.policies[policy]).tests) measures.push_back(measure(test));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      // The facts of a policy's rows lie far apart.
      if (i + ahead < rows.size())
        if (auto const& next = measures[rows[i + ahead].member]; next.column != nullptr)
          __builtin_prefetch(static_cast<char const*>(next.column->values) + rows[i + ahead].row * next.bytes);
      auto const [row, member] = rows[i];
      auto const distance = distance_of(measures[member], row);
      near.push_back({policy, row, member, !distance.has_value(), distance.value_or(0)});
    }
  }

  static std::optional<std::int64_t> distance_of(Measure const& measure, std::uint32_t row) {
    if (measure.column == nullptr) return std::nullopt;
    auto const value = Int128{measure.column->at(row)};
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
    Int128 distance = 0;
    if (!measure.outside) {
      distance = value < measure.low ? measure.low - value : measure.high - value;
    } else {
      auto const down = measure.low - 1 - value, up = measure.high + Int128{1} - value;
      bool const can_fall = measure.low != least, can_rise = measure.high != greatest;
      if (!can_fall && !can_rise) return std::nullopt;
      distance = !can_rise || (can_fall && -down <= up) ? Int128{down} : up;
    }
    if (distance < least || distance > greatest) return std::nullopt;
    return static_cast<std::int64_t>(distance);
  }

  BoundPlan const& bound_;
  plan::Plan const& plan_;
  columns::Batch const& batch_;
  NearSearch const& search_;
  bool list_rows_;
  genes::Kernels const& kernels_;
  std::vector<SweepSpan> spans_;
  std::vector<Thread> threads_;
  std::atomic<std::size_t> next_block_{0};
  std::atomic<std::uint32_t> next_policy_{0};
};

}  // namespace

std::shared_ptr<NearSearch const> prepare_near(BoundPlan const& bound, plan::Ref<plan::Relation> subject,
                                               columns::Batch const& batch) {
  auto search = std::make_shared<NearSearch>();
  search->plan = make_near_plan(bound, subject, batch);
  search->subject = subject;
  return search;
}

NearTable match_near(BoundPlan const& bound, columns::Batch const& batch, MatchOptions const& options,
                     NearSearch const& search, bool list_rows) {
  auto const order = order_by_place(search.plan, batch, options.order_from);
  if (order.empty()) return Search(bound, batch, options, search, list_rows).run();
  auto const moved = in_order(batch, order, options.threads);
  auto table = Search(bound, moved, options, search, list_rows).run();
  for (auto& miss : table.rows) miss.row = static_cast<std::uint32_t>(order[miss.row]);
  std::sort(table.rows.begin(), table.rows.end(), [](NearMiss const& a, NearMiss const& b) {
    return a.policy != b.policy ? a.policy < b.policy : a.row < b.row;
  });
  return table;
}

}  // namespace huiyu::engine
