#include "compiler/check/lookup.h"

#include <functional>
#include <limits>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <variant>

#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

// Keys are compared, not stored.
constexpr types::NumberFormat widest{9, std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max()};

// A key is named for a built-in type (行业, 年度), a 名录, or a field that tells its type.
std::optional<Type> key_type(Context& context, ast::Name const& name) {
  if (name.text == "行业") return types::find_builtin_type("行业代码")->type;
  if (auto const row = types::find_builtin_type(name.text)) return row->type;
  auto const symbol = context.view->symbols.find(name.text);
  if (symbol != context.view->symbols.end() && symbol->second.kind == SymbolKind::Enumeration) {
    Type type = plain_type(Kind::Enumeration);
    type.enumeration = EnumerationId{static_cast<std::int32_t>(symbol->second.index)};
    return type;
  }
  std::optional<Type> found;
  for (auto const& [schema, fields] : context.fields) {
    auto const field = fields.find(name.text);
    if (field == fields.end() || !sees(context, schema)) continue;
    Type const type = context.program.fields[field->second].type;
    if (found && !(*found == type)) return std::nullopt;
    found = type;
  }
  return found;
}

// The rows that were taken: a calendar has thousands, so that no row is compared with all before it.
struct Taken {
  std::vector<Span> spans;
  std::unordered_multimap<std::size_t, std::size_t> rows;  // by the hash of their keys
};

std::size_t hash_of(std::vector<tir::Value> const& keys) {
  std::size_t hash = 0;
  auto const mix = [&](std::size_t more) { hash = hash * 0x9E3779B97F4A7C15U + more; };
  for (auto const& key : keys) {
    mix(key.index());
    std::visit(
        [&]<class T>(T const& value) {
          if constexpr (std::is_same_v<T, BigRational>)
            mix(std::hash<std::string>{}(numerator(value).str()));
          else if constexpr (std::is_same_v<T, tir::DateValue>)
            mix(static_cast<std::size_t>(value.days));
          else if constexpr (std::is_same_v<T, tir::YearValue>)
            mix(static_cast<std::size_t>(value.year));
          else if constexpr (std::is_same_v<T, tir::MonthValue>)
            mix(static_cast<std::size_t>(value.month));
          else if constexpr (std::is_same_v<T, tir::CodeValue>)
            mix(static_cast<std::size_t>(value.id));
          else if constexpr (std::is_same_v<T, tir::EntryValue>)
            mix(static_cast<std::size_t>(value.index));
          else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool>)
            mix(std::hash<T>{}(value));
        },
        key);
  }
  return hash;
}

void declare_row(Context& context, ast::File const& file, std::vector<ast::ExprId> const& cells,
                 tir::ReferenceTable& table, Taken& taken) {
  if (cells.empty()) return;
  Span const span = join(file.exprs[cells.front()].span, file.exprs[cells.back()].span);
  if (cells.size() != table.key_types.size() + 1) {
    context.diagnostics.add(span, diag::CellsMissing, static_cast<diag::Count>(cells.size()),
                            static_cast<diag::Count>(table.key_types.size() + 1));
    return;
  }
  tir::ReferenceRow row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    bool const key = i < table.key_types.size();
    auto value = constant_of(context, file, cells[i],
                             key ? DeclaredType{table.key_types[i], widest} : DeclaredType{table.type, table.format});
    if (!value) return;
    if (i < table.key_types.size())
      row.keys.push_back(std::move(*value));
    else
      row.value = std::move(*value);
  }
  std::size_t const hash = hash_of(row.keys);
  auto const [first, end] = taken.rows.equal_range(hash);
  for (auto same = first; same != end; ++same)
    if (table.rows[same->second].keys == row.keys) {
      context.diagnostics.add(span, diag::KeyTwice, table.name).label(taken.spans[same->second], diag::note::AlsoHere);
      return;
    }
  taken.rows.emplace(hash, table.rows.size());
  table.rows.push_back(std::move(row));
  taken.spans.push_back(span);
}

}  // namespace

void declare_reference_tables(Context& context) {
  for (auto const* file : context.files) {
    InFile const in(context, file);
    auto const& own = context.units[context.view->unit].symbols;
    for (auto const& declaration : file->declarations) {
      auto const* decl = std::get_if<ast::ReferenceTableDecl>(&declaration);
      if (decl == nullptr) continue;
      auto const symbol = own.find(decl->name.text);
      if (symbol == own.end() || symbol->second.kind != SymbolKind::ReferenceTable ||
          !(symbol->second.span == decl->name.span))
        continue;
      tir::ReferenceTableId const id{static_cast<std::int32_t>(symbol->second.index)};
      tir::ReferenceTable table = context.program.reference_tables[id];
      DeclaredType const declared = resolve_type(context, decl->type);
      table.type = declared.type;
      table.format = declared.format;
      table.use_parent = decl->use_parent;
      if (decl->source) {
        table.source = decl->source->text;
        auto const kind = context.view->source_kinds.find(decl->source->text);
        if (kind != context.view->source_kinds.end())
          table.source_kind = kind->second;
        else
          report_unknown_source(context, *decl->source);
      }
      bool known = declared.type.kind != Kind::Poison;
      for (auto const& key : decl->keys) {
        auto const type = key_type(context, key);
        if (!type) context.diagnostics.add(key.span, diag::KeyTypeUnknown, key.text);
        known = known && type && type->kind != Kind::Poison;
        table.key_names.push_back(key.text);
        table.key_types.push_back(type.value_or(Type{}));
      }
      Taken taken;
      if (known)
        for (auto const& cells : decl->rows) declare_row(context, *file, cells, table, taken);
      else
        table.type = Type{};
      context.program.reference_tables[id] = std::move(table);
    }
  }
}

tir::ExprId check_lookup(Context& context, Scope const& scope, std::size_t index, ast::Call const& call, Span span) {
  tir::ReferenceTableId const id{static_cast<std::int32_t>(index)};
  tir::ReferenceTable const table = context.program.reference_tables[id];
  if (call.arguments.size() != table.key_types.size() || call.each.has_value() || call.where.has_value()) {
    context.diagnostics
        .add(span, diag::ArgumentCount, table.name, static_cast<diag::Count>(table.key_types.size()),
             static_cast<diag::Count>(call.arguments.size()))
        .label(table.span, diag::note::DeclaredHere);
    return poison(context, span);
  }
  std::vector<tir::ExprId> keys;
  bool poisoned = table.type.kind == Kind::Poison;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    Type const type = table.key_types[i];
    keys.push_back(expect_type(context, check_expr(context, scope, call.arguments[i], &type), type));
    poisoned = poisoned || is_poison(context, keys.back());
  }
  if (poisoned) return poison(context, span);
  return add(context, tir::Lookup{id, std::move(keys)}, table.type, span);
}

}  // namespace huiyu::check
