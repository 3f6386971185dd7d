#include <array>

#include "compiler/types/type.h"

namespace huiyu::types {
namespace {

constexpr std::int64_t power_of_ten(int exponent) {
  std::int64_t value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return value;
}

constexpr Type number(Unit const& unit) {
  Type type;
  type.kind = Kind::Number;
  type.unit = unit;
  return type;
}
constexpr Type plain(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}
constexpr Type code(codes::CodeSystem system) {
  Type type;
  type.kind = Kind::Code;
  type.system = system;
  return type;
}
constexpr NumberFormat symmetric(std::int8_t scale, int digits) {
  return {scale, -power_of_ten(digits), power_of_ten(digits)};
}
constexpr NumberFormat from_zero(std::int8_t scale, std::int64_t high) { return {scale, 0, high}; }

// The ranges are wide enough for a province or the nation, and narrow enough that an amount times a rate written with
// two digits stays within 64 bits and its sum over a list of any length allowed within 128 (tir/facts.h).
// A field that needs more says 范围.
constexpr std::array rows{
    BuiltinType{"文本", "text", plain(Kind::Text), {}, ""},
    BuiltinType{"真假", "truth", plain(Kind::Truth), {}, ""},
    BuiltinType{"日期", "date", plain(Kind::Date), {}, "0001-01-01 至 9999-12-31"},
    BuiltinType{"年度", "year", plain(Kind::Year), {}, "1 至 9999"},
    BuiltinType{"年月", "month", plain(Kind::Month), {}, "1年1月 至 9999年12月"},
    BuiltinType{"金额", "money", number(unit_of(BaseUnit::Yuan)), symmetric(2, 16), "±100万亿元，到分"},
    BuiltinType{"人数", "headcount", number(unit_of(BaseUnit::Person)), from_zero(0, 2 * power_of_ten(9)),
                "0 至 20亿人"},
    BuiltinType{"个数", "integer", number(unit_of(BaseUnit::Item)), from_zero(0, power_of_ten(10)), "0 至 100亿"},
    BuiltinType{"小数", "decimal", number(Unit{}), symmetric(6, 15), "±10亿，六位小数"},
    BuiltinType{"比率", "ratio", number(Unit{}), symmetric(8, 16), "±100亿%，百分数的六位小数"},
    BuiltinType{"分数", "score", number(unit_of(BaseUnit::Score)), symmetric(4, 10), "±100万分，四位小数"},
    BuiltinType{"面积", "area", number(unit_of(BaseUnit::Mu)), from_zero(6, power_of_ten(14)),
                "0 至 1亿亩，到0.01平方米之内"},
    BuiltinType{"电量", "energy", number(unit_of(BaseUnit::KilowattHour)), from_zero(2, power_of_ten(15)),
                "0 至 10万亿千瓦时，两位小数"},
    BuiltinType{"美元金额", "US dollars", number(unit_of(BaseUnit::UsDollar)), symmetric(2, 16),
                "±100万亿美元，到美分"},
    BuiltinType{"欧元金额", "euros", number(unit_of(BaseUnit::Euro)), symmetric(2, 16), "±100万亿欧元，到分"},
    BuiltinType{"港元金额", "Hong Kong dollars", number(unit_of(BaseUnit::HongKongDollar)), symmetric(2, 16),
                "±100万亿港元，到分"},
    BuiltinType{"日元金额", "yen", number(unit_of(BaseUnit::Yen)), symmetric(2, 16), "±100万亿日元，两位小数"},
    BuiltinType{"英镑金额", "pounds", number(unit_of(BaseUnit::Pound)), symmetric(2, 16), "±100万亿英镑，到便士"},
    BuiltinType{"期限", "term", number(unit_of(BaseUnit::Month)), from_zero(2, power_of_ten(6)),
                "0 至 1万个月；1年是12个月"},
    BuiltinType{"天数", "day count", number(unit_of(BaseUnit::Day)), from_zero(0, 4 * power_of_ten(6)), "0 至 400万天"},
    BuiltinType{"工作日数", "workday count", number(unit_of(BaseUnit::WorkingDay)), from_zero(0, 4 * power_of_ten(6)),
                "0 至 400万个工作日"},
    BuiltinType{"信用代码", "credit code", plain(Kind::CreditCode), {}, "GB 32100"},
    BuiltinType{"地区", "place", code(codes::CodeSystem::Region), {}, "GB/T 2260"},
    BuiltinType{"行业代码", "industry", code(codes::CodeSystem::Industry), {}, "GB/T 4754"},
};

}  // namespace

std::span<BuiltinType const> builtin_types() { return rows; }

std::optional<BuiltinType> find_builtin_type(std::string_view name) {
  for (auto const& row : rows)
    if (row.zh == name || row.en == name) return row;
  return std::nullopt;
}

std::optional<BuiltinType> builtin_type_of(Unit const& unit) {
  for (auto const& row : rows)
    if (row.type.kind == Kind::Number && row.type.unit == unit) return row;
  return std::nullopt;
}

std::string_view list_word(bool english) { return english ? "list" : "列表"; }
std::string_view set_word(bool english) { return english ? "set" : "集合"; }

}  // namespace huiyu::types
