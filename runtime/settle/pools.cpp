// 预算 and 遴选: what is decided over all records.

#include <algorithm>
#include <numeric>
#include <set>

#include "runtime/settle/settlement.h"

namespace huiyu::settle {
namespace {

bool has(plan::Settle const& row, plan::SettleFlags flag) { return (row.flags & flag) != 0; }

}  // namespace

// By value, 0 for the first and equal numbers for equal values; −1 where it is not known.
std::vector<std::int64_t> Population::orders_of(plan::Ref<plan::Explain> tree, bool descending,
                                                std::span<Figure const> figures) const {
  // The first entry of an ordered 名录 is the highest.
  bool const entries = plan_.explains[tree.index].kind == plan::ValueKind::Enumeration;
  bool const falling = descending != entries;
  std::vector<std::uint32_t> order;
  std::vector<std::int64_t> places(figures.size(), -1), numbers(figures.size());
  bool narrow = true;
  for (std::uint32_t i = 0; i < figures.size(); ++i) {
    auto const& [answers, at] = figures[i];
    if (!answers->known(at)) continue;
    order.push_back(i);
    narrow = narrow && answers->narrow();
    numbers[i] = answers->number(at);
  }
  auto const less = [&](std::uint32_t a, std::uint32_t b) {
    if (falling) std::swap(a, b);
    return narrow ? numbers[a] < numbers[b]
                  : figures[a].answers->exact(figures[a].at) < figures[b].answers->exact(figures[b].at);
  };
  std::ranges::stable_sort(order, less);
  std::int64_t place = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && less(order[i - 1], order[i])) ++place;
    places[order[i]] = place;
  }
  return places;
}

namespace {

// Of each its place among all, equal ones having one.
std::vector<std::uint32_t> ranks_of(std::vector<std::string_view> const& names) {
  std::vector<std::uint32_t> order(names.size()), ranks(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return names[i]; });
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && names[order[i - 1]] != names[order[i]]) ++rank;
    ranks[order[i]] = rank;
  }
  return ranks;
}

}  // namespace

// Who is paid: the unit, or the record by its key; one without a key is nobody else.
void Population::rank_holders() {
  std::vector<std::string> lacking;
  lacking.reserve(keys_.size());
  std::vector<std::string_view> records, units(units_.size());
  for (std::size_t i = 0; i < keys_.size(); ++i)
    records.push_back(keys_[i].empty() ? lacking.emplace_back("#" + std::to_string(i)) : keys_[i]);
  for (auto const& [unit, number] : units_) units[number] = unit;
  holder_ranks_ = ranks_of(records);
  unit_ranks_ = ranks_of(units);
}

// Of each entry the number of its holder among those of this pool; holders are numbered by name.
std::vector<std::uint32_t> Population::holders_of(std::uint32_t index, std::span<Entry const> entries,
                                                  std::uint32_t& count) {
  bool const joined = rules_.all()[index].joined;
  if (holder_ranks_.size() != keys_.size() || unit_ranks_.size() != units_.size()) rank_holders();
  std::vector<std::uint32_t> holders;
  for (auto const& entry : entries)
    holders.push_back(joined ? unit_ranks_[asked(index, entry).unit[entry.at]]
                             : holder_ranks_[row_of(entry.seat.pair).row]);
  auto present = holders;
  std::ranges::sort(present);
  present.erase(std::ranges::unique(present).begin(), present.end());
  for (auto& holder : holders)
    holder = static_cast<std::uint32_t>(std::ranges::lower_bound(present, holder) - present.begin());
  count = static_cast<std::uint32_t>(present.size());
  return holders;
}

void Population::budget(std::uint32_t index, std::span<Entry const> entries, std::int64_t pool,
                        std::optional<std::int64_t> each, std::string const& name) {
  auto const& row = settle_of(index);
  bool const ranked = row.cut == plan::SettleCut::Ranked;
  // Entries stand by policy id and key; holders by name do too.
  std::uint32_t holder_count = 1;
  auto const holders = each ? holders_of(index, entries, holder_count) : std::vector<std::uint32_t>(entries.size());
  std::vector<Claim> claims;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto const& seat = entries[i].seat;
    auto const amount = seat.standing == Standing::Paid ? seat.amount : std::min(seat.most, pool);
    claims.push_back({amount, holders[i]});
  }
  std::vector<std::int64_t> places(entries.size()), shares;
  if (ranked) {
    std::vector<Figure> figures;
    for (auto const& entry : entries) figures.push_back({&asked(index, entry).by, entry.at});
    places = orders_of(rules_.all()[index].members.front()->by, has(row, plan::Descending), figures);
    std::vector<std::uint32_t> order(entries.size());
    std::iota(order.begin(), order.end(), 0U);
    // Those whose place nobody knows, −1, come first: they may.
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return places[i]; });
    shares = rank_pool(claims, order, pool, each, holder_count);
  } else {
    shares = share_pool(claims, pool, each, has(row, plan::ShareAgain), holder_count);
  }
  Int128 claimed = 0, paid = 0, reserved = 0;
  std::vector<bool> settled;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto const& seat = entries[i].seat;
    claimed += claims[i].amount;
    bool const certain = seat.standing == Standing::Paid && (places[i] >= 0 || seat.amount == 0);
    settled.push_back(certain);
    (certain ? paid : reserved) += shares[i];
    if (certain && shares[i] != seat.amount) cut(seat.pair, index, shares[i], none, SettledHow::Cut);
    if (certain) continue;
    if (seat.standing == Standing::Paid)
      wait_for(seat, index, facts_at(asked(index, entries[i]).by.facts_of(entries[i].at), index));
    bounds_[seat.pair] = std::min(bounds_[seat.pair], shares[i]);
  }
  auto const fen = [](Int128 amount) { return to_int64(amount).value_or(unbounded); };
  PoolReport const report{name,          SettledBy::Budget,           pool,        fen(paid),
                          fen(reserved), fen(pool - paid - reserved), fen(claimed)};
  reports_.push_back(report);
  draw(index, entries, settled, std::move(shares), report);
}

namespace {

// A candidate of a 遴选.
struct Candidate {
  std::uint32_t pair = 0, at = 0;  // the award, and its place among those of the policy
  bool certain = false;
  std::int64_t by = -1, tie = -1;  // places; −1: not known
  std::uint32_t key = 0;
};

// How many stand before each candidate for certain, and how many may.
struct Ahead {
  std::int64_t sure = 0, possible = 0;
};

// Whether a may stand before b, or does so for certain.
bool ahead(Candidate const& a, Candidate const& b, bool ties_in, bool possibly) {
  if (a.by < 0 || b.by < 0) return possibly;
  if (a.by != b.by) return a.by < b.by;
  if (ties_in) return false;
  if (a.tie < 0 || b.tie < 0) return possibly;
  return a.tie != b.tie ? a.tie < b.tie : a.key < b.key;
}

// Candidates come sorted by (by, tie, key); unknown places first.
std::vector<Ahead> count_ahead(std::vector<Candidate> const& all, bool ties_in) {
  std::vector<Ahead> counts(all.size());
  auto const size = static_cast<std::int64_t>(all.size());
  std::size_t begin = 0;
  std::int64_t unplaced = 0, sure = 0;  // of those before this run of equal ones
  for (; begin < all.size() && all[begin].by < 0; ++begin) counts[begin].possible = size - 1, ++unplaced;
  std::int64_t placed = 0;
  while (begin < all.size()) {
    auto end = begin;
    std::int64_t open_ties = 0, certain = 0;
    for (; end < all.size() && all[end].by == all[begin].by; ++end) {
      open_ties += all[end].tie < 0 ? 1 : 0;
      certain += all[end].certain ? 1 : 0;
    }
    std::int64_t tied_sure = 0, tied = 0;  // of this run, with a known tie and before this one
    for (auto i = begin; i < end; ++i) {
      counts[i] = {sure, unplaced + placed};
      if (ties_in) continue;
      if (all[i].tie < 0) {
        counts[i].possible += static_cast<std::int64_t>(end - begin) - 1;
        continue;
      }
      counts[i].sure += tied_sure;
      counts[i].possible += open_ties + tied;
      tied_sure += all[i].certain ? 1 : 0;
      ++tied;
    }
    placed += static_cast<std::int64_t>(end - begin);
    sure += certain;
    begin = end;
  }
  return counts;
}

}  // namespace

void Population::select(std::uint32_t index) {
  auto const& rule = rules_.all()[index];
  auto const& row = *rule.row;
  auto const& asked = asked_[index].front();
  auto const& awards = of_policy_[rule.policies.front()];
  std::vector<Candidate> all;
  std::vector<Figure> by, tie;
  for (std::uint32_t at = 0; at < awards.size(); ++at) {
    auto const& pair = row_of(awards[at]);
    auto const standing = standing_of(pair);
    if (standing == Standing::Out) continue;
    all.push_back({awards[at], at, standing != Standing::Doubtful, -1, -1, key_ranks_[pair.row]});
    by.push_back({&asked.by, at});
    tie.push_back({&asked.tie, at});
  }
  auto const limit = limit_of(row.limit);
  if (!limit.known) {
    for (auto const& one : all)
      if (one.certain) doubt(one.pair, index, limit.facts.empty() ? std::vector{name_of(index)} : limit.facts);
    return;
  }
  bool const ties_in = has(row, plan::AtLeast);
  BigInt whole = floor_div(BigInt(numerator(limit.number)), BigInt(denominator(limit.number)));
  if (ties_in && BigRational(whole) != limit.number) ++whole;
  auto const wanted = std::max<std::int64_t>(0, to_int64(whole).value_or(unbounded));

  auto const by_places = orders_of(rule.members.front()->by, has(row, plan::Descending), by);
  auto const tie_places = row.tie.has_value() ? orders_of(row.tie, has(row, plan::TieDescending), tie)
                                              : std::vector<std::int64_t>(all.size(), 0);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].by = by_places[i], all[i].tie = tie_places[i];
  std::ranges::stable_sort(all, [](Candidate const& a, Candidate const& b) {
    return std::tuple(a.by, a.tie, a.key) < std::tuple(b.by, b.tie, b.key);
  });
  auto const counts = count_ahead(all, ties_in);
  auto const own_facts = [&](Candidate const& one, std::set<std::string>& facts) {
    auto const& key = keys_[row_of(one.pair).row];
    for (auto const place : {asked.by.facts_of(one.at), row.tie.has_value() ? asked.tie.facts_of(one.at) : 0})
      for (auto const& fact : needs_[place]) facts.insert(key + "." + fact);
  };
  auto const add_facts = [&](std::uint32_t pair, std::set<std::string>& facts) {
    for (auto& fact : facts_of(pair)) facts.insert(std::move(fact));
  };
  struct Decision {
    std::uint32_t pair;
    bool certain, loses;
    std::vector<std::string> needs;
  };
  // Only these can have anything to name.
  std::vector<std::size_t> open_ones;
  for (std::size_t k = 0; k < all.size(); ++k)
    if (!all[k].certain || all[k].by < 0 || all[k].tie < 0) open_ones.push_back(k);
  std::vector<Decision> decisions;
  std::int64_t taken = 0, open = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const& one = all[i];
    if (counts[i].sure >= wanted) {
      decisions.push_back({one.pair, one.certain, true, {}});
      continue;
    }
    bool const fits = counts[i].possible < wanted;
    if (fits && one.certain) {
      ++taken;
      continue;
    }
    ++open;
    std::set<std::string> facts;
    for (auto const k : open_ones) {
      if (fits || k == i || !ahead(all[k], one, ties_in, true)) continue;
      if (!all[k].certain) add_facts(all[k].pair, facts);
      if (!ahead(all[k], one, ties_in, false)) own_facts(all[k], facts);
    }
    if (!one.certain) add_facts(one.pair, facts);
    if (!fits) own_facts(one, facts);
    decisions.push_back({one.pair, one.certain, false, {facts.begin(), facts.end()}});
  }
  for (auto& [pair, certain, loses, needs] : decisions) {
    if (certain && loses)
      refuse(pair, index, none);
    else if (certain)
      doubt(pair, index, needs);
    else if (row_of(pair).outcome == Outcome::Unknown && !loses)
      row_of(pair).needs = needs_.place_of(needs);
  }
  reports_.push_back({name_of(index), SettledBy::Selection, wanted, taken, open,
                      std::max<std::int64_t>(0, wanted - taken - open), static_cast<std::int64_t>(all.size())});
}

}  // namespace huiyu::settle
