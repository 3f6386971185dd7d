// language.md section 5, node by node: truth tables with errors, choices, lists, zero divisors, and what each still
// needs.

#include "runtime/explain/evaluate.h"

#include <map>

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/codes/codes.h"
#include "runtime/columns/builder.h"
#include "runtime/explain/needs.h"
#include "tests/unit/runtime_explain/plan_maker.h"

namespace huiyu::explain {
namespace {

using plan::ExplainOp;
using plan::ValueKind;
using testing::PlanMaker;
using Tree = plan::Ref<plan::Explain>;

// A record with a fact of each state: truths yes, no, open; numbers 1 to 3 and a missing one; and an error made of a
// division.
struct Facts : PlanMaker {
  plan::Ref<plan::Relation> record = root("记录");
  std::map<std::string, plan::Ref<plan::Column>> columns;
  RunInputs inputs;

  Facts() {
    inputs.as_of_day = days_from_civil({2024, 6, 30});
    for (auto const* name : {"真", "假", "未知"}) columns[name] = field(record, name, ValueKind::Truth);
    for (auto const* name : {"一", "二", "三", "缺", "缺二"}) columns[name] = field(record, name, ValueKind::Number);
  }
  Tree yes() { return fact(columns["真"]); }
  Tree no() { return fact(columns["假"]); }
  Tree open() { return fact(columns["未知"]); }
  Tree one() { return fact(columns["一"]); }
  Tree two() { return fact(columns["二"]); }
  Tree three() { return fact(columns["三"]); }
  Tree missing() { return fact(columns["缺"]); }
  Tree error_number() { return explain(ExplainOp::Divide, ValueKind::Number, {one(), number(0)}); }
  Tree error() { return explain(ExplainOp::Less, ValueKind::Truth, {error_number(), one()}); }
  Tree join(ExplainOp op, std::vector<Tree> const& members) { return explain(op, ValueKind::Truth, members); }

  struct Answer {
    State state;
    BigRational number;
    std::set<std::string> needs;
  };
  Answer of(Tree tree) {
    auto const places = make_places(plan, inputs.given_definitions);
    auto builders = columns::make_builders(make_layout(plan, places, record).fields);
    for (auto& builder : builders) {
      auto const& name = builder.field().name;
      if (name == "真" || name == "一")
        builder.add(1);
      else if (name == "假")
        builder.add(0);
      else if (name == "二")
        builder.add(2);
      else if (name == "三")
        builder.add(3);
      else
        builder.add_missing();
    }
    auto const batch = columns::finish_batch(builders);
    Record const of_record{plan, places, inputs, batch, 0};
    Evaluator evaluator(of_record);
    auto const finding = evaluator.evaluate(tree);
    Answer answer{evaluator.value(finding).state, evaluator.value(finding).number.big(), {}};
    add_needs(of_record, evaluator.findings(), finding, answer.needs);
    return answer;
  }
  State state(Tree tree) { return of(tree).state; }
  std::set<std::string> needs(Tree tree) { return of(tree).needs; }
};

TEST_CASE("且 and 或: one operand that settles, then 未知, then 错误") {
  Facts f;
  CHECK(f.state(f.join(ExplainOp::And, {f.yes(), f.open(), f.error(), f.no()})) == State::False);
  CHECK(f.state(f.join(ExplainOp::And, {f.yes(), f.error(), f.open()})) == State::Unknown);
  CHECK(f.state(f.join(ExplainOp::And, {f.yes(), f.error()})) == State::Error);
  CHECK(f.state(f.join(ExplainOp::Or, {f.no(), f.open(), f.error(), f.yes()})) == State::True);
  CHECK(f.state(f.join(ExplainOp::Or, {f.error(), f.no(), f.open()})) == State::Unknown);
  CHECK(f.state(f.join(ExplainOp::Or, {f.error(), f.no()})) == State::Error);
  CHECK(f.state(f.join(ExplainOp::Not, {f.open()})) == State::Unknown);
  CHECK(f.state(f.join(ExplainOp::Not, {f.error()})) == State::Error);
}

TEST_CASE("至少符合 n项 counts what is certain and what is possible") {
  Facts f;
  auto at_least = [&](std::int64_t n, std::vector<Tree> const& members) {
    auto const made = f.join(ExplainOp::AtLeastOf, members);
    f.at(made)->number = n;
    return f.state(made);
  };
  CHECK(at_least(2, {f.yes(), f.open(), f.yes()}) == State::True);
  CHECK(at_least(2, {f.yes(), f.no(), f.no()}) == State::False);
  CHECK(at_least(2, {f.yes(), f.open(), f.error()}) == State::Unknown);
  CHECK(at_least(2, {f.yes(), f.error(), f.no()}) == State::Error);
}

TEST_CASE("strict operations: an error wins, then what is missing; a zero divisor is an error whatever is divided") {
  Facts f;
  CHECK(f.state(f.explain(ExplainOp::Multiply, ValueKind::Number, {f.number(0), f.missing()})) == State::Unknown);
  CHECK(f.state(f.explain(ExplainOp::Add, ValueKind::Number, {f.missing(), f.error_number()})) == State::Error);
  CHECK(f.state(f.explain(ExplainOp::Divide, ValueKind::Number, {f.missing(), f.number(0)})) == State::Error);
  CHECK(f.state(f.explain(ExplainOp::Divide, ValueKind::Number, {f.number(0), f.missing()})) == State::Unknown);
  CHECK(f.of(f.explain(ExplainOp::Divide, ValueKind::Number, {f.one(), f.three()})).number == BigRational(1, 3));
  CHECK(f.needs(f.explain(ExplainOp::Add, ValueKind::Number, {f.one(), f.missing(), f.fact(f.columns["缺二"])})) ==
        std::set<std::string>{"缺", "缺二"});
}

TEST_CASE("首行: the first row that is not false decides; open rows may agree, an error agrees with nothing") {
  Facts f;
  auto first = [&](std::vector<Tree> const& rows, Tree otherwise = {}) {
    return f.of(f.choice(ExplainOp::ChooseFirst, ValueKind::Number, {}, rows, otherwise));
  };
  CHECK(first({f.no(), f.one(), f.yes(), f.two()}).number == 2);
  CHECK(first({f.open(), f.one(), f.yes(), f.two()}).state == State::Unknown);
  CHECK(first({f.open(), f.one(), f.yes(), f.two()}).needs == std::set<std::string>{"未知"});
  CHECK(first({f.open(), f.two(), f.yes(), f.two()}).number == 2);
  CHECK(first({f.open(), f.two(), f.no(), f.one()}, f.two()).number == 2);
  CHECK(first({f.error(), f.two(), f.yes(), f.two()}).state == State::Error);
  CHECK(first({f.open(), f.two(), f.error(), f.two()}).state == State::Unknown);
  CHECK(first({f.no(), f.one()}).state == State::Error);
  CHECK(first({f.yes(), f.missing()}).needs == std::set<std::string>{"缺"});
}

TEST_CASE("一般/例外: two true are an error, missing comes before error before 一般") {
  Facts f;
  auto unique = [&](ExplainOp op, std::vector<Tree> const& rows) {
    return f.of(f.choice(op, ValueKind::Number, {}, rows, f.three()));
  };
  auto const rule = ExplainOp::ChooseUnique;
  CHECK(unique(rule, {f.yes(), f.one(), f.yes(), f.one()}).state == State::Error);
  CHECK(unique(rule, {f.yes(), f.one(), f.open(), f.one()}).state == State::Unknown);
  CHECK(unique(rule, {f.no(), f.one(), f.error(), f.one()}).state == State::Error);
  CHECK(unique(rule, {f.open(), f.one(), f.error(), f.one()}).state == State::Unknown);
  CHECK(unique(rule, {f.no(), f.one(), f.no(), f.one()}).number == 3);
  CHECK(unique(ExplainOp::ChooseExclusive, {f.open(), f.three(), f.no(), f.one()}).number == 3);
  CHECK(unique(ExplainOp::ChooseExclusive, {f.open(), f.one(), f.no(), f.one()}).state == State::Unknown);
  CHECK(unique(ExplainOp::ChooseExclusive, {f.open(), f.one(), f.yes(), f.one()}).number == 1);
}

TEST_CASE("a ladder whose subject is missing asks for the subject alone") {
  Facts f;
  auto const condition =
      f.join(ExplainOp::And, {f.explain(ExplainOp::Less, ValueKind::Truth, {f.missing(), f.one()}), f.open()});
  CHECK(f.needs(f.choice(ExplainOp::ChooseFirst, ValueKind::Number, f.missing(), {condition, f.one()}, f.two())) ==
        std::set<std::string>{"缺"});
  CHECK(f.needs(f.choice(ExplainOp::ChooseFirst, ValueKind::Number, {}, {condition, f.one()}, f.two())) ==
        std::set<std::string>{"缺", "未知"});
}

TEST_CASE("缺省 stands in for what is missing, and for nothing else") {
  Facts f;
  CHECK(f.of(f.explain(ExplainOp::Default, ValueKind::Number, {f.missing(), f.two()})).number == 2);
  CHECK(f.of(f.explain(ExplainOp::Default, ValueKind::Number, {f.one(), f.two()})).number == 1);
}

TEST_CASE("a parameter past what is known of it is missing, by its name") {
  Facts f;
  auto const target = f.parameter("控制目标", 3,
                                  {{days_from_civil({2022, 1, 1}), days_from_civil({2023, 12, 31}), 55},
                                   {days_from_civil({2024, 1, 1}), days_from_civil({2024, 6, 29}), 50}});
  auto const tree = f.explain(ExplainOp::Parameter, ValueKind::Number);
  f.at(tree)->parameter = target;
  CHECK(f.needs(tree) == std::set<std::string>{"控制目标"});
  f.inputs.as_of_day = days_from_civil({2024, 6, 29});
  CHECK(f.of(tree).number == BigRational(5, 100));
  f.inputs.as_of_day = days_from_civil({2023, 6, 29});
  CHECK(f.of(tree).number == BigRational(55, 1000));
}

TEST_CASE("months and years are counted to the corresponding day") {
  Facts f;
  auto date = [&](CivilDate day) {
    auto const made = f.explain(ExplainOp::Literal, ValueKind::Date);
    f.at(made)->number = days_from_civil(day);
    return made;
  };
  auto call = [&](std::string_view name, ValueKind kind, std::vector<Tree> const& arguments) {
    auto const made = f.explain(ExplainOp::Call, kind, arguments);
    f.at(made)->name = f.text(name);
    return f.of(made);
  };
  CHECK(call("加月", ValueKind::Date, {date({2024, 1, 31}), f.number(1)}).number == days_from_civil({2024, 2, 29}));
  CHECK(call("加月", ValueKind::Date, {date({2024, 1, 31}), f.number(15, 1)}).state == State::Error);
  CHECK(call("加月", ValueKind::Date, {date({2024, 1, 31}), f.number(1'000'000)}).state == State::Error);
  CHECK(call("加天", ValueKind::Date, {date({2024, 2, 28}), f.number(2)}).number == days_from_civil({2024, 3, 1}));
  CHECK(call("天数差", ValueKind::Number, {date({2024, 3, 1}), date({2024, 2, 28})}).number == 2);
  CHECK(call("周年数", ValueKind::Number, {date({2021, 3, 1}), date({2024, 2, 29})}).number == 2);
  CHECK(call("周年数", ValueKind::Number, {date({2021, 3, 1}), date({2024, 3, 1})}).number == 3);
  CHECK(call("年份", ValueKind::Year, {date({2024, 2, 29})}).number == 2024);
  CHECK(call("月份", ValueKind::Month, {date({2024, 2, 29})}).number == 2024 * 12 + 1);
  CHECK(call("加月", ValueKind::Date, {date({2024, 1, 31}), f.missing()}).needs == std::set<std::string>{"缺"});
}

TEST_CASE("a year may be bound by what is asked of each of a run of years") {
  // 近3年 每年（当年 小于 2024）: false at the last, and a definition inside reads the year it is given.
  Facts f;
  auto year = [&](std::int64_t value) {
    auto const made = f.explain(ExplainOp::Literal, ValueKind::Year);
    f.at(made)->number = value;
    return made;
  };
  auto const period = f.explain(ExplainOp::Period, ValueKind::Year);
  auto const each = f.explain(ExplainOp::Less, ValueKind::Truth, {period, year(2024)});
  auto window = [&](std::int64_t from, std::int64_t to) {
    auto const made = f.explain(ExplainOp::All, ValueKind::Truth, {year(from), year(to), each});
    f.at(made)->flags = plan::OverPeriods | plan::HasFrom | plan::HasEach;
    return f.state(made);
  };
  CHECK(window(2021, 2023) == State::True);
  CHECK(window(2022, 2024) == State::False);
  CHECK(window(2025, 2024) == State::True);

  auto const read_at =
      f.explain(ExplainOp::Definition, ValueKind::Year, {f.explain(ExplainOp::ThisYear, ValueKind::Year), year(2019)});
  f.at(read_at)->flags = plan::HasYear;
  CHECK(f.of(read_at).number == 2019);
  auto const offset = f.explain(ExplainOp::Offset, ValueKind::Year, {f.explain(ExplainOp::ThisYear, ValueKind::Year)});
  f.at(offset)->number = -1;
  CHECK(f.of(offset).number == 2023);
  f.at(offset)->number = -3000;
  CHECK(f.state(offset) == State::Error);
}

TEST_CASE("a table falls back to the codes above and names the keys that no row has") {
  Facts f;
  auto const code = [](char const* text) { return std::int64_t{*codes::find_code(codes::CodeSystem::Industry, text)}; };
  plan::ReferenceTable table;
  table.name = f.text("行业平均薪酬");
  table.kind = ValueKind::Number;
  table.use_parent = 1;
  table.keys = {0, 2};
  table.rows = {0, 2};
  f.plan.reference_keys = {{f.text("行业"), ValueKind::Code, 0, 1, {}, {}},
                           {f.text("年度"), ValueKind::Year, 0, 0, {}, {}}};
  f.plan.reference_values = {{code("C34")}, {2023}, {code("C")}, {2022}};
  f.plan.reference_rows = {{{0, 2}, 80}, {{2, 2}, 70}};
  f.plan.reference_tables.push_back(table);
  auto look_up = [&](char const* industry, std::int64_t year) {
    auto const key = f.explain(ExplainOp::Literal, ValueKind::Code);
    f.at(key)->number = code(industry);
    f.at(key)->code_system = 1;
    auto const when = f.explain(ExplainOp::Literal, ValueKind::Year);
    f.at(when)->number = year;
    auto const made = f.explain(ExplainOp::Lookup, ValueKind::Number, {key, when});
    f.at(made)->table = {0};
    return f.of(made);
  };
  CHECK(look_up("C3411", 2023).number == 80);
  CHECK(look_up("C3411", 2022).number == 70);
  CHECK(look_up("C15", 2022).number == 70);
  CHECK(look_up("C3411", 2021).needs == std::set<std::string>{"参照.行业平均薪酬[C3411，2021年]"});
}

TEST_CASE("rounding is exact for halves and for numbers below zero") {
  auto const half_up = static_cast<std::int64_t>(Rounding::HalfUp);
  CHECK(round_to(BigRational(-1, 2), 0, half_up) == 0);
  CHECK(round_to(BigRational(1, 200), 2, half_up) == BigRational(1, 100));
  CHECK(round_to(BigRational(2, 3), 2, half_up) == BigRational(67, 100));
  CHECK(round_to(BigRational(12345), -2, half_up) == 12300);
  CHECK(round_to(BigRational(-1, 3), 2, plan::round_to_floor) == BigRational(-34, 100));
}

}  // namespace
}  // namespace huiyu::explain
