#include "runtime/columns/cell.h"

#include <algorithm>
#include <array>

#include "runtime/base/fold.h"
#include "runtime/columns/cell_rules.h"

namespace huiyu::columns {
namespace {

constexpr std::array<std::string_view, 4> yes_words{"是", "真", "true", "1"};
constexpr std::array<std::string_view, 4> no_words{"否", "假", "false", "0"};

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

Cell read_truth(std::string_view folded) {
  auto const word = lower_ascii(folded);
  if (std::find(yes_words.begin(), yes_words.end(), word) != yes_words.end()) return Cell::present(1);
  if (std::find(no_words.begin(), no_words.end(), word) != no_words.end()) return Cell::present(0);
  return Cell::faulty(CellFault::Unreadable);
}

// An entry as it is declared, else the only one that is the same but for full-width forms.
Cell read_entry(std::string_view text, FieldLayout const& field) {
  auto const& entries = field.entries;
  auto const exact = std::find(entries.begin(), entries.end(), text);
  if (exact != entries.end()) return Cell::present(exact - entries.begin());
  auto const folded = fold_full_width(text);
  auto found = Cell::faulty(CellFault::UnknownEntry);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (fold_full_width(entries[i]) != folded) continue;
    if (found.state == Cell::State::Present) return Cell::faulty(CellFault::UnknownEntry);
    found = Cell::present(static_cast<std::int64_t>(i));
  }
  return found;
}

Cell from(std::optional<std::int32_t> value) {
  return value ? Cell::present(*value) : Cell::faulty(CellFault::Unreadable);
}

// Texts without full-width forms, which is most of them, are given back as they are.
std::string_view folded(std::string_view text, std::string& space) {
  bool const plain = std::none_of(text.begin(), text.end(), [](char c) { return c == '\xEF' || c == '\xE3'; });
  if (plain) return text;
  space = fold_full_width(text);
  return space;
}

constexpr std::array<std::string_view, 3> wide_blanks{"\u3000", "\u00A0", "\uFEFF"};
constexpr bool ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

std::string_view trim(std::string_view text) {
  for (bool again = true; again;) {
    auto const size = text.size();
    while (!text.empty() && ascii_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && ascii_blank(text.back())) text.remove_suffix(1);
    for (auto const blank : wide_blanks) {
      if (text.starts_with(blank)) text.remove_prefix(blank.size());
      if (text.ends_with(blank)) text.remove_suffix(blank.size());
    }
    again = text.size() != size;
  }
  return text;
}

Cell read_cell(std::string_view text, FieldLayout const& field) {
  HUIYU_CHECK(!has_items(field), "a list, set or series is not one cell");
  text = trim(text);
  if (text.empty() || (field.rules && field.rules->says_missing(text))) return Cell::missing();
  std::string folding;
  switch (field.kind) {
    case ValueKind::Truth: return read_truth(folded(text, folding));
    case ValueKind::Number: return detail::read_number_text(folded(text, folding), field);
    case ValueKind::Date:
      if (field.rules && !field.rules->date_formats.empty())
        return from(read_formatted_date(folded(text, folding), field.rules->date_formats));
      return from(detail::read_date_text(folded(text, folding)));
    case ValueKind::Year: return from(detail::read_year_text(folded(text, folding)));
    case ValueKind::Month: return from(detail::read_month_text(folded(text, folding)));
    case ValueKind::Code:
      if (field.rules && field.rules->region_of) {
        auto const region = region_of_credit_code(text);
        return region ? detail::read_code_text(*region, field.system) : Cell::faulty(CellFault::Unreadable);
      }
      return detail::read_code_text(text, field.system);
    case ValueKind::Enumeration: return read_entry(text, field);
    case ValueKind::Text:
    case ValueKind::CreditCode:
    case ValueKind::List:
    case ValueKind::Set: break;
  }
  HUIYU_CHECK(false, "this kind of field is not read into an integer");
  return {};
}

Cell::State state_of_text(std::string_view trimmed, FieldLayout const& field) {
  if (trimmed.empty() || (field.rules && field.rules->says_missing(trimmed))) return Cell::State::Missing;
  bool const coded = field.kind == ValueKind::CreditCode || (field.rules && field.rules->check_digit);
  return coded && !valid_credit_code(trimmed) ? Cell::State::Faulty : Cell::State::Present;
}

}  // namespace huiyu::columns
