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
  std::int64_t word = 0;
  for (; word * 8 + 8 < bytes; ++word) {
    std::uint64_t low = 0;
    std::memcpy(&low, from + word * 8, sizeof low);
    std::uint64_t const high = from[word * 8 + 8];
    out[word] = shift == 0 ? low : (low >> shift) | (high << (64 - shift));
  }
  if (word < words) {
    std::uint64_t low = 0;
    std::memcpy(&low, from + word * 8, static_cast<std::size_t>(bytes - word * 8));
    out[word] = low >> shift;
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

// The values as 64-bit integers, of whole words of rows.
std::int64_t const* FactTests::wide_values(std::uint32_t place) {
  auto const* stored = values(place);
  auto const storage = batch_.columns[place].storage;
  if (storage == Storage::I64) return static_cast<std::int64_t const*>(stored);
  auto& state = columns_[place];
  if (state.wide_stamp == stamp_) return state.wide.data();
  state.wide_stamp = stamp_;
  state.wide.resize(static_cast<std::size_t>(words_) * 64);
  auto const widen = [&](auto const* narrow) { std::copy_n(narrow, state.wide.size(), state.wide.begin()); };
  switch (storage) {
    case Storage::Bit: HUIYU_CHECK(false, "a truth as a number"); break;
    case Storage::I8: widen(static_cast<std::int8_t const*>(stored)); break;
    case Storage::I16: widen(static_cast<std::int16_t const*>(stored)); break;
    case Storage::I32: widen(static_cast<std::int32_t const*>(stored)); break;
    case Storage::I64: break;
  }
  return state.wide.data();
}

FactTests::Tested FactTests::test(AtomTests::Test const& test, std::uint64_t* yes) {
  if (test.kind == AtomTests::Kind::Linear) return test_linear(tests_.linear[test.of], yes);
  auto const* decided = present(test.place);
  switch (test.kind) {
    case AtomTests::Kind::Linear: break;
    case AtomTests::Kind::Tag:
      test_tag(test, yes);
      decided_ = find_tags(test.place).decided;
      for (std::size_t word = 0; word < decided_.size(); ++word) decided_[word] |= yes[word];
      return {decided_.data()};
    case AtomTests::Kind::Other: HUIYU_CHECK(false, "an atom that is not about facts"); break;
    case AtomTests::Kind::Never: std::fill_n(yes, words_, std::uint64_t{0}); break;
    case AtomTests::Kind::Inside: interval(test, 0, yes); return {decided};
    case AtomTests::Kind::True: {
      auto const& column = batch_.columns[test.place];
      if (column.storage == Storage::Bit) {
        if (words_ > 0) copy_bits(static_cast<std::uint8_t const*>(column.values), column.offset + begin_, rows_, yes);
      } else {
        inside(test.place, 0, 0, ~std::uint64_t{0}, yes);
      }
      break;
    }
    case AtomTests::Kind::Classes: decided = test_classes(test, yes); break;
  }
  for (std::int64_t word = 0; word < words_; ++word) yes[word] &= decided[word];
  return {decided};
}

void FactTests::certainly(AtomTests::Test const& test, bool negated, std::uint64_t* out) {
  auto const flip = negated ? ~std::uint64_t{0} : std::uint64_t{0};
  if (test.is_interval()) return interval(test, flip, out);
  if (test.kind == AtomTests::Kind::Tag && !negated) return test_tag(test, out);
  auto const* decided = this->test(test, out).decided;
  if (negated)
    for (std::int64_t word = 0; word < words_; ++word) out[word] = decided[word] & ~out[word];
}

// A division by zero is an error whatever else is missing.
FactTests::Tested FactTests::test_linear(AtomTests::Linear const& linear, std::uint64_t* yes) {
  auto const words = static_cast<std::size_t>(words_);
  decided_.resize(words), errors_.resize(words);
  kernels_.linear(wide_values(linear.x), wide_values(linear.y), words_, linear.test, yes, decided_.data());
  auto const* x = present(linear.x);
  auto const* y = present(linear.y);
  auto const* divisor = linear.test.divisor == genes::LinearTest::Divisor::X ? x : y;
  for (std::size_t word = 0; word < words; ++word) {
    errors_[word] = divisor[word] & ~decided_[word];
    decided_[word] &= x[word] & y[word];
    yes[word] &= decided_[word];
  }
  return {decided_.data(), errors_.data()};
}

// The codes of a column where the block before asked for so many tests that they pay, or this one has; else null.
genes::Code const* FactTests::codes(std::uint32_t place) {
  auto const storage = batch_.columns[place].storage;
  if (!tests_.is_coded(place) || (storage != Storage::I64 && storage != Storage::I32)) return nullptr;
  auto& state = columns_[place];
  if (state.asked_stamp != stamp_) {
    state.asked_before = state.asked;
    state.asked_stamp = stamp_;
    state.asked = 0;
  }
  ++state.asked;
  if (state.codes_stamp == stamp_) return state.codes.data();
  if (std::max(state.asked, state.asked_before) < AtomTests::codes_pay) return nullptr;
  state.codes_stamp = stamp_;
  state.codes.resize(static_cast<std::size_t>(words_) * 64);
  if (storage == Storage::I32)
    tests_.codes[place]->codes_of(static_cast<std::int32_t const*>(values(place)), state.codes.size(),
                                  state.codes.data());
  else
    tests_.codes[place]->codes_of(static_cast<std::int64_t const*>(values(place)), state.codes.size(),
                                  state.codes.data());
  return state.codes.data();
}

void FactTests::interval(AtomTests::Test const& test, std::uint64_t flip, std::uint64_t* out) {
  if (auto const* codes = this->codes(test.place); codes != nullptr)
    return kernels_.inside16(codes, words_, test.code_low, static_cast<std::uint64_t>(test.code_high) - test.code_low,
                             {present(test.place), flip}, out);
  inside(test.place, test.low, test.high, flip, out);
}

// Where a fact that is there lies in the interval, or with all bits of `flip`
// outside of it. Facts are stored as narrow as they come: the ends are cut to
// what the storage holds.
void FactTests::inside(std::uint32_t place, std::int64_t low, std::int64_t high, std::uint64_t flip,
                       std::uint64_t* out) {
  auto const storage = batch_.columns[place].storage;
  auto const* value = values(place);
  auto const* there = present(place);
  auto const run = [&](genes::InsideTest kernel, std::int64_t least, std::int64_t greatest) {
    auto const from = std::max(low, least), to = std::min(high, greatest);
    if (from > to) {
      for (std::int64_t word = 0; word < words_; ++word) out[word] = there[word] & flip;
      return;
    }
    kernel(value, words_, static_cast<std::uint64_t>(from),
           static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from), {there, flip}, out);
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
  auto const& classes = tests_.classes[test.of];
  if (test.listed >= 0 && batch_.columns[test.place].storage != Storage::I8) {
    auto const& listed = tests_.listed[static_cast<std::size_t>(test.listed)];
    kernels_.in_set8(listing(listed.listing), words_, listed.bytes, yes);
  } else {
    members(test.place, test.of, 1, yes);
  }
  auto const* there = present(test.place);
  if (!classes.has_coarse) return there;
  decided_.resize(static_cast<std::size_t>(words_));
  members(test.place, test.of, 2, decided_.data());
  for (std::size_t word = 0; word < decided_.size(); ++word) decided_[word] = there[word] & ~decided_[word];
  return decided_.data();
}

std::uint8_t const* FactTests::listing(std::uint32_t at) {
  auto& state = listings_[at];
  if (state.stamp == stamp_) return state.bytes.data();
  state.stamp = stamp_;
  auto const& listing = tests_.listings[at];
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
      inside(place, ids.low, ids.high, 0, some_.data());
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

}  // namespace huiyu::engine
