#include <array>

#include "compiler/check/declarations.h"
#include "runtime/base/utf8.h"

namespace huiyu::check {
namespace {

// Characters that are one to the eye: the first stands for all. Words of the language differ in other ways, so two
// names that differ only here are one name, mistyped.
constexpr std::array<std::u32string_view, 28> groups{
    U"己已巳", U"未末", U"日曰",     U"入人", U"土士", U"戊戌戍", U"冶治",     U"帐账", U"侯候", U"额頟額",
    U"干千",   U"汆氽", U"0OoОо〇○", U"1lIі", U"AА",   U"BВ",     U"CcСс",     U"EЕ",   U"HН",   U"KК",
    U"MМ",     U"PpРр", U"TТ",       U"XxХх", U"aа",   U"eе",     U"—－-一ー", U"·•・"};

std::u32string skeleton(std::string_view name) {
  std::u32string shape;
  for (CodePoint const point : code_points(name)) {
    char32_t drawn = point.value;
    for (auto const group : groups)
      if (group.find(drawn) != std::u32string_view::npos) {
        drawn = group.front();
        break;
      }
    shape += drawn;
  }
  return shape;
}

class Shapes {
 public:
  explicit Shapes(Context& context) : context_(context) {}

  void enter(ast::Name const& name) {
    if (name.text.empty()) return;
    auto const [at, fresh] = seen_.emplace(skeleton(name.text), name);
    if (fresh || at->second.text == name.text) return;
    context_.diagnostics.add(name.span, diag::LookAlikeNames, name.text, at->second.text)
        .label(at->second.span, diag::note::DeclaredHere);
  }

 private:
  Context& context_;
  std::map<std::u32string, ast::Name> seen_;
};

}  // namespace

void warn_of_look_alikes(Context& context) {
  Shapes shapes(context);
  for (auto const* file : context.units.front().files)
    for (auto const& declaration : file->declarations) {
      if (auto const* schema = std::get_if<ast::SchemaDecl>(&declaration)) {
        shapes.enter(schema->name);
        for (auto const& field : schema->fields) shapes.enter(field.name);
      } else if (auto const* list = std::get_if<ast::EnumerationDecl>(&declaration)) {
        shapes.enter(list->name);
        for (auto const& entry : list->entries) shapes.enter(entry.name);
      } else if (auto const* parameter = std::get_if<ast::ParameterDecl>(&declaration)) {
        shapes.enter(parameter->name);
      } else if (auto const* table = std::get_if<ast::ReferenceTableDecl>(&declaration)) {
        shapes.enter(table->name);
      } else if (auto const* definition = std::get_if<ast::DefinitionDecl>(&declaration)) {
        if (!definition->name.parts.empty()) shapes.enter(definition->name.parts.back());
      }
    }
}

}  // namespace huiyu::check
