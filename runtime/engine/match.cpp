#include "runtime/engine/match.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "runtime/engine/layout.h"
#include "runtime/engine/matcher.h"

namespace huiyu::engine {
namespace {

// Blocks that a thread takes at once.
constexpr std::int64_t morsel_blocks = 16;

class Run {
 public:
  Run(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native, MatchOptions const& options,
      plan::Ref<plan::Relation> subject)
      : bound_(bound),
        batch_(batch),
        native_(native),
        options_(options),
        subject_(subject),
        block_rows_(std::max<std::int64_t>(options.block_rows, 1)) {
    result_.policies.resize(bound.plan->policies.size());
  }

  MatchedTable run() {
    auto const morsel_rows = block_rows_ * morsel_blocks;
    auto const morsels = (batch_.row_count + morsel_rows - 1) / morsel_rows;
    auto const threads =
        static_cast<std::size_t>(std::clamp<std::int64_t>(options_.threads, 1, std::max<std::int64_t>(morsels, 1)));
    shares_.resize(threads);
    if (threads == 1) {
      work(shares_[0]);
    } else {
      std::vector<std::thread> workers;
      for (auto& share : shares_) workers.emplace_back([this, &share] { work(share); });
      for (auto& worker : workers) worker.join();
    }
    return collect();
  }

 private:
  struct Share {
    std::vector<PolicyCounts> counts;
    OutcomeCollector listed;
    std::chrono::nanoseconds explaining{};
  };

  void work(Share& share) {
    Matcher matcher(bound_, batch_, subject_, native_, options_.list);
    auto const morsel_rows = block_rows_ * morsel_blocks;
    for (;;) {
      auto const first = next_.fetch_add(morsel_rows);
      if (first >= batch_.row_count) break;
      auto const end = std::min(first + morsel_rows, batch_.row_count);
      for (auto begin = first; begin < end; begin += block_rows_)
        matcher.run(begin, std::min(block_rows_, end - begin));
    }
    share.counts = matcher.counts();
    share.listed = matcher.take_listed();
    share.explaining = matcher.explaining();
  }

  MatchedTable collect() {
    std::vector<OutcomeCollector> listed;
    for (auto& share : shares_) {
      for (std::size_t i = 0; i < share.counts.size(); ++i) {
        auto& total = result_.policies[i];
        for (std::size_t k = 0; k < total.outcomes.size(); ++k) total.outcomes[k] += share.counts[i].outcomes[k];
        total.pending += share.counts[i].pending;
        total.sum_fen += share.counts[i].sum_fen;
      }
      listed.push_back(std::move(share.listed));
      result_.explaining = std::max(result_.explaining, share.explaining);
    }
    result_.listed = OutcomeCollector::join(std::move(listed), result_.policies.size(), batch_.row_count);
    return std::move(result_);
  }

  BoundPlan const& bound_;
  columns::Batch const& batch_;
  FunctionTable const* native_;
  MatchOptions const& options_;
  plan::Ref<plan::Relation> subject_;
  std::int64_t block_rows_;
  std::atomic<std::int64_t> next_{0};
  std::vector<Share> shares_;
  MatchedTable result_;
};

}  // namespace

Result<MatchedTable> match_table(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native,
                                 MatchOptions const& options) {
  auto subject = options.subject;
  if (!subject.has_value()) {
    auto found = only_subject(*bound.plan);
    if (!found) return found.error();
    subject = *found;
  }
  if (batch.columns.size() != bound.places.of_relation[subject.index].size())
    return Error{ErrorKind::Data, "the records have " + std::to_string(batch.columns.size()) +
                                      " columns, the rules read " +
                                      std::to_string(bound.places.of_relation[subject.index].size())};
  return Run(bound, batch, native, options, subject).run();
}

Result<MatchResult> match(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native,
                          MatchOptions const& options) {
  auto matched = match_table(bound, batch, native, options);
  if (!matched) return matched.error();
  return MatchResult{std::move(matched->policies), matched->listed.pairs()};
}

}  // namespace huiyu::engine
