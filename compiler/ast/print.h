// The ast as text: for `huiyu dump`, for goldens, and to look at.
#pragma once

#include <string>
#include <string_view>

#include "compiler/ast/ast.h"
#include "compiler/source/source_file.h"

namespace huiyu::ast {

// Every declaration as a nested list in round brackets, two blanks deeper on each level; no spans.
std::string print(File const& file);

// One expression on one line.
std::string print(File const& file, ExprId id);

// One token a line: kind, place, text, and the word of the vocabulary.
std::string print_tokens(File const& file, SourceFile const& source);

// Whether the tokens and the trivia before them are the whole text, in order, byte for byte.
bool reproduces(File const& file, SourceFile const& source);

}  // namespace huiyu::ast
