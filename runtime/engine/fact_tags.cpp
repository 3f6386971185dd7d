// Which tags the lists of a block's rows hold.

#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/engine/fact_tests.h"

namespace huiyu::engine {

using columns::Storage;

void FactTests::test_tag(AtomTests::Test const& test, std::uint64_t* yes) {
  auto const& state = find_tags(test.place);
  auto const place = state.place_of[test.of];
  if (place == 0)
    std::fill_n(yes, words_, std::uint64_t{0});
  else
    std::copy_n(state.found.rows.data() + (place - 1) * words_, words_, yes);
}

FactTests::Tags const& FactTests::tags(std::uint32_t place) { return find_tags(place).found; }

// All tags that some policy names, in one pass over the items.
FactTests::TagState const& FactTests::find_tags(std::uint32_t place) {
  auto const at = static_cast<std::size_t>(tests_.tag_column_of[place]);
  auto& state = tags_[at];
  if (state.stamp == stamp_) return state;
  state.stamp = stamp_;
  auto const& wanted = tests_.tag_columns[at];
  auto const& list = batch_.columns[place];
  auto& [occurring, rows] = state.found;
  state.place_of.resize(wanted.count);
  for (auto tag : occurring) state.place_of[tag] = 0;
  occurring.clear();
  rows.clear();
  auto const* there = present(place);
  state.decided.assign(there, there + words_);
  if (list.items == nullptr) return state;
  auto const& item = list.items->columns[0];
  auto const* starts = list.starts.data() + begin_;
  auto const find = [&](auto const* ids) {
    for (std::int64_t row = 0; row < rows_; ++row) {
      auto const word = row / 64;
      auto const bit = std::uint64_t{1} << (row % 64);
      for (auto i = starts[row]; i < starts[row + 1]; ++i) {
        if (!item.present(i)) {
          state.decided[static_cast<std::size_t>(word)] &= ~bit;
          continue;
        }
        auto const id = static_cast<std::uint64_t>(ids[i]);
        auto const position = id < wanted.of_tag.size() ? wanted.of_tag[id] : 0;
        if (position == 0) continue;
        auto& place_of = state.place_of[position - 1];
        if (place_of == 0) {
          occurring.push_back(position - 1);
          rows.resize(rows.size() + static_cast<std::size_t>(words_));
          place_of = static_cast<std::uint32_t>(occurring.size());
        }
        rows[static_cast<std::size_t>((place_of - 1) * words_ + word)] |= bit;
      }
    }
  };
  switch (item.storage) {
    case Storage::Bit: HUIYU_CHECK(false, "a list of truths"); break;
    case Storage::I8: find(static_cast<std::int8_t const*>(item.values)); break;
    case Storage::I16: find(static_cast<std::int16_t const*>(item.values)); break;
    case Storage::I32: find(static_cast<std::int32_t const*>(item.values)); break;
    case Storage::I64: find(static_cast<std::int64_t const*>(item.values)); break;
  }
  return state;
}

bool FactTests::has_found_tags(std::uint32_t place) const {
  return tags_[static_cast<std::size_t>(tests_.tag_column_of[place])].stamp == stamp_;
}

}  // namespace huiyu::engine
