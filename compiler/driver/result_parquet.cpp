#include "compiler/driver/result_parquet.h"

#include <algorithm>
#include <ranges>
#include <span>
#include <unordered_map>
#include <utility>

#include "compiler/driver/records.h"
#include "runtime/records/parquet_file.h"

namespace huiyu::driver {

namespace {

using records::no_text;
using records::ParquetColumn;

// As many rows as DuckDB gives a group: its readers share a file out by groups.
constexpr std::int64_t group_rows = 122'880;

enum class Place : std::size_t {
  Key,
  Policy,
  Name,
  Outcome,
  Amount,
  Parts,
  Shares,
  Value,
  Alerts,
  Needs,
  Clause,
  Settled,
  Count
};

// The texts of a column, each once.
class DistinctColumn {
 public:
  explicit DistinctColumn(ParquetColumn& column) : column_(column) {}
  std::uint32_t number_of(std::string const& text) {
    auto const [found, fresh] = numbers_.try_emplace(text, column_.texts.count());
    if (fresh) column_.texts.add(text);
    return found->second;
  }

 private:
  ParquetColumn& column_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

// Numbers that are looked up once for each place of a table.
class Remembered {
 public:
  explicit Remembered(std::size_t places) : numbers_(places, no_text) {}
  template <class Find> std::uint32_t number(std::size_t place, Find find) {
    if (numbers_[place] == no_text) numbers_[place] = find();
    return numbers_[place];
  }

 private:
  std::vector<std::uint32_t> numbers_;
};

// The rows of one group.
class Group {
 public:
  explicit Group(std::vector<PolicyName> const& policies) : policies_(policies), columns_(count) {
    for (auto& column : columns_) texts_.emplace_back(column);
  }
  Group(Group const&) = delete;
  Group& operator=(Group const&) = delete;

  std::int64_t row_count() const { return row_count_; }
  std::vector<ParquetColumn> const& columns() const { return columns_; }

  // Takes rows of the table from `begin` until the group is full; tells how many.
  std::size_t add(RowKeys const& records, OutcomeTable const& listed, std::size_t begin) {
    Remembered keys(static_cast<std::size_t>(records.count)), values(listed.values.size()), outcomes(outcome_count);
    std::vector<std::vector<std::uint32_t>> needs(listed.needs.size());
    auto const room = static_cast<std::size_t>(group_rows - row_count_);
    auto const end = std::min(listed.rows.size(), begin + room);
    auto const rows = std::ranges::subrange(listed.rows.from(begin), listed.rows.from(end));
    for (auto const& row : rows) {
      // Keys are hardly ever twice in a group but for the policies of one batch, so they are not compared.
      put(Place::Key, keys.number(row.row, [&] { return column(Place::Key).texts.add(records.of(row.row)); }));
      put(Place::Outcome, outcomes.number(static_cast<std::size_t>(row.outcome),
                                          [&] { return number(Place::Outcome, outcome_name(row.outcome)); }));
      put(Place::Value, row.value == 0 ? no_text : values.number(row.value, [&] {
        return number(Place::Value, listed.values[row.value]);
      }));
      column(Place::Amount).is_known.add(row.has_amount ? 1 : 0);
      if (row.has_amount) column(Place::Amount).amounts.push_back(row.amount_fen);
      auto& lacking = needs[row.needs];
      if (lacking.empty() && row.needs != 0) lacking = numbers(Place::Needs, listed.needs[row.needs]);
      put_items(Place::Needs, lacking);
    }
    put_policies(rows);
    put_besides(listed, rows);
    row_count_ += static_cast<std::int64_t>(end - begin);
    return end - begin;
  }

 private:
  using Rows = std::ranges::subrange<OutcomeRows::iterator>;
  static constexpr auto count = static_cast<std::size_t>(Place::Count);
  static constexpr std::size_t outcome_count = 5;

  ParquetColumn& column(Place place) { return columns_[static_cast<std::size_t>(place)]; }
  std::uint32_t number(Place place, std::string const& text) {
    return texts_[static_cast<std::size_t>(place)].number_of(text);
  }
  std::vector<std::uint32_t> numbers(Place place, std::vector<std::string> const& texts) {
    std::vector<std::uint32_t> all;
    for (auto const& text : texts) all.push_back(number(place, text));
    return all;
  }
  void put(Place place, std::uint32_t number, std::size_t rows = 1) {
    column(place).numbers.add(number, static_cast<std::uint32_t>(rows));
  }
  void put_items(Place place, std::vector<std::uint32_t> const& numbers) {
    column(place).items.insert(column(place).items.end(), numbers.begin(), numbers.end());
    column(place).counts.add(static_cast<std::uint32_t>(numbers.size()));
  }

  // Rows of one policy follow each other.
  void put_policies(Rows const& rows) {
    for (auto at = rows.begin(); at != rows.end();) {
      auto const first = (*at).policy;
      std::size_t found = 0;
      for (; at != rows.end() && (*at).policy == first; ++at) ++found;
      auto const& policy = policies_[first];
      put(Place::Policy, number(Place::Policy, policy.id), found);
      put(Place::Name, number(Place::Name, policy.name), found);
      put(Place::Clause, number(Place::Clause, policy.clause), found);
    }
  }

  // What few rows have.
  void put_besides(OutcomeTable const& listed, Rows const& rows) {
    std::uint32_t without = 0;
    auto const skip = [&] {
      for (auto place : {Place::Parts, Place::Shares, Place::Alerts, Place::Settled})
        column(place).counts.add(0, without);
      without = 0;
    };
    for (auto const& row : rows) {
      if (row.besides == 0) {
        ++without;
        continue;
      }
      skip();
      auto const& besides = listed.besides[row.besides];
      put_items(Place::Parts, numbers(Place::Parts, amount_texts(besides.parts)));
      put_items(Place::Shares, numbers(Place::Shares, amount_texts(besides.shares)));
      put_items(Place::Alerts, numbers(Place::Alerts, alert_texts(besides.alerts)));
      put_items(Place::Settled, numbers(Place::Settled, settle_texts(besides.settled)));
    }
    skip();
  }

  std::vector<PolicyName> const& policies_;
  std::vector<ParquetColumn> columns_;
  std::vector<DistinctColumn> texts_;  // by column
  std::int64_t row_count_ = 0;
};

class ParquetResults : public ResultFile {
 public:
  ParquetResults(records::ParquetFile file, std::vector<PolicyName> const& policies)
      : file_(std::move(file)), policies_(policies), group_(std::make_unique<Group>(policies)) {}

  Result<void> add(RowKeys const& keys, OutcomeTable const& listed) override {
    for (std::size_t done = 0; done < listed.rows.size();) {
      done += group_->add(keys, listed, done);
      if (group_->row_count() < group_rows) continue;
      if (auto written = write(); !written) return written;
    }
    row_count_ += static_cast<std::int64_t>(listed.rows.size());
    return {};
  }

  Result<void> finish() override {
    if (auto written = write(); !written) return written;
    return file_.finish();
  }

 private:
  Result<void> write() {
    auto written = file_.add(group_->row_count(), group_->columns());
    group_ = std::make_unique<Group>(policies_);
    return written;
  }

  records::ParquetFile file_;
  std::vector<PolicyName> const& policies_;
  std::unique_ptr<Group> group_;
};

}  // namespace

Result<std::unique_ptr<ResultFile>> create_parquet(std::string const& path, std::vector<PolicyName> const& policies) {
  auto file = records::ParquetFile::create(path, result_columns());
  if (!file) return file.error();
  return std::unique_ptr<ResultFile>(std::make_unique<ParquetResults>(std::move(*file), policies));
}

}  // namespace huiyu::driver
