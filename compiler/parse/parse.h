// From text to ast. Never fails and never throws: what cannot be read is a hole in the tree and a diagnostic.
#pragma once

#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/parse/dictionary.h"
#include "compiler/source/source_file.h"

namespace huiyu::parse {

// `使用 国家标准 2024`
struct UseLine {
  std::string module, version;  // version empty: none is written
  Span span;                    // of both
};

// Pass 1: the names that a file declares and the modules that it uses, found line by line without knowing any others.
struct Outline {
  Dictionary names;
  std::vector<UseLine> uses;
};
Outline outline(SourceFile const& source);
Dictionary collect_names(SourceFile const& source);

// Reads a file. `visible` holds the names of the other files of the project, the published names of the modules in
// use and the code names of the standards; the file's own names may be among them and are read in any case.
ast::File parse(SourceFile const& source, Dictionary const& visible, Diagnostics& diagnostics);

}  // namespace huiyu::parse
