// 预算 and 遴选: what is decided over all records.

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "runtime/base/check.h"
#include "runtime/settle/settlement.h"

namespace huiyu::settle {
namespace {

bool has(plan::Settle const& row, plan::SettleFlags flag) { return (row.flags & flag) != 0; }

}  // namespace

// By value, 0 for the first and equal numbers for equal values; −1 where it is not known.
std::vector<std::int64_t> Population::orders_of(plan::Ref<plan::Explain> tree, bool descending,
                                                std::vector<explain::Value const*> const& values) const {
  // The first entry of an ordered 名录 is the highest.
  bool const entries = plan_.explains[tree.index].kind == plan::ValueKind::Enumeration;
  bool const falling = descending != entries;
  std::vector<std::uint32_t> order;
  std::vector<std::int64_t> places(values.size(), -1), whole(values.size());
  bool narrow = true;  // millionths that fit 64 bits: most are
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    if (!values[i]->known()) continue;
    order.push_back(i);
    auto const fits = (values[i]->number * 1'000'000).integer();
    narrow = narrow && fits.has_value();
    whole[i] = fits.value_or(0);
  }
  auto const less = [&](std::uint32_t a, std::uint32_t b) {
    if (falling) std::swap(a, b);
    return narrow ? whole[a] < whole[b] : values[a]->number < values[b]->number;
  };
  std::ranges::stable_sort(order, less);
  std::int64_t place = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && less(order[i - 1], order[i])) ++place;
    places[order[i]] = place;
  }
  return places;
}

void Population::budget(std::uint32_t index, std::span<Entry const> entries, std::int64_t pool,
                        std::optional<std::int64_t> each, std::string const& name) {
  auto const& row = *rules_.all()[index].row;
  bool const ranked = row.cut == plan::SettleCut::Ranked;
  // Entries stand by policy id and key. Holders are numbered by name, so that they do too.
  std::map<std::string, std::uint32_t> holders;
  std::vector<std::string> of_entry;
  if (each) {
    std::vector<std::string_view> names(units_.size());
    for (auto const& [unit, number] : units_) names[number] = unit;
    for (auto const& entry : entries) {
      auto const record = static_cast<std::size_t>(pairs_[entry.seat.pair].row);
      of_entry.push_back(row.unit.has_value()    ? std::string(names[entry.unit])
                         : keys_[record].empty() ? "#" + std::to_string(record)
                                                 : keys_[record]);
      holders.emplace(of_entry.back(), 0);
    }
    std::uint32_t number = 0;
    for (auto& [holder, place] : holders) place = number++;
  }
  std::vector<Claim> claims;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto const& seat = entries[i].seat;
    auto const amount = seat.standing == Standing::Paid ? seat.amount : std::min(seat.most, pool);
    claims.push_back({amount, each ? holders.at(of_entry[i]) : 0});
  }
  auto const holder_count = static_cast<std::uint32_t>(holders.empty() ? 1 : holders.size());
  std::vector<std::int64_t> places(entries.size()), shares;
  if (ranked) {
    std::vector<explain::Value const*> values;
    for (auto const& entry : entries) values.push_back(&asked(index, entry.seat.pair).by);
    places = orders_of(row.by, has(row, plan::Descending), values);
    std::vector<std::uint32_t> order(entries.size());
    std::iota(order.begin(), order.end(), 0U);
    // Those whose place nobody knows, −1, come first: they may.
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return places[i]; });
    shares = rank_pool(claims, order, pool, each, holder_count);
  } else {
    shares = share_pool(claims, pool, each, has(row, plan::ShareAgain), holder_count);
  }
  Int128 claimed = 0, paid = 0, reserved = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto const& seat = entries[i].seat;
    claimed += claims[i].amount;
    bool const certain = seat.standing == Standing::Paid && (places[i] >= 0 || seat.amount == 0);
    (certain ? paid : reserved) += shares[i];
    if (certain && shares[i] != seat.amount) cut(seat.pair, row, shares[i], {}, SettledHow::Cut);
    if (certain) continue;
    if (seat.standing == Standing::Paid) {
      auto const& facts = asked(index, seat.pair).by_facts;
      wait_for(seat, row, facts.empty() ? std::vector{name_of(row)} : facts);
    }
    bounds_[seat.pair] = std::min(bounds_[seat.pair], shares[i]);
  }
  auto const fen = [](Int128 amount) { return to_int64(amount).value_or(unbounded); };
  reports_.push_back(
      {name, SettledBy::Budget, pool, fen(paid), fen(reserved), fen(pool - paid - reserved), fen(claimed)});
}

namespace {

// A candidate of a 遴选.
struct Candidate {
  std::uint32_t pair = 0;
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
  std::vector<Candidate> all;
  std::vector<explain::Value const*> by, tie;
  for (auto const at : of_policy_[rule.policies.front()]) {
    auto const standing = standing_of(pairs_[at]);
    if (standing == Standing::Out) continue;
    all.push_back({at, standing != Standing::Doubtful, -1, -1, key_ranks_[static_cast<std::size_t>(pairs_[at].row)]});
    by.push_back(&asked(index, at).by);
    tie.push_back(&asked(index, at).tie);
  }
  auto const limit = limit_of(row.limit);
  if (!limit.known) {
    for (auto const& one : all)
      if (one.certain) doubt(one.pair, row, limit.facts.empty() ? std::vector{name_of(row)} : limit.facts);
    return;
  }
  bool const ties_in = has(row, plan::AtLeast);
  BigInt whole = floor_div(BigInt(numerator(limit.value.number)), BigInt(denominator(limit.value.number)));
  if (ties_in && BigRational(whole) != limit.value.number) ++whole;
  auto const wanted = std::max<std::int64_t>(0, to_int64(whole).value_or(unbounded));

  auto const by_places = orders_of(row.by, has(row, plan::Descending), by);
  auto const tie_places = row.tie.has_value() ? orders_of(row.tie, has(row, plan::TieDescending), tie)
                                              : std::vector<std::int64_t>(all.size(), 0);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].by = by_places[i], all[i].tie = tie_places[i];
  std::ranges::stable_sort(all, [](Candidate const& a, Candidate const& b) {
    return std::tuple(a.by, a.tie, a.key) < std::tuple(b.by, b.tie, b.key);
  });
  auto const counts = count_ahead(all, ties_in);
  auto const own_facts = [&](std::uint32_t pair, std::set<std::string>& facts) {
    auto const& key = keys_[static_cast<std::size_t>(pairs_[pair].row)];
    for (auto const* lacking : {&asked(index, pair).by_facts, &asked(index, pair).tie_facts})
      for (auto const& fact : *lacking) facts.insert(key + "." + fact);
  };
  auto const add_facts = [&](std::uint32_t pair, std::set<std::string>& facts) {
    for (auto& fact : facts_of(pair)) facts.insert(std::move(fact));
  };
  struct Decision {
    std::uint32_t pair;
    bool certain, loses;
    std::vector<std::string> needs;
  };
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
    for (std::size_t k = 0; !fits && k < all.size(); ++k) {
      if (k == i || !ahead(all[k], one, ties_in, true)) continue;
      if (!all[k].certain) add_facts(all[k].pair, facts);
      if (!ahead(all[k], one, ties_in, false)) own_facts(all[k].pair, facts);
    }
    if (!one.certain) add_facts(one.pair, facts);
    if (!fits) own_facts(one.pair, facts);
    decisions.push_back({one.pair, one.certain, false, {facts.begin(), facts.end()}});
  }
  for (auto& [pair, certain, loses, needs] : decisions) {
    if (certain && loses)
      refuse(pair, row, {});
    else if (certain)
      doubt(pair, row, std::move(needs));
    else if (pairs_[pair].outcome == Outcome::Unknown && !loses)
      pairs_[pair].needs = std::move(needs);
  }
  reports_.push_back({name_of(row), SettledBy::Selection, wanted, taken, open,
                      std::max<std::int64_t>(0, wanted - taken - open), static_cast<std::int64_t>(all.size())});
}

}  // namespace huiyu::settle
