#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/follow.h"
#include "compiler/check/import.h"
#include "compiler/check/period.h"

namespace huiyu::check {
namespace {

std::string joined(ast::Path const& path) {
  std::string text;
  for (auto const& part : path.parts) text += (text.empty() ? "" : ".") + part.text;
  return text;
}

Letter const* letter_of(Scope const& scope, std::string_view name) {
  for (auto at = scope.letters.rbegin(); at != scope.letters.rend(); ++at)
    if (at->name == name) return &*at;
  return nullptr;
}

std::optional<Symbol> value_symbol(Context const& context, std::string_view name) {
  auto const found = context.view->symbols.find(name);
  if (found == context.view->symbols.end()) return std::nullopt;
  bool const value = found->second.kind == SymbolKind::Definition || found->second.kind == SymbolKind::Parameter;
  return value ? std::optional(found->second) : std::nullopt;
}

// `定义 设备.残值`, where it is seen.
std::optional<std::size_t> own_definition(Context const& context, SchemaId schema, std::string_view name) {
  auto const own = context.own_definitions.find(schema);
  if (own == context.own_definitions.end()) return std::nullopt;
  auto const found = own->second.find(name);
  if (found == own->second.end()) return std::nullopt;
  auto const& slot = context.definitions[found->second];
  bool const seen = sees(context, Symbol{SymbolKind::Definition, found->second, slot.span, slot.unit, slot.published});
  return seen ? std::optional(found->second) : std::nullopt;
}

bool has_member(Context const& context, SchemaId schema, std::string_view name) {
  if (auto const fields = context.fields.find(schema); fields != context.fields.end() && fields->second.contains(name))
    return true;
  return own_definition(context, schema, name).has_value();
}

Span span_of_member(Context const& context, SchemaId schema, std::string_view name) {
  if (auto const fields = context.fields.find(schema); fields != context.fields.end())
    if (auto const field = fields->second.find(name); field != fields->second.end())
      return context.program.fields[field->second].span;
  auto const& own = context.own_definitions.at(schema);
  return context.definitions[own.find(name)->second].decl->name.span;
}

// The record that the first part of a path names: a bound list by its name, or any record by its 结构.
RecordInScope const* qualified_record(Context const& context, Scope const& scope, std::string_view name) {
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at)
    if (at->name == name) return &*at;
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at)
    if (at->schema.has_value() && context.program.schemas[at->schema].name == name) return &*at;
  return nullptr;
}

bool is_builtin_name(std::string_view name) { return name == "基准日" || name == "申报年度"; }

tir::ExprId builtin_name(Context& context, std::string_view name, Span span) {
  if (name == "基准日") return add(context, tir::Input{tir::InputWord::AsOf}, plain_type(Kind::Date), span);
  return add(context, tir::Input{tir::InputWord::ApplicationYear}, plain_type(Kind::Year), span);
}

tir::ExprId unknown_name(Context& context, ast::Path const& path, Span span) {
  bool known = true;
  for (auto const& part : path.parts) known = known && part.known;
  if (!known || report_unseen(context, path.parts.front().text, span)) return poison(context, span);
  std::string const name = path.parts.size() == 1 ? path.parts.front().text : path.parts.back().text;
  auto& diagnostic = context.diagnostics.add(span, diag::UnknownName, joined(path));
  if (auto const near = nearest(name, visible_names(context))) diagnostic.add_help(diag::note::DidYouMean, *near);
  return poison(context, span);
}

// A name that several records in scope have, or a record and a definition: which is meant must be written.
tir::ExprId ambiguous(Context& context, std::string_view name, std::vector<Span> const& places,
                      std::string const& example, Span span) {
  auto& diagnostic = context.diagnostics.add(span, diag::NameOfTwo, name);
  for (auto const& place : places) diagnostic.label(place, diag::note::DeclaredHere);
  diagnostic.add_help(diag::note::Qualify, example);
  return poison(context, span);
}

// A bare name among letters, fields and definitions; absent if it is none of them.
std::optional<tir::ExprId> general_name(Context& context, Scope const& scope, ast::Name const& name, Span span) {
  if (auto const* letter = letter_of(scope, name.text)) return letter->value;
  std::vector<RecordInScope const*> owners;
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at)
    if (at->schema.has_value() && has_member(context, at->schema, name.text)) owners.push_back(&*at);
  auto const symbol = value_symbol(context, name.text);
  if (owners.size() + (symbol ? 1 : 0) > 1) {
    std::vector<Span> places;
    for (auto const* owner : owners) places.push_back(span_of_member(context, owner->schema, name.text));
    if (symbol) places.push_back(symbol->span);
    return ambiguous(context, name.text, places, owners.front()->name + "." + name.text, span);
  }
  if (!owners.empty()) return member_of(context, scope, *owners.front(), name, span);
  if (symbol && symbol->kind == SymbolKind::Definition) return definition_value(context, scope, symbol->index, span);
  if (symbol) {
    tir::ParameterId const id{static_cast<std::int32_t>(symbol->index)};
    return add(context, tir::ParameterValue{id}, context.program.parameters[id].type, span);
  }
  if (is_builtin_name(name.text)) return builtin_name(context, name.text, span);
  return std::nullopt;
}

bool is_general(Context const& context, Scope const& scope, std::string_view name) {
  if (letter_of(scope, name) != nullptr || value_symbol(context, name) || is_builtin_name(name)) return true;
  for (auto const& record : scope.records)
    if (record.schema.has_value() && has_member(context, record.schema, name)) return true;
  return false;
}

// An entry, region or industry without a type to go by: taken if only one thing bears the name.
tir::ExprId untyped_name(Context& context, ast::Path const& path, Span span) {
  if (path.parts.size() == 1) {
    auto const places = context.view->entries.find(path.parts.front().text);
    if (places != context.view->entries.end()) {
      Type type = plain_type(Kind::Enumeration);
      type.enumeration = places->second.front().enumeration;
      if (places->second.size() == 1)
        return constant(context, tir::EntryValue{places->second.front().index}, type, span);
      auto& diagnostic = context.diagnostics.add(span, diag::EntryOfSeveral, path.parts.front().text);
      for (auto const& place : places->second)
        diagnostic.label(context.entry_spans[static_cast<std::size_t>(place.enumeration.index)]
                                            [static_cast<std::size_t>(place.index)],
                         diag::note::DeclaredHere);
      diagnostic.add_help(diag::note::Qualify,
                          context.program.enumerations[type.enumeration].name + "." + path.parts.front().text);
      return poison(context, span);
    }
  }
  if (context.view->unclear.contains(path.parts.front().text)) return unknown_name(context, path, span);
  auto const symbol = context.view->symbols.find(path.parts.front().text);
  if (symbol != context.view->symbols.end() && symbol->second.kind == SymbolKind::Enumeration &&
      path.parts.size() == 2) {
    Type type = plain_type(Kind::Enumeration);
    type.enumeration = EnumerationId{static_cast<std::int32_t>(symbol->second.index)};
    auto const value = named_value(context, path, type, span);
    return value ? constant(context, *value, type, span) : poison(context, span);
  }
  if (symbol != context.view->symbols.end()) {
    context.diagnostics.add(span, diag::NoValue, path.parts.front().text)
        .label(symbol->second.span, diag::note::DeclaredHere);
    return poison(context, span);
  }
  for (auto const system : {codes::CodeSystem::Region, codes::CodeSystem::Industry}) {
    auto const found = codes::find_path(system, joined(path));
    if (found.empty()) continue;
    Type type = plain_type(Kind::Code);
    type.system = system;
    auto const value = named_value(context, path, type, span);
    return value ? constant(context, *value, type, span) : poison(context, span);
  }
  return unknown_name(context, path, span);
}

tir::ExprId no_such_field(Context& context, RecordInScope const& record, ast::Name const& name) {
  std::vector<std::string> names;
  for (auto const& [other, id] : context.fields[record.schema]) names.push_back(other);
  auto& diagnostic =
      context.diagnostics.add(name.span, diag::NoSuchField, context.program.schemas[record.schema].name, name.text);
  if (auto const near = nearest(name.text, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
  return poison(context, name.span);
}

// `申报单位.注册地`: a field or definition of the record that is pointed at.
tir::ExprId check_followed(Context& context, Scope const& scope, Followed const& found, Span span) {
  if (found.poisoned) return poison(context, span);
  auto const& name = found.rest.front();
  auto const own = context.fields[found.record.schema].find(name.text);
  bool const list =
      own != context.fields[found.record.schema].end() && context.program.fields[own->second].type.kind == Kind::List;
  if (list && found.rest.size() > 1) {
    context.diagnostics.add(span, diag::FieldOfList, source_text(context, span))
        .label(context.program.fields[own->second].span, diag::note::DeclaredHere)
        .add_help(diag::note::UseAggregate, source_text(context, span));
    return poison(context, span);
  }
  if (found.rest.size() == 1)
    if (auto const value = member_of(context, scope, found.record, name, span)) return *value;
  if (!found.rest.back().known) return poison(context, span);
  return no_such_field(context, found.record, found.rest.back());
}

tir::ExprId check_path(Context& context, Scope const& scope, ast::Path const& path, Span span) {
  auto const& first = path.parts.front();
  if (auto const* record = qualified_record(context, scope, first.text); record != nullptr && path.parts.size() == 2) {
    if (auto const value = member_of(context, scope, *record, path.parts[1], span)) return *value;
    if (!path.parts[1].known) return poison(context, span);
    return no_such_field(context, *record, path.parts[1]);
  }
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at) {
    if (!at->schema.has_value()) continue;
    auto const& own = context.fields[at->schema];
    auto const field = own.find(first.text);
    if (field == own.end() || context.program.fields[field->second].type.kind != Kind::List) continue;
    context.diagnostics.add(span, diag::FieldOfList, joined(path))
        .label(context.program.fields[field->second].span, diag::note::DeclaredHere)
        .add_help(diag::note::UseAggregate, joined(path));
    return poison(context, span);
  }
  return untyped_name(context, path, span);
}

// Inside 每年（…） a definition reads the period that is bound there.
tir::ExprId used_in(Context& context, Scope const& scope, tir::BindingId of, tir::DefinitionId definition, Span span) {
  tir::DefinitionValue used{of, definition, {}, {}};
  auto const hangs = context.hangs_on_period.find(definition);
  bool const year = hangs != context.hangs_on_period.end() && hangs->second.year,
             month = hangs != context.hangs_on_period.end() && hangs->second.month;
  if (year && scope.bound_year.has_value())
    used.year = add(context, tir::PeriodValue{scope.bound_year}, plain_type(Kind::Year), span);
  if (month && scope.bound_month.has_value())
    used.month = add(context, tir::PeriodValue{scope.bound_month}, plain_type(Kind::Month), span);
  Type const type = context.program.definitions[definition].type;
  return add(context, used, type, span);
}

}  // namespace

std::optional<tir::ExprId> member_of(Context& context, Scope const& scope, RecordInScope const& record,
                                     ast::Name const& name, Span span) {
  if (auto const found = find_field(context, record, name.text, span)) {
    if (!found->field.has_value()) return found->value;
    auto const& field = context.program.fields[found->field];
    if (field.type.kind == Kind::Poison) return poison(context, span);
    if (field.series != tir::SeriesStep::None) {
      context.diagnostics.add(span, diag::SeriesNeedsPeriod, name.text)
          .label(field.span, diag::note::DeclaredHere)
          .add_help(diag::note::NamePeriod, name.text);
      return poison(context, span);
    }
    return add(context, tir::FieldValue{record.binding, found->field}, field.type, span);
  }
  auto slot = own_definition(context, record.schema, name.text);
  if (!slot) {
    // `企业.划型`: a definition about this 结构 that was declared without naming it.
    auto const symbol = value_symbol(context, name.text);
    if (!symbol || symbol->kind != SymbolKind::Definition) return std::nullopt;
    slot = symbol->index;
  }
  auto const definition = definition_of(context, definition_for(context, *slot, record), span);
  if (!definition) return poison(context, span);
  auto const& made = context.program.definitions[*definition];
  if (made.schema.has_value() && made.schema != schema_of_record(context, record)) return std::nullopt;
  return used_in(context, scope, record.binding, *definition, span);
}

tir::ExprId definition_value(Context& context, Scope const& scope, std::size_t slot, Span span) {
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at)
    if (std::size_t const own = definition_for(context, slot, *at); own != slot) {
      auto const definition = definition_of(context, own, span);
      return definition ? used_in(context, scope, at->binding, *definition, span) : poison(context, span);
    }
  auto const definition = definition_of(context, slot, span);
  if (!definition) return poison(context, span);
  auto const made = context.program.definitions[*definition];
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at)
    if (!made.schema.has_value() || (!at->stand_in && at->schema == made.schema))
      return used_in(context, scope, at->binding, *definition, span);
  if (!made.schema.has_value()) return used_in(context, scope, tir::BindingId{0}, *definition, span);
  context.diagnostics.add(span, diag::DefinitionOfOther, made.name, context.program.schemas[made.schema].name)
      .label(made.span, diag::note::DeclaredHere);
  return poison(context, span);
}

namespace {

// Lists have thousands of entries: those that the file sees are found by name.
std::optional<std::int32_t> entry_of(Context const& context, EnumerationId id, std::string const& name) {
  if (auto const seen = context.view->entries.find(name); seen != context.view->entries.end())
    for (auto const& place : seen->second)
      if (place.enumeration == id) return place.index;
  auto const& entries = context.program.enumerations[id].entries;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (entries[i] == name) return static_cast<std::int32_t>(i);
  return std::nullopt;
}

}  // namespace

std::optional<tir::Value> named_value(Context& context, ast::Path const& path, Type const& type, Span span) {
  if (type.kind == Kind::Enumeration) {
    auto const& enumeration = context.program.enumerations[type.enumeration];
    std::string const& name = path.parts.back().text;
    bool const qualified = path.parts.size() == 2 && path.parts.front().text == enumeration.name;
    if (path.parts.size() == 1 || qualified)
      if (auto const entry = entry_of(context, type.enumeration, name)) return tir::EntryValue{*entry};
    if (!path.parts.back().known) return std::nullopt;
    auto& diagnostic = context.diagnostics.add(span, diag::NoSuchEntry, enumeration.name, joined(path));
    diagnostic.label(enumeration.span, diag::note::DeclaredHere);
    if (auto const near = nearest(name, enumeration.entries)) diagnostic.add_help(diag::note::DidYouMean, *near);
    return std::nullopt;
  }
  std::string const text = joined(path);
  auto const found = codes::find_path(type.system, text);
  if (found.size() == 1) return tir::CodeValue{found.front()};
  if (found.empty()) {
    bool const known = path.parts.back().known;
    if (known) context.diagnostics.add(span, diag::NoSuchCode, phrase(context, type), text);
    return std::nullopt;
  }
  std::string candidates;
  std::size_t shown = 0;
  for (auto const id : found) {
    if (++shown > 6) break;
    candidates += (candidates.empty() ? "" : "、") + codes::display_path(type.system, id);
  }
  if (found.size() > 6) candidates += "…";
  context.diagnostics.add(span, diag::CodeOfSeveral, text, static_cast<diag::Count>(found.size()))
      .add_help(diag::note::Candidates, candidates);
  return std::nullopt;
}

bool needs_type(Context& context, Scope const& scope, ast::ExprId id) {
  auto const& expr = scope.expr(id);
  if (auto const* bracket = std::get_if<ast::Bracket>(&expr.kind)) return needs_type(context, scope, bracket->inner);
  if (auto const* literal = std::get_if<ast::Literal>(&expr.kind))
    return std::holds_alternative<ast::TextLiteral>(literal->value);
  auto const* reference = std::get_if<ast::Reference>(&expr.kind);
  if (reference == nullptr || reference->period || reference->path.parts.empty()) return false;
  auto const& parts = reference->path.parts;
  if (parts.size() == 1) return !is_general(context, scope, parts.front().text);
  return qualified_record(context, scope, parts.front().text) == nullptr &&
         !is_general(context, scope, parts.front().text);
}

tir::ExprId check_reference(Context& context, Scope const& scope, ast::Reference const& reference, Type const* expected,
                            Span span) {
  if (reference.period) return check_period_reference(context, scope, reference, span);
  if (reference.path.parts.empty()) return poison(context, span);
  if (reference.path.parts.size() == 1)
    if (auto const value = general_name(context, scope, reference.path.parts.front(), span)) return *value;
  if (auto const found = follow(context, scope, reference.path)) return check_followed(context, scope, *found, span);
  bool const typed = expected != nullptr && (expected->kind == Kind::Enumeration || expected->kind == Kind::Code);
  if (typed && (reference.path.parts.size() == 1 ||
                qualified_record(context, scope, reference.path.parts.front().text) == nullptr)) {
    auto const value = named_value(context, reference.path, *expected, span);
    return value ? constant(context, *value, *expected, span) : poison(context, span);
  }
  if (reference.path.parts.size() > 1) return check_path(context, scope, reference.path, span);
  return untyped_name(context, reference.path, span);
}

}  // namespace huiyu::check
