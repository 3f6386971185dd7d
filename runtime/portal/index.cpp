#include "runtime/portal/index.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "runtime/portal/demands.h"

namespace huiyu::portal {
namespace {

// What it costs to look at a policy whose first test holds, where an entry that does not costs 1.
constexpr double candidate_cost = 30;
// A slot is named in 16 bits, the one past the last too.
constexpr std::size_t most_slots = 65'000;
// Records that estimates are made on.
constexpr std::int64_t sample_rows = 4096;

class Maker {
 public:
  Maker(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, columns::Batch const* sample)
      : bound_(bound), plan_(*bound.plan), codes_(engine::code_atoms(bound)) {
    made_.subject = subject;
    made_.bitmaps.resize(1);  // there is always a word to look at
    choose_slots();
    for (auto const& slot : made_.slots) weights_.push_back(weigh(slot, sample));
  }

  Index make() {
    auto demands = demands_of(bound_, made_.subject, codes_, slots_);
    made_.place_slot = demands.place_slot;
    made_.others = std::move(demands.others);
    write_literals();
    RestWriter const rests(bound_, made_.subject, literals_, made_.slots.size());
    made_.policies.resize(plan_.policies.size());
    tests_.resize(plan_.policies.size());
    for (auto position : made_.others) made_.policies[position].is_open = true;
    if (made_.place_slot != Index::none)
      made_.places_of.resize(std::size_t{made_.slots[made_.place_slot].codes.top()} + 1);
    place_of({});  // the first: of policies that name none
    std::vector<Entry> entries;
    for (auto& demand : demands.all) place(demand, rests, entries);
    arrange(std::move(entries));
    made_.lows.resize(made_.lows.size() + genes::stab_room);
    made_.spans.resize(made_.spans.size() + genes::stab_room);
    made_.payments = Payments(bound_, made_.subject);
    return std::move(made_);
  }

 private:
  struct Entry {
    std::uint32_t place = 0, slot = 0;
    genes::CodeInterval codes;
    std::uint32_t policy = 0;
  };

  // Facts that a code tells all about.
  void choose_slots() {
    slots_.assign(plan_.columns.size(), no_slot);
    for (std::uint32_t i = 0; i < plan_.columns.size(); ++i) {
      bool const stated = bound_.columns[i].origin == engine::Origin::Stated;
      if (!codes_.columns[i] || !stated || !(plan_.columns[i].relation == made_.subject)) continue;
      if (made_.slots.size() == most_slots) break;
      slots_[i] = static_cast<std::uint32_t>(made_.slots.size());
      made_.slots.push_back({static_cast<std::uint32_t>(bound_.columns[i].place), *codes_.columns[i]});
    }
  }

  // By code: how much weight it and all before it have; the last is that of all records.
  static std::vector<double> weigh(Index::Slot const& slot, columns::Batch const* sample) {
    std::vector<double> weights(std::size_t{slot.codes.top()} + 1, sample == nullptr ? 1.0 : 0.0);
    if (sample == nullptr) {
      weights[genes::missing_code] = 0;
    } else {
      auto const& column = sample->columns[slot.place];
      auto const step = std::max<std::int64_t>(sample->row_count / sample_rows, 1);
      for (std::int64_t row = 0; row < sample->row_count; row += step)
        weights[column.present(row) ? slot.codes.code(column.at(row)) : genes::missing_code] += 1;
    }
    std::partial_sum(weights.begin(), weights.end(), weights.begin());
    return weights;
  }

  double share(std::uint32_t slot, genes::CodeSet const& codes) const {
    auto const& weights = weights_[slot];
    double held = 0;
    for (auto const& one : codes) held += weights[one.high] - weights[one.low - 1U];
    return weights.back() > 0 ? held / weights.back() : 1;
  }

  void write_literals() {
    literals_.assign(plan_.atoms.size() * 2, {static_cast<std::uint16_t>(made_.slots.size()), 0, 0});
    for (std::size_t i = 0; i < plan_.atoms.size(); ++i) {
      auto const slot = slots_[plan_.atoms[i].column.index];
      if (!codes_.atoms[i].coded || slot == no_slot) continue;
      literals_[i * 2] = test(slot, codes_.atoms[i].yes);
      literals_[i * 2 + 1] = test(slot, codes_.atoms[i].no);
    }
  }

  CodeTest test(std::uint32_t slot, genes::CodeSet const& set) {
    auto const codes = common(set, set);
    CodeTest made{static_cast<std::uint16_t>(slot), 0, 0};
    if (codes.size() == 1) {
      made.where = codes[0].low + (static_cast<std::uint32_t>(codes[0].high - codes[0].low) << 16);
      return made;
    }
    std::vector<std::uint64_t> bits(made_.slots[slot].codes.top() / 64U + 1U);
    for (auto const& one : codes)
      for (std::uint32_t code = one.low; code <= one.high; ++code) bits[code / 64] |= std::uint64_t{1} << (code % 64);
    auto const [found, fresh] = bitmaps_.try_emplace(bits, static_cast<std::uint32_t>(made_.bitmaps.size()));
    if (fresh) made_.bitmaps.insert(made_.bitmaps.end(), bits.begin(), bits.end());
    made.is_set = 1;
    made.where = found->second;
    return made;
  }

  // Puts a policy under its place and its most selective test, and writes down the others.
  void place(Demand& demand, RestWriter const& rests, std::vector<Entry>& entries) {
    Entry entry;
    entry.policy = demand.policy;
    auto& columns = demand.columns;
    auto const at = std::find_if(columns.begin(), columns.end(),
                                 [&](Demand::Column const& column) { return column.slot == made_.place_slot; });
    if (at != columns.end()) {
      entry.place = place_of(at->codes);
      columns.erase(at);
    }
    std::vector<std::pair<double, Demand::Column const*>> order;
    for (auto const& column : columns) order.emplace_back(share(column.slot, column.codes), &column);
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.first < b.first; });

    auto const cost = [](auto const& one) {
      return one.first * candidate_cost + static_cast<double>(one.second->codes.size());
    };
    auto const first =
        std::min_element(order.begin(), order.end(), [&](auto const& a, auto const& b) { return cost(a) < cost(b); });
    if (first == order.end() || cost(*first) > candidate_cost + 1) {
      entry.slot = static_cast<std::uint32_t>(made_.slots.size());
      entry.codes = {1, 1};
      entries.push_back(entry);
    } else {
      entry.slot = first->second->slot;
      for (auto const& codes : first->second->codes) {
        entry.codes = codes;
        entries.push_back(entry);
      }
      order.erase(first);
    }
    for (auto const& one : order) tests_[demand.policy].all.push_back(test(one.second->slot, one.second->codes));
    auto& policy = made_.policies[demand.policy];
    policy.rests_begin = static_cast<std::uint32_t>(made_.rests.size());
    for (auto rest : by_cost(demand.rests, rests)) rests.write(rest, made_.rests);
    policy.rests_end = static_cast<std::uint32_t>(made_.rests.size());
  }

  static std::vector<plan::Ref<plan::Condition>> by_cost(std::vector<plan::Ref<plan::Condition>> const& all,
                                                         RestWriter const& writer) {
    std::vector<std::pair<int, plan::Ref<plan::Condition>>> order;
    for (auto rest : all) {
      std::vector<RestNode> nodes;
      writer.write(rest, nodes);
      order.emplace_back(cost_of(nodes, 0), rest);
    }
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    std::vector<plan::Ref<plan::Condition>> sorted;
    for (auto const& one : order) sorted.push_back(one.second);
    return sorted;
  }

  std::uint32_t place_of(genes::CodeSet const& codes) {
    std::vector<std::uint32_t> key;
    for (auto const& one : codes) key.insert(key.end(), {one.low, one.high});
    auto const [found, fresh] = places_.try_emplace(key, static_cast<std::uint32_t>(made_.places.size()));
    if (!fresh) return found->second;
    made_.places.emplace_back();
    for (auto const& one : codes)
      for (std::uint32_t code = one.low; code <= one.high; ++code) made_.places_of[code].push_back(found->second);
    return found->second;
  }

  void arrange(std::vector<Entry> entries) {
    auto const key = [](Entry const& entry) { return std::tuple(entry.place, entry.slot, entry.policy); };
    std::stable_sort(entries.begin(), entries.end(), [&](Entry const& a, Entry const& b) { return key(a) < key(b); });
    std::size_t at = 0;
    for (std::uint32_t place = 0; place < made_.places.size(); ++place) {
      made_.places[place].begin = static_cast<std::uint32_t>(made_.groups.size());
      while (at < entries.size() && entries[at].place == place) {
        genes::StabGroup group{entries[at].slot, static_cast<std::uint32_t>(at), 0};
        for (; at < entries.size() && entries[at].place == place && entries[at].slot == group.slot; ++at) {
          made_.lows.push_back(entries[at].codes.low);
          made_.spans.push_back(static_cast<genes::Code>(entries[at].codes.high - entries[at].codes.low));
          add_entry(entries[at].policy);
        }
        group.end = static_cast<std::uint32_t>(at);
        made_.groups.push_back(group);
      }
      made_.places[place].end = static_cast<std::uint32_t>(made_.groups.size());
    }
  }

  // A policy may have several entries; its tests stand once.
  void add_entry(std::uint32_t position) {
    auto& [tests, begin] = tests_[position];
    if (begin == Index::none) {
      begin = static_cast<std::uint32_t>(made_.tests.size());
      if (!tests.empty()) made_.tests.insert(made_.tests.end(), tests.begin() + 1, tests.end());
    }
    auto const count = tests.empty() ? 0 : static_cast<std::uint32_t>(tests.size()) - 1;
    made_.seconds.push_back(tests.empty() ? always() : tests.front());
    made_.entries.push_back({position, begin, begin + count});
  }
  CodeTest always() const { return {static_cast<std::uint16_t>(made_.slots.size()), 0, 1}; }

  engine::BoundPlan const& bound_;
  plan::Plan const& plan_;
  engine::GeneCodes codes_;
  std::vector<std::uint32_t> slots_;          // by column of the plan
  std::vector<std::vector<double>> weights_;  // by slot
  std::vector<CodeTest> literals_;            // by atom × 2 + negated; the slot past the last: not coded
  struct Tests {
    std::vector<CodeTest> all;          // the most selective first
    std::uint32_t begin = Index::none;  // in `tests`, but for the first of them
  };
  std::vector<Tests> tests_;  // by policy
  std::map<std::vector<std::uint64_t>, std::uint32_t> bitmaps_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> places_;
  Index made_;
};

template <class Row> std::size_t bytes_of(std::vector<Row> const& rows) { return rows.capacity() * sizeof(Row); }

}  // namespace

Index make_index(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, columns::Batch const* sample) {
  return Maker(bound, subject, sample).make();
}

std::size_t bytes(Index const& index) {
  auto sum = bytes_of(index.slots) + bytes_of(index.places) + bytes_of(index.places_of) + bytes_of(index.groups) +
             bytes_of(index.lows) + bytes_of(index.spans) + bytes_of(index.seconds) + bytes_of(index.entries) +
             bytes_of(index.policies) + bytes_of(index.tests) + bytes_of(index.rests) + bytes_of(index.bitmaps) +
             bytes_of(index.others) + index.payments.bytes();
  for (auto const& slot : index.slots) sum += slot.codes.edges().size_bytes();
  for (auto const& places : index.places_of) sum += bytes_of(places);
  return sum;
}

}  // namespace huiyu::portal
