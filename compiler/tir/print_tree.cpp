#include "compiler/tir/print_tree.h"

namespace huiyu::tir {
namespace {

// Bytes, not columns: a Chinese character takes three, and about two columns.
constexpr std::size_t page_bytes = 130;

}  // namespace

std::string flat(Tree const& tree) {
  if (tree.children.empty()) return tree.head;
  std::string text = "(" + tree.head;
  for (auto const& child : tree.children) text += " " + flat(child);
  return text + ")";
}

std::string laid_out(Tree const& tree, std::size_t indent) {
  std::string const line = flat(tree);
  if (indent + line.size() <= page_bytes || tree.children.empty()) return line;
  std::string text = "(" + tree.head;
  for (auto const& child : tree.children) text += "\n" + std::string(indent + 2, ' ') + laid_out(child, indent + 2);
  return text + ")";
}

}  // namespace huiyu::tir
