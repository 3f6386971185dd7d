// Inside check only: which 结构 a declaration is about where it does not say so.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// The operands of an expression as written.
std::vector<ast::ExprId> operands_of(ast::Expr const& expr);

// An expression and the file it stands in.
struct Source {
  ast::File const* file = nullptr;
  ast::ExprId expr{};
};

// The 结构 whose fields the expressions use. Absent: they use none. Reports (at `where`) where several would do, or
// where names of two are mixed.
std::optional<SchemaId> subject_of(Context& context, std::vector<Source> const& sources, std::string_view name,
                                   Span where);

// 结构 in sight that stand for themselves; only where there is none, those that are rows of lists.
std::vector<SchemaId> roots(Context const& context);
// Those of the candidates that the expressions may be about; reports nothing.
std::vector<SchemaId> subjects_of(Context& context, std::vector<Source> const& sources,
                                  std::vector<SchemaId> const& candidates);

// The 结构 of a definition, inferred once.
SchemaId schema_of_definition(Context& context, std::size_t slot);

}  // namespace huiyu::check
