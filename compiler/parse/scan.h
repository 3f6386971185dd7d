// The text as pieces that need no names to be told apart: runs, texts, punctuation, line breaks.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/source/source_file.h"

namespace huiyu::parse {

enum class PieceKind : std::uint8_t {
  Run,     // unspaced text: names, words, numbers, dates; still to be cut
  Quoted,  // 「…」
  Text,    // "…"
  Punctuation,
  LineBreak,  // ends a line that holds something
  Stray,      // a character that is nothing of the language
  End,
};

// Folded; Bar is |, Enumerate is 、.
enum class Mark : std::uint8_t {
  None,
  Comma,
  Enumerate,
  Colon,
  Semicolon,
  FullStop,
  Left,
  Right,
  Dot,
  Equal,
  Less,
  AtMost,
  Greater,
  AtLeast,
  NotEqual,
  Plus,
  Minus,
  Times,
  Divide,
  Slash,
  Star,
  Bar,
  Percent,
};

struct Piece {
  PieceKind kind{};
  Mark mark = Mark::None;
  bool line_start = false;    // the first of its line
  bool blank_before = false;  // or a line start
  bool plain = true;          // the bytes are the folded normal form
  bool closed = true;         // of Text and Quoted: the closing mark was found on the line
  std::uint32_t trivia_begin = 0, begin = 0, end = 0;
};

// Every byte of the text lies in one piece or in the trivia before one; the last piece is End.
std::vector<Piece> scan(SourceFile const& source);

}  // namespace huiyu::parse
