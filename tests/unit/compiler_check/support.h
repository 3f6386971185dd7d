// Projects written down in tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/check/check.h"

namespace huiyu::test {

struct Checked {
  SourceSet sources;
  Diagnostics diagnostics;
  std::vector<ast::File> files;
  tir::Program program;
  tir::Facts facts;

  // The codes of what was reported, by place: `N0101 T0201`.
  std::string codes() const;
  // The messages in Chinese, one a line, with help.
  std::string messages() const;
};

// Parses and checks files given as path and text.
Checked check_files(std::vector<std::pair<std::string, std::string>> const& files);
inline Checked check_text(std::string const& text) { return check_files({{"test.hui", text}}); }

// A 结构 企业 with a field of every common type, and a policy head, to put the point of a test into.
std::string firm();
// A policy about it whose lines are given.
std::string policy(std::string const& lines);

// The text of the only definition or policy part: what `print` says of the expression.
std::string condition_of(Checked const& checked);
std::string amount_of(Checked const& checked);
std::string definition_of(Checked const& checked, std::string const& name);

std::string read_file(std::string const& path);

}  // namespace huiyu::test
