// Codes as they stand in data: withdrawn, finer than the tables, or of another edition.
#include <algorithm>
#include <limits>

#include "runtime/base/fold.h"
#include "runtime/codes/codes.h"
#include "runtime/codes/history.h"

namespace huiyu::codes {
namespace {

constexpr std::int32_t after_all_changes = std::numeric_limits<std::int32_t>::max() - 1;
constexpr std::size_t county_digits = 6;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A region by its digits. Above the prefecture digits prove nothing: 5102 lies in 重庆市 now, not in 51 四川省.
std::optional<std::int32_t> read_region_code(std::string_view code, std::optional<std::int32_t> year) {
  if (code.size() == 9 || code.size() == 12) code = code.substr(0, county_digits);
  if (code.size() != county_digits || !all_digits(code)) return std::nullopt;
  auto const meant = resolve(CodeSystem::Region, code, year.value_or(after_all_changes));
  if (!meant.empty()) return common_code(CodeSystem::Region, meant);
  return find_code(CodeSystem::Region, std::string(code.substr(0, 4)) + "00");
}

// An industry by its digits; a section says too little to be read out of an unknown code.
std::optional<std::int32_t> read_industry_code(std::string_view code) {
  std::size_t const letter = code.empty() || all_digits(code.substr(0, 1)) ? 0 : 1;
  if (code.size() > letter + 4 || !all_digits(code.substr(letter))) return std::nullopt;
  for (; code.size() >= letter + 2; code.remove_suffix(1)) {
    if (auto const id = find_code(CodeSystem::Industry, code)) return id;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int32_t> common_code(CodeSystem system, std::span<std::int32_t const> ids) {
  if (ids.empty()) return std::nullopt;
  std::int32_t common = ids.front();
  for (std::int32_t const id : ids) {
    while (common >= 0 && belongs(system, id, common) != Belongs::Yes)
      common = entries(system)[static_cast<std::size_t>(common)].parent;
    if (common < 0) return std::nullopt;
  }
  return common;
}

std::optional<std::int32_t> read_code(CodeSystem system, std::string_view text, std::optional<std::int32_t> year) {
  auto const found = find_path(system, text);
  bool const needs_history = system == CodeSystem::Region && year.has_value();
  if (found.size() == 1 && !needs_history) return found.front();

  std::string const folded = fold_full_width(text);
  std::string_view code = folded;
  code.remove_prefix(std::min(code.find_first_not_of(' '), code.size()));
  code = code.substr(0, code.find_last_not_of(' ') + 1);
  auto const read = system == CodeSystem::Region ? read_region_code(code, year) : read_industry_code(code);
  if (read || found.size() != 1) return read;
  return found.front();
}

}  // namespace huiyu::codes
