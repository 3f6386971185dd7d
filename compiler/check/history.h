// Inside check only: what was paid before. docs/decisions/0019.
//
// The payments to a record are one more list of it, 历史, that no text declares: the first rule that reads it puts it
// into the 结构. A list that the data does not bring is missing, so what reads it is unknown; an empty one says that
// nothing was paid.
#pragma once

#include <span>

#include "compiler/check/context.h"

namespace huiyu::check {

// The list of payments of a 结构, put there now if nothing has read it before. Absent (reported at `use`) where the
// 结构 declares a field 历史 of its own.
tir::FieldId history_field(Context& context, SchemaId schema, Span use);
// The same, if something has read it; absent (unreported) if not.
tir::FieldId known_history(Context const& context, SchemaId schema);
// Whether the field is such a list.
bool is_history(Context const& context, tir::FieldId field);

// The texts by which payments may name a policy of the project: its 编号 or name, its name where no other policy has
// it, and what 前身 names.
std::vector<std::string> history_names(Context const& context, ast::File const& file, ast::PolicyDecl const& decl);

// What a test's payment says in a column of texts: a policy by its 编号 (`policy`), an item by its name. Absent where
// it is no name but a text, or no policy of the project (reported).
std::optional<std::string> payment_text(Context& context, ast::File const& file, ast::ExprId value, bool policy);
// Whether the 结构 is that of payments, and whether the field is the one that names the policy.
bool is_payment(Context const& context, SchemaId schema);
bool names_policy(tir::Field const& field);

// `只奖一次 每家企业`: a condition that no payment meets.
tir::ExprId check_once(Context& context, Scope const& scope, ast::OnceLine const& line,
                       std::span<std::string const> names);
// `只奖一次 每档`: the row of its ladder that pays has not been paid. Once the policy's items are there.
bool once_each_tier(ast::OnceLine const& line);
tir::ExprId check_once_each_tier(Context& context, Scope const& scope, ast::OnceLine const& line,
                                 std::span<std::string const> names, tir::Policy const& policy);
// What the record was paid before under these names, in 元; of `this_year` for the same 考核年度 alone.
tir::ExprId paid_before(Context& context, Scope const& scope, std::span<std::string const> names, bool this_year,
                        Span span);
// As history_names, of a policy that has been checked.
std::vector<std::string> payment_names(Context const& context, tir::Policy const& policy);
// `最高 80万元 每年` of a policy, or of the item that payments call `item`: what earlier payments leave of `bound`.
tir::ExprId left_of_cap(Context& context, Scope const& scope, ast::CapClause const& cap, tir::ExprId bound,
                        std::span<std::string const> names, std::string_view item);
// 已付（政策）, 已享受（政策）.
tir::ExprId check_paid(Context& context, Scope const& scope, ast::Call const& call, Span span);

}  // namespace huiyu::check
