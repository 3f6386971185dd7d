#include "compiler/driver/population_source.h"

#include <utility>

namespace huiyu::driver {
namespace {

class PopulationSource : public RecordSource {
 public:
  PopulationSource(std::unique_ptr<RecordSource> source, SeeAll see)
      : source_(std::move(source)), see_(std::move(see)) {}

  Result<std::optional<Unread>> fetch() override {
    if (!std::exchange(begun_, true))
      if (auto read = read_all(); !read) return read.error();
    if (next_ == batches_.size()) return std::optional<Unread>{};
    auto one = std::make_shared<columns::Batch>(std::move(batches_[next_++]));
    return std::optional(
        Unread{one->row_count, [one]() -> Result<ReadBatch> { return ReadBatch{std::move(*one), {}}; }});
  }
  // Looked at while all were read.
  void settle(ReadBatch&) override {
    for (auto& report : std::exchange(held_, {})) reports_.push_back(std::move(report));
  }

 private:
  Result<void> read_all() {
    for (;;) {
      auto batch = source_->next();
      if (!batch) return batch.error();
      for (auto& report : source_->take_reports()) held_.push_back(std::move(report));
      if (!batch->has_value()) break;
      batches_.push_back(std::move(**batch));
    }
    unknown_fields_ = source_->unknown_fields();
    absent_fields_ = source_->absent_fields();
    batches_ = see_(std::move(batches_));
    return {};
  }

  std::unique_ptr<RecordSource> source_;
  SeeAll see_;
  bool begun_ = false;
  std::vector<columns::Batch> batches_;
  std::size_t next_ = 0;
  std::vector<columns::CellReport> held_;
};

}  // namespace

std::unique_ptr<RecordSource> with_population(std::unique_ptr<RecordSource> source, SeeAll see) {
  return std::make_unique<PopulationSource>(std::move(source), std::move(see));
}

}  // namespace huiyu::driver
