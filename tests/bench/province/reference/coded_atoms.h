#pragma once

// Each comparison of the workload as a test of rank codes.

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/bench/province/reference/codes.h"

namespace huiyu::reference {

struct CodedAtom {
  enum class Shape : std::uint8_t { Interval, Intervals, Table, Tag, NotTag, Never };

  Shape shape = Shape::Never;
  bool wide = false;
  std::uint8_t intervals = 0;
  std::uint16_t low = 0, length = 0;  // an interval's first code, and how many come after it; of a tag its slot
  int column = 0;                     // a coded one; of a tag the workload's
  std::uint32_t first = 0;            // of intervals, a table, or the tag
  int raw = -1;                       // the workload's atom, where raw values may be compared in place of codes

  bool is_tag() const { return shape == Shape::Tag || shape == Shape::NotTag; }
};

class CodedAtoms {
 public:
  CodedAtoms(Workload const& workload, Codes const& codes);

  std::vector<CodedAtom> atoms;
  std::vector<double> shares;  // of records of which each is true, by a sample

  // Of a block's codes. Not for tags.
  void evaluate(CodedAtom const& atom, std::uint8_t const* codes, std::uint64_t* out) const;
  // Of raw values.
  void evaluate_raw(int number, std::size_t record, int count, std::uint64_t* out) const;

 private:
  using Run = std::pair<int, int>;  // codes, both inside

  CodedAtom coded(int number);
  std::vector<Run> runs_of(Atom const& atom, CodedColumn const& column) const;
  void sample_shares();

  Workload const& workload_;
  Codes const& codes_;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> intervals_;
  std::vector<std::vector<std::uint8_t>> tables_;
};

}  // namespace huiyu::reference
