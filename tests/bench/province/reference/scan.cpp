// ref_scan: what a careful engineer writes by hand. A record at a time over raw values, the comparisons of a policy in
// the order that decides soonest, nothing evaluated twice within a policy, nothing shared between policies.
//
//   ref_scan RAW THREADS REPETITIONS [records=N] [single[=N]]
//
// `single`: N records (2,000) spread evenly, one after the other, with the time of each.

#include <atomic>
#include <string>
#include <vector>

#include "tests/bench/province/reference/order.h"
#include "tests/bench/province/reference/run.h"

namespace huiyu::reference {
namespace {

// A record: its values, and of lists a bit for each tag.
struct Record {
  std::int64_t values[64];
  std::vector<std::uint64_t> tags[64];
  bool null[64];
};

class Scan {
 public:
  explicit Scan(Workload const& workload) : workload_(workload), tables_(workload.atoms.size()) {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      auto const& atom = workload.atoms[i];
      if (atom.kind != Kind::Set) continue;
      tables_[i].assign(workload.columns[atom.column].dictionary_size, atom.negated != 0);
      for (int k = 0; k < atom.set_size; ++k) tables_[i][workload.sets[atom.set_start + k]] = atom.negated == 0;
    }
    auto const cost = [&](int at) { return is_atom(workload.program[at]) ? 0.02 : 0.06; };
    ordered_ = Orderer(workload, sampled_shares(), cost).ordered;
  }

  Record empty_record() const {
    Record record;
    for (std::size_t c = 0; c < workload_.columns.size(); ++c)
      if (workload_.columns[c].is_list) record.tags[c].assign(workload_.columns[c].dictionary_size / 64 + 1, 0);
    return record;
  }

  void load(Record& record, std::size_t number) const {
    for (std::size_t c = 0; c < workload_.columns.size(); ++c) {
      auto const& column = workload_.columns[c];
      if (column.is_list) {
        record.null[c] = column.lengths[number] < 0;
        for (auto i = column.starts[number]; i < column.starts[number + 1]; ++i)
          record.tags[c][column.tags[i] >> 6] |= 1ULL << (column.tags[i] & 63);
      } else {
        record.values[c] = workload_.value(static_cast<int>(c), number);
      }
    }
  }

  // Clears the bits that `load` set.
  void unload(Record& record, std::size_t number) const {
    for (std::size_t c = 0; c < workload_.columns.size(); ++c) {
      auto const& column = workload_.columns[c];
      if (!column.is_list) continue;
      for (auto i = column.starts[number]; i < column.starts[number + 1]; ++i) record.tags[c][column.tags[i] >> 6] = 0;
    }
  }

  bool fits(Record const& record, std::size_t policy) const {
    return is_true(record, &ordered_.program[ordered_.begins[policy]]);
  }

 private:
  std::vector<double> sampled_shares() const {
    constexpr std::size_t sample = 1024;
    std::vector<double> shares(workload_.atoms.size());
    auto record = empty_record();
    double count = 0;
    for (std::size_t r = 0; r < workload_.records; r += std::max<std::size_t>(1, workload_.records / sample), ++count) {
      load(record, r);
      for (std::size_t a = 0; a < shares.size(); ++a) shares[a] += compare(record, static_cast<int>(a));
      unload(record, r);
    }
    for (auto& share : shares) share /= count;
    return shares;
  }

  bool compare(Record const& record, int number) const {
    auto const& atom = workload_.atoms[number];
    auto const value = record.values[atom.column];
    switch (atom.kind) {
      case Kind::Range: {
        bool const inside = value >= atom.low && value <= atom.high;
        return atom.negated != 0 ? value != missing && !inside : inside && value != missing;
      }
      case Kind::Set: return value != missing && tables_[number][value];
      case Kind::Has: {
        bool const has = (record.tags[atom.column][atom.low >> 6] >> (atom.low & 63) & 1) != 0;
        return !record.null[atom.column] && has != (atom.negated != 0);
      }
      case Kind::Ratio: break;
    }
    return ratio_is(value, record.values[atom.divisor], atom.op, atom.numerator, atom.denominator);
  }

  // By pointer: most of the time goes here.
  bool is_true(Record const& record, std::int32_t const* node) const {
    if (is_atom(*node)) return compare(record, atom_of(*node));
    auto const* const program = ordered_.program.data();
    auto const* const end = program + node[1];
    auto const after = [&](std::int32_t const* child) { return is_atom(*child) ? child + 1 : program + child[1]; };
    if (is_and(*node)) {
      for (auto const* child = node + 2; child < end; child = after(child))
        if (!is_true(record, child)) return false;
      return true;
    }
    for (auto const* child = node + 2; child < end; child = after(child))
      if (is_true(record, child)) return true;
    return false;
  }

  Workload const& workload_;
  std::vector<std::vector<std::uint8_t>> tables_;  // of sets: which codes fit
  Ordered ordered_;
};

void one_by_one(Workload const& workload, Scan const& scan, Arguments const& arguments, double prepared) {
  auto const count = arguments.number("single", 2000);
  std::vector<double> microseconds;
  std::vector<std::size_t> hits;
  auto record = scan.empty_record();
  Found found;
  for (int repetition = 0; repetition < arguments.repetitions; ++repetition) {
    found = {};
    for (std::size_t k = 0; k < count; ++k) {
      auto const number = k * (workload.records / count);
      auto const from = seconds();
      hits.clear();
      scan.load(record, number);
      for (std::size_t p = 0; p < workload.policies.size(); ++p)
        if (scan.fits(record, p)) hits.push_back(p);
      scan.unload(record, number);
      microseconds.push_back((seconds() - from) * 1e6);
      for (auto const policy : hits) found.add(policy, number, 0);
    }
  }
  print("ref_scan", workload.policies.size(), count, std::move(microseconds), prepared, found);
}

void run(Arguments const& arguments) {
  constexpr std::size_t morsel = 256;
  Workload const workload(arguments.raw);
  auto const began = seconds();
  Scan const scan(workload);
  auto const prepared = seconds() - began;
  if (arguments.has("single") || arguments.number("single", 0) > 0)
    return one_by_one(workload, scan, arguments, prepared);
  auto const records = std::min(workload.records, arguments.number("records", workload.records));
  for (int repetition = 0; repetition < arguments.repetitions; ++repetition) {
    std::atomic<std::size_t> next{0};
    std::vector<Found> found(arguments.threads);
    Times const from;
    in_threads(arguments.threads, [&](int thread) {
      auto record = scan.empty_record();
      for (std::size_t begin; (begin = next.fetch_add(morsel)) < records;)
        for (auto r = begin; r < std::min(records, begin + morsel); ++r) {
          scan.load(record, r);
          for (std::size_t p = 0; p < workload.policies.size(); ++p)
            if (scan.fits(record, p)) found[thread].add(p, r, amount(workload, workload.policies[p], r));
          scan.unload(record, r);
        }
    });
    auto const took = Times{} - from;
    Found all;
    for (auto const& one : found) all += one;
    print("ref_scan", arguments.threads, workload.policies.size(), records, took, prepared, all);
  }
}

}  // namespace
}  // namespace huiyu::reference

int main(int count, char** arguments) { huiyu::reference::run({count, arguments}); }
