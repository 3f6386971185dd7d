// The names that unspaced text is cut with, besides the vocabulary.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/parse/word_index.h"
#include "compiler/source/span.h"

namespace huiyu::parse {

// What a name was declared as. Fields and general names are read alike, except after `.`.
enum class NameKind : std::uint8_t {
  Schema,
  CodeList,
  Parameter,
  ReferenceTable,
  Definition,
  Policy,
  Item,
  Settlement,    // 组合 预算 群体 统计
  Field,         // owner: its 结构; element: the word of its type, for `设备.金额`
  Code,          // owner: its 名录, or the standard that lists it (regions, industries)
  Abbreviation,  // 记 X: read in the declaration that holds it
  TestLabel,     // 已知 企业 甲: read in the test that holds it
};

// Abbreviations and labels of tests are read in their own declaration alone and never leave the file.
constexpr bool is_local(NameKind kind) { return kind == NameKind::Abbreviation || kind == NameKind::TestLabel; }

struct DeclaredName {
  NameKind kind{};
  std::string text;     // NFC, without 「」
  std::string owner;    // see NameKind
  std::string element;  // of a field: the type's word, or what 列表 holds
  Span declared_at;     // empty for names of the standards
  bool published = false;
  bool quoted = false;  // written in 「」, so rule 5 does not judge it
  bool series = false;  // of a field: 逐年 or 逐月, so that 上年X is a value of it
  friend bool operator==(DeclaredName const&, DeclaredName const&) = default;
};

// Where a spelling is read, as bits of WordIndex::mask.
namespace name_bit {
inline constexpr std::uint8_t general = 1, field = 2, code = 4, local = 8;
}

// A set of names, indexed for cutting. Names are only added.
class Dictionary {
 public:
  // Adds a name and returns its id; the same name of the same kind, owner and place is kept once.
  std::uint32_t add(DeclaredName name);

  // Adds the names of another file that are read outside of it.
  void merge(Dictionary const& other);

  // Adds what a file of a module publishes; what it declares and does not publish is kept for messages alone.
  void merge_published(Dictionary const& other, std::string_view module);

  // The module and place of a name that is declared but not published; null if there is none.
  struct Private {
    std::string module;
    Span declared_at;
  };
  Private const* find_private(std::string_view text) const;

  std::deque<DeclaredName> const& names() const { return names_; }

  // Every name with that spelling.
  std::vector<DeclaredName const*> find(std::string_view text) const;

  WordIndex const& index() const { return index_; }
  DeclaredName const& name(std::uint32_t id) const { return names_[id]; }
  std::uint32_t next_of_same_spelling(std::uint32_t id) const { return next_[id]; }

 private:
  std::deque<DeclaredName> names_;
  std::vector<std::uint32_t> next_;  // chains the names of one spelling; WordIndex::none ends
  WordIndex index_;                  // spelling → the chain's first name
  std::unordered_map<std::string, Private> private_;
  std::unordered_map<std::size_t, std::uint32_t> seen_;  // hash of a name → its id, so that merging is not quadratic
};

}  // namespace huiyu::parse
