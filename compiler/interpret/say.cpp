#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/interpret/interpret.h"
#include "runtime/base/civil.h"
#include "runtime/codes/codes.h"

namespace huiyu::interpret {
namespace {

// Money with its two digits, what has no unit in percent.
std::string say_number(types::Unit const& unit, BigRational const& number) {
  if (unit.dimensionless()) return decimal_text(BigRational(number * 100)) + "%";
  auto text = decimal_text(number);
  if (unit == types::unit_of(types::BaseUnit::Yuan) && text.find('/') == std::string::npos) {
    auto const point = text.find('.');
    auto const digits = point == std::string::npos ? 0 : text.size() - point - 1;
    if (digits == 0) text += '.';
    if (digits < 2) text.append(2 - digits, '0');
  }
  return text + types::describe(unit);
}

bool single(types::Unit const& unit) {
  int factors = 0;
  for (auto const exponent : unit.exponents) factors += exponent == 0 ? 0 : exponent == 1 ? 1 : 2;
  return factors == 1;
}

std::string say_set(tir::Program const& program, types::Type const& type, tir::SetValue const& set) {
  types::Type element;
  element.kind = type.element;
  element.system = type.system;
  element.enumeration = type.enumeration;
  std::string text;
  auto const add = [&](std::string const& member) { text += (text.empty() ? "" : "、") + member; };
  for (auto const member : set.members) {
    if (type.element == types::Kind::Year)
      add(say(program, element, tir::YearValue{member}));
    else if (type.element == types::Kind::Code)
      add(say(program, element, tir::CodeValue{member}));
    else
      add(say(program, element, tir::EntryValue{member}));
  }
  for (auto const& member : set.texts) add(member);
  return text;
}

}  // namespace

std::string say(tir::Program const& program, types::Type const& type, tir::Value const& value) {
  return match(
      value,  //
      [](bool truth) { return std::string(truth ? "是" : "否"); },
      [&](BigRational const& number) { return say_number(type.unit, number); },
      [](tir::DateValue date) { return format_date(date.days); },
      [](tir::YearValue year) { return fmt::format("{}年", year.year); },
      [](tir::MonthValue month) { return fmt::format("{:04}-{:02}", month.month / 12, month.month % 12 + 1); },
      [&](tir::CodeValue code) { return codes::display_path(type.system, code.id); },
      [&](tir::EntryValue entry) {
        return program.enumerations[type.enumeration].entries.at(static_cast<std::size_t>(entry.index));
      },
      [](std::string const& text) { return text; },  //
      [&](tir::SetValue const& set) { return say_set(program, type, set); });
}

std::string say_conclusion(tir::Program const& program, types::Type const& type, tir::Value const& value) {
  auto const* number = std::get_if<BigRational>(&value);
  if (number == nullptr || type.unit == types::unit_of(types::BaseUnit::Yuan)) return say(program, type, value);
  return decimal_text(*number) + (single(type.unit) ? types::describe(type.unit) : std::string());
}

}  // namespace huiyu::interpret
