// Rules laid out in the one way there is: every word, number, comment and line of the document kept, spaces and
// punctuation made regular, unspaced text parted where it was cut.
#pragma once

#include <optional>
#include <string>

#include "compiler/ast/ast.h"
#include "compiler/diag/message.h"
#include "compiler/source/source_file.h"
#include "runtime/base/result.h"

namespace huiyu::format {

struct FormatOptions {
  // The language to spell keywords in; none: each stays as it was written. Names are left alone.
  std::optional<diag::Language> keywords;
};

// The text of a parsed file in the one layout. Reading it again gives the same tree, formatting it again the same text.
// Error of kind Rules, naming the place, if a part of the file could not be read.
Result<std::string> format(ast::File const& file, SourceFile const& source, FormatOptions const& options = {});

}  // namespace huiyu::format
