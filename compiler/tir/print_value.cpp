#include "compiler/base/match.h"
#include "compiler/tir/print.h"
#include "runtime/base/civil.h"
#include "runtime/codes/codes.h"

namespace huiyu::tir {
namespace {

std::string month_text(std::int32_t month) {
  std::int32_t const of_year = month % 12 + 1;
  return std::to_string(month / 12) + (of_year < 10 ? "-0" : "-") + std::to_string(of_year);
}

std::string code_text(codes::CodeSystem system, std::int32_t id) {
  auto const entries = codes::entries(system);
  if (id < 0 || static_cast<std::size_t>(id) >= entries.size()) return "code " + std::to_string(id);
  return std::string(entries[static_cast<std::size_t>(id)].code);
}

std::string entry_text(Program const& program, EnumerationId enumeration, std::int32_t index) {
  if (!program.enumerations.contains(enumeration)) return "entry " + std::to_string(index);
  auto const& entries = program.enumerations[enumeration].entries;
  if (index < 0 || static_cast<std::size_t>(index) >= entries.size()) return "entry " + std::to_string(index);
  return entries[static_cast<std::size_t>(index)];
}

std::string set_text(Program const& program, SetValue const& set, Type const& type) {
  std::string text;
  auto const add = [&](std::string const& member) { text += (text.empty() ? "" : " ") + member; };
  for (auto const member : set.members) {
    if (type.element == types::Kind::Enumeration)
      add(entry_text(program, type.enumeration, member));
    else if (type.element == types::Kind::Code)
      add(code_text(type.system, member));
    else
      add(std::to_string(member));
  }
  for (auto const& member : set.texts) add("\"" + member + "\"");
  return "{" + text + "}";
}

}  // namespace

std::string print_number(BigRational const& value) {
  BigInt const numerator = boost::multiprecision::numerator(value);
  BigInt denominator = boost::multiprecision::denominator(value);
  int scale = 0;
  int twos = 0, fives = 0;
  BigInt rest = denominator;
  for (; rest % 2 == 0; rest /= 2) ++twos;
  for (; rest % 5 == 0; rest /= 5) ++fives;
  if (rest != 1) return numerator.str() + "/" + denominator.str();
  scale = twos > fives ? twos : fives;
  BigInt mantissa = numerator;
  for (int i = 0; i < scale; ++i) mantissa *= 10;
  mantissa /= denominator;
  bool const negative = mantissa < 0;
  std::string digits = BigInt(negative ? BigInt(-mantissa) : mantissa).str();
  if (scale > 0) {
    auto const places = static_cast<std::size_t>(scale);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, ".");
  }
  return (negative ? "-" : "") + digits;
}

std::string print(Program const& program, Value const& value, Type const& type) {
  return match(
      value,  //
      [](bool truth) { return std::string(truth ? "是" : "否"); },
      [&](BigRational const& number) {
        std::string const unit = type.unit.dimensionless() ? std::string() : types::describe(type.unit);
        return print_number(number) + unit.substr(unit.starts_with("1/") ? 1 : 0);  // 0.0005/天
      },
      [](DateValue date) {
        bool const real = date.days >= first_day_number && date.days <= last_day_number;
        return real ? format_date(date.days) : "day " + std::to_string(date.days);
      },
      [](YearValue year) { return std::to_string(year.year) + "年"; },
      [](MonthValue month) { return month_text(month.month); },
      [&](CodeValue code) { return code_text(type.system, code.id); },
      [&](EntryValue entry) { return entry_text(program, type.enumeration, entry.index); },
      [](std::string const& text) { return "\"" + text + "\""; },
      [&](SetValue const& set) { return set_text(program, set, type); });
}

std::string describe(Program const& program, Type const& type) {
  auto const schema_name = [&] {
    return program.schemas.contains(type.schema) ? program.schemas[type.schema].name : std::string("?");
  };
  if (type.kind == types::Kind::Enumeration)
    return program.enumerations.contains(type.enumeration) ? program.enumerations[type.enumeration].name : "?";
  if (type.kind == types::Kind::Record) return schema_name();
  if (type.kind == types::Kind::List) return std::string(types::list_word(false)) + " " + schema_name();
  if (type.kind == types::Kind::Set) {
    Type element = type;
    element.kind = type.element;
    return std::string(types::set_word(false)) + " " + describe(program, element);
  }
  return types::describe(type);
}

}  // namespace huiyu::tir
