#include "compiler/driver/shard.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "compiler/driver/options.h"
#include "runtime/base/decimal.h"
#include "runtime/columns/take.h"

namespace huiyu::driver {
namespace {

// More parts than anybody has machines for, and few enough for a folder.
constexpr std::int64_t most_shards = 10'000;

ReadBatch rows_of(ReadBatch const& whole, std::int64_t begin, std::int64_t end) {
  ReadBatch part;
  part.batch.first_row = whole.batch.first_row + begin;
  part.batch.row_count = end - begin;
  std::vector<std::int64_t> rows;
  for (auto row = begin; row < end; ++row) rows.push_back(row);
  for (auto const& column : whole.batch.columns) part.batch.columns.push_back(columns::take(column, rows));
  for (auto const& report : whole.reports)
    if (report.row >= part.batch.first_row && report.row < part.batch.first_row + part.batch.row_count)
      part.reports.push_back(report);
  return part;
}

class ShardSource : public RecordSource {
 public:
  ShardSource(std::unique_ptr<RecordSource> source, Shard shard) : source_(std::move(source)), shard_(shard) { take(); }

  Result<std::optional<Unread>> fetch() override {
    while (ready_.empty()) {
      auto unread = source_->fetch();
      if (!unread || !unread->has_value()) return unread;
      if (auto done = deal(std::move(**unread)); !done) return done.error();
    }
    auto next = std::move(ready_.front());
    ready_.pop_front();
    return std::optional(std::move(next));
  }
  void settle(ReadBatch& read) override {
    source_->settle(read);
    take();
  }
  void conclude() override {
    source_->conclude();
    take();
  }

 private:
  // Cells of a batch that is another's are never read; of a batch that is shared they are read here.
  Result<void> deal(Unread unread) {
    auto const first = std::exchange(seen_, seen_ + unread.row_count);
    std::vector<std::pair<std::int64_t, std::int64_t>> own;  // rows of the batch
    for (auto row = first; row < seen_;) {
      auto const block = row / shard_block;
      auto const end = std::min(seen_, (block + 1) * shard_block);
      if (block % shard_.of + 1 == shard_.number) {
        bool const goes_on = !own.empty() && own.back().second == row - first;
        if (goes_on)
          own.back().second = end - first;
        else
          own.emplace_back(row - first, end - first);
      }
      row = end;
    }
    if (own.empty()) return {};
    if (own.front() == std::pair(std::int64_t{0}, unread.row_count)) {
      ready_.push_back(std::move(unread));
      return {};
    }
    auto const whole = unread.read();
    if (!whole) return whole.error();
    for (auto const& [begin, end] : own) {
      auto part = std::make_shared<ReadBatch>(rows_of(*whole, begin, end));
      ready_.push_back({end - begin, [part]() -> Result<ReadBatch> { return std::move(*part); }});
    }
    return {};
  }

  void take() {
    add_reports(source_->take_reports());
    unknown_fields_ = source_->unknown_fields();
    absent_fields_ = source_->absent_fields();
  }

  std::unique_ptr<RecordSource> source_;
  Shard shard_;
  std::int64_t seen_ = 0;  // records of all parts
  std::deque<Unread> ready_;
};

}  // namespace

Result<ShardChoice> read_shard(std::string const& text, Language language) {
  auto const slash = text.find('/');
  auto const number = [](std::string const& digits) {
    auto const read = parse_decimal(digits);
    return read && read->scale == 0 && read->mantissa >= 1 && read->mantissa <= most_shards
               ? static_cast<std::int64_t>(read->mantissa)
               : 0;
  };
  auto const part = text.substr(0, slash);
  auto const of = slash == std::string::npos ? 0 : number(text.substr(slash + 1));
  bool const all = part == "all" || part == "全部";
  auto const one = all ? 1 : number(part);
  if (of == 0 || one == 0 || one > of)
    return Error{ErrorKind::Usage, words(language, "--shard 写 3/8（八份里的第三份）或 全部/8，而不是 `",
                                         "--shard takes 3/8, the third of eight parts, or all/8, not `") +
                                       text + "`"};
  return ShardChoice{one, all ? of : one, of};
}

std::unique_ptr<RecordSource> of_shard(std::unique_ptr<RecordSource> source, Shard shard) {
  return std::make_unique<ShardSource>(std::move(source), shard);
}

}  // namespace huiyu::driver
