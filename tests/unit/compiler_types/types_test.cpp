#include <set>

#include <doctest/doctest.h>

#include "compiler/types/type.h"

using namespace huiyu::types;

namespace {

Unit const yuan = unit_of(BaseUnit::Yuan), item = unit_of(BaseUnit::Item), person = unit_of(BaseUnit::Person),
           mu = unit_of(BaseUnit::Mu);

}  // namespace

TEST_CASE("units multiply and divide") {
  CHECK(divide(multiply(yuan, mu), mu) == yuan);
  CHECK(divide(yuan, yuan).dimensionless());
  CHECK(describe(divide(yuan, mu)) == "元/亩");
  CHECK(describe(divide(Unit{}, unit_of(BaseUnit::Day))) == "1/天");
  CHECK(describe(multiply(mu, mu)) == "亩^2");
}

TEST_CASE("a count stands alone, and beside another unit it is a plain number") {
  CHECK(multiply(yuan, item) == yuan);  // 单价 × 台数
  CHECK(divide(yuan, item) == yuan);    // 300元/个
  CHECK(divide(item, item).dimensionless());
  CHECK(multiply(item, item) == item);  // 10户 × 5台
  CHECK(divide(Unit{}, item).dimensionless());
  CHECK(multiply(item, Unit{}) == item);  // 目标 × 1.6
  CHECK_FALSE(divide(yuan, person) == yuan);
}

TEST_CASE("every built-in type is found by either name, and no name stands for two") {
  std::set<std::string_view> names;
  for (auto const& row : builtin_types()) {
    CHECK(names.insert(row.zh).second);
    CHECK(names.insert(row.en).second);
    REQUIRE(find_builtin_type(row.zh).has_value());
    CHECK(find_builtin_type(row.zh)->type == row.type);
    CHECK(find_builtin_type(row.en)->type == row.type);
    if (row.type.kind == Kind::Number) CHECK(row.format.low < row.format.high);
  }
  CHECK_FALSE(find_builtin_type("钱").has_value());
}

TEST_CASE("the stored ranges leave room for a rate and a sum") {
  // An amount times a rate of two digits stays within 64 bits.
  auto const money = find_builtin_type("金额")->format;
  CHECK(money.scale == 2);
  CHECK(money.high <= INT64_MAX / 100);
  CHECK(money.low >= INT64_MIN / 100);
}

TEST_CASE("types are told in the drafter's words") {
  CHECK(describe(find_builtin_type("金额")->type) == "金额");
  CHECK(describe(find_builtin_type("地区")->type) == "地区");
  CHECK(describe(find_builtin_type("行业代码")->type) == "行业代码");
  Type rate = find_builtin_type("金额")->type;
  rate.unit = divide(rate.unit, mu);
  CHECK(describe(rate) == "元/亩");
}
