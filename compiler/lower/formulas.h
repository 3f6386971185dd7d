// Amounts in 分 and concluded values of one policy. Private to the folder.
#pragma once

#include <span>

#include "compiler/lower/expressions.h"

namespace huiyu::lower {

class Formulas {
 public:
  Formulas(Lowerer& lowerer, Place const& place) : lowerer_(lowerer), place_(place) {}

  // A named item: its own caps (where an item has any), rounded to 分; undecided below 0 or past 64 bits.
  plan::Ref<plan::Use> part(tir::ExprId amount, bool own_caps = true);
  // The one unnamed amount: rounded once, after the policy's caps.
  plan::Ref<plan::Use> single(tir::ExprId amount, std::span<tir::PolicyCap const> caps);
  // The parts added, then the policy's caps.
  plan::Ref<plan::Use> total(std::size_t part_count, std::span<tir::PolicyCap const> caps);
  // The column of a concluded class or figure.
  plan::Ref<plan::Column> value(tir::ExprId value);

 private:
  Number item(Expressions& expressions, tir::ExprId amount);
  Number capped(Expressions& expressions, Number amount, bool at_most, tir::ExprId bound);
  plan::Ref<plan::Use> payable(Expressions& expressions, Code const& code, Number amount);

  Lowerer& lowerer_;
  Place const& place_;
};

}  // namespace huiyu::lower
