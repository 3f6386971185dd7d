// A trie over code points: walked character by character, it finds every word that begins at a place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace huiyu::parse {

class WordIndex {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  using Node = std::uint32_t;  // `none` is nowhere

  WordIndex() : values_{none}, masks_{0} {}

  static constexpr Node root() { return 0; }

  // The node one character further; none if no word goes on with it.
  Node step(Node node, char32_t c) const;

  // What was stored for the word that ends here; none if none does.
  std::uint32_t value(Node node) const { return values_[node]; }
  // A few bits beside the value, or-ed together over all calls of `insert` for the word.
  std::uint8_t mask(Node node) const { return masks_[node]; }

  // The node of a whole word; none if it is not there.
  Node find(std::string_view word) const;

  // Makes sure that the word (UTF-8, not empty) is there and returns its node, to be given a value.
  Node insert(std::string_view word);
  void set_value(Node node, std::uint32_t value) { values_[node] = value; }
  void add_mask(Node node, std::uint8_t bits) { masks_[node] = static_cast<std::uint8_t>(masks_[node] | bits); }

  std::size_t node_count() const { return values_.size(); }

 private:
  struct Edge {
    std::uint64_t key = 0;  // node << 21 | code point, plus one; 0 is a free slot
    Node to = none;
  };
  static std::uint64_t key_of(Node node, char32_t c) { return ((std::uint64_t{node} << 21) | c) + 1; }
  std::size_t slot_of(std::uint64_t key) const;
  void grow();

  std::vector<Edge> edges_;  // open addressing, a power of two
  std::size_t edge_count_ = 0;
  std::vector<std::uint32_t> values_;  // by node
  std::vector<std::uint8_t> masks_;    // by node
};

}  // namespace huiyu::parse
