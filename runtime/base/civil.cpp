#include "runtime/base/civil.h"

namespace huiyu {
namespace {

// The number in `text[from, from + count)`, or -1 if a character there is no digit.
std::int32_t digits(std::string_view text, std::size_t from, std::size_t count) {
  std::int32_t value = 0;
  for (char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

void put_digits(std::string& out, std::int32_t value, std::size_t count) {
  std::size_t const start = out.size();
  out.resize(start + count);
  for (std::size_t i = count; i > 0; --i) {
    out[start + i - 1] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

}  // namespace

std::optional<std::int32_t> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  CivilDate const date{digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)};
  if (!valid_date(date)) return std::nullopt;
  return days_from_civil(date);
}

std::string format_date(std::int32_t days) {
  CivilDate const date = civil_from_days(days);
  std::string out;
  out.reserve(10);
  put_digits(out, date.year, 4);
  out.push_back('-');
  put_digits(out, date.month, 2);
  out.push_back('-');
  put_digits(out, date.day, 2);
  return out;
}

}  // namespace huiyu
