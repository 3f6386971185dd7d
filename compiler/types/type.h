#pragma once

// The type of an expression: what kind of value, in which unit. Scale and range are facts about stored values and are
// kept apart (NumberFormat, tir/facts.h): meaning never depends on them, since numbers are exact.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compiler/base/id.h"
#include "runtime/codes/codes.h"

namespace huiyu {

struct SchemaTag;
using SchemaId = Id<SchemaTag>;
struct EnumerationTag;
using EnumerationId = Id<EnumerationTag>;

namespace types {

// Units of measure multiply and divide (元/亩, 0.05%/天). 万元 is a spelling of 元; 平方米 is 0.0015 亩 exactly;
// 年 is 12 个月; a day converts to neither, a working day is its own. Counting words (家, 项, 个, …) are one unit. Each
// currency is a unit of its own: what turns it into 元 is a rate (元/美元), which is of a day.
enum class BaseUnit : std::uint8_t {
  Yuan,
  Person,
  Item,
  Mu,
  KilowattHour,
  Day,
  WorkingDay,
  Month,
  Score,
  UsDollar,
  Euro,
  HongKongDollar,
  Yen,
  Pound,
  Count_
};

struct Unit {
  std::array<std::int8_t, static_cast<std::size_t>(BaseUnit::Count_)> exponents{};
  constexpr bool dimensionless() const { return *this == Unit{}; }
  friend constexpr bool operator==(Unit const&, Unit const&) = default;
};
constexpr Unit unit_of(BaseUnit base) {
  Unit unit;
  unit.exponents[static_cast<std::size_t>(base)] = 1;
  return unit;
}
// A count stands alone: beside another unit it is a plain number (单价 × 台数 is 元, 300元/个 is 300元), and its powers
// are counts again.
constexpr Unit without_idle_counts(Unit unit) {
  auto& count = unit.exponents[static_cast<std::size_t>(BaseUnit::Item)];
  std::int8_t const counted = count;
  count = 0;
  if (counted > 0 && unit.dimensionless()) count = 1;
  return unit;
}
constexpr Unit multiply(Unit a, Unit const& b) {
  for (std::size_t i = 0; i < a.exponents.size(); ++i)
    a.exponents[i] = static_cast<std::int8_t>(a.exponents[i] + b.exponents[i]);
  return without_idle_counts(a);
}
constexpr Unit divide(Unit a, Unit const& b) {
  for (std::size_t i = 0; i < a.exponents.size(); ++i)
    a.exponents[i] = static_cast<std::int8_t>(a.exponents[i] - b.exponents[i]);
  return without_idle_counts(a);
}

enum class Kind : std::uint8_t {
  Poison,       // silences consequences of a mistake already reported
  Truth,        // 真假
  Number,       // 金额 人数 个数 小数 比率 分数 面积 电量 期限: told apart by unit
  Date,         // 日期: days since 1970-01-01
  Year,         // 年度
  Month,        // 年月: year × 12 + month − 1
  Code,         // 地区 行业代码: dense id of the code system, in preorder
  Enumeration,  // a 名录: dense index; in an ordered one the highest entry is 0
  Text,         // 文本
  CreditCode,   // 信用代码
  List,         // 列表 of a 结构
  Set,          // 集合 of a 名录, of years, codes or texts
  Record,       // one record of a 结构
};

struct Type {
  Kind kind = Kind::Poison;
  Unit unit{};                                           // Number
  codes::CodeSystem system = codes::CodeSystem::Region;  // Code
  Kind element = Kind::Poison;                           // Set: Enumeration, Year, Code or Text
  EnumerationId enumeration{};                           // Enumeration, Set of one
  SchemaId schema{};                                     // List, Record
  friend constexpr bool operator==(Type const&, Type const&) = default;
};

// How a stored number is kept: value = integer × 10^-scale in the base unit; integer within [low, high].
// 金额 has scale 2: the integer counts 分. A value outside is reported by the reader and is missing.
struct NumberFormat {
  std::int8_t scale = 0;
  std::int64_t low = 0;
  std::int64_t high = 0;
  friend constexpr bool operator==(NumberFormat const&, NumberFormat const&) = default;
};

// One row per built-in type name: 金额 → Number, 元, scale 2, default range. Nothing else knows these figures.
// 列表 and 集合 need an argument and are no rows.
struct BuiltinType {
  std::string_view zh, en;
  Type type;
  NumberFormat format;
  std::string_view note;  // what the format can hold, for the reference
};
// All rows, in the order of the reference.
std::span<BuiltinType const> builtin_types();
// The row with this Chinese or English name.
std::optional<BuiltinType> find_builtin_type(std::string_view name);
// The first row that measures in this unit: how a value is stored whose declaration names no type. None for 元/亩 and
// the like.
std::optional<BuiltinType> builtin_type_of(Unit const& unit);
// The words of the two types that take an argument.
std::string_view list_word(bool english);  // 列表
std::string_view set_word(bool english);   // 集合

// `元`, `元/亩`, `1/天`; a number without unit is `小数`. For messages.
std::string describe(Unit const& unit);
// `金额`, `人数`, `元/亩`, `日期` … Enumerations, lists, sets and records are named by the caller, who has the names.
std::string describe(Type const& type);

}  // namespace types
}  // namespace huiyu
