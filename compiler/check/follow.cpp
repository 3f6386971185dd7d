#include "compiler/check/follow.h"

#include <algorithm>

#include "compiler/check/import.h"
#include "compiler/check/tally.h"

namespace huiyu::check {
namespace {

diag::Phrase said(std::string zh, std::string en) { return {std::move(zh), std::move(en)}; }

// Why no reference can point at records of a 结构; absent: it can.
std::optional<diag::Phrase> no_target(Context const& context, SchemaId schema) {
  if (is_tally(context, schema))
    return said("它是统计，没有数据写出它的记录", "no data state its records: it is a 统计");
  auto const key = context.program.schemas[schema].key;
  if (!key.has_value()) return said("它没有 键", "it has no 键");
  auto const kind = context.program.fields[key].type.kind;
  if (kind == Kind::Text || kind == Kind::CreditCode || kind == Kind::Poison) return std::nullopt;
  return said("它的键不是文本，也不是信用代码", "its key is neither a text nor a credit code");
}

// A reference among the fields of a record; absent: the name is something else.
std::optional<tir::FieldId> reference_named(Context const& context, RecordInScope const& record,
                                            ast::Name const& name) {
  auto const own = context.fields.find(record.schema);
  if (own == context.fields.end()) return std::nullopt;
  auto const found = own->second.find(name.text);
  if (found == own->second.end() || context.program.fields[found->second].type.kind != Kind::Record)
    return std::nullopt;
  return found->second;
}

// A path is looked at more than once while what it means is found out.
void refuse(Context& context, std::string const& name, Span where, diag::Phrase why) {
  for (auto const& found : context.diagnostics.since(0))
    if (found.kind->code == diag::NotFollowed.info.code && found.where.file == where.file &&
        found.where.begin < where.end && where.begin < found.where.end)
      return;
  context.diagnostics.add(where, diag::NotFollowed, name, std::move(why));
}

// The record that a reference of `record` points at; absent (reported): it cannot be followed.
std::optional<RecordInScope> record_at(Context& context, RecordInScope const& record, ast::Name const& name) {
  auto const found = find_field(context, record, name.text, name.span);
  if (found && !found->field.has_value()) {
    if (!is_poison(context, found->value))
      refuse(context, name.text, name.span, said("它在这里不是字段", "here it is no field"));
    return std::nullopt;
  }
  auto const reference = found->field;
  auto const to = context.program.fields[reference].schema;
  auto const schema = context.program.fields[reference].type.schema;
  auto const [known, fresh] = context.followed.try_emplace(reference, context.stand_ins.size());
  if (fresh) {
    StandIn made;
    made.from = schema;
    made.to = to;
    made.via = reference;
    made.name = context.program.fields[reference].name;
    context.stand_ins.push_back(std::move(made));
  }
  return RecordInScope{schema, record.binding, context.program.fields[reference].name, known->second};
}

// Where a path begins: with a reference of a record in scope, or with the record's own name before one.
struct Beginning {
  RecordInScope record;
  std::size_t at = 0;
};
std::optional<Beginning> beginning(Context const& context, Scope const& scope, ast::Path const& path) {
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at)
    if (at->schema.has_value() && reference_named(context, *at, path.parts[0])) return Beginning{*at, 0};
  if (path.parts.size() < 3) return std::nullopt;
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at) {
    bool const named = at->schema.has_value() && (at->name == path.parts[0].text ||
                                                  context.program.schemas[at->schema].name == path.parts[0].text);
    if (named && reference_named(context, *at, path.parts[1])) return Beginning{*at, 1};
  }
  return std::nullopt;
}

// What a fact rests on that is read by a reference: the one of the two that is less sure.
int sureness(tir::SourceKind kind) {
  switch (kind) {
    case tir::SourceKind::Declared: return 0;
    case tir::SourceKind::Judgement: return 1;
    case tir::SourceKind::Unstated: return 2;
    case tir::SourceKind::Authoritative: return 3;
  }
  return 3;
}

}  // namespace

std::optional<Type> reference_type(Context const& context, ast::TypeName const& name) {
  auto const symbol = context.view->symbols.find(name.word.text);
  if (symbol == context.view->symbols.end() || symbol->second.kind != SymbolKind::Schema) return std::nullopt;
  if (name.argument || name.per != ast::UnitWord::None) return std::nullopt;
  Type type = plain_type(Kind::Record);
  type.schema = SchemaId{static_cast<std::int32_t>(symbol->second.index)};
  return type;
}

void check_references(Context& context) {
  for (auto& field : context.program.fields) {
    if (field.type.kind != Kind::Record) continue;
    auto const why = no_target(context, field.type.schema);
    if (!why) continue;
    auto const& schema = context.program.schemas[field.type.schema];
    auto& diagnostic = context.diagnostics.add(field.span, diag::NoReferenceTo, field.name, schema.name, *why);
    diagnostic.label(schema.span, diag::note::DeclaredHere);
    if (!schema.key.has_value()) diagnostic.add_help(diag::note::ListOrKey, schema.name, schema.name);
    field.type = {};
  }
}

std::optional<Followed> follow(Context& context, Scope const& scope, ast::Path const& path) {
  if (path.parts.size() < 2) return std::nullopt;
  auto const begins = beginning(context, scope, path);
  if (!begins) return std::nullopt;
  Followed found{begins->record, {}, false};
  std::size_t next = begins->at;
  for (; next + 1 < path.parts.size() && reference_named(context, found.record, path.parts[next]); ++next) {
    auto const record = record_at(context, found.record, path.parts[next]);
    if (!record) {
      found.poisoned = true;
      return found;
    }
    found.record = *record;
  }
  if (next == begins->at) return std::nullopt;
  found.rest.assign(path.parts.begin() + static_cast<std::ptrdiff_t>(next), path.parts.end());
  return found;
}

bool can_read_through(Context& context, tir::FieldId reference, tir::FieldId target, Span use) {
  auto const& by = context.program.fields[reference];
  auto const& field = context.program.fields[target];
  bool const single =
      field.series == tir::SeriesStep::None && field.type.kind != Kind::List && field.type.kind != Kind::Set;
  if (single || !context.schema_is_item[static_cast<std::size_t>(by.schema.index)]) return true;
  refuse(context, by.name, use,
         said("列表的一行里顺着读的是单个的值，不是列表、集合和逐年逐月的数",
              "a row of a list reads single values by it, no lists, sets or series"));
  return false;
}

tir::FieldId field_through(Context& context, tir::FieldId reference, tir::FieldId target) {
  if (auto const known = context.read_by.find({reference, target}); known != context.read_by.end())
    return known->second;
  tir::Field const by = context.program.fields[reference];
  tir::Field made = context.program.fields[target];
  made.name = by.name + "." + made.name;
  made.schema = by.schema;
  made.computed = true;
  made.via = reference;
  made.target = target;
  if (sureness(by.source_kind) < sureness(made.source_kind)) {
    made.source_kind = by.source_kind;
    made.source = by.source;
  }
  if (made.series_from.has_value()) made.series_from = field_through(context, reference, made.series_from);
  auto const id = context.program.fields.add(std::move(made));
  context.program.schemas[by.schema].fields.push_back(id);
  return context.read_by[{reference, target}] = id;
}

bool is_pointed_at(Context const& context, RecordInScope const& record) {
  for (auto at = record.stand_in; at; at = context.stand_ins[*at].outer)
    if (context.stand_ins[*at].via.has_value()) return true;
  return false;
}

}  // namespace huiyu::check
