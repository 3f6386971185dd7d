// Inside check only: expressions. One function per construct, one file per group of them.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// Checks an expression. `expected` helps names and bare texts that have no meaning of their own (大型, 青岛市, C34);
// it demands nothing. The result may be poison; then something has been reported.
tir::ExprId check_expr(Context& context, Scope const& scope, ast::ExprId id, Type const* expected = nullptr);
// The same, demanding a truth.
tir::ExprId check_condition(Context& context, Scope const& scope, ast::ExprId id);
// The same, demanding a number.
tir::ExprId check_number(Context& context, Scope const& scope, ast::ExprId id);

// literal.cpp
// A code of digits only, `330106`, which is read as a number.
std::optional<ast::Path> code_in_digits(Context const& context, ast::Literal const& literal, Span span);
tir::ExprId check_literal(Context& context, ast::Literal const& literal, Type const* expected, Span span);
// The date of a literal; absent if there is no such day (the parser has said so).
std::optional<std::int32_t> day_of(ast::DateLiteral const& date);

// reference.cpp
tir::ExprId check_reference(Context& context, Scope const& scope, ast::Reference const& reference, Type const* expected,
                            Span span);
// Whether the expression is a name that means something only beside a type: an entry, a region, an industry.
bool needs_type(Context& context, Scope const& scope, ast::ExprId id);
// The region, industry or entry that a name means as a value of that type; reports; absent if none.
std::optional<tir::Value> named_value(Context& context, ast::Path const& path, Type const& type, Span span);
// The field or definition of a record in scope; absent (unreported) if it has none of that name.
std::optional<tir::ExprId> member_of(Context& context, Scope const& scope, RecordInScope const& record,
                                     ast::Name const& name, Span span);
// A reference to a definition with the record of its 结构 that is in scope; reports if there is none.
tir::ExprId definition_value(Context& context, Scope const& scope, std::size_t slot, Span span);

// logic.cpp
tir::ExprId check_logic(Context& context, Scope const& scope, ast::Logic const& logic, Span span);
tir::ExprId check_not(Context& context, Scope const& scope, ast::Not const& node, Span span);
tir::ExprId check_quantified(Context& context, Scope const& scope, ast::Quantified const& node, Span span);

// compare.cpp
tir::ExprId check_compare(Context& context, Scope const& scope, ast::Compare const& node, Span span);
tir::ExprId check_bounded(Context& context, Scope const& scope, ast::Bounded const& node, Span span);
tir::ExprId check_relation(Context& context, Scope const& scope, ast::Relation const& node, Span span);
tir::ExprId check_in_range(Context& context, Scope const& scope, ast::InRange const& node, Span span);
// `subject` (already checked) against one bound; the bound's words are those of `bound`.
tir::ExprId check_bound(Context& context, Scope const& scope, tir::ExprId subject, ast::ExprId subject_source,
                        ast::Bound const& bound);
tir::ExprId check_range(Context& context, Scope const& scope, tir::ExprId subject, ast::Range const& range, Span span);
// A comparison of checked operands: agreement of types, entries by rank, 孰高孰低 taken apart.
tir::ExprId compared(Context& context, tir::CompareOp op, tir::ExprId left, tir::ExprId right, Span span);

// membership.cpp
tir::ExprId check_membership(Context& context, Scope const& scope, ast::Membership const& node, Span span);
// `subject` belongs to one of the members and to none of the exceptions.
tir::ExprId membership_of(Context& context, Scope const& scope, tir::ExprId subject,
                          std::span<ast::ExprId const> members, std::span<ast::ExprId const> except, Span span);

// arithmetic.cpp
tir::ExprId check_arithmetic(Context& context, Scope const& scope, ast::Arithmetic const& node, Span span);
tir::ExprId check_negate(Context& context, Scope const& scope, ast::Negate const& node, Span span);
tir::ExprId check_pick(Context& context, Scope const& scope, ast::Pick const& node, Span span);
tir::ExprId check_cap(Context& context, Scope const& scope, ast::Cap const& node, Span span);
tir::ExprId check_round(Context& context, Scope const& scope, ast::Round const& node, Span span);
tir::ExprId check_excess(Context& context, Scope const& scope, ast::ExcessPart const& node, Span span);
tir::ExprId check_each_full(Context& context, Scope const& scope, ast::EachFull const& node, Span span);
tir::ExprId check_default(Context& context, Scope const& scope, ast::Default const& node, Span span);
// A cap around a checked amount.
tir::ExprId capped(Context& context, Scope const& scope, tir::ExprId amount, ast::CapWord word, ast::ExprId bound,
                   std::span<ast::CapPer const> per, Span span);
tir::ExprId rounded(Context& context, tir::ExprId amount, ast::RoundingWord mode, std::optional<std::int64_t> digits,
                    ast::UnitWord to, Span span);

// call.cpp, aggregate.cpp
tir::ExprId check_call(Context& context, Scope const& scope, ast::Call const& call, Span span);
std::optional<tir::AggregateOp> aggregate_word(std::string_view word);
// What an aggregate of such parts gives; absent (reported) where they do not fit.
struct AggregateShape {
  Type type;
  tir::ExprId each{}, where{};
};
std::optional<AggregateShape> aggregate_shape(Context& context, tir::AggregateOp op, std::string_view word,
                                              std::optional<tir::ExprId> each, std::optional<tir::ExprId> where,
                                              Span span);
tir::ExprId check_aggregate(Context& context, Scope const& scope, tir::AggregateOp op, ast::Call const& call,
                            Span span);

// ladder.cpp, marginal.cpp, table.cpp
tir::ExprId check_ladder(Context& context, Scope const& scope, ast::Ladder const& ladder, Type const* expected,
                         Span span);
tir::ExprId check_marginal(Context& context, Scope const& scope, ast::Ladder const& ladder, Span span);
tir::ExprId check_table(Context& context, Scope const& scope, ast::Table const& table, Type const* expected, Span span);
// Under which condition every ladder inside has a row that holds; absent: always.
std::optional<tir::ExprId> hit_condition(Context& context, tir::ExprId value);

// definition.cpp
// Whether a value reads 本年 or 本月.
HangsOn hangs_on(Context const& context, tir::ExprId value);
// The definition, checked now if it has not been; absent if it is poisoned or uses itself (reported at `use`).
std::optional<tir::DefinitionId> definition_of(Context& context, std::size_t slot, Span use);
// A definition that nobody wrote as one: what 引用 puts in the place of a field.
tir::DefinitionId made_definition(Context& context, std::string name, SchemaId schema, tir::ExprId value, Span span);

}  // namespace huiyu::check
