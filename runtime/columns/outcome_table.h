#pragma once

// Listed pairs in columns' manner: a row of a few numbers each, whatever is long or rare kept once beside them.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/columns/outcome.h"

namespace huiyu {

// A PairOutcome as numbers. `value`, `needs` and `besides` are places in the table's lists; 0: there is none.
struct OutcomeRow {
  std::int64_t amount_fen = 0;  // where has_amount
  std::uint32_t row = 0;        // of the batch
  std::uint32_t policy = 0;
  std::uint32_t value = 0;
  std::uint32_t needs = 0;
  std::uint32_t besides = 0;
  Outcome outcome{};
  bool has_amount = false;
};

// What few pairs have; as in PairOutcome.
struct OutcomeBesides {
  std::vector<PartAmount> parts, shares;
  std::vector<AlertColour> alerts;
  std::vector<SettleStep> settled;
};

struct OutcomeTable {
  std::vector<OutcomeRow> rows;  // by policy, then row
  std::vector<std::string> values = std::vector<std::string>(1);
  std::vector<std::vector<std::string>> needs = std::vector<std::vector<std::string>>(1);
  std::vector<OutcomeBesides> besides = std::vector<OutcomeBesides>(1);

  PairOutcome pair(OutcomeRow const& row) const;
  std::vector<PairOutcome> pairs() const;
};

// Takes pairs in any order, each once.
class OutcomeCollector {
 public:
  // Makes room for so many more.
  void expect(std::size_t pairs) { table_.rows.reserve(table_.rows.size() + pairs); }
  // Every pair of these policies, which rise, with so many records will come, and no other: each has its place.
  void expect_all(std::span<std::uint32_t const> policies, std::int64_t records);
  void add(OutcomeRow row) {
    if (places_.empty()) return table_.rows.push_back(row);
    table_.rows[places_[row.policy] + row.row] = row;
    ++placed_;
  }
  // Gives the pair as the table has it.
  OutcomeRow add(PairOutcome pair);

  // Places for OutcomeRow; the same text or list gives the same place.
  std::uint32_t place_of_value(std::string const& text);
  std::uint32_t place_of_needs(std::vector<std::string> const& needs);
  std::uint32_t place_of(OutcomeBesides besides);

  // Says of the rows so far which records they are.
  void renumber(std::span<std::int64_t const> rows) {
    for (auto& row : table_.rows) row.row = static_cast<std::uint32_t>(rows[row.row]);
  }

  // Of a batch of so many records all that the collectors have, in order.
  static OutcomeTable join(std::vector<OutcomeCollector> collectors, std::size_t policies, std::int64_t records);

 private:
  OutcomeTable table_;
  std::vector<std::size_t> places_;  // expect_all: by policy, where its rows begin; else empty
  std::size_t placed_ = 0;
  std::unordered_map<std::string, std::uint32_t> value_places_;
  std::map<std::vector<std::string>, std::uint32_t> needs_places_;
};

}  // namespace huiyu
