// Result files in Parquet, as DuckDB reads them.

#include "runtime/records/parquet_file.h"

#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/base/decimal.h"
#include "tests/unit/runtime_records/data_module_rows.h"

using namespace huiyu;
using namespace huiyu::records;
using namespace huiyu::records::test;

namespace {

using columns::ResultKind;
using Texts = std::vector<std::string>;

std::vector<columns::ResultColumn> three() {
  return {{"企业", ResultKind::Text}, {"金额", ResultKind::Money}, {"待补", ResultKind::TextList}};
}

std::string quoted(std::string const& text) { return "'" + text + "'"; }

// A group of rows, and its cells as rows_of shows them.
struct Group {
  std::vector<ParquetColumn> columns = std::vector<ParquetColumn>(3);
  std::vector<Texts> cells;

  void add(std::uint32_t name, std::optional<std::int64_t> amount, Texts const& items) {
    auto &names = columns[0], &amounts = columns[1], &lists = columns[2];
    names.numbers.add(name);
    amounts.is_known.add(amount ? 1 : 0);
    if (amount) amounts.amounts.push_back(*amount);
    std::string list;
    for (auto const& item : items) {
      lists.items.push_back(lists.texts.add(item));
      list += (list.empty() ? "" : ",") + quoted(item);
    }
    lists.counts.add(static_cast<std::uint32_t>(items.size()));
    cells.push_back({name == no_text ? "∅" : quoted("企业" + std::to_string(name)),
                     amount ? quoted(print_decimal(*amount, 2)) : "∅", items.empty() ? "∅" : "[" + list + "]"});
  }
  // So many names that rows may bear.
  void name(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) columns[0].texts.add("企业" + std::to_string(i));
  }
};

void write(std::filesystem::path const& path, std::vector<Group> const& groups) {
  auto file = ParquetFile::create(path, three());
  REQUIRE(file.has_value());
  for (auto const& group : groups)
    REQUIRE(file->add(static_cast<std::int64_t>(group.cells.size()), group.columns).has_value());
  REQUIRE(file->finish().has_value());
}

Rows read(std::filesystem::path const& path) {
  return rows_of(module().query("SELECT 企业, 金额::VARCHAR AS 金额, 待补 FROM read_parquet('" + path.string() + "')"));
}

}  // namespace

TEST_CASE("result files have the columns and types that DuckDB gave them, also without a row" *
          doctest::skip(without_module)) {
  Folder const folder;
  write(folder / "空.parquet", {});
  CHECK(read(folder / "空.parquet").cells.empty());
  auto const types = module().describe("SELECT * FROM read_parquet('" + (folder / "空.parquet").string() + "')");
  REQUIRE(types.has_value());
  Texts told;
  for (auto const& column : *types) told.push_back(column.name + " " + column.sql_type);
  CHECK(told == Texts{"企业 VARCHAR", "金额 DECIMAL(38,2)", "待补 VARCHAR[]"});
}

TEST_CASE("nothing but nulls, and amounts at the ends of 64 bits" * doctest::skip(without_module)) {
  Folder const folder;
  Group nulls, ends;
  for (int i = 0; i < 20; ++i) nulls.add(no_text, {}, {});
  ends.name(1);
  for (std::int64_t const amount : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) ends.add(0, amount, {""});
  write(folder / "a.parquet", {nulls, ends});
  auto expected = nulls.cells;
  expected.insert(expected.end(), ends.cells.begin(), ends.cells.end());
  CHECK(read(folder / "a.parquet").cells == expected);
}

// Runs and stretches of all lengths, around the eights that are packed together; from one text to thousands.
TEST_CASE("rows at random come back as they were" * doctest::skip(without_module)) {
  Folder const folder;
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto below = [&](std::uint32_t end) { return std::uniform_int_distribution<std::uint32_t>(0, end - 1)(random); };
    std::vector<Group> groups(1 + below(3));
    std::vector<Texts> expected;
    for (auto& group : groups) {
      auto const names = 1U << below(13);
      group.name(names);
      for (auto rows = 1 + below(4000); group.cells.size() < rows;) {
        auto const name = below(4) == 0 ? no_text : below(names);
        auto const amount = below(3) == 0 ? std::nullopt : std::optional(std::int64_t{below(1'000'000)} - 500'000);
        Texts items;
        for (auto count = below(5) == 0 ? below(20) : 0; items.size() < count;)
          items.push_back("事项" + std::to_string(below(1000)));
        for (auto again = 1 + below(below(3) == 0 ? 40 : 3); again > 0; --again) group.add(name, amount, items);
      }
      expected.insert(expected.end(), group.cells.begin(), group.cells.end());
    }
    write(folder / "r.parquet", groups);
    CHECK((read(folder / "r.parquet").cells == expected));
  }
}

TEST_CASE("a file that is not finished leaves what was there") {
  Folder const folder;
  put(folder / "旧.parquet", "旧");
  {
    auto file = ParquetFile::create(folder / "旧.parquet", three());
    REQUIRE(file.has_value());
    Group rows;
    rows.add(no_text, 1, {});
    CHECK(file->add(1, rows.columns).has_value());
  }
  CHECK(bytes_of(folder / "旧.parquet") == "旧");
  CHECK(folder.names() == Texts{"旧.parquet"});
  CHECK(!ParquetFile::create(folder / "没有" / "a.parquet", three()).has_value());
}
