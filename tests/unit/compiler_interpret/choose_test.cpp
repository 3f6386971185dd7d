// Ladders, tables and 一般/例外, by every mixture of true, false, unknown and erring rows.

#include <doctest/doctest.h>

#include "runtime/base/check.h"
#include "tests/unit/compiler_interpret/maker.h"

namespace huiyu::interpret {
namespace {

using tir::HitRule;

// Rows by letter: t f u e; the value of row i is values[i], of the otherwise `otherwise`; '?' is a missing value, '!'
// an error.
struct Ladder : Maker {
  SchemaId firm = schema("企业");
  tir::FieldId condition = field(firm, "条件", truth()), money = field(firm, "金额", yuan()),
               subject = field(firm, "对象", yuan());

  ExprId value(char letter) {
    if (letter == '?') return read(money);
    if (letter == '!') return over(amount(1), amount(0));
    return amount(letter - '0');
  }
  Answer decide(HitRule rule, std::string const& rows, std::string const& values, char otherwise = 0,
                bool with_subject = false, bool subject_known = true) {
    std::vector<tir::Choice> choices;
    for (std::size_t i = 0; i < rows.size(); ++i)
      choices.push_back({of_letter(rows[i], condition), value(values[i]), "第" + std::to_string(i + 1) + "项", {}});
    auto const id = choose(rule, std::move(choices), otherwise == 0 ? ExprId{} : value(otherwise),
                           with_subject ? read(subject) : ExprId{});
    Rows data(layout_of(program, firm));
    data.add({std::nullopt, std::nullopt, subject_known ? std::optional<std::string>("1元") : std::nullopt});
    auto const batch = data.finish();
    return interpret_expr(program, id, batch, 0, {});
  }
  // `7`, `u:条件`, `e`.
  std::string shown(HitRule rule, std::string const& rows, std::string const& values, char otherwise = 0) {
    return show(decide(rule, rows, values, otherwise));
  }
  static std::string show(Answer const& answer) {
    if (answer.known()) return decimal_text(interpret::number(answer));
    if (answer.error()) return "e";
    std::string text = "u:";
    for (auto const& name : answer.facts) text += name + " ";
    text.pop_back();
    return text;
  }
};

TEST_CASE("首行: the first row that is not false decides") {
  Ladder ladder;
  CHECK(ladder.shown(HitRule::First, "ftt", "123", '9') == "2");
  CHECK(ladder.shown(HitRule::First, "fff", "123", '9') == "9");
  CHECK(ladder.shown(HitRule::First, "fff", "123") == "e");
  CHECK(ladder.shown(HitRule::First, "fet", "123", '9') == "e");
  CHECK(ladder.shown(HitRule::First, "fte", "123", '9') == "2");
  CHECK(ladder.shown(HitRule::First, "fut", "123", '9') == "u:条件");
  CHECK(ladder.shown(HitRule::First, "ft", "1?", '9') == "u:金额");
  CHECK(ladder.shown(HitRule::First, "ft", "1!", '9') == "e");
}

TEST_CASE("首行: what all rows from the first unknown to the first true give stands") {
  Ladder ladder;
  CHECK(ladder.shown(HitRule::First, "fut", "122", '9') == "2");
  CHECK(ladder.shown(HitRule::First, "uft", "132", '9') == "u:条件");
  CHECK(ladder.shown(HitRule::First, "uft", "232", '9') == "2");
  CHECK(ladder.shown(HitRule::First, "uutu", "2229", '9') == "2");
  CHECK(ladder.shown(HitRule::First, "uff", "999", '9') == "9");
  CHECK(ladder.shown(HitRule::First, "uff", "999", '8') == "u:条件");
  CHECK(ladder.shown(HitRule::First, "uff", "999") == "u:条件");
  // If the unknown row turns out false, the erring one decides: nothing is in common with an error.
  CHECK(ladder.shown(HitRule::First, "uet", "222", '2') == "u:条件");
  CHECK(ladder.shown(HitRule::First, "eut", "222", '2') == "e");
  CHECK(ladder.shown(HitRule::First, "ut", "2?", '2') == "u:条件");
}

TEST_CASE(
    "唯一 and 一般/例外: two true are an error, one beside an unknown is missing, missing comes before error, error "
    "before 一般") {
  Ladder ladder;
  CHECK(ladder.shown(HitRule::Unique, "ftf", "123", '9') == "2");
  CHECK(ladder.shown(HitRule::Unique, "fff", "123", '9') == "9");
  CHECK(ladder.shown(HitRule::Unique, "fff", "123") == "e");
  CHECK(ladder.shown(HitRule::Unique, "ttf", "113", '9') == "e");
  CHECK(ladder.shown(HitRule::Unique, "ttu", "113", '9') == "e");
  CHECK(ladder.shown(HitRule::Unique, "tu", "11", '1') == "u:条件");
  CHECK(ladder.shown(HitRule::Unique, "ue", "11", '1') == "u:条件");
  CHECK(ladder.shown(HitRule::Unique, "tue", "111", '1') == "u:条件");
  CHECK(ladder.shown(HitRule::Unique, "te", "11", '1') == "e");
  CHECK(ladder.shown(HitRule::Unique, "fe", "11", '1') == "e");
  CHECK(ladder.shown(HitRule::Unique, "fu", "99", '9') == "u:条件");
}

TEST_CASE("rows proved exclusive: what the open ones all give stands") {
  Ladder ladder;
  CHECK(ladder.shown(HitRule::Exclusive, "fuu", "122", '2') == "2");
  CHECK(ladder.shown(HitRule::Exclusive, "fuu", "122", '9') == "u:条件");
  CHECK(ladder.shown(HitRule::Exclusive, "fuu", "123", '2') == "u:条件");
  CHECK(ladder.shown(HitRule::Exclusive, "tu", "22", '9') == "2");
  CHECK(ladder.shown(HitRule::Exclusive, "ue", "22", '2') == "u:条件");
  CHECK(ladder.shown(HitRule::Exclusive, "fe", "22", '2') == "e");
  CHECK(ladder.shown(HitRule::Exclusive, "tt", "22", '2') == "e");
}

TEST_CASE("就高 and 各档相加 are strict over the rows that hold") {
  Ladder ladder;
  CHECK(ladder.shown(HitRule::Highest, "tft", "132", '9') == "2");
  CHECK(ladder.shown(HitRule::Sum, "tft", "132", '9') == "3");
  CHECK(ladder.shown(HitRule::Sum, "fff", "132", '9') == "9");
  CHECK(ladder.shown(HitRule::Sum, "fff", "132") == "e");
  CHECK(ladder.shown(HitRule::Sum, "tu", "13", '9') == "u:条件");
  CHECK(ladder.shown(HitRule::Sum, "tut", "13?", '9') == "u:条件 金额");
  CHECK(ladder.shown(HitRule::Sum, "tue", "131", '9') == "e");
  CHECK(ladder.shown(HitRule::Sum, "tfu", "!3?", '9') == "e");
  CHECK(ladder.shown(HitRule::Highest, "tft", "1?2", '9') == "2");
}

TEST_CASE("where the subject is missing, it alone is asked for; what is decided anyway needs nothing") {
  Ladder ladder;
  auto const missing = [&](HitRule rule, std::string const& rows, std::string const& values) {
    return Ladder::show(ladder.decide(rule, rows, values, '9', true, false));
  };
  CHECK(missing(HitRule::First, "uf", "12") == "u:对象");
  CHECK(missing(HitRule::Unique, "uf", "12") == "u:对象");
  CHECK(missing(HitRule::Exclusive, "uu", "12") == "u:对象");
  CHECK(missing(HitRule::Sum, "uu", "12") == "u:对象");
  CHECK(missing(HitRule::First, "uu", "99") == "9");
  CHECK(missing(HitRule::First, "ft", "12") == "2");
  CHECK(Ladder::show(ladder.decide(HitRule::First, "uf", "12", '9', true, true)) == "u:条件");
}

TEST_CASE("an error knows the row and the expression that it comes from") {
  Ladder ladder;
  auto const two = ladder.decide(HitRule::Unique, "tt", "12", '9');
  CHECK(two.fault.kind == FaultKind::SeveralRows);
  auto const row = ladder.decide(HitRule::First, "ft", "1!", '9');
  CHECK(row.fault.kind == FaultKind::DivisionByZero);
  CHECK(row.fault.citation == "第2项");
  CHECK(ladder.decide(HitRule::First, "f", "1").fault.kind == FaultKind::NoRow);
}

TEST_CASE("whatever the rows, a fact that becomes known changes no decided answer") {
  // Each 'u' is replaced by 't' and by 'f'; values repeat, so that rows may agree.
  Ladder ladder;
  for (auto const rule : {HitRule::First, HitRule::Unique, HitRule::Highest, HitRule::Sum}) {
    for (int n = 0; n < 64; ++n) {
      std::string rows;
      for (int i = 0, rest = n; i < 3; ++i, rest /= 4) rows += "tfue"[rest % 4];
      auto const before = ladder.shown(rule, rows, "112", '1');
      if (before[0] == 'u') continue;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] != 'u') continue;
        for (char const known : std::string_view("tf")) {
          auto later = rows;
          later[i] = known;
          CAPTURE(rows);
          CAPTURE(later);
          CHECK(ladder.shown(rule, later, "112", '1') == before);
        }
      }
    }
  }
}

}  // namespace
}  // namespace huiyu::interpret
