// From conditions and amounts to the outcome of a pair: the table of language.md §5, items, caps, rounding, classes.

#include <limits>

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "tests/unit/compiler_interpret/maker.h"

namespace huiyu::interpret {
namespace {

using tir::ConclusionKind;

struct Grant : Maker {
  SchemaId firm = schema("企业");
  tir::FieldId p = field(firm, "辖区", truth()), q = field(firm, "条件", truth()), w = field(firm, "当", truth()),
               x = field(firm, "金额", yuan()), y = field(firm, "上限", yuan());
  tir::Policy grant;
  RunInputs inputs;

  Grant() {
    grant.subject = firm;
    grant.citation = "第一条";
    grant.conclusion = ConclusionKind::Money;
  }
  void pay(std::string name, ExprId amount_id, ExprId when = {}) {
    grant.items.push_back({std::move(name), "补助", amount_id, when, "第二条", {}});
  }

  PairAnswer on(Cells const& cells) {
    Maker copy = *this;
    auto const id = copy.policy(grant);
    Rows rows(layout_of(copy.program, firm));
    rows.add(cells);
    REQUIRE(rows.reports.empty());
    return interpret_pair(copy.program, id, rows.finish(), 0, inputs);
  }
  std::string shown(Cells const& cells) {
    auto const pair = on(cells).outcome;
    std::string text = outcome_name(pair.outcome);
    if (pair.amount_fen) text += " " + std::to_string(*pair.amount_fen);
    for (auto const& part : pair.parts) text += " " + part.name + "=" + std::to_string(part.amount_fen);
    if (!pair.value.empty()) text += " " + pair.value;
    for (auto const& share : pair.shares) text += " " + share.name + ":" + std::to_string(share.amount_fen);
    for (auto const& alert : pair.alerts) text += " !" + alert.name + alert.colour;
    for (auto const& need : pair.needs) text += " ?" + need;
    return text;
  }
};

TEST_CASE("辖区 and 对象 come before the condition, and the condition before the sum") {
  for (char const place : std::string_view("tfue")) {
    for (char const condition : std::string_view("tfue")) {
      Grant g;
      g.grant.place = g.of_letter(place, g.p);
      g.grant.condition = g.of_letter(condition, g.q);
      g.pay("", g.amount(3));
      std::string expected;
      if (place == 'f')
        expected = "not_applicable";
      else if (place == 'u')
        expected = "unknown ?辖区";
      else if (place == 'e')
        expected = "error";
      else if (condition == 'f')
        expected = "ineligible";
      else if (condition == 'u')
        expected = "unknown ?条件";
      else if (condition == 'e')
        expected = "error";
      else
        expected = "eligible 300";
      CAPTURE(place);
      CAPTURE(condition);
      CHECK(g.shown({}) == expected);
    }
  }
}

TEST_CASE("place and target are one condition: false anywhere is not applicable") {
  Grant g;
  g.pay("", g.amount(1));
  g.grant.place = g.read(g.p);
  g.grant.target = g.read(g.q);
  CHECK(g.shown({"", "否"}) == "not_applicable");
  CHECK(g.shown({"是", ""}) == "unknown ?条件");
  CHECK(g.shown({"", ""}) == "unknown ?条件 ?辖区");
}

TEST_CASE("有效 includes its first and its last day") {
  Grant g;
  g.pay("", g.amount(1));
  g.grant.place = g.read(g.p);
  g.grant.valid_from = days_from_civil({2024, 1, 1});
  g.grant.valid_until = days_from_civil({2024, 12, 31});
  auto const at = [&](int year, int month, int day) {
    g.inputs.as_of_day = days_from_civil({year, month, day});
    return g.shown({"是"});
  };
  CHECK(at(2023, 12, 31) == "not_applicable");
  CHECK(at(2024, 1, 1) == "eligible 100");
  CHECK(at(2024, 12, 31) == "eligible 100");
  CHECK(at(2025, 1, 1) == "not_applicable");
  CHECK(g.shown({""}) == "not_applicable");
}

TEST_CASE("a sum that is missing leaves the pair eligible, an erring or negative one makes it an error") {
  Grant g;
  g.pay("", g.read(g.x));
  CHECK(g.shown({"", "", "", "1.23元"}) == "eligible 123");
  CHECK(g.shown({"", "", "", "0元"}) == "eligible 0");
  CHECK(g.shown({"", "", "", ""}) == "eligible ?金额");
  CHECK(g.shown({"", "", "", "-0.01元"}) == "error");
  auto const answer = g.on({"", "", "", "-0.01元"});
  REQUIRE(answer.fault.has_value());
  CHECK(answer.fault->kind == FaultKind::NegativeAmount);
  CHECK(answer.fault->citation == "第一条");
}

TEST_CASE("an unnamed amount is rounded once, half up, after its caps") {
  Grant g;
  g.pay("", g.times(g.read(g.x), g.ratio(BigRational(1, 8))));
  CHECK(g.shown({"", "", "", "1元"}) == "eligible 13");     // 12.5 分
  CHECK(g.shown({"", "", "", "0.99元"}) == "eligible 12");  // 12.375 分
  CHECK(g.shown({"", "", "", "-0.03元"}) == "eligible 0");  // −0.375 分
  CHECK(g.shown({"", "", "", "-0.05元"}) == "error");       // −0.625 分
  g.grant.caps = {{true, g.amount(BigRational(1, 10)), {}}};
  CHECK(g.shown({"", "", "", "1元"}) == "eligible 10");
  g.grant.caps.push_back({false, g.amount(BigRational(2, 10)), {}});
  CHECK(g.shown({"", "", "", "1元"}) == "eligible 20");
}

TEST_CASE("what a cap leaves is cut down to whole 分") {
  Grant of_policy;
  of_policy.pay("", of_policy.read(of_policy.x));
  of_policy.grant.caps = {
      {true, of_policy.times(of_policy.read(of_policy.y), of_policy.ratio(BigRational(1, 10))), {}}};
  CHECK(of_policy.shown({"", "", "", "9元", "1.19元"}) == "eligible 11");  // a bound of 11.9 分
  CHECK(of_policy.shown({"", "", "", "9元", ""}) == "eligible ?上限");
  Grant of_item;
  of_item.pay("", of_item.add(tir::Cap{true, of_item.read(of_item.x),
                                       of_item.times(of_item.read(of_item.y), of_item.ratio(BigRational(1, 10)))},
                              Maker::yuan()));
  CHECK(of_item.shown({"", "", "", "9元", "1.19元"}) == "eligible 11");
  CHECK(of_item.shown({"", "", "", "0.05元", "1.19元"}) == "eligible 5");
}

TEST_CASE("named items: each rounded by itself, then the policy's caps on their sum") {
  Grant g;
  g.pay("甲", g.times(g.read(g.x), g.ratio(BigRational(1, 8))));
  g.pay("乙", g.times(g.read(g.x), g.ratio(BigRational(1, 8))));
  CHECK(g.shown({"", "", "", "1元"}) == "eligible 26 甲=13 乙=13");
  g.grant.caps = {{true, g.amount(BigRational(2, 10)), {}}};
  CHECK(g.shown({"", "", "", "1元"}) == "eligible 20 甲=13 乙=13");
  CHECK(g.shown({"", "", "", ""}) == "eligible ?金额");
  CHECK(g.shown({"", "", "", "-1元"}) == "error");
}

TEST_CASE("a negative item is an error, also where another would outweigh it") {
  Grant g;
  g.pay("甲", g.amount(100));
  g.pay("乙", g.read(g.x));
  CHECK(g.shown({"", "", "", "-1元"}) == "error");
  CHECK(g.on({"", "", "", "-1元"}).fault->citation == "第二条");
}

TEST_CASE("items that are due or not: 0 with its part, unknown with what decides, none due is ineligible") {
  Grant g;
  g.pay("甲", g.amount(2), g.read(g.w));
  g.pay("乙", g.read(g.x), g.read(g.q));
  CHECK(g.shown({"", "是", "是", "1元"}) == "eligible 300 甲=200 乙=100");
  CHECK(g.shown({"", "否", "是", ""}) == "eligible 200 甲=200 乙=0");
  CHECK(g.shown({"", "是", "否", ""}) == "eligible 甲=0 ?金额");
  CHECK(g.shown({"", "否", "否", ""}) == "ineligible");
  // 当 unknown: its sum is unknown, and what is asked for is what decides whether it is due.
  CHECK(g.shown({"", "", "是", ""}) == "eligible 甲=200 ?条件");
  // While a missing fact may still lead to 不符合 the outcome is unknown.
  CHECK(g.shown({"", "", "否", "1元"}) == "unknown ?条件");
  CHECK(g.shown({"", "", "", "1元"}) == "unknown ?当 ?条件");
}

TEST_CASE("nothing due and the condition are one: whichever is false decides") {
  Grant g;
  g.grant.condition = g.read(g.q);
  g.pay("", g.amount(1), g.read(g.w));
  CHECK(g.shown({"", "", "否"}) == "ineligible");
  CHECK(g.shown({"", "否", ""}) == "ineligible");
  CHECK(g.shown({"", "", ""}) == "unknown ?当 ?条件");
  CHECK(g.shown({"", "是", ""}) == "unknown ?当");
}

TEST_CASE("an error in one item is an error of the pair; in an item that is not due it is not") {
  Grant g;
  auto const bad = g.times(g.over(g.amount(1), g.amount(0)), g.ratio(1));
  g.pay("甲", g.amount(1));
  g.pay("乙", bad, g.read(g.w));
  CHECK(g.shown({"", "", "是"}) == "error");
  CHECK(g.shown({"", "", "否"}) == "eligible 100 甲=100 乙=0");
  CHECK(g.shown({"", "", ""}) == "eligible 甲=100 ?当");
  auto const answer = g.on({"", "", "是"});
  CHECK(answer.fault->kind == FaultKind::DivisionByZero);
  CHECK(answer.fault->citation == "第二条");
  CHECK_FALSE(answer.fault->span.empty());
}

TEST_CASE("a sum past 64 bits of 分 is an error, one that just fits is not") {
  Grant g;
  BigRational const most(std::numeric_limits<std::int64_t>::max(), 100);
  g.pay("", g.plus(g.read(g.x), g.amount(most)));
  CHECK(g.shown({"", "", "", "0元"}) == "eligible 9223372036854775807");
  CHECK(g.shown({"", "", "", "0.01元"}) == "error");
}

TEST_CASE("a class that is missing is unknown, a figure that is missing is eligible") {
  Grant g;
  auto const grades = g.enumeration("等级", {"甲级", "乙级"});
  auto const grade =
      g.choose(tir::HitRule::First, {{g.read(g.w), g.constant(tir::EntryValue{0}, Maker::entry(grades)), "", {}}},
               g.constant(tir::EntryValue{1}, Maker::entry(grades)));
  g.grant.conclusion = ConclusionKind::Class;
  g.grant.value = grade;
  CHECK(g.shown({"", "", "是"}) == "eligible 甲级");
  CHECK(g.shown({"", "", "否"}) == "eligible 乙级");
  CHECK(g.shown({"", "", ""}) == "unknown ?当");

  g.grant.conclusion = ConclusionKind::Assessment;
  g.grant.value = g.read(g.x);
  CHECK(g.shown({"", "", "", "12.5元"}) == "eligible 1250");
  CHECK(g.shown({"", "", "", ""}) == "eligible ?金额");
  CHECK(g.shown({"", "", "", "-1元"}) == "error");
  g.grant.value = g.over(g.read(g.x), g.read(g.y));
  CHECK(g.shown({"", "", "", "1元", "8元"}) == "eligible 0.125");
  CHECK(g.shown({"", "", "", "-1元", "4元"}) == "eligible -0.25");
  CHECK(g.shown({"", "", "", "1元", "0元"}) == "error");

  g.grant.conclusion = ConclusionKind::Disposal;
  g.grant.value = {};
  g.grant.value_name = "培育名单";
  CHECK(g.shown({}) == "eligible 培育名单");
}

TEST_CASE("分担: whole 分 by largest remainder, equal ones to the first named") {
  Grant g;
  g.pay("", g.read(g.x));
  for (auto const& [party, weight] : {std::pair{"保险", 6}, {"担保", 2}, {"银行", 2}})
    g.grant.shares.push_back({party, g.ratio(weight), {}});
  CHECK(g.shown({"", "", "", "1000万元"}) == "eligible 1000000000 保险:600000000 担保:200000000 银行:200000000");
  CHECK(g.shown({"", "", "", "0元"}) == "eligible 0 保险:0 担保:0 银行:0");
  CHECK(g.shown({"", "", "", "0.01元"}) == "eligible 1 保险:1 担保:0 银行:0");
  CHECK(g.shown({"", "", "", "0.02元"}) == "eligible 2 保险:1 担保:1 银行:0");
  CHECK(g.shown({"", "", "", "0.03元"}) == "eligible 3 保险:2 担保:1 银行:0");
  CHECK(g.shown({"", "", "", "0.04元"}) == "eligible 4 保险:2 担保:1 银行:1");
  CHECK(g.shown({"", "", "", "123456789.02元"}) ==
        "eligible 12345678902 保险:7407407341 担保:2469135781 银行:2469135780");
  CHECK(g.shown({"", "", "", ""}) == "eligible ?金额");
  g.grant.shares.back().weight = g.over(g.read(g.y), g.amount(1));
  CHECK(g.shown({"", "", "", "1元", ""}) == "eligible 100");
  CHECK(g.shown({"", "", "", "1元", "2元"}) == "eligible 100 保险:60 担保:20 银行:20");
}

TEST_CASE("alerts are ladders of colours, shown where the pair is decided") {
  Grant g;
  g.pay("", g.amount(1));
  g.grant.condition = g.read(g.q);
  auto const above = [&](int limit) { return g.compare(g.read(g.x), tir::CompareOp::Greater, g.amount(limit)); };
  g.grant.alerts = {{"薪酬虚高", {{"红色", true, above(30), {}}, {"黄色", false, above(20), {}}}, {}},
                    {"数据陈旧", {{"蓝色", false, g.read(g.w), {}}}, {}}};
  CHECK(g.shown({"", "是", "否", "31元"}) == "eligible 100 !薪酬虚高红色");
  CHECK(g.shown({"", "是", "是", "30元"}) == "eligible 100 !薪酬虚高黄色 !数据陈旧蓝色");
  CHECK(g.shown({"", "是", "否", "20元"}) == "eligible 100");
  CHECK(g.shown({"", "否", "是", ""}) == "ineligible !薪酬虚高 !数据陈旧蓝色");
  CHECK(g.shown({"", "", "是", "31元"}) == "unknown ?条件");
}

TEST_CASE("values are said as a drafter would write them") {
  Grant g;
  auto const said = [&](types::Type const& type, tir::Value const& value) { return say(g.program, type, value); };
  CHECK(said(Maker::yuan(), BigRational(5, 2)) == "2.50元");
  CHECK(said(Maker::yuan(), BigRational(1, 8)) == "0.125元");
  CHECK(said(Maker::yuan(), BigRational(1, 3)) == "1/3元");
  CHECK(said(Maker::number(), BigRational(1, 4)) == "25%");
  CHECK(said(Maker::persons(), BigRational(3)) == "3人");
  CHECK(said(Maker::truth(), true) == "是");
  CHECK(said(Maker::type(types::Kind::Year), tir::YearValue{2023}) == "2023年");
  CHECK(said(Maker::type(types::Kind::Month), tir::MonthValue{2024 * 12 + 5}) == "2024-06");
  CHECK(said(Maker::code(codes::CodeSystem::Region),
             tir::CodeValue{*codes::find_code(codes::CodeSystem::Region, "370212")}) == "山东省青岛市崂山区");
}

TEST_CASE("every record meets every policy about its 结构, records in order, policies in order") {
  Grant g;
  g.pay("", g.read(g.x));
  auto const other = g.schema("项目");
  g.policy(g.grant);
  tir::Policy elsewhere;
  elsewhere.subject = other;
  g.policy(elsewhere);
  g.grant.condition = g.no();
  g.policy(g.grant);
  Rows rows(layout_of(g.program, g.firm));
  rows.add({"", "", "", "1元"});
  rows.add({"", "", "", ""});
  auto const pairs = interpret(g.program, g.firm, rows.finish(), {});
  REQUIRE(pairs.size() == 4);
  CHECK(pairs[0].policy == 0);
  CHECK(pairs[1].policy == 2);
  CHECK(pairs[1].outcome == Outcome::Ineligible);
  CHECK(pairs[2].row == 1);
  CHECK(pairs[2].needs == std::vector<std::string>{"金额"});
}

}  // namespace
}  // namespace huiyu::interpret
