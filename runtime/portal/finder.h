#pragma once

// One record against all policies of an index.

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/columns/outcome.h"
#include "runtime/engine/block.h"
#include "runtime/engine/formulas.h"
#include "runtime/explain/findings.h"
#include "runtime/portal/index.h"

namespace huiyu::portal {

// One for each thread; its memory stays, so a request allocates next to nothing.
class Finder {
 public:
  // `native` may be null: formulas are interpreted. All must outlive the finder.
  Finder(Index const& index, engine::BoundPlan const& bound, engine::FunctionTable const* native = nullptr);

  // What the record is certainly eligible for, with what follows from it, by position in the plan: as a full match
  // lists it, before any settlement. The batch has the subject's layout. Good until the next call.
  std::vector<PairOutcome> const& find(columns::Batch const& batch, std::int64_t row = 0);

 private:
  // The engine on the one row.
  struct Engine {
    engine::Block block;
    engine::Formulas formulas;
    Engine(engine::BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
           engine::FunctionTable const* native);
  };

  void move_to(columns::Batch const& batch, std::int64_t row);
  void code();
  void scan(Index::Place const& place);
  // Whether what codes do not say certainly holds, too.
  bool fits(std::uint32_t position);
  bool certain(plan::Ref<plan::Condition> condition);
  // A policy that may be left to the explanation.
  void judge(std::uint32_t position);
  void conclude(std::uint32_t position);
  explain::Record record() const;

  Index const& index_;
  engine::BoundPlan const& bound_;
  plan::Plan const& plan_;
  engine::FunctionTable const* native_;
  std::unique_ptr<Engine> engine_;
  columns::Batch const* batch_ = nullptr;
  std::int64_t row_ = 0;
  std::vector<genes::Code> codes_;         // by slot
  std::vector<std::uint32_t> candidates_;  // policies of which all tests of codes hold
  std::vector<std::int64_t> const first_row_{0};
  std::vector<PairOutcome> found_;
};

}  // namespace huiyu::portal
