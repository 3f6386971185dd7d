#include "compiler/driver/data_check.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/counted.h"
#include "compiler/driver/options.h"
#include "compiler/driver/records.h"
#include "compiler/driver/results.h"
#include "runtime/base/utf8.h"
#include "runtime/columns/key_watch.h"

namespace huiyu::driver {
namespace {

using columns::Batch;
using columns::CellReport;
using columns::Column;
using columns::FieldLayout;
using columns::ValueKind;
using Json = nlohmann::ordered_json;

constexpr std::size_t most_examples = 3;
constexpr std::size_t most_sampled = 3;
constexpr std::size_t longest_sampled = 40;  // characters of one value

bool has_range(FieldLayout const& field) {
  return field.kind == ValueKind::Number || field.kind == ValueKind::Date || field.kind == ValueKind::Year ||
         field.kind == ValueKind::Month;
}

bool is_rows(FieldLayout const& field) {
  return field.kind == ValueKind::List && field.series == columns::SeriesStep::None;
}

void add_summaries(std::vector<FactSummary>& facts, std::string const& before, FieldLayout const& field) {
  FactSummary fact;
  fact.name = before + field.name;
  fact.field = &field;
  facts.push_back(std::move(fact));
  if (!is_rows(field)) return;
  for (auto const& item : field.items) add_summaries(facts, before + field.name + ".", item);
}

void widen(FactSummary& fact, Column const& column, std::int64_t rows) {
  for (std::int64_t row = 0; row < rows; ++row) {
    if (!column.present(row)) continue;
    auto const value = column.at(row);
    fact.low = std::min(fact.low.value_or(value), value);
    fact.high = std::max(fact.high.value_or(value), value);
  }
}

// Takes as many summaries as the field has, from `at` on.
void add_column(std::vector<FactSummary>& facts, std::size_t& at, FieldLayout const& field, Column const& column,
                std::int64_t rows) {
  auto& fact = facts[at++];
  std::int64_t present = 0;
  for (std::int64_t row = 0; row < rows; ++row) present += column.present(row) ? 1 : 0;
  fact.present += present;
  fact.missing += rows - present;
  if (!columns::has_items(field)) {
    if (has_range(field)) widen(fact, column, rows);
    return;
  }
  fact.items += column.items->row_count;
  if (field.series != columns::SeriesStep::None && has_range(field))
    widen(fact, column.items->columns[1], column.items->row_count);
  if (is_rows(field))
    for (std::size_t i = 0; i < field.items.size(); ++i)
      add_column(facts, at, field.items[i], column.items->columns[i], column.items->row_count);
}

// The fact that a report is about: without the table's name before it and the period behind it.
std::string_view fact_of(CellReport const& report) {
  std::string_view name = report.field;
  if (auto const blank = name.rfind(' '); blank != std::string_view::npos) name.remove_prefix(blank + 1);
  return name.substr(0, name.find('['));
}

std::string shortened(std::string const& text) {
  std::string shown;
  std::size_t count = 0;
  for (auto const at : code_points(text)) {
    if (++count > longest_sampled) return shown + "…";
    append_utf8(shown, at.value);
  }
  return shown;
}

std::string shown_cell(FieldLayout const& field, Column const& column, std::int64_t row) {
  if (!column.present(row)) return "";
  if (!columns::has_items(field)) return shortened(columns::cell_text(column, field, row));
  auto const place = static_cast<std::size_t>(row);
  auto const fields = columns::item_fields(field);
  if (is_rows(field)) return fmt::format("[{}]", column.starts[place + 1] - column.starts[place]);
  std::string shown;
  for (auto item = column.starts[place]; item < column.starts[place + 1]; ++item) {
    if (!shown.empty()) shown += "、";
    for (std::size_t i = 0; i < fields.size(); ++i) {
      auto const& part = column.items->columns[i];
      shown += (i == 0 ? "" : "=") + (part.present(item) ? columns::cell_text(part, fields[i], item) : "?");
    }
  }
  return shown.empty() ? "[]" : shortened(shown);
}

std::string bound(FactSummary const& fact, std::optional<std::int64_t> value) {
  return value ? columns::value_text(*fact.field, *value) : "";
}

std::string joined(std::vector<std::string> const& texts) {
  std::string all;
  for (auto const& text : texts) all += (all.empty() ? "" : "、") + text;
  return all;
}

Json json_of(CellReport const& report) {
  return {{"row", report.row + 1},
          {"field", report.field},
          {"text", report.text},
          {"fault", columns::cell_fault_name(report.fault)}};
}

}  // namespace

DataCheck::DataCheck(columns::RecordLayout const& layout) : layout_(layout) {
  for (auto const& field : layout_.fields) add_summaries(facts_, "", field);
}

void DataCheck::add(Batch const& batch) {
  rows_ += batch.row_count;
  std::size_t at = 0;
  for (std::size_t i = 0; i < layout_.fields.size(); ++i)
    add_column(facts_, at, layout_.fields[i], batch.columns[i], batch.row_count);
  for (std::int64_t row = 0; row < batch.row_count && sample_.size() < most_sampled; ++row)
    sample_.push_back(shown_record(batch, row));
}

std::vector<std::string> DataCheck::shown_record(Batch const& batch, std::int64_t row) const {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < layout_.fields.size(); ++i)
    texts.push_back(shown_cell(layout_.fields[i], batch.columns[i], row));
  return texts;
}

void DataCheck::add(std::vector<CellReport> const& reports) {
  for (auto const& report : reports) {
    ++reported_;
    auto const name = fact_of(report);
    auto const found =
        std::find_if(facts_.begin(), facts_.end(), [&](FactSummary const& fact) { return fact.name == name; });
    if (report.fault == columns::CellFault::NoSuchRecord || found == facts_.end()) {
      ++stray_count_;
      if (strays_.size() < most_examples) strays_.push_back(report);
      continue;
    }
    ++found->faults;
    bool const key = layout_.key >= 0 && found->field == &layout_.fields[static_cast<std::size_t>(layout_.key)];
    if (key && report.fault == columns::CellFault::DuplicateKey) ++duplicates_;
    if (found->examples.size() < most_examples) found->examples.push_back(report);
  }
}

void DataCheck::set_fields(std::vector<std::string> unknown, std::vector<std::string> absent) {
  unknown_ = std::move(unknown);
  absent_ = std::move(absent);
}

bool DataCheck::left_out(FactSummary const& fact) const {
  return std::ranges::any_of(facts_, [&](FactSummary const& whole) {
    bool const own = fact.name == whole.name || fact.name.starts_with(whole.name + ".");
    return own && whole.field->computed && whole.present == 0;
  });
}

std::vector<FactSummary const*> DataCheck::shown_facts() const {
  std::vector<FactSummary const*> shown;
  for (auto const& fact : facts_)
    if (!left_out(fact)) shown.push_back(&fact);
  return shown;
}

std::size_t DataCheck::field_count() const {
  auto const absent =
      std::ranges::count_if(facts_, [](FactSummary const& fact) { return fact.field->computed && fact.present == 0; });
  return layout_.fields.size() - static_cast<std::size_t>(absent);
}

std::string DataCheck::to_text(Language language) const {
  auto const say = [&](std::string_view zh, std::string_view en) { return words(language, zh, en); };
  auto const number = [](std::int64_t count) { return static_cast<std::size_t>(count); };
  auto text =
      language == Language::Chinese
          ? fmt::format("{} 条记录，{} 个字段，{} 处读不成，{} 个重复的键\n", rows_, field_count(), reported_,
                        duplicates_)
          : fmt::format("{}, {}, {} reported, {}\n", counted(number(rows_), "record"), counted(field_count(), "field"),
                        counted(number(reported_), "cell"), counted(number(duplicates_), "duplicate key"));
  std::vector<std::vector<std::string>> table{{say("字段", "field"), say("有值", "present"), say("缺", "missing"),
                                               say("读不成", "reported"), say("行或期", "items"), say("最小", "lowest"),
                                               say("最大", "highest")}};
  for (auto const* fact : shown_facts())
    table.push_back({fact->name, std::to_string(fact->present), std::to_string(fact->missing),
                     std::to_string(fact->faults), columns::has_items(*fact->field) ? std::to_string(fact->items) : "",
                     bound(*fact, fact->low), bound(*fact, fact->high)});
  std::vector<std::size_t> widths(table.front().size());
  for (auto const& row : table)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  for (auto const& row : table) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += (i == 0 ? "" : "  ") + pad(row[i], widths[i], i >= 1);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  for (auto const& fact : facts_)
    for (auto const& report : fact.examples) text += describe(report, language) + "\n";
  for (auto const& report : strays_) text += describe(report, language) + "\n";
  if (!unknown_.empty()) text += say("未使用的列：", "columns not used: ") + joined(unknown_) + "\n";
  if (!absent_.empty()) text += say("数据里没有的字段：", "facts without a column: ") + joined(absent_) + "\n";
  for (std::size_t i = 0; i < sample_.size(); ++i) {
    text += fmt::format("{} {}\n", say("样本", "sample"), i + 1);
    for (std::size_t field = 0; field < sample_[i].size(); ++field)
      if (!sample_[i][field].empty()) text += "  " + layout_.fields[field].name + " = " + sample_[i][field] + "\n";
  }
  return text;
}

std::string DataCheck::to_json() const {
  Json fields = Json::array();
  for (auto const* shown : shown_facts()) {
    auto const& fact = *shown;
    Json one{{"name", fact.name}, {"present", fact.present}, {"missing", fact.missing}, {"reported", fact.faults}};
    if (columns::has_items(*fact.field)) one["items"] = fact.items;
    if (fact.low) {
      one["lowest"] = bound(fact, fact.low);
      one["highest"] = bound(fact, fact.high);
    }
    for (auto const& report : fact.examples) one["examples"].push_back(json_of(report));
    fields.push_back(std::move(one));
  }
  Json sample = Json::array();
  for (auto const& record : sample_) {
    Json one = Json::object();
    for (std::size_t i = 0; i < record.size(); ++i)
      if (!record[i].empty()) one[layout_.fields[i].name] = record[i];
    sample.push_back(std::move(one));
  }
  Json strays = Json::array();
  for (auto const& report : strays_) strays.push_back(json_of(report));
  Json const all{{"records", rows_},
                 {"reported", reported_},
                 {"duplicate_keys", duplicates_},
                 {"rows_without_record", stray_count_},
                 {"fields", fields},
                 {"rows_without_record_examples", strays},
                 {"columns_not_used", unknown_},
                 {"facts_without_column", absent_},
                 {"sample", sample}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace huiyu::driver
