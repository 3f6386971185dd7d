// One record at a time is read as it is among others, whatever stands in the text.

#include "runtime/records/json_record.h"

#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace huiyu::records {
namespace {

using columns::FieldLayout;
using columns::ValueKind;

FieldLayout field(std::string name, ValueKind kind) {
  FieldLayout made;
  made.name = std::move(name);
  made.kind = kind;
  return made;
}
FieldLayout money(std::string name) {
  auto made = field(std::move(name), ValueKind::Number);
  made.measure = columns::Measure::Yuan;
  made.scale = 2;
  made.low = -1'000'000'000'000;
  made.high = 1'000'000'000'000;
  return made;
}
FieldLayout of_entries(std::string name, ValueKind kind) {
  auto made = field(std::move(name), kind);
  made.entries = {"大型", "中型", "小型", "微型"};
  return made;
}

columns::RecordLayout firm(bool with_list = false) {
  columns::RecordLayout layout;
  layout.schema = "企业";
  layout.fields = {field("记录", ValueKind::Text),
                   field("专精特新", ValueKind::Truth),
                   of_entries("划型", ValueKind::Enumeration),
                   money("资产"),
                   money("负债"),
                   of_entries("资质", ValueKind::Set),
                   field("成立日期", ValueKind::Date),
                   field("信用代码", ValueKind::CreditCode),
                   field("标签", ValueKind::Set)};
  layout.fields.back().element = ValueKind::Text;
  if (with_list) {
    auto list = field("项目", ValueKind::List);
    list.items = {money("投资")};
    layout.fields.push_back(list);
  }
  layout.key = 0;
  return layout;
}

// What a batch says, fact by fact.
std::string said(columns::Batch const& batch) {
  auto text = fmt::format("{} rows", batch.row_count);
  for (auto const& column : batch.columns)
    for (std::int64_t row = 0; row < batch.row_count; ++row) {
      text += "\n";
      if (!column.present(row)) {
        text += "missing";
      } else if (column.items != nullptr) {
        auto const at = static_cast<std::size_t>(row);
        text += fmt::format("{}–{}: ", column.starts[at], column.starts[at + 1]) + said(*column.items);
      } else if (column.texts.empty()) {
        text += fmt::format("{}", column.at(row));
      } else {
        text += column.text(row);
      }
    }
  return text;
}

struct Counts {
  int records = 0, refused = 0;
};
// One reader for all texts: nothing may be left of the record before.
void check_same(JsonRecordReader& reader, columns::RecordLayout const& layout, std::string const& text,
                Counts& counts) {
  CAPTURE(text);
  auto const wanted = read_json_records(text, layout);
  auto const read = reader.read(text);
  if (!wanted || wanted->batch.row_count != 1) {
    ++counts.refused;
    REQUIRE(!read);
    return;
  }
  ++counts.records;
  REQUIRE(read.has_value());
  REQUIRE(said((*read)->batch) == said(wanted->batch));
  REQUIRE((*read)->reports == wanted->reports);
  REQUIRE((*read)->unknown_fields == wanted->unknown_fields);
}

constexpr std::string_view values[] = {"null",
                                       "true",
                                       "false",
                                       "\"是\"",
                                       "0",
                                       "-0",
                                       "12",
                                       "-12.5",
                                       "12.345",
                                       "1e3",
                                       "1.5E-1",
                                       "0.10",
                                       "007",
                                       "1.",
                                       ".5",
                                       "- 5",
                                       "1 2",
                                       "1234567890123456789012",
                                       "\"\"",
                                       "\"  \"",
                                       "\"大型\"",
                                       "\"小 型\"",
                                       "\"\\u5927型\"",
                                       "\"特大型\"",
                                       "[]",
                                       "[\"大型\"]",
                                       "[\"微型\",\"大型\",\"微型\"]",
                                       "[\"\"]",
                                       "[null]",
                                       "[\"中型\",\"无\"]",
                                       "[3]",
                                       "\"大型、小型\"",
                                       "\"2000万元\"",
                                       "\"2,000.50元\"",
                                       "\"2024-02-29\"",
                                       "\"2023年2月29日\"",
                                       "20240229",
                                       "\"91350100M000100Y43\"",
                                       "\"91350100M000100Y44\"",
                                       "{}",
                                       "[{}]",
                                       "\"\\ud800\"",
                                       "\"a\\\"b\\n\"",
                                       "tru",
                                       "nulll",
                                       "9999999999999",
                                       "-1000000000000.00"};

std::string random_record(std::mt19937_64& random, columns::RecordLayout const& layout) {
  std::string text = "{";
  for (auto const& one : layout.fields) {
    auto const times = random() % 8 == 0 ? random() % 3 : 1;
    for (std::uint64_t k = 0; k < times; ++k) {
      auto const& name = random() % 40 == 0 ? "别的" : one.name;
      text += fmt::format("{}\"{}\"{}:{}", text.size() == 1 ? "" : ", ", name, random() % 9 == 0 ? " " : "",
                          values[random() % std::size(values)]);
    }
  }
  return text + "}";
}

TEST_CASE("any record is read as read_json_records reads it") {
  std::mt19937_64 random(21);
  Counts counts;
  for (bool with_list : {false, true}) {
    auto const layout = firm(with_list);
    JsonRecordReader reader(layout);
    for (int round = 0; round < 6000; ++round) check_same(reader, layout, random_record(random, layout), counts);
  }
  CHECK(counts.records > 2000);
  CHECK(counts.refused > 2000);
}

TEST_CASE("a damaged text is refused, or read as read_json_records reads it") {
  auto const layout = firm();
  JsonRecordReader reader(layout);
  std::mt19937_64 random(22);
  Counts counts;
  std::string const whole =
      R"({"记录":"甲","专精特新":true,"划型":"小型","资产":1234567.89,"负债":-5,"资质":["大型","微型"],)"
      R"("成立日期":"2019-06-30","信用代码":"91350100M000100Y43"})";
  check_same(reader, layout, whole, counts);
  check_same(reader, layout, "[" + whole + "]", counts);
  check_same(reader, layout, whole + whole, counts);
  check_same(reader, layout, "\xEF\xBB\xBF " + whole + "\n", counts);
  for (std::size_t size = 0; size < whole.size(); ++size) check_same(reader, layout, whole.substr(0, size), counts);
  constexpr std::string_view bytes = "{}[]\":,\\ 0519.-eEtn\x01\x80\xE5";
  for (int round = 0; round < 20'000; ++round) {
    auto text = whole;
    for (auto left = 1 + random() % 2; left > 0; --left) {
      auto const at = random() % text.size();
      if (random() % 3 == 0)
        text.erase(at, 1 + random() % 4);
      else if (random() % 2 == 0)
        text[at] = bytes[random() % bytes.size()];
      else
        text.insert(at, 1, bytes[random() % bytes.size()]);
    }
    check_same(reader, layout, text, counts);
  }
  CHECK(counts.records > 1000);
  CHECK(counts.refused > 1000);
}

TEST_CASE("nothing of a record is left in the next") {
  auto const layout = firm();
  JsonRecordReader reader(layout);
  REQUIRE(reader.read(R"({"记录":"甲","专精特新":true,"资产":5,"资质":["大型"],"标签":["新"]})").has_value());
  auto const read = reader.read(R"({"记录":"乙"})");
  REQUIRE(read.has_value());
  CHECK(said((*read)->batch) == "1 rows\n乙" + [] {
    std::string missing;
    for (int i = 0; i < 8; ++i) missing += "\nmissing";
    return missing;
  }());
}

}  // namespace
}  // namespace huiyu::records
