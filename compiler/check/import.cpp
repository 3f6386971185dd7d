#include "compiler/check/import.h"

#include <algorithm>
#include <set>

#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/follow.h"
#include "compiler/check/subject.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

// A definition goes from a state's module to a city's and a county's; nobody needs more.
constexpr int deepest_import = 8;

void refuse_import(DefinitionSlot& slot) { slot.state = DefinitionSlot::State::Done; }

// The published definition that the name means among the modules in use; reports; absent if none.
std::optional<std::size_t> origin_of(Context& context, DefinitionSlot const& slot,
                                     std::vector<std::size_t> const& used) {
  auto const& name = slot.import->name;
  std::vector<Symbol> found;
  std::optional<Symbol> hidden;
  std::vector<std::string> others;
  for (auto const unit : used) {
    for (auto const& [other, symbol] : context.units[unit].symbols)
      if (symbol.published && symbol.kind == SymbolKind::Definition) others.push_back(other);
    auto const symbol = context.units[unit].symbols.find(name.text);
    if (symbol == context.units[unit].symbols.end()) continue;
    if (symbol->second.published)
      found.push_back(symbol->second);
    else
      hidden = symbol->second;
  }
  if (found.size() > 1) {
    auto& diagnostic = context.diagnostics.add(name.span, diag::NameOfModules, name.text);
    for (auto const& each : found) diagnostic.label(each.span, diag::note::DeclaredHere);
    return std::nullopt;
  }
  if (found.size() == 1 && found.front().kind == SymbolKind::Definition) return found.front().index;
  if (found.empty() && hidden) {
    context.diagnostics.add(name.span, diag::PrivateName, name.text, context.units[hidden->unit].module)
        .label(hidden->span, diag::note::DeclaredHere);
    return std::nullopt;
  }
  auto& diagnostic = context.diagnostics.add(name.span, diag::ImportUnknown, name.text);
  if (!found.empty()) diagnostic.label(found.front().span, diag::note::DeclaredHere);
  if (auto const near = nearest(name.text, others)) diagnostic.add_help(diag::note::DidYouMean, *near);
  return std::nullopt;
}

// Whether some module that the file uses was not found: what it would have published is not missed then.
bool lacks_a_module(Context const& context, ast::File const& file) {
  for (auto const& declaration : file.declarations)
    if (auto const* use = std::get_if<ast::UseDecl>(&declaration))
      if (std::none_of(context.units.begin() + 1, context.units.end(),
                       [&](Unit const& unit) { return unit.module == use->module.text; }))
        return true;
  return false;
}

// The fields of that 结构 which a definition reads, itself or through others.
void needed_fields(Context const& context, tir::DefinitionId definition, SchemaId schema,
                   std::set<tir::DefinitionId>& seen, std::set<tir::FieldId>& needed) {
  if (!seen.insert(definition).second) return;
  for (auto const id : tir::reachable(context.program, context.program.definitions[definition].value)) {
    auto const& kind = context.program.exprs[id].kind;
    auto const one = [&](tir::FieldId field) {
      // What is read of another record hangs on the reference to it.
      while (field.has_value() && context.program.fields[field].via.has_value())
        field = context.program.fields[field].via;
      if (field.has_value() && context.program.fields[field].schema == schema) needed.insert(field);
    };
    if (auto const* field = std::get_if<tir::FieldValue>(&kind)) one(field->field);
    if (auto const* series = std::get_if<tir::SeriesValue>(&kind)) one(series->field);
    if (auto const* list = std::get_if<tir::Aggregate>(&kind)) one(list->list);
    if (auto const* used = std::get_if<tir::DefinitionValue>(&kind))
      needed_fields(context, used->definition, schema, seen, needed);
  }
}

ast::ExprId const* mapped(ast::ImportDecl const& import, std::string_view name) {
  for (auto const& [left, right] : import.mapping)
    if (left.text == name) return &right;
  return nullptr;
}

bool same_kind(tir::Field const& a, tir::Field const& b) { return a.type == b.type && a.series == b.series; }

// Whether all that the definition reads and 其中 does not name is there by name and type.
bool fits(Context& context, DefinitionSlot const& slot, SchemaId from, SchemaId to) {
  auto const made = definition_of(context, *slot.origin, slot.span);
  if (!made) return false;
  std::set<tir::DefinitionId> seen;
  std::set<tir::FieldId> needed;
  needed_fields(context, *made, from, seen, needed);
  auto const& own = context.fields[to];
  return std::all_of(needed.begin(), needed.end(), [&](tir::FieldId id) {
    auto const& field = context.program.fields[id];
    if (mapped(*slot.import, field.name) != nullptr) return true;
    auto const found = own.find(field.name);
    return found != own.end() && same_kind(context.program.fields[found->second], field);
  });
}

// The 结构 that the mapping speaks of, or the only one into which the fields fit.
std::optional<SchemaId> target_of(Context& context, DefinitionSlot const& slot, SchemaId from,
                                  std::vector<SchemaId> const& candidates) {
  std::vector<Source> sources;
  for (auto const& [name, value] : slot.import->mapping)
    if (value.has_value()) sources.push_back({slot.import_file, value});
  auto left = sources.empty() ? candidates : subjects_of(context, sources, candidates);
  if (left.size() > 1) {
    auto const all = left;
    std::erase_if(left, [&](SchemaId to) { return !fits(context, slot, from, to); });
    if (left.empty()) left = all;
  }
  if (left.size() == 1) return left.front();
  auto& diagnostic = context.diagnostics.add(slot.span, diag::ImportSubject, slot.import->name.text);
  for (auto const id : left) diagnostic.label(context.program.schemas[id].span, diag::note::DeclaredHere);
  return std::nullopt;
}

// A stand-in whose own record stands in for another.
std::size_t within(Context& context, std::size_t inner, std::size_t outer) {
  if (auto const known = context.stand_ins[inner].within.find(outer); known != context.stand_ins[inner].within.end())
    return known->second;
  StandIn made = context.stand_ins[inner];
  made.outer = made.outer ? within(context, *made.outer, outer) : outer;
  made.depth += context.stand_ins[outer].depth;
  made.name = context.stand_ins[outer].name + "." + made.name;
  made.fields.clear();
  made.copies.clear();
  made.within.clear();
  std::size_t const index = context.stand_ins.size();
  context.stand_ins.push_back(std::move(made));
  context.stand_ins[inner].within[outer] = index;
  return index;
}

// What needs no definition of its own to be read in another's text: a name, of whatever period.
bool is_plain(Context const& context, tir::ExprId value) {
  auto const& kind = context.program.exprs[value].kind;
  return std::holds_alternative<tir::FieldValue>(kind) || std::holds_alternative<tir::SeriesValue>(kind) ||
         std::holds_alternative<tir::DefinitionValue>(kind) || std::holds_alternative<tir::ParameterValue>(kind) ||
         std::holds_alternative<tir::Constant>(kind) || std::holds_alternative<tir::Input>(kind);
}

class Mapping {
 public:
  Mapping(Context& context, std::size_t stand_in, RecordInScope const& record)
      : context_(context), stand_in_(context.stand_ins[stand_in]), target_(behind(context, record)) {}

  FoundField of(tir::Field const& field, ast::ExprId source, Span use) {
    auto const known = stand_in_.fields.find(field.name);
    if (known == stand_in_.fields.end()) return first(field, source);
    switch (known->second.how) {
      case StoodFor::How::Poisoned: return {{}, poison(context_, use)};
      case StoodFor::How::Field: return {known->second.field, {}};
      case StoodFor::How::Expression: return {{}, value_of(field, source)};
      case StoodFor::How::Definition: return {{}, read(known->second.definition, use)};
      case StoodFor::How::Missing: return {{}, missing(field, known->second.parameter, use)};
    }
    return {{}, poison(context_, use)};
  }

  FoundField poisoned(tir::Field const& field, Span use) {
    stand_in_.fields[field.name].how = StoodFor::How::Poisoned;
    return {{}, poison(context_, use)};
  }

 private:
  Span span_of_source(ast::ExprId source) const { return stand_in_.file->exprs[source].span; }

  tir::ExprId value_of(tir::Field const& field, ast::ExprId source) {
    InFile const in(context_, stand_in_.file);
    Frame frame;
    Scope scope;
    scope.file = stand_in_.file;
    scope.frame = &frame;
    scope.records.push_back(target_);
    return check_expr(context_, scope, source, &field.type);
  }

  tir::ExprId read(tir::DefinitionId definition, Span span) {
    return add(context_, tir::DefinitionValue{target_.binding, definition, {}, {}},
               context_.program.definitions[definition].type, span);
  }

  tir::ExprId missing(tir::Field const& field, tir::ParameterId parameter, Span span) {
    return add(context_, tir::ParameterValue{parameter}, field.type, span);
  }

  // 其中 资产总额 缺: a value that nobody states. Explanations name it as what is lacking.
  FoundField nowhere(tir::Field const& field) {
    Span const span = stand_in_.import->name.span;
    if (field.series != tir::SeriesStep::None || field.type.kind == Kind::List || field.type.kind == Kind::Set) {
      context_.diagnostics.add(span, diag::ImportSeries, field.name).label(field.span, diag::note::FieldInModule);
      return poisoned(field, span);
    }
    tir::Parameter made;
    made.name = stand_in_.name + "." + field.name;
    made.type = field.type;
    made.format = field.format;
    made.span = span;
    auto& kept = stand_in_.fields[field.name];
    kept.how = StoodFor::How::Missing;
    kept.parameter = context_.program.parameters.add(std::move(made));
    return {{}, missing(field, kept.parameter, span)};
  }

  FoundField first(tir::Field const& field, ast::ExprId source) {
    if (field.type.kind == Kind::Poison) return poisoned(field, stand_in_.import->name.span);
    if (!source.has_value()) return nowhere(field);
    Span const span = span_of_source(source);
    if (field.series != tir::SeriesStep::None || field.type.kind == Kind::List) return whole_field(field, source);
    tir::ExprId const value = value_of(field, source);
    if (is_poison(context_, value)) return poisoned(field, span);
    if (!(type_of(context_, value) == field.type)) return other_type(field, type_of(context_, value), span);
    auto& kept = stand_in_.fields[field.name];
    if (is_plain(context_, value)) {
      kept.how = StoodFor::How::Expression;
      return {{}, value};
    }
    kept.how = StoodFor::How::Definition;
    kept.definition =
        made_definition(context_, stand_in_.name + "." + field.name, schema_of_record(context_, target_), value, span);
    return {{}, read(kept.definition, span)};
  }

  FoundField other_type(tir::Field const& field, Type const& given, Span span) {
    context_.diagnostics
        .add(span, diag::ImportFieldType, field.name, phrase(context_, field.type), phrase(context_, given))
        .label(field.span, diag::note::FieldInModule);
    return poisoned(field, span);
  }

  // A series or a list: a field of ours as a whole.
  FoundField whole_field(tir::Field const& field, ast::ExprId source) {
    Span const span = span_of_source(source);
    auto const* reference = std::get_if<ast::Reference>(&stand_in_.file->exprs[source].kind);
    bool const named = reference != nullptr && !reference->period && reference->path.parts.size() == 1;
    std::optional<FoundField> found;
    if (named) found = find_field(context_, target_, reference->path.parts.front().text, span);
    if (!found || !found->field.has_value() || context_.program.fields[found->field].series != field.series) {
      context_.diagnostics.add(span, diag::ImportSeries, field.name).label(field.span, diag::note::FieldInModule);
      return poisoned(field, span);
    }
    auto const& own = context_.program.fields[found->field];
    if (!(own.type == field.type)) return other_type(field, own.type, span);
    auto& kept = stand_in_.fields[field.name];
    kept.how = StoodFor::How::Field;
    kept.field = found->field;
    return *found;
  }

  Context& context_;
  StandIn& stand_in_;
  RecordInScope target_;
};

// A field that 其中 does not name maps itself to the one of its name and type.
FoundField map_itself(Context& context, RecordInScope const& record, tir::Field const& field, Span use) {
  auto& stand_in = context.stand_ins[*record.stand_in];
  Mapping mapping(context, *record.stand_in, record);
  if (stand_in.fields.contains(field.name) || field.type.kind == Kind::Poison) return mapping.poisoned(field, use);
  auto const found = find_field(context, behind(context, record), field.name, use);
  Type given;
  if (found && found->field.has_value()) {
    auto const& own = context.program.fields[found->field];
    if (same_kind(own, field)) return *found;
    given = own.type;
  } else if (found) {
    if (is_poison(context, found->value) || type_of(context, found->value) == field.type) return *found;
    given = type_of(context, found->value);
  }
  auto const& to = context.program.schemas[stand_in.to];
  auto& diagnostic =
      context.diagnostics.add(stand_in.import->name.span, diag::ImportFieldMissing, stand_in.import->name.text,
                              field.name, phrase(context, field.type), to.name);
  diagnostic.label(field.span, diag::note::FieldInModule);
  if (found && found->field.has_value())
    diagnostic.label(context.program.fields[found->field].span, diag::note::FieldDiffers, phrase(context, given));
  diagnostic.add_help(diag::note::ImportMapping, stand_in.import->name.text, field.name);
  return mapping.poisoned(field, use);
}

}  // namespace

void resolve_imports(Context& context, std::map<ast::File const*, std::vector<std::size_t>> const& used) {
  for (auto& slot : context.definitions) {
    if (slot.import == nullptr) continue;
    if (slot.import->name.known && !lacks_a_module(context, *slot.import_file))
      slot.origin = origin_of(context, slot, used.at(slot.import_file));
    if (!slot.origin) refuse_import(slot);
  }
  for (auto& slot : context.definitions) {
    if (slot.import == nullptr || !slot.origin) continue;
    auto const* from = &context.definitions[*slot.origin];
    std::size_t steps = 1;
    // Modules in a circle have been reported.
    while (from->import != nullptr && from->origin && steps++ <= context.definitions.size())
      from = &context.definitions[*from->origin];
    slot.decl = from->decl;
    slot.file = from->file;
    if (from->import != nullptr) slot.decl = nullptr;
    if (slot.decl == nullptr) refuse_import(slot);
  }
}

int imports_behind(Context const& context, std::size_t slot) {
  int count = 0;
  for (auto const* at = &context.definitions[slot]; at->import != nullptr && at->origin && at->decl != nullptr;
       at = &context.definitions[*at->origin])
    ++count;
  return count;
}

SchemaId prepare_import(Context& context, std::size_t index) {
  auto const done = [&](SchemaId schema) {
    auto& slot = context.definitions[index];
    slot.schema_known = true;
    slot.schema_open = false;
    return slot.schema = schema;
  };
  DefinitionSlot const slot = context.definitions[index];
  int const depth = imports_behind(context, index);
  if (depth > deepest_import) {
    context.diagnostics.add(slot.span, diag::ImportTooDeep, slot.import->name.text,
                            static_cast<diag::Count>(deepest_import));
    refuse_import(context.definitions[index]);
    return done({});
  }
  SchemaId const from = schema_of_definition(context, *slot.origin);
  auto const& inherited = context.definitions[*slot.origin].exceptions;
  auto& own = context.definitions[index].exceptions;
  own.insert(own.begin(), inherited.begin(), inherited.end());
  InFile const in(context, slot.import_file);
  auto candidates = roots(context);
  std::erase(candidates, from);
  // About no record, or about records of a 结构 that is published and the only one: it is the definition itself.
  if (!from.has_value() || (candidates.empty() && sees(context, from))) {
    if (!slot.import->mapping.empty())
      context.diagnostics.add(slot.import->mapping.front().first.span, diag::MisplacedPart,
                              slot.import->mapping.front().first.text);
    return done(from);
  }
  auto const to = target_of(context, slot, from, candidates);
  if (!to) {
    refuse_import(context.definitions[index]);
    return done({});
  }
  auto const& origin = context.definitions[*slot.origin];
  StandIn made;
  made.from = from;
  made.to = *to;
  made.import = slot.import;
  made.file = slot.import_file;
  made.name = slot.name;
  std::size_t stand_in = context.stand_ins.size();
  context.stand_ins.push_back(std::move(made));
  if (origin.stand_in) stand_in = within(context, *origin.stand_in, stand_in);
  context.definitions[index].stand_in = stand_in;
  return done(*to);
}

SchemaId schema_of_record(Context const& context, RecordInScope const& record) {
  if (!record.stand_in) return record.schema;
  auto const* at = &context.stand_ins[*record.stand_in];
  while (at->outer) at = &context.stand_ins[*at->outer];
  return at->to;
}

RecordInScope behind(Context const& context, RecordInScope const& record) {
  auto const& stand_in = context.stand_ins[*record.stand_in];
  return {stand_in.to, record.binding, context.program.schemas[stand_in.to].name, stand_in.outer};
}

namespace {

// `引用 划型 其中 行业门类 = 行业`: what the module derives is a fact of ours.
tir::DefinitionId mapped_definition(Context& context, std::size_t index, RecordInScope const& record,
                                    ast::ExprId source) {
  auto const original = definition_of(context, index, context.definitions[index].span);
  auto const& stand_in = context.stand_ins[*record.stand_in];
  if (!original || !source.has_value()) return {};
  Type const type = context.program.definitions[*original].type;
  std::string const name = context.definitions[index].decl->name.parts.back().text;
  InFile const in(context, stand_in.file);
  Frame frame;
  Scope scope;
  scope.file = stand_in.file;
  scope.frame = &frame;
  scope.records.push_back(behind(context, record));
  Span const span = stand_in.file->exprs[source].span;
  tir::ExprId const value = check_expr(context, scope, source, &type);
  if (is_poison(context, value)) return {};
  if (!(type_of(context, value) == type)) {
    context.diagnostics
        .add(span, diag::ImportFieldType, name, phrase(context, type), phrase(context, type_of(context, value)))
        .label(context.definitions[index].span, diag::note::FieldInModule);
    return {};
  }
  return made_definition(context, stand_in.name + "." + name, schema_of_record(context, record), value, span);
}

// A definition over the 结构 of the module that the mapping may name.
std::optional<std::size_t> definition_named(Context& context, StandIn const& stand_in, std::string_view name) {
  for (std::size_t i = 0; i < context.definitions.size(); ++i) {
    auto const& slot = context.definitions[i];
    if (slot.decl == nullptr || slot.import != nullptr || slot.origin || slot.decl->name.parts.back().text != name)
      continue;
    if (schema_of_definition(context, i) == stand_in.from) return i;
  }
  return std::nullopt;
}

}  // namespace

std::size_t definition_for(Context& context, std::size_t index, RecordInScope const& record) {
  if (!record.stand_in || schema_of_definition(context, index) != record.schema) return index;
  std::size_t const stand_in = *record.stand_in;
  auto& copies = context.stand_ins[stand_in].copies;
  if (auto const known = copies.find(index); known != copies.end()) return known->second;
  DefinitionSlot const written = context.definitions[index];
  DefinitionSlot copy;
  copy.decl = written.decl;
  copy.file = written.file;
  copy.name =
      context.stand_ins[stand_in].name + "." + (written.decl == nullptr ? "" : written.decl->name.parts.back().text);
  copy.span = written.span;
  copy.unit = written.unit;
  copy.exceptions = written.exceptions;
  copy.origin = index;
  copy.stand_in = written.stand_in ? within(context, *written.stand_in, stand_in) : stand_in;
  copy.schema = schema_of_record(context, record);
  copy.schema_known = true;
  if (copy.decl == nullptr) copy.state = DefinitionSlot::State::Done;
  std::size_t const made = context.definitions.size();
  copies[index] = made;
  auto const* import = context.stand_ins[stand_in].import;
  ast::ExprId const* const source = written.decl == nullptr || written.stand_in || import == nullptr
                                        ? nullptr
                                        : mapped(*import, written.decl->name.parts.back().text);
  if (source != nullptr) copy.state = DefinitionSlot::State::Done;
  context.definitions.push_back(std::move(copy));
  if (source != nullptr) context.definitions[made].id = mapped_definition(context, index, record, *source);
  return made;
}

std::optional<FoundField> find_field(Context& context, RecordInScope const& record, std::string_view name, Span use) {
  auto const fields = context.fields.find(record.schema);
  if (fields == context.fields.end()) return std::nullopt;
  auto const found = fields->second.find(name);
  if (found == fields->second.end()) return std::nullopt;
  if (!record.stand_in) return FoundField{found->second, {}};
  if (auto const by = context.stand_ins[*record.stand_in].via; by.has_value())
    return can_read_through(context, by, found->second, use) ? FoundField{field_through(context, by, found->second), {}}
                                                             : FoundField{{}, poison(context, use)};
  tir::Field const field = context.program.fields[found->second];
  auto const* source = mapped(*context.stand_ins[*record.stand_in].import, name);
  if (source == nullptr) return map_itself(context, record, field, use);
  return Mapping(context, *record.stand_in, record).of(field, *source, use);
}

void check_mapping(Context& context, std::size_t index) {
  auto const& stand_in = context.stand_ins[index];
  RecordInScope const record{stand_in.from, tir::BindingId{0}, context.program.schemas[stand_in.from].name, index};
  std::set<std::string_view> seen;
  for (auto const& [name, value] : stand_in.import->mapping) {
    auto const derived = context.fields[stand_in.from].contains(name.text)
                             ? std::nullopt
                             : definition_named(context, stand_in, name.text);
    if (!seen.insert(name.text).second)
      context.diagnostics.add(name.span, diag::RepeatedPart, name.text);
    else if (derived && value.has_value())
      definition_for(context, *derived, record);
    else if (!find_field(context, record, name.text, name.span) && name.known) {
      auto& diagnostic =
          context.diagnostics.add(name.span, diag::NoSuchField, context.program.schemas[stand_in.from].name, name.text);
      diagnostic.label(context.program.schemas[stand_in.from].span, diag::note::DeclaredHere);
      std::vector<std::string> names;
      for (auto const& [field, id] : context.fields[stand_in.from]) names.push_back(field);
      if (auto const near = nearest(name.text, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
    }
  }
}

}  // namespace huiyu::check
