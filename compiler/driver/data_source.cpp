// Records through the data module: every Arrow batch becomes a batch of facts.

#include "compiler/driver/records.h"
#include "runtime/columns/arrow_read.h"
#include "runtime/records/data_module.h"

namespace huiyu::driver {

namespace {

class DataSource : public RecordSource {
 public:
  DataSource(records::DataModule module, columns::ArrowStream stream, columns::OwnedSchema schema,
             columns::RecordLayout layout)
      : module_(std::move(module)), stream_(std::move(stream)), schema_(std::move(schema)), layout_(std::move(layout)) {
    unknown_fields_ = columns::unread_columns(*schema_, layout_);
    absent_fields_ = columns::absent_columns(*schema_, layout_);
  }

  Result<std::optional<columns::Batch>> next() override {
    auto array = stream_.next();
    if (!array) return array.error();
    if (!array->has_value()) return std::optional<columns::Batch>{};
    auto batch = columns::read_arrow(*schema_, (*array)->give_up(), layout_, first_row_, reports_);
    if (!batch) return batch.error();
    first_row_ += batch->row_count;
    return std::optional<columns::Batch>{std::move(*batch)};
  }

 private:
  records::DataModule module_;
  columns::ArrowStream stream_;
  columns::OwnedSchema schema_;
  columns::RecordLayout layout_;
  std::int64_t first_row_ = 0;
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
