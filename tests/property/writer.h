// Writes the rules of a random program, construct by construct; each file beside this one writes some of them.
//
// What a line needs of types is right by construction; what the checker finds on top of it (a condition that can never
// hold, a ladder with a gap) is refused by it, and generator.cpp drops that declaration.
#pragma once

#include "tests/property/vocabulary.h"

namespace huiyu::test {

// What the records of a program are likely to meet in one policy.
enum class Mood : std::uint8_t { Mixed, Paying, Erring };

// Where an expression stands: inside an aggregate over a list, or with a period bound.
struct Place {
  ListField const* list = nullptr;
  bool each_year = false, each_month = false;
  bool free() const { return list == nullptr && !each_year && !each_month; }
};

class Writer {
 public:
  // Now and then everything is nested deeper.
  Writer(World& world, RandomSource& random)
      : world_(world),
        random_(random),
        deeper_(random.chance(12) ? static_cast<int>(random.between(1, 3)) : 0),
        shares_(random.chance(12)) {}
  // Whether policies say again what others said: then there may be more of them.
  bool shares() const { return shares_; }

  // Each adds a declaration or more. The name is `names` and a letter.
  std::string definition(std::string const& names, int place);
  std::string policy(int place);
  // 例外 of definitions, written elsewhere in the project.
  Names const& elsewhere() const { return elsewhere_; }
  // What stands for a fact of the kind in 其中 of an 引用.
  std::string stand_in(Kind kind);
  // Of a population: 群体, before all that asks for it; and what settles the policies written so far.
  std::string cohort(int place);
  Names together();
  // A second 结构 whose records point at the first, policies about it, and what is settled between both.
  Names several();
  // One 统计 or two, and so many policies about what the first of them makes, with what settles them.
  Names statistics(int policies);
  // ` 当 … 为 …` of an exception of the definition; empty where its kind has none.
  std::string exception_of(Field const& definition);

 private:
  // values.cpp: of any measured kind, and 认定's classes
  std::string literal(Kind kind) { return random_.pick(literals(world_, kind)); }
  std::string leaf(Kind kind, Place place);
  std::string of_superior();
  std::string series_leaf(Field const& field, Place place);
  std::string number(Kind kind, int depth, Place place = {});
  std::string compound(Kind kind, int depth, Place place);
  std::string ratio(int depth, Place place = {});
  std::string wide_sum();
  std::string rounding(Kind kind);
  std::string money(int depth, Place place = {});
  std::string grade(int depth);
  std::string own_fact(Kind kind);
  Kind measured_kind();

  // lists.cpp: aggregates over lists, years and months
  std::string over_list(Kind kind, int depth, Place place = {});
  std::string over_periods(Kind kind, int depth, Place place = {});
  std::string growth();
  std::string filter(ListField const& list, int depth);
  std::string counted(int depth);
  std::string quantified(int depth);
  std::string every_year();
  std::string every_month();
  std::string run();
  std::string run_of_months();

  // ladders.cpp
  std::string ladder(Kind kind, int depth, Place place = {});
  std::string rows(Kind kind, Kind subject, int depth, bool ordered, Place place);
  std::string number_rows(Kind subject, bool ordered, std::string const& first, std::string const& second);
  std::string marginal(Kind kind);
  std::string year_count(Kind kind, int depth, bool complete);

  // tables.cpp
  std::string table(std::string const& name);
  std::string table_of_conditions(std::string const& name);
  std::string lookup(Kind kind);

  // dates.cpp
  std::string date(int depth, Place place = {});
  std::string date_test(Place place);
  std::string period_test();

  // conditions.cpp
  std::string bound(Names const& values);
  std::string test(Place place);
  std::string comparison(Kind kind, int depth, Place place = {});
  std::string class_test();
  std::string range_test(Place place);
  std::string set_test();
  std::string condition(int depth, Place place = {});
  std::string joined_list();

  // definitions.cpp
  std::string with_exceptions(std::string const& name);
  std::string of_item(std::string const& name);

  // payments.cpp: what was paid before; empty where the program does not ask for it
  std::string once();
  std::string earlier(int place);
  std::string over_time();
  std::string paid();
  std::string enjoyed();
  std::string tiers();
  std::string instalments();
  std::string asked_back();

  // statistics.cpp: rows of a 统计, whose trees hang on no year or month; and rules about what it makes
  std::string steady(Kind kind);
  std::string steady_test(int depth);
  std::string series_then();
  std::string over_rows(Kind kind);
  std::string tally_value(Kind kind);
  std::string tally(std::string const& name, std::string const& rows);
  Field const* made(Kind kind);
  std::string made_test(int depth);
  std::string made_sum(int depth);
  std::string made_policy(int place);
  std::string made_group(int place);
  std::string made_budget(int place);

  // seldom.cpp
  std::string seldom();
  std::string seldom_ladder();
  std::string seldom_definition();
  std::string seldom_month();

  // together.cpp
  std::string place_among();
  std::string place_test();
  std::string grade_by_place();
  std::string of_cohort(Kind kind);
  std::string selection();
  std::string firm();
  std::string own_unit();
  std::string members(Names const& among);
  std::string group(int place);
  std::string budget(int place);
  std::string stages();
  std::string each_holder();
  std::string weight();
  std::string handed_out(int place);
  bool asks_cohort(Place place, int percent) {
    return !world_.cohorts.empty() && place.free() && random_.chance(percent);
  }

  // several.cpp
  std::string other_schema();
  std::string other_policy(int place, bool allotted);
  std::string members_of_both(Names const& own, Names const& other);

  // policies.cpp
  std::string head(int place);
  std::string lines_of_condition(Mood mood);
  std::string said_before();
  std::string conclusion(Mood mood);
  std::string items(Mood mood);
  std::string alert();
  std::string amount(Mood mood);

  std::string of(std::initializer_list<std::string_view> words) { return std::string(random_.pick(words)); }
  Field const* defined(Kind kind);

  World& world_;
  RandomSource& random_;
  Names elsewhere_;
  Names named_, paying_;  // policies; those that may pay
  Names allotted_;        // those that say no sum, which a budget hands out to
  int last_group_ = -1;
  // The 统计 that is written: its name, the list that it is of, and the facts of what it makes.
  std::string tally_;
  ListField const* rows_of_ = nullptr;
  std::vector<Field> made_;
  Names said_;  // lines of conditions on facts alone, which later policies may say too
  int deeper_;
  bool shares_;
};

}  // namespace huiyu::test
