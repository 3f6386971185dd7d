// Cuts a run of unspaced text into words by the rules of the language, section 2.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "compiler/ast/vocabulary.h"
#include "compiler/parse/dictionary.h"
#include "compiler/parse/literal.h"

namespace huiyu::parse {

// What names the first word of a run may be.
enum class ReadState : std::uint8_t {
  General,
  Code,   // also names of regions, industries, enumerations: after 属于, =, …
  Unit,   // only a unit: after 到
  Field,  // only what belongs to the 结构 before the `.`
};

// Where a run stands.
struct RunPlace {
  ReadState state = ReadState::General;
  bool line_start = false;
  bool head_line = false;     // attribute words and built-in values act as whole runs
  bool before_left = false;   // （ follows directly
  bool before_right = false;  // ） follows
  bool after_ladder = false;
  bool in_expect = false;
  bool maybe_code = false;  // what no name here spells may be a region or an industry, which the checker knows
  std::span<std::string_view const> schemas;    // of Field; empty: any
  std::span<DeclaredName const* const> locals;  // names of this declaration alone
  std::string_view without;                     // rule 5: a name that does not count
  bool in_parts = false;                        // rule 5: no word may be the whole run
};

enum class WordKind : std::uint8_t { Keyword, BuiltInName, Literal, Unit, Citation, Name, CodeName, Unresolved };

// A word of a cut; places count characters from the start of the run.
struct CutWord {
  std::uint32_t begin = 0, end = 0;
  WordKind kind{};
  LiteralKind literal{};
  ast::Word word = ast::Word::None;  // of Keyword and BuiltInName; of literals the word that forms it
  friend bool operator==(CutWord const&, CutWord const&) = default;
};

enum class CutFault : std::uint8_t {
  None,
  NoCut,     // rule 4: an unknown word
  Crossing,  // rule 3: `other` has a word across a boundary of `words`
};

struct Cut {
  CutFault fault = CutFault::None;
  std::vector<CutWord> words;
  std::vector<CutWord> other;  // of Crossing
  // Of NoCut: how far words go from the start, and from where they go on to the end again. All between is unknown.
  std::uint32_t reached = 0;
  std::uint32_t resumed = 0;
};

// The longest run that is cut; longer ones are refused before.
inline constexpr std::size_t longest_run = 1024;

class Cutter {
 public:
  Cutter(Dictionary const& visible, Dictionary const& own) : visible_(visible), own_(own) {}

  // Cuts a run; the result lives until the next call.
  Cut const& cut(Characters text, RunPlace const& place);

 private:
  struct Edge {
    std::uint32_t end = 0;
    WordKind kind{};
    LiteralKind literal{};
    ast::Word word = ast::Word::None;
    std::uint8_t from = 0;  // bits of the states it may be taken in
    ReadState to = ReadState::General;
  };

  void find_boundaries();
  void find_edges(std::uint32_t at);
  void add_words(std::uint32_t at);
  void add_names(std::uint32_t at, Dictionary const& dictionary);
  void add_locals(std::uint32_t at);
  void add_literals(std::uint32_t at);
  bool acts(ast::WordInfo const& info, std::uint32_t at, std::uint32_t end) const;
  bool follows_ladder(std::uint32_t at) const;
  bool belongs_here(Dictionary const& dictionary, std::uint32_t first) const;
  std::uint32_t best_edge(std::uint32_t at, ReadState state) const;
  void walk(std::uint32_t at, ReadState state, std::vector<CutWord>& words) const;
  void find_crossing();
  void find_reached();

  std::span<Edge const> edges_at(std::uint32_t at) const;
  bool reaches_end(std::uint32_t at, ReadState state) const;

  Dictionary const& visible_;
  Dictionary const& own_;
  Characters text_;
  RunPlace place_;
  Cut cut_;
  std::vector<std::uint8_t> boundary_;     // by position: whether a word may end or begin there
  std::vector<Edge> edges_;                // grouped by position, last position first
  std::vector<std::uint32_t> first_edge_;  // by position, into edges_
  std::vector<std::uint32_t> edge_end_;    // by position
  std::vector<std::uint8_t> reach_;        // by position: bits of the states from which the end is reached
  std::vector<std::uint8_t> arrive_;       // by position: bits of the states in which it is reached from the start
};

}  // namespace huiyu::parse
