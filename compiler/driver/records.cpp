#include "compiler/driver/records.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compiler/diag/render.h"
#include "compiler/driver/counted.h"
#include "compiler/driver/options.h"
#include "runtime/base/decimal.h"
#include "runtime/columns/key_watch.h"
#include "runtime/records/json_records.h"

namespace huiyu::driver {

namespace {

// More cells than people read; the rest is counted.
constexpr std::int64_t shown_reports = 20;

class JsonSource : public RecordSource {
 public:
  JsonSource(records::JsonRecords records, columns::RecordLayout const& layout)
      : read_{std::move(records.batch), std::move(records.reports)}, layout_(layout), keys_(layout_) {
    unknown_fields_ = std::move(records.unknown_fields);
  }

  Result<std::optional<Unread>> fetch() override {
    if (std::exchange(ended_, true)) return std::optional<Unread>{};
    return std::optional(Unread{read_.batch.row_count, [this]() -> Result<ReadBatch> { return std::move(read_); }});
  }
  void settle(ReadBatch& read) override {
    keys_.see(read.batch, read.reports);
    add_reports(std::move(read.reports));
  }

 private:
  ReadBatch read_;
  columns::RecordLayout layout_;
  columns::KeyWatch keys_;
  bool ended_ = false;
};

Result<std::string> read_text(std::string const& path, Language language) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorKind::Usage, path + words(language, "：打不开", ": cannot be opened")};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

Result<std::optional<columns::Batch>> RecordSource::next() {
  auto unread = fetch();
  if (!unread) return unread.error();
  if (!unread->has_value()) {
    conclude();
    return std::optional<columns::Batch>{};
  }
  auto read = (*unread)->read();
  if (!read) return read.error();
  settle(*read);
  return std::optional<columns::Batch>{std::move(read->batch)};
}

void RecordSource::add_reports(std::vector<columns::CellReport> reports) {
  reports_.insert(reports_.end(), std::make_move_iterator(reports.begin()), std::make_move_iterator(reports.end()));
}

// Defined beside the data module's loader.
Result<std::unique_ptr<RecordSource>> open_data(RecordOptions const& options, columns::RecordLayout const& layout,
                                                Language language);

void RecordOptions::add_json_to(CLI::App& app, Language language) {
  app.add_option("--records", records,
                 words(language, "JSON 记录：一个对象、一个数组或每行一个对象；- 为标准输入",
                       "records as JSON: an object, an array, or an object a line; - is standard input"));
}

void RecordOptions::add_data_to(CLI::App& app, Language language) {
  app.add_option(
         "--data", tables,
         words(
             language,
             "记录文件：.parquet、.csv、.tsv、.json、.jsonl、.xlsx，或给出记录的 SQL（.sql）；几种记录写明各是哪一种："
             "`--data 企业=企业.csv --data 项目=项目.csv`",
             "a file of records: .parquet, .csv, .tsv, .json, .jsonl, .xlsx, or a SQL text that yields them (.sql); of "
             "several kinds of records each is named: `--data 企业=企业.csv --data 项目=项目.csv`"))
      ->allow_extra_args(false);
  app.add_option("--sql", sql, words(language, "给出记录的 SQL 语句", "a SQL text that yields the records"));
  app.add_option("--mapping", mapping,
                 words(language, "映射（.toml）：列名、单位、日期写法、缺失记号、子表如何对应规则里的字段",
                       "a mapping (.toml): which columns, units, forms and tables the facts are read from"));
  app.add_option(
      "--history", history,
      words(language, "发放记录的文件，按“键”一列与记录对应：键、政策、项目、考核年度、日期、金额",
            "a file of earlier payments, joined to records by its column 键: 键, 政策, 项目, 考核年度, 日期, 金额"));
  app.add_flag("--strict", strict,
               words(language, "有读不懂的单元格时不运行，退出码 4", "refuse data with unreadable cells, exit code 4"));
}

void RecordOptions::add_with_to(CLI::App& app, Language language) {
  app.add_option(
         "--with", with,
         words(language, "记录所指向的另一种记录：`企业=企业.parquet`，或者给出它的映射 `企业=企业.toml`；可多次使用",
               "other records that these point at: `企业=企业.parquet`, or its mapping `企业=企业.toml`; may be "
               "repeated"))
      ->allow_extra_args(false);
}

Result<std::unique_ptr<RecordSource>> open_records(RecordOptions const& options, columns::RecordLayout const& layout,
                                                   Language language) {
  auto given = static_cast<int>(!options.records.empty()) + static_cast<int>(!options.data.empty()) +
               static_cast<int>(!options.sql.empty());
  if (given != 1 && !(given == 0 && !options.mapping.empty()))
    return Error{ErrorKind::Usage,
                 words(language, "须恰好给出一处记录来源", "exactly one source of records is needed")};
  if (!options.records.empty() && !options.mapping.empty())
    return Error{ErrorKind::Usage,
                 words(language, "--mapping 用于 --data 和 --sql，JSON 记录按字段的名称读",
                       "--mapping is for --data and --sql; records as JSON name the facts themselves")};
  if (!options.records.empty() && !options.history.empty())
    return Error{ErrorKind::Usage, words(language, "--history 用于 --data 和 --sql，JSON 记录自己写 历史",
                                         "--history is for --data and --sql; records as JSON state 历史 themselves")};
  if (options.records.empty()) return open_data(options, layout, language);
  for (std::string_view const end : {".csv", ".tsv", ".xlsx", ".parquet", ".sql"})
    if (options.records.ends_with(end))
      return Error{ErrorKind::Usage, options.records + words(language, "：--records 读 JSON，表格用 --data",
                                                             ": --records reads JSON, --data reads tables")};
  auto text = read_text(options.records, language);
  if (!text) return text.error();
  auto records = records::read_json_records(*text, layout);
  if (!records) return Error{records.error().kind, options.records + ": " + records.error().message};
  return std::unique_ptr<RecordSource>(std::make_unique<JsonSource>(std::move(*records), layout));
}

std::string key_of(columns::Batch const& batch, columns::RecordLayout const& layout, std::int64_t row) {
  if (layout.key < 0) return std::to_string(batch.first_row + row + 1);
  auto const& column = batch.columns[static_cast<std::size_t>(layout.key)];
  if (!column.present(row)) return "";
  auto const& field = layout.fields[static_cast<std::size_t>(layout.key)];
  switch (field.kind) {
    case columns::ValueKind::Text:
    case columns::ValueKind::CreditCode: return column.text(row);
    case columns::ValueKind::Code:
      return std::string(codes::entries(field.system)[static_cast<std::size_t>(column.at(row))].code);
    case columns::ValueKind::Enumeration: return field.entries[static_cast<std::size_t>(column.at(row))];
    case columns::ValueKind::Truth:
    case columns::ValueKind::Number:
    case columns::ValueKind::Date:
    case columns::ValueKind::Year:
    case columns::ValueKind::Month:
    case columns::ValueKind::List:
    case columns::ValueKind::Set: break;
  }
  return print_decimal(column.at(row), field.scale);
}

std::vector<std::string> keys_of(columns::Batch const& batch, columns::RecordLayout const& layout) {
  std::vector<std::string> keys;
  for (std::int64_t row = 0; row < batch.row_count; ++row) keys.push_back(key_of(batch, layout, row));
  return keys;
}

namespace {

using CellKind = diag::Kind<diag::Count, diag::Words, diag::Words>;

CellKind const& kind_of(columns::CellFault fault) {
  switch (fault) {
    case columns::CellFault::Unreadable: return diag::CellUnreadable;
    case columns::CellFault::OutOfRange: return diag::CellOutOfRange;
    case columns::CellFault::TooManyDecimals: return diag::CellTooFine;
    case columns::CellFault::UnknownCode: return diag::CellUnknownCode;
    case columns::CellFault::AmbiguousCode: return diag::CellAmbiguousCode;
    case columns::CellFault::UnknownEntry: return diag::CellUnknownEntry;
    case columns::CellFault::NotACreditCode: return diag::CellNotACreditCode;
    case columns::CellFault::ForeignCurrency: return diag::CellForeignCurrency;
    case columns::CellFault::NoSuchRecord: return diag::CellNoSuchRecord;
    case columns::CellFault::DuplicateKey: break;
  }
  return diag::CellTwice;
}

}  // namespace

std::string describe(columns::CellReport const& report, Language language) {
  auto const& kind = kind_of(report.fault).info;
  diag::Message message{&kind.format, {}};
  message.arguments = {diag::make_argument(report.row + 1), diag::make_argument(diag::Words(report.field)),
                       diag::make_argument(diag::Words(report.text))};
  return fmt::format("{}[{}]{}{}", diag::severity_word(kind.severity, language), kind.code, words(language, "：", ": "),
                     diag::print(message, language));
}

void ReportPrinter::print(std::vector<columns::CellReport> const& reports) {
  for (auto const& report : reports)
    if (++count_ <= shown_reports) fmt::print(stderr, "{}\n", describe(report, language_));
}

void ReportPrinter::finish() {
  if (count_ > shown_reports)
    fmt::print(stderr, "{}\n",
               language_ == Language::Chinese
                   ? fmt::format("……另有 {} 个单元格未能读取", count_ - shown_reports)
                   : fmt::format("… and {}", counted(static_cast<std::size_t>(count_ - shown_reports), "more cell")));
}

}  // namespace huiyu::driver
