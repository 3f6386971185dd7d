#include "compiler/driver/declared.h"

#include <algorithm>

namespace huiyu::driver {

ast::Attribute const* Declared::attribute(ast::AttributeWord word) const {
  for (auto const* attributes : {&decl->attributes, document == nullptr ? nullptr : &document->attributes}) {
    if (attributes == nullptr) continue;
    auto const at = std::ranges::find(*attributes, word, &ast::Attribute::word);
    if (at != attributes->end()) return &*at;
  }
  return nullptr;
}

std::vector<Declared> declared_policies(Project const& project) {
  std::vector<ast::File const*> files;
  for (auto const& file : project.files) files.push_back(&file);
  std::ranges::stable_sort(files, [&](ast::File const* a, ast::File const* b) {
    return project.sources[a->file].path() < project.sources[b->file].path();
  });
  std::vector<Declared> all;
  for (auto const* file : files) {
    ast::DocumentDecl const* document = nullptr;
    for (auto const& declaration : file->declarations) {
      if (auto const* next = std::get_if<ast::DocumentDecl>(&declaration)) document = next;
      if (auto const* decl = std::get_if<ast::PolicyDecl>(&declaration)) all.push_back({file, decl, document});
    }
  }
  return all;
}

std::optional<Declared> find_declared(Project const& project, tir::Policy const& policy) {
  for (auto const& each : declared_policies(project))
    if (each.decl->name.span == policy.span) return each;
  return std::nullopt;
}

}  // namespace huiyu::driver
