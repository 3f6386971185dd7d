#include "compiler/check/tally.h"

#include <algorithm>

#include "compiler/check/cohort.h"
#include "compiler/check/expr.h"
#include "compiler/check/ladder.h"
#include "compiler/check/subject.h"
#include "compiler/tir/print.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

constexpr tir::BindingId of_record{0}, of_row{1};

TallySlot const* slot_of(Context const& context, SchemaId schema) {
  auto const found = std::ranges::find(context.tallies, schema, &TallySlot::schema);
  return found == context.tallies.end() ? nullptr : &*found;
}

// One thing that a path may mean: a field of a record, or of the rows of one of its lists.
struct Way {
  SchemaId source{};
  tir::FieldId list{}, field{};
};

tir::FieldId field_named(Context const& context, SchemaId schema, std::string const& name) {
  auto const own = context.fields.find(schema);
  if (own == context.fields.end()) return {};
  auto const field = own->second.find(name);
  return field == own->second.end() ? tir::FieldId{} : field->second;
}

std::vector<Way> ways_of(Context const& context, ast::Path const& path) {
  std::vector<Way> found;
  for (auto const source : roots(context)) {
    if (is_tally(context, source)) continue;
    bool const named = path.parts.size() > 1 && context.program.schemas[source].name == path.parts.front().text;
    for (std::size_t const first : {std::size_t{0}, std::size_t{1}}) {
      if (first == 1 && !named) continue;
      auto const field = field_named(context, source, path.parts[first].text);
      if (!field.has_value()) continue;
      auto const left = path.parts.size() - first;
      if (left == 1) found.push_back({source, {}, field});
      auto const& type = context.program.fields[field].type;
      if (left != 2 || type.kind != Kind::List) continue;
      auto const inner = field_named(context, type.schema, path.parts[first + 1].text);
      if (inner.has_value()) found.push_back({source, field, inner});
    }
  }
  return found;
}

// What is equal or not, and can be written out.
bool can_be_key(tir::Field const& field) {
  if (field.series != tir::SeriesStep::None) return false;
  switch (field.type.kind) {
    case Kind::Truth:
    case Kind::Year:
    case Kind::Month:
    case Kind::Code:
    case Kind::Enumeration:
    case Kind::Text:
    case Kind::CreditCode: return true;
    case Kind::Number:
    case Kind::Date:
    case Kind::Record:
    case Kind::List:
    case Kind::Set:
    case Kind::Poison: return false;
  }
  return false;
}

tir::FieldId add_field(Context& context, SchemaId schema, std::string const& name, Type const& type,
                       types::NumberFormat const& format, Span span) {
  auto const taken = [&](std::string const& candidate) {
    return std::ranges::any_of(context.program.schemas[schema].fields,
                               [&](tir::FieldId id) { return context.program.fields[id].name == candidate; });
  };
  tir::Field made;
  made.name = name;
  for (int number = 2; taken(made.name); ++number) made.name = name + "·" + std::to_string(number);
  made.schema = schema;
  made.type = type;
  made.format = format;
  made.computed = true;
  made.span = span;
  auto const id = context.program.fields.add(std::move(made));
  context.program.schemas[schema].fields.push_back(id);
  return id;
}

// The way of each key, all of one 结构 and of one list at most.
std::optional<std::vector<Way>> keys_of(Context& context, ast::TallyDecl const& decl) {
  std::vector<std::vector<Way>> all;
  std::vector<SchemaId> sources;
  for (auto const& path : decl.by) {
    all.push_back(ways_of(context, path));
    std::vector<SchemaId> own;
    for (auto const& way : all.back())
      if (std::ranges::find(own, way.source) == own.end()) own.push_back(way.source);
    if (all.size() == 1) sources = own;
    std::erase_if(sources, [&](SchemaId id) { return std::ranges::find(own, id) == own.end(); });
  }
  if (sources.size() != 1) {
    bool known = true;
    for (auto const& path : decl.by)
      for (auto const& part : path.parts) known = known && part.known;
    if (known) context.diagnostics.add(decl.name.span, diag::TallySource, decl.name.text);
    return std::nullopt;
  }
  std::vector<Way> keys;
  tir::FieldId list{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::erase_if(all[i], [&](Way const& way) { return way.source != sources.front(); });
    auto const& way = all[i].front();
    bool const other_list = way.list.has_value() && list.has_value() && way.list != list;
    if (all[i].size() != 1 || other_list || !can_be_key(context.program.fields[way.field])) {
      context.diagnostics.add(decl.by[i].span, diag::TallyKey, source_text(context, decl.by[i].span))
          .label(context.program.fields[way.field].span, diag::note::DeclaredHere);
      return std::nullopt;
    }
    if (way.list.has_value()) list = way.list;
    keys.push_back(way);
  }
  return keys;
}

void declare(Context& context, TallySlot& slot) {
  auto const& decl = *slot.decl;
  auto const keys = keys_of(context, decl);
  if (!keys) return;
  tir::Tally made;
  made.schema = slot.schema;
  made.source = keys->front().source;
  made.span = decl.name.span;
  for (auto const& way : *keys)
    if (way.list.has_value()) made.list = way.list;
  std::string names;
  for (std::size_t i = 0; i < keys->size(); ++i) {
    auto const& way = (*keys)[i];
    auto const& name = decl.by[i].parts.back();
    tir::Field const field = context.program.fields[way.field];
    auto const [at, fresh] = context.fields[slot.schema].emplace(name.text, tir::FieldId{});
    auto const own = context.own_definitions[slot.schema].find(name.text);
    bool const row = own != context.own_definitions[slot.schema].end();
    if (!fresh || row) {
      Span const other = row ? context.definitions[own->second].decl->name.span : decl.by.front().span;
      context.diagnostics.add(name.span, diag::DeclaredTwice, name.text).label(other, diag::note::DeclaredHere);
      return;
    }
    at->second = add_field(context, slot.schema, name.text, field.type, field.format, name.span);
    auto const binding = way.list.has_value() ? of_row : of_record;
    made.keys.push_back({at->second, add(context, tir::FieldValue{binding, way.field}, field.type, decl.by[i].span)});
    names += (names.empty() ? "" : "、") + name.text;
  }
  auto const& first = context.program.fields[made.keys.front().field].type;
  bool const plain = made.keys.size() == 1 && (first.kind == Kind::Text || first.kind == Kind::CreditCode);
  auto& schema = context.program.schemas[slot.schema];
  schema.key = made.keys.front().field;
  if (!plain) {
    auto const key = add_field(context, slot.schema, names, plain_type(Kind::Text), {}, decl.name.span);
    context.program.schemas[slot.schema].key = key;
  }
  slot.id = context.program.tallies.add(std::move(made));
}

// The rows that an aggregate is over, and what is left of the path.
std::optional<std::vector<ast::Name>> rows_of(Context const& context, tir::Tally const& tally, ast::Path const& path) {
  auto const& parts = path.parts;
  std::size_t used = 0;
  if (parts.front().text == context.program.schemas[tally.source].name) used = 1;
  if (tally.list.has_value()) {
    if (used == parts.size() || parts[used].text != context.program.fields[tally.list].name) return std::nullopt;
    ++used;
  } else if (used == 0) {
    return std::nullopt;
  }
  return std::vector<ast::Name>(parts.begin() + static_cast<std::ptrdiff_t>(used), parts.end());
}

std::optional<tir::ExprId> each_of(Context& context, Scope const& inner, ast::Call const& call,
                                   std::vector<ast::Name> const& rest, Span span) {
  if (call.each.has_value()) {
    if (!rest.empty()) context.diagnostics.add(span, diag::ListThenExpression, source_text(context, span));
    return check_expr(context, inner, call.each);
  }
  if (rest.empty()) return std::nullopt;
  return check_reference(context, inner, {std::nullopt, {rest, span}}, nullptr, span);
}

// 不重复: the record by the name of its 结构, and fields. False (reported) for anything else.
bool check_distinct(Context& context, Scope const& inner, tir::Tally const& tally, ast::Call const& call,
                    tir::TallyValue& made) {
  for (auto const source : call.distinct) {
    auto const* reference = std::get_if<ast::Reference>(&inner.expr(source).kind);
    if (reference == nullptr) return false;
    auto const& parts = reference->path.parts;
    if (parts.size() == 1 && parts.front().text == context.program.schemas[tally.source].name) {
      made.each_record = true;
      continue;
    }
    Span const span = inner.expr(source).span;
    tir::ExprId const value = check_reference(context, inner, *reference, nullptr, span);
    if (is_poison(context, value)) return false;
    auto const* field = std::get_if<tir::FieldValue>(&context.program.exprs[value].kind);
    if (field == nullptr || !can_be_key(context.program.fields[field->field])) {
      context.diagnostics.add(span, diag::TallyKey, source_text(context, span));
      return false;
    }
    made.distinct.push_back(value);
  }
  return true;
}

// Whether rows that count once have one value, whatever they are.
bool has_one_value(Context& context, tir::TallyValue const& made) {
  auto const named = [&](tir::FieldValue const& use) {
    return std::ranges::any_of(made.distinct, [&](tir::ExprId id) {
      auto const& own = std::get<tir::FieldValue>(context.program.exprs[id].kind);
      return own.of == use.of && own.field == use.field;
    });
  };
  auto const fixed = [&](tir::BindingId of) {
    return of.index > of_row.index || (of == of_record && made.each_record);
  };
  for (auto const id : tir::reachable(context.program, made.value)) {
    auto const& kind = context.program.exprs[id].kind;
    bool holds = true;
    if (auto const* field = std::get_if<tir::FieldValue>(&kind)) holds = fixed(field->of) || named(*field);
    if (auto const* series = std::get_if<tir::SeriesValue>(&kind)) holds = fixed(series->of);
    if (auto const* used = std::get_if<tir::DefinitionValue>(&kind))
      holds = fixed(used->of) || !context.program.definitions[used->definition].schema.has_value();
    if (auto const* list = std::get_if<tir::Aggregate>(&kind)) holds = fixed(list->of);
    if (auto const* window = std::get_if<tir::Window>(&kind)) holds = fixed(window->of) || !window->series.has_value();
    if (holds) continue;
    Span const span = span_of(context, id);
    context.diagnostics.add(span, diag::TallyDistinct, source_text(context, span))
        .add_help(diag::note::TallyDistinctHelp, source_text(context, span));
    return false;
  }
  return true;
}

// One for each thing that is asked, however often.
std::size_t intern(Context& context, tir::TallyValue made) {
  auto const text = [&](tir::ExprId id) { return id.has_value() ? tir::print(context.program, id) : std::string(); };
  std::string what = std::to_string(made.tally.index) + " " + std::to_string(static_cast<int>(made.op)) + " " +
                     text(made.value) + " where " + text(made.where) + (made.each_record ? " once each" : "");
  for (auto const id : made.distinct) what += " by " + text(id);
  if (auto const known = context.tally_values.find(what); known != context.tally_values.end()) return known->second;
  auto const schema = context.program.tallies[made.tally].schema;
  std::string const name = source_text(context, made.span);
  auto const format = statistic_format(context, made.op, made.value);
  Type const type =
      made.value.has_value() ? type_of(context, made.value) : number_type(types::unit_of(types::BaseUnit::Item));
  made.field = add_field(context, schema, name, type, format.value, made.span);
  if (format.divisor)
    made.divisor = add_field(context, schema, name + "的除数", number_type(), *format.divisor, made.span);
  context.program.tally_values.push_back(std::move(made));
  return context.tally_values[what] = context.program.tally_values.size() - 1;
}

}  // namespace

bool is_tally(Context const& context, SchemaId schema) { return slot_of(context, schema) != nullptr; }

void declare_tallies(Context& context) {
  for (auto& slot : context.tallies) {
    InFile const in(context, slot.file);
    declare(context, slot);
  }
}

std::optional<tir::ExprId> check_tally_aggregate(Context& context, Scope const& scope, tir::AggregateOp op,
                                                 ast::Call const& call, Span span) {
  TallySlot const* slot = nullptr;
  tir::BindingId of{};
  for (auto at = scope.records.rbegin(); at != scope.records.rend() && slot == nullptr; ++at) {
    slot = slot_of(context, at->schema);
    of = at->binding;
  }
  if (slot == nullptr || call.arguments.size() != 1 || call.order || !call.named.empty()) return std::nullopt;
  if (!slot->id.has_value()) return poison(context, span);
  auto const tally = context.program.tallies[slot->id];
  auto const& over = scope.expr(call.arguments.front());
  auto const* reference = std::get_if<ast::Reference>(&over.kind);
  if (reference == nullptr || reference->period || reference->path.parts.empty()) return std::nullopt;
  auto const rest = rows_of(context, tally, reference->path);
  if (!rest) return std::nullopt;
  auto const what = cohort_op(op);
  if (!what) {
    context.diagnostics.add(span, diag::TallyWord, source_text(context, span));
    return poison(context, span);
  }
  Frame frame;
  frame.next_binding = of_row.index + 1;
  Scope inner;
  inner.file = scope.file;
  inner.frame = &frame;
  inner.records.push_back({tally.source, of_record, context.program.schemas[tally.source].name, std::nullopt});
  if (tally.list.has_value()) {
    auto const& list = context.program.fields[tally.list];
    inner.records.push_back({list.type.schema, of_row, list.name, std::nullopt});
  }
  auto const each = each_of(context, inner, call, *rest, over.span);
  auto const where = call.where.has_value() ? std::optional(check_condition(context, inner, call.where)) : std::nullopt;
  auto const shape = aggregate_shape(context, op, call.callee.text, each, where, span);
  if (!shape) return poison(context, span);
  if (shape->type.kind != Kind::Number) {
    context.diagnostics.add(span, diag::NoNumber, phrase(context, shape->type));
    return poison(context, span);
  }
  if (shape->each.has_value()) require_total(context, shape->each);
  // What is made of a year is the same whoever reads it, so that the year cannot be the reader's.
  for (auto const id : {shape->each, shape->where}) {
    auto const hangs = id.has_value() ? hangs_on(context, id) : HangsOn{};
    if (!hangs.year && !hangs.month) continue;
    context.diagnostics.add(span_of(context, id), diag::TallyPeriod, source_text(context, span_of(context, id)));
    return poison(context, span);
  }
  tir::TallyValue made;
  made.tally = slot->id;
  made.op = *what;
  made.value = shape->each;
  made.where = shape->where;
  made.span = span;
  if (!check_distinct(context, inner, tally, call, made)) return poison(context, span);
  bool const once = made.each_record || !made.distinct.empty();
  if (once && made.value.has_value() && !has_one_value(context, made)) return poison(context, span);
  auto const& value = context.program.tally_values[intern(context, std::move(made))];
  auto const field = value.field, divisor = value.divisor;
  auto const read = [&](tir::FieldId id) {
    return add(context, tir::FieldValue{of, id}, context.program.fields[id].type, span);
  };
  if (!divisor.has_value()) return read(field);
  return arithmetic(context, tir::ArithmeticOp::Divide, read(field), read(divisor), span);
}

}  // namespace huiyu::check
