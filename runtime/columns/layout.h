#pragma once

// What a reader must know to turn outside data into columns: the fields of one schema, without the language around
// them. Made from tir (for the oracle) and from a Plan (for the engine); both must give the same layout for one
// program.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/codes/codes.h"

namespace huiyu::columns {

enum class ValueKind : std::uint8_t {
  Truth,
  Number,
  Date,
  Year,
  Month,
  Code,
  Enumeration,
  Text,
  CreditCode,
  List,
  Set
};
enum class SeriesStep : std::uint8_t { None, Yearly, Monthly };

// The unit of a number: a bare number in the data means this unit; texts such as `2000万元` or `3%` name their own.
// Every number without a unit (比率, 小数) is a Ratio; units of several factors (元/亩) are Other and are written bare.
enum class Measure : std::uint8_t {
  None,
  Yuan,
  Persons,
  Items,
  Ratio,
  Score,
  Mu,
  KilowattHour,
  Days,
  WorkingDays,
  Months,
  Other,
  UsDollars,
  Euros,
  HongKongDollars,
  Yen,
  Pounds
};

// A list with more items is reported and is missing: the widths of sums are proved for that many
// (compiler/tir/facts.h).
inline constexpr std::int64_t max_list_items = 10'000;

struct CellRules;  // runtime/columns/cell_rules.h

struct FieldLayout {
  std::string name;
  ValueKind kind{};
  Measure measure{};                           // Number
  std::int8_t scale = 0;                       // Number: integer × 10^-scale
  std::int64_t low = 0, high = 0;              // Number: the integer's range; outside: reported and missing
  codes::CodeSystem system{};                  // Code, Set of codes
  std::vector<std::string> entries;            // Enumeration, Set of one: dense index = position
  ValueKind element = ValueKind::Enumeration;  // Set: Enumeration, Year, Code or Text
  SeriesStep series{};
  std::vector<FieldLayout> items;  // List: the fields of its 结构
  // What the others of a 群体 make of the record, or what is read of those that it points at: no data state it.
  bool computed = false;
  // A bare number counts 10^this of the unit (4: 万元). Set by a mapping of the data, never by the program.
  std::int8_t bare_exponent = 0;
  // How this register writes its cells, where a mapping says so; null: as everywhere.
  std::shared_ptr<CellRules const> rules;
};

struct RecordLayout {
  std::string schema;
  std::vector<FieldLayout> fields;  // the schema's fields in their order, then the given definitions in the order given
  std::int32_t key = -1;            // index into fields
};

// The layout of what a List, a Set or a series holds: its columns, in the order of Column::items.
// List: the fields of its 结构. Set: `item`, of the element's kind. Series: `period` (year or month), `value` (the
// field without its series).
std::vector<FieldLayout> item_fields(FieldLayout const& field);

// The position of a field, or −1.
std::int32_t find_field(std::vector<FieldLayout> const& fields, std::string_view name);

// Whether rows of the field own item rows: a List, a Set or a series.
constexpr bool has_items(FieldLayout const& field) {
  return field.series != SeriesStep::None || field.kind == ValueKind::List || field.kind == ValueKind::Set;
}

}  // namespace huiyu::columns
