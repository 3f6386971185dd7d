// Characters that turn or hide the text around them, where no token would show them: in comments and between quotes.
#pragma once

#include <span>

#include "compiler/diag/diagnostics.h"
#include "compiler/parse/scan.h"
#include "compiler/source/source_file.h"

namespace huiyu::parse {

// Reports marks of direction in comments, and every deceptive character in texts and in 「」.
// What stands in the document around the code of a `.hui.md` is no rule and left alone.
void report_deceptive(SourceFile const& source, std::span<Piece const> pieces, Diagnostics& diagnostics);

}  // namespace huiyu::parse
