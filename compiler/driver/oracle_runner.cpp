// The oracle as an engine: the tir interpreter over every record.

#include <algorithm>
#include <utility>

#include "compiler/driver/records.h"
#include "compiler/driver/runners.h"
#include "compiler/driver/schedule.h"
#include "compiler/interpret/interpret.h"
#include "compiler/interpret/population.h"
#include "compiler/interpret/references.h"
#include "compiler/interpret/settle.h"
#include "compiler/interpret/tally.h"
#include "runtime/columns/concatenate.h"

namespace huiyu::driver {

namespace {

class OracleRunner : public Runner {
 public:
  OracleRunner(Project const& project, SchemaId subject, RunInputs inputs)
      : program_(project.program),
        subject_(subject),
        inputs_(std::move(inputs)),
        references_(project.program),
        is_idle_(interpret::Settlement(program_, {subject}).idle()) {
    layout_ = data_layout_ = interpret::layout_of(program_, subject_, inputs_.given_definitions);
    if (auto const* tally = interpret::tally_of(program_, subject_))
      data_layout_ = interpret::layout_of(program_, source_ = tally->source, inputs_.given_definitions);
    for (auto const& policy : program_.policies)
      policies_.push_back(
          {policy.id, policy.name, policy.citation, policy.conclusion == tir::ConclusionKind::Money || policy.allotted,
           policy.conclusion == tir::ConclusionKind::Disposal, !policy.alerts.empty(), schedule_of(policy)});
    for (auto const& policy : program_.policies) asked_.push_back(policy.subject == subject_);
  }

  Result<BatchResult> run(columns::Batch const& batch, bool all) const override {
    BatchResult result;
    result.counts.resize(policies_.size());
    auto pairs = interpret::interpret(program_, subject_, batch, inputs_);
    put_in(result.counts, pairs);
    result.listed = listed(std::move(pairs), all || !is_idle_);
    return result;
  }

  std::vector<columns::RecordLayout> pointed_at() const override {
    std::vector<columns::RecordLayout> layouts;
    for (auto const from : {data_schema(), subject_})
      for (auto const schema : references_.pointed_at(from)) {
        auto layout = interpret::layout_of(program_, schema, inputs_.given_definitions);
        auto const known = std::ranges::find(layouts, layout.schema, &columns::RecordLayout::schema);
        if (known == layouts.end()) layouts.push_back(std::move(layout));
      }
    return layouts;
  }
  void load(columns::RecordLayout const& layout, std::vector<columns::Batch> all) override {
    auto whole = columns::concatenate(std::move(all));
    auto keys = driver::keys_of(whole, layout);
    std::int32_t index = 0;
    for (auto const& schema : program_.schemas) {
      SchemaId const id{index++};
      if (schema.name == layout.schema) return references_.load(id, std::move(whole), std::move(keys));
    }
  }
  void join(columns::Batch& batch) const override { references_.join(data_schema(), batch); }

  bool sees_all() const override { return source_.has_value() || !interpret::Population(program_, subject_).idle(); }
  std::vector<columns::Batch> see(std::vector<columns::Batch> all) const override {
    if (source_.has_value()) {
      rank(source_, data_layout_, all);
      interpret::Tally tally(program_, subject_);
      for (auto const& batch : all) tally.add(batch, driver::keys_of(batch, data_layout_), inputs_);
      all.clear();
      all.push_back(tally.make(inputs_));
      references_.join(subject_, all.back());
    }
    rank(subject_, layout_, all);
    return all;
  }

  bool settles_several() const override {
    return std::ranges::any_of(program_.settles, [&](tir::Settle const& settle) {
      return !settle.subject.has_value() && std::ranges::any_of(settle.members, [&](tir::SettleMember const& member) {
        return program_.policies[member.policy].subject == subject_;
      });
    });
  }
  std::unique_ptr<Settling> settling(bool all, std::span<Runner const* const> together) const override {
    std::vector<SchemaId> subjects{subject_};
    std::int32_t index = 0;
    for (auto const& schema : program_.schemas) {
      auto const is_it = [&](Runner const* other) { return other->layout().schema == schema.name; };
      if (std::ranges::any_of(together, is_it)) subjects.push_back(SchemaId{index});
      ++index;
    }
    return is_idle_ && together.empty() ? nullptr : std::make_unique<OracleSettling>(*this, all, std::move(subjects));
  }

 private:
  SchemaId data_schema() const { return source_.has_value() ? source_ : subject_; }

  void rank(SchemaId schema, columns::RecordLayout const& layout, std::vector<columns::Batch>& all) const {
    interpret::Population population(program_, schema);
    if (population.idle()) return;
    for (auto& batch : all) population.add(batch, driver::keys_of(batch, layout), inputs_);
    population.compute();
  }

  // The oracle keeps everything until the end.
  class OracleSettling : public Settling {
   public:
    OracleSettling(OracleRunner const& runner, bool all, std::vector<SchemaId> subjects)
        : runner_(runner), all_(all), population_(runner.program_, std::move(subjects)) {}

    void add(Runner const& of, columns::Batch const& batch, BatchResult& result) override {
      population_.add(batch, of.keys_of(batch), runner_.inputs_, std::exchange(result.listed, {}).pairs());
    }

    FinalResult finish() override {
      FinalResult result;
      result.change.resize(runner_.policies_.size());
      take_out(result.change, population_.pairs());
      auto pairs = population_.finish();
      put_in(result.change, pairs);
      result.keys = population_.keys();
      result.pools = population_.reports();
      listed_ = runner_.listed(std::move(pairs), all_);
      return result;
    }

    OutcomeTable next() override { return std::exchange(listed_, {}); }

   private:
    OracleRunner const& runner_;
    bool all_;
    interpret::Settlement population_;
    OutcomeTable listed_;
  };

  tir::Program const& program_;
  SchemaId subject_, source_{};  // source: of which a 统计 makes the subject
  RunInputs inputs_;
  interpret::References references_;
  bool is_idle_;  // nothing is settled afterwards
};

}  // namespace

Result<std::unique_ptr<Runner>> make_oracle_runner(Project const& project, RunInputs const& inputs,
                                                   std::string const& subject) {
  auto schema = subject_named(project.program, subject);
  if (!schema) return schema.error();
  return std::unique_ptr<Runner>(std::make_unique<OracleRunner>(project, *schema, inputs));
}

}  // namespace huiyu::driver
