// What a random program talks about: one 结构 with facts of every kind under random names, lists and sets of it, code
// lists, parameters, reference tables, and the definitions written so far.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/property/random_source.h"

namespace huiyu::test {

using Names = std::vector<std::string>;

// Kinds up to PerArea are numbers.
enum class Kind : std::uint8_t {
  Money,
  Persons,
  Count,
  Ratio,
  Decimal,
  Score,
  Area,
  Energy,
  Term,
  Days,
  Workdays,
  Dollars,
  PerArea,
  Truth,
  Date,
  Year,
  Month,
  Region,
  Industry,
  Grade,
  Trade,
  Text,
  Credit
};
inline constexpr int number_kinds = static_cast<int>(Kind::PerArea) + 1;
inline constexpr int kind_count = static_cast<int>(Kind::Credit) + 1;
constexpr bool is_number(Kind kind) { return static_cast<int>(kind) < number_kinds; }

enum class Series : std::uint8_t { None, Yearly, YearlySince, Monthly };

struct Field {
  std::string name;
  Kind kind{};
  Series series{};
  bool limited = false;  // has a 范围
};
struct SetField {
  std::string name, type;
  Names members;
};
struct ListField {
  std::string name;  // of the field and of its 结构
  std::vector<Field> fields;
};

// What fields say of where they come from: nothing, all of an authority, or anything.
enum class Sources : std::uint8_t { None, Authority, Any };

struct World {
  std::string subject;
  std::vector<Field> fields;
  std::vector<ListField> lists;
  std::vector<SetField> sets;
  std::string grade_type, trade_type;
  Names grades, trades;  // entries; grades from the highest down
  bool grades_rising = false;
  Names industry_groups, region_groups;
  std::vector<Field> parameters, definitions;
  std::vector<Field> set_parameters;    // of the kind of their members
  std::vector<Field> item_definitions;  // of lists[0]
  Sources sources{};
  bool document = false;    // a 文件 says 辖区 and 有效 for policies that do not
  bool payments = false;    // rules ask for what was paid before, records say it
  bool population = false;  // rules ask for what other records and policies make of one
  Names cohorts;            // written so far
  bool complete = false;    // records lack nothing
  // Records, and the rows of lists[0], point at others of their kind, and rules read what those state: such a fact of a
  // row is among the fields of the list, under a name of two words.
  bool pointing = false;
  std::vector<Field> other;  // facts of the records of another 结构 that point at these; empty: there are none
  Names tiers;               // rows of ladders that are paid once each, as payments name them

  // Plain facts of the kind, or series.
  std::vector<Field const*> plain(Kind kind) const;
  std::vector<Field const*> series(Kind kind) const;
};

World random_world(RandomSource& random);
// … whose lists have rows that point at such records, too.
void point_rows(World& world, RandomSource& random);
// … whose records have what decides between them: whose they are, when they were handed in, what their lists go by.
void make_population(World& world, RandomSource& random);

// The declarations of the world.
struct SchemaText {
  std::string record;  // its own 结构
  std::string shared;  // 结构 of lists, 名录, 参数: what several worlds may have in common
  std::string tables;  // 参照表, whose keys are facts of the record
};

// `published`: `公开 ` before each of what is shared.
SchemaText schema_text(World const& world, RandomSource& random, std::string const& published = {});

// The word for the type of a kind.
std::string type_word(World const& world, Kind kind);
// Literals of a kind, few, so that rules and records meet at boundaries.
Names const& literals(World const& world, Kind kind);

// The field by which records point at others.
inline constexpr std::string_view superior = "上级";
// … and that of rows of lists[0].
inline constexpr std::string_view partner = "对方";
inline bool is_read_of_partner(Field const& field) { return field.name.find('.') != std::string::npos; }

// A second 结构, its key, and how it points at the first.
inline constexpr std::string_view other_kind = "课题", other_key = "课题号", other_reference = "申报单位";

// The spelled names of reference tables of schema_text: by industry (money), by grade and year (ratio).
inline constexpr std::string_view table_by_industry = "行业均值", table_by_grade = "等级系数";

}  // namespace huiyu::test
