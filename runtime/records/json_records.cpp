#include "runtime/records/json_records.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "runtime/columns/items.h"
#include "runtime/records/json_tree.h"

namespace huiyu::records {
namespace {

using columns::CellFault;
using columns::ColumnBuilder;
using columns::FieldLayout;
using columns::ReportSite;
using columns::SeriesStep;
using columns::ValueKind;

// A short form of a value for a report.
std::string shown(JsonNode const& node) {
  switch (node.kind) {
    case JsonKind::Null: return "null";
    case JsonKind::Truth:
    case JsonKind::Number:
    case JsonKind::Text: return node.text;
    case JsonKind::Array: return fmt::format("[… {}]", node.children.size());
    case JsonKind::Object: return fmt::format("{{… {}}}", node.children.size());
  }
  return {};
}

class Reader {
 public:
  Reader(columns::RecordLayout const& layout, std::int64_t first_row)
      : columns_(columns::make_builders(layout.fields)), next_row_(first_row) {}

  void add_record(JsonNode const& object) {
    ReportSite const site{reports_, next_row_++, {}};
    add_object(columns_, object, site);
    ++row_count_;
  }

  JsonRecords finish(std::int64_t first_row) {
    JsonRecords records;
    records.batch = columns::finish_batch(columns_);
    records.batch.row_count = row_count_;
    records.batch.first_row = first_row;
    records.reports = std::move(reports_);
    records.unknown_fields.assign(unknown_.begin(), unknown_.end());
    return records;
  }

 private:
  // One row of every column. A name that comes twice says two things, so the fact is missing.
  void add_object(std::vector<ColumnBuilder>& columns, JsonNode const& object, ReportSite const& site) {
    std::vector<JsonNode const*> facts(columns.size(), nullptr);
    std::vector<int> times(columns.size(), 0);
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
      auto const found = std::find_if(columns.begin(), columns.end(),
                                      [&](ColumnBuilder const& c) { return c.field().name == object.keys[i]; });
      if (found == columns.end()) {
        note_unknown(site.field(object.keys[i]).path);
        continue;
      }
      auto const at = static_cast<std::size_t>(found - columns.begin());
      facts[at] = &object.children[i];
      ++times[at];
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto const place = site.field(columns[i].field().name);
      if (times[i] > 1) place.report(columns[i].field().name, CellFault::DuplicateKey);
      if (times[i] == 1)
        add_fact(columns[i], *facts[i], place);
      else
        columns[i].add_missing();
    }
  }

  void add_fact(ColumnBuilder& column, JsonNode const& fact, ReportSite const& site) {
    auto const& field = column.field();
    bool const blank = fact.kind == JsonKind::Text && columns::trim(fact.text).empty();
    if (fact.kind == JsonKind::Null || blank)
      column.add_missing();
    else if (field.series != SeriesStep::None)
      add_series(column, fact, site);
    else if (field.kind == ValueKind::List)
      add_list(column, fact, site);
    else if (field.kind == ValueKind::Set)
      add_set(column, fact, site);
    else
      add_scalar(column, fact, site);
  }

  static void refuse(ColumnBuilder& column, JsonNode const& fact, ReportSite const& site) {
    column.add_missing();
    site.report(shown(fact), CellFault::Unreadable);
  }

  static void add_scalar(ColumnBuilder& column, JsonNode const& fact, ReportSite const& site) {
    bool const truth = column.field().kind == ValueKind::Truth;
    switch (fact.kind) {
      case JsonKind::Text: columns::add_cell(column, fact.text, site); return;
      case JsonKind::Truth:
        if (truth)
          column.add(fact.text == "true" ? 1 : 0);
        else
          refuse(column, fact, site);
        return;
      case JsonKind::Number:
        if (auto const digits = columns::without_exponent(fact.text))
          columns::add_cell(column, *digits, site);
        else
          refuse(column, fact, site);
        return;
      case JsonKind::Null:
      case JsonKind::Array:
      case JsonKind::Object: refuse(column, fact, site); return;
    }
  }

  void add_list(ColumnBuilder& column, JsonNode const& fact, ReportSite const& site) {
    bool const objects = std::all_of(fact.children.begin(), fact.children.end(),
                                     [](JsonNode const& item) { return item.kind == JsonKind::Object; });
    if (fact.kind != JsonKind::Array || !objects) return refuse(column, fact, site);
    auto const count = static_cast<std::int64_t>(fact.children.size());
    if (count > columns::max_list_items) {
      column.add_missing();
      return site.report(shown(fact), CellFault::OutOfRange);
    }
    for (auto const& item : fact.children) add_object(column.items(), item, site);
    column.add_items(count);
  }

  static void add_set(ColumnBuilder& column, JsonNode const& fact, ReportSite const& site) {
    if (fact.kind == JsonKind::Text) return columns::add_set_text(column, fact.text, site);
    if (fact.kind != JsonKind::Array) return refuse(column, fact, site);
    std::vector<std::optional<std::string>> entries;
    for (auto const& entry : fact.children) {
      if (entry.kind == JsonKind::Text || entry.kind == JsonKind::Number)
        entries.emplace_back(entry.text);
      else if (entry.kind == JsonKind::Null)
        entries.emplace_back(std::nullopt);
      else
        return refuse(column, fact, site);
    }
    columns::add_set(column, entries, site);
  }

  void add_series(ColumnBuilder& column, JsonNode const& fact, ReportSite const& site) {
    if (fact.kind != JsonKind::Object) return refuse(column, fact, site);
    columns::add_series(
        column, fact.keys,
        [&](std::size_t i, ColumnBuilder& value, ReportSite const& place) { add_fact(value, fact.children[i], place); },
        site);
  }

  // A text may name fields without end; what the command can warn of is limited.
  void note_unknown(std::string path) {
    constexpr std::size_t limit = 1000;
    if (unknown_.size() < limit) unknown_.insert(std::move(path));
  }

  std::vector<ColumnBuilder> columns_;
  std::int64_t next_row_;
  std::int64_t row_count_ = 0;
  std::vector<columns::CellReport> reports_;
  std::set<std::string> unknown_;
};

Error fault(std::int64_t record, std::string_view what) {
  return {ErrorKind::Data, fmt::format("record {}: {}", record + 1, what)};
}

// Takes one object off the front of `text` and hands it on, so that only one record at a time is a tree.
Result<void> take_record(std::string_view& text, std::int64_t& count, Reader& reader, JsonLimits const& limits) {
  if (!text.starts_with('{')) return fault(count, "expected a JSON object");
  if (count >= limits.records) return Error{ErrorKind::Data, fmt::format("more than {} records", limits.records)};
  auto const end = end_of_json_value(text);
  auto const tree = parse_json(text.substr(0, end), limits.depth);
  if (!tree) return fault(count, tree.error().message);
  reader.add_record(*tree);
  text = columns::trim(text.substr(end));
  ++count;
  return {};
}

// `[` has been taken off.
Result<void> take_array(std::string_view& text, std::int64_t& count, Reader& reader, JsonLimits const& limits) {
  text = columns::trim(text);
  for (bool more = !text.starts_with(']'); more;) {
    if (auto taken = take_record(text, count, reader, limits); !taken) return taken;
    more = text.starts_with(',');
    if (more) text = columns::trim(text.substr(1));
  }
  if (!text.starts_with(']')) return fault(count, "expected `,` or `]` after a record");
  text = columns::trim(text.substr(1));
  if (!text.empty()) return fault(count, "an array of records stands alone in its text");
  return {};
}

Result<JsonRecords> read(std::string_view text, columns::RecordLayout const& layout, std::int64_t first_row,
                         JsonLimits const& limits) {
  if (text.size() > limits.text_bytes)
    return Error{ErrorKind::Data, fmt::format("the records take more than {} bytes", limits.text_bytes)};
  Reader reader(layout, first_row);
  std::int64_t count = 0;
  text = columns::trim(text);
  if (text.starts_with('[')) {
    text.remove_prefix(1);
    if (auto taken = take_array(text, count, reader, limits); !taken) return taken.error();
  }
  while (!text.empty())
    if (auto taken = take_record(text, count, reader, limits); !taken) return taken.error();
  return reader.finish(first_row);
}

}  // namespace

Result<JsonRecords> read_json_records(std::string_view text, columns::RecordLayout const& layout,
                                      std::int64_t first_row, JsonLimits const& limits) {
  // nlohmann reports bad input through its handler, but allocation may still throw.
  try {
    return read(text, layout, first_row, limits);
  } catch (std::exception const& error) {
    return Error{ErrorKind::Environment, fmt::format("the records could not be read: {}", error.what())};
  }
}

}  // namespace huiyu::records
