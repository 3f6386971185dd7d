#include "tests/bench/province/reference/coded_atoms.h"

#include <algorithm>
#include <cstring>

namespace huiyu::reference {
namespace {

constexpr std::size_t most_intervals = 8;
constexpr std::uint8_t in_table = 255;

using Shape = CodedAtom::Shape;

template <class T> void range_of(T const* values, Atom const& atom, std::uint8_t* out) {
  constexpr std::int64_t null = std::numeric_limits<T>::min(), most = std::numeric_limits<T>::max();
  auto const low = static_cast<T>(std::max(atom.low, null + 1)), high = static_cast<T>(std::min(atom.high, most));
  bool const negated = atom.negated != 0;
  for (int i = 0; i < block_bytes; ++i) out[i] = eight_within(values + 8 * i, low, high, negated);
}

}  // namespace

CodedAtoms::CodedAtoms(Workload const& workload, Codes const& codes) : workload_(workload), codes_(codes) {
  for (std::size_t i = 0; i < workload.atoms.size(); ++i) atoms.push_back(coded(static_cast<int>(i)));
  sample_shares();
}

CodedAtom CodedAtoms::coded(int number) {
  auto const& atom = workload_.atoms[number];
  CodedAtom made;
  if (atom.kind == Kind::Has) {
    made.shape = atom.negated != 0 ? Shape::NotTag : Shape::Tag;
    made.column = atom.column;
    made.first = static_cast<std::uint32_t>(atom.low);
    return made;
  }
  made.column = codes_.column_of(atom);
  auto const& column = codes_.columns[made.column];
  made.wide = column.wide;
  bool const is_number = atom.kind == Kind::Range && workload_.columns[atom.column].width >= 4;
  if (is_number || atom.kind == Kind::Ratio) made.raw = number;

  auto const runs = runs_of(atom, column);
  if (runs.empty()) return made;
  if (runs.size() == 1) {
    made.shape = Shape::Interval;
    made.low = static_cast<std::uint16_t>(runs[0].first);
    made.length = static_cast<std::uint16_t>(runs[0].second - runs[0].first);
  } else if (runs.size() <= most_intervals) {
    made.shape = Shape::Intervals;
    made.first = static_cast<std::uint32_t>(intervals_.size());
    made.intervals = static_cast<std::uint8_t>(runs.size());
    for (auto const& [low, high] : runs) intervals_.emplace_back(low, high - low);
  } else {
    made.shape = Shape::Table;
    made.first = static_cast<std::uint32_t>(tables_.size());
    auto& table = tables_.emplace_back(static_cast<std::size_t>(column.top_code()) + 1);
    for (auto const& [low, high] : runs) std::fill(table.begin() + low, table.begin() + high + 1, in_table);
  }
  return made;
}

std::vector<CodedAtoms::Run> CodedAtoms::runs_of(Atom const& atom, CodedColumn const& column) const {
  auto const top = static_cast<int>(column.top_code());
  if (atom.kind == Kind::Ratio) {
    bool const strict = atom.op == Op::Above || atom.op == Op::AtMost;
    RatioBound const wanted{atom.numerator, atom.denominator, strict};
    auto const& ratios = column.ratios;
    auto const at = static_cast<int>(std::lower_bound(ratios.begin(), ratios.end(), wanted) - ratios.begin());
    bool const upward = atom.op == Op::AtLeast || atom.op == Op::Above;
    return {upward ? Run{at + 2, static_cast<int>(ratios.size()) + 1} : Run{1, at + 1}};
  }
  std::vector<Run> runs;
  if (atom.kind == Kind::Range)
    runs.emplace_back(atom.low == missing ? 1 : column.code_of(atom.low),
                      atom.high == endless ? top : column.code_of(atom.high));
  else
    for_each_run(workload_, atom,
                 [&](int first, int last) { runs.emplace_back(column.code_of(first), column.code_of(last)); });
  if (atom.negated == 0) return runs;
  std::vector<Run> others;
  int next = 1;
  for (auto const& [low, high] : runs) {
    if (low > next) others.emplace_back(next, low - 1);
    next = high + 1;
  }
  if (next <= top) others.emplace_back(next, top);
  return others;
}

void CodedAtoms::evaluate(CodedAtom const& atom, std::uint8_t const* codes, std::uint64_t* out) const {
  auto const* narrow = codes + codes_.columns[atom.column].offset;
  auto const* wide = reinterpret_cast<std::uint16_t const*>(narrow);
  auto const interval = [&](std::uint16_t low, std::uint16_t length, std::uint64_t* into) {
    atom.wide ? within(wide, low, length, into)
              : within(narrow, static_cast<std::uint8_t>(low), static_cast<std::uint8_t>(length), into);
  };
  if (atom.shape == Shape::Interval) return interval(atom.low, atom.length, out);
  if (atom.shape == Shape::Table) {
    alignas(64) std::uint8_t hits[block_size];
    auto const* table = tables_[atom.first].data();
    for (int i = 0; i < block_size; ++i) hits[i] = table[atom.wide ? wide[i] : narrow[i]];
    return within(hits, in_table, 0, out);
  }
  auto all = Bits::none();
  for (int i = 0; i < atom.intervals; ++i) {
    alignas(64) std::uint64_t one[block_words];
    interval(intervals_[atom.first + i].first, intervals_[atom.first + i].second, one);
    all = all | Bits::load(one);
  }
  all.store(out);
}

void CodedAtoms::evaluate_raw(int number, std::size_t record, int count, std::uint64_t* out) const {
  auto const& atom = workload_.atoms[number];
  auto const& column = workload_.columns[atom.column];
  if (atom.kind == Kind::Ratio) {
    auto const* dividends = column.values<std::int64_t>() + record;
    auto const* divisors = workload_.columns[atom.divisor].values<std::int64_t>() + record;
    alignas(64) std::uint8_t hits[block_size] = {};
    for (int i = 0; i < count; ++i)
      hits[i] = ratio_is(dividends[i], divisors[i], atom.op, atom.numerator, atom.denominator);
    return within(hits, 1, 0, out);
  }
  auto const width = static_cast<std::size_t>(column.width);
  auto const* values = column.bytes + record * width;
  alignas(64) char filled[block_size * 8];
  if (count < block_size)
    values = static_cast<char*>(std::memcpy(filled, values, static_cast<std::size_t>(count) * width));
  auto* const bytes = reinterpret_cast<std::uint8_t*>(out);
  if (column.width == 8)
    range_of(reinterpret_cast<std::int64_t const*>(values), atom, bytes);
  else
    range_of(reinterpret_cast<std::int32_t const*>(values), atom, bytes);
}

void CodedAtoms::sample_shares() {
  constexpr std::size_t blocks = 32;
  shares.assign(atoms.size(), 0);
  // Of each list's tags, how many records have it; at the end, how many lists are known.
  std::vector<std::vector<double>> tags(workload_.columns.size());
  for (std::size_t c = 0; c < tags.size(); ++c)
    if (workload_.columns[c].is_list) tags[c].assign(workload_.columns[c].dictionary_size + 1, 0);
  auto* const codes = static_cast<std::uint8_t*>(std::aligned_alloc(64, static_cast<std::size_t>(codes_.bytes)));
  double records = 0;
  for (std::size_t b = 0; b < blocks; ++b) {
    auto const record = workload_.records / blocks * b;
    auto const count = static_cast<int>(std::min<std::size_t>(block_size, workload_.records - record));
    for (std::size_t c = 0; c < codes_.columns.size(); ++c) codes_.encode(static_cast<int>(c), record, count, codes);
    for (std::size_t a = 0; a < atoms.size(); ++a) {
      if (atoms[a].is_tag() || atoms[a].shape == Shape::Never) continue;
      alignas(64) std::uint64_t hits[block_words];
      evaluate(atoms[a], codes, hits);
      for (auto const word : hits) shares[a] += std::popcount(word);
    }
    for (std::size_t c = 0; c < tags.size(); ++c) {
      auto const& column = workload_.columns[c];
      if (!column.is_list) continue;
      for (int i = 0; i < count; ++i) tags[c].back() += column.lengths[record + i] >= 0;
      for (auto i = column.starts[record]; i < column.starts[record + count]; ++i) ++tags[c][column.tags[i]];
    }
    records += count;
  }
  std::free(codes);
  for (std::size_t a = 0; a < atoms.size(); ++a) {
    if (atoms[a].is_tag()) {
      auto const& of_column = tags[atoms[a].column];
      auto const has = of_column[atoms[a].first];
      shares[a] = atoms[a].shape == Shape::Tag ? has : std::max(0.0, of_column.back() - has);
    }
    shares[a] /= records;
  }
}

}  // namespace huiyu::reference
