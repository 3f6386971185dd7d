// Records as JSON: what a portal or a register sends, and what an attacker might.

#include "runtime/records/json_records.h"

#include <random>

#include <doctest/doctest.h>

namespace huiyu::records {
namespace {

using columns::CellFault;
using columns::CellReport;
using columns::FieldLayout;
using columns::Measure;
using columns::RecordLayout;
using columns::SeriesStep;
using columns::ValueKind;

FieldLayout field(std::string name, ValueKind kind) {
  FieldLayout made;
  made.name = std::move(name);
  made.kind = kind;
  return made;
}
FieldLayout money(std::string name) {
  auto made = field(std::move(name), ValueKind::Number);
  made.measure = Measure::Yuan;
  made.scale = 2;
  made.low = -1'000'000'000'000'000;
  made.high = 1'000'000'000'000'000;
  return made;
}

RecordLayout firm() {
  RecordLayout layout;
  layout.schema = "企业";
  auto size = field("划型", ValueKind::Enumeration);
  size.entries = {"大型", "中型", "小型", "微型"};
  auto tags = field("资质", ValueKind::Set);
  tags.entries = {"专精特新", "高新技术企业"};
  auto revenue = money("营业收入");
  revenue.series = SeriesStep::Yearly;
  auto projects = field("技改项目", ValueKind::List);
  projects.items = {money("设备投资额"), field("新上", ValueKind::Truth)};
  layout.fields = {field("记录", ValueKind::Text),
                   field("专精特新", ValueKind::Truth),
                   size,
                   money("资产"),
                   tags,
                   revenue,
                   projects,
                   field("成立日期", ValueKind::Date)};
  layout.key = 0;
  return layout;
}
enum Place : std::size_t { Name, Special, Size, Assets, Tags, Revenue, Projects, Founded };

JsonRecords read(std::string_view text) {
  auto records = read_json_records(text, firm());
  REQUIRE_MESSAGE(records.has_value(), (records ? "" : records.error().message));
  return std::move(*records);
}

TEST_CASE("one object is one record, facts as a drafter writes them") {
  auto const records =
      read(R"({"记录": "甲", "专精特新": "是", "划型": "小型", "资产": "2000万元", "成立日期": "2020-05-01",
    "资质": ["高新技术企业", "专精特新", "专精特新"], "营业收入": {"2023年": "1亿元", "2022年": "5000万元"},
    "技改项目": [{"设备投资额": "120万元", "新上": true}, {"设备投资额": null, "新上": "否"}]})");
  CHECK(records.reports.empty());
  CHECK(records.unknown_fields.empty());
  auto const& batch = records.batch;
  REQUIRE(batch.row_count == 1);
  CHECK(batch.columns[Name].text(0) == "甲");
  CHECK(batch.columns[Special].at(0) == 1);
  CHECK(batch.columns[Size].at(0) == 2);
  CHECK(batch.columns[Assets].at(0) == 2'000'000'000);

  auto const& tags = *batch.columns[Tags].items;
  REQUIRE(tags.row_count == 2);
  CHECK(tags.columns[0].at(0) == 0);
  CHECK(tags.columns[0].at(1) == 1);

  auto const& revenue = *batch.columns[Revenue].items;
  REQUIRE(revenue.row_count == 2);
  CHECK(revenue.columns[0].at(0) == 2022);
  CHECK(revenue.columns[1].at(0) == 5'000'000'000);
  CHECK(revenue.columns[0].at(1) == 2023);

  auto const& projects = batch.columns[Projects];
  CHECK(projects.starts == std::vector<std::int64_t>{0, 2});
  CHECK(projects.items->columns[0].at(0) == 120'000'000);
  CHECK_FALSE(projects.items->columns[0].present(1));
  CHECK(projects.items->columns[1].at(1) == 0);
}

TEST_CASE("an array and JSON lines are several records; absent, null and blank facts are missing") {
  for (auto const* text : {R"([{"专精特新": true}, {"专精特新": null}, {}, {"专精特新": " "}])",
                           "{\"专精特新\": true}\n{\"专精特新\": null}\n\n{}\n{\"专精特新\": \" \"}\n",
                           "\xEF\xBB\xBF{\"专精特新\":1}{\"专精特新\":null}{}{\"专精特新\":\"\"}"}) {
    CAPTURE(text);
    auto const records = read(text);
    CHECK(records.reports.empty());
    REQUIRE(records.batch.row_count == 4);
    CHECK(records.batch.columns[Special].present(0));
    for (std::int64_t row = 1; row < 4; ++row) CHECK_FALSE(records.batch.columns[Special].present(row));
  }
  CHECK(read("").batch.row_count == 0);
  CHECK(read("[]").batch.row_count == 0);
}

TEST_CASE("numbers are read by their digits") {
  auto const records = read(
      R"([{"资产": 0.1}, {"资产": 12345678901.23}, {"资产": 1.5e6}, {"资产": 70}, {"资产": -0.0}, {"资产": 0.30000000000000004}, {"资产": 1e99}])");
  auto const& assets = records.batch.columns[Assets];
  CHECK(assets.at(0) == 10);
  CHECK(assets.at(1) == 1'234'567'890'123);
  CHECK(assets.at(2) == 150'000'000);
  CHECK(assets.at(3) == 7'000);
  CHECK(assets.at(4) == 0);
  CHECK_FALSE(assets.present(5));
  CHECK_FALSE(assets.present(6));
  REQUIRE(records.reports.size() == 2);
  CHECK(records.reports[0] == CellReport{5, "资产", "0.30000000000000004", CellFault::TooManyDecimals});
  CHECK(records.reports[1].row == 6);
}

TEST_CASE("an empty list is empty, a missing one missing") {
  auto const records = read(R"([{"技改项目": [], "资质": []}, {"技改项目": null, "资质": null}])");
  auto const& batch = records.batch;
  CHECK(batch.columns[Projects].present(0));
  CHECK_FALSE(batch.columns[Projects].present(1));
  CHECK(batch.columns[Tags].present(0));
  CHECK_FALSE(batch.columns[Tags].present(1));
  CHECK(batch.columns[Projects].starts == std::vector<std::int64_t>{0, 0, 0});
}

TEST_CASE("what cannot be read is reported with row, path and text, and only that fact is missing") {
  auto result = read_json_records(
      R"([{"划型": "特大型", "专精特新": "是", "资质": ["专精特新", "不详证书"], "营业收入": {"2023年": "一亿", "去年": "1元", "2022": "1元", "2022年": "2元"},
    "技改项目": [{"设备投资额": "0.001元"}], "资产": {"值": 1}}])",
      firm(), 100);
  REQUIRE(result.has_value());
  auto const& records = *result;
  CHECK(records.batch.first_row == 100);
  std::vector<CellReport> const expected{{100, "划型", "特大型", CellFault::UnknownEntry},
                                         {100, "资产", "{… 1}", CellFault::Unreadable},
                                         {100, "资质", "不详证书", CellFault::UnknownEntry},
                                         {100, "营业收入", "去年", CellFault::Unreadable},
                                         {100, "营业收入[2022]", "2022", CellFault::DuplicateKey},
                                         {100, "营业收入[2023年]", "一亿", CellFault::Unreadable},
                                         {100, "技改项目.设备投资额", "0.001元", CellFault::TooManyDecimals}};
  CHECK(records.reports == expected);
  CHECK(records.batch.columns[Special].at(0) == 1);
  // The set keeps what was read, and knows that something else was named.
  auto const& tags = *records.batch.columns[Tags].items;
  REQUIRE(tags.row_count == 2);
  CHECK(tags.columns[0].at(0) == 0);
  CHECK_FALSE(tags.columns[0].present(1));
  // A period that was named twice exists, and its value is missing.
  auto const& revenue = *records.batch.columns[Revenue].items;
  REQUIRE(revenue.row_count == 2);
  CHECK(revenue.columns[0].at(0) == 2022);
  CHECK_FALSE(revenue.columns[1].present(0));
}

TEST_CASE("a fact that is stated twice is missing; unknown fields are named once") {
  auto const records = read(R"([{"资产": "1元", "资产": "2元", "电话": 1}, {"电话": 2, "技改项目": [{"型号": "A"}]}])");
  CHECK_FALSE(records.batch.columns[Assets].present(0));
  CHECK(records.reports == std::vector<CellReport>{{0, "资产", "资产", CellFault::DuplicateKey}});
  CHECK(records.unknown_fields == std::vector<std::string>{"技改项目.型号", "电话"});
}

TEST_CASE("kinds of JSON that no such fact can have") {
  auto const records = read(
      R"([{"专精特新": [1]}, {"技改项目": {"设备投资额": 1}}, {"技改项目": [1, 2]}, {"资质": [["专精特新"]]}, {"营业收入": [1]}, {"记录": true}, {"专精特新": 2}])");
  CHECK(records.reports.size() == 7);
  for (auto const& report : records.reports) CHECK(report.fault == CellFault::Unreadable);
  for (std::size_t i = 0; i < records.reports.size(); ++i)
    CHECK(records.reports[i].row == static_cast<std::int64_t>(i));
}

TEST_CASE("a set may be one text with separators, unless the text is one entry") {
  auto layout = firm();
  layout.fields[Tags].entries = {"住宿业、餐饮业", "住宿业", "餐饮业"};
  auto const records = read_json_records(R"([{"资质": "住宿业、餐饮业"}, {"资质": "餐饮业；住宿业"}])", layout);
  REQUIRE(records.has_value());
  CHECK(records->batch.columns[Tags].starts == std::vector<std::int64_t>{0, 1, 3});
  CHECK(records->batch.columns[Tags].items->columns[0].at(0) == 0);
}

TEST_CASE("text that is no such JSON is an error that names the record") {
  for (auto const* text :
       {"{", "[", "[{}", "[{},]", "[{}]{}", "{}[{}]", "[1]", "1", "\"a\"", "{\"资产\": 01}", "{\"资产\": NaN}",
        "{\"a\" 1}", "{'a': 1}", "[{} {}]", "]", "{}}", "{\"a\": \"\xff\"}", "{\"a\":\"\\ud800\"}", "nul"}) {
    CAPTURE(text);
    CHECK_FALSE(read_json_records(text, firm()).has_value());
  }
  auto const second = read_json_records("{}\n{\"资产\": }", firm());
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().message.find("record 2") != std::string::npos);
}

TEST_CASE("a list longer than sums are proved for is reported and missing") {
  auto const list = [](int count) {
    std::string text = R"({"技改项目": [)";
    for (int i = 0; i < count; ++i) text += i == 0 ? "{}" : ",{}";
    return text + "]}";
  };
  auto const longest = read(list(10'000));
  CHECK(longest.batch.columns[Projects].present(0));
  CHECK(longest.batch.columns[Projects].items->row_count == 10'000);
  auto const longer = read(list(10'001));
  CHECK_FALSE(longer.batch.columns[Projects].present(0));
  CHECK(longer.reports == std::vector<CellReport>{{0, "技改项目", "[… 10001]", CellFault::OutOfRange}});
}

TEST_CASE("size, depth and number of records are capped") {
  std::string deep = "{\"x\": ";
  for (int i = 0; i < 100'000; ++i) deep += '[';
  CHECK_FALSE(read_json_records(deep, firm()).has_value());
  for (int i = 0; i < 100'000; ++i) deep += ']';
  CHECK_FALSE(read_json_records(deep + "}", firm()).has_value());
  JsonLimits limits;
  limits.records = 2;
  CHECK(read_json_records("{}{}", firm(), 0, limits).has_value());
  CHECK_FALSE(read_json_records("{}{}{}", firm(), 0, limits).has_value());
  limits.text_bytes = 3;
  CHECK_FALSE(read_json_records("{ } ", firm(), 0, limits).has_value());
}

TEST_CASE("no mutilated text brings the reader down") {
  std::string const whole =
      R"([{"记录": "甲", "专精特新": "是", "资质": ["专精特新"], "营业收入": {"2023年": 1.5e3}, "技改项目": [{"设备投资额": "120万元", "新上": true}]}])";
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    auto text = whole;
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      auto const at = random() % text.size();
      if (random() % 2 == 0)
        text[at] = static_cast<char>(random());
      else
        text.erase(at, 1 + random() % 4);
      if (text.empty()) break;
    }
    auto const records = read_json_records(text, firm());
    if (records) CHECK(records->batch.columns.size() == firm().fields.size());
  }
}

}  // namespace
}  // namespace huiyu::records
