#pragma once

// Rank codes: a value's code is 1 + how many of the constants that any policy compares its column with are at or below
// it; 0 where it is unknown. A comparison with a constant is then one of codes, of one byte or two.

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "tests/bench/province/reference/bits.h"
#include "tests/bench/province/reference/workload.h"

namespace huiyu::reference {

// Above the quotient where `strict`, else at or above it.
struct RatioBound {
  std::int64_t numerator, denominator;
  bool strict;

  bool operator<(RatioBound const& other) const {
    auto const left = numerator * other.denominator, right = other.numerator * denominator;
    return left < right || (left == right && strict < other.strict);
  }
};

struct CodedColumn {
  int source, divisor = -1;  // of the workload; a divisor is a ratio's
  bool wide = false;         // two bytes a code
  int offset = 0;            // of its codes among a block's
  std::vector<std::int64_t> bounds = {};
  int bound_count = 0;                    // without what is appended
  std::vector<std::uint16_t> table = {};  // of a dictionary or of booleans: the code by 1 + value

  // Numbers whose codes are a byte are found by their leading bits: how many bounds are below all with the same bits,
  // and then the few that have them.
  std::vector<std::uint8_t> below = {};
  std::int64_t least_key = 0, key_count = 0;
  int most_with_a_key = 0;

  std::vector<RatioBound> ratios = {};
  std::vector<double> quotients = {};  // of `ratios`: where to begin looking

  std::int64_t top_code() const { return wide ? 65'535 : 255; }
  int code_of(std::int64_t value) const;
};

class Codes {
 public:
  explicit Codes(Workload const& workload);

  std::vector<CodedColumn> columns;
  int bytes = 0;  // of a block's codes

  int column_of(Atom const& atom) const;
  // Codes of `count` records from `record` on, into the block at the column's offset; unknown after them.
  void encode(int column, std::size_t record, int count, std::uint8_t* block) const;

 private:
  void add_bounds(Atom const& atom);
  void finish(CodedColumn& column);
  void finish_numbers(CodedColumn& column);
  template <class T>
  void encode_table(CodedColumn const& column, std::size_t record, int count, std::uint8_t* out) const;
  template <class T>
  void encode_numbers(CodedColumn const& column, std::size_t record, int count, std::uint8_t* out) const;
  void encode_ratios(CodedColumn const& column, std::size_t record, int count, std::uint8_t* out) const;

  Workload const& workload_;
  std::vector<int> plain_;                        // of the workload's columns
  std::map<std::pair<int, int>, int> quotients_;  // of dividend and divisor
};

}  // namespace huiyu::reference
