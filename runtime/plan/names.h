#pragma once

// The names of the enumerators, in order; their number is the number of valid values.

#include <span>
#include <string_view>

#include "runtime/plan/plan.h"

namespace huiyu::plan {

using Names = std::span<std::string_view const>;
Names enum_names(RelationKind);
Names enum_names(ValueKind);
Names enum_names(ColumnRole);
Names enum_names(ConstantKind);
Names enum_names(BoundRule);
Names enum_names(Op);
Names enum_names(DerivedKind);
Names enum_names(AtomKind);
Names enum_names(ConditionKind);
Names enum_names(Conclusion);
Names enum_names(CohortMissing);
Names enum_names(CohortOp);
Names enum_names(InstalmentKind);
Names enum_names(SettleKind);
Names enum_names(SettleCut);
Names enum_names(ExplainOp);

// Whether a value read from outside is an enumerator.
template <class Enum> bool is_enumerator(Enum value) {
  return static_cast<std::size_t>(value) < enum_names(value).size();
}

// The enumerator's name; the value must be one.
template <class Enum> std::string_view name_of(Enum value) {
  return enum_names(value)[static_cast<std::size_t>(value)];
}

}  // namespace huiyu::plan
