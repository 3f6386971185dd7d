// Internal: what is said by the lines of a file without its tree.
#pragma once

#include "compiler/format/notes.h"

namespace huiyu::format {

// Lines that begin with | are rows of a table: their bars stand below each other.
void note_tables(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines, std::int32_t& groups,
                 std::vector<Note>& notes);

// Lines that the tree has no place of: 一般, 例外, 记, 已知, 期望.
void note_keyword_lines(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines,
                        std::vector<Note>& notes);

// Attributes of a head, and 当, 依据, 分担 behind an amount or a condition, stand apart from what they are added to.
void note_additions(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines,
                    std::vector<Note>& notes);

}  // namespace huiyu::format
