// 预算 分配 按: a pool that nobody claims from is handed out by weight.

#include <algorithm>
#include <set>

#include "runtime/base/big.h"
#include "runtime/settle/settlement.h"

namespace huiyu::settle {

// Eligible with a weight; without one; with one that is an error or below zero; not decided whether it is eligible.
enum class Population::Counts : std::uint8_t { Certain, Lacking, Faulty, Undecided };

Population::Counts Population::counts_as(std::uint32_t index, Entry const& entry) const {
  auto const& answers = asked(index, entry).by;
  if (entry.seat.standing != Standing::Held) return Counts::Undecided;
  if (answers.known(entry.at)) return answers.negative(entry.at) ? Counts::Faulty : Counts::Certain;
  return answers.facts_of(entry.at) != 0 ? Counts::Lacking : Counts::Faulty;
}

// A weight that is not known counts with the most that it can come to.
std::vector<std::int64_t> Population::shares_by_weight(std::uint32_t index, std::span<Entry const> entries,
                                                       std::int64_t pool, std::optional<std::int64_t> each) {
  auto const& row = settle_of(index);
  bool const again = (row.flags & plan::ShareAgain) != 0;
  std::uint32_t holder_count = 1;
  auto const holders = each ? holders_of(index, entries, holder_count) : std::vector<std::uint32_t>(entries.size());
  bool const narrow = std::ranges::all_of(entries, [&](Entry const& entry) { return asked(index, entry).by.narrow(); });
  std::vector<std::int64_t> millionths;
  std::vector<BigRational> exact;
  for (auto const& entry : entries) {
    auto const& answers = asked(index, entry).by;
    bool const known = answers.known(entry.at) && !answers.negative(entry.at);
    if (narrow)
      millionths.push_back(known ? answers.number(entry.at) : row.most_weight);
    else
      exact.push_back(known ? answers.exact(entry.at) : BigRational(BigInt(row.most_weight), BigInt(1'000'000)));
  }
  return narrow ? hand_out(millionths, holders, pool, each, again, holder_count)
                : hand_out(exact, holders, pool, each, again, holder_count);
}

// Of each entry the place of what its share hangs on, where weights without a bound leave it open. Nobody has been
// changed yet.
std::vector<std::uint32_t> Population::needs_of_weights(std::uint32_t index, std::span<Entry const> entries,
                                                        std::vector<Counts> const& counts,
                                                        std::span<std::uint32_t const> boundless) {
  // What an entry lacks, of its outcome and its weight.
  auto const facts_of_entry = [&](std::uint32_t i) {
    auto const& pair = row_of(entries[i].seat.pair);
    auto facts = needs_[pair.needs];
    auto const& answers = asked(index, entries[i]).by;
    if (!answers.known(entries[i].at)) {
      auto const& weight = needs_[answers.facts_of(entries[i].at)];
      facts.insert(facts.end(), weight.begin(), weight.end());
    }
    if (facts.empty()) facts.push_back("政策." + std::string(plan_.text(plan_.policies[pair.policy].name)));
    return facts;
  };
  std::set<std::uint32_t> records;  // of those
  auto const needs_seen_from = [&](std::optional<std::uint32_t> record) {
    std::set<std::string> needs;
    for (auto const i : boundless) {
      auto const other = row_of(entries[i].seat.pair).row;
      for (auto const& fact : facts_of_entry(i)) needs.insert(other == record ? fact : keys_[other] + "." + fact);
    }
    return needs_.place_of({needs.begin(), needs.end()});
  };
  for (auto const i : boundless) records.insert(row_of(entries[i].seat.pair).row);
  auto const elsewhere = needs_seen_from({});
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto const record = row_of(entries[i].seat.pair).row;
    bool const own = counts[i] == Counts::Certain && records.contains(record);
    places.push_back(own ? needs_seen_from(record) : elsewhere);
  }
  return places;
}

// Where nothing says how much an unknown weight comes to at most, what anybody gets is open.
void Population::allot(std::uint32_t index, std::span<Entry const> entries, std::int64_t pool,
                       std::optional<std::int64_t> each, std::string const& name) {
  auto const& row = settle_of(index);
  std::vector<Counts> counts;
  std::vector<bool> nothing;  // a weight of 0 gets nothing, whatever the others are
  std::vector<std::uint32_t> boundless;
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    auto const& answers = asked(index, entries[i]).by;
    auto const at = entries[i].at;
    bool const known = answers.known(at) && !answers.negative(at);
    counts.push_back(counts_as(index, entries[i]));
    nothing.push_back(known ? answers.number(at) == 0 : row.most_weight == 0);
    if (!known && row.most_weight == unbounded) boundless.push_back(i);
  }
  bool const open = !boundless.empty();
  auto const shares = open ? std::vector<std::int64_t>(entries.size()) : shares_by_weight(index, entries, pool, each);
  auto const needs = open ? needs_of_weights(index, entries, counts, boundless) : std::vector<std::uint32_t>();
  std::vector<bool> certain(entries.size());
  Int128 paid = 0, reserved = open ? pool : 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto const award = entries[i].seat.pair;
    certain[i] = counts[i] == Counts::Certain && (!open || nothing[i]);
    (certain[i] ? paid : reserved) += shares[i];
    if (certain[i])
      give(award, index, shares[i]);
    else if (counts[i] == Counts::Faulty)
      fail(award, index);
    else if (counts[i] == Counts::Lacking)
      leave_open(award, index, asked(index, entries[i]).by.facts_of(entries[i].at), open ? pool : shares[i]);
    else if (counts[i] == Counts::Certain)
      leave_open(award, index, needs[i], pool);
  }
  bool const asks = std::ranges::find(nothing, false) != nothing.end();
  PoolReport const report{name,
                          SettledBy::Budget,
                          pool,
                          static_cast<std::int64_t>(paid),
                          static_cast<std::int64_t>(reserved),
                          static_cast<std::int64_t>(pool - paid - reserved),
                          asks ? pool : 0};
  reports_.push_back(report);
  draw(index, entries, certain, open ? std::vector<std::int64_t>() : shares, report);
}

}  // namespace huiyu::settle
