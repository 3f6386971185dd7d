// Cuts the runs of a file: turns bytes into characters, keeps what was cut before, and reports what is wrong.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/parse/cut.h"
#include "compiler/parse/scan.h"
#include "compiler/source/source_file.h"

namespace huiyu::parse {

// A word of a run; places are bytes of the file.
struct RunWord {
  std::uint32_t begin = 0, end = 0;
  WordKind kind{};
  LiteralKind literal{};
  ast::Word word = ast::Word::None;
  bool known = true;
};

// The characters of a run, folded and in normal form C, each with the byte where it begins.
class RunText {
 public:
  void read(std::string_view bytes);
  Characters characters() const { return characters_; }
  std::uint32_t offset(std::size_t character) const { return offsets_[character]; }

 private:
  std::vector<char32_t> characters_;
  std::vector<std::uint32_t> offsets_;  // one more than characters
};

class RunCutter {
 public:
  RunCutter(SourceFile const& source, Dictionary const& visible, Dictionary const& own, Diagnostics& diagnostics)
      : source_(source), visible_(visible), own_(own), diagnostics_(diagnostics), cutter_(visible, own) {}

  // The words of a run piece. A run that cannot be cut is one unknown word, and reported;
  // where a code name or a field may stand it is left to the checker, who knows more.
  std::span<RunWord const> cut(Piece const& piece, RunPlace const& place);

  // Rule 5, and what else a declared name may not be.
  void check_declared(Piece const& piece, bool is_code);

 private:
  struct Kept {
    std::uint32_t first = 0, count = 0;
  };
  static std::uint32_t place_bits(RunPlace const& place);
  void keep(std::uint32_t begin, std::span<CutWord const> words);
  void fall_back(Piece const& piece, RunPlace const& place, std::uint32_t reached, std::uint32_t resumed);
  void report_unknown(Span where, std::string const& text, std::uint32_t reached, std::uint32_t resumed);
  void check_keywords(Span where, std::string const& name);
  bool is_value_of_no_series(std::span<CutWord const> words, std::string_view bytes) const;
  void report_crossing(Span where, Cut const& cut);
  std::string join(std::span<CutWord const> words, std::string_view bytes) const;

  SourceFile const& source_;
  Dictionary const& visible_;
  Dictionary const& own_;
  Diagnostics& diagnostics_;
  Cutter cutter_;
  RunText run_;
  std::vector<RunWord> words_;                           // the result
  std::unordered_map<std::string_view, Kept> kept_[32];  // by place, bytes relative to the run's start
  std::vector<RunWord> pool_;
  std::size_t searches_left_ = 20;  // nearest names are looked for only so often
};

}  // namespace huiyu::parse
