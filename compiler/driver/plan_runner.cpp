// The runtime's engine over a project's Plan, with native code where asked for.

#include <algorithm>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "compiler/driver/background_code.h"
#include "compiler/driver/explainer.h"
#include "compiler/driver/native_module.h"
#include "compiler/driver/runners.h"
#include "compiler/driver/subjects.h"
#include "compiler/driver/together.h"
#include "runtime/engine/bind.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/engine/near_match.h"
#include "runtime/engine/near_words.h"
#include "runtime/settle/references.h"
#include "runtime/settle/settlement.h"
#include "runtime/settle/tallies.h"

namespace huiyu::driver {

namespace {

// `sign`: 1 puts the rows in, −1 takes them out.
void count(std::vector<OutcomeRow> const& rows, int sign, std::vector<PolicyCount>& counts) {
  for (auto const& row : rows) {
    auto& of = counts[row.policy];
    switch (row.outcome) {
      case Outcome::Eligible: of.eligible += sign; break;
      case Outcome::Ineligible: of.ineligible += sign; break;
      case Outcome::Unknown: of.unknown += sign; break;
      case Outcome::NotApplicable: of.not_applicable += sign; break;
      case Outcome::Error: of.error += sign; break;
    }
    if (row.outcome == Outcome::Eligible && row.needs != 0) of.pending += sign;
    if (row.has_amount) of.sum_fen += sign * row.amount_fen;
  }
}

class PlanRunner : public Runner {
 public:
  static Result<std::unique_ptr<Runner>> make(plan::Plan plan, RunInputs const& inputs, NativeCode native, int jobs,
                                              std::string const& schema) {
    auto runner = std::make_unique<PlanRunner>();
    if (jobs > 0) runner->threads_ = jobs;
    runner->plan_ = std::move(plan);
    auto subject = subject_named(runner->plan_, schema);
    if (!subject) return subject.error();
    auto layout = engine::layout_of(runner->plan_, *subject, inputs.given_definitions);
    if (!layout) return layout.error();
    runner->layout_ = runner->data_layout_ = std::move(*layout);
    runner->source_ = settle::source_of(runner->plan_, *subject);
    if (runner->source_.has_value()) {
      auto data = engine::layout_of(runner->plan_, runner->source_, inputs.given_definitions);
      if (!data) return data.error();
      runner->data_layout_ = std::move(*data);
    }
    auto bound = engine::bind(runner->plan_, inputs);
    if (!bound) return bound.error();
    runner->bound_ = std::move(*bound);
    if (native == NativeCode::Always)
      if (auto compiled = runner->compile(); !compiled) return compiled.error();
    if (native == NativeCode::InBackground) runner->background_.emplace(runner->plan_);
    runner->policies_ = policy_names(runner->plan_);
    runner->subject_ = *subject;
    for (auto const& policy : runner->plan_.policies) runner->asked_.push_back(policy.subject == *subject);
    runner->rules_.emplace(runner->plan_, *subject);
    runner->references_.emplace(runner->plan_, runner->bound_.places);
    return std::unique_ptr<Runner>(std::move(runner));
  }

  // In one thread: callers match several batches at once (match_ahead.h).
  Result<BatchResult> run(columns::Batch const& batch, bool all) const override {
    engine::MatchOptions options;
    options.subject = subject_;
    options.list = all ? engine::Listing::all() : rules_->idle() ? engine::Listing::eligible() : undecided_too;
    if (eligible_alone_ && !all) {
      // The first batch that comes is as good as any.
      std::call_once(search_made_, [&] { search_ = engine::prepare_search(bound_, subject_, batch, &undecided_of_); });
      options.eligible_only = true;
      if (lists_undecided_) options.list = undecided_too;
      options.search = search_.get();
    }
    auto matched = engine::match_table(bound_, batch, kernels(), options);
    if (!matched) return matched.error();
    BatchResult result;
    for (auto const& policy : matched->policies)
      result.counts.push_back({policy.of(Outcome::Eligible), policy.of(Outcome::Ineligible),
                               policy.of(Outcome::Unknown), policy.of(Outcome::NotApplicable),
                               policy.of(Outcome::Error), policy.pending, policy.sum_fen});
    result.listed = std::move(matched->listed);
    result.explaining = matched->explaining;
    if (near_ != Near::No) add_near(batch, result);
    return result;
  }
  int threads() const override { return threads_; }
  bool count_eligible_alone() override { return eligible_alone_ = rules_->idle(); }

  void count_undecided(std::vector<bool> of, bool list) override {
    undecided_of_ = std::move(of);
    lists_undecided_ = list;
  }
  bool find_near(bool list) override {
    near_ = list ? Near::Listed : Near::Counted;
    return true;
  }

  std::vector<columns::RecordLayout> pointed_at() const override {
    return driver::pointed_at(together(), bound_.places);
  }
  void load(columns::RecordLayout const& layout, std::vector<columns::Batch> all) override {
    driver::load(plan_, *references_, layout, std::move(all));
  }
  void join(columns::Batch& batch) const override { driver::join(together(), batch); }

  bool sees_all() const override { return driver::sees_all(together()); }
  std::vector<columns::Batch> see(std::vector<columns::Batch> all) const override {
    return driver::see(together(), bound_.places, bound_.inputs, std::move(all));
  }

  bool settles_several() const override { return rules_->joins_several(); }
  std::unique_ptr<Settling> settling(bool all, std::span<Runner const* const> together) const override {
    return rules_->idle() && together.empty() ? nullptr : std::make_unique<PlanSettling>(*this, all, together);
  }

 private:
  Together together() const { return {plan_, subject_, source_, layout_, data_layout_, *references_}; }

  class PlanSettling : public Settling {
   public:
    PlanSettling(PlanRunner const& runner, bool all, std::span<Runner const* const> together)
        : runner_(runner), rules_(*runner.rules_), all_(all) {
      std::vector<plan::Ref<plan::Relation>> subjects;
      for (auto const* other : together)
        if (auto const relation = engine::find_relation(runner.plan_, other->layout().schema); relation)
          subjects.push_back(*relation);
      if (!subjects.empty()) rules_ = settle::Rules(runner.plan_, subjects);
      if (rules_.across_records()) population_.emplace(rules_);
    }

    void add(Runner const& of, columns::Batch const& batch, BatchResult& result) override {
      auto listed = std::exchange(result.listed, {});
      if (population_) return take(*population_, of, batch, std::move(listed));
      settle::Population now(rules_);
      take(now, of, batch, std::move(listed));
      settle(now, result.counts);
      result.listed = now.take(static_cast<std::size_t>(-1));
    }

    FinalResult finish() override {
      FinalResult result;
      result.change.resize(runner_.policies_.size());
      if (!population_) return result;
      settle(*population_, result.change);
      result.pools = population_->reports();
      result.keys = population_->keys();
      return result;
    }

    OutcomeTable next() override { return population_ ? population_->take(rows_at_once) : OutcomeTable(); }

   private:
    // Columns have the same places with all runners, whose rules are the same.
    void take(settle::Population& population, Runner const& of, columns::Batch const& batch,
              OutcomeTable listed) const {
      population.add(batch, of.keys_of(batch), runner_.bound_.places, runner_.bound_.inputs, std::move(listed));
    }
    // The counts are changed from what its pairs were to what they are.
    void settle(settle::Population& population, std::vector<PolicyCount>& counts) const {
      count(population.rows(), -1, counts);
      population.settle();
      count(population.rows(), 1, counts);
      population.list(all_);
    }

    static constexpr std::size_t rows_at_once = 65'536;

    PlanRunner const& runner_;
    settle::Rules rules_;
    bool all_;
    std::optional<settle::Population> population_;  // where pairs of several records hang together
  };

  static constexpr engine::Listing undecided_too{{true, false, true, false, true}};

  void add_near(columns::Batch const& batch, BatchResult& result) const {
    std::call_once(near_made_, [&] { near_search_ = engine::prepare_near(bound_, subject_, batch); });
    auto near = engine::match_near(bound_, batch, {}, *near_search_, near_ == Near::Listed);
    result.near_counts = std::move(near.counts);
    engine::NearWords words(plan_);
    OutcomeCollector collected;
    std::uint32_t policy = 0, member = 0, place = 0;  // of the last test; 0: there is none
    for (auto const& miss : near.rows) {
      if (place == 0 || miss.policy != policy || miss.member != member) {
        policy = miss.policy, member = miss.member;
        place = collected.place_of_needs({words.test(policy, member)});
      }
      auto const far =
          words.distance(miss, {plan_, bound_.places, bound_.inputs, batch, static_cast<std::int64_t>(miss.row)});
      OutcomeRow row;
      row.row = miss.row, row.policy = miss.policy, row.outcome = Outcome::Ineligible;
      row.needs = place;
      row.value = far.empty() ? 0 : collected.place_of_value(far);
      collected.add(row);
    }
    std::vector<OutcomeCollector> all;
    all.push_back(std::move(collected));
    result.near = OutcomeCollector::join(std::move(all), plan_.policies.size());
  }

  Result<void> compile() {
    auto module = native_module();
    if (!module) return module.error();
    auto code = (*module)->compile(plan_, {});
    if (!code) return code.error();
    native_ = std::move(*code);
    return {};
  }

  engine::FunctionTable const* kernels() const { return background_ ? background_->functions() : native_.functions; }

  plan::Plan plan_;
  plan::Ref<plan::Relation> subject_, source_;  // source: of which a 统计 makes the subject; none: data state it
  engine::BoundPlan bound_;
  jit::LoadedCode native_;
  std::optional<BackgroundCode> background_;
  std::optional<settle::Rules> rules_;
  std::optional<settle::References> references_;
  bool eligible_alone_ = false, lists_undecided_ = false;
  std::vector<bool> undecided_of_;  // by policy; empty: of none
  enum class Near : std::uint8_t { No, Counted, Listed };
  Near near_ = Near::No;
  mutable std::once_flag near_made_;
  mutable std::shared_ptr<engine::NearSearch const> near_search_;
  mutable std::once_flag search_made_;
  mutable std::shared_ptr<engine::EligibleSearch const> search_;
  int threads_ = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
};

}  // namespace

Result<std::unique_ptr<Runner>> make_plan_runner(plan::Plan plan, RunInputs const& inputs, NativeCode native, int jobs,
                                                 std::string const& subject) {
  return PlanRunner::make(std::move(plan), inputs, native, jobs, subject);
}

}  // namespace huiyu::driver
