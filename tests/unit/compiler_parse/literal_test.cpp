#include "compiler/parse/literal.h"

#include <string>

#include <doctest/doctest.h>

#include "compiler/parse/run_cutter.h"

namespace huiyu::parse {
namespace {

using ast::UnitWord;

struct Read {
  std::size_t end = 0;  // characters taken; 0: no literal
  LiteralKind kind{};
  LiteralValue value;
};

Read read(std::string_view text, bool before_bracket = false) {
  RunText run;
  run.read(text);
  std::optional<LiteralMatch> const match = match_literal(run.characters(), 0, before_bracket);
  if (!match) return {};
  return {match->end, match->kind, read_literal(run.characters().first(match->end), match->kind)};
}

void check_number(std::string_view text, std::int64_t mantissa, int scale, UnitWord unit,
                  UnitWord per = UnitWord::None) {
  CAPTURE(std::string(text));
  Read const found = read(text);
  CHECK(found.kind == LiteralKind::Number);
  CHECK(found.value.number.mantissa == mantissa);
  CHECK(int{found.value.number.scale} == scale);
  CHECK(found.value.number.unit == unit);
  CHECK(found.value.number.per == per);
}

TEST_CASE("a number takes the longest unit") {
  check_number("500万元", 500, 0, UnitWord::WanYuan);
  check_number("1.5亿元", 15, 1, UnitWord::YiYuan);
  check_number("0.01元", 1, 2, UnitWord::Yuan);
  check_number("3%", 3, 0, UnitWord::Percent);
  check_number("2.5‰", 25, 1, UnitWord::Permille);
  check_number("300人", 300, 0, UnitWord::Persons);
  check_number("5项", 5, 0, UnitWord::Counting);
  check_number("10天", 10, 0, UnitWord::Day);
  check_number("20个工作日", 20, 0, UnitWord::WorkingDay);
  check_number("6个月", 6, 0, UnitWord::Month);
  check_number("3个", 3, 0, UnitWord::Counting);
  check_number("90分", 90, 0, UnitWord::Score);
  check_number("1_000万元", 1000, 0, UnitWord::WanYuan);
  check_number("１０亩", 10, 0, UnitWord::Mu);
  check_number("0.05%/天", 5, 2, UnitWord::Percent, UnitWord::Day);
  check_number("8元/亩", 8, 0, UnitWord::Yuan, UnitWord::Mu);
  check_number("42", 42, 0, UnitWord::None);
}

TEST_CASE("万 and 亿 stand before units that have no spelling of their own with them") {
  check_number("300万人", 3'000'000, 0, UnitWord::Persons);
  check_number("1.5万亩", 15'000, 0, UnitWord::Mu);
  check_number("2.25万家", 22'500, 0, UnitWord::Counting);
  check_number("3百万元", 3'000'000, 0, UnitWord::Yuan);
  check_number("1.23456亿人", 123'456'000, 0, UnitWord::Persons);
}

TEST_CASE("Chinese numerals are numbers only directly before a unit") {
  check_number("三年", 3, 0, UnitWord::Year);
  check_number("十二个月", 12, 0, UnitWord::Month);
  check_number("二十人", 20, 0, UnitWord::Persons);
  check_number("一百零五家", 105, 0, UnitWord::Counting);
  check_number("五万元", 5, 0, UnitWord::WanYuan);
  check_number("十万元", 10, 0, UnitWord::WanYuan);
  CHECK(read("一般").end == 0);
  CHECK(read("三").end == 0);
  CHECK(read("一二年").end == 0);
}

TEST_CASE("dates, ordinals, ranks and periods") {
  Read found = read("2024-03-01至");
  CHECK(found.kind == LiteralKind::Date);
  CHECK(found.end == 10);
  CHECK(found.value.date.month == 3);
  found = read("2024年");
  CHECK(found.kind == LiteralKind::Date);
  CHECK(found.value.date.month == 0);
  found = read("2024年3月1日");
  CHECK(found.value.date.day == 1);
  CHECK(read("2023-02-29").value.fault == LiteralFault::NoSuchDate);
  CHECK(read("3年").kind == LiteralKind::Number);

  found = read("第三年");
  CHECK(found.kind == LiteralKind::Ordinal);
  CHECK(found.value.number.mantissa == 3);
  CHECK(read("第二条").kind == LiteralKind::Ordinal);
  CHECK(read("前20%").kind == LiteralKind::Top);
  CHECK(read("前2.5%").kind == LiteralKind::Top);
  CHECK(read("前三名").value.number.mantissa == 3);
  CHECK(read("前3项").kind == LiteralKind::Top);
  CHECK(read("前3项", true).kind == LiteralKind::TopItems);
  CHECK(read("近3年").kind == LiteralKind::Recent);
  CHECK(read("近十二个月").value.number.unit == UnitWord::Month);
  CHECK(read("近3人").end == 0);
  CHECK(read("前期").end == 0);
  CHECK(read("第二产业").end == 0);
}

TEST_CASE("a number that is too long has no value, whatever its digits") {
  CHECK_FALSE(read("999999999999999999元").value.fault);
  CHECK(read("1000000000000000000元").value.fault == LiteralFault::TooLong);
  CHECK_FALSE(read("000000000000000000001元").value.fault);
  CHECK(read("999999999999999999亿人").value.fault == LiteralFault::TooLong);
}

TEST_CASE("citations") {
  auto const end = [](std::string_view text) {
    RunText run;
    run.read(text);
    return match_citation(run.characters(), 0);
  };
  CHECK(end("第二条第三款") == 6);
  CHECK(end("第12条") == 4);
  CHECK(end("第三条之一第（一）项") == 5);
  CHECK(end("第二十一条第三项且") == 8);
  CHECK(end("第三年") == 0);
}

}  // namespace
}  // namespace huiyu::parse
