#include "runtime/engine/match.h"

#include <algorithm>
#include <atomic>

#include "runtime/engine/eligible_match.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match_threads.h"
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
    for (std::uint32_t i = 0; i < bound.plan->policies.size(); ++i)
      if (bound.plan->policies[i].subject == subject) policies_.push_back(i);
  }

  MatchedTable run() {
    auto const morsel_rows = block_rows_ * morsel_blocks;
    auto const morsels = (batch_.row_count + morsel_rows - 1) / morsel_rows;
    std::vector<std::unique_ptr<Matcher>> matchers(thread_count(options_.threads, morsels));
    run_threads(matchers.size(), [&](std::size_t thread) {
      auto& matcher = matchers[thread];
      matcher =
          std::make_unique<Matcher>(bound_, batch_, subject_, native_,
                                    options_.kernels != nullptr ? *options_.kernels : genes::kernels(), options_.list);
      work(*matcher);
    });
    return collect(bound_, matchers);
  }

 private:
  void work(Matcher& matcher) {
    auto const morsel_rows = block_rows_ * morsel_blocks;
    for (;;) {
      auto const first = next_.fetch_add(morsel_rows);
      if (first >= batch_.row_count) break;
      auto const end = std::min(first + morsel_rows, batch_.row_count);
      for (auto begin = first; begin < end; begin += block_rows_) {
        matcher.start(begin, std::min(block_rows_, end - begin));
        matcher.run(policies_);
      }
    }
  }

  BoundPlan const& bound_;
  columns::Batch const& batch_;
  FunctionTable const* native_;
  MatchOptions const& options_;
  plan::Ref<plan::Relation> subject_;
  std::vector<std::uint32_t> policies_;  // about the subject
  std::int64_t block_rows_;
  std::atomic<std::int64_t> next_{0};
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
  if (options.eligible_only) return match_eligible(bound, batch, native, options, subject);
  return Run(bound, batch, native, options, subject).run();
}

Result<MatchResult> match(BoundPlan const& bound, columns::Batch const& batch, FunctionTable const* native,
                          MatchOptions const& options) {
  auto matched = match_table(bound, batch, native, options);
  if (!matched) return matched.error();
  return MatchResult{std::move(matched->policies), matched->listed.pairs()};
}

}  // namespace huiyu::engine
