// Conditions of policies over shared atoms. Private to the folder.
#pragma once

#include "compiler/lower/lowerer.h"

namespace huiyu::lower {

class Conditions {
 public:
  // `place` has one record: the subject.
  Conditions(Lowerer& lowerer, Place const& place) : lowerer_(lowerer), place_(place) {}

  // The condition that an expression states, or its negation; negation reaches down to the atoms.
  plan::Ref<plan::Condition> lower(tir::ExprId id, bool negated = false);
  // All of them, or one of them; none of several gives nothing.
  plan::Ref<plan::Condition> join(plan::ConditionKind kind, std::vector<plan::Ref<plan::Condition>> members);

 private:
  plan::Ref<plan::Condition> constant(bool holds);
  plan::Ref<plan::Condition> literal(plan::Atom const& atom, bool negated);
  plan::Ref<plan::Condition> of_all(plan::ConditionKind kind, std::vector<tir::ExprId> const& operands, bool negated);
  plan::Ref<plan::Condition> of(tir::AtLeastOf const& e, bool negated);
  plan::Ref<plan::Condition> of(tir::Compare const& e, tir::ExprId id, bool negated);
  plan::Ref<plan::Condition> of(tir::BelongsTo const& e, tir::ExprId id, bool negated);
  plan::Ref<plan::Condition> of(tir::SetContains const& e, tir::ExprId id, bool negated);
  std::optional<plan::Ref<plan::Condition>> text_is(tir::Compare const& e, bool negated);
  // A truth computed for each record, and an atom that it holds.
  plan::Ref<plan::Condition> computed(tir::ExprId id, bool negated);

  Lowerer& lowerer_;
  Place const& place_;
};

}  // namespace huiyu::lower
