#include "compiler/base/match.h"
#include "compiler/check/declarations.h"

namespace huiyu::check {
namespace {

// Enters a general name; of two declarations the second is reported, with both places.
bool enter(Context& context, ast::Name const& name, SymbolKind kind, std::size_t index) {
  if (name.text.empty()) return false;
  auto const [at, fresh] = context.symbols.emplace(name.text, Symbol{kind, index, name.span});
  if (!fresh)
    context.diagnostics.add(name.span, diag::DeclaredTwice, name.text).label(at->second.span, diag::note::DeclaredHere);
  return fresh;
}

void collect_schema(Context& context, ast::SchemaDecl const& decl) {
  if (!enter(context, decl.name, SymbolKind::Schema, context.program.schemas.size())) return;
  auto const id = context.program.schemas.add({decl.name.text, {}, {}, decl.name.span});
  context.fields[id];
}

void collect_enumeration(Context& context, ast::EnumerationDecl const& decl) {
  if (decl.code_type) {
    if (enter(context, decl.name, SymbolKind::CodeGroup, context.groups.size()))
      context.groups.push_back({decl.name.text, {}, {}, {}, decl.name.span, false});
    return;
  }
  if (!enter(context, decl.name, SymbolKind::Enumeration, context.program.enumerations.size())) return;
  context.program.enumerations.add({decl.name.text, {}, false, decl.name.span});
  context.entry_spans.emplace_back();
}

void collect_definition(Context& context, ast::DefinitionDecl const& decl, ast::File const& file) {
  if (decl.name.parts.empty()) return;
  DefinitionSlot slot;
  slot.decl = &decl;
  slot.file = &file;
  for (auto const& clause : decl.exceptions) slot.exceptions.push_back({&clause, &file});
  if (decl.name.parts.size() == 1) {
    if (enter(context, decl.name.parts.front(), SymbolKind::Definition, context.definitions.size()))
      context.definitions.push_back(std::move(slot));
    return;
  }
  context.definitions.push_back(std::move(slot));  // its 结构 is looked up once all are known: own_definitions
}

// `定义 设备.残值`, and `例外 返还比例 当 …` written elsewhere.
void attach_own_definitions(Context& context) {
  for (std::size_t i = 0; i < context.definitions.size(); ++i) {
    auto& slot = context.definitions[i];
    auto const& parts = slot.decl->name.parts;
    if (parts.size() == 1) continue;
    auto const symbol = context.symbols.find(parts.front().text);
    if (symbol == context.symbols.end() || symbol->second.kind != SymbolKind::Schema || parts.size() > 2) {
      context.diagnostics.add(parts.front().span, diag::NoSchema, parts.front().text);
      slot.state = DefinitionSlot::State::Done;
      continue;
    }
    SchemaId const schema{static_cast<std::int32_t>(symbol->second.index)};
    slot.schema = schema;
    slot.schema_known = true;
    auto const [at, fresh] = context.own_definitions[schema].emplace(parts[1].text, i);
    if (!fresh)
      context.diagnostics.add(parts[1].span, diag::DeclaredTwice, parts[1].text)
          .label(context.definitions[at->second].decl->name.parts[1].span, diag::note::DeclaredHere);
  }
}

void attach_exception(Context& context, ast::ExceptionDecl const& decl, ast::File const& file) {
  if (decl.definition.text.empty()) return;
  auto const symbol = context.symbols.find(decl.definition.text);
  if (symbol == context.symbols.end() || symbol->second.kind != SymbolKind::Definition) {
    if (!decl.definition.known) return;
    auto& diagnostic = context.diagnostics.add(decl.definition.span, diag::ExceptionOfNothing, decl.definition.text);
    std::vector<std::string> definitions;
    for (auto const& [name, what] : context.symbols)
      if (what.kind == SymbolKind::Definition) definitions.push_back(name);
    if (auto const near = nearest(decl.definition.text, definitions))
      diagnostic.add_help(diag::note::DidYouMean, *near);
    return;
  }
  context.definitions[symbol->second.index].exceptions.push_back({&decl.clause, &file});
}

void not_yet(Context& context, Span span) { context.diagnostics.add(span, diag::NotYet, source_text(context, span)); }

}  // namespace

void collect_names(Context& context) {
  std::size_t parameters = 0, tables = 0;
  for (auto const* file : context.files)
    for (auto const& declaration : file->declarations)
      match(
          declaration,  //
          [&](ast::SchemaDecl const& decl) { collect_schema(context, decl); },
          [&](ast::EnumerationDecl const& decl) { collect_enumeration(context, decl); },
          [&](ast::ParameterDecl const& decl) {
            if (!enter(context, decl.name, SymbolKind::Parameter, parameters)) return;
            ++parameters;
            context.program.parameters.add({decl.name.text, {}, {}, {}, decl.name.span});
          },
          [&](ast::ReferenceTableDecl const& decl) {
            if (!enter(context, decl.name, SymbolKind::ReferenceTable, tables)) return;
            ++tables;
            tir::ReferenceTable table;
            table.name = decl.name.text;
            table.span = decl.name.span;
            context.program.reference_tables.add(std::move(table));
          },
          [&](ast::DefinitionDecl const& decl) { collect_definition(context, decl, *file); },
          [](ast::ExceptionDecl const&) {}, [](ast::DocumentDecl const&) {}, [](ast::UseDecl const&) {},
          [](ast::ImportDecl const&) {}, [](ast::PolicyDecl const&) {}, [](ast::AlertDecl const&) {},
          [](ast::TestDecl const&) {}, [](ast::HoleDecl const&) {});
  attach_own_definitions(context);
  for (auto const* file : context.files)
    for (auto const& declaration : file->declarations) {
      if (auto const* decl = std::get_if<ast::ExceptionDecl>(&declaration)) attach_exception(context, *decl, *file);
      // A module that is not there must not look as if it were.
      if (auto const* use = std::get_if<ast::UseDecl>(&declaration)) not_yet(context, use->span);
      if (auto const* import = std::get_if<ast::ImportDecl>(&declaration)) not_yet(context, import->span);
    }
}

std::vector<std::string> visible_names(Context const& context) {
  std::vector<std::string> names;
  for (auto const& [name, symbol] : context.symbols) names.push_back(name);
  for (auto const& [schema, fields] : context.fields)
    for (auto const& [name, field] : fields) names.push_back(name);
  for (auto const& [schema, own] : context.own_definitions)
    for (auto const& [name, slot] : own) names.push_back(name);
  for (auto const& [name, places] : context.entries) names.push_back(name);
  return names;
}

}  // namespace huiyu::check
