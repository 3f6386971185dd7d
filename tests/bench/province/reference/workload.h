#pragma once

// A neutral workload as raw.py wrote it, mapped into memory: columns, comparisons, conditions, formulas.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

namespace huiyu::reference {

// What a value reads as that is not there.
constexpr std::int64_t missing = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t endless = std::numeric_limits<std::int64_t>::max();

enum class Kind : std::int32_t { Range, Set, Has, Ratio };
enum class Op : std::int32_t { AtLeast, Above, Below, AtMost };

// The next two are laid out as in policies.bin.
struct Atom {
  Kind kind;
  std::int32_t column, negated, divisor;
  Op op;
  std::int32_t set_start, set_size, padding;
  std::int64_t low, high, numerator, denominator;
};

struct Policy {
  std::int32_t begin, end, region_low, region_high, region_atom, base, mode_and_tiers, first_tier;
  std::int64_t cap, floor;
};

struct Tier {
  std::int64_t from, rate_bp;
};

struct Column {
  std::string name;
  bool is_list = false;
  int width = 0, dictionary_size = 0;
  char const* bytes = nullptr;
  // Of lists: members of record r are tags[starts[r]] to tags[starts[r + 1]]; a length below zero is a null.
  std::int16_t const* lengths = nullptr;
  std::uint16_t const* tags = nullptr;
  std::vector<std::uint32_t> starts;

  template <class T> T const* values() const { return reinterpret_cast<T const*>(bytes); }
};

// A condition in prefix order: an atom is a word; a group is a word, where it ends, and its children.
constexpr int group_bits = 3, and_group = 1;
inline bool is_atom(std::int32_t word) { return (word & group_bits) == 0; }
inline bool is_and(std::int32_t word) { return (word & group_bits) == and_group; }
inline int atom_of(std::int32_t word) { return word >> 2; }

struct Workload {
  std::size_t records = 0;
  std::vector<Column> columns;
  std::vector<Atom> atoms;
  std::vector<Policy> policies;
  std::vector<std::int32_t> sets, program;
  std::vector<Tier> tiers;

  explicit Workload(std::string const& raw);

  int after(int at) const { return is_atom(program[at]) ? at + 1 : program[at + 1]; }

  std::int64_t value(int column, std::size_t record) const {
    Column const& from = columns[column];
    switch (from.width) {
      case 8: return from.values<std::int64_t>()[record];
      case 4: return widened(from.values<std::int32_t>()[record]);
      case 2: return widened(from.values<std::int16_t>()[record]);
      default: return widened(from.values<std::int8_t>()[record]);
    }
  }

  // Where the records of each county begin; one more at the end. Records are in the order of their counties.
  std::vector<std::size_t> counties(std::size_t records_used) const;

 private:
  template <class T> static std::int64_t widened(T value) {
    return value == std::numeric_limits<T>::min() ? missing : value;
  }
};

// Unknown, hence false, unless both are known and the divisor is positive.
inline bool ratio_is(std::int64_t dividend, std::int64_t divisor, Op op, std::int64_t numerator,
                     std::int64_t denominator) {
  if (dividend == missing || divisor == missing || divisor <= 0) return false;
  auto const left = dividend * denominator, right = numerator * divisor;
  switch (op) {
    case Op::AtLeast: return left >= right;
    case Op::Above: return left > right;
    case Op::Below: return left < right;
    case Op::AtMost: return left <= right;
  }
  return false;
}

// What the policy pays for the record, in fen; `missing` where its base is.
inline std::int64_t amount(Workload const& workload, Policy const& policy, std::size_t record) {
  enum { Flat, Slab, Marginal };
  auto const base = workload.columns[policy.base].values<std::int64_t>()[record];
  if (base == missing) return missing;
  auto const* tiers = &workload.tiers[policy.first_tier];
  int const count = policy.mode_and_tiers >> 8, mode = policy.mode_and_tiers & 0xFF;
  std::int64_t ten_thousandths = 0;
  if (mode != Marginal) {
    auto rate = tiers[0].rate_bp;
    for (int i = 1; i < count; ++i) rate = tiers[i].from <= base ? tiers[i].rate_bp : rate;
    ten_thousandths = base * rate;
  } else {
    for (int i = 0; i < count && tiers[i].from < base; ++i) {
      auto const end = i + 1 < count ? tiers[i + 1].from : endless;
      ten_thousandths += (std::min(base, end) - tiers[i].from) * tiers[i].rate_bp;
    }
  }
  auto const half_up = ten_thousandths + 5'000;
  auto const fen = half_up / 10'000 - (half_up % 10'000 < 0 ? 1 : 0);
  return std::max(std::min(fen, policy.cap), policy.floor);
}

// Runs of codes next to each other that make a set: first and last.
template <class Each> void for_each_run(Workload const& workload, Atom const& atom, Each each) {
  auto const* codes = &workload.sets[atom.set_start];
  for (int first = 0, end = 0; first < atom.set_size; first = end) {
    for (end = first + 1; end < atom.set_size && codes[end] == codes[end - 1] + 1;) ++end;
    each(codes[first], codes[end - 1]);
  }
}

}  // namespace huiyu::reference
