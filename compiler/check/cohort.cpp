#include "compiler/check/cohort.h"

#include <algorithm>
#include <limits>

#include "compiler/check/expr.h"
#include "compiler/check/ladder.h"
#include "compiler/check/settlement.h"
#include "compiler/check/subject.h"
#include "compiler/check/units.h"
#include "compiler/tir/print.h"

namespace huiyu::check {
namespace {

using State = DefinitionSlot::State;

constexpr std::int64_t widest = std::numeric_limits<std::int64_t>::max(), most_members = 1'000'000'000;

tir::ExprId misplaced(Context& context, Span span) {
  context.diagnostics.add(span, diag::CohortWord, source_text(context, span));
  return poison(context, span);
}

// The record itself, and nothing of what stands around the place where a cohort is asked for.
Scope about(Context const& context, ast::File const* file, Frame& frame, SchemaId subject) {
  Scope scope;
  scope.file = file;
  scope.frame = &frame;
  scope.records.push_back({subject, tir::BindingId{0}, context.program.schemas[subject].name, std::nullopt});
  scope.frame_year = scope.frame_month = true;
  return scope;
}

bool said_once(Context& context, CohortSlot const& slot) {
  auto const twice = [&](auto const& words, auto const& span_of_word) {
    if (words.size() > 1) misplaced(context, span_of_word(words.back()));
    return words.size() > 1;
  };
  auto const& decl = *slot.decl;
  return !twice(decl.subjects, [](ast::Name const& name) { return name.span; }) &&
         !twice(decl.complete, [](Span span) { return span; }) &&
         !twice(decl.conditions, [&](ast::ExprId id) { return slot.file->exprs[id].span; }) &&
         !twice(decl.groupings, [](auto const& keys) { return keys.second; }) &&
         !twice(decl.lacking, [](auto const& rule) { return rule.second; });
}

// What parts a cohort: anything that is equal or not.
bool check_groups(Context& context, Scope const& scope, ast::CohortDecl const& decl, tir::Cohort& made) {
  for (auto const& [keys, span] : decl.groupings)
    for (auto const key : keys) {
      tir::ExprId const value = check_expr(context, scope, key);
      if (is_poison(context, value)) return false;
      Kind const kind = type_of(context, value).kind;
      if (kind == Kind::List || kind == Kind::Set) return !is_poison(context, misplaced(context, span));
      made.by.push_back(value);
    }
  return true;
}

std::optional<tir::CohortId> cohort_of(Context& context, std::size_t index, Span use) {
  auto const known = [&]() -> std::optional<tir::CohortId> {
    auto const id = context.cohorts[index].id;
    return id.has_value() ? std::optional(id) : std::nullopt;
  };
  auto const slot = context.cohorts[index];
  if (slot.state == State::Done) return known();
  auto const& decl = *slot.decl;
  if (slot.state == State::Open) {
    context.diagnostics.add(use, diag::CohortOfItself, decl.name.text).label(decl.name.span, diag::note::DeclaredHere);
    return std::nullopt;
  }
  auto const subject = schema_of_cohort(context, index);
  context.cohorts[index].state = State::Done;
  if (!subject) {
    context.diagnostics.add(decl.name.span, diag::CohortSubject, decl.name.text)
        .add_help(diag::note::CohortSubjectHelp);
    return std::nullopt;
  }
  if (!said_once(context, slot)) return std::nullopt;
  context.cohorts[index].state = State::Open;
  InFile const in(context, slot.file);
  Frame frame;
  Scope const scope = about(context, slot.file, frame, *subject);
  tir::Cohort made;
  made.name = decl.name.text;
  made.subject = *subject;
  made.span = decl.name.span;
  made.skips_missing = !decl.lacking.empty() && decl.lacking.front().first;
  made.complete = !decl.complete.empty();
  bool fits = true;
  if (!decl.conditions.empty()) {
    made.condition = check_condition(context, scope, decl.conditions.front());
    fits = !is_poison(context, made.condition);
    if (fits) require_total(context, made.condition);
  }
  fits = check_groups(context, scope, decl, made) && fits;
  context.cohorts[index].state = State::Done;
  if (!made.complete)
    context.diagnostics.add(decl.name.span, diag::CohortPartial, decl.name.text)
        .add_help(diag::note::CohortPartialHelp, decl.name.text);
  if (fits) context.cohorts[index].id = context.program.cohorts.add(std::move(made));
  return known();
}

// The cohort that a name means.
std::optional<std::size_t> cohort_named(Context const& context, ast::Name const& name) {
  auto const symbol = context.view->symbols.find(name.text);
  bool const cohort = symbol != context.view->symbols.end() && symbol->second.kind == SymbolKind::Cohort;
  return cohort ? std::optional(symbol->second.index) : std::nullopt;
}

RecordInScope const* record_of(Context& context, Scope const& scope, tir::CohortId id, Span span) {
  auto const& cohort = context.program.cohorts[id];
  for (auto at = scope.records.rbegin(); at != scope.records.rend(); ++at)
    if (at->schema == cohort.subject && !at->stand_in) return &*at;
  context.diagnostics.add(span, diag::CohortOfOther, cohort.name, context.program.schemas[cohort.subject].name)
      .label(cohort.span, diag::note::DeclaredHere);
  return nullptr;
}

// ---- the fields that hold what is computed ----

tir::FieldId add_field(Context& context, tir::Cohort const& cohort, std::string const& name, Type const& type,
                       types::NumberFormat const& format, tir::SeriesStep series, Span span) {
  auto const& own = context.program.schemas[cohort.subject].fields;
  auto const taken = [&](std::string const& candidate) {
    return std::ranges::any_of(own, [&](tir::FieldId id) { return context.program.fields[id].name == candidate; });
  };
  tir::Field made;
  made.name = name;
  for (int number = 2; taken(made.name); ++number) made.name = name + "·" + std::to_string(number);
  made.schema = cohort.subject;
  made.type = type;
  made.format = format;
  made.series = series;
  made.computed = true;
  made.span = span;
  auto const id = context.program.fields.add(std::move(made));
  context.program.schemas[cohort.subject].fields.push_back(id);
  return id;
}

// As how many decimals a value is stored; absent: it may be any fraction.
std::optional<types::NumberFormat> decimals_of(Context const& context, tir::ExprId id) {
  auto const& kind = context.program.exprs[id].kind;
  if (auto const* field = std::get_if<tir::FieldValue>(&kind)) return context.program.fields[field->field].format;
  if (auto const* series = std::get_if<tir::SeriesValue>(&kind)) return context.program.fields[series->field].format;
  auto const* used = std::get_if<tir::DefinitionValue>(&kind);
  if (used == nullptr) return std::nullopt;
  auto const& definition = context.program.definitions[used->definition];
  auto const* rounded = std::get_if<tir::Round>(&context.program.exprs[definition.value].kind);
  if (rounded == nullptr || rounded->digits < 0 || rounded->digits > definition.format.scale) return std::nullopt;
  return definition.format;
}

std::int64_t times(std::int64_t bound, std::int64_t factor) {
  std::int64_t product = 0;
  if (!__builtin_mul_overflow(bound, factor, &product)) return product;
  return bound < 0 ? -widest : widest;
}

bool needs_divisor(tir::CohortOp op, bool decimal) {
  switch (op) {
    case tir::CohortOp::Rank:
    case tir::CohortOp::Count: return false;
    case tir::CohortOp::Sum: return !decimal;
    case tir::CohortOp::Mean:
    case tir::CohortOp::Largest:
    case tir::CohortOp::Smallest:
    case tir::CohortOp::Median: return true;
  }
  return true;
}

// The numerator, or the value itself.
types::NumberFormat format_of(tir::CohortOp op, std::optional<types::NumberFormat> const& value) {
  if (op == tir::CohortOp::Rank || op == tir::CohortOp::Count) return {0, 0, most_members};
  if (!value) return {0, -widest, widest};
  std::int64_t factor = 1;
  if (op == tir::CohortOp::Median) factor = 2;
  if (op == tir::CohortOp::Sum || op == tir::CohortOp::Mean) factor = most_members;
  return {value->scale, times(value->low, factor), times(value->high, factor)};
}

std::optional<tir::SeriesStep> step_of(Context const& context, tir::CohortValue const& value) {
  HangsOn all;
  auto const add = [&](tir::ExprId id) {
    if (!id.has_value()) return;
    HangsOn const one = hangs_on(context, id);
    all.year = all.year || one.year;
    all.month = all.month || one.month;
  };
  auto const& cohort = context.program.cohorts[value.cohort];
  add(value.value);
  add(value.where);
  add(cohort.condition);
  for (auto const key : cohort.by) add(key);
  if (all.year && all.month) return std::nullopt;
  return all.year ? tir::SeriesStep::Yearly : all.month ? tir::SeriesStep::Monthly : tir::SeriesStep::None;
}

// One for each thing that is asked, however often.
std::optional<std::size_t> intern(Context& context, tir::CohortValue made) {
  auto const text = [&](tir::ExprId id) { return id.has_value() ? tir::print(context.program, id) : std::string(); };
  std::string const what = std::to_string(made.cohort.index) + " " + std::to_string(static_cast<int>(made.op)) +
                           (made.descending ? " down " : " up ") + text(made.value) + " where " + text(made.where);
  if (auto const known = context.cohort_values.find(what); known != context.cohort_values.end()) return known->second;
  auto const step = step_of(context, made);
  std::string const name = source_text(context, made.span);
  if (!step) {
    context.diagnostics.add(made.span, diag::CohortPeriods, name);
    return std::nullopt;
  }
  auto const cohort = context.program.cohorts[made.cohort];
  bool const ranks = made.op == tir::CohortOp::Rank;
  auto const format = statistic_format(context, made.op, made.value);
  Type type = number_type();
  if (made.op == tir::CohortOp::Count) type = number_type(types::unit_of(types::BaseUnit::Item));
  if (!ranks && made.value.has_value()) type = type_of(context, made.value);
  made.field = add_field(context, cohort, name, type, format.value, *step, made.span);
  if (format.divisor)
    made.divisor = add_field(context, cohort, name + "的除数", number_type(), *format.divisor, *step, made.span);
  std::size_t const index = context.program.cohort_values.size();
  if (ranks) context.ranks[made.field] = index;
  context.program.cohort_values.push_back(std::move(made));
  return context.cohort_values[what] = index;
}

tir::ExprId read(Context& context, Scope const& scope, tir::BindingId of, tir::FieldId field, Span span) {
  auto const made = context.program.fields[field];
  if (made.series == tir::SeriesStep::None) return add(context, tir::FieldValue{of, field}, made.type, span);
  bool const years = made.series == tir::SeriesStep::Yearly;
  Type const type = plain_type(years ? Kind::Year : Kind::Month);
  tir::PeriodId const bound = years ? scope.bound_year : scope.bound_month;
  auto const word = years ? tir::InputWord::ThisYear : tir::InputWord::ThisMonth;
  tir::ExprId const period = bound.has_value() ? add(context, tir::PeriodValue{bound}, type, span)
                                               : add(context, tir::Input{word}, type, span);
  return add(context, tir::SeriesValue{of, field, period}, made.type, span);
}

tir::FieldId field_of(Context const& context, tir::ExprId value) {
  auto const& kind = context.program.exprs[value].kind;
  if (auto const* field = std::get_if<tir::FieldValue>(&kind)) return field->field;
  if (auto const* series = std::get_if<tir::SeriesValue>(&kind)) return series->field;
  return {};
}

// ---- tests of a rank ----

// The field of a test, made when it is first asked for.
tir::FieldId test_field(Context& context, std::size_t rank, bool share, BigRational const& low, BigRational const& high,
                        std::string const& words, Span span) {
  auto const& value = context.program.cohort_values[rank];
  for (auto const& test : value.tests)
    if (test.share == share && test.low == low && test.high == high) return test.field;
  auto const place = context.program.fields[value.field];
  auto const cohort = context.program.cohorts[value.cohort];
  auto const field = add_field(context, cohort, place.name + " " + words, truth_type(), {}, place.series, span);
  context.program.cohort_values[rank].tests.push_back({share, low, high, field});
  return field;
}

tir::ExprId test_of(Context& context, tir::ExprId rank, bool share, BigRational const& low, BigRational const& high,
                    std::string const& words, Span span) {
  auto const& value = context.program.exprs[rank].kind;
  auto const field = test_field(context, context.ranks.at(field_of(context, rank)), share, low, high, words, span);
  if (auto const* plain = std::get_if<tir::FieldValue>(&value))
    return add(context, tir::FieldValue{plain->of, field}, truth_type(), span);
  auto series = std::get<tir::SeriesValue>(value);
  series.field = field;
  return add(context, series, truth_type(), span);
}

tir::ExprId places(Context& context, tir::ExprId rank, BigInt const& low, BigInt const& high, Span span) {
  if (high < low) return constant(context, false, truth_type(), span);
  std::string const first = low.str(), last = high.str();
  std::string const words = low == 1 ? "前" + last + "名" : low == high ? "第" + last + "名" : first + "至" + last;
  return test_of(context, rank, false, BigRational(low), BigRational(high), words, span);
}

}  // namespace

StatisticFormat statistic_format(Context const& context, tir::CohortOp op, tir::ExprId value) {
  bool const any = op == tir::CohortOp::Rank || !value.has_value();
  auto const decimal = any ? std::nullopt : decimals_of(context, value);
  StatisticFormat format{format_of(op, decimal), std::nullopt};
  if (needs_divisor(op, decimal.has_value())) format.divisor = {0, 0, decimal ? most_members : widest};
  return format;
}

std::optional<SchemaId> schema_of_cohort(Context& context, std::size_t index) {
  auto const& slot = context.cohorts[index];
  auto const& decl = *slot.decl;
  if (slot.state == State::Done && slot.id.has_value()) return context.program.cohorts[slot.id].subject;
  if (slot.state == State::Open) return std::nullopt;
  InFile const in(context, slot.file);
  if (!decl.subjects.empty()) {
    auto const symbol = context.view->symbols.find(decl.subjects.front().text);
    bool const known = symbol != context.view->symbols.end() && symbol->second.kind == SymbolKind::Schema;
    return known ? std::optional(SchemaId{static_cast<std::int32_t>(symbol->second.index)}) : std::nullopt;
  }
  auto const candidates = roots(context);
  std::vector<Source> sources;
  for (auto const condition : decl.conditions) sources.push_back({slot.file, condition});
  for (auto const& [keys, span] : decl.groupings)
    for (auto const key : keys) sources.push_back({slot.file, key});
  context.cohorts[index].state = State::Open;  // a definition may ask for it again
  auto const left = subjects_of(context, sources, candidates);
  context.cohorts[index].state = State::Waiting;
  return left.size() == 1 ? std::optional(left.front()) : std::nullopt;
}

void check_cohorts(Context& context) {
  for (std::size_t i = 0; i < context.cohorts.size(); ++i) cohort_of(context, i, context.cohorts[i].decl->name.span);
}

tir::ExprId check_rank(Context& context, Scope const& scope, ast::Call const& call, Span span) {
  auto const* reference =
      call.arguments.size() == 2 ? std::get_if<ast::Reference>(&scope.expr(call.arguments[1]).kind) : nullptr;
  bool const named = reference != nullptr && !reference->period && reference->path.parts.size() == 1;
  auto const index = named ? cohort_named(context, reference->path.parts.front()) : std::nullopt;
  bool const plain = !call.each.has_value() && !call.where.has_value() && call.distinct.empty() && call.named.empty();
  if (!index || !call.order || !plain) {
    if (!named || reference->path.parts.front().known) context.diagnostics.add(span, diag::RankOfWhat);
    return poison(context, span);
  }
  auto const cohort = cohort_of(context, *index, span);
  if (!cohort) return poison(context, span);
  auto const* record = record_of(context, scope, *cohort, span);
  if (record == nullptr) return poison(context, span);
  Frame frame;
  tir::CohortValue made;
  made.cohort = *cohort;
  made.op = tir::CohortOp::Rank;
  made.descending = *call.order == ast::OrderWord::Descending;
  made.span = span;
  auto const of = record->binding;
  made.value = check_order(context, about(context, scope.file, frame, record->schema), call.arguments.front());
  if (!made.value.has_value()) return poison(context, span);
  auto const at = intern(context, std::move(made));
  if (!at) return poison(context, span);
  return read(context, scope, of, context.program.cohort_values[*at].field, span);
}

std::optional<tir::CohortOp> cohort_op(tir::AggregateOp op) {
  switch (op) {
    case tir::AggregateOp::Sum: return tir::CohortOp::Sum;
    case tir::AggregateOp::Count: return tir::CohortOp::Count;
    case tir::AggregateOp::Mean: return tir::CohortOp::Mean;
    case tir::AggregateOp::Largest: return tir::CohortOp::Largest;
    case tir::AggregateOp::Smallest: return tir::CohortOp::Smallest;
    case tir::AggregateOp::Median: return tir::CohortOp::Median;
    case tir::AggregateOp::Top:
    case tir::AggregateOp::Distinct:
    case tir::AggregateOp::Exists:
    case tir::AggregateOp::All: break;
  }
  return std::nullopt;
}

namespace {

// `规上工业.亩均税收`, or what stands behind the colon.
std::optional<tir::ExprId> each_of(Context& context, Scope const& inner, ast::Call const& call, ast::Path const& path,
                                   Span span) {
  if (call.each.has_value()) {
    if (path.parts.size() > 1) context.diagnostics.add(span, diag::ListThenExpression, source_text(context, span));
    return check_expr(context, inner, call.each);
  }
  if (path.parts.size() == 1) return std::nullopt;
  ast::Path rest{{path.parts.begin() + 1, path.parts.end()}, path.span};
  return check_reference(context, inner, {std::nullopt, std::move(rest)}, nullptr, span);
}

}  // namespace

std::optional<tir::ExprId> check_cohort_aggregate(Context& context, Scope const& scope, tir::AggregateOp op,
                                                  ast::Call const& call, Span span) {
  auto const& over = scope.expr(call.arguments.front());
  auto const* reference = std::get_if<ast::Reference>(&over.kind);
  if (reference == nullptr || reference->period || reference->path.parts.empty()) return std::nullopt;
  auto const index = cohort_named(context, reference->path.parts.front());
  if (!index) return std::nullopt;
  auto const what = cohort_op(op);
  if (!what || !call.distinct.empty()) return misplaced(context, span);
  auto const cohort = cohort_of(context, *index, span);
  if (!cohort) return poison(context, span);
  auto const* record = record_of(context, scope, *cohort, span);
  if (record == nullptr) return poison(context, span);
  auto const of = record->binding;
  Frame frame;
  Scope const inner = about(context, scope.file, frame, record->schema);
  auto const each = each_of(context, inner, call, reference->path, over.span);
  auto const where = call.where.has_value() ? std::optional(check_condition(context, inner, call.where)) : std::nullopt;
  auto const shape = aggregate_shape(context, op, call.callee.text, each, where, span);
  if (!shape) return poison(context, span);
  if (shape->type.kind != Kind::Number) {
    context.diagnostics.add(span, diag::NoNumber, phrase(context, shape->type));
    return poison(context, span);
  }
  if (shape->each.has_value()) require_total(context, shape->each);
  tir::CohortValue made;
  made.cohort = *cohort;
  made.op = *what;
  made.value = shape->each;
  made.where = shape->where;
  made.span = span;
  auto const at = intern(context, std::move(made));
  if (!at) return poison(context, span);
  auto const value = context.program.cohort_values[*at];
  tir::ExprId const whole = read(context, scope, of, value.field, span);
  if (!value.divisor.has_value()) return whole;
  return arithmetic(context, tir::ArithmeticOp::Divide, whole, read(context, scope, of, value.divisor, span), span);
}

bool is_rank(Context const& context, tir::ExprId value) {
  auto const field = field_of(context, value);
  return field.has_value() && context.ranks.contains(field);
}

std::optional<tir::ExprId> compared_rank(Context& context, tir::CompareOp op, tir::ExprId rank, tir::ExprId bound,
                                         Span span) {
  auto const number = constant_number(context, bound);
  if (!number || !is_rank(context, rank)) return std::nullopt;
  auto const& unit = type_of(context, bound).unit;
  if (!unit.dimensionless() && !(unit == types::unit_of(types::BaseUnit::Item))) return std::nullopt;
  BigInt const floor = floor_div(BigInt(numerator(*number)), BigInt(denominator(*number)));
  bool const whole = BigRational(floor) == *number;
  auto const up_to = [&](BigInt const& last) { return places(context, rank, 1, last, span); };
  switch (op) {
    case tir::CompareOp::AtMost: return up_to(floor);
    case tir::CompareOp::Less: return up_to(whole ? BigInt(floor - 1) : floor);
    case tir::CompareOp::Greater: return negation(context, up_to(floor), span);
    case tir::CompareOp::AtLeast: return negation(context, up_to(whole ? BigInt(floor - 1) : floor), span);
    case tir::CompareOp::Equal:
      return places(context, rank, whole ? std::max(floor, BigInt(1)) : BigInt(1), whole ? floor : BigInt(0), span);
    case tir::CompareOp::NotEqual:
      return negation(
          context,
          places(context, rank, whole ? std::max(floor, BigInt(1)) : BigInt(1), whole ? floor : BigInt(0), span), span);
  }
  return std::nullopt;
}

std::optional<tir::ExprId> rank_within(Context& context, tir::ExprId rank, ast::Expr const& top, Span span) {
  auto const* literal = std::get_if<ast::Literal>(&top.kind);
  auto const* value = literal == nullptr ? nullptr : std::get_if<ast::TopLiteral>(&literal->value);
  if (value == nullptr || !is_rank(context, rank)) return std::nullopt;
  auto const measured = measure(value->number);
  if (value->number.unit == ast::UnitWord::Percent)
    return test_of(context, rank, true, 0, measured.value, source_text(context, top.span), span);
  if (denominator(measured.value) != 1) return misplaced(context, top.span);
  return places(context, rank, 1, BigInt(numerator(measured.value)), span);
}

}  // namespace huiyu::check
