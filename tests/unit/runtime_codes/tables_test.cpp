// The compiled-in tables against the files they are made from.
#include <array>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/codes/codes.h"
#include "runtime/codes/history.h"

using huiyu::codes::Belongs;
using huiyu::codes::belongs;
using huiyu::codes::ChangeKind;
using huiyu::codes::CodeEntry;
using huiyu::codes::CodeSystem;
using huiyu::codes::entries;
using huiyu::codes::find_code;

namespace {

using Row = std::vector<std::string>;

// The rows of a file without its header; tests run in the project root.
std::vector<Row> rows_of(std::string const& path) {
  std::ifstream in(path);
  REQUIRE_MESSAGE(in, path);
  std::vector<Row> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    Row row(1);
    for (char c : line) {
      if (c == ',') {
        row.emplace_back();
      } else {
        row.back().push_back(c);
      }
    }
    rows.push_back(row);
  }
  return rows;
}

std::string const region_file = "stdlib-policies/regions/gbt2260.csv";
std::string const history_file = "stdlib-policies/regions/gbt2260-history.csv";
std::string const industry_file = "stdlib-policies/industries/gbt4754-2017.csv";

void check_against(std::string const& path, CodeSystem system, std::map<std::string, int> const& levels) {
  auto const rows = rows_of(path);
  auto const all = entries(system);
  REQUIRE(all.size() == rows.size());
  for (Row const& row : rows) {
    CAPTURE(row[0]);
    auto const id = find_code(system, row[0]);
    REQUIRE(id);
    CodeEntry const& entry = all[static_cast<std::size_t>(*id)];
    REQUIRE(entry.code == row[0]);
    REQUIRE(entry.name == row[1]);
    REQUIRE(entry.level == levels.at(row[2]));
    REQUIRE(entry.parent == find_code(system, row[3]).value_or(-1));
  }
}

// What containment must be, by the digits of the codes alone.
Belongs by_prefix(std::string_view x, std::string_view y) {
  if (x.starts_with(y)) return Belongs::Yes;
  return y.starts_with(x) ? Belongs::Unknown : Belongs::No;
}

// The part of a region's code that the codes below it share.
std::string_view significant(std::string_view region) {
  while (region.size() > 2 && region.ends_with("00")) region.remove_suffix(2);
  return region;
}

}  // namespace

TEST_CASE("every row of the region file is in the table, with its name, level and parent") {
  check_against(region_file, CodeSystem::Region, {{"province", 0}, {"prefecture", 1}, {"county", 2}});
}

TEST_CASE("every row of the industry file is in the table, with its name, level and parent") {
  check_against(industry_file, CodeSystem::Industry, {{"section", 0}, {"division", 1}, {"group", 2}, {"class", 3}});
}

TEST_CASE("the tables have the sizes that are published") {
  std::array<int, 3> regions{};
  std::array<int, 4> industries{};
  int grouping = 0;
  for (CodeEntry const& entry : entries(CodeSystem::Region)) {
    ++regions.at(entry.level);
    grouping += entry.grouping ? 1 : 0;
  }
  for (CodeEntry const& entry : entries(CodeSystem::Industry)) {
    ++industries.at(entry.level);
    CHECK_FALSE(entry.grouping);
  }
  CHECK(regions == std::array{34, 342, 2844});
  CHECK(grouping == 9);
  CHECK(industries == std::array{20, 97, 473, 1382});
}

TEST_CASE("preorder containment of all pairs is what the digits say") {
  for (CodeSystem const system : {CodeSystem::Region, CodeSystem::Industry}) {
    auto const all = entries(system);
    int wrong = 0;
    for (std::size_t x = 0; x < all.size(); ++x) {
      for (std::size_t y = 0; y < all.size(); ++y) {
        Belongs const expected = system == CodeSystem::Region
                                     ? by_prefix(significant(all[x].code), significant(all[y].code))
                                     : by_prefix(all[x].code, all[y].code);
        if (belongs(system, static_cast<std::int32_t>(x), static_cast<std::int32_t>(y)) != expected) ++wrong;
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("a parent stands before its children and spans them") {
  for (CodeSystem const system : {CodeSystem::Region, CodeSystem::Industry}) {
    auto const all = entries(system);
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto const id = static_cast<std::int32_t>(i);
      REQUIRE(all[i].last >= id);
      if (all[i].parent < 0) {
        REQUIRE(all[i].level == 0);
        continue;
      }
      CodeEntry const& parent = all[static_cast<std::size_t>(all[i].parent)];
      REQUIRE(parent.level + 1 == all[i].level);
      REQUIRE(all[i].parent < id);
      REQUIRE(all[i].last <= parent.last);
    }
  }
}

TEST_CASE("every row of the history file is among the changes, in order") {
  auto const all = huiyu::codes::changes(CodeSystem::Region);
  std::map<std::string, ChangeKind> const kinds{
      {"withdrawn", ChangeKind::Withdrawn}, {"renamed", ChangeKind::Renamed}, {"partial", ChangeKind::Partial}};
  using Key = std::tuple<std::string, std::int32_t, ChangeKind, std::string, std::string>;
  std::multiset<Key> expected;
  for (Row const& row : rows_of(history_file))
    expected.insert({row[0], std::stoi(row[3]), kinds.at(row[4]), row[1], row[2]});
  std::vector<Key> found;
  for (auto const& change : all) {
    found.emplace_back(change.old_code, change.year, change.kind, change.new_code, change.name);
  }
  CHECK(found == std::vector<Key>(expected.begin(), expected.end()));
  CHECK(huiyu::codes::changes(CodeSystem::Industry).empty());
}

TEST_CASE("editions and levels have the names people use") {
  CHECK(huiyu::codes::edition(CodeSystem::Region) == "GB/T 2260 县级以上行政区划代码，截至2023-12-31");
  CHECK(huiyu::codes::edition(CodeSystem::Industry) == "GB/T 4754—2017 国民经济行业分类（含2019年第1号修改单）");
  CHECK(huiyu::codes::level_name(CodeSystem::Region, 2) == "县级");
  CHECK(huiyu::codes::level_name(CodeSystem::Industry, 0) == "门类");
}
