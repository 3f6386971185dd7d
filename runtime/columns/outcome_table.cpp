#include "runtime/columns/outcome_table.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

#include "runtime/base/check.h"

namespace huiyu {
namespace {

std::uint32_t narrow(std::size_t number) {
  HUIYU_CHECK(number < std::numeric_limits<std::uint32_t>::max(), "more results of one batch than 32 bits count");
  return static_cast<std::uint32_t>(number);
}

template <class T> void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

PairOutcome OutcomeTable::pair(OutcomeRow const& row) const {
  PairOutcome pair;
  pair.row = row.row;
  pair.policy = row.policy;
  pair.outcome = row.outcome;
  if (row.has_amount) pair.amount_fen = row.amount_fen;
  pair.value = values[row.value];
  pair.needs = needs[row.needs];
  auto const& beside = besides[row.besides];
  pair.parts = beside.parts;
  pair.shares = beside.shares;
  pair.alerts = beside.alerts;
  pair.settled = beside.settled;
  return pair;
}

std::vector<PairOutcome> OutcomeTable::pairs() const {
  std::vector<PairOutcome> all;
  all.reserve(rows.size());
  for (auto const& row : rows) all.push_back(pair(row));
  return all;
}

OutcomeRow OutcomeCollector::add(PairOutcome pair) {
  OutcomeRow row;
  row.row = narrow(static_cast<std::size_t>(pair.row));
  row.policy = pair.policy;
  row.outcome = pair.outcome;
  row.has_amount = pair.amount_fen.has_value();
  row.amount_fen = pair.amount_fen.value_or(0);
  if (!pair.value.empty()) row.value = place_of_value(pair.value);
  if (!pair.needs.empty()) row.needs = place_of_needs(pair.needs);
  row.besides =
      place_of({std::move(pair.parts), std::move(pair.shares), std::move(pair.alerts), std::move(pair.settled)});
  add(row);
  return row;
}

std::uint32_t OutcomeCollector::place_of_value(std::string const& text) {
  auto const [found, fresh] = value_places_.try_emplace(text, narrow(table_.values.size()));
  if (fresh) table_.values.push_back(text);
  return found->second;
}

std::uint32_t OutcomeCollector::place_of_needs(std::vector<std::string> const& needs) {
  auto const [found, fresh] = needs_places_.try_emplace(needs, narrow(table_.needs.size()));
  if (fresh) table_.needs.push_back(needs);
  return found->second;
}

std::uint32_t OutcomeCollector::place_of(OutcomeBesides besides) {
  if (besides.parts.empty() && besides.shares.empty() && besides.alerts.empty() && besides.settled.empty()) return 0;
  table_.besides.push_back(std::move(besides));
  return narrow(table_.besides.size() - 1);
}

// The lists are joined too: the empty first entries come along and are not named.
OutcomeTable OutcomeCollector::join(std::vector<OutcomeCollector> collectors, std::size_t policies) {
  if (collectors.empty()) return {};
  auto all = std::move(collectors[0].table_);
  std::vector<OutcomeRows> rows;
  rows.push_back(std::move(all.rows));
  for (std::size_t i = 1; i < collectors.size(); ++i) {
    auto& table = collectors[i].table_;
    table.rows.shift(narrow(all.values.size()), narrow(all.needs.size()), narrow(all.besides.size()));
    append(all.values, table.values);
    append(all.needs, table.needs);
    append(all.besides, table.besides);
    rows.push_back(std::move(table.rows));
  }
  all.rows = OutcomeRows::join(std::move(rows), policies);
  return all;
}

}  // namespace huiyu
