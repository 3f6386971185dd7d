#include "compiler/check/units.h"

namespace huiyu::check {
namespace {

using types::BaseUnit;

BigRational power_of_ten(int exponent) {
  BigInt value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return BigRational(value);
}

bool is_count(Context const& context, tir::ExprId id) {
  auto const* list = std::get_if<tir::Aggregate>(&context.program.exprs[id].kind);
  return list != nullptr && counts(list->op);
}

bool is_bare_number(Context const& context, tir::ExprId id) {
  return constant_number(context, id).has_value() && type_of(context, id).unit.dimensionless();
}

// The word for the unit that a bare number beside `unit` probably means; empty where there is no single word.
std::string_view unit_word(types::Unit const& unit) {
  if (unit == types::unit_of(BaseUnit::Yuan)) return "元";
  if (unit == types::unit_of(BaseUnit::Person)) return "人";
  if (unit == types::unit_of(BaseUnit::Item)) return "个";
  if (unit == types::unit_of(BaseUnit::Mu)) return "亩";
  if (unit == types::unit_of(BaseUnit::KilowattHour)) return "千瓦时";
  if (unit == types::unit_of(BaseUnit::Day)) return "天";
  if (unit == types::unit_of(BaseUnit::WorkingDay)) return "个工作日";
  if (unit == types::unit_of(BaseUnit::Month)) return "个月";
  if (unit == types::unit_of(BaseUnit::Score)) return "分";
  if (unit == types::unit_of(BaseUnit::UsDollar)) return "美元";
  if (unit == types::unit_of(BaseUnit::Euro)) return "欧元";
  if (unit == types::unit_of(BaseUnit::HongKongDollar)) return "港元";
  if (unit == types::unit_of(BaseUnit::Yen)) return "日元";
  if (unit == types::unit_of(BaseUnit::Pound)) return "英镑";
  return "";
}

// 员工人数 20万元以上: another unit than the one that is counted in here. Told without a change of the text: which of
// the two is the slip is not known.
bool suggest_other_unit(Context& context, tir::ExprId written, types::Unit const& wanted,
                        diag::Diagnostic& diagnostic) {
  std::string const text = source_text(context, span_of(context, written));
  std::string const word(unit_word(wanted));
  auto const digits = text.find_first_not_of("0123456789._");
  bool const literal = std::holds_alternative<tir::Constant>(context.program.exprs[written].kind) && digits != 0 &&
                       digits != std::string::npos && text.find_first_of("/ ×÷") == std::string::npos;
  if (!literal || word.empty()) return false;
  diagnostic.add_help(diag::note::OtherUnit, text, word, text.substr(0, digits) + word);
  return true;
}

void report_disagreement(Context& context, tir::ExprId left, tir::ExprId right, Span where) {
  auto const left_type = type_of(context, left), right_type = type_of(context, right);
  bool const numbers = left_type.kind == Kind::Number && right_type.kind == Kind::Number;
  auto& diagnostic = numbers ? context.diagnostics.add(where, diag::UnitsDisagree, phrase(context, left_type),
                                                       phrase(context, right_type))
                             : context.diagnostics.add(where, diag::TypesDisagree, phrase(context, left_type),
                                                       phrase(context, right_type));
  diagnostic.label(span_of(context, left), diag::note::ThisIs, phrase(context, left_type));
  diagnostic.label(span_of(context, right), diag::note::ThisIs, phrase(context, right_type));
  auto const calendar = [](Type const& type) {
    return type.kind == Kind::Date || type.kind == Kind::Year || type.kind == Kind::Month;
  };
  for (auto const& [text, other] : {std::pair(left, right), std::pair(right, left)})
    if (type_of(context, text).kind == Kind::Text && type_of(context, other).kind == Kind::Enumeration)
      diagnostic.add_help(diag::note::DeclareAsList, source_text(context, span_of(context, text)),
                          context.program.enumerations[type_of(context, other).enumeration].name);
  bool const length = left_type == number_type(types::unit_of(BaseUnit::Month)) ||
                      left_type == number_type(types::unit_of(BaseUnit::Day)) ||
                      right_type == number_type(types::unit_of(BaseUnit::Month)) ||
                      right_type == number_type(types::unit_of(BaseUnit::Day));
  if (length && (calendar(left_type) || calendar(right_type))) diagnostic.add_help(diag::note::UseFullPeriod);
  for (auto const& [bare, other] : {std::pair(left, right), std::pair(right, left)}) {
    if (!numbers || !is_bare_number(context, bare)) continue;
    std::string const word(unit_word(type_of(context, other).unit));
    std::string const text = source_text(context, span_of(context, bare));
    if (word.empty() || text.empty() || text.find_first_not_of("0123456789._") != std::string::npos) continue;
    diagnostic.add_help(diag::note::WriteUnit, text + word);
    diagnostic.fix(span_of(context, bare), text + word);
    break;
  }
  if (!numbers) return;
  for (auto const& [written, other] : {std::pair(left, right), std::pair(right, left)})
    if (suggest_other_unit(context, written, type_of(context, other).unit, diagnostic)) break;
}

// 员工人数 × 1000元 where 元 is asked for: what is meant is 1000元/人.
void suggest_rate(Context const& context, tir::ExprId value, Type const& wanted, diag::Diagnostic& diagnostic) {
  auto const* product = std::get_if<tir::Arithmetic>(&context.program.exprs[value].kind);
  if (product == nullptr || product->op != tir::ArithmeticOp::Multiply || wanted.kind != Kind::Number) return;
  for (auto const& [rate, other] :
       {std::pair(product->left, product->right), std::pair(product->right, product->left)}) {
    std::string const word(unit_word(type_of(context, other).unit));
    std::string const text = source_text(context, span_of(context, rate));
    if (type_of(context, other).unit == types::unit_of(BaseUnit::Month)) continue;  // by the month or by the year?
    bool const written = std::holds_alternative<tir::Constant>(context.program.exprs[rate].kind) &&
                         text.find_first_of("0123456789") == 0 && text.find_first_of("/ ×÷") == std::string::npos;
    if (!written || word.empty() || !(type_of(context, rate) == wanted)) continue;
    diagnostic.add_help(diag::note::WriteUnit, text + "/" + word);
    diagnostic.fix(span_of(context, rate), text + "/" + word);
    return;
  }
}

// 500元/人 alone where 元 is asked for: so much for each of what?
void suggest_count(Context const& context, tir::ExprId value, Type const& wanted, diag::Diagnostic& diagnostic) {
  std::string const text = source_text(context, span_of(context, value));
  bool const money = wanted == number_type(types::unit_of(BaseUnit::Yuan));
  if (money && std::holds_alternative<tir::Constant>(context.program.exprs[value].kind) &&
      text.find('/') != std::string::npos)
    diagnostic.add_help(diag::note::MultiplyRate, text);
}

}  // namespace

bool is_currency(types::Unit const& unit) {
  for (auto const base : {BaseUnit::UsDollar, BaseUnit::Euro, BaseUnit::HongKongDollar, BaseUnit::Yen, BaseUnit::Pound})
    if (unit == types::unit_of(base)) return true;
  return false;
}

MeasuredUnit unit_of(ast::UnitWord word) {
  using ast::UnitWord;
  switch (word) {
    case UnitWord::None:
    case UnitWord::DecimalPlaces: return {};
    case UnitWord::Yuan: return {types::unit_of(BaseUnit::Yuan), 1};
    case UnitWord::WanYuan: return {types::unit_of(BaseUnit::Yuan), power_of_ten(4)};
    case UnitWord::YiYuan: return {types::unit_of(BaseUnit::Yuan), power_of_ten(8)};
    case UnitWord::Percent: return {{}, BigRational(1) / 100};
    case UnitWord::Permille: return {{}, BigRational(1) / 1000};
    case UnitWord::Persons: return {types::unit_of(BaseUnit::Person), 1};
    case UnitWord::Counting: return {types::unit_of(BaseUnit::Item), 1};
    case UnitWord::Mu: return {types::unit_of(BaseUnit::Mu), 1};
    case UnitWord::SquareMetre: return {types::unit_of(BaseUnit::Mu), BigRational(15) / 10000};
    case UnitWord::KilowattHour: return {types::unit_of(BaseUnit::KilowattHour), 1};
    case UnitWord::WanKilowattHour: return {types::unit_of(BaseUnit::KilowattHour), power_of_ten(4)};
    case UnitWord::Day: return {types::unit_of(BaseUnit::Day), 1};
    case UnitWord::WorkingDay: return {types::unit_of(BaseUnit::WorkingDay), 1};
    case UnitWord::Month: return {types::unit_of(BaseUnit::Month), 1};
    case UnitWord::Year: return {types::unit_of(BaseUnit::Month), 12};
    case UnitWord::Score: return {types::unit_of(BaseUnit::Score), 1};
    case UnitWord::UsDollar: return {types::unit_of(BaseUnit::UsDollar), 1};
    case UnitWord::Euro: return {types::unit_of(BaseUnit::Euro), 1};
    case UnitWord::HongKongDollar: return {types::unit_of(BaseUnit::HongKongDollar), 1};
    case UnitWord::Yen: return {types::unit_of(BaseUnit::Yen), 1};
    case UnitWord::Pound: return {types::unit_of(BaseUnit::Pound), 1};
  }
  return {};
}

Measured measure(ast::NumberLiteral const& literal) {
  MeasuredUnit const unit = unit_of(literal.unit), per = unit_of(literal.per);
  // Every step of a fraction looks for common divisors: what changes nothing is left out.
  BigRational value(literal.mantissa);
  if (literal.scale != 0) value /= power_of_ten(literal.scale);
  if (unit.factor != 1) value *= unit.factor;
  if (per.factor != 1) value /= per.factor;
  return {std::move(value), types::divide(unit.unit, per.unit)};
}

void adapt_counts(Context& context, tir::ExprId left, tir::ExprId right) {
  auto const person = types::unit_of(BaseUnit::Person), item = types::unit_of(BaseUnit::Item);
  for (auto const& [count, other] : {std::pair(left, right), std::pair(right, left)})
    if (is_count(context, count) && type_of(context, count).unit == item &&
        type_of(context, other) == number_type(person))
      context.program.exprs[count].type.unit = person;
}

bool agree(Context& context, tir::ExprId left, tir::ExprId right, Span where) {
  if (is_poison(context, left) || is_poison(context, right)) return true;
  adapt_counts(context, left, right);
  if (type_of(context, left) == type_of(context, right)) return true;
  report_disagreement(context, left, right, where);
  return false;
}

tir::ExprId expect_type(Context& context, tir::ExprId value, Type const& type) {
  // 定义 人才数 ： 人数 = 数量（人才）: a count is a count of whatever is asked for.
  if (is_count(context, value) && type == number_type(types::unit_of(BaseUnit::Person)))
    context.program.exprs[value].type = type;
  auto const found = type_of(context, value);
  if (found == type || found.kind == Kind::Poison) return value;
  if (type.kind == Kind::Poison) return poison(context, span_of(context, value));
  auto& diagnostic =
      context.diagnostics.add(span_of(context, value), diag::WrongType, phrase(context, type), phrase(context, found));
  if (type.kind == Kind::Number && found.kind == Kind::Number && !found.unit.dimensionless())
    suggest_other_unit(context, value, type.unit, diagnostic);
  suggest_rate(context, value, type, diagnostic);
  suggest_count(context, value, type, diagnostic);
  if (type.kind == Kind::Number && is_bare_number(context, value)) {
    std::string const word(unit_word(type.unit));
    std::string const text = source_text(context, span_of(context, value));
    if (!word.empty() && !text.empty() && text.find_first_not_of("0123456789._") == std::string::npos) {
      diagnostic.add_help(diag::note::WriteUnit, text + word);
      diagnostic.fix(span_of(context, value), text + word);
    }
  }
  return poison(context, span_of(context, value));
}

tir::ExprId expect_truth(Context& context, tir::ExprId value) {
  auto const found = type_of(context, value);
  if (found.kind == Kind::Truth || found.kind == Kind::Poison) return value;
  context.diagnostics.add(span_of(context, value), diag::NoCondition, phrase(context, found));
  return poison(context, span_of(context, value));
}

tir::ExprId expect_number(Context& context, tir::ExprId value) {
  auto const found = type_of(context, value);
  if (found.kind == Kind::Number || found.kind == Kind::Poison) return value;
  context.diagnostics.add(span_of(context, value), diag::NoNumber, phrase(context, found));
  return poison(context, span_of(context, value));
}

}  // namespace huiyu::check
