#pragma once

// One fact read from text, as people write it: `2000万元`, `5.5%`, `2024年3月1日`, `是`, `山东省青岛市崂山区`.
//
// Nothing is rounded and nothing is guessed: what does not say exactly one value of the field is a fault, and the fact
// is missing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/wide.h"
#include "runtime/columns/batch.h"

namespace huiyu::columns {

struct Cell {
  enum class State : std::uint8_t { Missing, Present, Faulty };
  State state = State::Missing;
  std::int64_t value = 0;  // Present
  CellFault fault{};       // Faulty

  static constexpr Cell missing() { return {}; }
  static constexpr Cell present(std::int64_t value) { return {State::Present, value, {}}; }
  static constexpr Cell faulty(CellFault fault) { return {State::Faulty, 0, fault}; }
  friend constexpr bool operator==(Cell const&, Cell const&) = default;
};

// Reads a text as a value of the field; blank text is missing. Not for texts, credit codes, lists, sets and series.
Cell read_cell(std::string_view text, FieldLayout const& field);

// What a trimmed text is as a value of a Text or CreditCode field; a faulty one is not a credit code.
Cell::State state_of_text(std::string_view trimmed, FieldLayout const& field);

// The integer of a number that stands as such in the data (a bare number): mantissa × 10^-scale of the field's own
// unit.
Cell read_number(Int128 mantissa, int scale, FieldLayout const& field);

// The digits of a number written with an exponent, as JSON and floating-point texts have it: `1.5e3` is `1500`.
// A text without one is given back. None if it is no number or its exponent is beyond ±60.
std::optional<std::string> without_exponent(std::string_view text);

// Whether a text is a unified social credit code of GB 32100 with a right check character.
bool valid_credit_code(std::string_view text);

// The text without blanks at both ends: ASCII white space, U+00A0, U+3000, and the byte order mark.
std::string_view trim(std::string_view text);

namespace detail {
Cell read_code_text(std::string_view text, codes::CodeSystem system);
Cell read_number_text(std::string_view folded, FieldLayout const& field);
std::optional<std::int32_t> read_date_text(std::string_view folded);
std::optional<std::int32_t> read_year_text(std::string_view folded);
std::optional<std::int32_t> read_month_text(std::string_view folded);
}  // namespace detail

}  // namespace huiyu::columns
