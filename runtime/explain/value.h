#pragma once

// What a node of an explanation comes to on one record, exactly.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/codes/codes.h"
#include "runtime/explain/exact.h"

namespace huiyu::explain {

enum class State : std::uint8_t { False, True, Value, Unknown, Error };

// Why a value is an error.
enum class Fault : std::uint8_t {
  None,
  DivisionByZero,
  TwoRowsHold,      // 唯一, 一般/例外: two rows apply
  NoRowHolds,       // a ladder without 其余 and without a row
  EmptyList,        // 平均, 最大, 最小, 中位 of nothing
  BelowZero,        // an amount
  TooLarge,         // past what its type can store
  OutsideCalendar,  // years 1 to 9999
};

// The members of a set. `open`: something was named that could not be read.
struct Members {
  std::vector<std::int64_t> ids;
  std::vector<std::string> texts;
  bool open = false;
};

// Numbers in the base unit (money in 元); dates, years, months, codes and entries as their integers.
struct Value {
  State state = State::Unknown;
  Fault fault = Fault::None;
  Exact number;
  std::string text;                        // Text, CreditCode
  std::shared_ptr<Members const> members;  // Set

  bool known() const { return state != State::Unknown && state != State::Error; }
  static Value truth(bool holds);
  static Value of(Exact number);
  static Value of_text(std::string text);
  static Value unknown() { return {}; }
  static Value error(Fault fault);
};

// Whether two known values are the same.
bool same_value(Value const& a, Value const& b);

// Whether a code of a set answers 包含 for a wanted code: it lies at or below the wanted one, or, `inside`, the wanted
// one at or below it.
codes::Belongs code_found(codes::CodeSystem system, bool inside, std::int64_t of_set, Value const& wanted);

// integer × 10^-scale.
Exact scaled(std::int64_t integer, int scale);

}  // namespace huiyu::explain
