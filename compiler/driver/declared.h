// A policy as it was written, for reports that speak of more than it means.
#pragma once

#include <optional>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/driver/project.h"

namespace huiyu::driver {

struct Declared {
  ast::File const* file = nullptr;
  ast::PolicyDecl const* decl = nullptr;
  ast::DocumentDecl const* document = nullptr;  // the 文件 above it; may be none

  // Of the policy itself, else of its 文件; null: neither says it.
  ast::Attribute const* attribute(ast::AttributeWord word) const;
};

// All policies of the project's own files, by path and line.
std::vector<Declared> declared_policies(Project const& project);

std::optional<Declared> find_declared(Project const& project, tir::Policy const& policy);

}  // namespace huiyu::driver
