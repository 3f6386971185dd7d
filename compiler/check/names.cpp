#include <algorithm>
#include <set>

#include "compiler/base/match.h"
#include "compiler/check/declarations.h"
#include "compiler/check/import.h"

namespace huiyu::check {
namespace {

// Collects what one file declares into its unit.
class FileNames {
 public:
  FileNames(Context& context, std::size_t unit, ast::File const& file) : context_(context), unit_(unit), file_(file) {}

  void collect() {
    for (auto const& declaration : file_.declarations)
      match(
          declaration,  //
          [&](ast::SchemaDecl const& decl) { collect(decl); }, [&](ast::EnumerationDecl const& decl) { collect(decl); },
          [&](ast::ParameterDecl const& decl) {
            auto& all = context_.program.parameters;
            if (enter(decl.name, SymbolKind::Parameter, all.size(), decl.published))
              all.add({decl.name.text, {}, {}, {}, decl.name.span});
          },
          [&](ast::ReferenceTableDecl const& decl) {
            auto& all = context_.program.reference_tables;
            if (!enter(decl.name, SymbolKind::ReferenceTable, all.size(), decl.published)) return;
            tir::ReferenceTable table;
            table.name = decl.name.text;
            table.span = decl.name.span;
            all.add(std::move(table));
          },
          [&](ast::DefinitionDecl const& decl) { collect(decl); },
          [&](ast::ImportDecl const& decl) { collect(decl); },  //
          [](ast::ExceptionDecl const&) {}, [](ast::DocumentDecl const&) {}, [](ast::UseDecl const&) {},
          [](ast::PolicyDecl const&) {}, [](ast::AlertDecl const&) {}, [](ast::TestDecl const&) {},
          [](ast::GroupDecl const&) {}, [](ast::BudgetDecl const&) {},
          [&](ast::CohortDecl const& decl) {
            if (enter(decl.name, SymbolKind::Cohort, context_.cohorts.size(), false))
              context_.cohorts.push_back({&decl, &file_, {}, {}});
          },
          [&](ast::TallyDecl const& decl) { collect(decl); },  //
          [](ast::HoleDecl const&) {});
  }

 private:
  // Enters a general name; of two declarations the second is reported, with both places.
  bool enter(ast::Name const& name, SymbolKind kind, std::size_t index, bool published) {
    if (name.text.empty()) return false;
    auto const [at, fresh] =
        context_.units[unit_].symbols.emplace(name.text, Symbol{kind, index, name.span, unit_, published});
    if (!fresh)
      context_.diagnostics.add(name.span, diag::DeclaredTwice, name.text)
          .label(at->second.span, diag::note::DeclaredHere);
    return fresh;
  }

  void collect(ast::SchemaDecl const& decl) {
    auto const index = context_.program.schemas.size();
    if (!enter(decl.name, SymbolKind::Schema, index, decl.published)) return;
    auto const id = context_.program.schemas.add({decl.name.text, {}, {}, decl.name.span});
    context_.schema_symbols.push_back({SymbolKind::Schema, index, decl.name.span, unit_, decl.published});
    context_.fields[id];
  }

  void collect(ast::TallyDecl const& decl) {
    auto const index = context_.program.schemas.size();
    if (!enter(decl.name, SymbolKind::Schema, index, false)) return;
    auto const id = context_.program.schemas.add({decl.name.text, {}, {}, decl.name.span});
    context_.schema_symbols.push_back({SymbolKind::Schema, index, decl.name.span, unit_, false});
    context_.fields[id];
    context_.tallies.push_back({&decl, &file_, id, {}});
    for (auto const& row : decl.rows) collect(row);
  }

  void collect(ast::EnumerationDecl const& decl) {
    if (decl.code_type) {
      if (enter(decl.name, SymbolKind::CodeGroup, context_.groups.size(), decl.published))
        context_.groups.push_back({decl.name.text, {}, {}, {}, decl.name.span, false});
      return;
    }
    auto const index = context_.program.enumerations.size();
    if (!enter(decl.name, SymbolKind::Enumeration, index, decl.published)) return;
    context_.program.enumerations.add({decl.name.text, {}, false, decl.name.span});
    context_.enumeration_symbols.push_back({SymbolKind::Enumeration, index, decl.name.span, unit_, decl.published});
    context_.entry_spans.emplace_back();
  }

  void collect(ast::DefinitionDecl const& decl) {
    if (decl.name.parts.empty()) return;
    DefinitionSlot slot;
    slot.decl = &decl;
    slot.file = &file_;
    slot.name = decl.name.parts.back().text;
    slot.span = decl.name.span;
    slot.unit = unit_;
    slot.published = decl.published;
    for (auto const& clause : decl.exceptions) slot.exceptions.push_back({&clause, &file_, 0});
    // `定义 设备.残值`: its 结构 is looked up once all are known (own_definitions).
    if (decl.name.parts.size() > 1 ||
        enter(decl.name.parts.front(), SymbolKind::Definition, context_.definitions.size(), decl.published))
      context_.definitions.push_back(std::move(slot));
  }

  void collect(ast::ImportDecl const& decl) {
    if (!enter(decl.name, SymbolKind::Definition, context_.definitions.size(), decl.published)) return;
    DefinitionSlot slot;
    slot.import = &decl;
    slot.import_file = &file_;
    slot.name = decl.name.text;
    slot.span = decl.name.span;
    slot.unit = unit_;
    slot.published = decl.published;
    context_.definitions.push_back(std::move(slot));
  }

  Context& context_;
  std::size_t unit_;
  ast::File const& file_;
};

// Where the project and a module, or two modules, use one name, the module's says whose it is: explanations, tests
// and values from outside name parameters, tables and definitions.
void tell_apart(Context& context) {
  std::map<std::pair<SymbolKind, std::string_view>, int> counts;
  for (auto const& unit : context.units)
    for (auto const& [name, symbol] : unit.symbols) ++counts[{symbol.kind, name}];
  for (auto const& unit : context.units) {
    if (unit.module.empty()) continue;
    for (auto const& [name, symbol] : unit.symbols) {
      if (counts[{symbol.kind, name}] < 2) continue;
      auto const index = static_cast<std::int32_t>(symbol.index);
      std::string const whole = unit.module + "." + name;
      if (symbol.kind == SymbolKind::Definition) context.definitions[symbol.index].name = whole;
      if (symbol.kind == SymbolKind::Parameter) context.program.parameters[tir::ParameterId{index}].name = whole;
      if (symbol.kind == SymbolKind::ReferenceTable)
        context.program.reference_tables[tir::ReferenceTableId{index}].name = whole;
    }
  }
}

void hide(View& view, std::string const& name, Symbol const& symbol) {
  auto& several = view.unclear[name];
  if (auto const shown = view.symbols.find(name); shown != view.symbols.end()) {
    several.push_back(shown->second);
    view.symbols.erase(shown);
  }
  several.push_back(symbol);
}

View view_of(Context const& context, std::size_t unit, std::vector<std::size_t> used) {
  View view;
  view.unit = unit;
  view.symbols = context.units[unit].symbols;
  for (auto const module : used)
    for (auto const& [name, symbol] : context.units[module].symbols) {
      if (!symbol.published) {
        view.hidden.emplace(name, symbol);
        continue;
      }
      auto const shown = view.symbols.find(name);
      // 引用 makes a definition under the name of the one that it imports.
      bool const imported = shown != view.symbols.end() && shown->second.unit == unit &&
                            shown->second.kind == SymbolKind::Definition && symbol.kind == SymbolKind::Definition &&
                            context.definitions[shown->second.index].origin == symbol.index;
      if (imported) continue;
      if (shown == view.symbols.end() && !view.unclear.contains(name))
        view.symbols.emplace(name, symbol);
      else
        hide(view, name, symbol);
    }
  view.used = std::move(used);
  return view;
}

// The units that a file uses. A module that was not found is not among them; that has been reported.
std::vector<std::size_t> used_by(ast::File const& file, std::map<std::string_view, std::size_t> const& modules) {
  std::set<std::size_t> used;
  for (auto const& declaration : file.declarations)
    if (auto const* use = std::get_if<ast::UseDecl>(&declaration))
      if (auto const found = modules.find(use->module.text); found != modules.end()) used.insert(found->second);
  return {used.begin(), used.end()};
}

void make_views(Context& context) {
  std::map<std::string_view, std::size_t> modules;
  for (std::size_t i = 1; i < context.units.size(); ++i) modules[context.units[i].module] = i;
  std::map<ast::File const*, std::vector<std::size_t>> used;
  for (auto const* file : context.files) used[file] = used_by(*file, modules);
  resolve_imports(context, used);
  std::map<std::pair<std::size_t, std::vector<std::size_t>>, View const*> made;
  for (std::size_t unit = 0; unit < context.units.size(); ++unit)
    for (auto const* file : context.units[unit].files) {
      auto& view = made[{unit, used[file]}];
      if (view == nullptr) view = &context.views.emplace_back(view_of(context, unit, used[file]));
      context.view_of[file] = view;
    }
}

// `定义 设备.残值`
void attach_own_definitions(Context& context) {
  for (std::size_t i = 0; i < context.definitions.size(); ++i) {
    auto& slot = context.definitions[i];
    if (slot.import != nullptr || slot.decl->name.parts.size() == 1) continue;
    auto const& parts = slot.decl->name.parts;
    InFile const in(context, slot.file);
    auto const symbol = context.view->symbols.find(parts.front().text);
    if (symbol == context.view->symbols.end() || symbol->second.kind != SymbolKind::Schema || parts.size() > 2) {
      if (!report_unseen(context, parts.front().text, parts.front().span))
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

// `例外 返还比例 当 …` written elsewhere.
void attach_exception(Context& context, ast::ExceptionDecl const& decl, ast::File const& file) {
  if (decl.definition.text.empty()) return;
  std::string const& name = decl.definition.text;
  auto const symbol = context.view->symbols.find(name);
  if (symbol == context.view->symbols.end() || symbol->second.kind != SymbolKind::Definition) {
    if (!decl.definition.known || report_unseen(context, name, decl.definition.span)) return;
    auto& diagnostic = context.diagnostics.add(decl.definition.span, diag::ExceptionOfNothing, name);
    std::vector<std::string> definitions;
    for (auto const& [other, what] : context.view->symbols)
      if (what.kind == SymbolKind::Definition) definitions.push_back(other);
    if (auto const near = nearest(name, definitions)) diagnostic.add_help(diag::note::DidYouMean, *near);
    return;
  }
  if (symbol->second.unit != context.view->unit) {
    context.diagnostics
        .add(decl.definition.span, diag::ExceptionOfModule, name, context.units[symbol->second.unit].module)
        .label(symbol->second.span, diag::note::DeclaredHere)
        .add_help(diag::note::ImportFirst, name);
    return;
  }
  context.definitions[symbol->second.index].exceptions.push_back(
      {&decl.clause, &file, imports_behind(context, symbol->second.index)});
}

}  // namespace

void collect_names(Context& context) {
  for (std::size_t unit = 0; unit < context.units.size(); ++unit)
    for (auto const* file : context.units[unit].files) FileNames(context, unit, *file).collect();
  tell_apart(context);
  make_views(context);
  attach_own_definitions(context);
  for (auto const* file : context.files) {
    InFile const in(context, file);
    for (auto const& declaration : file->declarations)
      if (auto const* decl = std::get_if<ast::ExceptionDecl>(&declaration)) attach_exception(context, *decl, *file);
  }
}

void show_entries(Context& context) {
  for (auto& view : context.views) {
    context.view = &view;
    for (std::size_t i = 0; i < context.enumeration_symbols.size(); ++i) {
      if (!sees(context, context.enumeration_symbols[i])) continue;
      EnumerationId const id{static_cast<std::int32_t>(i)};
      auto const& entries = context.program.enumerations[id].entries;
      for (std::size_t k = 0; k < entries.size(); ++k)
        view.entries[entries[k]].push_back({id, static_cast<std::int32_t>(k)});
      if (auto const kinds = context.source_kinds.find(id); kinds != context.source_kinds.end())
        view.source_kinds.insert(kinds->second.begin(), kinds->second.end());
    }
  }
  context.view = nullptr;
}

bool sees(Context const& context, Symbol const& symbol) {
  auto const& view = *context.view;
  return symbol.unit == view.unit ||
         (symbol.published && std::binary_search(view.used.begin(), view.used.end(), symbol.unit));
}

bool sees(Context const& context, SchemaId schema) {
  return sees(context, context.schema_symbols[static_cast<std::size_t>(schema.index)]);
}

bool report_unseen(Context& context, std::string_view name, Span span) {
  if (auto const several = context.view->unclear.find(name); several != context.view->unclear.end()) {
    auto& diagnostic = context.diagnostics.add(span, diag::NameOfModules, name);
    for (auto const& each : several->second) diagnostic.label(each.span, diag::note::DeclaredHere);
    return true;
  }
  auto const hidden = context.view->hidden.find(name);
  if (hidden == context.view->hidden.end() || context.view->symbols.contains(name)) return false;
  context.diagnostics.add(span, diag::PrivateName, name, context.units[hidden->second.unit].module)
      .label(hidden->second.span, diag::note::DeclaredHere);
  return true;
}

std::vector<std::string> visible_names(Context const& context) {
  std::vector<std::string> names;
  for (auto const& [name, symbol] : context.view->symbols) names.push_back(name);
  for (auto const& [schema, fields] : context.fields)
    if (sees(context, schema))
      for (auto const& [name, field] : fields) names.push_back(name);
  for (auto const& [schema, own] : context.own_definitions)
    if (sees(context, schema))
      for (auto const& [name, slot] : own) names.push_back(name);
  for (auto const& [name, places] : context.view->entries) names.push_back(name);
  return names;
}

}  // namespace huiyu::check
