#include "runtime/columns/cell_rules.h"

#include <algorithm>
#include <array>

#include "runtime/base/civil.h"
#include "runtime/columns/cell.h"

namespace huiyu::columns {
namespace {

enum class Part : std::uint8_t { Year, Month, Day };
struct Word {
  std::string_view word;
  Part part;
  std::size_t least, most;  // digits
};
// The longer of two that begin alike comes first.
constexpr std::array<Word, 5> words{{{"YYYY", Part::Year, 4, 4},
                                     {"MM", Part::Month, 2, 2},
                                     {"DD", Part::Day, 2, 2},
                                     {"M", Part::Month, 1, 2},
                                     {"D", Part::Day, 1, 2}}};

Word const* word_at(std::string_view format) {
  auto const found =
      std::find_if(words.begin(), words.end(), [&](Word const& word) { return format.starts_with(word.word); });
  return found == words.end() ? nullptr : &*found;
}

std::optional<std::int32_t> read_date(std::string_view text, std::string_view format) {
  std::array<std::int32_t, 3> parts{};
  while (!format.empty()) {
    auto const* word = word_at(format);
    if (word == nullptr) {
      if (text.empty() || text.front() != format.front()) return std::nullopt;
      text.remove_prefix(1);
      format.remove_prefix(1);
      continue;
    }
    std::int32_t value = 0;
    std::size_t digits = 0;
    while (digits < word->most && digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
      value = value * 10 + (text[digits++] - '0');
    if (digits < word->least) return std::nullopt;
    parts[static_cast<std::size_t>(word->part)] = value;
    text.remove_prefix(digits);
    format.remove_prefix(word->word.size());
  }
  CivilDate const date{parts[0], parts[1], parts[2]};
  if (!text.empty() || !valid_date(date)) return std::nullopt;
  return days_from_civil(date);
}

}  // namespace

bool CellRules::says_missing(std::string_view trimmed) const {
  return std::find(missing.begin(), missing.end(), trimmed) != missing.end();
}

std::optional<std::int32_t> read_formatted_date(std::string_view text, std::vector<std::string> const& formats) {
  for (auto const& format : formats)
    if (auto const day = read_date(text, format)) return day;
  return std::nullopt;
}

bool valid_date_format(std::string_view format) {
  std::array<int, 3> times{};
  while (!format.empty()) {
    auto const* word = word_at(format);
    if (word != nullptr) ++times[static_cast<std::size_t>(word->part)];
    format.remove_prefix(word == nullptr ? 1 : word->word.size());
  }
  return times == std::array{1, 1, 1};
}

std::optional<std::string_view> region_of_credit_code(std::string_view code) {
  if (!valid_credit_code(code)) return std::nullopt;
  return code.substr(2, 6);
}

}  // namespace huiyu::columns
