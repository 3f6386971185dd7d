#include "compiler/base/match.h"
#include "compiler/lower/explainer.h"

namespace huiyu::lower {

using plan::ExplainOp;
using plan::Ref;
using types::Kind;
using ExplainRef = Ref<plan::Explain>;

namespace {

ExplainOp op_of(tir::CompareOp op) {
  switch (op) {
    case tir::CompareOp::Less: return ExplainOp::Less;
    case tir::CompareOp::AtMost: return ExplainOp::AtMost;
    case tir::CompareOp::Greater: return ExplainOp::Greater;
    case tir::CompareOp::AtLeast: return ExplainOp::AtLeast;
    case tir::CompareOp::Equal: return ExplainOp::Equal;
    case tir::CompareOp::NotEqual: return ExplainOp::NotEqual;
  }
  return ExplainOp::Equal;
}
ExplainOp op_of(tir::ArithmeticOp op) {
  switch (op) {
    case tir::ArithmeticOp::Add: return ExplainOp::Add;
    case tir::ArithmeticOp::Subtract: return ExplainOp::Subtract;
    case tir::ArithmeticOp::Multiply: return ExplainOp::Multiply;
    case tir::ArithmeticOp::Divide: return ExplainOp::Divide;
  }
  return ExplainOp::Add;
}
ExplainOp op_of(tir::AggregateOp op) {
  switch (op) {
    case tir::AggregateOp::Sum: return ExplainOp::Sum;
    case tir::AggregateOp::Count: return ExplainOp::Count;
    case tir::AggregateOp::Exists: return ExplainOp::Exists;
    case tir::AggregateOp::All: return ExplainOp::All;
    case tir::AggregateOp::Mean: return ExplainOp::Mean;
    case tir::AggregateOp::Largest: return ExplainOp::Largest;
    case tir::AggregateOp::Smallest: return ExplainOp::Smallest;
    case tir::AggregateOp::Median: return ExplainOp::Median;
    case tir::AggregateOp::Top: return ExplainOp::Top;
    case tir::AggregateOp::Distinct: return ExplainOp::Distinct;
  }
  return ExplainOp::Sum;
}
ExplainOp op_of(tir::HitRule rule) {
  switch (rule) {
    case tir::HitRule::First: return ExplainOp::ChooseFirst;
    case tir::HitRule::Exclusive: return ExplainOp::ChooseExclusive;
    case tir::HitRule::Unique: return ExplainOp::ChooseUnique;
    case tir::HitRule::Highest: return ExplainOp::ChooseHighest;
    case tir::HitRule::Sum: return ExplainOp::ChooseSum;
  }
  return ExplainOp::ChooseFirst;
}

}  // namespace

plan::Explain Explainer::blank(ExplainOp op, types::Type const& type, Span span, std::string_view citation) const {
  auto& tables = lowerer_.tables();
  plan::Explain row;
  row.op = op;
  row.kind = value_kind(lowerer_.program(), type);
  row.measure = measure_of(type);
  row.code_system = static_cast<std::uint8_t>(type.system);
  bool const entries = type.kind == Kind::Enumeration || (type.kind == Kind::Set && type.element == Kind::Enumeration);
  if (entries) row.enumeration = lowerer_.enumeration(type.enumeration);
  row.citation = tables.text(citation);
  if (!lowerer_.sources().contains(span.file)) return row;
  auto const& file = lowerer_.sources()[span.file];
  auto const position = file.position(span.begin);
  row.text = tables.text(file.slice(span));
  if (!(span.file == file_)) file_ = span.file, path_ = tables.text(file.path());
  row.file = path_;
  row.line = position.line, row.column_number = position.column;
  return row;
}

ExplainRef Explainer::add(Shape shape) {
  std::vector<plan::ExplainChild> children;
  for (auto child : shape.children) children.push_back({child});
  return lowerer_.tables().explain(shape.row, children);
}

std::uint32_t Explainer::number_of(std::string_view citation) {
  auto const known = citations_.find(citation);
  if (known != citations_.end()) return known->second;
  return citations_.emplace(citation, static_cast<std::uint32_t>(citations_.size())).first->second;
}

ExplainRef Explainer::lower(tir::ExprId id, std::string_view citation) {
  if (!id.has_value()) return {};
  auto const& expr = lowerer_.expr(id);
  std::string_view const cited = expr.citation.empty() ? citation : std::string_view(expr.citation);
  auto const key = std::uint64_t{static_cast<std::uint32_t>(id.index)} << 32 | number_of(cited);
  if (auto const found = known_.find(key); found != known_.end()) return found->second;
  auto const made = add(shape_of(id, blank({}, expr.type, expr.span, cited)));
  known_.emplace(key, made);
  return made;
}

Explainer::Shape Explainer::shape_of(tir::ExprId id, plan::Explain row) {
  auto const all = [&](std::vector<tir::ExprId> const& ids) {
    std::vector<ExplainRef> refs;
    for (auto one : ids) refs.push_back(lower(one));
    return refs;
  };
  auto const with = [&](ExplainOp op, std::vector<tir::ExprId> const& ids) {
    row.op = op;
    return Shape{row, all(ids)};
  };
  return match(
      lowerer_.expr(id).kind, [&](tir::Poison const&) { return with(ExplainOp::Call, {}); },  //
      [&](tir::Constant const& e) { return of_constant(e.value, row); },                      //
      [&](tir::FieldValue const& e) { return of_field(e.of, e.field, row); },                 //
      [&](tir::SeriesValue const& e) {
        auto shape = of_field(e.of, e.field, row);
        shape.row.op = ExplainOp::Series;
        shape.children = {lower(e.period)};
        return shape;
      },
      [&](tir::DefinitionValue const& e) { return of_definition(e, row); },  //
      [&](tir::IfGiven const& e) {
        row.name = lowerer_.tables().text(lowerer_.program().definitions[e.definition].name);
        return with(ExplainOp::IfGiven, {e.given, e.computed});
      },
      [&](tir::ParameterValue const& e) {
        row.parameter = lowerer_.parameter(e.parameter);
        return with(ExplainOp::Parameter, {});
      },
      [&](tir::PeriodValue const& e) {
        row.depth = static_cast<std::uint8_t>(place_.periods.size() - 1 - place_.find(e.of).value_or(0));
        return with(ExplainOp::Period, {});
      },
      [&](tir::Lookup const& e) {
        row.table = lowerer_.reference_table(e.table);
        return with(ExplainOp::Lookup, e.keys);
      },
      [&](tir::Input const& e) {
        switch (e.word) {
          case tir::InputWord::AsOf: return with(ExplainOp::AsOf, {});
          case tir::InputWord::ApplicationYear: return with(ExplainOp::ApplicationYear, {});
          case tir::InputWord::ThisYear: return with(ExplainOp::ThisYear, {});
          case tir::InputWord::ThisMonth: return with(ExplainOp::ThisMonth, {});
        }
        return with(ExplainOp::AsOf, {});
      },
      [&](tir::And const& e) {
        row.number = e.operands.empty() ? 1 : 0;
        return with(e.operands.empty() ? ExplainOp::Literal : ExplainOp::And, e.operands);
      },
      [&](tir::Or const& e) { return with(e.operands.empty() ? ExplainOp::Literal : ExplainOp::Or, e.operands); },
      [&](tir::AtLeastOf const& e) {
        row.number = e.count;
        return with(ExplainOp::AtLeastOf, e.operands);
      },
      [&](tir::Not const& e) { return with(ExplainOp::Not, {e.operand}); },            //
      [&](tir::Compare const& e) { return with(op_of(e.op), {e.left, e.right}); },     //
      [&](tir::Negate const& e) { return with(ExplainOp::Negate, {e.operand}); },      //
      [&](tir::Arithmetic const& e) { return with(op_of(e.op), {e.left, e.right}); },  //
      [&](tir::Pick const& e) {
        return with(e.op == tir::PickOp::Highest ? ExplainOp::Highest : ExplainOp::Lowest, e.operands);
      },
      [&](tir::Cap const& e) {
        return with(e.at_most ? ExplainOp::CapAtMost : ExplainOp::CapAtLeast, {e.operand, e.bound});
      },
      [&](tir::Round const& e) {
        row.number = static_cast<std::int64_t>(e.mode);
        row.scale = e.digits;
        return with(ExplainOp::Round, {e.operand});
      },
      [&](tir::BelongsTo const& e) {
        row.classes = lowerer_.class_set(e, lowerer_.expr(e.subject).type);
        return with(ExplainOp::BelongsTo, {e.subject});
      },
      [&](tir::SetContains const& e) {
        row.number = e.inside ? 1 : 0;
        return with(ExplainOp::SetContains, {e.set, e.member});
      },
      [&](tir::Shift const& e) { return with(ExplainOp::Shift, {e.operand, e.steps}); },  //
      [&](tir::Offset const& e) {
        row.number = e.by;
        return with(ExplainOp::Offset, {e.period});
      },
      [&](tir::Aggregate const& e) { return of_aggregate(e, row); },                       //
      [&](tir::Window const& e) { return of_window(e, row); },                             //
      [&](tir::Choose const& e) { return of_choose(e, row); },                             //
      [&](tir::Default const& e) { return with(ExplainOp::Default, {e.fact, e.value}); },  //
      [&](tir::Call const& e) {
        row.name = lowerer_.tables().text(e.builtin);
        return with(ExplainOp::Call, e.arguments);
      });
}

Explainer::Shape Explainer::of_constant(tir::Value const& value, plan::Explain row) {
  row.op = ExplainOp::Literal;
  if (auto const* number = std::get_if<BigRational>(&value)) return of_number(*number, row);
  if (auto const* text = std::get_if<std::string>(&value)) {
    row.name = lowerer_.tables().text(*text);
    return {row, {}};
  }
  auto const integer = lowerer_.integer_of(value, 0);
  if (!integer) lowerer_.refuse("规则里的值存不下");
  row.number = integer.value_or(0);
  return {row, {}};
}

// Decimals stand as they are; what has no end is a quotient of two.
Explainer::Shape Explainer::of_number(BigRational const& value, plan::Explain row) {
  auto const decimals = decimals_of(value);
  auto const scale = decimals.value_or(0);
  auto const integer = to_int64(BigInt(numerator(BigRational(value * BigRational(power_of_ten(scale))))));
  if (decimals && integer && scale <= 120) {
    row.op = ExplainOp::Literal;
    row.number = *integer;
    row.scale = static_cast<std::int8_t>(scale);
    return {row, {}};
  }
  auto const above = to_int64(BigInt(numerator(value))), below = to_int64(BigInt(denominator(value)));
  if (!above || !below) lowerer_.refuse("规则里的数太大，存不下");
  auto part = row;
  part.op = ExplainOp::Literal;
  part.number = above.value_or(0);
  auto const over = add({part, {}});
  part.number = below.value_or(1);
  row.op = ExplainOp::Divide;
  return {row, {over, add({part, {}})}};
}

Explainer::Shape Explainer::of_field(tir::BindingId of, tir::FieldId field, plan::Explain row) {
  auto const record = place_.find(of);
  HUIYU_CHECK(record.has_value(), "a fact of a record that is not in scope");
  auto const relation = place_.records[*record].relation;
  row.op = lowerer_.relation(relation).kind == plan::RelationKind::List ? ExplainOp::Item : ExplainOp::Field;
  row.column = lowerer_.field(relation, field);
  row.depth = depth_of(*record);
  return {row, {}};
}

Explainer::Shape Explainer::of_definition(tir::DefinitionValue const& e, plan::Explain row) {
  auto const& definition = lowerer_.program().definitions[e.definition];
  row.op = ExplainOp::Definition;
  row.name = lowerer_.tables().text(definition.name);
  auto const term = [&](tir::ExprId id, PeriodTerm outer, PeriodTerm usual) {
    auto const found = id.has_value() ? lowerer_.period_term(id, place_) : outer;
    return found.base == PeriodTerm::Base::Unknown ? usual : found;
  };
  Place own;
  own.year = term(e.year, place_.year, own.year), own.month = term(e.month, place_.month, own.month);
  if (definition.schema.has_value()) {
    auto const record = place_.find(e.of);
    HUIYU_CHECK(record.has_value(), "a definition about a record that is not in scope");
    auto const relation = place_.records[*record].relation;
    own.records = {{tir::BindingId{0}, relation}};
    row.column = lowerer_.definition(e.definition, relation, own.year, own.month).column;
    row.depth = depth_of(*record);
  }
  std::vector<ExplainRef> children{Explainer(lowerer_, own).lower(definition.value, definition.citation)};
  if (e.year.has_value()) row.flags |= plan::HasYear, children.push_back(lower(e.year));
  if (e.month.has_value()) row.flags |= plan::HasMonth, children.push_back(lower(e.month));
  return {row, children};
}

Explainer::Shape Explainer::of_aggregate(tir::Aggregate const& e, plan::Explain row) {
  auto const record = place_.find(e.of);
  HUIYU_CHECK(record.has_value(), "a list of a record that is not in scope");
  row.op = op_of(e.op);
  row.number = e.first;
  row.column = lowerer_.field(place_.records[*record].relation, e.list);
  row.depth = depth_of(*record);
  auto inner_place = place_;
  inner_place.records.push_back({e.item, lowerer_.column(row.column).items});
  Explainer inner(lowerer_, std::move(inner_place));
  std::vector<ExplainRef> children;
  if (e.each.has_value()) row.flags |= plan::HasEach, children.push_back(inner.lower(e.each));
  if (e.where.has_value()) row.flags |= plan::HasWhere, children.push_back(inner.lower(e.where));
  return {row, children};
}

Explainer::Shape Explainer::of_window(tir::Window const& e, plan::Explain row) {
  row.op = op_of(e.op);
  row.number = e.first;
  row.flags = plan::OverPeriods;
  std::vector<ExplainRef> children;
  if (e.from.has_value()) {
    row.flags |= plan::HasFrom;
    children.push_back(lower(e.from));
  } else {
    auto const series = of_field(e.of, e.series, row);
    row.column = series.row.column, row.depth = series.row.depth;
  }
  children.push_back(lower(e.to));
  auto inner_place = place_;
  inner_place.periods.push_back({e.period, {}});
  Explainer inner(lowerer_, std::move(inner_place));
  if (e.each.has_value()) row.flags |= plan::HasEach, children.push_back(inner.lower(e.each));
  if (e.where.has_value()) row.flags |= plan::HasWhere, children.push_back(inner.lower(e.where));
  return {row, children};
}

Explainer::Shape Explainer::of_choose(tir::Choose const& e, plan::Explain row) {
  row.op = op_of(e.rule);
  std::vector<ExplainRef> children;
  if (e.subject.has_value()) row.flags |= plan::HasSubject, children.push_back(lower(e.subject));
  for (auto const& choice : e.rows) {
    children.push_back(lower(choice.condition, choice.citation));
    children.push_back(lower(choice.value, choice.citation));
  }
  if (e.otherwise.has_value()) row.flags |= plan::HasOtherwise, children.push_back(lower(e.otherwise));
  return {row, children};
}

ExplainRef Explainer::floored(tir::ExprId id) {
  auto const& expr = lowerer_.expr(id);
  auto row = blank(ExplainOp::Round, expr.type, expr.span, expr.citation);
  row.number = plan::round_to_floor;
  row.scale = 2;
  return add({row, {lower(id)}});
}

ExplainRef Explainer::capped(ExplainRef operand, bool at_most, tir::ExprId bound, Span span) {
  auto const row = blank(at_most ? ExplainOp::CapAtMost : ExplainOp::CapAtLeast, lowerer_.expr(bound).type, span, {});
  return add({row, {operand, at_most ? floored(bound) : lower(bound)}});
}

ExplainRef Explainer::item_amount(tir::ExprId id) {
  auto const& expr = lowerer_.expr(id);
  auto const* cap = std::get_if<tir::Cap>(&expr.kind);
  return cap == nullptr ? lower(id) : capped(item_amount(cap->operand), cap->at_most, cap->bound, expr.span);
}

ExplainRef Explainer::parts_total(Span span) {
  types::Type money;
  money.kind = Kind::Number;
  money.unit = types::unit_of(types::BaseUnit::Yuan);
  return add({blank(ExplainOp::PartsTotal, money, span, {}), {}});
}

ExplainRef Explainer::name(std::string_view text, Span span) {
  types::Type type;
  type.kind = Kind::Text;
  auto row = blank(ExplainOp::Literal, type, span, {});
  row.name = lowerer_.tables().text(text);
  return add({row, {}});
}

}  // namespace huiyu::lower
