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

// A table's rows, its lists' places moved to where the lists come to stand among those of all.
struct Shifts {
  std::uint32_t values, needs, besides;
  OutcomeRow moved(OutcomeRow row) const {
    if (row.value != 0) row.value += values;
    if (row.needs != 0) row.needs += needs;
    if (row.besides != 0) row.besides += besides;
    return row;
  }
};

bool rises_by_policy(OutcomeTable const& table) {
  return std::is_sorted(table.rows.begin(), table.rows.end(),
                        [](OutcomeRow const& a, OutcomeRow const& b) { return a.policy < b.policy; });
}

// The rows of all tables by policy; of one policy as the tables have them, one after the other. The lists are joined
// too: the empty first entries come along and are not named.
OutcomeTable joined(std::vector<OutcomeTable> tables, std::vector<std::size_t> next) {
  OutcomeTable all;
  all.values.clear(), all.needs.clear(), all.besides.clear();
  std::vector<Shifts> shifts;
  for (auto& table : tables) {
    shifts.push_back({narrow(all.values.size()), narrow(all.needs.size()), narrow(all.besides.size())});
    append(all.values, table.values);
    append(all.needs, table.needs);
    append(all.besides, table.besides);
  }
  if (std::all_of(tables.begin(), tables.end(), rises_by_policy)) {
    // Nothing is written twice: a list may be longer than the memory that it is made of is fast.
    all.rows.reserve(next.back());
    std::vector<std::size_t> at(tables.size(), 0);
    for (std::uint32_t policy = 0; policy + 1 < next.size(); ++policy)
      for (std::size_t i = 0; i < tables.size(); ++i)
        for (auto const& rows = tables[i].rows; at[i] < rows.size() && rows[at[i]].policy == policy; ++at[i])
          all.rows.push_back(shifts[i].moved(rows[at[i]]));
    return all;
  }
  all.rows.resize(next.back());
  for (std::size_t i = 0; i < tables.size(); ++i)
    for (auto const& row : tables[i].rows) all.rows[next[row.policy]++] = shifts[i].moved(row);
  return all;
}

// The rows of one table by policy. Most come in runs of one policy; the lists stay as they are.
void order(OutcomeTable& table, std::vector<std::size_t> next) {
  std::vector<OutcomeRow> rows(table.rows.size());
  for (auto from = table.rows.begin(); from != table.rows.end();) {
    auto const policy = from->policy;
    auto to = from + 1;
    while (to != table.rows.end() && to->policy == policy) ++to;
    std::copy(from, to, rows.begin() + static_cast<std::ptrdiff_t>(next[policy]));
    next[policy] += static_cast<std::size_t>(to - from);
    from = to;
  }
  table.rows = std::move(rows);
}

// By policy: where its rows begin, and the end of all.
std::vector<std::size_t> begins(std::vector<OutcomeTable> const& tables, std::size_t policies) {
  std::vector<std::size_t> begins(policies + 1, 0);
  for (auto const& table : tables)
    for (auto const& row : table.rows) ++begins[row.policy + 1];
  for (std::size_t policy = 0; policy < policies; ++policy) begins[policy + 1] += begins[policy];
  return begins;
}

// Rows of one policy, of records below that number. A pair occurs once, so rows that are many are put in their places;
// nothing is compared.
constexpr std::size_t few = 64;
void sort(std::span<OutcomeRow> rows, std::int64_t records) {
  auto const before = [](OutcomeRow const& a, OutcomeRow const& b) { return a.row < b.row; };
  auto const next = std::is_sorted_until(rows.begin(), rows.end(), before);
  if (next == rows.end()) return;
  if (std::is_sorted(next, rows.end(), before)) return std::inplace_merge(rows.begin(), next, rows.end(), before);
  if (rows.size() * few < static_cast<std::size_t>(records)) return std::sort(rows.begin(), rows.end(), before);
  std::vector<std::uint32_t> places(static_cast<std::size_t>(records), 0);  // by record; 0: none
  std::uint32_t place = 0;
  for (auto const& row : rows) places[row.row] = ++place;
  std::vector<OutcomeRow> sorted;
  sorted.reserve(rows.size());
  for (auto const from : places)
    if (from != 0) sorted.push_back(rows[from - 1]);
  std::copy(sorted.begin(), sorted.end(), rows.begin());
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

void OutcomeCollector::expect_all(std::span<std::uint32_t const> policies, std::int64_t records) {
  HUIYU_CHECK(table_.rows.empty(), "places for pairs among others");
  if (policies.empty()) return;
  places_.assign(std::size_t{policies.back()} + 1, 0);
  std::size_t next = 0;
  for (auto const policy : policies) {
    places_[policy] = next;
    next += static_cast<std::size_t>(records);
  }
  table_.rows.resize(next);
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

OutcomeTable OutcomeCollector::join(std::vector<OutcomeCollector> collectors, std::size_t policies,
                                    std::int64_t records) {
  if (collectors.empty()) return {};
  if (!collectors[0].places_.empty()) {
    HUIYU_CHECK(collectors.size() == 1 && collectors[0].placed_ == collectors[0].table_.rows.size(),
                "not every expected pair came");
    return std::move(collectors[0].table_);
  }
  auto const before = [](OutcomeRow const& a, OutcomeRow const& b) {
    return a.policy != b.policy ? a.policy < b.policy : a.row < b.row;
  };
  if (auto& only = collectors[0].table_;
      collectors.size() == 1 && std::is_sorted(only.rows.begin(), only.rows.end(), before))
    return std::move(only);
  std::vector<OutcomeTable> tables;
  for (auto& collector : collectors) tables.push_back(std::move(collector.table_));
  auto const begins = huiyu::begins(tables, policies);
  if (tables.size() == 1) order(tables[0], begins);
  auto table = tables.size() == 1 ? std::move(tables[0]) : joined(std::move(tables), begins);
  for (std::size_t policy = 0; policy < policies; ++policy)
    sort(std::span(table.rows).subspan(begins[policy], begins[policy + 1] - begins[policy]), records);
  return table;
}

}  // namespace huiyu
