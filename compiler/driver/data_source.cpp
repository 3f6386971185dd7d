// Records through the data module: every Arrow batch becomes a batch of facts.

#include <iterator>

#include "compiler/driver/read_ahead.h"
#include "compiler/driver/records.h"
#include "runtime/columns/arrow_read.h"
#include "runtime/columns/key_watch.h"
#include "runtime/records/data_module.h"

namespace huiyu::driver {

namespace {

class DataSource : public RecordSource {
 public:
  DataSource(records::DataModule module, columns::ArrowStream stream, columns::OwnedSchema schema,
             columns::RecordLayout layout)
      : module_(std::move(module)),
        stream_(std::move(stream)),
        schema_(std::move(schema)),
        layout_(std::move(layout)),
        keys_(layout_),
        ahead_([this] { return read(); }) {
    unknown_fields_ = columns::unread_columns(*schema_, layout_);
    absent_fields_ = columns::absent_columns(*schema_, layout_);
  }

  Result<std::optional<columns::Batch>> next() override {
    auto read = ahead_.next();
    if (!read) return read.error();
    if (!read->has_value()) return std::optional<columns::Batch>{};
    auto& [batch, reports] = **read;
    reports_.insert(reports_.end(), std::make_move_iterator(reports.begin()), std::make_move_iterator(reports.end()));
    return std::optional<columns::Batch>{std::move(batch)};
  }

 private:
  // In the thread that reads ahead.
  Result<std::optional<ReadBatch>> read() {
    auto array = stream_.next();
    if (!array) return array.error();
    if (!array->has_value()) return std::optional<ReadBatch>{};
    ReadBatch read;
    auto batch = columns::read_arrow(*schema_, (*array)->give_up(), layout_, first_row_, read.reports);
    if (!batch) return batch.error();
    read.batch = std::move(*batch);
    keys_.see(read.batch, read.reports);
    first_row_ += read.batch.row_count;
    return std::optional<ReadBatch>{std::move(read)};
  }

  records::DataModule module_;
  columns::ArrowStream stream_;
  columns::OwnedSchema schema_;
  columns::RecordLayout layout_;
  columns::KeyWatch keys_;
  std::int64_t first_row_ = 0;
  ReadAhead ahead_;  // last: its thread uses all of the above
};

}  // namespace

Result<std::unique_ptr<RecordSource>> open_data(RecordOptions const& options, columns::RecordLayout const& layout,
                                                Language /*language*/) {
  using Kind = records::SourceText::Kind;
  auto module = records::DataModule::load();
  if (!module) return module.error();
  auto stream = module->read(options.sql.empty() ? records::SourceText{Kind::File, options.data}
                                                 : records::SourceText{Kind::Sql, options.sql});
  if (!stream) return stream.error();
  auto schema = stream->schema();
  if (!schema) return schema.error();
  return std::unique_ptr<RecordSource>(
      std::make_unique<DataSource>(std::move(*module), std::move(*stream), std::move(*schema), layout));
}

}  // namespace huiyu::driver
