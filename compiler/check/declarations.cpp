#include "compiler/check/declarations.h"

#include <algorithm>

#include "compiler/check/expr.h"
#include "compiler/check/follow.h"

namespace huiyu::check {
namespace {

// The first declaration of a name; later ones have been reported and are skipped.
template <class Decl> std::optional<std::size_t> index_of(Context const& context, Decl const& decl) {
  auto const& own = context.units[context.view->unit].symbols;
  auto const found = own.find(decl.name.text);
  if (found == own.end() || !(found->second.span == decl.name.span)) return std::nullopt;
  return found->second.index;
}

template <class Decl, class Visit> void for_each_first(Context& context, Visit const& visit) {
  for (auto const* file : context.files) {
    InFile const in(context, file);
    for (auto const& declaration : file->declarations)
      if (auto const* decl = std::get_if<Decl>(&declaration))
        if (auto const index = index_of(context, *decl)) visit(*decl, *file, *index);
  }
}

std::optional<tir::SourceKind> source_kind_of(std::string_view word) {
  if (word == "权威") return tir::SourceKind::Authoritative;
  if (word == "申报") return tir::SourceKind::Declared;
  if (word == "裁量") return tir::SourceKind::Judgement;
  return std::nullopt;
}

void declare_entries(Context& context, ast::EnumerationDecl const& decl, EnumerationId id) {
  auto& enumeration = context.program.enumerations[id];
  enumeration.ordered = decl.order != ast::ListOrder::None;
  std::vector<ast::CodeListEntry const*> entries;
  for (auto const& entry : decl.entries) entries.push_back(&entry);
  if (decl.order == ast::ListOrder::LowToHigh) std::reverse(entries.begin(), entries.end());
  auto& spans = context.entry_spans[static_cast<std::size_t>(id.index)];
  std::unordered_map<std::string_view, std::size_t> places;
  for (auto const* entry : entries) {
    auto const [known, fresh] = places.try_emplace(entry->name.text, places.size());
    if (!fresh) {
      auto const first = spans[known->second];
      context.diagnostics.add(entry->name.span, diag::EntryTwice, entry->name.text, decl.name.text)
          .label(first, diag::note::DeclaredHere);
      continue;
    }
    enumeration.entries.push_back(entry->name.text);
    spans.push_back(entry->name.span);
    // 必填 marks the required elements of policy records, which `huiyu report elements` reads.
    if (!entry->source_kind || entry->source_kind->text == "必填") continue;
    if (auto const kind = source_kind_of(entry->source_kind->text))
      context.source_kinds[id][entry->name.text] = *kind;
    else
      context.diagnostics.add(entry->source_kind->span, diag::UnknownSourceKind, entry->source_kind->text);
  }
}

struct GroupDecl {
  ast::EnumerationDecl const* decl = nullptr;
  ast::File const* file = nullptr;
  bool open = false, done = false;
};
using GroupDecls = std::map<std::size_t, GroupDecl>;

void declare_group(Context& context, GroupDecls& all, std::size_t index);

// 名录 特困 = 工业、G56: the codes of a group that is named among the members, and what it cuts out.
bool take_group(Context& context, GroupDecls& all, ast::Reference const& reference, Span span, std::size_t into) {
  if (reference.path.parts.size() != 1) return false;
  std::string const& name = reference.path.parts.front().text;
  auto const symbol = context.view->symbols.find(name);
  if (symbol == context.view->symbols.end() || symbol->second.kind != SymbolKind::CodeGroup) return false;
  std::size_t const from = symbol->second.index;
  if (all.contains(from) && all[from].open) {
    context.diagnostics.add(span, diag::DefinitionOfItself, name).label(symbol->second.span, diag::note::DeclaredHere);
    context.groups[into].poisoned = true;
    return true;
  }
  declare_group(context, all, from);
  CodeGroup const other = context.groups[from];
  auto& group = context.groups[into];
  group.poisoned = group.poisoned || other.poisoned;
  if (!other.poisoned && !(other.type == group.type)) return false;
  group.members.insert(group.members.end(), other.members.begin(), other.members.end());
  group.except.insert(group.except.end(), other.except.begin(), other.except.end());
  return true;
}

// The codes that a group's members name; a member may be another group written before or after it.
void declare_group(Context& context, GroupDecls& all, std::size_t index) {
  if (!all.contains(index) || all[index].done) return;
  all[index].open = true;
  all[index].done = true;
  auto const& decl = *all[index].decl;
  auto const& file = *all[index].file;
  InFile const in(context, &file);
  DeclaredType const type = resolve_type(context, *decl.code_type);
  if (type.type.kind != Kind::Code && type.type.kind != Kind::Enumeration) {
    if (type.type.kind != Kind::Poison)
      context.diagnostics.add(decl.code_type->span, diag::GroupOfNoCodes, phrase(context, type.type));
    context.groups[index].poisoned = true;
    return;
  }
  context.groups[index].type = type.type;
  auto const read = [&](std::vector<ast::ExprId> const& sources, std::vector<tir::Value> CodeGroup::* side) {
    for (auto const source : sources) {
      auto const& expr = file.exprs[source];
      auto const* reference = std::get_if<ast::Reference>(&expr.kind);
      auto const* literal = std::get_if<ast::Literal>(&expr.kind);
      auto const digits = literal != nullptr ? code_in_digits(context, *literal, expr.span) : std::nullopt;
      if (reference == nullptr && !digits) {
        if (!std::holds_alternative<ast::Hole>(expr.kind))
          context.diagnostics.add(expr.span, diag::NoCode, source_text(context, expr.span));
        context.groups[index].poisoned = true;
        continue;
      }
      bool const member = side == &CodeGroup::members;
      if (member && reference != nullptr && take_group(context, all, *reference, expr.span, index)) continue;
      auto const value = named_value(context, digits ? *digits : reference->path, type.type, expr.span);
      if (value)
        (context.groups[index].*side).push_back(*value);
      else
        context.groups[index].poisoned = true;
    }
  };
  read(decl.members, &CodeGroup::members);
  read(decl.except, &CodeGroup::except);
  all[index].open = false;
}

std::optional<std::int64_t> stored(BigRational const& value, std::int8_t scale) {
  BigRational scaled = value;
  for (int i = 0; i < scale; ++i) scaled *= 10;
  if (boost::multiprecision::denominator(scaled) != 1) return std::nullopt;
  BigInt const integer = boost::multiprecision::numerator(scaled);
  if (integer < BigInt(std::numeric_limits<std::int64_t>::min()) ||
      integer > BigInt(std::numeric_limits<std::int64_t>::max()))
    return std::nullopt;
  return static_cast<std::int64_t>(integer);
}

// 范围 … 至 …: replaces the type's own bounds.
void declare_range(Context& context, ast::Field const& field, ast::File const& file, DeclaredType& declared) {
  if (!field.low.has_value() || !field.high.has_value() || declared.type.kind == Kind::Poison) return;
  Span const span = join(file.exprs[field.low].span, file.exprs[field.high].span);
  if (declared.type.kind != Kind::Number) {
    context.diagnostics.add(span, diag::NoRangeOf, phrase(context, declared.type));
    return;
  }
  Scope scope;
  scope.file = &file;
  auto const bound = [&](ast::ExprId source) -> std::optional<std::int64_t> {
    tir::ExprId const value = check_expr(context, scope, source, &declared.type);
    if (is_poison(context, value)) return std::nullopt;
    if (!(type_of(context, value) == declared.type)) {
      context.diagnostics.add(span_of(context, value), diag::WrongType, phrase(context, declared.type),
                              phrase(context, type_of(context, value)));
      return std::nullopt;
    }
    auto const number = constant_number(context, value);
    auto const integer = number ? stored(*number, declared.format.scale) : std::nullopt;
    if (!integer)
      context.diagnostics.add(span_of(context, value), diag::NoBound, source_text(context, span_of(context, value)));
    return integer;
  };
  auto const low = bound(field.low), high = bound(field.high);
  if (!low || !high) return;
  if (*low > *high) {
    context.diagnostics.add(span, diag::EmptyRange, source_text(context, span));
    return;
  }
  declared.format.low = *low;
  declared.format.high = *high;
}

}  // namespace

void report_unknown_source(Context& context, ast::Name const& name) {
  if (context.view->source_kinds.empty() || !name.known) return;  // a project that lists no sources answers for none
  auto& diagnostic = context.diagnostics.add(name.span, diag::UnknownSource, name.text);
  std::vector<std::string> names;
  for (auto const& [known, kind] : context.view->source_kinds) names.push_back(known);
  if (auto const near = nearest(name.text, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
}

namespace {

void declare_field(Context& context, ast::Field const& field, ast::File const& file, SchemaId schema) {
  if (field.name.text.empty()) return;
  auto const reference = reference_type(context, field.type);
  DeclaredType declared = reference ? DeclaredType{*reference, {}} : resolve_type(context, field.type);
  auto& own = context.fields[schema];
  if (auto const known = own.find(field.name.text); known != own.end()) {
    context.diagnostics.add(field.name.span, diag::DeclaredTwice, field.name.text)
        .label(context.program.fields[known->second].span, diag::note::DeclaredHere);
    return;
  }
  declare_range(context, field, file, declared);
  tir::Field made;
  made.name = field.name.text;
  made.schema = schema;
  made.type = declared.type;
  made.format = declared.format;
  made.span = field.name.span;
  if (field.series)
    made.series = *field.series == ast::SeriesStep::Yearly ? tir::SeriesStep::Yearly : tir::SeriesStep::Monthly;
  if (field.series && (reference || declared.type.kind == Kind::List || declared.type.kind == Kind::Set))
    context.diagnostics.add(field.type.span, diag::NoSeriesOf, phrase(context, declared.type));
  if (field.source) {
    made.source = field.source->text;
    auto const kind = context.view->source_kinds.find(field.source->text);
    if (kind != context.view->source_kinds.end())
      made.source_kind = kind->second;
    else if (auto const word = source_kind_of(field.source->text))
      made.source_kind = *word;
    else
      report_unknown_source(context, *field.source);
  }
  if (declared.type.kind == Kind::List)
    context.schema_is_item[static_cast<std::size_t>(declared.type.schema.index)] = true;
  auto const id = context.program.fields.add(std::move(made));
  own[field.name.text] = id;
  context.program.schemas[schema].fields.push_back(id);
}

// 自 成立日期 and 键: fields of the same 结构, in any order.
void link_fields(Context& context, ast::SchemaDecl const& decl, SchemaId schema) {
  auto const& own = context.fields[schema];
  std::vector<std::string> names;
  for (auto const& [name, id] : own) names.push_back(name);
  auto const find = [&](ast::Name const& name) -> std::optional<tir::FieldId> {
    if (auto const known = own.find(name.text); known != own.end()) return known->second;
    auto& diagnostic = context.diagnostics.add(name.span, diag::NoSuchField, decl.name.text, name.text);
    if (auto const near = nearest(name.text, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
    return std::nullopt;
  };
  if (decl.key)
    if (auto const key = find(*decl.key)) context.program.schemas[schema].key = *key;
  for (auto const& field : decl.fields) {
    if (!field.series_from) continue;
    auto const own_id = own.find(field.name.text);
    if (own_id == own.end()) continue;
    if (auto const from = find(*field.series_from)) {
      auto const kind = context.program.fields[*from].type.kind;
      if (kind == Kind::Date || kind == Kind::Year || kind == Kind::Month)
        context.program.fields[own_id->second].series_from = *from;
      else if (kind != Kind::Poison)
        context.diagnostics.add(field.series_from->span, diag::SeriesFromNoDate, field.series_from->text);
    }
  }
}

}  // namespace

void declare_enumerations(Context& context) {
  for_each_first<ast::EnumerationDecl>(
      context, [&](ast::EnumerationDecl const& decl, ast::File const&, std::size_t index) {
        if (!decl.code_type) declare_entries(context, decl, EnumerationId{static_cast<std::int32_t>(index)});
      });
}

void declare_groups(Context& context) {
  GroupDecls all;
  for_each_first<ast::EnumerationDecl>(context,
                                       [&](ast::EnumerationDecl const& decl, ast::File const& file, std::size_t index) {
                                         if (decl.code_type) all[index] = {&decl, &file, false, false};
                                       });
  for (std::size_t index = 0; index < context.groups.size(); ++index) declare_group(context, all, index);
}

void declare_schemas(Context& context) {
  context.schema_is_item.assign(context.program.schemas.size(), false);
  auto const id_of = [](std::size_t index) { return SchemaId{static_cast<std::int32_t>(index)}; };
  for_each_first<ast::SchemaDecl>(context, [&](ast::SchemaDecl const& decl, ast::File const& file, std::size_t index) {
    for (auto const& field : decl.fields) declare_field(context, field, file, id_of(index));
  });
  for_each_first<ast::SchemaDecl>(context, [&](ast::SchemaDecl const& decl, ast::File const&, std::size_t index) {
    link_fields(context, decl, id_of(index));
  });
  check_references(context);
}

}  // namespace huiyu::check
