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
  std::vector<check::Module> modules;
  std::vector<tir::Test> tests;
  tir::Program program;
  tir::Facts facts;

  // The codes of what was reported, by place: `N0101 T0201`.
  std::string codes() const;
  // The messages in Chinese, one a line, with help.
  std::string messages() const;
};

// A file of a module: `国家标准`, `2024`, and what it says. An empty text: the version is there and holds no rules.
struct ModuleText {
  std::string name, version, text;
};

// Parses and checks files given as path and text, with the modules that there are.
Checked check_files(std::vector<std::pair<std::string, std::string>> const& files,
                    std::vector<ModuleText> const& modules = {});
inline Checked check_text(std::string const& text, std::vector<ModuleText> const& modules = {}) {
  return check_files({{"test.hui", text}}, modules);
}

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
