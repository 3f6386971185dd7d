// Columns that are read in one pass against the same columns read row by row. A dictionary around the texts, or an
// entry out of order, is what makes the reader go row by row.

#include <numeric>
#include <random>

#include <doctest/doctest.h>

#include "runtime/columns/arrow_read.h"
#include "runtime/columns/distinct.h"
#include "runtime/columns/validity.h"
#include "tests/unit/runtime_columns/arrow_maker.h"

namespace huiyu::columns {
namespace {

using Texts = std::vector<std::optional<std::string>>;

// The same texts, each in a dictionary of its own place.
Made through_dictionary(std::string name, Texts const& values) {
  std::vector<std::int32_t> indices(values.size());
  std::iota(indices.begin(), indices.end(), 0);
  auto made = fixed<std::int32_t>("i", std::move(name), indices);
  made->dictionary = texts("", values);
  made->schema.dictionary = &made->dictionary->schema;
  made->array.dictionary = &made->dictionary->array;
  return made;
}

struct Answer {
  Batch batch;
  std::vector<CellReport> reports;
};
Answer read(Made column, FieldLayout field, std::int64_t rows) {
  RecordLayout layout;
  field.name = column->name;
  layout.fields = {std::move(field)};
  Answer answer;
  auto made = record(rows, std::move(column));
  auto* schema = &made->schema;
  auto batch = read_arrow(*schema, hand_over(std::move(made)), layout, 1000, answer.reports);
  REQUIRE(batch.has_value());
  answer.batch = std::move(*batch);
  return answer;
}

void check_equal(Column const& a, Column const& b, std::int64_t rows) {
  CHECK(a.starts == b.starts);
  CHECK(a.texts == b.texts);
  for (std::int64_t row = 0; row < rows; ++row) {
    CHECK(a.present(row) == b.present(row));
    if (a.items == nullptr && a.present(row)) CHECK(a.at(row) == b.at(row));
  }
  CHECK((a.items == nullptr) == (b.items == nullptr));
  if (a.items == nullptr || b.items == nullptr) return;
  CHECK(a.items->row_count == b.items->row_count);
  for (std::size_t i = 0; i < a.items->columns.size(); ++i)
    check_equal(a.items->columns[i], b.items->columns[i], a.items->row_count);
}
void check_equal(Answer const& a, Answer const& b) {
  CHECK(a.reports == b.reports);
  check_equal(a.batch.columns[0], b.batch.columns[0], a.batch.row_count);
}

FieldLayout field_of(ValueKind kind) {
  FieldLayout field;
  field.kind = kind;
  field.entries = {"甲类", "乙类", "ABC", "未评"};
  field.system = codes::CodeSystem::Industry;
  field.low = -1'000'000;
  field.high = 1'000'000;
  field.scale = 2;
  field.measure = Measure::Yuan;
  return field;
}

Texts random_texts(std::mt19937& random, std::size_t count) {
  static Texts const pool{std::nullopt,  "",         " ",
                          "甲类",        "甲类 ",    "ＡＢＣ",
                          "ABC",         "丙类",     "12.34",
                          "1,000",       "2万元",    "1.234",
                          "99999999999", "-5",       "2023年",
                          "2024",        "2024-2-5", "20240205",
                          "是",          "否",       "1",
                          "C3443",       "C99999",   "\xFF\xFE",
                          "\xE7\x94",    "阀门",     "91330000MA2XYZ12X3"};
  Texts values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(pool[random() % pool.size()]);
  return values;
}

constexpr ValueKind scalars[] = {ValueKind::Truth, ValueKind::Number,     ValueKind::Date,
                                 ValueKind::Year,  ValueKind::Month,      ValueKind::Code,
                                 ValueKind::Text,  ValueKind::CreditCode, ValueKind::Enumeration};

TEST_CASE("scalars from texts: in one pass as row by row") {
  std::mt19937 random(11);
  for (auto const kind : scalars) {
    auto const values = random_texts(random, 203);
    check_equal(read(texts("x", values), field_of(kind), 203),
                read(through_dictionary("x", values), field_of(kind), 203));
  }
}

TEST_CASE("lists with null items: in one pass as row by row") {
  std::mt19937 random(12);
  for (auto const kind : scalars) {
    auto make = [&](Texts const& values, std::vector<std::int32_t> const& starts, std::vector<bool> const& there,
                    std::vector<bool> const& lists_there, bool regular) {
      std::vector<Made> facts;
      facts.push_back(regular ? texts("x", values) : through_dictionary("x", values));
      auto items = structs("item", static_cast<std::int64_t>(values.size()), std::move(facts), there);
      return lists<std::int32_t>("+l", "列", starts, std::move(items), lists_there);
    };
    std::vector<std::int32_t> starts{0};
    std::vector<bool> lists_there, there;
    for (int row = 0; row < 60; ++row) {
      lists_there.push_back(random() % 5 != 0);
      starts.push_back(starts.back() + (lists_there.back() ? static_cast<std::int32_t>(random() % 5) : 0));
    }
    auto const count = static_cast<std::size_t>(starts.back());
    for (std::size_t i = 0; i < count; ++i) there.push_back(random() % 6 != 0);
    auto const values = random_texts(random, count);
    FieldLayout list;
    list.kind = ValueKind::List;
    list.items = {field_of(kind), field_of(ValueKind::Number)};
    list.items[0].name = "x";
    list.items[1].name = "没有";
    check_equal(read(make(values, starts, there, lists_there, true), list, 60),
                read(make(values, starts, there, lists_there, false), list, 60));
  }
}

TEST_CASE("series: in one pass as row by row") {
  std::mt19937 random(13);
  std::vector<std::int32_t> starts{0};
  Texts keys;
  for (int row = 0; row < 80; ++row) {
    auto const years = static_cast<int>(random() % 4);
    for (int year = 0; year < years; ++year) keys.emplace_back(std::to_string(2020 + year) + (year % 2 ? "年" : ""));
    starts.push_back(static_cast<std::int32_t>(keys.size()));
  }
  auto const values = random_texts(random, keys.size());
  auto make = [&](bool regular, bool regular_keys) {
    std::vector<Made> entry;
    entry.push_back(regular_keys ? texts("key", keys) : through_dictionary("key", keys));
    entry.push_back(regular ? texts("value", values) : through_dictionary("value", values));
    return lists<std::int32_t>("+m", "收入", starts,
                               structs("entries", static_cast<std::int64_t>(keys.size()), std::move(entry)));
  };
  auto revenue = field_of(ValueKind::Number);
  revenue.series = SeriesStep::Yearly;
  auto const row_by_row = read(make(false, false), revenue, 80);
  CHECK_FALSE(row_by_row.reports.empty());
  check_equal(read(make(true, true), revenue, 80), row_by_row);
  // A period that stands twice in one row makes the whole column irregular, and only that row suffers.
  auto const second = static_cast<std::size_t>(
      std::find_if(starts.begin(), starts.end(), [&](std::int32_t start) { return start > 0; }) - starts.begin());
  auto const last = static_cast<std::size_t>(starts[second]) - 1;
  keys[last] = last == static_cast<std::size_t>(starts[second - 1]) ? "何年" : keys[last - 1];
  check_equal(read(make(true, true), revenue, 80), read(make(false, false), revenue, 80));
}

TEST_CASE("sets of entries: in one pass as row by row") {
  std::mt19937 random(14);
  std::vector<std::int32_t> starts{0};
  for (int row = 0; row < 50; ++row) starts.push_back(starts.back() + static_cast<std::int32_t>(random() % 5));
  auto const values = random_texts(random, static_cast<std::size_t>(starts.back()));
  auto set = field_of(ValueKind::Set);
  set.element = ValueKind::Enumeration;
  check_equal(read(lists<std::int32_t>("+l", "资质", starts, texts("", values)), set, 50),
              read(lists<std::int32_t>("+l", "资质", starts, through_dictionary("", values)), set, 50));
}

TEST_CASE("decimals of any scale: in one pass as their texts") {
  std::mt19937_64 random(15);
  for (int const scale : {-3, 0, 1, 2, 3, 5, 20}) {
    for (std::int8_t const bare : {std::int8_t{0}, std::int8_t{4}}) {
      std::vector<Int128> raw;
      std::vector<bool> there;
      for (int i = 0; i < 300; ++i) {
        auto const wide = static_cast<std::int64_t>(random()) >> (random() % 64);
        raw.push_back(i % 50 == 0 ? Int128(wide) * wide : Int128(i % 3 == 0 ? wide / 1000 * 1000 : wide));
        there.push_back(random() % 10 != 0);
      }
      auto money = field_of(ValueKind::Number);
      money.high = 5'000'000'000'000'000'000;
      money.bare_exponent = bare;
      auto const made = read(fixed<Int128>("d:38," + std::to_string(scale), "x", raw, there), money, 300);
      std::size_t faults = 0;
      for (std::int64_t i = 0; i < 300; ++i) {
        auto const place = static_cast<std::size_t>(i);
        auto const cell = read_number(raw[place], scale, money);
        bool const fine = there[place] && cell.state == Cell::State::Present;
        CHECK(made.batch.columns[0].present(i) == fine);
        if (fine) CHECK(made.batch.columns[0].at(i) == cell.value);
        faults += there[place] && !fine ? 1 : 0;
      }
      CHECK(made.reports.size() == faults);
    }
  }
}

TEST_CASE("texts are numbered as they come, however many there are") {
  std::vector<std::string> words;
  for (int i = 0; i < 5'000; ++i) words.push_back("第" + std::to_string(i));
  DistinctTexts texts;
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < words.size(); ++i) CHECK(texts.number_of(words[i]) == static_cast<std::int32_t>(i));
  CHECK(texts.count() == 5'000);
  CHECK(texts.number_of("") == 5'000);
}

TEST_CASE("a validity starts at any bit and reads no byte past the last") {
  std::vector<std::uint8_t> const bits{0b1010'1010, 0b1100'1100};
  for (std::int64_t start = 0; start < 16; ++start) {
    Validity valid(16 - start);
    valid.keep(bits.data(), start);
    for (std::int64_t row = 0; row < 16 - start; ++row)
      CHECK(valid.present(row) ==
            (((bits[static_cast<std::size_t>((start + row) / 8)] >> ((start + row) % 8)) & 1) != 0));
    CHECK(Validity(16 - start).all_present());
  }
}

}  // namespace
}  // namespace huiyu::columns
