#include "compiler/parse/word_index.h"

#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {

std::size_t WordIndex::slot_of(std::uint64_t key) const {
  std::size_t const mask = edges_.size() - 1;
  // Fibonacci hashing: keys that differ in few bits land far apart.
  std::size_t slot = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 20) & mask;
  while (edges_[slot].key != 0 && edges_[slot].key != key) slot = (slot + 1) & mask;
  return slot;
}

WordIndex::Node WordIndex::step(Node node, char32_t c) const {
  if (edges_.empty()) return none;
  Edge const& edge = edges_[slot_of(key_of(node, c))];
  return edge.key == 0 ? none : edge.to;
}

WordIndex::Node WordIndex::find(std::string_view word) const {
  Node node = root();
  for (CodePoint const c : code_points(word)) {
    node = step(node, c.value);
    if (node == none) return none;
  }
  return node;
}

WordIndex::Node WordIndex::insert(std::string_view word) {
  HUIYU_CHECK(!word.empty(), "an empty word in the dictionary");
  Node node = root();
  for (CodePoint const c : code_points(word)) {
    if ((edge_count_ + 1) * 2 > edges_.size()) grow();
    Edge& edge = edges_[slot_of(key_of(node, c.value))];
    if (edge.key == 0) {
      edge = {key_of(node, c.value), static_cast<Node>(values_.size())};
      values_.push_back(none);
      masks_.push_back(0);
      ++edge_count_;
    }
    node = edge.to;
  }
  return node;
}

void WordIndex::grow() {
  std::vector<Edge> const old = std::exchange(edges_, std::vector<Edge>(edges_.empty() ? 64 : edges_.size() * 2));
  for (Edge const& edge : old)
    if (edge.key != 0) edges_[slot_of(edge.key)] = edge;
}

}  // namespace huiyu::parse
