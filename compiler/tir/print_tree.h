// Inside tir only: text as a tree of bracketed heads, laid out on one line where it fits.
#pragma once

#include <string>
#include <vector>

#include "compiler/tir/print.h"

namespace huiyu::tir {

struct Tree {
  std::string head;
  std::vector<Tree> children;
};

// `(head child child)`; a tree without children is its head alone.
std::string flat(Tree const& tree);

// The same over several lines where one would be longer than a page is wide; continues at `indent` blanks.
std::string laid_out(Tree const& tree, std::size_t indent);

// The tree of one expression.
Tree expression_tree(Program const& program, ExprId expr, PrintOptions const& options);

}  // namespace huiyu::tir
