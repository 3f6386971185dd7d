// Pass 1 over one file: where brackets, lines and declarations begin and end, and which names are declared,
// all without knowing any name.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/ast/vocabulary.h"
#include "compiler/parse/dictionary.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/scan.h"
#include "compiler/source/source_file.h"

namespace huiyu::parse {

// How a run is read.
enum class Role : std::uint8_t {
  Cut,    // a use: cut into words
  Head,   // in a head line: attribute words act, the rest is cut
  Name,   // taken whole, not looked up: declarations, labels, references by name alone
  Type,   // taken whole: a type, perhaps with `/unit`
  Title,  // with everything to the end of the line
};

// Whether a name is declared by a piece, and how uses of it are read.
enum class Declares : std::uint8_t { Nothing, Name, Code };

struct Layout {
  struct Declaration {
    std::uint32_t first = 0, end = 0;   // pieces
    ast::Word head = ast::Word::None;   // None: text before the first declaration
    std::vector<std::uint32_t> locals;  // into names of the file
  };

  std::vector<Piece> pieces;
  std::vector<Role> roles;          // by piece
  std::vector<bool> line_starts;    // by piece: whether a logical line may begin here
  std::vector<bool> open_brackets;  // by piece: a （ that is never closed
  std::vector<Declares> declares;   // by piece
  std::vector<Declaration> declarations;
  Dictionary names;
  std::vector<UseLine> uses;
};

Layout lay_out(SourceFile const& source);

// The word that a piece as a whole spells and that acts in one of these ways; None if there is none.
ast::Word whole_word(SourceFile const& source, Piece const& piece, std::uint32_t acts);

}  // namespace huiyu::parse
