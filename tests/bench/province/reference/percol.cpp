// ref_percol: the best that a filter engine can do one policy at a time. Loops over typed columns that the compiler
// vectorises, vectors of 2,048 records, the comparisons that decide soonest first, a vector given up as soon as nobody
// in it is left.
//
//   ref_percol RAW THREADS REPETITIONS [records=N] [partitioned]
//
// `partitioned`: a policy visits only the records of its region. Without it the order of records still helps, because a
// vector of another county ends at the region's comparison.

#include <atomic>
#include <cstring>
#include <string>
#include <vector>

#include "tests/bench/province/reference/order.h"
#include "tests/bench/province/reference/run.h"

namespace huiyu::reference {
namespace {

constexpr int vector_size = 2048;
using Mask = std::uint8_t[vector_size];

// Two loops, since the compiler vectorises only what it knows not to overlap.
template <class Test> void keep_in_place(int count, std::uint8_t* __restrict mask, Test test) {
  for (int i = 0; i < count; ++i) mask[i] = mask[i] & static_cast<std::uint8_t>(test(i));
}
template <class Test>
void keep_apart(int count, std::uint8_t const* __restrict in, std::uint8_t* __restrict out, Test test) {
  for (int i = 0; i < count; ++i) out[i] = in[i] & static_cast<std::uint8_t>(test(i));
}
template <class Test> void keep(int count, std::uint8_t const* in, std::uint8_t* out, Test test) {
  if (in == out)
    keep_in_place(count, out, test);
  else
    keep_apart(count, in, out, test);
}

bool any(std::uint8_t const* mask, int count) {
  std::uint64_t all = 0;
  int i = 0;
  for (; i + 8 <= count; i += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, mask + i, sizeof eight);
    all |= eight;
  }
  for (; i < count; ++i) all |= mask[i];
  return all != 0;
}

class PerColumn {
 public:
  explicit PerColumn(Workload const& workload) : workload_(workload), tables_(workload.atoms.size()) {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      auto const& atom = workload.atoms[i];
      if (atom.kind != Kind::Set) continue;
      tables_[i].assign(workload.columns[atom.column].dictionary_size + 1, atom.negated != 0);
      tables_[i][0] = 0;
      for (int k = 0; k < atom.set_size; ++k) tables_[i][1 + workload.sets[atom.set_start + k]] = atom.negated == 0;
    }
    ordered_ = Orderer(workload, sampled_shares(), [&](int at) { return 0.05 * cost(at); }).ordered;
  }

  // Which of the records fit; false where none does, and then `out` means nothing.
  bool find(std::size_t policy, std::size_t record, int count, std::uint8_t const* all, std::uint8_t* out) const {
    return narrow(ordered_.begins[policy], record, count, all, out);
  }

 private:
  double cost(int at) const {
    auto const word = workload_.program[at];
    if (!is_atom(word)) return 2.0 * (workload_.program[at + 1] - at - 2);
    switch (workload_.atoms[atom_of(word)].kind) {
      case Kind::Range: return 1;
      case Kind::Set: return 2;
      case Kind::Ratio: return 3;
      case Kind::Has: return 4;
    }
    return 0;
  }

  std::vector<double> sampled_shares() const {
    constexpr int sample = 64;
    std::vector<double> shares(workload_.atoms.size());
    Mask all, mask;
    std::memset(all, 1, sizeof all);
    auto const step = std::max<std::size_t>(sample, workload_.records / 16);
    for (std::size_t a = 0; a < shares.size(); ++a) {
      int hits = 0, count = 0;
      for (std::size_t r = 0; r + sample <= workload_.records; r += step, count += sample) {
        compare(static_cast<int>(a), r, sample, all, mask);
        for (int i = 0; i < sample; ++i) hits += mask[i];
      }
      shares[a] = count == 0 ? 0.5 : static_cast<double>(hits) / count;
    }
    return shares;
  }

  template <class T>
  static void range(T const* values, int count, Atom const& atom, std::uint8_t const* in, std::uint8_t* out) {
    constexpr T null = std::numeric_limits<T>::min(), most = std::numeric_limits<T>::max();
    if (atom.low > most || atom.high <= null) {
      if (atom.negated)
        keep(count, in, out, [=](int i) { return values[i] != null; });
      else
        std::memset(out, 0, static_cast<std::size_t>(count));
      return;
    }
    T const low = atom.low <= null ? static_cast<T>(null + 1) : static_cast<T>(atom.low);
    T const high = atom.high >= most ? most : static_cast<T>(atom.high);
    if (atom.negated)
      keep(count, in, out, [=](int i) { return ((values[i] < low) | (values[i] > high)) & (values[i] != null); });
    else if (high == most)
      keep(count, in, out, [=](int i) { return values[i] >= low; });
    else
      keep(count, in, out, [=](int i) { return (values[i] >= low) & (values[i] <= high); });
  }

  // `in` may be `out`.
  void compare(int number, std::size_t record, int count, std::uint8_t const* in, std::uint8_t* out) const {
    auto const& atom = workload_.atoms[number];
    auto const& column = workload_.columns[atom.column];
    switch (atom.kind) {
      case Kind::Range:
        switch (column.width) {
          case 8: return range(column.values<std::int64_t>() + record, count, atom, in, out);
          case 4: return range(column.values<std::int32_t>() + record, count, atom, in, out);
          case 2: return range(column.values<std::int16_t>() + record, count, atom, in, out);
          default: return range(column.values<std::int8_t>() + record, count, atom, in, out);
        }
      case Kind::Set: {
        auto const* codes = column.values<std::int16_t>() + record;
        auto const* table = tables_[number].data() + 1;
        for (int i = 0; i < count; ++i) out[i] = in[i] & table[codes[i] < 0 ? -1 : codes[i]];
        return;
      }
      case Kind::Has:
        for (int i = 0; i < count; ++i) out[i] = in[i] && has(column, record + i, atom);
        return;
      case Kind::Ratio: {
        auto const* dividends = column.values<std::int64_t>() + record;
        auto const* divisors = workload_.columns[atom.divisor].values<std::int64_t>() + record;
        for (int i = 0; i < count; ++i)
          out[i] = in[i] && ratio_is(dividends[i], divisors[i], atom.op, atom.numerator, atom.denominator);
        return;
      }
    }
  }

  static bool has(Column const& column, std::size_t record, Atom const& atom) {
    if (column.lengths[record] < 0) return false;
    auto const *first = column.tags + column.starts[record], *end = column.tags + column.starts[record + 1];
    return (std::find(first, end, atom.low) != end) != (atom.negated != 0);
  }

  bool narrow(int at, std::size_t record, int count, std::uint8_t const* in, std::uint8_t* out) const {
    auto const word = ordered_.program[at];
    if (is_atom(word)) {
      compare(atom_of(word), record, count, in, out);
      return any(out, count);
    }
    auto const end = ordered_.program[at + 1];
    if (is_and(word)) {
      for (int child = at + 2; child < end; child = ordered_.after(child), in = out)
        if (!narrow(child, record, count, in, out)) return false;
      return true;
    }
    Mask undecided, found, here;
    std::memcpy(undecided, in, static_cast<std::size_t>(count));
    std::memset(found, 0, static_cast<std::size_t>(count));
    for (int child = at + 2; child < end; child = ordered_.after(child)) {
      if (!narrow(child, record, count, undecided, here)) continue;
      for (int i = 0; i < count; ++i) found[i] |= here[i], undecided[i] &= here[i] ^ 1;
      if (!any(undecided, count)) break;
    }
    std::memcpy(out, found, static_cast<std::size_t>(count));
    return any(out, count);
  }

  Workload const& workload_;
  std::vector<std::vector<std::uint8_t>> tables_;  // of sets: which codes fit, after the null's
  Ordered ordered_;
};

void run(Arguments const& arguments) {
  Workload const workload(arguments.raw);
  auto const records = std::min(workload.records, arguments.number("records", workload.records));
  bool const partitioned = arguments.has("partitioned");
  auto const began = seconds();
  PerColumn const columns(workload);
  auto const counties = workload.counties(records);
  auto const prepared = seconds() - began;
  for (int repetition = 0; repetition < arguments.repetitions; ++repetition) {
    std::atomic<std::size_t> next{0};
    std::vector<Found> found(arguments.threads);
    Times const from;
    in_threads(arguments.threads, [&](int thread) {
      Mask all, mask;
      std::memset(all, 1, sizeof all);
      for (std::size_t begin; (begin = next.fetch_add(vector_size)) < records;)
        for (std::size_t p = 0; p < workload.policies.size(); ++p) {
          auto const& policy = workload.policies[p];
          auto low = begin, high = std::min(records, begin + vector_size);
          if (partitioned) {
            low = std::max(low, counties[policy.region_low]);
            high = std::min(high, counties[policy.region_high + 1]);
            if (low >= high) continue;
          }
          auto const count = static_cast<int>(high - low);
          if (!columns.find(p, low, count, all, mask)) continue;
          for (int i = 0; i < count; ++i)
            if (mask[i]) found[thread].add(p, low + i, amount(workload, policy, low + i));
        }
    });
    auto const took = Times{} - from;
    Found sum;
    for (auto const& one : found) sum += one;
    print(partitioned ? "ref_percol, partitioned" : "ref_percol", arguments.threads, workload.policies.size(), records,
          took, prepared, sum);
  }
}

}  // namespace
}  // namespace huiyu::reference

int main(int count, char** arguments) { huiyu::reference::run({count, arguments}); }
