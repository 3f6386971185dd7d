#pragma once

// Atoms about facts as they lie in the batch's memory: bitmaps over the rows of a block, nothing decoded.

#include <cstdint>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/engine/bind.h"
#include "runtime/genes/kernels.h"

namespace huiyu::engine {

// How each atom of a plan is tested. Made once; threads share it.
struct AtomTests {
  // Class sets of more runs of ids than this are not tested run by run.
  static constexpr std::size_t most_runs = 4;
  enum class Kind : std::uint8_t {
    Other,   // not from memory: a derived or wide column, a text, an end that is not known
    Never,   // false wherever the fact is there
    Inside,  // low ≤ fact ≤ high
    True,
    Classes,  // `classes`: the plan's class set
    Tag,      // `tag`: which of TagColumn::tags
  };
  struct Test {
    Kind kind = Kind::Other;
    std::uint32_t place = 0;  // of the column in the batch
    std::uint32_t classes = 0, tag = 0;
    std::int32_t listing = -1;   // Classes of many runs: which of `listings` tells its members by a byte
    genes::ByteSet listed = {};  // … and the bytes that are members
    std::int64_t low = 0, high = 0;
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
  // Ids of a column as bytes that tell several class sets apart: ids that all of them treat alike have one byte.
  struct Listing {
    std::uint32_t place = 0;
    std::vector<std::uint8_t> byte_of;  // by id; 0 beyond its end
    std::int32_t byte_count = 1;
  };
  std::vector<Test> tests;  // by atom
  std::vector<Listing> listings;
  std::vector<TagColumn> tag_columns;
  std::vector<std::int32_t> tag_column_of;  // by place in the batch; −1: none
  std::vector<Classes> classes;             // by class set
};
AtomTests make_atom_tests(BoundPlan const& bound, plan::Ref<plan::Relation> subject);

// One for each thread; its memory stays.
class FactTests {
 public:
  // All arguments must outlive it.
  FactTests(BoundPlan const& bound, AtomTests const& tests, columns::Batch const& batch, genes::Kernels const& kernels);

  // Goes to other rows of the batch.
  void start(std::int64_t begin, std::int64_t rows);

  bool knows(plan::Ref<plan::Atom> atom) const { return tests_.tests[atom.index].kind != AtomTests::Kind::Other; }
  // Where an atom that is known certainly holds; gives where it is decided, until the next test. INVARIANT (tail) of
  // bits.h.
  std::uint64_t const* test(plan::Ref<plan::Atom> atom, std::uint64_t* yes);

 private:
  struct ColumnState {
    std::uint64_t present_stamp = 0, values_stamp = 0;
    std::vector<std::uint64_t> present;
    void const* values = nullptr;    // of whole words of rows
    std::vector<std::uint8_t> tail;  // a copy of the values where the batch ends within the last word
  };
  struct ListingState {
    std::uint64_t stamp = 0;
    std::vector<std::uint8_t> bytes;
  };
  struct TagState {
    std::uint64_t stamp = 0;
    std::vector<std::uint64_t> found;    // by tag: the rows whose list holds it
    std::vector<std::uint64_t> decided;  // the rows whose list is there and has no missing item
  };

  std::uint64_t const* present(std::uint32_t place);
  void const* values(std::uint32_t place);
  void inside(std::uint32_t place, std::int64_t low, std::int64_t high, std::uint64_t* out);
  std::uint64_t const* test_classes(AtomTests::Test const& test, std::uint64_t* yes);
  void members(std::uint32_t place, std::uint32_t classes, std::uint8_t member, std::uint64_t* out);
  std::uint8_t const* listing(std::int32_t listing);
  std::uint64_t const* test_tag(AtomTests::Test const& test, std::uint64_t* yes);
  TagState const& tags(std::uint32_t place);

  BoundPlan const& bound_;
  AtomTests const& tests_;
  columns::Batch const& batch_;
  genes::Kernels const& kernels_;
  std::uint64_t stamp_ = 0;
  std::int64_t begin_ = 0, rows_ = 0, words_ = 0;
  std::vector<ColumnState> columns_;  // by place
  std::vector<TagState> tags_;        // by tag column
  std::vector<ListingState> listings_;
  std::vector<std::uint64_t> decided_, some_;
};

}  // namespace huiyu::engine
