// ref_limit: the bare kernel that the engine is held against. A plan for each county; every comparison evaluated at
// most once for a block of 512 records of one county, as a bitmap; policies are ANDs of bitmaps, the rarest true first,
// given up as soon as nobody is left; groups only for who is left; then the formula for each match.
//
//   ref_limit RAW THREADS REPETITIONS [records=N]
//
// Nothing is kept between repetitions but the plans. Raw arrays spell null as a number, so it reads no validity
// bitmaps.

#include <atomic>
#include <vector>

#include "tests/bench/province/reference/block.h"
#include "tests/bench/province/reference/run.h"

namespace huiyu::reference {
namespace {

// Comparisons of a column in a block from which on its codes pay: by measurement.
constexpr double codes_pay = 48, codes_pay_for_32_bits = 72, codes_pay_for_ratios = 6;

struct Morsel {
  std::size_t record;
  int county;
};

class Limit {
 public:
  Limit(Workload const& workload, std::size_t records)
      : workload_(workload), codes_(workload), coded_(workload, codes_), begins_(workload.counties(records)) {
    Planner planner(workload, coded_);
    plans_.resize(begins_.size() - 1);
    std::vector<std::vector<int>> of_county(plans_.size());
    for (std::size_t p = 0; p < workload.policies.size(); ++p)
      for (int c = workload.policies[p].region_low; c <= workload.policies[p].region_high; ++c)
        of_county[c].push_back(static_cast<int>(p));
    for (std::size_t c = 0; c < plans_.size(); ++c) {
      if (begins_[c] == begins_[c + 1] || of_county[c].empty()) continue;
      plans_[c] = planner.plan(of_county[c]);
      most_atoms_ = std::max(most_atoms_, plans_[c].atoms.size());
      for (auto r = begins_[c]; r < begins_[c + 1]; r += block_size) morsels_.push_back({r, static_cast<int>(c)});
    }
    choose_raw();
  }

  std::vector<Morsel> const& morsels() const { return morsels_; }
  Block block() const { return {workload_, codes_, coded_, most_atoms_}; }
  void match(Morsel const& morsel, Block& block, std::vector<Match>& out) const {
    block.match(plans_[morsel.county], morsel.record, size_of(morsel), out);
  }

 private:
  int size_of(Morsel const& morsel) const {
    return static_cast<int>(std::min<std::size_t>(block_size, begins_[morsel.county + 1] - morsel.record));
  }

  // What a block in the middle of the county asks of each column.
  void choose_raw() {
    auto tried = block();
    std::vector<Match> ignored;
    for (std::size_t c = 0; c < plans_.size(); ++c) {
      if (plans_[c].policies.empty()) continue;
      std::vector<std::uint32_t> counts(codes_.columns.size());
      tried.counts = &counts;
      match({(begins_[c] + begins_[c + 1]) / 2, static_cast<int>(c)}, tried, ignored);
      ignored.clear();
      for (std::size_t k = 0; k < counts.size(); ++k) {
        auto const& column = codes_.columns[k];
        auto const pay = column.divisor >= 0                           ? codes_pay_for_ratios
                         : workload_.columns[column.source].width == 4 ? codes_pay_for_32_bits
                                                                       : codes_pay;
        plans_[c].compare_raw.push_back(counts[k] < pay);
      }
    }
  }

  Workload const& workload_;
  Codes const codes_;
  CodedAtoms const coded_;
  std::vector<std::size_t> const begins_;  // of counties
  std::vector<CountyPlan> plans_;
  std::vector<Morsel> morsels_;
  std::size_t most_atoms_ = 0;
};

struct alignas(64) Listed {
  std::vector<Match> matches;
  std::uint64_t paid = 0;
};

void run(Arguments const& arguments) {
  Workload const workload(arguments.raw);
  auto const records = std::min(workload.records, arguments.number("records", workload.records));
  auto const began = seconds();
  Limit const limit(workload, records);
  auto const prepared = seconds() - began;
  for (int repetition = 0; repetition < arguments.repetitions; ++repetition) {
    std::atomic<std::size_t> next{0};
    std::vector<Listed> lists(arguments.threads);
    Times const from;
    in_threads(arguments.threads, [&](int thread) {
      auto block = limit.block();
      auto& [matches, paid] = lists[thread];
      for (std::size_t m; (m = next.fetch_add(1)) < limit.morsels().size();) {
        auto const known = matches.size();
        limit.match(limit.morsels()[m], block, matches);
        for (auto i = known; i < matches.size(); ++i) {
          auto const fen = amount(workload, workload.policies[matches[i].first], matches[i].second);
          if (fen != missing) paid += static_cast<std::uint64_t>(fen);
        }
      }
    });
    auto const took = Times{} - from;
    Found found;
    for (auto const& list : lists) {
      for (auto const& [policy, record] : list.matches) found.add(policy, record, 0);
      found.paid += list.paid;
    }
    print("ref_limit", arguments.threads, workload.policies.size(), records, took, prepared, found);
  }
}

}  // namespace
}  // namespace huiyu::reference

int main(int count, char** arguments) { huiyu::reference::run({count, arguments}); }
