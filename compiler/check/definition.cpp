#include <algorithm>

#include "compiler/check/declarations.h"
#include "compiler/check/expr.h"
#include "compiler/check/import.h"
#include "compiler/check/ladder.h"
#include "compiler/check/sense.h"
#include "compiler/check/subject.h"
#include "compiler/check/units.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

// `level`: by how many 引用 the text stands nearer to the record than the definition itself.
Scope scope_of(Context const& context, ast::File const* file, Frame& frame, DefinitionSlot const& slot, int level) {
  Scope scope;
  scope.file = file;
  scope.frame = &frame;
  if (!slot.schema.has_value()) return scope;
  SchemaId const spoken_of = slot.stand_in ? context.stand_ins[*slot.stand_in].from : slot.schema;
  RecordInScope record{spoken_of, tir::BindingId{0}, context.program.schemas[spoken_of].name, slot.stand_in};
  for (; level > 0 && record.stand_in; --level) record = behind(context, record);
  scope.records.push_back(std::move(record));
  return scope;
}

// 一般 and 例外: at most one exception may hold. The reader is told both where two do.
tir::ExprId with_exceptions(Context& context, DefinitionSlot const& slot, Frame& frame, tir::ExprId general,
                            Type const* expected) {
  Span const span = slot.decl->span;
  std::vector<LadderRow> rows;
  std::optional<Type> type;
  if (expected != nullptr)
    type = *expected;
  else if (!is_poison(context, general))
    type = type_of(context, general);
  for (auto const& exception : slot.exceptions) {
    InFile const in(context, exception.file);
    Scope const scope = scope_of(context, exception.file, frame, slot, exception.level);
    tir::ExprId const condition = check_condition(context, scope, exception.clause->condition);
    tir::ExprId value = check_expr(context, scope, exception.clause->value, type ? &*type : nullptr);
    if (type) value = expect_type(context, value, *type);
    rows.push_back({condition, value, exception.clause->span, exception.clause->citation.value_or("")});
  }
  for (auto const& row : rows)
    if (is_poison(context, row.condition) || is_poison(context, row.value)) return poison(context, span);
  if (is_poison(context, general)) return general;
  for (auto const& row : rows) check_parts(context, row.condition);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = i + 1; k < rows.size(); ++k) {
      Finding const found =
          finding(context, both(ways(context, rows[i].condition, true), ways(context, rows[k].condition, true)));
      if (found.verdict == Verdict::Possible && found.certain)
        context.diagnostics.add(rows[k].span, diag::ExceptionsOverlap, slot.decl->name.parts.back().text, found.witness)
            .label(rows[i].span, diag::note::AlsoHere);
    }
  std::vector<tir::Choice> choices;
  for (auto const& row : rows) choices.push_back({row.condition, row.value, row.citation, row.span});
  return add(context, tir::Choose{tir::HitRule::Unique, {}, std::move(choices), general}, type_of(context, general),
             span);
}

tir::ExprId head_rounding(Context& context, ast::DefinitionDecl const& decl, tir::ExprId value) {
  if (!decl.rounding && !decl.digits) return value;
  return rounded(context, value, decl.rounding.value_or(ast::RoundingWord::HalfUp), decl.digits, ast::UnitWord::None,
                 decl.span);
}

types::NumberFormat format_of(Type const& type, std::optional<DeclaredType> const& declared) {
  if (declared) return declared->format;
  if (type.kind != Kind::Number) return {};
  auto const row = types::builtin_type_of(type.unit);
  // 元/亩 and the like have no type of their own: six decimals, as 小数 has.
  return row ? row->format : types::find_builtin_type("小数")->format;
}

struct Checked {
  tir::ExprId value{};
  std::optional<DeclaredType> declared;
};

Checked check_value(Context& context, DefinitionSlot const& slot, Frame& frame) {
  auto const& decl = *slot.decl;
  InFile const in(context, slot.file);
  Checked checked;
  if (decl.type) checked.declared = resolve_type(context, *decl.type);
  Type const* expected =
      checked.declared && checked.declared->type.kind != Kind::Poison ? &checked.declared->type : nullptr;
  Scope const scope = scope_of(context, slot.file, frame, slot, 0);
  if (!decl.value.has_value()) {
    checked.value = poison(context, decl.span);
    return checked;
  }
  checked.value = check_expr(context, scope, decl.value, expected);
  if (expected != nullptr) checked.value = expect_type(context, checked.value, *expected);
  if (!slot.exceptions.empty()) checked.value = with_exceptions(context, slot, frame, checked.value, expected);
  if (checked.declared && checked.declared->type.kind == Kind::Poison) checked.value = poison(context, decl.span);
  return checked;
}

// （A，B）孰低 as a whole value: each member becomes a definition of its own, so that a comparison can look at it.
void split_pick(Context& context, std::size_t index, tir::ExprId value, tir::Definition const& whole) {
  auto const expr = context.program.exprs[value];
  auto const* pick = std::get_if<tir::Pick>(&expr.kind);
  if (pick == nullptr) return;
  context.definitions[index].pick = pick->op;
  std::int32_t number = 0;
  for (auto const operand : pick->operands) {
    tir::Definition part = whole;
    part.name += "#" + std::to_string(++number);
    part.internal = true;
    part.value = head_rounding(context, *context.definitions[index].decl, operand);
    part.span = span_of(context, operand);
    context.definitions[index].picked.push_back(context.program.definitions.add(std::move(part)));
  }
}

// A definition that is checked again for another 结构: what was said of it before is not said twice, and what is new
// says for whom.
void say_where_imported(Context& context, std::size_t stand_in, std::size_t before) {
  context.diagnostics.forget_repeats(before);
  auto const* at = &context.stand_ins[stand_in];
  while (at->outer) at = &context.stand_ins[*at->outer];
  if (at->import == nullptr) return;
  Span const place = at->import->name.span;
  for (auto& diagnostic : context.diagnostics.since(before)) {
    bool const said = diagnostic.where.file == place.file ||
                      std::any_of(diagnostic.labels.begin(), diagnostic.labels.end(),
                                  [&](diag::Label const& label) { return label.where == place; });
    if (!said) diagnostic.label(place, diag::note::ImportedHere);
  }
}

}  // namespace

HangsOn hangs_on(Context const& context, tir::ExprId value) {
  HangsOn hangs;
  for (auto const id : tir::reachable(context.program, value)) {
    auto const& kind = context.program.exprs[id].kind;
    if (auto const* input = std::get_if<tir::Input>(&kind)) {
      hangs.year = hangs.year || input->word == tir::InputWord::ThisYear;
      hangs.month = hangs.month || input->word == tir::InputWord::ThisMonth;
    } else if (auto const* used = std::get_if<tir::DefinitionValue>(&kind)) {
      auto const inner = context.hangs_on_period.find(used->definition);
      if (inner == context.hangs_on_period.end()) continue;
      hangs.year = hangs.year || (inner->second.year && !used->year.has_value());
      hangs.month = hangs.month || (inner->second.month && !used->month.has_value());
    }
  }
  return hangs;
}

std::optional<tir::DefinitionId> definition_of(Context& context, std::size_t index, Span use) {
  using State = DefinitionSlot::State;
  auto const done = [&]() -> std::optional<tir::DefinitionId> {
    auto const id = context.definitions[index].id;
    return id.has_value() ? std::optional(id) : std::nullopt;
  };
  if (context.definitions[index].state == State::Done) return done();
  auto const& decl = *context.definitions[index].decl;
  if (context.definitions[index].state == State::Open) {
    context.diagnostics.add(use, diag::DefinitionOfItself, decl.name.parts.back().text)
        .label(decl.name.span, diag::note::DeclaredHere);
    return std::nullopt;
  }
  schema_of_definition(context, index);
  if (context.definitions[index].state == State::Done) return done();
  context.definitions[index].state = State::Open;
  DefinitionSlot const slot = context.definitions[index];
  if (slot.origin) {
    // What is wrong with the definition itself is said once, where it was written.
    auto const original = definition_of(context, *slot.origin, use);
    bool const itself = original && slot.import != nullptr && !slot.stand_in;
    if (!original || itself) context.definitions[index].state = State::Done;
    if (itself) context.definitions[index].id = *original;
    if (!original || itself) return done();
  }
  std::size_t const before = context.diagnostics.all().size();
  if (slot.import != nullptr) check_mapping(context, *slot.stand_in);
  Frame frame;
  Checked const checked = check_value(context, slot, frame);
  context.definitions[index].state = State::Done;
  tir::ExprId const value = head_rounding(context, decl, checked.value);
  if (!is_poison(context, value)) require_total(context, value);
  if (slot.stand_in) say_where_imported(context, *slot.stand_in, before);
  if (is_poison(context, value)) return std::nullopt;

  tir::Definition made;
  made.name = slot.name;
  made.schema = slot.schema;
  made.type = type_of(context, value);
  made.format = format_of(made.type, checked.declared);
  made.citation = decl.citation.value_or("");
  made.span = decl.name.span;
  split_pick(context, index, checked.value, made);
  made.value = value;
  HangsOn const hangs = hangs_on(context, value);
  context.definitions[index].id = context.program.definitions.add(std::move(made));
  context.hangs_on_period[context.definitions[index].id] = hangs;
  context.slot_of[context.definitions[index].id] = index;
  return done();
}

tir::DefinitionId made_definition(Context& context, std::string name, SchemaId schema, tir::ExprId value, Span span) {
  tir::Definition made;
  made.name = std::move(name);
  made.schema = schema;
  made.type = type_of(context, value);
  made.format = format_of(made.type, std::nullopt);
  made.value = value;
  made.span = span;
  HangsOn const hangs = hangs_on(context, value);
  auto const id = context.program.definitions.add(std::move(made));
  context.hangs_on_period[id] = hangs;
  return id;
}

}  // namespace huiyu::check
