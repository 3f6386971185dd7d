// Exact decimal text: what is read is what was written, or nothing. Never rounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/wide.h"

namespace huiyu {

// mantissa × 10^−scale. The scale is the number of decimals as written: `1.50` is 150 at scale 2.
struct Decimal {
  Int128 mantissa = 0;
  int scale = 0;
  friend constexpr bool operator==(Decimal const&, Decimal const&) = default;
};

// Reads a whole text as a decimal number: `-1,234.50`, `1_000`, `．５`, `１２，３００`.
//
// A sign (+ - − and full-width) may stand first. Full-width digits, comma and point count as the ASCII ones.
// Commas must part groups of exactly three digits, else `1,5` could be read as 15; underscores may stand
// between any two digits; one number uses one of them. A point needs a digit after it. No blanks, no exponent.
// None for anything else, and for more digits than 128 bits hold.
std::optional<Decimal> parse_decimal(std::string_view text);

// The mantissa at another scale; none if that would lose a digit that is not zero or leave int64.
std::optional<std::int64_t> rescale(Decimal const& value, int scale);

// Prints mantissa × 10^−scale with exactly `scale` decimals: (30000000, 2) is `300000.00`. The scale is not negative.
std::string print_decimal(Int128 mantissa, int scale);

}  // namespace huiyu
