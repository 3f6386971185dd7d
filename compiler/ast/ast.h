#pragma once

// What was written, before anything is known about names or types.
//
// INVARIANT (lossless): every byte of the source belongs to exactly one token or to the trivia before one;
// `tokens` in order reproduce the file. Nodes carry spans, never copies of layout.
// INVARIANT (total): parsing never fails; what could not be read is a `Hole` and has a diagnostic.

#include <variant>
#include <vector>

#include "compiler/ast/declarations.h"
#include "compiler/ast/expressions.h"
#include "compiler/ast/literals.h"
#include "compiler/ast/policy.h"
#include "compiler/ast/settlement.h"
#include "compiler/ast/test.h"
#include "compiler/ast/tokens.h"
#include "compiler/base/arena.h"
#include "compiler/source/span.h"

namespace huiyu::ast {

struct HoleDecl {
  Span span;
};
using Declaration = std::variant<SchemaDecl, EnumerationDecl, ParameterDecl, ReferenceTableDecl, DefinitionDecl,
                                 ExceptionDecl, DocumentDecl, UseDecl, ImportDecl, PolicyDecl, AlertDecl, TestDecl,
                                 GroupDecl, BudgetDecl, CohortDecl, TallyDecl, HoleDecl>;

struct File {
  FileId file{};
  std::vector<Token> tokens;
  Arena<ExprId, Expr> exprs;
  std::vector<Declaration> declarations;
};

}  // namespace huiyu::ast
