// Why one record got its answer: the Plan's explanation, whatever engine gave the answer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/referrer.h"
#include "compiler/driver/results.h"
#include "compiler/driver/together.h"
#include "runtime/columns/batch.h"
#include "runtime/explain/explanation.h"
#include "runtime/explain/places.h"
#include "runtime/settle/references.h"
#include "runtime/settle/settlement.h"

namespace huiyu::driver {

class Explainer : public Referrer {
 public:
  static Result<std::unique_ptr<Explainer>> make(Project const& project, RunInputs const& inputs,
                                                 std::string const& subject);

  columns::RecordLayout const& layout() const { return layout_; }
  columns::RecordLayout const& data_layout() const { return data_layout_; }  // as of a Runner
  std::vector<PolicyName> const& policies() const { return policies_; }
  // Whether the policy is about these records.
  bool asked(std::uint32_t policy) const { return plan_.policies[policy].subject == subject_; }
  // Whether pools or 遴选 over all records may change what is explained of one.
  bool hangs_on_others(std::uint32_t policy) const { return !unsettled_[policy].empty(); }
  // What all records came to (`pair` is of the policy) instead of what this one comes to by itself.
  void take_settled(explain::Explanation& explanation, columns::Batch const& batch, std::int64_t row,
                    PairOutcome pair) const;
  std::vector<columns::RecordLayout> pointed_at() const override;
  void load(columns::RecordLayout const& layout, std::vector<columns::Batch> all) override;
  void join(columns::Batch& batch) const override;
  // As of a Runner.
  bool sees_all() const { return driver::sees_all(together()); }
  std::vector<columns::Batch> see(std::vector<columns::Batch> all) const {
    return driver::see(together(), places_, inputs_, std::move(all));
  }
  explain::Explanation explain(columns::Batch const& batch, std::int64_t row, std::uint32_t policy) const;

 private:
  Together together() const { return {plan_, subject_, source_, layout_, data_layout_, *references_}; }

  plan::Plan plan_;
  plan::Ref<plan::Relation> subject_, source_;
  RunInputs inputs_;
  explain::Places places_;
  columns::RecordLayout layout_, data_layout_;
  std::vector<PolicyName> policies_;
  std::optional<settle::Rules> rules_;
  std::optional<settle::References> references_;
  // By policy: 组合, 预算 and 遴选 over all records, which one record by itself does not settle.
  std::vector<std::vector<std::string>> unsettled_;
};

// Says of parameters and tables that the run gave (--inputs) where their value comes from.
void mark_given(explain::Explanation& explanation, std::vector<std::string> const& names, Language language);

// What outputs say of a plan's policies, by position.
std::vector<PolicyName> policy_names(plan::Plan const& plan);

}  // namespace huiyu::driver
