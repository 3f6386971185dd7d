#include "runtime/plan/names.h"

#include <array>

namespace huiyu::plan {
namespace {

// Holds the names to the enumeration: the last enumerator must be the last name.
template <auto Last, std::size_t Count>
constexpr std::array<std::string_view, Count> names(std::string_view const (&list)[Count]) {
  static_assert(static_cast<std::size_t>(Last) + 1 == Count, "a name is missing or too many");
  std::array<std::string_view, Count> all{};
  for (std::size_t i = 0; i < Count; ++i) all[i] = list[i];
  return all;
}

constexpr auto relation_kinds = names<RelationKind::Set>({"Root", "List", "Series", "Set"});
constexpr auto value_kinds =
    names<ValueKind::Quotient>({"Truth", "Number", "Date", "Year", "Month", "Code", "Enumeration", "Text", "CreditCode",
                                "List", "Set", "Quotient"});
constexpr auto column_roles = names<ColumnRole::Derived>({"Input", "Derived"});
constexpr auto constant_kinds =
    names<ConstantKind::Text>({"Literal", "Parameter", "AsOfDay", "AsOfMonth", "ApplicationYear", "Given", "Undecided",
                               "ClassSet", "Computed", "Text"});
constexpr auto bound_rules = names<BoundRule::Below>({"Exact", "Floor", "Ceiling", "Above", "Below"});
constexpr auto ops = names<Op::MonthOf>({"Input",
                                         "Constant",
                                         "Add",
                                         "Subtract",
                                         "Multiply",
                                         "Negate",
                                         "Absolute",
                                         "Minimum",
                                         "Maximum",
                                         "Sign",
                                         "ScaleUp",
                                         "DivideRound",
                                         "RoundDecimal",
                                         "ReduceNumerator",
                                         "ReduceDenominator",
                                         "NonZero",
                                         "NonNegative",
                                         "Fits",
                                         "Less",
                                         "AtMost",
                                         "Equal",
                                         "InClass",
                                         "And",
                                         "Or",
                                         "Not",
                                         "AtLeastOf",
                                         "ChooseFirst",
                                         "ChooseUnique",
                                         "ChooseExclusive",
                                         "ChooseHighest",
                                         "ChooseSum",
                                         "OrElse",
                                         "AddMonths",
                                         "YearOf",
                                         "MonthOf"});
constexpr auto derived_kinds = names<DerivedKind::TextCode>(
    {"Program", "Gather", "AggregateSum", "AggregateCount", "AggregateExists", "AggregateAll", "AggregateLargest",
     "AggregateSmallest", "AggregateMedian", "AggregateTop", "AggregateDistinct", "SeriesAt", "SetContains", "TextIs",
     "TableLookup", "Quotient", "TextCode"});
constexpr auto atom_kinds =
    names<AtomKind::QuotientInterval>({"Interval", "ClassSet", "Tag", "Truth", "TextIs", "QuotientInterval"});
constexpr auto condition_kinds = names<ConditionKind::Never>({"Literal", "And", "Or", "AtLeastOf", "Always", "Never"});
constexpr auto conclusions = names<Conclusion::Disposal>({"None", "Money", "Class", "Assessment", "Disposal"});
constexpr auto cohort_missing = names<CohortMissing::Pending>({"Skip", "Pending"});
constexpr auto cohort_ops = names<CohortOp::Median>({"Rank", "Sum", "Count", "Mean", "Largest", "Smallest", "Median"});
constexpr auto instalment_kinds = names<InstalmentKind::Rest>({"Amount", "Share", "Rest"});
constexpr auto settle_kinds =
    names<SettleKind::TopUp>({"Selection", "HighestOnly", "OneOnly", "Cap", "Budget", "TopUp"});
constexpr auto settle_cuts =
    names<SettleCut::Weighted>({"None", "Proportionally", "InMemberOrder", "Ranked", "Weighted"});
constexpr auto explain_ops = names<ExplainOp::PartsTotal>(
    {"Field",        "Definition",    "Series",    "Literal",    "Parameter", "AsOf",        "ApplicationYear",
     "ThisYear",     "ThisMonth",     "Offset",    "Period",     "IfGiven",   "Lookup",      "And",
     "Or",           "Not",           "AtLeastOf", "Less",       "AtMost",    "Greater",     "AtLeast",
     "Equal",        "NotEqual",      "Add",       "Subtract",   "Multiply",  "Divide",      "Negate",
     "Highest",      "Lowest",        "CapAtMost", "CapAtLeast", "Round",     "BelongsTo",   "SetContains",
     "Shift",        "Sum",           "Count",     "Exists",     "All",       "Mean",        "Largest",
     "Smallest",     "Median",        "Top",       "Distinct",   "Item",      "ChooseFirst", "ChooseExclusive",
     "ChooseUnique", "ChooseHighest", "ChooseSum", "Default",    "Call",      "PartsTotal"});

}  // namespace

Names enum_names(RelationKind) { return relation_kinds; }
Names enum_names(ValueKind) { return value_kinds; }
Names enum_names(ColumnRole) { return column_roles; }
Names enum_names(ConstantKind) { return constant_kinds; }
Names enum_names(BoundRule) { return bound_rules; }
Names enum_names(Op) { return ops; }
Names enum_names(DerivedKind) { return derived_kinds; }
Names enum_names(AtomKind) { return atom_kinds; }
Names enum_names(ConditionKind) { return condition_kinds; }
Names enum_names(Conclusion) { return conclusions; }
Names enum_names(CohortMissing) { return cohort_missing; }
Names enum_names(CohortOp) { return cohort_ops; }
Names enum_names(InstalmentKind) { return instalment_kinds; }
Names enum_names(SettleKind) { return settle_kinds; }
Names enum_names(SettleCut) { return settle_cuts; }
Names enum_names(ExplainOp) { return explain_ops; }

}  // namespace huiyu::plan
