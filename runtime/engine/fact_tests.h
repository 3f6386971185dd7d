#pragma once

// Atoms about facts as they lie in the batch's memory: bitmaps over the rows of a block, nothing decoded.

#include <cstdint>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/engine/atom_tests.h"
#include "runtime/engine/bind.h"

namespace huiyu::engine {

// One for each thread; its memory stays.
class FactTests {
 public:
  // All arguments must outlive it.
  FactTests(BoundPlan const& bound, AtomTests const& tests, columns::Batch const& batch, genes::Kernels const& kernels);

  // Goes to other rows of the batch.
  void start(std::int64_t begin, std::int64_t rows);

  // Where a test is decided, and among the others where it is an error (null: nowhere), until the next test. INVARIANT
  // (tail) of bits.h.
  struct Tested {
    std::uint64_t const* decided = nullptr;
    std::uint64_t const* errors = nullptr;
  };
  // Writes where a test, of another kind than Other, certainly holds.
  Tested test(AtomTests::Test const& test, std::uint64_t* yes);
  // Where it certainly holds or, negated, certainly does not.
  void certainly(AtomTests::Test const& test, bool negated, std::uint64_t* out);

  // Of the tags of a list that some policy names those that some row has, and which rows.
  struct Tags {
    std::vector<std::uint32_t> occurring;  // positions in TagColumn
    std::vector<std::uint64_t> rows;       // as many words for each as the block has
  };
  // Of a column that has tag tests; until the next start.
  Tags const& tags(std::uint32_t place);
  // Of such a column the rows whose list is there and has no missing item.
  std::uint64_t const* whole_lists(std::uint32_t place) { return find_tags(place).decided.data(); }
  bool has_found_tags(std::uint32_t place) const;
  // Calls visit(position in TagColumn) for the tags of one row's list; says whether all of the list is known.
  template <class Visit> bool each_tag(std::uint32_t place, std::int64_t row, Visit visit) const;

 private:
  struct ColumnState {
    std::uint64_t present_stamp = 0, values_stamp = 0, wide_stamp = 0;
    std::vector<std::uint64_t> present;
    void const* values = nullptr;    // of whole words of rows
    std::vector<std::uint8_t> tail;  // a copy of the values where the batch ends within the last word
    std::vector<std::int64_t> wide;  // the values, where they are narrower than 64 bits
    // How many intervals were asked of this block, and of the one before.
    std::uint64_t asked_stamp = 0, codes_stamp = 0;
    std::uint32_t asked = 0, asked_before = 0;
    std::vector<genes::Code> codes;
  };
  struct ListingState {
    std::uint64_t stamp = 0;
    std::vector<std::uint8_t> bytes;
  };
  struct TagState {
    std::uint64_t stamp = 0;
    Tags found;
    std::vector<std::uint32_t> place_of;  // by tag: 1 + its place in `found`; 0: it does not occur
    std::vector<std::uint64_t> decided;   // the rows whose list is there and has no missing item
  };

  std::uint64_t const* present(std::uint32_t place);
  void const* values(std::uint32_t place);
  std::int64_t const* wide_values(std::uint32_t place);
  genes::Code const* codes(std::uint32_t place);
  void interval(AtomTests::Test const& test, std::uint64_t flip, std::uint64_t* out);
  void inside(std::uint32_t place, std::int64_t low, std::int64_t high, std::uint64_t flip, std::uint64_t* out);
  std::uint64_t const* test_classes(AtomTests::Test const& test, std::uint64_t* yes);
  void members(std::uint32_t place, std::uint32_t classes, std::uint8_t member, std::uint64_t* out);
  std::uint8_t const* listing(std::uint32_t listing);
  void test_tag(AtomTests::Test const& test, std::uint64_t* yes);
  Tested test_linear(AtomTests::Linear const& linear, std::uint64_t* yes);
  TagState const& find_tags(std::uint32_t place);

  BoundPlan const& bound_;
  AtomTests const& tests_;
  columns::Batch const& batch_;
  genes::Kernels const& kernels_;
  std::uint64_t stamp_ = 0;
  std::int64_t begin_ = 0, rows_ = 0, words_ = 0;
  std::vector<ColumnState> columns_;  // by place
  std::vector<TagState> tags_;        // by tag column
  std::vector<ListingState> listings_;
  std::vector<std::uint64_t> decided_, some_, errors_;
};

template <class Visit> bool FactTests::each_tag(std::uint32_t place, std::int64_t row, Visit visit) const {
  auto const& list = batch_.columns[place];
  auto const at = begin_ + row;
  if (!list.present(at)) return false;
  if (list.items == nullptr) return true;
  auto const& item = list.items->columns[0];
  auto const& of_tag = tests_.tag_columns[static_cast<std::size_t>(tests_.tag_column_of[place])].of_tag;
  bool is_known = true;
  for (auto i = list.starts[static_cast<std::size_t>(at)]; i < list.starts[static_cast<std::size_t>(at) + 1]; ++i) {
    is_known = is_known && item.present(i);
    if (!item.present(i)) continue;
    auto const id = static_cast<std::uint64_t>(item.at(i));
    if (id < of_tag.size() && of_tag[id] != 0) visit(of_tag[id] - 1);
  }
  return is_known;
}

}  // namespace huiyu::engine
