#include "runtime/columns/concatenate.h"

#include <algorithm>
#include <unordered_map>

#include "runtime/base/check.h"

namespace huiyu::columns {
namespace {

struct Buffers {
  std::vector<std::uint8_t> validity;
  std::vector<std::int8_t> narrow;
  std::vector<std::int16_t> small;
  std::vector<std::int32_t> medium;
  std::vector<std::int64_t> wide;
  std::vector<std::uint8_t> bits;
};

void set_bit(std::vector<std::uint8_t>& bits, std::int64_t index) {
  auto& byte = bits[static_cast<std::size_t>(index >> 3)];
  byte = static_cast<std::uint8_t>(byte | (1U << static_cast<unsigned>(index & 7)));
}

// One column of all batches.
class Joined {
 public:
  Joined(std::vector<Batch>& batches, std::size_t place, std::int64_t rows)
      : batches_(batches), place_(place), rows_(rows) {}

  Column join() {
    Column column;
    // The widest of all: shared memory may be wider than what a builder chose.
    column.storage = source(batches_.front()).storage;
    for (auto const& batch : batches_) column.storage = std::max(column.storage, source(batch).storage);
    join_validity(column);
    if (source(batches_.front()).items != nullptr)
      join_items(column);
    else
      join_values(column);
    column.owner = buffers_;
    return column;
  }

 private:
  Column& source(Batch& batch) const { return batch.columns[place_]; }
  Column const& source(Batch const& batch) const { return batch.columns[place_]; }

  void join_validity(Column& column) {
    bool const any = std::any_of(batches_.begin(), batches_.end(),
                                 [&](Batch const& batch) { return source(batch).validity != nullptr; });
    if (!any) return;
    buffers_->validity.assign(static_cast<std::size_t>((rows_ + 7) / 8), 0);
    each_row([&](Column const& from, std::int64_t row, std::int64_t to) {
      if (from.present(row)) set_bit(buffers_->validity, to);
    });
    column.validity = buffers_->validity.data();
  }

  void join_values(Column& column) {
    auto const ids = join_texts(column);
    switch (column.storage) {
      case Storage::Bit:
        buffers_->bits.assign(static_cast<std::size_t>((rows_ + 7) / 8), 0);
        each_row([&](Column const& from, std::int64_t row, std::int64_t to) {
          if (from.present(row) && from.at(row) != 0) set_bit(buffers_->bits, to);
        });
        column.values = buffers_->bits.data();
        return;
      case Storage::I8: column.values = fill(buffers_->narrow, ids); return;
      case Storage::I16: column.values = fill(buffers_->small, ids); return;
      case Storage::I32: column.values = fill(buffers_->medium, ids); return;
      case Storage::I64: column.values = fill(buffers_->wide, ids); return;
    }
  }

  // One dictionary for all; by batch, what its ids become.
  std::vector<std::vector<std::int32_t>> join_texts(Column& column) {
    std::vector<std::vector<std::int32_t>> ids;
    std::unordered_map<std::string, std::int32_t> known;
    for (auto const& batch : batches_) {
      auto& batch_ids = ids.emplace_back();
      for (auto const& text : source(batch).texts) {
        auto const [found, fresh] = known.try_emplace(text, static_cast<std::int32_t>(column.texts.size()));
        if (fresh) column.texts.push_back(text);
        batch_ids.push_back(found->second);
      }
    }
    return ids;
  }

  template <class Int> void const* fill(std::vector<Int>& values, std::vector<std::vector<std::int32_t>> const& ids) {
    values.reserve(static_cast<std::size_t>(rows_));
    for (std::size_t i = 0; i < batches_.size(); ++i) {
      auto const& from = source(batches_[i]);
      for (std::int64_t row = 0; row < batches_[i].row_count; ++row) {
        if (!from.present(row))
          values.push_back(0);
        else if (ids[i].empty())
          values.push_back(static_cast<Int>(from.at(row)));
        else
          values.push_back(static_cast<Int>(ids[i][static_cast<std::size_t>(from.at(row))]));
      }
    }
    return values.data();
  }

  void join_items(Column& column) {
    std::vector<Batch> items;
    column.starts.push_back(0);
    for (auto& batch : batches_) {
      auto& from = source(batch);
      auto const base = column.starts.back();
      for (std::int64_t row = 0; row < batch.row_count; ++row)
        column.starts.push_back(base + from.starts[static_cast<std::size_t>(row) + 1]);
      items.push_back(std::move(*from.items));
    }
    column.items = std::make_unique<Batch>(concatenate(std::move(items)));
  }

  template <class Visit> void each_row(Visit const& visit) const {
    std::int64_t to = 0;
    for (auto const& batch : batches_)
      for (std::int64_t row = 0; row < batch.row_count; ++row) visit(source(batch), row, to++);
  }

  std::vector<Batch>& batches_;
  std::size_t place_;
  std::int64_t rows_;
  std::shared_ptr<Buffers> buffers_ = std::make_shared<Buffers>();
};

}  // namespace

Batch concatenate(std::vector<Batch> batches) {
  if (batches.empty()) return {};
  if (batches.size() == 1) return std::move(batches.front());
  Batch whole;
  whole.first_row = batches.front().first_row;
  for (auto const& batch : batches) {
    HUIYU_CHECK(batch.columns.size() == batches.front().columns.size(), "batches of two layouts");
    whole.row_count += batch.row_count;
  }
  for (std::size_t place = 0; place < batches.front().columns.size(); ++place)
    whole.columns.push_back(Joined(batches, place, whole.row_count).join());
  return whole;
}

}  // namespace huiyu::columns
