#include "compiler/format/same_rules.h"

#include <optional>

#include "compiler/ast/print.h"

namespace huiyu::format {
namespace {

std::optional<ast::CompareOp> op_of(ast::RelationWord word) {
  switch (word) {
    case ast::RelationWord::Before: return ast::CompareOp::Less;
    case ast::RelationWord::After: return ast::CompareOp::Greater;
    case ast::RelationWord::NotBefore: return ast::CompareOp::AtLeast;
    case ast::RelationWord::NotAfter: return ast::CompareOp::AtMost;
    case ast::RelationWord::Is:
    case ast::RelationWord::IsNot:
    case ast::RelationWord::FirstAbove:
    case ast::RelationWord::FirstReached: return std::nullopt;
  }
  return std::nullopt;
}

bool is_order(ast::CompareOp op) { return op != ast::CompareOp::Equal && op != ast::CompareOp::NotEqual; }

// Every single comparison by order as one with a word before its value.
std::string in_words(ast::File file) {
  for (ast::Expr& expr : file.exprs) {
    ast::Bounded bounded;
    if (auto const* const compare = std::get_if<ast::Compare>(&expr.kind)) {
      if (compare->operands.size() != 2 || !is_order(compare->ops[0])) continue;
      bounded = {compare->operands[0], {{compare->ops[0], compare->operands[1], expr.span, false}}};
    } else if (auto const* const relation = std::get_if<ast::Relation>(&expr.kind)) {
      std::optional<ast::CompareOp> const op = op_of(relation->word);
      if (!op) continue;
      bounded = {relation->left, {{*op, relation->right, expr.span, false}}};
    } else {
      continue;
    }
    expr.kind = std::move(bounded);
  }
  return ast::print(file);
}

}  // namespace

bool same_rules(ast::File const& a, ast::File const& b) { return in_words(a) == in_words(b); }

}  // namespace huiyu::format
