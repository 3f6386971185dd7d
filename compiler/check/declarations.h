// Inside check only: pass 1, what every name stands for.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// Enters every declared name, and what each file sees of them; reports names declared twice.
void collect_names(Context& context);
// Entries of 名录 and kinds of sources, to the files that see them. After declare_enumerations.
void show_entries(Context& context);
// Two declared names that a reader takes for one: 金额 and 金頟.
void warn_of_look_alikes(Context& context);
// Fields, entries, groups, parameters, tables: all that needs no expression of a record. After collect_names.
void declare_enumerations(Context& context);
void declare_groups(Context& context);
void declare_schemas(Context& context);
void declare_parameters(Context& context);
void declare_reference_tables(Context& context);

// A type as written, with its stored form. Poison where the word names no type (reported).
struct DeclaredType {
  Type type;
  types::NumberFormat format;
};
DeclaredType resolve_type(Context& context, ast::TypeName const& name);

// 来源 that none of the project's lists of sources names.
void report_unknown_source(Context& context, ast::Name const& name);

// A value as written in a parameter or a row, without any record: absent (reported) if it is not constant.
std::optional<tir::Value> constant_of(Context& context, ast::File const& file, ast::ExprId source,
                                      DeclaredType const& declared);

// One value, or the members of a set; `name` is that of what has the value.
std::optional<tir::Value> constants_of(Context& context, ast::File const& file, std::vector<ast::ExprId> const& sources,
                                       DeclaredType const& declared, std::string_view name, Span span);

// Every general name, and the names of fields: the candidates of 您是否想写….
std::vector<std::string> visible_names(Context const& context);

}  // namespace huiyu::check
