// The articles of an issued document: lines of a `.hui.md`, outside its blocks, that begin with `第…条`.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/source/source_file.h"

namespace huiyu {

// The first article that a citation names, in whatever document: `浙政发〔2024〕4号第三条第一款`. Empty: none.
std::string_view article_in(std::string_view citation);

// The headings in the order of the text; each is `第一条` at its place. None where the file is no such document.
std::vector<Span> articles_of(SourceFile const& file);

// The article in whose text an offset inside a block stands; empty: none.
std::string_view article_above(SourceFile const& file, std::uint32_t offset);

}  // namespace huiyu
