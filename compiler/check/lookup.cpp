#include "compiler/check/lookup.h"

#include <limits>

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

void declare_row(Context& context, ast::File const& file, std::vector<ast::ExprId> const& cells,
                 tir::ReferenceTable& table, std::vector<Span>& spans) {
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
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (table.rows[i].keys == row.keys) {
      context.diagnostics.add(span, diag::KeyTwice, table.name).label(spans[i], diag::note::AlsoHere);
      return;
    }
  table.rows.push_back(std::move(row));
  spans.push_back(span);
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
      std::vector<Span> spans;  // of the rows that were taken
      if (known)
        for (auto const& cells : decl->rows) declare_row(context, *file, cells, table, spans);
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
