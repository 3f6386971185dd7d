#include "runtime/codes/codes.h"

#include <algorithm>
#include <array>

#include "runtime/base/check.h"
#include "runtime/codes/table.h"

namespace huiyu::codes {
namespace {

constexpr std::array<std::string_view, 3> region_levels{"省级", "地级", "县级"};
constexpr std::array<std::string_view, 4> industry_levels{"门类", "大类", "中类", "小类"};

CodeEntry const& entry_of(CodeSystem system, std::int32_t id) {
  auto const all = entries(system);
  HUIYU_CHECK(id >= 0 && static_cast<std::size_t>(id) < all.size(), "an id that no code has");
  return all[static_cast<std::size_t>(id)];
}

std::optional<std::int32_t> find_exact(CodeSystem system, std::string_view code) {
  auto const all = entries(system);
  auto const at = std::lower_bound(all.begin(), all.end(), code,
                                   [](CodeEntry const& entry, std::string_view wanted) { return entry.code < wanted; });
  if (at == all.end() || at->code != code) return std::nullopt;
  return static_cast<std::int32_t>(at - all.begin());
}

// The letter of the section whose divisions include the number; the numbers rise from section to section.
std::optional<char> section_of(std::string_view number) {
  auto const all = entries(CodeSystem::Industry);
  for (std::size_t id = 0; id < all.size(); id = static_cast<std::size_t>(all[id].last) + 1) {
    std::string_view const highest = all[static_cast<std::size_t>(all[id].last)].code.substr(1);
    if (number <= highest) return all[id].code.front();
  }
  return std::nullopt;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::int32_t> find_industry(std::string_view code) {
  if (code.empty() || code.size() > 5) return std::nullopt;
  std::string full(code);
  if (is_digit(full.front())) {
    auto const letter = section_of(code);
    if (!letter) return std::nullopt;
    full.insert(0, 1, *letter);
  } else if (full.front() >= 'a' && full.front() <= 'z') {
    full.front() = static_cast<char>(full.front() - 'a' + 'A');
  }
  return find_exact(CodeSystem::Industry, full);
}

}  // namespace

std::span<CodeEntry const> entries(CodeSystem system) { return table_of(system).entries; }

std::string_view edition(CodeSystem system) { return table_of(system).edition; }

std::string_view level_name(CodeSystem system, std::uint8_t level) {
  std::span<std::string_view const> const names = system == CodeSystem::Region
                                                      ? std::span<std::string_view const>(region_levels)
                                                      : std::span<std::string_view const>(industry_levels);
  HUIYU_CHECK(level < names.size(), "a level that the code system does not have");
  return names[level];
}

std::optional<std::int32_t> find_code(CodeSystem system, std::string_view code) {
  return system == CodeSystem::Industry ? find_industry(code) : find_exact(system, code);
}

Belongs belongs(CodeSystem system, std::int32_t x, std::int32_t y) {
  if (y <= x && x <= entry_of(system, y).last) return Belongs::Yes;
  return x < y && y <= entry_of(system, x).last ? Belongs::Unknown : Belongs::No;
}

Belongs belongs(CodeSystem system, std::span<std::int32_t const> candidates, std::int32_t y) {
  if (candidates.empty()) return Belongs::Unknown;
  Belongs const first = belongs(system, candidates.front(), y);
  bool const agreed =
      std::all_of(candidates.begin(), candidates.end(), [&](std::int32_t x) { return belongs(system, x, y) == first; });
  return agreed ? first : Belongs::Unknown;
}

std::optional<std::int32_t> ancestor_at_level(CodeSystem system, std::int32_t id, std::uint8_t level) {
  if (entry_of(system, id).level < level) return std::nullopt;
  while (entry_of(system, id).level > level) id = entry_of(system, id).parent;
  return id;
}

std::string display_path(CodeSystem system, std::int32_t id) {
  CodeEntry const& entry = entry_of(system, id);
  if (system == CodeSystem::Industry) return std::string(entry.code) + " " + std::string(entry.name);
  std::string path(entry.name);
  for (std::int32_t above = entry.parent; above >= 0; above = entry_of(system, above).parent) {
    if (!entry_of(system, above).grouping) path.insert(0, entry_of(system, above).name);
  }
  return path;
}

}  // namespace huiyu::codes
