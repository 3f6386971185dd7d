// Records through the data module: every Arrow batch becomes a batch of facts.

#include <cstdint>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "compiler/driver/mapping.h"
#include "compiler/driver/options.h"
#include "compiler/driver/read_ahead.h"
#include "compiler/driver/records.h"
#include "compiler/driver/wide_series.h"
#include "runtime/columns/arrow_read.h"
#include "runtime/columns/key_watch.h"
#include "runtime/records/child_table.h"
#include "runtime/records/data_module.h"
#include "runtime/records/reshape.h"

namespace huiyu::driver {

namespace {

// What the stream's batches become before their cells are read; without a mapping they stay as they are.
struct Table {
  columns::ArrowStream stream;
  columns::OwnedSchema schema;  // empty where `reshape` has it
  std::optional<records::Reshape> reshape;

  ArrowSchema const& shape() const { return reshape ? reshape->schema() : *schema; }
  ArrowArray shaped(columns::OwnedArray batch) const {
    return reshape ? reshape->apply(std::move(batch)) : batch.give_up();
  }
};

class DataSource : public RecordSource {
 public:
  DataSource(records::DataModule module, Table table, std::vector<records::ChildTable> children,
             columns::RecordLayout layout)
      : module_(std::move(module)),
        table_(std::move(table)),
        children_(std::move(children)),
        layout_(std::move(layout)),
        keys_(layout_),
        ahead_([this] { return read(); }) {
    unknown_fields_ = columns::unread_columns(table_.shape(), layout_);
    absent_fields_ = columns::absent_columns(table_.shape(), layout_);
    for (auto const& child : children_) {
      std::erase(absent_fields_, child.field().name);
      reports_.insert(reports_.end(), child.reports().begin(), child.reports().end());
    }
  }

  Result<std::optional<Unread>> fetch() override { return ahead_.next(); }

  void settle(ReadBatch& read) override {
    keys_.see(read.batch, read.reports);
    add_reports(std::move(read.reports));
  }

  // The thread that reads ahead has ended, so the children are this one's again.
  void conclude() override {
    for (auto const& child : std::exchange(children_, {})) add_reports(child.strays());
  }

 private:
  // In the thread that reads ahead. Children remember who asked for them, so only that thread joins them.
  Result<std::optional<Unread>> read() {
    auto array = table_.stream.next();
    if (!array) return array.error();
    if (!array->has_value()) {
      // Closing the database takes a while, which others still spend on matching.
      table_.stream = {};
      module_.reset();
      return std::optional<Unread>{};
    }
    auto const first_row = std::exchange(first_row_, first_row_ + (**array)->length);
    if (children_.empty()) {
      auto const kept = std::make_shared<columns::OwnedArray>(std::move(**array));
      return std::optional(
          Unread{(*kept)->length, [this, kept, first_row] { return read_cells(std::move(*kept), first_row); }});
    }
    auto read = read_cells(std::move(**array), first_row);
    if (!read) return read.error();
    join(read->batch);
    auto const kept = std::make_shared<ReadBatch>(std::move(*read));
    return std::optional(Unread{kept->batch.row_count, [kept]() -> Result<ReadBatch> { return std::move(*kept); }});
  }

  // In any thread.
  Result<ReadBatch> read_cells(columns::OwnedArray array, std::int64_t first_row) const {
    ReadBatch read;
    auto batch = columns::read_arrow(table_.shape(), table_.shaped(std::move(array)), layout_, first_row, read.reports);
    if (!batch) return batch.error();
    read.batch = std::move(*batch);
    return read;
  }

  void join(columns::Batch& batch) {
    auto const key = static_cast<std::size_t>(layout_.key);
    std::vector<std::optional<std::string>> keys;
    for (std::int64_t row = 0; row < batch.row_count; ++row)
      keys.push_back(batch.columns[key].present(row)
                         ? std::optional(columns::cell_text(batch.columns[key], layout_.fields[key], row))
                         : std::nullopt);
    for (auto& child : children_) {
      auto const at = columns::find_field(layout_.fields, child.field().name);
      batch.columns[static_cast<std::size_t>(at)] = child.column_for(keys);
    }
  }

  std::optional<records::DataModule> module_;  // until all is read
  Table table_;
  std::vector<records::ChildTable> children_;
  columns::RecordLayout layout_;
  columns::KeyWatch keys_;
  std::int64_t first_row_ = 0;
  ReadAhead<Unread> ahead_;  // last: its thread uses all of the above
};

Result<Table> open_table(records::DataModule const& module, MappedTable const& from, Mapping const& mapping,
                         std::vector<columns::FieldLayout> const& fields, Language language) {
  using Kind = records::SourceText::Kind;
  auto stream = module.read(from.sql.empty() ? records::SourceText{Kind::File, from.data, from.sheet}
                                             : records::SourceText{Kind::Sql, from.sql, {}});
  if (!stream) return stream.error();
  auto schema = stream->schema();
  if (!schema) return schema.error();
  Table table{std::move(*stream), {}, std::nullopt};
  auto columns = resolve(mapping, from, **schema, language);
  if (!columns) return columns.error();
  add_wide_series(fields, records::column_names(**schema), *columns);
  if (columns->empty()) {
    table.schema = std::move(*schema);
    return table;
  }
  table.reshape = records::Reshape(std::move(*schema), *columns);
  return table;
}

// DuckDB shares out a Parquet file by its groups of some 100,000 rows. For a file of one group the other threads only
// look for work, which was a fifth of the processor time of reading the county's 15 MB. 0: one per core.
records::DataOptions options_for(MappedTable const& table) {
  constexpr std::uintmax_t small_enough = 32U << 20U;
  std::filesystem::path const path = table.data;
  std::error_code fault;
  auto const size = std::filesystem::file_size(path, fault);
  bool const one = table.sql.empty() && !fault && path.extension() == ".parquet" && size <= small_enough;
  return {one ? 1 : 0, {}};
}

// Earlier payments are a child table like any other. A mapping may say how its columns are written; rules that ask for
// no payments have no list to fill.
void add_history(std::string const& path, Mapping& mapping) {
  constexpr std::string_view list = "历史";
  auto const at = columns::find_field(mapping.layout.fields, list);
  if (at < 0) return;
  auto const field = static_cast<std::size_t>(at);
  for (auto& child : mapping.children)
    if (child.field == field) {
      child.table.data = path;
      child.table.sheet = child.table.sql = "";
      return;
    }
  MappedChild child;
  child.field = field;
  child.table.data = path;
  child.table.facts.push_back({records::child_key, "键", {}, {}, {}});
  mapping.children.push_back(std::move(child));
}

// How reports name a table beside the main one.
std::string label_of(MappedTable const& table) {
  return table.sql.empty() ? std::filesystem::path(table.data).filename().string() : "SQL";
}

}  // namespace

std::shared_future<Result<records::DataModule>> load_ahead(RecordOptions const& options) {
  if (!options.mapping.empty() || (options.data.empty() && options.sql.empty())) return {};
  MappedTable table;
  table.data = options.data;
  table.sql = options.sql;
  return std::async(std::launch::async, records::DataModule::load, options_for(table)).share();
}

Result<std::unique_ptr<RecordSource>> open_data(RecordOptions const& options, columns::RecordLayout const& layout,
                                                Language language) {
  Mapping mapping;
  mapping.layout = layout;
  if (!options.mapping.empty()) {
    auto read = load_mapping(options.mapping, layout, language);
    if (!read) return read.error();
    mapping = std::move(*read);
  }
  if (!options.history.empty()) add_history(options.history, mapping);
  MappedTable main = mapping.records;
  if (!options.data.empty() || !options.sql.empty()) {
    main.data = options.data;
    main.sql = options.sql;
  }
  if (main.data.empty() && main.sql.empty())
    return Error{ErrorKind::Usage, words(language, "须给出记录来源：--data、--sql，或者映射里的 source",
                                         "a source of records is needed: --data, --sql, or source in the mapping")};
  auto module = options.module.valid() ? options.module.get() : records::DataModule::load(options_for(main));
  if (!module) return module.error();
  if (options.batch_rows != 0) module->set_batch_rows(options.batch_rows);
  auto table = open_table(*module, main, mapping, mapping.layout.fields, language);
  if (!table) return table.error();
  std::vector<records::ChildTable> children;
  for (auto const& child : mapping.children) {
    auto rows = open_table(*module, child.table, mapping, {}, language);
    if (!rows) return rows.error();
    auto read = records::ChildTable::read(std::move(rows->stream), *rows->reshape, mapping.layout.fields[child.field],
                                          label_of(child.table), child.absent_missing);
    if (!read) return read.error();
    children.push_back(std::move(*read));
  }
  return std::unique_ptr<RecordSource>(std::make_unique<DataSource>(std::move(*module), std::move(*table),
                                                                    std::move(children), std::move(mapping.layout)));
}

}  // namespace huiyu::driver
