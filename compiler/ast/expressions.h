#pragma once

// What an expression may be.

#include <optional>
#include <string>
#include <variant>

#include "compiler/ast/ladders.h"
#include "compiler/ast/operators.h"
#include "compiler/source/span.h"

namespace huiyu::ast {

using ExprKind =
    std::variant<Hole, Literal, Reference, Negate, Arithmetic, Not, Logic, Bounded, Compare, Relation, Membership,
                 InRange, Range, Since, Call, EveryPeriod, Pick, ExcessPart, Bracket, Cap, Round, WhenPart, EachFull,
                 Shift, FullPeriod, Default, NextYear, YearCount, Ladder, Table, Quantified>;
struct Expr {
  ExprKind kind;
  Span span;
  std::optional<std::string> citation;  // 依据 on a conjunct
};

}  // namespace huiyu::ast
