#include "tests/bench/province/reference/codes.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace huiyu::reference {
namespace {

constexpr std::size_t narrow_bounds = 254;
constexpr std::int64_t most_keys = 1 << 16;

// The sign, the exponent and the leading bits of the value as a double, in the order of the values.
std::int64_t key(std::int64_t value) {
  auto const rounded = static_cast<double>(value);
  std::int64_t bits;
  std::memcpy(&bits, &rounded, sizeof bits);
  bits ^= (bits >> 63) & endless;
  return bits >> 44;
}

// How many of the first `count` bounds are at or below the value, without a branch that depends on it.
template <class AtOrBelow> int count_below(int count, AtOrBelow at_or_below) {
  int begin = 0;
  while (count > 0) {
    int const half = (count + 1) / 2;
    begin += at_or_below(begin + half - 1) ? half : 0;
    count -= half;
  }
  return begin;
}

}  // namespace

int CodedColumn::code_of(std::int64_t value) const {
  return static_cast<int>(std::upper_bound(bounds.begin(), bounds.end(), value) - bounds.begin()) + 1;
}

Codes::Codes(Workload const& workload) : workload_(workload), plain_(workload.columns.size(), -1) {
  for (std::size_t c = 0; c < workload.columns.size(); ++c)
    if (!workload.columns[c].is_list) {
      plain_[c] = static_cast<int>(columns.size());
      columns.push_back({.source = static_cast<int>(c)});
    }
  for (auto const& atom : workload.atoms) add_bounds(atom);
  for (auto& column : columns) {
    finish(column);
    column.offset = bytes;
    bytes += block_size * (column.wide ? 2 : 1);
  }
}

int Codes::column_of(Atom const& atom) const {
  return atom.kind == Kind::Ratio ? quotients_.at({atom.column, atom.divisor}) : plain_[atom.column];
}

void Codes::add_bounds(Atom const& atom) {
  auto const add = [&](std::int64_t low, std::int64_t high) {
    auto& bounds = columns[plain_[atom.column]].bounds;
    if (low != missing) bounds.push_back(low);
    if (high != endless) bounds.push_back(high + 1);
  };
  if (atom.kind == Kind::Range) add(atom.low, atom.high);
  if (atom.kind == Kind::Set) for_each_run(workload_, atom, add);
  if (atom.kind != Kind::Ratio) return;
  auto const [found, is_new] = quotients_.try_emplace({atom.column, atom.divisor}, static_cast<int>(columns.size()));
  if (is_new) columns.push_back({.source = atom.column, .divisor = atom.divisor});
  bool const strict = atom.op == Op::Above || atom.op == Op::AtMost;
  columns[found->second].ratios.push_back({atom.numerator, atom.denominator, strict});
}

void Codes::finish(CodedColumn& column) {
  if (column.divisor >= 0) {
    auto& ratios = column.ratios;
    std::sort(ratios.begin(), ratios.end());
    auto const same = [](RatioBound const& a, RatioBound const& b) { return !(a < b) && !(b < a); };
    ratios.erase(std::unique(ratios.begin(), ratios.end(), same), ratios.end());
    for (auto const& bound : ratios)
      column.quotients.push_back(static_cast<double>(bound.numerator) / static_cast<double>(bound.denominator));
    return;
  }
  auto& bounds = column.bounds;
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  column.bound_count = static_cast<int>(bounds.size());
  column.wide = bounds.size() > narrow_bounds;
  auto const& source = workload_.columns[column.source];
  if (source.width > 2) return finish_numbers(column);
  int const values = source.width == 1 ? 2 : source.dictionary_size;
  column.table.assign(static_cast<std::size_t>(values) + 1, 0);
  for (int value = 0; value < values; ++value)
    column.table[value + 1] = static_cast<std::uint16_t>(column.code_of(value));
}

void Codes::finish_numbers(CodedColumn& column) {
  auto& bounds = column.bounds;
  if (!column.wide && !bounds.empty()) {
    column.least_key = key(bounds.front());
    column.key_count = key(bounds.back()) - column.least_key + 3;
    if (column.key_count < most_keys) {
      column.below.assign(static_cast<std::size_t>(column.key_count) + 1, 0);
      std::size_t below = 0;
      for (std::int64_t k = 1; k <= column.key_count; ++k) {
        while (below < bounds.size() && key(bounds[below]) < column.least_key + k - 1) ++below;
        column.below[k] = static_cast<std::uint8_t>(below);
      }
      for (std::size_t i = 0, end = 0; i < bounds.size(); i = end) {
        for (end = i; end < bounds.size() && key(bounds[end]) == key(bounds[i]);) ++end;
        column.most_with_a_key = std::max(column.most_with_a_key, static_cast<int>(end - i));
      }
    }
  }
  bounds.resize(bounds.size() + 16, endless);  // looking at a few bounds more than there are is allowed
}

template <class T>
void Codes::encode_table(CodedColumn const& column, std::size_t record, int count, std::uint8_t* out) const {
  auto const* values = workload_.columns[column.source].values<T>() + record;
  auto const* table = column.table.data();
  auto const write = [&](auto* codes) {
    using Code = std::remove_reference_t<decltype(*codes)>;
    for (int i = 0; i < count; ++i) codes[i] = values[i] < 0 ? Code{0} : static_cast<Code>(table[values[i] + 1]);
  };
  column.wide ? write(reinterpret_cast<std::uint16_t*>(out)) : write(out);
}

template <class T>
void Codes::encode_numbers(CodedColumn const& column, std::size_t record, int count, std::uint8_t* out) const {
  auto const* values = workload_.columns[column.source].values<T>() + record;
  constexpr T null = std::numeric_limits<T>::min();
  auto const* bounds = column.bounds.data();
  if (!column.below.empty()) {
    auto const* below = column.below.data();
    auto const least = column.least_key, keys = column.key_count;
    auto const write = [&](auto with_a_key) {
      for (int i = 0; i < count; ++i) {
        std::int64_t const value = values[i];
        auto k = key(value) - least + 1;
        k = k < 0 ? 0 : k;
        k = k > keys ? keys : k;
        int code = below[k];
        auto const* from = bounds + code;
        for (int b = 0; b < with_a_key; ++b) code += from[b] <= value;
        out[i] = values[i] == null ? 0 : static_cast<std::uint8_t>(code + 1);
      }
    };
    switch (column.most_with_a_key) {  // a constant, so that the loop over so few is unrolled
      case 1: return write(std::integral_constant<int, 1>{});
      case 2: return write(std::integral_constant<int, 2>{});
      case 3: return write(std::integral_constant<int, 3>{});
      default: return write(column.most_with_a_key);
    }
  }
  auto const search = [&](auto* codes) {
    using Code = std::remove_reference_t<decltype(*codes)>;
    for (int i = 0; i < count; ++i) {
      auto const below = count_below(column.bound_count, [&](int b) { return bounds[b] <= values[i]; });
      codes[i] = values[i] == null ? Code{0} : static_cast<Code>(below + 1);
    }
  };
  column.wide ? search(reinterpret_cast<std::uint16_t*>(out)) : search(out);
}

void Codes::encode_ratios(CodedColumn const& column, std::size_t record, int count, std::uint8_t* out) const {
  auto const* dividends = workload_.columns[column.source].values<std::int64_t>() + record;
  auto const* divisors = workload_.columns[column.divisor].values<std::int64_t>() + record;
  auto const size = static_cast<int>(column.ratios.size());
  for (int i = 0; i < count; ++i) {
    out[i] = 0;
    if (dividends[i] == missing || divisors[i] == missing || divisors[i] <= 0) continue;
    auto const about = static_cast<double>(dividends[i]) / static_cast<double>(divisors[i]);
    int below = count_below(size, [&](int b) { return column.quotients[b] <= about; });
    auto const reached = [&](int b) {
      auto const& bound = column.ratios[b];
      auto const left = dividends[i] * bound.denominator, right = bound.numerator * divisors[i];
      return bound.strict ? left > right : left >= right;
    };
    while (below < size && reached(below)) ++below;
    while (below > 0 && !reached(below - 1)) --below;
    out[i] = static_cast<std::uint8_t>(below + 1);
  }
}

void Codes::encode(int number, std::size_t record, int count, std::uint8_t* block) const {
  auto const& column = columns[number];
  auto* const out = block + column.offset;
  if (column.divisor >= 0) {
    encode_ratios(column, record, count, out);
  } else {
    switch (workload_.columns[column.source].width) {
      case 8: encode_numbers<std::int64_t>(column, record, count, out); break;
      case 4: encode_numbers<std::int32_t>(column, record, count, out); break;
      case 2: encode_table<std::int16_t>(column, record, count, out); break;
      default: encode_table<std::int8_t>(column, record, count, out);
    }
  }
  int const width = column.wide ? 2 : 1;
  std::memset(out + width * count, 0, static_cast<std::size_t>(width * (block_size - count)));
}

}  // namespace huiyu::reference
