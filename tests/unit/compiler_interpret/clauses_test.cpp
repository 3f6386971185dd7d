// Three clauses of tests/conformance built by hand as the checker would build them, with the cases that they must
// answer.

#include <doctest/doctest.h>

#include "tests/unit/compiler_interpret/maker.h"

namespace huiyu::interpret {
namespace {

using codes::CodeSystem;
using tir::AggregateOp;
using tir::CompareOp;

tir::Value code(CodeSystem system, std::string_view text) {
  auto const id = codes::find_code(system, text);
  REQUIRE_MESSAGE(id.has_value(), text);
  return tir::CodeValue{*id};
}

struct Expected {
  Outcome outcome;
  std::optional<std::int64_t> amount_fen;
  std::vector<std::string> needs;
  std::string value;
};

void check(PairOutcome const& pair, Expected const& expected) {
  CAPTURE(pair.row);
  CHECK(std::string(outcome_name(pair.outcome)) == outcome_name(expected.outcome));
  CHECK(pair.amount_fen == expected.amount_fen);
  CHECK(pair.needs == expected.needs);
  CHECK(pair.value == expected.value);
}

// S1: 专精特新 小型、微型 firms of 青岛 get 20 % of new projects of 100万元 or more each.
struct TechnicalRenovation : Maker {
  SchemaId firm = schema("企业"), project = schema("技改项目");
  EnumerationId sizes = enumeration("规模", {"大型", "中型", "小型", "微型"}, true);
  tir::FieldId place = field(firm, "注册地", code(CodeSystem::Region)), special = field(firm, "专精特新", truth()),
               size = field(firm, "划型", entry(sizes)), projects = field(firm, "技改项目", list(project)),
               invested = field(project, "设备投资额", yuan()), fresh = field(project, "新上", truth());

  using Maker::code;
  TechnicalRenovation() {
    tir::Policy made;
    made.id = "S1";
    made.subject = firm;
    made.place = belongs(read(place), {interpret::code(CodeSystem::Region, "370200")});
    made.condition = all({read(special), belongs(read(size), {tir::EntryValue{2}, tir::EntryValue{3}}),
                          aggregate(AggregateOp::Exists, projects, {}, large_enough(1), 1)});
    made.conclusion = tir::ConclusionKind::Money;
    auto const sum = aggregate(AggregateOp::Sum, projects, read(invested, 2), large_enough(2), 2);
    made.items = {{"", "补助", times(sum, ratio(BigRational(20, 100))), {}, "", {}}};
    policy(made);
  }
  ExprId large_enough(std::int32_t item) {
    return all({read(fresh, item), at_least(read(invested, item), amount(1'000'000))});
  }

  Expected answer(Cells const& cells, std::optional<std::vector<Cells>> items) {
    Rows rows(layout_of(program, firm));
    rows.add(cells, {{"技改项目", std::move(items)}});
    REQUIRE(rows.reports.empty());
    auto const pairs = interpret(program, firm, rows.finish(), {});
    REQUIRE(pairs.size() == 1);
    return {pairs[0].outcome, pairs[0].amount_fen, pairs[0].needs, pairs[0].value};
  }
};

bool operator==(Expected const& a, Expected const& b) {
  return a.outcome == b.outcome && a.amount_fen == b.amount_fen && a.needs == b.needs && a.value == b.value;
}
doctest::String toString(Expected const& e) {
  std::string text = outcome_name(e.outcome);
  text += " " + (e.amount_fen ? std::to_string(*e.amount_fen) : "-") + " " + e.value;
  for (auto const& need : e.needs) text += " !" + need;
  return text.c_str();
}
Expected eligible(std::int64_t fen) { return {Outcome::Eligible, fen, {}, ""}; }
Expected pending(std::vector<std::string> needs) { return {Outcome::Eligible, {}, std::move(needs), ""}; }
Expected unknown(std::vector<std::string> needs) { return {Outcome::Unknown, {}, std::move(needs), ""}; }
Expected const ineligible{Outcome::Ineligible, {}, {}, ""};
Expected const not_applicable{Outcome::NotApplicable, {}, {}, ""};

TEST_CASE("S1: the threshold is per project and includes its limit; the sum is exact to the 分") {
  TechnicalRenovation s1;
  Cells const firm{"山东省青岛市崂山区", "是", "小型"};
  CHECK(s1.answer(firm, {{{"200万元", "是"}}}) == eligible(40'000'000));
  CHECK(s1.answer(firm, {{{"100万元", "是"}}}) == eligible(20'000'000));
  CHECK(s1.answer(firm, {{{"999999.99元", "是"}}}) == ineligible);
  CHECK(s1.answer(firm, {{{"1亿元", "是"}}}) == eligible(2'000'000'000));
  CHECK(s1.answer(firm, {{{"1000000.01元", "是"}}}) == eligible(20'000'000));
  CHECK(s1.answer(firm, {{{"1000000.03元", "是"}}}) == eligible(20'000'001));
  CHECK(s1.answer(firm, {{{"60万元", "是"}, {"60万元", "是"}}}) == ineligible);
  CHECK(s1.answer(firm, {{{"120万元", "是"}, {"60万元", "是"}}}) == eligible(24'000'000));
  CHECK(s1.answer(firm, {{{"120万元", "否"}, {"100万元", "是"}}}) == eligible(20'000'000));
  CHECK(s1.answer(firm, std::vector<Cells>{}) == ineligible);
}

TEST_CASE("S1: whom it is for, and that a firm elsewhere is not applicable before anything else") {
  TechnicalRenovation s1;
  std::vector<Cells> const project{{"200万元", "是"}};
  CHECK(s1.answer({"山东省青岛市崂山区", "是", "微型"}, project) == eligible(40'000'000));
  CHECK(s1.answer({"山东省青岛市崂山区", "是", "中型"}, project) == ineligible);
  CHECK(s1.answer({"山东省青岛市崂山区", "否", "小型"}, project) == ineligible);
  CHECK(s1.answer({"山东省济南市历下区", "是", "小型"}, project) == not_applicable);
  CHECK(s1.answer({"山东省济南市历下区", "否", "小型"}, project) == not_applicable);
}

TEST_CASE("S1: missing facts are asked for where they still decide") {
  TechnicalRenovation s1;
  Cells const firm{"山东省青岛市崂山区", "是", "小型"};
  std::vector<Cells> const project{{"200万元", "是"}};
  CHECK(s1.answer(firm, {{{std::nullopt, "是"}}}) == unknown({"技改项目.设备投资额"}));
  CHECK(s1.answer(firm, {{{"120万元", "是"}, {std::nullopt, "是"}}}) == pending({"技改项目.设备投资额"}));
  CHECK(s1.answer({"山东省青岛市崂山区", "否", "小型"}, std::nullopt) == ineligible);
  CHECK(s1.answer(firm, std::nullopt) == unknown({"技改项目"}));
  CHECK(s1.answer({"山东省青岛市崂山区", "是", std::nullopt}, project) == unknown({"划型"}));
  CHECK(s1.answer({std::nullopt, "是", "小型"}, project) == unknown({"注册地"}));
  // 山东省 is coarser than 青岛市: whether it lies there is not known, and the place is what is wanted in full.
  CHECK(s1.answer({"山东省", "是", "小型"}, project) == unknown({"注册地"}));
  // An item that is certainly left out may lack anything.
  CHECK(s1.answer(firm, {{{"120万元", "是"}, {std::nullopt, "否"}}}) == eligible(24'000'000));
}

// N4: 100 % of R&D expense but for six industries.
TEST_CASE("N4: excluded industries by containment; the figure is shown to the 分") {
  Maker n4;
  auto const firm = n4.schema("企业");
  auto const industry = n4.field(firm, "行业代码", Maker::code(CodeSystem::Industry)),
             expense = n4.field(firm, "研发费用", Maker::yuan());
  std::vector<tir::Value> excluded;
  for (auto const* text : {"C16", "H", "F", "K", "L", "R90"}) excluded.push_back(code(CodeSystem::Industry, text));
  tir::Policy made;
  made.subject = firm;
  made.condition = n4.no(n4.belongs(n4.read(industry), excluded));
  made.conclusion = tir::ConclusionKind::Assessment;
  made.value = n4.times(n4.read(expense), n4.ratio(1));
  made.value_name = "加计扣除额";
  n4.policy(made);

  std::vector<std::pair<Cells, Expected>> const cases{{{"C3411", "1000万元"}, eligible(1'000'000'000)},
                                                      {{"C1620", "1000万元"}, ineligible},
                                                      {{"C1512", "1000万元"}, eligible(1'000'000'000)},
                                                      {{"R9011", "1000万元"}, ineligible},
                                                      {{"R8810", "1000万元"}, eligible(1'000'000'000)},
                                                      {{"F5211", "1000万元"}, ineligible},
                                                      {{"H6110", "1000万元"}, ineligible},
                                                      {{"K7010", "1000万元"}, ineligible},
                                                      {{"L7211", "1000万元"}, ineligible},
                                                      {{"I6513", "1000万元"}, eligible(1'000'000'000)},
                                                      {{"C3411", "0.01元"}, eligible(1)},
                                                      {{"C3411", "12345678901.23元"}, eligible(1'234'567'890'123)},
                                                      {{std::nullopt, "1000万元"}, unknown({"行业代码"})},
                                                      {{"F5211", std::nullopt}, ineligible},
                                                      {{"C3411", std::nullopt}, pending({"研发费用"})},
                                                      {{"C", "1000万元"}, unknown({"行业代码"})},
                                                      {{"R", "1000万元"}, unknown({"行业代码"})},
                                                      {{"K", "1000万元"}, ineligible}};
  Rows rows(layout_of(n4.program, firm));
  for (auto const& one : cases) rows.add(one.first);
  REQUIRE(rows.reports.empty());
  auto const pairs = interpret(n4.program, firm, rows.finish(), {});
  REQUIRE(pairs.size() == cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) check(pairs[i], cases[i].second);
}

// N1, two rows of the table: 工业 by staff and revenue, 建筑业 by revenue and assets.
struct SizeClasses : Maker {
  SchemaId firm = schema("企业");
  EnumerationId rows_of_table = enumeration("统计行业", {"工业", "建筑业", "不在划型范围"}),
                sizes = enumeration("企业规模", {"大型", "中型", "小型", "微型", "不划型"});
  tir::FieldId industry_code = field(firm, "行业代码", code(CodeSystem::Industry)),
               staff = field(firm, "从业人员", persons()), revenue = field(firm, "营业收入", yuan()),
               assets = field(firm, "资产总额", yuan());
  tir::DefinitionId industry = define(
      firm, "行业",
      choose(tir::HitRule::First,
             {{belongs(read(industry_code), {value("B"), value("C"), value("D")}),
               constant(tir::EntryValue{0}, entry(rows_of_table)),
               "",
               {}},
              {belongs(read(industry_code), {value("E")}), constant(tir::EntryValue{1}, entry(rows_of_table)), "", {}}},
             constant(tir::EntryValue{2}, entry(rows_of_table)), read(industry_code)));
  tir::DefinitionId size = define(firm, "划型", table());

  SizeClasses() {
    tir::Policy made;
    made.subject = firm;
    made.condition = no(belongs(use(industry), {tir::EntryValue{2}}));
    made.conclusion = tir::ConclusionKind::Class;
    made.value = use(size);
    policy(made);
  }

  static tir::Value value(std::string_view text) { return interpret::code(CodeSystem::Industry, text); }
  ExprId is(std::int32_t row) { return belongs(use(industry), {tir::EntryValue{row}}); }
  ExprId gives(std::int32_t class_index) { return constant(tir::EntryValue{class_index}, entry(sizes)); }
  ExprId money(std::int64_t wan) { return amount(wan * 10'000); }
  ExprId people(std::int64_t n) { return constant(BigRational(n), persons()); }

  ExprId table() {
    std::vector<tir::Choice> rows;
    std::int64_t const staff_limits[] = {1000, 300, 20}, revenue_limits[] = {40000, 2000, 300},
                       building_revenue[] = {80000, 6000, 300}, building_assets[] = {80000, 5000, 300};
    for (std::int32_t i = 0; i < 3; ++i)
      rows.push_back({all({is(0), at_least(read(staff), people(staff_limits[i])),
                           at_least(read(revenue), money(revenue_limits[i]))}),
                      gives(i),
                      "",
                      {}});
    rows.push_back({is(0), gives(3), "", {}});
    for (std::int32_t i = 0; i < 3; ++i)
      rows.push_back({all({is(1), at_least(read(revenue), money(building_revenue[i])),
                           at_least(read(assets), money(building_assets[i]))}),
                      gives(i),
                      "",
                      {}});
    rows.push_back({is(1), gives(3), "", {}});
    return choose(tir::HitRule::First, std::move(rows), gives(4), use(industry));
  }
};

TEST_CASE(
    "N1: the better row needs both limits; one limit may decide alone; a missing row of the table is asked for alone") {
  SizeClasses n1;
  auto const one = [](std::string value) { return Expected{Outcome::Eligible, {}, {}, std::move(value)}; };
  // 行业 is stated by the records themselves: it stands, and its missing value is a fact of that name.
  RunInputs inputs;
  inputs.given_definitions = {"行业"};
  std::vector<std::pair<Cells, Expected>> const cases{
      {{"", "1000人", "40000万元", "", "工业"}, one("大型")},
      {{"", "999人", "40000万元", "", "工业"}, one("中型")},
      {{"", "5000人", "1999万元", "", "工业"}, one("小型")},
      {{"", "19人", "500000万元", "", "工业"}, one("微型")},
      {{"", "", "200万元", "", "工业"}, one("微型")},
      {{"", "", "40000万元", "", "工业"}, unknown({"从业人员"})},
      {{"", "300人", "399999999.99元", "", "工业"}, one("中型")},
      {{"", "", "8亿元", "8亿元", "建筑业"}, one("大型")},
      {{"", "", "8亿元", "799999999.99元", "建筑业"}, one("中型")},
      {{"", "", "", "", "建筑业"}, unknown({"营业收入", "资产总额"})},
      {{"", "1000人", "40000万元", "", ""}, unknown({"行业"})},
      {{"C3411", "1000人", "40000万元", "", "不在划型范围"}, ineligible}};
  Rows rows(layout_of(n1.program, n1.firm, inputs.given_definitions));
  REQUIRE(rows.layout.fields.size() == 5);
  for (auto const& row : cases) rows.add(row.first);
  auto const pairs = interpret(n1.program, n1.firm, rows.finish(), inputs);
  REQUIRE(pairs.size() == cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) check(pairs[i], cases[i].second);
}

TEST_CASE("N1: without a given 行业 the code leads to the row of the table") {
  SizeClasses n1;
  Rows rows(layout_of(n1.program, n1.firm));
  rows.add({"C3411", "1000人", "40000万元", ""});
  rows.add({"E47", "1000人", "6000万元", "5000万元"});
  rows.add({"P83", "1000人", "6000万元", "5000万元"});
  rows.add({"", "1000人", "6000万元", "5000万元"});
  REQUIRE(rows.reports.empty());
  auto const pairs = interpret(n1.program, n1.firm, rows.finish(), {});
  REQUIRE(pairs.size() == 4);
  check(pairs[0], {Outcome::Eligible, {}, {}, "大型"});
  check(pairs[1], {Outcome::Eligible, {}, {}, "中型"});
  check(pairs[2], ineligible);
  check(pairs[3], unknown({"行业代码"}));
}

}  // namespace
}  // namespace huiyu::interpret
