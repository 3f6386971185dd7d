#pragma once

// One record against all policies of an index.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "runtime/columns/outcome.h"
#include "runtime/engine/block.h"
#include "runtime/engine/formulas.h"
#include "runtime/explain/findings.h"
#include "runtime/explain/judge.h"
#include "runtime/plan/state.h"
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

  // The same, without what has to be put into words: parts, shares, alerts, classes, what an unknown sum lacks.
  struct Award {
    std::uint32_t policy = 0;  // position in the plan
    std::optional<std::int64_t> amount_fen;
  };
  std::vector<Award> const& awards(columns::Batch const& batch, std::int64_t row = 0);

 private:
  // The engine on the one row.
  struct Engine {
    engine::Block block;
    engine::Formulas formulas;
    Engine(engine::BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
           engine::FunctionTable const* native);
  };

  // Leaves in `candidates_` whoever may fit, by position.
  void search(columns::Batch const& batch, std::int64_t row);
  void code();
  void scan();
  // The engine, on the record of this search.
  Engine& engine();
  // Whether what codes do not say certainly holds, too.
  bool fits(std::uint32_t position);
  bool certain(std::uint32_t rest);
  bool certain_linear(RestNode const& node) const;
  bool certain_tag(RestNode const& node) const;
  // What of a candidate needs no more looking at: all that it demands, but of one that is left to the explanation
  // nothing. None: it does not fit.
  std::optional<explain::Decided> decided(std::uint32_t position);

  // What a policy that fits pays, as far as formulas say.
  struct Sum {
    std::uint8_t stands = state::known;
    std::optional<std::int64_t> fen;  // none: it pays nothing
    engine::Amounts const* amounts = nullptr;
  };
  // Nothing: what follows is no sum.
  std::optional<Sum> sum_of(std::uint32_t position);
  void award(std::uint32_t position);
  void conclude(std::uint32_t position);
  void state_sum(std::uint32_t position, Sum const& sum);
  std::optional<PairOutcome> labelled(std::uint32_t position, explain::Decided decided) const;
  explain::Record record() const;

  Index const& index_;
  engine::BoundPlan const& bound_;
  plan::Plan const& plan_;
  engine::AtomTests const& tests_;
  engine::FunctionTable const* native_;
  std::unique_ptr<Engine> engine_;
  columns::Batch const* batch_ = nullptr;
  std::int64_t row_ = 0;
  bool engine_is_here_ = false;            // … at the record of this search
  std::vector<genes::Code> codes_;         // by slot
  std::vector<std::uint32_t> hits_;        // entries of which the first test holds, and room
  std::vector<std::uint32_t> candidates_;  // policies of which all tests of codes hold
  std::vector<std::int64_t> const first_row_{0};
  Payments::Registers registers_;
  std::vector<PairOutcome> found_;
  std::vector<Award> awards_;
};

}  // namespace huiyu::portal
