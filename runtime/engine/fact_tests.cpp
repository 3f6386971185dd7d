#include "runtime/engine/fact_tests.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "runtime/base/check.h"
#include "runtime/engine/bits.h"

namespace huiyu::engine {
namespace {

using columns::Storage;

// Bits from `first` on, moved to the beginning of a word.
void copy_bits(std::uint8_t const* bits, std::int64_t first, std::int64_t rows, std::uint64_t* out) {
  auto const* from = bits + (first >> 3);
  auto const shift = static_cast<unsigned>(first & 7);
  auto const bytes = (static_cast<std::int64_t>(shift) + rows + 7) / 8;
  auto const words = words_for(rows);
  for (std::int64_t word = 0; word < words; ++word) {
    std::uint64_t low = 0;
    auto const left = bytes - word * 8;
    std::memcpy(&low, from + word * 8, static_cast<std::size_t>(std::min<std::int64_t>(left, 8)));
    std::uint64_t const high = shift != 0 && left > 8 ? from[word * 8 + 8] : 0;
    out[word] = shift == 0 ? low : (low >> shift) | (high << (64 - shift));
  }
  out[words - 1] &= tail_mask(rows);
}

std::size_t bytes_of(Storage storage) {
  switch (storage) {
    case Storage::Bit:
    case Storage::I8: return 1;
    case Storage::I16: return 2;
    case Storage::I32: return 4;
    case Storage::I64: return 8;
  }
  return 8;
}

template <class Stored>
void in_table(void const* values, std::int64_t words, ClassTable const& table, std::uint8_t member,
              std::uint64_t* out) {
  auto const* value = static_cast<Stored const*>(values);
  for (std::int64_t word = 0; word < words; ++word, value += 64) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 64; ++i) {
      auto const id = static_cast<std::uint64_t>(value[i]);  // a negative id lies beyond any table
      bool const is_member = id < static_cast<std::uint64_t>(table.size) && table.member[id] == member;
      bits |= static_cast<std::uint64_t>(is_member ? 1 : 0) << i;
    }
    out[word] = bits;
  }
}

}  // namespace

FactTests::FactTests(BoundPlan const& bound, AtomTests const& tests, columns::Batch const& batch,
                     genes::Kernels const& kernels)
    : bound_(bound), tests_(tests), batch_(batch), kernels_(kernels) {
  columns_.resize(batch.columns.size());
  tags_.resize(tests.tag_columns.size());
  listings_.resize(tests.listings.size());
}

void FactTests::start(std::int64_t begin, std::int64_t rows) {
  ++stamp_;
  begin_ = begin;
  rows_ = rows;
  words_ = words_for(rows);
}

std::uint64_t const* FactTests::present(std::uint32_t place) {
  auto& state = columns_[place];
  if (state.present_stamp == stamp_) return state.present.data();
  state.present_stamp = stamp_;
  state.present.resize(static_cast<std::size_t>(words_));
  auto const& column = batch_.columns[place];
  if (words_ == 0) return state.present.data();
  if (column.validity != nullptr) {
    copy_bits(column.validity, column.offset + begin_, rows_, state.present.data());
  } else {
    std::fill(state.present.begin(), state.present.end(), ~std::uint64_t{0});
    state.present.back() = tail_mask(rows_);
  }
  return state.present.data();
}

void const* FactTests::values(std::uint32_t place) {
  auto& state = columns_[place];
  if (state.values_stamp == stamp_) return state.values;
  state.values_stamp = stamp_;
  auto const& column = batch_.columns[place];
  auto const bytes = bytes_of(column.storage);
  state.values = static_cast<std::uint8_t const*>(column.values) + static_cast<std::size_t>(begin_) * bytes;
  if (begin_ + words_ * 64 <= batch_.row_count) return state.values;
  state.tail.assign(static_cast<std::size_t>(words_) * 64 * bytes, 0);
  std::memcpy(state.tail.data(), state.values, static_cast<std::size_t>(rows_) * bytes);
  state.values = state.tail.data();
  return state.values;
}

std::uint64_t const* FactTests::test(plan::Ref<plan::Atom> atom, std::uint64_t* yes) {
  auto const& test = tests_.tests[atom.index];
  auto const* decided = test.kind == AtomTests::Kind::Tag ? nullptr : present(test.place);
  switch (test.kind) {
    case AtomTests::Kind::Other: HUIYU_CHECK(false, "an atom that is not about facts"); break;
    case AtomTests::Kind::Never: std::fill_n(yes, words_, std::uint64_t{0}); break;
    case AtomTests::Kind::Inside: inside(test.place, test.low, test.high, yes); break;
    case AtomTests::Kind::True: {
      auto const& column = batch_.columns[test.place];
      if (column.storage == Storage::Bit) {
        if (words_ > 0) copy_bits(static_cast<std::uint8_t const*>(column.values), column.offset + begin_, rows_, yes);
      } else {
        inside(test.place, 0, 0, yes);
        for (std::int64_t word = 0; word < words_; ++word) yes[word] = ~yes[word];
      }
      break;
    }
    case AtomTests::Kind::Classes: decided = test_classes(test, yes); break;
    case AtomTests::Kind::Tag: return test_tag(test, yes);
  }
  for (std::int64_t word = 0; word < words_; ++word) yes[word] &= decided[word];
  return decided;
}

// Facts are stored as narrow as they come: the ends are cut to what the storage holds.
void FactTests::inside(std::uint32_t place, std::int64_t low, std::int64_t high, std::uint64_t* out) {
  auto const storage = batch_.columns[place].storage;
  auto const* value = values(place);
  auto const run = [&](genes::InsideTest kernel, std::int64_t least, std::int64_t greatest) {
    auto const from = std::max(low, least), to = std::min(high, greatest);
    if (from > to) return static_cast<void>(std::fill_n(out, words_, std::uint64_t{0}));
    kernel(value, words_, static_cast<std::uint64_t>(from),
           static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from), out);
  };
  using std::numeric_limits;
  switch (storage) {
    case Storage::Bit: HUIYU_CHECK(false, "an interval of truths"); return;
    case Storage::I8:
      return run(kernels_.inside8, numeric_limits<std::int8_t>::min(), numeric_limits<std::int8_t>::max());
    case Storage::I16:
      return run(kernels_.inside16, numeric_limits<std::int16_t>::min(), numeric_limits<std::int16_t>::max());
    case Storage::I32:
      return run(kernels_.inside32, numeric_limits<std::int32_t>::min(), numeric_limits<std::int32_t>::max());
    case Storage::I64:
      return run(kernels_.inside64, numeric_limits<std::int64_t>::min(), numeric_limits<std::int64_t>::max());
  }
}

// A fact coarser than a member of the set is not decided.
std::uint64_t const* FactTests::test_classes(AtomTests::Test const& test, std::uint64_t* yes) {
  auto const& classes = tests_.classes[test.classes];
  if (test.listing >= 0 && batch_.columns[test.place].storage != Storage::I8)
    kernels_.in_set8(listing(test.listing), words_, test.listed, yes);
  else
    members(test.place, test.classes, 1, yes);
  auto const* there = present(test.place);
  if (!classes.has_coarse) return there;
  decided_.resize(static_cast<std::size_t>(words_));
  members(test.place, test.classes, 2, decided_.data());
  for (std::size_t word = 0; word < decided_.size(); ++word) decided_[word] = there[word] & ~decided_[word];
  return decided_.data();
}

std::uint8_t const* FactTests::listing(std::int32_t at) {
  auto& state = listings_[static_cast<std::size_t>(at)];
  if (state.stamp == stamp_) return state.bytes.data();
  state.stamp = stamp_;
  auto const& listing = tests_.listings[static_cast<std::size_t>(at)];
  state.bytes.resize(static_cast<std::size_t>(words_) * 64);
  auto const* stored = values(listing.place);
  auto const fill = [&](auto const* ids) {
    auto const* byte_of = listing.byte_of.data();
    auto const end = listing.byte_of.size() - 1;  // stands for all ids beyond, and for negative ones
    for (std::size_t row = 0; row < state.bytes.size(); ++row)
      state.bytes[row] = byte_of[std::min(static_cast<std::size_t>(ids[row]), end)];
  };
  switch (batch_.columns[listing.place].storage) {
    case Storage::Bit:
    case Storage::I8: break;
    case Storage::I16: fill(static_cast<std::int16_t const*>(stored)); break;
    case Storage::I32: fill(static_cast<std::int32_t const*>(stored)); break;
    case Storage::I64: fill(static_cast<std::int64_t const*>(stored)); break;
  }
  return state.bytes.data();
}

void FactTests::members(std::uint32_t place, std::uint32_t classes, std::uint8_t member, std::uint64_t* out) {
  auto const& set = tests_.classes[classes];
  auto const storage = batch_.columns[place].storage;
  if (storage == Storage::I8) {
    // Ids are below 128 here: a negative byte is a fact that is missing.
    auto const* bytes = static_cast<std::uint8_t const*>(values(place));
    return kernels_.in_set8(bytes, words_, member == 1 ? set.bytes : set.coarse_bytes, out);
  }
  auto const& runs = member == 1 ? set.certain : set.coarse;
  if (runs.size() <= AtomTests::most_runs) {
    std::fill_n(out, words_, std::uint64_t{0});
    some_.resize(static_cast<std::size_t>(words_));
    for (auto const& ids : runs) {
      inside(place, ids.low, ids.high, some_.data());
      for (std::int64_t word = 0; word < words_; ++word) out[word] |= some_[static_cast<std::size_t>(word)];
    }
    return;
  }
  auto const& table = bound_.class_tables[classes];
  switch (storage) {
    case Storage::Bit:
    case Storage::I8: return;
    case Storage::I16: return in_table<std::int16_t>(values(place), words_, table, member, out);
    case Storage::I32: return in_table<std::int32_t>(values(place), words_, table, member, out);
    case Storage::I64: return in_table<std::int64_t>(values(place), words_, table, member, out);
  }
}

std::uint64_t const* FactTests::test_tag(AtomTests::Test const& test, std::uint64_t* yes) {
  auto const& state = tags(test.place);
  auto const* found = state.found.data() + static_cast<std::int64_t>(test.tag) * words_;
  decided_.resize(static_cast<std::size_t>(words_));
  for (std::int64_t word = 0; word < words_; ++word) {
    yes[word] = found[word];
    decided_[static_cast<std::size_t>(word)] = found[word] | state.decided[static_cast<std::size_t>(word)];
  }
  return decided_.data();
}

// All tags that some policy names, in one pass over the items.
FactTests::TagState const& FactTests::tags(std::uint32_t place) {
  auto const at = static_cast<std::size_t>(tests_.tag_column_of[place]);
  auto& state = tags_[at];
  if (state.stamp == stamp_) return state;
  state.stamp = stamp_;
  auto const& wanted = tests_.tag_columns[at];
  auto const& list = batch_.columns[place];
  state.found.assign(static_cast<std::size_t>(wanted.count) * static_cast<std::size_t>(words_), 0);
  auto const* there = present(place);
  state.decided.assign(there, there + words_);
  if (list.items == nullptr) return state;
  auto const& item = list.items->columns[0];
  for (std::int64_t row = 0; row < rows_; ++row) {
    auto const word = row / 64;
    auto const bit = std::uint64_t{1} << (row % 64);
    auto const end = list.starts[static_cast<std::size_t>(begin_ + row) + 1];
    for (auto i = list.starts[static_cast<std::size_t>(begin_ + row)]; i < end; ++i) {
      if (!item.present(i)) {
        state.decided[static_cast<std::size_t>(word)] &= ~bit;
        continue;
      }
      auto const tag = static_cast<std::uint64_t>(item.at(i));
      auto const position = tag < wanted.of_tag.size() ? wanted.of_tag[tag] : 0;
      if (position != 0) state.found[static_cast<std::size_t>((position - 1) * words_ + word)] |= bit;
    }
  }
  return state;
}

}  // namespace huiyu::engine
