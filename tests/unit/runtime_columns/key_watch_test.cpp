#include "runtime/columns/key_watch.h"

#include <doctest/doctest.h>

#include "runtime/columns/builder.h"

namespace huiyu::columns {
namespace {

TEST_CASE("a key that comes again is reported, in the same batch or a later one; a missing key is like no other") {
  RecordLayout layout;
  layout.fields.resize(1);
  layout.fields[0].name = "统一社会信用代码";
  layout.fields[0].kind = ValueKind::Text;
  layout.key = 0;
  KeyWatch watch(layout);
  std::vector<CellReport> reports;
  auto const see = [&](std::vector<std::string> const& keys, std::int64_t first_row) {
    auto builders = make_builders(layout.fields);
    for (auto const& key : keys) CHECK_FALSE(builders[0].add_cell(key).has_value());
    auto batch = finish_batch(builders);
    batch.first_row = first_row;
    watch.see(batch, reports);
  };
  see({"甲", "乙", "", "甲", ""}, 0);
  see({"丙", "乙"}, 5);
  CHECK(reports == std::vector<CellReport>{{3, "统一社会信用代码", "甲", CellFault::DuplicateKey},
                                           {6, "统一社会信用代码", "乙", CellFault::DuplicateKey}});
}

TEST_CASE("keys of a whole register are told apart") {
  RecordLayout layout;
  layout.fields.resize(1);
  layout.fields[0].kind = ValueKind::Text;
  layout.key = 0;
  KeyWatch watch(layout);
  std::vector<CellReport> reports;
  for (int round = 0; round < 2; ++round) {
    auto builders = make_builders(layout.fields);
    for (int i = 0; i < 20'000; ++i) builders[0].add_text("户" + std::to_string(i));
    watch.see(finish_batch(builders), reports);
    CHECK(reports.size() == (round == 0 ? 0 : 20'000));
  }
}

TEST_CASE("cells as text") {
  FieldLayout field;
  field.kind = ValueKind::Month;
  ColumnBuilder months(field);
  months.add(2024 * 12 + 5);
  CHECK(cell_text(months.finish(), field, 0) == "2024-06");
  field.kind = ValueKind::Number;
  field.scale = 2;
  field.high = 1000;
  ColumnBuilder numbers(field);
  numbers.add(5);
  CHECK(cell_text(numbers.finish(), field, 0) == "0.05");
}

}  // namespace
}  // namespace huiyu::columns
