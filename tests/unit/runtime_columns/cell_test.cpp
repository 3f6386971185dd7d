// One fact from text: every spelling that registers use, and every one that must not be guessed at.

#include "runtime/columns/cell.h"

#include <limits>
#include <random>

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/base/decimal.h"
#include "runtime/columns/cell_rules.h"

namespace huiyu::columns {
namespace {

FieldLayout number(Measure measure, std::int8_t scale) {
  FieldLayout field;
  field.name = "数";
  field.kind = ValueKind::Number;
  field.measure = measure;
  field.scale = scale;
  field.low = -10'000'000'000'000'000;
  field.high = 10'000'000'000'000'000;
  return field;
}
FieldLayout plain(ValueKind kind) {
  FieldLayout field;
  field.name = "项";
  field.kind = kind;
  return field;
}

void reads(FieldLayout const& field, std::string_view text, std::int64_t value) {
  CAPTURE(text);
  auto const cell = read_cell(text, field);
  CHECK(cell.state == Cell::State::Present);
  CHECK(cell.value == value);
}
void refuses(FieldLayout const& field, std::string_view text, CellFault fault = CellFault::Unreadable) {
  CAPTURE(text);
  CHECK(read_cell(text, field) == Cell::faulty(fault));
}

TEST_CASE("money is read to the cent, with or without magnitudes, units and full-width forms") {
  auto const money = number(Measure::Yuan, 2);
  reads(money, "2000万元", 2'000'000'000);
  reads(money, "1.5亿元", 15'000'000'000);
  reads(money, "0.01元", 1);
  reads(money, "-3.5万元", -3'500'000);
  reads(money, "1,000(万元人民币)", 1'000'000'000);
  reads(money, "1,000（万元人民币）", 1'000'000'000);
  reads(money, "1000万人民币", 1'000'000'000);
  reads(money, "人民币 20 万元", 20'000'000);
  reads(money, "¥1,234.50", 123'450);
  reads(money, "１２，３４５．６７元", 1'234'567);
  reads(money, "　100万　", 100'000'000);
  reads(money, "3千元", 300'000);
  reads(money, "2百万元", 200'000'000);
  reads(money, "1万亿元", 100'000'000'000'000);
  reads(money, "100", 10'000);
  reads(money, "1.230", 123);
  reads(money, "0.00001万元", 10);
}

TEST_CASE("whatever amount is written, in whatever unit, is read to the cent") {
  auto const money = number(Measure::Yuan, 2);
  struct Spelling {
    char const* unit;
    int scale;  // decimals behind the unit that a cent takes
  };
  std::mt19937_64 random(20240630);
  for (int round = 0; round < 2000; ++round) {
    auto const fen = static_cast<std::int64_t>(random() % 2'000'000'000'000) - 1'000'000'000'000;
    for (auto const& [unit, scale] :
         {Spelling{"元", 2}, {"万元", 6}, {"亿元", 10}, {"", 2}, {"(万元人民币)", 6}, {"千元", 5}})
      reads(money, print_decimal(fen, scale) + unit, fen);
    // One digit more is a digit too many, unless it is a zero.
    auto const finer = fen * 10 + static_cast<std::int64_t>(random() % 9) + 1;
    refuses(money, print_decimal(finer, 7) + "万元", CellFault::TooManyDecimals);
    reads(money, print_decimal(fen * 10, 7) + "万元", fen);
  }
}

TEST_CASE("a mapping may say that bare numbers count 万元; texts with a unit keep their own") {
  auto money = number(Measure::Yuan, 2);
  money.bare_exponent = 4;
  reads(money, "100", 100'000'000);
  reads(money, "0.000001", 1);
  reads(money, "100元", 10'000);
  reads(money, "2亿", 20'000'000'000);
  refuses(money, "0.0000001", CellFault::TooManyDecimals);
}

TEST_CASE("more decimals than the field keeps, or a value outside its range, is a fault and never rounded") {
  auto money = number(Measure::Yuan, 2);
  refuses(money, "0.001元", CellFault::TooManyDecimals);
  refuses(money, "1.2345678万元", CellFault::TooManyDecimals);
  refuses(money, "99999999999999999999元", CellFault::OutOfRange);
  refuses(money, "1000000000000万亿亿亿亿元", CellFault::OutOfRange);
  money.low = 0;
  refuses(money, "-0.01元", CellFault::OutOfRange);
  money.high = 100;
  reads(money, "1元", 100);
  refuses(money, "1.01元", CellFault::OutOfRange);
  money.low = std::numeric_limits<std::int64_t>::min();
  money.high = std::numeric_limits<std::int64_t>::max();
  reads(money, "-92233720368547758.08元", std::numeric_limits<std::int64_t>::min());
  refuses(money, "92233720368547758.08元", CellFault::OutOfRange);
}

TEST_CASE("text that is no amount of this unit is refused") {
  auto const money = number(Measure::Yuan, 2);
  for (auto const* text : {"二十万", "1,00元", "1.元", "一", "-", "无", "N/A", "100人", "5%", "1e3", "万元", "元",
                           "1 2元", "()", "1()", "--1元"})
    refuses(money, text);
  for (auto const* text : {"20(万美元)", "20万美元", "3 USD"}) refuses(money, text, CellFault::ForeignCurrency);
}

TEST_CASE("what a mapping says of cells: marks, rates, forms of dates, codes") {
  CellRules rules;
  rules.missing = {"-", "不详", "9999"};
  rules.rates = {{"美元", 71884, 4, 0}};
  auto money = number(Measure::Yuan, 2);
  money.rules = std::make_shared<CellRules const>(rules);
  for (auto const* mark : {"-", " 不详 ", "9999"}) CHECK(read_cell(mark, money) == Cell::missing());
  reads(money, "20(万美元)", 143'768'000);
  refuses(money, "0.001美元", CellFault::TooManyDecimals);  // not rounded to a 分
  refuses(money, "20(万欧元)", CellFault::ForeignCurrency);
  refuses(money, "9998亿亿美元", CellFault::OutOfRange);

  FieldLayout date;
  date.kind = ValueKind::Date;
  rules.date_formats = {"D.M.YYYY", "YYYY年M月D日"};
  date.rules = std::make_shared<CellRules const>(rules);
  reads(date, "1.3.2024", *parse_date("2024-03-01"));
  reads(date, "２０２４年３月１日", *parse_date("2024-03-01"));
  for (auto const* text : {"2024-03-01", "1.3.24", "31.2.2024", "1.3.2024 ", "1.13.2024", "1.3.20245"}) {
    if (std::string_view(text) == "1.3.2024 ")
      reads(date, text, *parse_date("2024-03-01"));
    else
      refuses(date, text);
  }
  for (auto const* format : {"YYYY-MM-DD", "DD/MM/YYYY", "D.M.YYYY"}) CHECK(valid_date_format(format));
  for (auto const* format : {"YY-MM-DD", "YYYY-MM", "YYYY-MM-DD DD", ""}) CHECK_FALSE(valid_date_format(format));

  FieldLayout region;
  region.kind = ValueKind::Code;
  region.system = codes::CodeSystem::Region;
  rules.region_of = true;
  region.rules = std::make_shared<CellRules const>(rules);
  auto const code = codes::read_code(codes::CodeSystem::Region, "331083");
  REQUIRE(code);
  reads(region, "91331083000000000P", *code);
  refuses(region, "91331083000000000Q");
  refuses(region, "331083");
}

TEST_CASE("each measure has its own units") {
  auto const ratio = number(Measure::Ratio, 8);
  reads(ratio, "5.5%", 5'500'000);
  reads(ratio, "５．５％", 5'500'000);
  reads(ratio, "0.5‰", 50'000);
  reads(ratio, "0.055", 5'500'000);
  reads(ratio, "120%", 120'000'000);
  reads(number(Measure::Persons, 0), "300人", 300);
  reads(number(Measure::Persons, 0), "1.2万人", 12'000);
  reads(number(Measure::Items, 0), "3家", 3);
  reads(number(Measure::Items, 0), "2 项", 2);
  reads(number(Measure::Score, 4), "90分", 900'000);
  reads(number(Measure::Months, 2), "12个月", 1'200);
  reads(number(Measure::Months, 2), "2年", 2'400);
  reads(number(Measure::Days, 0), "10天", 10);
  reads(number(Measure::WorkingDays, 0), "20个工作日", 20);
  reads(number(Measure::KilowattHour, 2), "3万千瓦时", 3'000'000);
  reads(number(Measure::KilowattHour, 2), "5千瓦时", 500);
  reads(number(Measure::KilowattHour, 2), "7度", 700);
  reads(number(Measure::Other, 2), "7.5", 750);
  refuses(number(Measure::Persons, 0), "2.5人", CellFault::TooManyDecimals);
  refuses(number(Measure::Days, 0), "20个工作日");
  refuses(number(Measure::WorkingDays, 0), "20天");
  refuses(number(Measure::Months, 2), "30天");
  refuses(number(Measure::Other, 2), "7.5元");
}

TEST_CASE("a square metre is 0.0015 亩 exactly") {
  auto const area = number(Measure::Mu, 6);
  reads(area, "5亩", 5'000'000);
  reads(area, "100平方米", 150'000);
  reads(area, "2公顷", 30'000'000);
  reads(area, "1平方公里", 1'500'000'000);
  reads(area, "1.5万平方米", 22'500'000);
  refuses(number(Measure::Mu, 2), "1平方米", CellFault::TooManyDecimals);
}

TEST_CASE("blank text is missing, whatever the field") {
  for (auto const* text : {"", " ", "\t\r\n", "　", "\u00A0 　"}) {
    CAPTURE(text);
    CHECK(read_cell(text, number(Measure::Yuan, 2)) == Cell::missing());
    CHECK(read_cell(text, plain(ValueKind::Truth)) == Cell::missing());
    CHECK(read_cell(text, plain(ValueKind::Date)) == Cell::missing());
  }
}

TEST_CASE("dates in the forms that registers use; a moment is a date only at midnight") {
  auto const date = plain(ValueKind::Date);
  auto const day = days_from_civil({2024, 3, 1});
  for (auto const* text : {"2024-03-01", "2024-3-1", "2024/3/1", "2024/03/01", "2024.3.1", "20240301", "2024年3月1日",
                           "2024年03月01日", "２０２４－０３－０１", "2024-03-01 00:00:00", "2024-03-01T00:00:00",
                           "2024/3/1 00:00", "2024-03-01 00:00:00.000"})
    reads(date, text, day);
  reads(date, "2024-02-29", days_from_civil({2024, 2, 29}));
  for (auto const* text :
       {"2023-02-29", "2024-13-01", "2024-00-10", "24-03-01", "2024-03", "2024年3月", "2024-03/01", "45352",
        "2024-03-01 08:00:00", "2024-03-01T00:00:00Z", "2024年3月1", "0000-01-01", "20240230", "2024-03-011"})
    refuses(date, text);
}

TEST_CASE("years and months") {
  auto const year = plain(ValueKind::Year);
  reads(year, "2023年", 2023);
  reads(year, "2023", 2023);
  reads(year, "2023年度", 2023);
  refuses(year, "23年");
  refuses(year, "2023年1月");
  refuses(year, "0000");
  auto const month = plain(ValueKind::Month);
  for (auto const* text : {"2024-06", "2024/6", "2024年6月", "202406", "2024.06"}) reads(month, text, 2024 * 12 + 5);
  refuses(month, "2024-13");
  refuses(month, "2024年6");
  refuses(month, "2024");
}

TEST_CASE("truth has few words") {
  auto const truth = plain(ValueKind::Truth);
  for (auto const* text : {"是", "true", "TRUE", "1", "真", "１"}) reads(truth, text, 1);
  for (auto const* text : {"否", "false", "False", "0", "假"}) reads(truth, text, 0);
  for (auto const* text : {"有", "2", "不", "是的", "null"}) refuses(truth, text);
}

TEST_CASE("codes and names of places and industries") {
  auto region = plain(ValueKind::Code);
  region.system = codes::CodeSystem::Region;
  auto const laoshan = codes::find_code(codes::CodeSystem::Region, "370212");
  REQUIRE(laoshan);
  reads(region, "370212", *laoshan);
  reads(region, "山东省青岛市崂山区", *laoshan);
  reads(region, " 青岛市崂山区 ", *laoshan);
  refuses(region, "鼓楼区", CellFault::AmbiguousCode);
  refuses(region, "火星市", CellFault::UnknownCode);
  auto industry = plain(ValueKind::Code);
  industry.system = codes::CodeSystem::Industry;
  reads(industry, "C3411", *codes::find_code(codes::CodeSystem::Industry, "C3411"));
  reads(industry, "G5911", *codes::find_code(codes::CodeSystem::Industry, "G591"));  // of an older edition
  refuses(industry, "C9999", CellFault::UnknownCode);
}

TEST_CASE("a withdrawn code means its successor, or the place that holds all its successors") {
  auto region = plain(ValueKind::Code);
  region.system = codes::CodeSystem::Region;
  reads(region, "330103", *codes::find_code(codes::CodeSystem::Region, "330105"));  // 下城区 became part of 拱墅区
  reads(region, "330104", *codes::find_code(codes::CodeSystem::Region, "330100"));  // 江干区 was divided within 杭州
}

TEST_CASE("entries of an enumeration are read as declared, full-width forms aside") {
  auto size = plain(ValueKind::Enumeration);
  size.entries = {"大型", "住宿业、餐饮业", "A类", "Ａ类"};
  reads(size, "大型", 0);
  reads(size, " 住宿业、餐饮业 ", 1);
  reads(size, "A类", 2);
  reads(size, "Ａ类", 3);
  refuses(size, "特大型", CellFault::UnknownEntry);
  size.entries = {"A类"};
  reads(size, "Ａ类", 0);
}

TEST_CASE("a credit code has 18 characters, the last of which checks the others") {
  CHECK(valid_credit_code("91350100M000100Y43"));
  CHECK_FALSE(valid_credit_code("91350100M000100Y44"));
  CHECK_FALSE(valid_credit_code("91350100M000100Y4"));
  CHECK_FALSE(valid_credit_code("91350100I000100Y43"));
}

TEST_CASE("numbers with an exponent are written out") {
  CHECK(without_exponent("1.5e3") == "1500");
  CHECK(without_exponent("15E-2") == "0.15");
  CHECK(without_exponent("-2e+0") == "-2");
  CHECK(without_exponent("12.5") == "12.5");
  CHECK_FALSE(without_exponent("1e400"));
  CHECK_FALSE(without_exponent("1e"));
}

}  // namespace
}  // namespace huiyu::columns
