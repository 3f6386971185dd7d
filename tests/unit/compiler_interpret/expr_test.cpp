// Single expressions on single records: facts, strict operations, belonging, sets, aggregates.

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "tests/unit/compiler_interpret/maker.h"

namespace huiyu::interpret {
namespace {

using codes::CodeSystem;
using tir::AggregateOp;
using tir::CompareOp;

std::string show(Answer const& answer) {
  if (answer.error()) return std::string("e:") + fault_text(answer.fault.kind);
  if (answer.missing()) {
    std::string text = "u:";
    for (auto const& name : answer.facts) text += name + " ";
    text.pop_back();
    return text;
  }
  if (std::holds_alternative<bool>(answer.value)) return truth(answer) ? "t" : "f";
  if (auto const* date = std::get_if<tir::DateValue>(&answer.value)) return format_date(date->days);
  if (auto const* year = std::get_if<tir::YearValue>(&answer.value)) return std::to_string(year->year);
  if (auto const* entry = std::get_if<tir::EntryValue>(&answer.value)) return "#" + std::to_string(entry->index);
  return decimal_text(number(answer));
}

struct Firm : Maker {
  SchemaId firm = schema("企业"), loan = schema("贷款"), part = schema("部件");
  EnumerationId grades = enumeration("等级", {"甲", "乙", "丙", "丁"}, true),
                tags = enumeration("资质", {"专精特新", "高新技术企业", "小巨人"});
  tir::FieldId a = field(firm, "甲额", yuan()), b = field(firm, "乙额", yuan()),
               grade = field(firm, "等级", entry(grades)), industry = field(firm, "行业", code(CodeSystem::Industry)),
               held = field(firm, "资质", set(tags)), founded = field(firm, "成立日期", type(types::Kind::Date)),
               revenue = field(firm, "营业收入", yuan(), tir::SeriesStep::Yearly),
               loans = field(firm, "贷款", list(loan)), principal = field(loan, "本金", yuan()),
               overdue = field(loan, "逾期", truth());
  RunInputs inputs;

  std::string on(ExprId id, Cells const& cells, std::optional<std::vector<Cells>> items = std::vector<Cells>{}) {
    Rows rows(layout_of(program, firm, inputs.given_definitions));
    rows.add(cells, {{"贷款", std::move(items)}});
    auto const batch = rows.finish();
    return show(interpret_expr(program, id, batch, 0, inputs));
  }
};

TEST_CASE("strict operations: an error wins, then missing; 0 × 未知 is missing; a known zero divisor is an error") {
  Firm f;
  auto const sum = f.plus(f.read(f.a), f.read(f.b)), product = f.times(f.read(f.a), f.read(f.b)),
             quotient = f.over(f.read(f.a), f.read(f.b));
  CHECK(f.on(sum, {"0.1元", "0.2元"}) == "0.3");
  CHECK(f.on(sum, {"1元", ""}) == "u:乙额");
  CHECK(f.on(sum, {"", ""}) == "u:乙额 甲额");
  CHECK(f.on(product, {"0元", ""}) == "u:乙额");
  CHECK(f.on(quotient, {"1元", "3元"}) == "1/3");
  CHECK(f.on(quotient, {"1元", "0元"}) == "e:除数为零");
  CHECK(f.on(quotient, {"", "0元"}) == "e:除数为零");
  CHECK(f.on(quotient, {"0元", ""}) == "u:乙额");
  auto const both = f.plus(f.times(quotient, f.ratio(1)), f.read(f.b));
  CHECK(f.on(both, {"1元", "0元"}) == "e:除数为零");
  CHECK(f.on(f.minus(f.read(f.a), f.read(f.b)), {"1元", "3元"}) == "-2");
  CHECK(f.on(f.add(tir::Negate{f.read(f.a)}, Maker::yuan()), {"1元"}) == "-1");
}

TEST_CASE("comparisons are exact, and a quotient is never rounded before") {
  Firm f;
  auto const third = f.compare(f.over(f.read(f.a), f.read(f.b)), CompareOp::AtLeast, f.ratio(BigRational(1, 3)));
  CHECK(f.on(third, {"1元", "3元"}) == "t");
  CHECK(f.on(third, {"0.99元", "3元"}) == "f");
  CHECK(f.on(third, {"1元", ""}) == "u:乙额");
  CHECK(f.on(third, {"1元", "0元"}) == "e:除数为零");
  for (auto const& [op, expected] : {std::pair{CompareOp::Less, "tff"},
                                     {CompareOp::AtMost, "ttf"},
                                     {CompareOp::Greater, "fft"},
                                     {CompareOp::AtLeast, "ftt"},
                                     {CompareOp::Equal, "ftf"},
                                     {CompareOp::NotEqual, "tft"}}) {
    auto const id = f.compare(f.read(f.a), op, f.read(f.b));
    CHECK(f.on(id, {"1元", "2元"}) + f.on(id, {"2元", "2元"}) + f.on(id, {"3元", "2元"}) == expected);
  }
}

TEST_CASE("乙以上 is 乙 or better, the first entry being the best; 提升 and 降低 stop at the ends") {
  Firm f;
  auto const good =
      f.compare(f.read(f.grade), CompareOp::AtLeast, f.constant(tir::EntryValue{1}, Maker::entry(f.grades)));
  CHECK(f.on(good, {"", "", "甲"}) == "t");
  CHECK(f.on(good, {"", "", "乙"}) == "t");
  CHECK(f.on(good, {"", "", "丙"}) == "f");
  CHECK(f.on(good, {"", "", ""}) == "u:等级");
  auto const shifted = [&](int steps) {
    return f.add(tir::Shift{f.read(f.grade), f.ratio(steps)}, Maker::entry(f.grades));
  };
  CHECK(f.on(shifted(1), {"", "", "丙"}) == "#1");
  CHECK(f.on(shifted(1), {"", "", "甲"}) == "#0");
  CHECK(f.on(shifted(-2), {"", "", "丙"}) == "#3");
  CHECK(f.on(shifted(-1), {"", "", ""}) == "u:等级");
}

TEST_CASE("属于: in, out, or too coarse to tell; 除外 cuts out") {
  Firm f;
  auto const code = [](std::string_view text) {
    return tir::Value(tir::CodeValue{*codes::find_code(CodeSystem::Industry, text)});
  };
  auto const in = f.belongs(f.read(f.industry), {code("C26"), code("C34")}, {code("C261")});
  auto const of = [&](std::string const& industry) { return f.on(in, {"", "", "", industry}); };
  CHECK(of("C34") == "t");
  CHECK(of("C3411") == "t");
  CHECK(of("C262") == "t");
  CHECK(of("C2614") == "f");
  CHECK(of("C261") == "f");
  CHECK(of("C26") == "u:行业");
  CHECK(of("C") == "u:行业");
  CHECK(of("D") == "f");
  CHECK(of("") == "u:行业");
}

TEST_CASE("a set holds what it names; what could not be read leaves the rest unknown") {
  Firm f;
  auto const holds =
      f.add(tir::SetContains{f.read(f.held), f.constant(tir::EntryValue{1}, Maker::entry(f.tags))}, Maker::truth());
  auto const of = [&](std::optional<std::string> held) { return f.on(holds, {"", "", "", "", std::move(held)}); };
  CHECK(of("高新技术企业、小巨人") == "t");
  CHECK(of("专精特新") == "f");
  CHECK(of(std::nullopt) == "u:资质");
  CHECK(of("高新技术企业、什么证") == "t");
  CHECK(of("专精特新、什么证") == "u:资质");
}

TEST_CASE("缺省 stands in for a missing fact only") {
  Firm f;
  auto const fallback = f.add(tir::Default{f.read(f.a), f.amount(5)}, Maker::yuan());
  CHECK(f.on(fallback, {"3元"}) == "3");
  CHECK(f.on(fallback, {""}) == "5");
}

TEST_CASE("孰高 孰低, 最高 最低 and rounding are strict and exact") {
  Firm f;
  auto const highest = f.add(tir::Pick{tir::PickOp::Highest, {f.read(f.a), f.read(f.b)}}, Maker::yuan()),
             lowest = f.add(tir::Pick{tir::PickOp::Lowest, {f.read(f.a), f.read(f.b)}}, Maker::yuan());
  CHECK(f.on(highest, {"1元", "2元"}) == "2");
  CHECK(f.on(lowest, {"1元", "2元"}) == "1");
  CHECK(f.on(highest, {"1元", ""}) == "u:乙额");
  auto const capped = f.add(tir::Cap{true, f.read(f.a), f.read(f.b)}, Maker::yuan()),
             lifted = f.add(tir::Cap{false, f.read(f.a), f.read(f.b)}, Maker::yuan());
  CHECK(f.on(capped, {"3元", "2元"}) == "2");
  CHECK(f.on(lifted, {"3元", "2元"}) == "3");
  CHECK(f.on(f.add(tir::Round{Rounding::HalfUp, 0, f.read(f.a)}, Maker::yuan()), {"-2.5元"}) == "-2");
  CHECK(f.on(f.add(tir::Round{Rounding::Down, -4, f.read(f.a)}, Maker::yuan()), {"129999.99元"}) == "120000");
}

struct Sums : Firm {
  ExprId bad() { return read(overdue, 1); }
  ExprId sum(ExprId where) { return aggregate(AggregateOp::Sum, loans, read(principal, 1), where); }
};

TEST_CASE(
    "合计: what is out is out whatever it lacks; an unknown filter leaves the sum missing, and asks for all it may "
    "need") {
  Sums f;
  auto const all = f.sum({}), only_bad = f.sum(f.bad());
  CHECK(f.on(all, {}, {{{"1元", "是"}, {"0.5元", "否"}}}) == "1.5");
  CHECK(f.on(all, {}, std::vector<Cells>{}) == "0");
  CHECK(f.on(all, {}, std::nullopt) == "u:贷款");
  CHECK(f.on(all, {}, {{{"1元", "是"}, {"", "否"}}}) == "u:贷款.本金");
  CHECK(f.on(only_bad, {}, {{{"1元", "是"}, {"", "否"}}}) == "1");
  CHECK(f.on(only_bad, {}, {{{"1元", "是"}, {"2元", ""}}}) == "u:贷款.逾期");
  CHECK(f.on(only_bad, {}, {{{"1元", "是"}, {"", ""}}}) == "u:贷款.本金 贷款.逾期");
}

TEST_CASE("数量 平均 最大 最小 中位; of nothing only 合计 and 数量 are 0") {
  Sums f;
  auto const of = [&](AggregateOp op, std::vector<std::string> const& amounts) {
    std::vector<Cells> items;
    for (auto const& one : amounts) items.push_back({one, "是"});
    auto const each = op == AggregateOp::Count ? ExprId{} : f.read(f.principal, 1);
    return f.on(f.aggregate(op, f.loans, each, {}), {}, items);
  };
  CHECK(of(AggregateOp::Count, {"1元", "", "3元"}) == "3");
  CHECK(of(AggregateOp::Mean, {"1元", "1元", "2元"}) == "4/3");
  CHECK(of(AggregateOp::Largest, {"1元", "5元", "3元"}) == "5");
  CHECK(of(AggregateOp::Smallest, {"2元", "1元", "3元"}) == "1");
  CHECK(of(AggregateOp::Median, {"9元", "1元", "2元"}) == "2");
  CHECK(of(AggregateOp::Median, {"9元", "1元", "2元", "3元"}) == "2.5");
  CHECK(of(AggregateOp::Median, {"9元", "", "2元"}) == "u:贷款.本金");
  CHECK(of(AggregateOp::Count, {}) == "0");
  CHECK(of(AggregateOp::Sum, {}) == "0");
  for (auto const op : {AggregateOp::Mean, AggregateOp::Largest, AggregateOp::Smallest, AggregateOp::Median})
    CHECK(of(op, {}) == "e:没有可以计算的项");
}

TEST_CASE("存在 is 或 over the items, 全部 is 且: decided as soon as one item decides") {
  Sums f;
  auto const large = f.at_least(f.read(f.principal, 1), f.amount(10));
  auto const exists = f.aggregate(AggregateOp::Exists, f.loans, {}, f.all({f.bad(), large})),
             all = f.aggregate(AggregateOp::All, f.loans, large, f.bad()),
             every_one = f.aggregate(AggregateOp::All, f.loans, {}, large);
  CHECK(f.on(exists, {}, std::vector<Cells>{}) == "f");
  CHECK(f.on(all, {}, std::vector<Cells>{}) == "t");
  CHECK(f.on(exists, {}, {{{"", ""}, {"10元", "是"}}}) == "t");
  CHECK(f.on(exists, {}, {{{"9元", ""}, {"10元", "否"}}}) == "f");
  CHECK(f.on(exists, {}, {{{"9元", "是"}, {"", "是"}}}) == "u:贷款.本金");
  CHECK(f.on(all, {}, {{{"", ""}, {"9元", "是"}}}) == "f");
  CHECK(f.on(all, {}, {{{"10元", ""}, {"9元", "否"}}}) == "t");
  CHECK(f.on(all, {}, {{{"9元", ""}}}) == "u:贷款.逾期");
  CHECK(f.on(all, {}, std::nullopt) == "u:贷款");
  CHECK(f.on(every_one, {}, {{{"10元", ""}, {"12元", ""}}}) == "t");
  CHECK(f.on(every_one, {}, {{{"10元", ""}, {"9元", ""}}}) == "f");
}

TEST_CASE("an erring item counts only where it is certainly in") {
  Sums f;
  auto const inverse = f.times(f.over(f.amount(1), f.read(f.principal, 1)), f.ratio(1));
  auto const sum = f.aggregate(AggregateOp::Sum, f.loans, inverse, f.bad());
  CHECK(f.on(sum, {}, {{{"2元", "是"}, {"0元", "否"}}}) == "0.5");
  CHECK(f.on(sum, {}, {{{"2元", "是"}, {"0元", ""}}}) == "u:贷款.逾期");
  CHECK(f.on(sum, {}, {{{"", "是"}, {"0元", "是"}}}) == "e:除数为零");
}

TEST_CASE("a year of a series: stated, empty, absent, or the whole series missing") {
  Firm f;
  auto const year = [&](std::int32_t y) {
    return f.add(
        tir::SeriesValue{tir::BindingId{0}, f.revenue, f.constant(tir::YearValue{y}, Maker::type(types::Kind::Year))},
        Maker::yuan());
  };
  auto const of = [&](std::int32_t y, std::optional<std::string> series) {
    return f.on(year(y), {"", "", "", "", "", "", std::move(series)});
  };
  CHECK(of(2022, "2022年=5元;2023年=") == "5");
  CHECK(of(2023, "2022年=5元;2023年=") == "u:营业收入[2023年]");
  CHECK(of(2021, "2022年=5元;2023年=") == "u:营业收入[2021年]");
  CHECK(of(2021, std::nullopt) == "u:营业收入");
}

TEST_CASE("a built-in function is strict; a result that is no date is an error") {
  Firm f;
  auto const date = Maker::type(types::Kind::Date);
  auto const months = [&](BigRational count) {
    return f.constant(std::move(count), Maker::number(types::unit_of(types::BaseUnit::Month)));
  };
  auto const later = [&](ExprId by) { return f.add(tir::Call{"加月", {f.read(f.founded), by}}, date); };
  auto const of = [&](ExprId id, std::string const& day) { return f.on(id, {"", "", "", "", "", day}); };
  CHECK(of(later(months(1)), "2024-01-31") == "2024-02-29");
  CHECK(of(later(months(1)), "") == "u:成立日期");
  CHECK(of(later(months(120'000)), "2024-01-31") == "e:没有这样的日期");
  auto const year = f.add(tir::Call{"年份", {f.read(f.founded)}}, Maker::type(types::Kind::Year));
  CHECK(of(year, "2024-12-31") == "2024");
}

TEST_CASE("a window binds each year in turn; 本年 and 上年 are those of the run") {
  Firm f;
  f.inputs.application_year = 2024;
  auto const year_type = Maker::type(types::Kind::Year);
  auto const this_year = f.add(tir::Input{tir::InputWord::ThisYear}, year_type);
  auto const back = [&](std::int32_t by) { return f.add(tir::Offset{this_year, by}, year_type); };
  auto const bound = f.add(tir::PeriodValue{tir::PeriodId{0}}, year_type);
  auto const value = f.add(tir::SeriesValue{tir::BindingId{0}, f.revenue, bound}, Maker::yuan());
  auto const from = back(-3), to = back(-1);
  auto const sum =
      f.add(tir::Window{AggregateOp::Sum, tir::PeriodId{0}, from, to, tir::BindingId{0}, f.revenue, value, {}},
            Maker::yuan());
  auto const of = [&](ExprId id, std::optional<std::string> series) {
    return f.on(id, {"", "", "", "", "", "", std::move(series)});
  };
  CHECK(of(sum, "2020年=100元;2021年=1元;2022年=2元;2023年=4元;2024年=100元") == "7");
  CHECK(of(sum, "2021年=1元;2023年=4元") == "u:营业收入[2022年]");
  CHECK(of(sum, std::nullopt) == "u:营业收入");
  auto const early = f.compare(bound, CompareOp::AtLeast, f.constant(tir::YearValue{2022}, year_type));
  auto const since =
      f.add(tir::Window{AggregateOp::Sum, tir::PeriodId{0}, from, to, tir::BindingId{0}, f.revenue, value, early},
            Maker::yuan());
  CHECK(of(since, "2022年=2元;2023年=4元") == "6");
  auto const ever = f.add(tir::Window{AggregateOp::Exists,
                                      tir::PeriodId{0},
                                      {},
                                      to,
                                      tir::BindingId{0},
                                      f.revenue,
                                      f.at_least(value, f.amount(50)),
                                      {}},
                          Maker::truth());
  CHECK(of(ever, "2019年=60元;2023年=4元") == "t");
  CHECK(of(ever, "2021年=1元;2022年=1元;2023年=4元;2024年=100元") == "f");
  CHECK(of(ever, "2024年=100元") == "f");
}

TEST_CASE("a parameter is what is in force at the reference date, and missing past what is known") {
  Firm f;
  auto const day = [](int y, int m, int d) { return days_from_civil({y, m, d}); };
  auto const id = f.program.parameters.add(
      {"目标",
       Maker::number(),
       {},
       {{day(2022, 1, 1), {}, BigRational(5)}, {day(2024, 1, 1), day(2024, 12, 31), BigRational(6)}},
       {}});
  auto const read = f.add(tir::ParameterValue{id}, Maker::number());
  auto const at = [&](int y, int m, int d) {
    f.inputs.as_of_day = day(y, m, d);
    return f.on(read, {});
  };
  CHECK(at(2021, 12, 31) == "u:目标");
  CHECK(at(2022, 1, 1) == "5");
  CHECK(at(2023, 12, 31) == "5");
  CHECK(at(2024, 1, 1) == "6");
  CHECK(at(2024, 12, 31) == "6");
  CHECK(at(2025, 1, 1) == "u:目标");
}

TEST_CASE("a reference table by code falls back to the code above, and names the key it has no row for") {
  Firm f;
  auto const code = [](std::string_view text) {
    return tir::Value(tir::CodeValue{*codes::find_code(CodeSystem::Industry, text)});
  };
  tir::ReferenceTable table;
  table.name = "行业平均薪酬";
  table.key_types = {Maker::code(CodeSystem::Industry)};
  table.type = Maker::yuan();
  table.use_parent = true;
  table.rows = {{{code("C34")}, BigRational(10)}, {{code("C3411")}, BigRational(12)}};
  auto const id = f.program.reference_tables.add(table);
  auto const look = f.add(tir::Lookup{id, {f.read(f.industry)}}, Maker::yuan());
  auto const of = [&](std::string const& industry) { return f.on(look, {"", "", "", industry}); };
  CHECK(of("C3411") == "12");
  CHECK(of("C3412") == "10");
  CHECK(of("C39") == "u:参照.行业平均薪酬[C39]");
  CHECK(of("") == "u:行业");
}

TEST_CASE("a definition is computed, or stated by the record; then its missing value is a fact of its own name") {
  Firm f;
  auto const doubled = f.define(f.firm, "加倍", f.times(f.read(f.a), f.ratio(2)));
  auto const twice = f.plus(f.use(doubled), f.use(doubled));
  CHECK(f.on(twice, {"1.5元"}) == "6");
  CHECK(f.on(twice, {""}) == "u:甲额");
  auto const chosen = f.add(tir::IfGiven{doubled, f.amount(1), f.amount(0)}, Maker::yuan());
  CHECK(f.on(chosen, {}) == "0");
  f.inputs.given_definitions = {"加倍"};
  CHECK(f.on(twice, {"1.5元", "", "", "", "", "", "", "", "7元"}) == "14");
  CHECK(f.on(twice, {"1.5元", "", "", "", "", "", "", "", ""}) == "u:加倍");
  CHECK(f.on(chosen, {}) == "1");
}

TEST_CASE("a definition of an item's 结构 speaks of that item") {
  Firm f;
  auto const risk = f.define(
      f.loan, "风险额", f.choose(tir::HitRule::First, {{f.read(f.overdue), f.read(f.principal), "", {}}}, f.amount(0)));
  auto const sum = f.aggregate(AggregateOp::Sum, f.loans, f.use(risk, 1), {});
  CHECK(f.on(sum, {}, {{{"3元", "是"}, {"5元", "否"}, {"", "否"}}}) == "3");
  CHECK(f.on(sum, {}, {{{"3元", ""}}}) == "u:贷款.逾期");
  f.inputs.given_definitions = {"风险额"};
  CHECK(f.on(sum, {}, {{{"3元", "是", "1元"}, {"5元", "否", "2元"}}}) == "3");
  CHECK(f.on(sum, {}, {{{"3元", "是", ""}}}) == "u:贷款.风险额");
}

TEST_CASE("a definition beyond the range of its type is an error of the record") {
  Firm f;
  auto const id = f.define(f.firm, "净额", f.minus(f.read(f.a), f.read(f.b)));
  f.program.definitions[id].format = {2, 0, 10'000};
  CHECK(f.on(f.use(id), {"100元", "0元"}) == "100");
  CHECK(f.on(f.use(id), {"100.01元", "0元"}) == "e:数值超出所存类型的范围");
  CHECK(f.on(f.use(id), {"0元", "0.01元"}) == "e:数值超出所存类型的范围");
}

TEST_CASE("a chain of definitions that each use the one before twice takes no exponential time") {
  Firm f;
  auto last = f.define(f.firm, "d0", f.read(f.a));
  for (int i = 1; i < 60; ++i)
    last = f.define(f.firm, "d" + std::to_string(i),
                    f.add(tir::Pick{tir::PickOp::Highest, {f.use(last), f.use(last)}}, Maker::yuan()));
  CHECK(f.on(f.use(last), {"7元"}) == "7");
}

}  // namespace
}  // namespace huiyu::interpret
