// Texts read, laid out and compared, as the tests of this folder need them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/format/format.h"
#include "compiler/parse/dictionary.h"
#include "compiler/source/source_set.h"

namespace huiyu::format::test {

std::string read_file(std::filesystem::path const& path);

// The rules in a file: of a golden, what stands before its expectation.
std::string read_rules(std::filesystem::path const& path);

// Every .hui and .hui.md file below the folders of rules in the repository.
std::vector<std::filesystem::path> rule_files();

// The names that a file may use: those of all rule files beside it.
parse::Dictionary names_beside(std::filesystem::path const& path);

struct Reading {
  SourceSet sources;
  ast::File file;
  Diagnostics diagnostics;
  SourceFile const& source() const { return *sources.begin(); }
  bool good() const { return !diagnostics.has_errors(); }
  std::string errors() const;
};

// `name` decides whether the text is a document.
Reading read(std::string name, std::string text, parse::Dictionary const& names);

// The text in the one layout; fails the test if it is refused.
std::string lay_out(std::string const& name, std::string const& text, parse::Dictionary const& names,
                    FormatOptions const& options = {});

// The texts of the comments in order.
std::vector<std::string> comments_of(Reading const& reading);

}  // namespace huiyu::format::test
