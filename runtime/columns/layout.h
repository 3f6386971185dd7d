#pragma once

// What a reader must know to turn outside data into columns: the fields of one schema, without the language around them.
// Made from tir (for the oracle) and from a Plan (for the engine); both must give the same layout for one program.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/codes/codes.h"

namespace huiyu::columns {

enum class ValueKind : std::uint8_t { Truth, Number, Date, Year, Month, Code, Enumeration, Text, CreditCode, List, Set };
enum class SeriesStep : std::uint8_t { None, Yearly, Monthly };

// The unit of a number: a bare number in the data means this unit; texts such as `2000万元` or `3%` name their own.
enum class Measure : std::uint8_t { None, Yuan, Persons, Items, Ratio, Score, Mu, KilowattHour, Days, WorkingDays, Months, Other };

struct FieldLayout {
  std::string name;
  ValueKind kind{};
  Measure measure{};                 // Number
  std::int8_t scale = 0;             // Number: integer × 10^-scale
  std::int64_t low = 0, high = 0;    // Number: the integer's range; outside: reported and missing
  codes::CodeSystem system{};        // Code
  std::vector<std::string> entries;  // Enumeration, Set: dense index = position
  SeriesStep series{};
  std::vector<FieldLayout> items;    // List: the fields of its 结构
};

struct RecordLayout {
  std::string schema;
  std::vector<FieldLayout> fields;
  std::int32_t key = -1;  // index into fields
};

}  // namespace huiyu::columns
