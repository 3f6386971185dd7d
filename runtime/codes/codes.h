// The national code systems: regions (GB/T 2260) and industries (GB/T 4754).
//
// The tables are compiled in from the files under stdlib-policies/; nothing is parsed or allocated at start.
//
// INVARIANT (preorder): the id of a code is its place in a walk from each parent to its children. So the codes
// at or below y are the ids y to last(y), and "x belongs to y" is two comparisons. Ids hold for one build only:
// nothing stores or shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huiyu::codes {

enum class CodeSystem : std::uint8_t {
  Region,    // GB/T 2260: province, prefecture, county
  Industry,  // GB/T 4754: section, division, group, class
};

struct CodeEntry {
  std::string_view code;  // "370212", "C3411"
  std::string_view name;  // as in the standard, full-width brackets included
  std::int32_t parent;    // -1 at the top
  std::int32_t last;      // the greatest id at or below this one
  std::uint8_t level;     // 0 at the top
  bool grouping;          // names no place (市辖区, 省直辖县级行政区划); addresses leave it out
};

// All codes of a system; the index of an entry is its id.
std::span<CodeEntry const> entries(CodeSystem system);

// The edition of a table in one line, as people cite it.
std::string_view edition(CodeSystem system);

// What a level is called: 省级 地级 县级; 门类 大类 中类 小类. The level must be one of the system.
std::string_view level_name(CodeSystem system, std::uint8_t level);

// The id of a code as written in the standard. An industry may lack its letter (3411) or have it in lower case.
std::optional<std::int32_t> find_code(CodeSystem system, std::string_view code);

// Every id that bears a name, in order; bracket width does not count. Several: 鼓楼区, 市辖区.
std::span<std::int32_t const> find_name(CodeSystem system, std::string_view name);

// Every id that a text can mean: a code, a name, a path, or a code followed by a name or path that agrees with it.
//
// A path names ancestors, any of them left out, from the top down, unspaced or parted by `.` or blanks:
// 山东省青岛市崂山区, 青岛市崂山区, 南京市.鼓楼区, 北京市朝阳区. Grouping codes are only meant when their parent is
// named. Of codes that stand for the same set (房地产业 is K and its only division K70) the highest is given. One id:
// the text is clear. Several: the candidates, in order. None: unknown.
std::vector<std::int32_t> find_path(CodeSystem system, std::string_view text);

// The code that the text of a fact means, or the smallest listed code that surely contains it; none if unclear.
//
// Read as in find_path, and in data also: a region's withdrawn code, followed to today (by the year of the record,
// else as its last meaning; 江干区 was divided and reads as 杭州市, see history.h); a town's code of 9 or 12 digits,
// as its county; a code that the table does not list, as the listed one above it (development zone 320571 as 苏州市,
// class G5911 as G591), down from the prefecture or the division. Being too coarse can only make 属于 unknown,
// never wrong. Whether the text was listed itself: find_path gives one id.
std::optional<std::int32_t> read_code(CodeSystem system, std::string_view text,
                                      std::optional<std::int32_t> year = std::nullopt);

// The smallest code that contains all of them; none if there is no such code, or nothing to contain.
std::optional<std::int32_t> common_code(CodeSystem system, std::span<std::int32_t const> ids);

enum class Belongs : std::uint8_t {
  No,
  Unknown,  // x is strictly above y: too coarse to tell
  Yes,      // x is y or below it
};

// Whether x belongs to y (属于).
Belongs belongs(CodeSystem system, std::int32_t x, std::int32_t y);

// The same for a place of which only candidates are known: Yes or No if all of them agree, else Unknown.
Belongs belongs(CodeSystem system, std::span<std::int32_t const> candidates, std::int32_t y);

// The code at a level at or above the given one; none if the code itself is coarser.
// The prefecture of a district of 北京 is a grouping code.
std::optional<std::int32_t> ancestor_at_level(CodeSystem system, std::int32_t id, std::uint8_t level);

// How a code is shown to people: a region by its full address (山东省青岛市崂山区), an industry by code and name
// (C3411 锅炉及辅助设备制造). find_path reads it back.
std::string display_path(CodeSystem system, std::int32_t id);

}  // namespace huiyu::codes
