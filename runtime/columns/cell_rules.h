#pragma once

// What a mapping says of the cells of one column: it belongs to a register, never to the rules.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/wide.h"

namespace huiyu::columns {

// How many 元 one unit of a currency is on a day: mantissa × 10^-scale.
struct CurrencyRate {
  std::string currency;  // as the cells write it: 美元
  Int128 mantissa = 0;
  int scale = 0;
  std::int32_t day = 0;  // of the rate, for those who ask
};

struct CellRules {
  std::vector<std::string> missing;       // texts that say that there is nothing: `-`, `不详`
  std::vector<std::string> date_formats;  // `DD.MM.YYYY`; tried before the usual forms, which then are not tried
  std::vector<CurrencyRate> rates;
  bool check_digit = false;  // a text must be a credit code with a right check character
  bool region_of = false;    // the cell is a credit code, and its digits 3 to 8 are the region

  bool says_missing(std::string_view trimmed) const;
};

// A date in one of the formats: year, month and day as YYYY, MM or M, DD or D, all else as it stands. Days since 1970.
std::optional<std::int32_t> read_formatted_date(std::string_view text, std::vector<std::string> const& formats);

// Whether a text is such a format: year, month and day once each.
bool valid_date_format(std::string_view format);

// The region that a credit code with a right check character was given in: its digits 3 to 8.
std::optional<std::string_view> region_of_credit_code(std::string_view code);

}  // namespace huiyu::columns
