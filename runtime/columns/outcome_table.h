#pragma once

// Listed pairs: a row of a few numbers each, whatever is long or rare kept once beside them.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/columns/outcome.h"
#include "runtime/columns/outcome_rows.h"

namespace huiyu {

// What few pairs have; as in PairOutcome.
struct OutcomeBesides {
  std::vector<PartAmount> parts, shares;
  std::vector<AlertColour> alerts;
  std::vector<SettleStep> settled;
};

struct OutcomeTable {
  OutcomeRows rows;  // by policy, then row
  std::vector<std::string> values = std::vector<std::string>(1);
  std::vector<std::vector<std::string>> needs = std::vector<std::vector<std::string>>(1);
  std::vector<OutcomeBesides> besides = std::vector<OutcomeBesides>(1);

  PairOutcome pair(OutcomeRow const& row) const;
  std::vector<PairOutcome> pairs() const;
};

// Takes pairs in any order, each once.
class OutcomeCollector {
 public:
  void add(OutcomeRow const& row) { table_.rows.push_back(row); }
  void add_paid(std::uint32_t policy, std::uint32_t row, std::int64_t amount_fen) {
    table_.rows.push_paid(policy, row, amount_fen);
  }
  // Gives the pair as the table has it.
  OutcomeRow add(PairOutcome pair);

  // Places for OutcomeRow; the same text or list gives the same place.
  std::uint32_t place_of_value(std::string const& text);
  std::uint32_t place_of_needs(std::vector<std::string> const& needs);
  std::uint32_t place_of(OutcomeBesides besides);

  // Says of the rows so far which records they are.
  void renumber(std::span<std::int64_t const> rows) { table_.rows.renumber(rows); }

  // All that the collectors have, in order.
  static OutcomeTable join(std::vector<OutcomeCollector> collectors, std::size_t policies);

 private:
  OutcomeTable table_{.rows = OutcomeRows(OutcomeRows::Order::Any)};
  std::unordered_map<std::string, std::uint32_t> value_places_;
  std::map<std::vector<std::string>, std::uint32_t> needs_places_;
};

}  // namespace huiyu
