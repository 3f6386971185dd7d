// Record batches as other libraries hand them over: every format that is read, slices, absent buffers, and lies.

#include "runtime/columns/arrow_read.h"

#include <limits>

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "tests/unit/runtime_columns/arrow_maker.h"

namespace huiyu::columns {
namespace {

FieldLayout field(std::string name, ValueKind kind) {
  FieldLayout made;
  made.name = std::move(name);
  made.kind = kind;
  return made;
}
FieldLayout number(std::string name, std::int8_t scale, std::int64_t low = -1'000'000'000'000,
                   std::int64_t high = 1'000'000'000'000) {
  auto made = field(std::move(name), ValueKind::Number);
  made.measure = Measure::Yuan;
  made.scale = scale;
  made.low = low;
  made.high = high;
  return made;
}

struct ReadBatch {
  Batch batch;
  std::vector<CellReport> reports;
};

ReadBatch read(Made made, std::vector<FieldLayout> fields, std::int64_t first_row = 0) {
  RecordLayout layout;
  layout.fields = std::move(fields);
  ReadBatch result;
  auto* schema = &made->schema;
  auto batch = read_arrow(*schema, hand_over(std::move(made)), layout, first_row, result.reports);
  REQUIRE_MESSAGE(batch.has_value(), (batch ? "" : batch.error().message));
  result.batch = std::move(*batch);
  return result;
}
std::string refused(Made made, std::vector<FieldLayout> fields) {
  RecordLayout layout;
  layout.fields = std::move(fields);
  std::vector<CellReport> reports;
  auto* schema = &made->schema;
  auto const living = living_arrays;
  auto const batch = read_arrow(*schema, hand_over(std::move(made)), layout, 0, reports);
  CHECK_FALSE(batch.has_value());
  CHECK(living_arrays == living);
  return batch ? "" : batch.error().message;
}

using Values = std::vector<std::optional<std::int64_t>>;
Values values_of(Column const& column, std::int64_t count) {
  Values values;
  for (std::int64_t row = 0; row < count; ++row)
    values.push_back(column.present(row) ? std::optional(column.at(row)) : std::nullopt);
  return values;
}
Values one(Made column, FieldLayout field_layout) {
  auto const rows = column->array.length;
  auto result = read(record(rows, std::move(column)), {std::move(field_layout)});
  CHECK(result.reports.empty());
  return values_of(result.batch.columns[0], rows);
}

TEST_CASE("integers of every width are whole units of the field") {
  auto const plain = number("x", 0), money = number("x", 2);
  CHECK(one(fixed<std::int8_t>("c", "x", {1, -2}), plain) == Values{1, -2});
  CHECK(one(fixed<std::uint8_t>("C", "x", {1, 255}), plain) == Values{1, 255});
  CHECK(one(fixed<std::int16_t>("s", "x", {1, -2}), plain) == Values{1, -2});
  CHECK(one(fixed<std::uint16_t>("S", "x", {1, 65535}), plain) == Values{1, 65535});
  CHECK(one(fixed<std::int32_t>("i", "x", {1, -2}), money) == Values{100, -200});
  CHECK(one(fixed<std::uint32_t>("I", "x", {4'000'000'000}), plain) == Values{4'000'000'000});
  CHECK(one(fixed<std::int64_t>("l", "x", {1, 2, 3}, std::vector<bool>{true, false, true}), plain) ==
        Values{1, std::nullopt, 3});
  CHECK(one(fixed<std::uint64_t>("L", "x", {7}), money) == Values{700});
}

TEST_CASE("decimals keep every digit; floats only what they say exactly") {
  auto const money = number("x", 2);
  CHECK(one(fixed<Int128>("d:18,2", "x", {123'45, -1}), money) == Values{12345, -1});
  CHECK(one(fixed<Int128>("d:38,4", "x", {12'3400}), money) == Values{1234});
  CHECK(one(fixed<Int128>("d:10,-2", "x", {5}), money) == Values{50'000});
  CHECK(one(fixed<double>("g", "x", {0.1, 12345678.25, 1e6, -0.0}), money) ==
        Values{10, 1'234'567'825, 100'000'000, 0});
  CHECK(one(fixed<float>("f", "x", {0.1F, 2.5F}), money) == Values{10, 250});
  auto const bad =
      read(record(4, fixed<double>("g", "x", {0.1 + 0.2, 1.005, std::numeric_limits<double>::quiet_NaN(), 1e300})),
           {money}, 50);
  CHECK(values_of(bad.batch.columns[0], 4) == Values{std::nullopt, std::nullopt, std::nullopt, std::nullopt});
  REQUIRE(bad.reports.size() == 4);
  CHECK(bad.reports[0] == CellReport{50, "x", "0.30000000000000004", CellFault::TooManyDecimals});
  CHECK(bad.reports[2].fault == CellFault::Unreadable);
  CHECK(bad.reports[3].row == 53);
  auto const exact = read(record(2, fixed<Int128>("d:18,3", "x", {1'005, 1'010})), {money});
  CHECK(values_of(exact.batch.columns[0], 2) == Values{std::nullopt, 101});
  CHECK(exact.reports == std::vector<CellReport>{{0, "x", "1.005", CellFault::TooManyDecimals}});
}

TEST_CASE("dates in days, milliseconds and midnights") {
  auto const date = field("x", ValueKind::Date);
  auto const day = days_from_civil({2024, 3, 1});
  CHECK(one(fixed<std::int32_t>("tdD", "x", {day}), date) == Values{day});
  CHECK(one(fixed<std::int64_t>("tdm", "x", {std::int64_t{day} * 86'400'000}), date) == Values{day});
  CHECK(one(fixed<std::int64_t>("tss:", "x", {std::int64_t{day} * 86'400, -86'400}), date) == Values{day, -1});
  CHECK(one(fixed<std::int64_t>("tsu:", "x", {std::int64_t{day} * 86'400'000'000}), date) == Values{day});
  CHECK(one(fixed<std::int32_t>("i", "x", {20240301}), date) == Values{day});
  auto const bad = read(record(3, fixed<std::int64_t>("tsu:", "x",
                                                      {std::int64_t{day} * 86'400'000'000 + 1,
                                                       std::numeric_limits<std::int64_t>::min(), 0})),
                        {date});
  CHECK(values_of(bad.batch.columns[0], 3) == Values{std::nullopt, std::nullopt, 0});
  CHECK(bad.reports.size() == 2);
  auto const far = read(record(2, fixed<std::int32_t>("tdD", "x", {2'932'896, 2'932'897})), {date});
  CHECK(values_of(far.batch.columns[0], 2) == Values{2'932'896, std::nullopt});
  CHECK(refused(record(1, fixed<std::int64_t>("tsu:UTC", "x", {0})), {date}).find("time zone") != std::string::npos);
}

TEST_CASE("texts are read as cells are; codes by number, name and dictionary") {
  auto region = field("x", ValueKind::Code);
  auto const laoshan = *codes::find_code(codes::CodeSystem::Region, "370212");
  CHECK(one(texts("x", {"370212", std::nullopt, "青岛市崂山区", ""}), region) ==
        Values{laoshan, std::nullopt, laoshan, std::nullopt});
  CHECK(one(fixed<std::int32_t>("i", "x", {370212}), region) == Values{laoshan});
  CHECK(one(texts<std::int64_t>("x", {"2万元", "0.5元"}), number("x", 2)) == Values{2'000'000, 50});
  CHECK(one(texts("x", {"是", "0", std::nullopt}), field("x", ValueKind::Truth)) == Values{1, 0, std::nullopt});
  CHECK(one(fixed<std::int16_t>("s", "x", {2023}), field("x", ValueKind::Year)) == Values{2023});

  auto coded = fixed<std::int8_t>("c", "x", {1, 0, 1, 0}, std::vector<bool>{true, true, true, false});
  coded->dictionary = texts("", {"370212", std::nullopt});
  coded->schema.dictionary = &coded->dictionary->schema;
  coded->array.dictionary = &coded->dictionary->array;
  CHECK(one(std::move(coded), region) == Values{std::nullopt, laoshan, std::nullopt, std::nullopt});
}

TEST_CASE("texts stay as they are, once each") {
  auto const result =
      read(record(4, texts("x", {"甲", "乙", "甲", std::nullopt}), fixed<std::int64_t>("l", "y", {1, 2, 3, 4})),
           {field("x", ValueKind::Text), field("y", ValueKind::Text)});
  auto const& column = result.batch.columns[0];
  CHECK(column.texts == std::vector<std::string>{"甲", "乙"});
  CHECK(column.text(2) == "甲");
  CHECK_FALSE(column.present(3));
  CHECK(result.batch.columns[1].text(3) == "4");
}

TEST_CASE("memory that is already right is not copied and lives as long as the column") {
  auto const living = living_arrays;
  {
    auto numbers = fixed<std::int32_t>("i", "n", {1, 2, 3});
    auto flags = truths("b", {true, false, true}, std::vector<bool>{true, true, false});
    auto const* memory = numbers->array.buffers[1];
    auto result = read(record(3, std::move(numbers), std::move(flags)), {number("n", 0), field("b", ValueKind::Truth)});
    CHECK(living_arrays == living + 1);
    CHECK(result.batch.columns[0].values == memory);
    CHECK(values_of(result.batch.columns[0], 3) == Values{1, 2, 3});
    CHECK(values_of(result.batch.columns[1], 3) == Values{1, 0, std::nullopt});
    auto kept = std::move(result.batch.columns[0]);
    result.batch = Batch{};
    CHECK(living_arrays == living + 1);
    CHECK(kept.at(2) == 3);
  }
  CHECK(living_arrays == living);
}

TEST_CASE("shared memory with values out of range gets a validity of its own") {
  auto const result =
      read(record(4, fixed<std::int64_t>("l", "n", {5, 11, -1, 7}, std::vector<bool>{true, true, true, false})),
           {number("n", 0, 0, 10)}, 7);
  CHECK(values_of(result.batch.columns[0], 4) == Values{5, std::nullopt, std::nullopt, std::nullopt});
  CHECK(result.reports ==
        std::vector<CellReport>{{8, "n", "11", CellFault::OutOfRange}, {9, "n", "-1", CellFault::OutOfRange}});
}

TEST_CASE("slices: offsets of the batch, of its columns and of their children add up") {
  std::vector<bool> bits, valid;
  std::vector<std::int32_t> numbers;
  std::vector<std::optional<std::string>> words;
  for (int i = 0; i < 40; ++i) {
    bits.push_back(i % 3 == 0);
    valid.push_back(i % 5 != 0);
    numbers.push_back(i);
    words.push_back(i % 5 == 0 ? std::nullopt : std::optional(std::to_string(i) + "元"));
  }
  for (std::int64_t column_offset : {0, 1, 7, 9}) {
    for (std::int64_t record_offset : {0, 3, 8}) {
      auto b = truths("b", bits, valid), n = fixed<std::int32_t>("i", "n", numbers, valid), w = texts("w", words);
      for (auto* column : {&b, &n, &w}) (*column)->slice(column_offset, 40 - column_offset);
      auto whole = record(40 - column_offset, std::move(b), std::move(n), std::move(w));
      whole->slice(record_offset, 10);
      auto const result = read(std::move(whole), {field("b", ValueKind::Truth), number("n", 0), number("w", 2)});
      REQUIRE(result.batch.row_count == 10);
      for (std::int64_t row = 0; row < 10; ++row) {
        auto const i = row + column_offset + record_offset;
        for (auto const& column : result.batch.columns) CHECK(column.present(row) == (i % 5 != 0));
        if (i % 5 == 0) continue;
        CHECK(result.batch.columns[0].at(row) == (i % 3 == 0 ? 1 : 0));
        CHECK(result.batch.columns[1].at(row) == i);
        CHECK(result.batch.columns[2].at(row) == i * 100);
      }
    }
  }
}

TEST_CASE("lists of structs, with missing lists, null items and absent fields") {
  auto projects = field("项目", ValueKind::List);
  projects.items = {number("投资额", 2), field("新上", ValueKind::Truth), field("备注", ValueKind::Text)};
  std::vector<Made> facts;
  facts.push_back(texts("投资额", {"9元", "1元", "2元", std::nullopt, "x"}));
  facts.push_back(truths("新上", {true, true, false, true, true}));
  auto items = structs("item", 5, std::move(facts), std::vector<bool>{true, true, true, true, false});
  auto list =
      lists<std::int32_t>("+l", "项目", {1, 3, 3, 3, 5}, std::move(items), std::vector<bool>{true, true, false, true});
  auto const result = read(record(4, std::move(list)), {projects});
  CHECK(result.reports.empty());
  auto const& column = result.batch.columns[0];
  CHECK(column.starts == std::vector<std::int64_t>{0, 2, 2, 2, 4});
  CHECK(column.present(1));
  CHECK_FALSE(column.present(2));
  CHECK(values_of(column.items->columns[0], 4) == Values{100, 200, std::nullopt, std::nullopt});
  CHECK(values_of(column.items->columns[1], 4) == Values{1, 0, 1, std::nullopt});
  CHECK(values_of(column.items->columns[2], 4) == Values{std::nullopt, std::nullopt, std::nullopt, std::nullopt});
}

TEST_CASE("a list of a sliced struct, large offsets, and reports that name the path") {
  auto projects = field("项目", ValueKind::List);
  projects.items = {number("投资额", 2)};
  std::vector<Made> facts;
  facts.push_back(texts("投资额", {"7元", "8元", "坏", "9元"}));
  auto items = structs("item", 4, std::move(facts));
  items->slice(1, 3);
  auto const result = read(record(1, lists<std::int64_t>("+L", "项目", {0, 3}, std::move(items))), {projects}, 100);
  CHECK(values_of(result.batch.columns[0].items->columns[0], 3) == Values{800, std::nullopt, 900});
  CHECK(result.reports == std::vector<CellReport>{{100, "项目.投资额", "坏", CellFault::Unreadable}});
}

TEST_CASE("sets and series") {
  auto tags = field("资质", ValueKind::Set);
  tags.entries = {"甲", "乙", "丙"};
  auto const sets = read(
      record(3, lists<std::int32_t>("+l", "资质", {0, 3, 5, 5}, texts("", {"丙", "甲", "丙", std::nullopt, "乙"}))),
      {tags});
  CHECK(sets.batch.columns[0].starts == std::vector<std::int64_t>{0, 2, 4, 4});
  CHECK(values_of(sets.batch.columns[0].items->columns[0], 4) == Values{0, 2, 1, std::nullopt});
  auto const one_text = read(record(1, texts("资质", {"乙、甲"})), {tags});
  CHECK(values_of(one_text.batch.columns[0].items->columns[0], 2) == Values{0, 1});

  auto revenue = number("收入", 2);
  revenue.series = SeriesStep::Yearly;
  std::vector<Made> entry;
  entry.push_back(fixed<std::int32_t>("i", "key", {2023, 2021, 2022}));
  entry.push_back(fixed<Int128>("d:18,2", "value", {300, 100, 0}, std::vector<bool>{true, true, false}));
  auto const map =
      read(record(1, lists<std::int32_t>("+m", "收入", {0, 3}, structs("entries", 3, std::move(entry)))), {revenue});
  CHECK(values_of(map.batch.columns[0].items->columns[0], 3) == Values{2021, 2022, 2023});
  CHECK(values_of(map.batch.columns[0].items->columns[1], 3) == Values{100, std::nullopt, 300});

  std::vector<Made> years;
  years.push_back(texts("2022年", {"1元", std::nullopt}));
  years.push_back(texts("2021", {"2元", "3元"}));
  auto const wide = read(record(2, structs("收入", 2, std::move(years))), {revenue});
  CHECK(wide.batch.columns[0].starts == std::vector<std::int64_t>{0, 2, 3});
  CHECK(values_of(wide.batch.columns[0].items->columns[0], 3) == Values{2021, 2022, 2021});
  CHECK(values_of(wide.batch.columns[0].items->columns[1], 3) == Values{200, 100, 300});
}

TEST_CASE("an absent column is missing in every record; a column nobody wants may be of any kind") {
  auto strange = fixed<Int128>("d:60,2,256", "y", {1, 2});
  auto const made = record(2, fixed<std::int32_t>("i", "x", {1, 2}), std::move(strange));
  RecordLayout layout;
  layout.fields = {number("x", 0), number("z", 0), field("t", ValueKind::Text)};
  CHECK(unread_columns(made->schema, layout) == std::vector<std::string>{"y"});
  CHECK(absent_columns(made->schema, layout) == std::vector<std::string>{"z", "t"});
  auto copy = record(2, fixed<std::int32_t>("i", "x", {1, 2}), fixed<Int128>("d:60,2,256", "y", {1, 2}));
  auto const result = read(std::move(copy), layout.fields);
  CHECK(values_of(result.batch.columns[1], 2) == Values{std::nullopt, std::nullopt});
  CHECK_FALSE(result.batch.columns[2].present(1));
}

TEST_CASE("types that do not fit, and formats that are not read, are errors that name the column") {
  CHECK(refused(record(1, fixed<std::int32_t>("tdD", "x", {1})), {number("x", 2)}) ==
        "column `x` holds dates, not values of this field's type");
  CHECK(refused(record(1, fixed<Int128>("d:60,2,256", "x", {1})), {number("x", 2)}).find("128 bits") !=
        std::string::npos);
  CHECK(refused(record(1, truths("x", {true})), {number("x", 0)}).find("truth values") != std::string::npos);
  CHECK(refused(record(1, fixed<std::int64_t>("ttu", "x", {1})), {field("x", ValueKind::Date)}).find("`ttu`") !=
        std::string::npos);
  CHECK(refused(record(1, fixed<std::int32_t>("i", "x", {1}), fixed<std::int32_t>("i", "x", {1})), {number("x", 0)})
            .find("two columns") != std::string::npos);
  CHECK(refused(fixed<std::int32_t>("i", "x", {1}), {number("x", 0)}).find("struct") != std::string::npos);
}

TEST_CASE("lies about lengths, buffers and offsets are found before anything is read") {
  auto const text = field("x", ValueKind::Text);
  auto const plain = number("x", 0);
  auto const lie = [](Made column, FieldLayout const& wanted, auto&& change) {
    change(*column);
    CHECK(refused(record(2, std::move(column)), {wanted}) != "");
  };
  auto const numbers = [] { return fixed<std::int32_t>("i", "x", {1, 2}); };
  lie(numbers(), plain, [](MadeArray& m) { m.array.length = -1; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.length = 1; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.length = std::numeric_limits<std::int64_t>::max(); });
  lie(numbers(), plain, [](MadeArray& m) { m.array.offset = -1; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.n_buffers = 1; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.n_buffers = 3; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.buffers[1] = nullptr; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.buffers = nullptr; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.null_count = 1; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.null_count = 3; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.n_children = 1; });
  lie(numbers(), plain, [](MadeArray& m) { m.schema.format = nullptr; });
  lie(numbers(), plain, [](MadeArray& m) { m.schema.format = ""; });
  lie(numbers(), plain, [](MadeArray& m) { m.schema.format = "d:1"; });
  lie(numbers(), plain, [](MadeArray& m) { m.schema.format = "+w:2"; });
  lie(numbers(), plain, [](MadeArray& m) { m.array.release = nullptr; });
  auto const words = [] { return texts("x", {"ab", "c"}); };
  auto const set_offset = [](MadeArray& m, std::size_t i, std::int32_t to) {
    std::memcpy(m.buffers[1].data() + i * 4, &to, 4);
  };
  lie(words(), text, [&](MadeArray& m) { set_offset(m, 1, -5); });
  lie(words(), text, [&](MadeArray& m) { set_offset(m, 1, 4); });
  lie(words(), text, [&](MadeArray& m) { set_offset(m, 0, -1); });
  lie(words(), text, [](MadeArray& m) { m.array.buffers[2] = nullptr; });
  auto tags = field("x", ValueKind::Set);
  tags.element = ValueKind::Text;
  auto const lists_of = [&] { return lists<std::int32_t>("+l", "x", {0, 1, 2}, words()); };
  lie(lists_of(), tags, [&](MadeArray& m) { set_offset(m, 2, 3); });
  lie(lists_of(), tags, [](MadeArray& m) { m.array.children[0] = nullptr; });
  lie(lists_of(), tags, [](MadeArray& m) { m.array.children = nullptr; });
  auto const coded = [&] {
    auto made = fixed<std::int8_t>("c", "x", {0, 1});
    made->dictionary = words();
    made->schema.dictionary = &made->dictionary->schema;
    made->array.dictionary = &made->dictionary->array;
    return made;
  };
  lie(coded(), text, [](MadeArray& m) { m.buffers[1][1] = 2; });
  lie(coded(), text, [](MadeArray& m) { m.buffers[1][1] = 0xFF; });
  lie(coded(), text, [](MadeArray& m) { m.array.dictionary = nullptr; });
  lie(coded(), text, [](MadeArray& m) { m.schema.format = "g"; });

  auto deep = texts("", {});
  for (int i = 0; i < 20; ++i) deep = lists<std::int32_t>("+l", "x", {0}, std::move(deep));
  CHECK(refused(record(0, std::move(deep)), {tags}).find("deep") != std::string::npos);
}

TEST_CASE("texts that are no UTF-8 are reported, and the report is UTF-8") {
  auto const result = read(record(2, texts("x", {"\xff甲", "乙"})), {field("x", ValueKind::Text)});
  CHECK_FALSE(result.batch.columns[0].present(0));
  CHECK(result.reports == std::vector<CellReport>{{0, "x", "\uFFFD甲", CellFault::Unreadable}});
}

}  // namespace
}  // namespace huiyu::columns
