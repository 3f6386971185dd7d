#pragma once

// How atoms about facts are tested as they lie in a batch's memory. Private to the engine.

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/genes/kernels.h"
#include "runtime/genes/rank_codes.h"
#include "runtime/plan/plan.h"

namespace huiyu::engine {

// How each atom about records of one subject is tested. Made once, when a plan is bound.
struct AtomTests {
  // Class sets of more runs of ids than this are not tested run by run.
  static constexpr std::size_t most_runs = 4;
  // From so many tests of a column in a block on, its values are looked up among all constants once and the codes
  // compared instead. Measured, for 64 bits: a look-up costs as much as some hundred tests of raw values save, and at
  // 128 tests all workloads but the dense one were slower.
  static constexpr std::uint32_t codes_pay = 600;
  bool is_coded(std::uint32_t place) const { return place < codes.size() && codes[place].has_value(); }
  enum class Kind : std::uint8_t {
    Other,   // not from memory: a derived or wide column, a text, an end that is not known
    Never,   // false wherever the fact is there
    Inside,  // low ≤ fact ≤ high
    True,
    Classes,
    Tag,
    Linear,
  };
  struct Test {
    Kind kind = Kind::Other;
    std::uint32_t place = 0;   // of the column in the batch
    std::uint32_t of = 0;      // Classes: the plan's class set; Tag: position in its TagColumn; Linear: in `linear`
    std::int32_t listed = -1;  // Classes of many runs: in `listed`
    genes::Code code_low = 1, code_high = 0;  // of these, where `codes` has their column
    std::int64_t low = 0, high = -1;          // Inside, and Classes that are one run of ids
    bool is_interval() const { return (kind == Kind::Inside || kind == Kind::Classes) && low <= high; }
  };
  // A list of which policies ask whether it holds one of these.
  struct TagColumn {
    std::uint32_t place = 0;
    std::vector<std::uint32_t> of_tag;  // tag → 1 + its position here; 0: nobody asks
    std::uint32_t count = 0;
  };
  // A class set as bytes test it.
  struct Classes {
    std::vector<plan::Interval> certain, coarse;
    genes::ByteSet bytes, coarse_bytes;  // of ids below 256
    bool has_coarse = false;
  };
  // A comparison of the facts in columns `x` and `y` of the batch, which may be one. Undecided where either is missing,
  // an error where the divisor is 0.
  struct Linear {
    std::uint32_t x = 0, y = 0;
    genes::LinearTest test;
  };
  // Ids of a column as bytes that tell several class sets apart: ids that all of them treat alike have one byte.
  struct Listing {
    std::uint32_t place = 0;
    std::vector<std::uint8_t> byte_of;  // by id; 0 beyond its end
    std::int32_t byte_count = 1;
  };
  // The bytes that are members of a set.
  struct Listed {
    std::uint32_t listing = 0;
    genes::ByteSet bytes;
  };
  std::vector<Test> tests;  // by atom
  // By place in the batch, of columns that so many intervals are asked of that their codes may be worth finding.
  std::vector<std::optional<genes::RankCodes>> codes;
  std::vector<Listed> listed;
  std::vector<Listing> listings;
  std::vector<TagColumn> tag_columns;
  std::vector<std::int32_t> tag_column_of;  // by place in the batch; −1: none
  std::vector<Classes> classes;             // by class set
  std::vector<Linear> linear;
};

// Makes `codes`, and the codes of the tests, of the tests that are there.
void add_codes(AtomTests& tests);

}  // namespace huiyu::engine
