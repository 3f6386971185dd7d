// Tables whose rows belong to records by a key, and columns under other names.

#include "runtime/records/child_table.h"

#include <doctest/doctest.h>

#include "runtime/columns/arrow_read.h"
#include "tests/unit/runtime_records/data_module_rows.h"

namespace huiyu::records {
namespace {

using columns::Batch;
using columns::CellFault;
using columns::CellReport;
using columns::Column;
using columns::FieldLayout;
using columns::ValueKind;
using Values = std::vector<std::optional<std::int64_t>>;

FieldLayout number(std::string name) {
  FieldLayout field;
  field.name = std::move(name);
  field.kind = ValueKind::Number;
  field.high = 1'000'000;
  return field;
}
FieldLayout projects() {
  FieldLayout list;
  list.name = "项目";
  list.kind = ValueKind::List;
  FieldLayout name;
  name.name = "名";
  name.kind = ValueKind::Text;
  list.items = {number("额"), name};
  return list;
}
FieldLayout power() {
  auto series = number("用电");
  series.series = columns::SeriesStep::Monthly;
  return series;
}

ChildTable table(std::string const& sql, std::vector<ReshapedColumn> const& shape, FieldLayout const& field,
                 bool absent_missing = false) {
  auto stream = test::module().query(sql);
  REQUIRE(stream);
  auto schema = stream->schema();
  REQUIRE(schema);
  Reshape const reshape(std::move(*schema), shape);
  auto read = ChildTable::read(std::move(*stream), reshape, field, "子.csv", absent_missing);
  REQUIRE(read);
  return std::move(*read);
}

Values values_of(Column const& column, std::int64_t count) {
  Values values;
  for (std::int64_t row = 0; row < count; ++row)
    values.push_back(column.present(row) ? std::optional(column.at(row)) : std::nullopt);
  return values;
}

}  // namespace

TEST_CASE("rows of a list go to the record that bears their key, in their order" *
          doctest::skip(test::without_module)) {
  auto child = table(
      "SELECT * FROM (VALUES ('甲', '1', 'x'), ('乙', '2', 'y'), (' 甲 ', '坏', NULL), ('丁', '4', 'z'), "
      "(NULL, '5', 'w')) t(k, e, 名)",
      {{child_key, "k", {}}, {"额", "e", {}}}, projects());
  CHECK(child.reports() == std::vector<CellReport>{{2, "子.csv 项目.额", "坏", CellFault::Unreadable}});
  auto const column = child.column_for({"乙", "丙", "甲", std::nullopt, "甲"});
  CHECK(column.starts == std::vector<std::int64_t>{0, 1, 1, 3, 3, 5});
  CHECK(column.present(1));
  CHECK_FALSE(column.present(3));
  CHECK(values_of(column.items->columns[0], 5) == Values{2, 1, std::nullopt, 1, std::nullopt});
  CHECK(column.items->columns[1].text(0) == "y");
  CHECK(column.items->columns[1].text(1) == "x");
  CHECK(column.items->columns[1].texts.size() == 2);
  CHECK(child.strays() == std::vector<CellReport>{{3, "子.csv 项目", "丁", CellFault::NoSuchRecord},
                                                  {4, "子.csv 项目", "", CellFault::NoSuchRecord}});
}

TEST_CASE("a record without rows has none, or lacks them" * doctest::skip(test::without_module)) {
  std::string const sql = "SELECT 'a' AS k, 1 AS 额 WHERE false";
  std::vector<ReshapedColumn> const shape{{child_key, "k", {}}};
  auto none = table(sql, shape, projects());
  auto const empty = none.column_for({"甲"});
  CHECK(empty.present(0));
  CHECK(empty.items->columns.size() == 2);
  auto missing = table(sql, shape, projects(), true);
  CHECK_FALSE(missing.column_for({"甲"}).present(0));
}

TEST_CASE("more rows than a list may have: reported, and the list is missing" * doctest::skip(test::without_module)) {
  auto child = table("SELECT CASE WHEN i = 0 THEN '乙' ELSE '甲' END AS k, 1 AS 额 FROM range(10002) r(i)",
                     {{child_key, "k", {}}}, projects());
  CHECK(child.reports() == std::vector<CellReport>{{1, "子.csv 项目", "[… 10001]", CellFault::OutOfRange}});
  auto const column = child.column_for({"甲", "乙"});
  CHECK(column.starts == std::vector<std::int64_t>{0, 0, 1});
  CHECK_FALSE(column.present(0));
  CHECK(column.present(1));
}

TEST_CASE("a series in rows: periods in order, twice is missing" * doctest::skip(test::without_module)) {
  auto child = table(
      "SELECT * FROM (VALUES ('甲', '2024-12', '3'), ('甲', '202411', '2'), ('乙', '2024年1月', '5'), "
      "('乙', '202401', '6'), ('乙', '昨天', '7')) t(k, m, v)",
      {{child_key, "k", {}}, {child_period, "m", {}}, {child_value, "v", {}}}, power());
  CHECK(child.reports() == std::vector<CellReport>{{4, "子.csv 用电", "昨天", CellFault::Unreadable},
                                                   {3, "子.csv 用电[2024-01]", "2024-01", CellFault::DuplicateKey}});
  auto const column = child.column_for({"乙", "甲", "丙"});
  CHECK(column.starts == std::vector<std::int64_t>{0, 1, 3, 3});
  CHECK(values_of(column.items->columns[0], 3) == Values{2024 * 12, 2024 * 12 + 10, 2024 * 12 + 11});
  CHECK(values_of(column.items->columns[1], 3) == Values{std::nullopt, 2, 3});
  CHECK_FALSE(column.present(2));
}

TEST_CASE("a column may serve two facts, hide another, and be one year of a series" *
          doctest::skip(test::without_module)) {
  auto stream =
      test::module().query("SELECT * FROM (VALUES ('1', '2', '3', '4'), (NULL, '6', '坏', NULL)) t(a, b, y21, y22)");
  REQUIRE(stream);
  auto schema = stream->schema();
  REQUIRE(schema);
  Reshape const reshape(std::move(*schema),
                        {{"甲", "a", {}}, {"b", "a", {}}, {"营收", "", {{"2022年", "y22"}, {"2021", "y21"}}}});
  CHECK(column_names(reshape.schema()) == std::vector<std::string>{"甲", "b", "营收"});
  columns::RecordLayout layout;
  auto revenue = number("营收");
  revenue.series = columns::SeriesStep::Yearly;
  layout.fields = {number("甲"), number("b"), revenue};
  auto array = stream->next();
  REQUIRE(array);
  std::vector<CellReport> reports;
  auto const batch = columns::read_arrow(reshape.schema(), reshape.apply(std::move(**array)), layout, 0, reports);
  REQUIRE(batch);
  CHECK(values_of(batch->columns[0], 2) == Values{1, std::nullopt});
  CHECK(values_of(batch->columns[1], 2) == Values{1, std::nullopt});
  CHECK(batch->columns[2].starts == std::vector<std::int64_t>{0, 2, 3});
  CHECK(values_of(batch->columns[2].items->columns[0], 3) == Values{2021, 2022, 2021});
  CHECK(values_of(batch->columns[2].items->columns[1], 3) == Values{3, 4, std::nullopt});
  CHECK(reports == std::vector<CellReport>{{1, "营收[2021]", "坏", CellFault::Unreadable}});
}

}  // namespace huiyu::records
