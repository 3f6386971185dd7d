// Result rows go out as an Arrow stream and come back through the reader as they were.

#include "runtime/columns/arrow_write.h"

#include <doctest/doctest.h>

#include "runtime/columns/arrow_read.h"
#include "runtime/columns/arrow_view.h"
#include "runtime/columns/concatenate.h"

namespace huiyu::columns {
namespace {

std::vector<ResultColumn> columns() {
  return {{"企业", ResultKind::Text},
          {"名次", ResultKind::Integer},
          {"金额", ResultKind::Money},
          {"待补", ResultKind::TextList}};
}

RecordLayout layout() {
  RecordLayout made;
  made.fields.resize(4);
  made.fields[0].name = "企业";
  made.fields[0].kind = ValueKind::Text;
  made.fields[1].name = "名次";
  made.fields[2].name = "金额";
  for (std::size_t i : {1U, 2U}) {
    made.fields[i].kind = ValueKind::Number;
    made.fields[i].low = -1'000'000;
    made.fields[i].high = 1'000'000;
  }
  made.fields[2].scale = 2;
  made.fields[3].name = "待补";
  made.fields[3].kind = ValueKind::Set;
  made.fields[3].element = ValueKind::Text;
  return made;
}

// All batches of the stream, checked and read.
std::vector<Batch> read_all(ArrowStream stream) {
  std::vector<Batch> batches;
  auto schema = stream.schema();
  REQUIRE(schema.has_value());
  for (std::int64_t first = 0;;) {
    auto next = stream.next();
    REQUIRE(next.has_value());
    if (!next->has_value()) return batches;
    std::vector<CellReport> reports;
    auto batch = read_arrow(**schema, (**next).give_up(), layout(), first, reports);
    REQUIRE_MESSAGE(batch.has_value(), (batch ? "" : batch.error().message));
    CHECK(reports.empty());
    first += batch->row_count;
    batches.push_back(std::move(*batch));
  }
}

TEST_CASE("texts, integers, money in 元 and lists of texts, each perhaps null") {
  ResultRows rows(columns());
  rows.add({std::string("甲"), std::int64_t{1}, std::int64_t{12'345}, std::vector<std::string>{"营业收入", "注册地"}});
  rows.add({std::string(), {}, std::int64_t{-1}, std::vector<std::string>{}});
  rows.add({{}, std::int64_t{3}, {}, {}});
  CHECK(rows.row_count() == 3);
  auto const batches = read_all(std::move(rows).finish());
  REQUIRE(batches.size() == 1);
  auto const& batch = batches[0];
  CHECK(batch.columns[0].text(0) == "甲");
  CHECK_FALSE(batch.columns[0].present(2));
  CHECK(batch.columns[1].at(0) == 1);
  CHECK_FALSE(batch.columns[1].present(1));
  CHECK(batch.columns[2].at(0) == 12'345);
  CHECK(batch.columns[2].at(1) == -1);
  CHECK_FALSE(batch.columns[2].present(2));
  CHECK(batch.columns[3].starts == std::vector<std::int64_t>{0, 2, 2, 2});
  CHECK(batch.columns[3].present(1));
  CHECK_FALSE(batch.columns[3].present(2));
}

TEST_CASE("no rows still have columns") {
  auto stream = ResultRows(columns()).finish();
  auto const schema = stream.schema();
  REQUIRE(schema.has_value());
  CHECK((*schema)->n_children == 4);
  CHECK(std::string((*schema)->children[2]->format) == "d:38,2");
  CHECK(read_all(std::move(stream)).empty());
}

TEST_CASE("many rows come in batches, and batches become one again") {
  ResultRows rows(columns());
  constexpr std::int64_t count = 150'000;
  for (std::int64_t i = 0; i < count; ++i)
    rows.add({i % 7 == 0 ? ResultCell() : ResultCell(std::to_string(i % 1000)), i,
              i % 3 == 0 ? ResultCell() : ResultCell(i * 5),
              std::vector<std::string>(static_cast<std::size_t>(i % 3), "x" + std::to_string(i % 5))});
  auto batches = read_all(std::move(rows).finish());
  REQUIRE(batches.size() == 3);
  CHECK(batches[0].row_count == 65'536);
  CHECK(batches[1].first_row == 65'536);
  auto const whole = concatenate(std::move(batches));
  REQUIRE(whole.row_count == count);
  CHECK(whole.columns[0].texts.size() == 1000);
  bool same = true;
  for (std::int64_t i = 0; i < count; ++i) {
    auto const row = static_cast<std::size_t>(i);
    same = same && whole.columns[0].present(i) == (i % 7 != 0) &&
           (i % 7 == 0 || whole.columns[0].text(i) == std::to_string(i % 1000));
    same = same && whole.columns[1].at(i) == i;
    same = same && whole.columns[2].present(i) == (i % 3 != 0) && (i % 3 == 0 || whole.columns[2].at(i) == i * 5);
    auto const items = whole.columns[3].starts[row + 1] - whole.columns[3].starts[row];
    same = same && items == (i % 3 == 0 ? 0 : 1);
    if (items == 1)
      same =
          same && whole.columns[3].items->columns[0].text(whole.columns[3].starts[row]) == "x" + std::to_string(i % 5);
  }
  CHECK(same);
}

}  // namespace
}  // namespace huiyu::columns
