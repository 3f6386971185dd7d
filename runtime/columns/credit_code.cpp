#include "runtime/columns/cell.h"

namespace huiyu::columns {

// GB 32100-2015: 17 characters and a check character, of 31 symbols (no I, O, S, V, Z); weights are powers of 3
// modulo 31.
bool valid_credit_code(std::string_view text) {
  constexpr std::string_view symbols = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (text.size() != 18) return false;
  int sum = 0;
  int weight = 1;
  for (std::size_t i = 0; i < 17; ++i) {
    auto const value = symbols.find(text[i]);
    if (value == std::string_view::npos) return false;
    sum += static_cast<int>(value) * weight;
    weight = weight * 3 % 31;
  }
  auto const check = static_cast<std::size_t>((31 - sum % 31) % 31);
  return text[17] == symbols[check];
}

}  // namespace huiyu::columns
