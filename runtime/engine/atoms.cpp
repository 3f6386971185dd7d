// Tests of columns as bitmaps over the block, made when a living policy first asks.

#include <algorithm>
#include <limits>

#include "runtime/base/check.h"
#include "runtime/engine/block.h"
#include "runtime/engine/lanes.h"

namespace huiyu::engine {
namespace {

using plan::AtomKind;

// A test that fails at either end, and is open at an end whose bound is missing.
template <class Low, class High>
void write_interval(BoundAtom const& bounds, ColumnView const& column, std::int64_t rows, Low at_least_low,
                    High at_most_high, std::uint8_t* yes, std::uint8_t* maybe) {
  bool const low_missing = bounds.low.kind == EndKind::Missing, high_missing = bounds.high.kind == EndKind::Missing;
  auto const certain = static_cast<std::uint8_t>(low_missing || high_missing ? 0 : 1);
  for (std::int64_t row = 0; row < rows; ++row) {
    auto const inside =
        static_cast<std::uint8_t>((low_missing || at_least_low(row)) & (high_missing || at_most_high(row)));
    yes[row] = column.valid[row] & inside & certain;
    maybe[row] = static_cast<std::uint8_t>((column.valid[row] ^ 1) | inside);
  }
}

BigInt wide_value(std::int64_t const* values, std::uint8_t width, std::int64_t row) {
  switch (width) {
    case 1: return values[row];
    case 2: return BigInt(load<2>(values, row));
    case 4: return BigInt(load<4>(values, row));
    default: return BigInt(load<8>(values, row));
  }
}

bool fits_64(BoundEnd const& end) { return end.kind != EndKind::Bound || to_int64(end.value).has_value(); }

}  // namespace

Planes Block::atom(plan::Ref<plan::Atom> ref) {
  auto& state = atoms_[ref.index];
  auto const count = static_cast<std::size_t>(words());
  if (state.stamp == stamp_) return {state.words.data(), state.words.data() + count};
  auto const wanted = static_cast<std::size_t>(rows());
  if (yes_bytes_.size() < wanted) {
    yes_bytes_.resize(wanted);
    maybe_bytes_.resize(wanted);
  }
  auto const& atom = plan_.atoms[ref.index];
  switch (atom.kind) {
    case AtomKind::Interval: test_interval(atom, bound_.atoms[ref.index]); break;
    case AtomKind::QuotientInterval: test_quotient(atom, bound_.atoms[ref.index]); break;
    case AtomKind::ClassSet: test_classes(atom); break;
    case AtomKind::Truth: test_truth(atom); break;
    case AtomKind::Tag: test_tag(atom); break;
    case AtomKind::TextIs: test_text(atom); break;
  }
  if (state.words.size() < 2 * count) state.words.resize(2 * count);
  pack(yes_bytes_.data(), rows(), state.words.data());
  pack(maybe_bytes_.data(), rows(), state.words.data() + count);
  state.stamp = stamp_;
  return {state.words.data(), state.words.data() + count};
}

void Block::test_interval(plan::Atom const& atom, BoundAtom const& bounds) {
  auto const view = column(atom.column);
  auto const width = plan_.columns[atom.column.index].width;
  bool const has_low = bounds.low.kind == EndKind::Bound, has_high = bounds.high.kind == EndKind::Bound;
  if (width == 1) {
    // A bound past 64 bits has been cut to the last integer; one beyond it on the wrong side excludes all.
    auto const low = has_low ? bounds.low.narrow : std::numeric_limits<std::int64_t>::min();
    auto const high = has_high ? bounds.high.narrow : std::numeric_limits<std::int64_t>::max();
    bool const none = (has_low && bounds.low.value > low) || (has_high && bounds.high.value < high);
    write_interval(
        bounds, view, rows(), [&](std::int64_t row) { return !none && view.values[row] >= low; },
        [&](std::int64_t row) { return !none && view.values[row] <= high; }, yes_bytes_.data(), maybe_bytes_.data());
    return;
  }
  write_interval(
      bounds, view, rows(),
      [&](std::int64_t row) {
        return !has_low || view.valid[row] == 0 || wide_value(view.values, width, row) >= bounds.low.value;
      },
      [&](std::int64_t row) {
        return !has_high || view.valid[row] == 0 || wide_value(view.values, width, row) <= bounds.high.value;
      },
      yes_bytes_.data(), maybe_bytes_.data());
}

// numerator ÷ denominator against low ÷ d and high ÷ d, multiplied out: both denominators are positive.
void Block::test_quotient(plan::Atom const& atom, BoundAtom const& bounds) {
  auto const& quotient = plan_.derived[plan_.columns[atom.column.index].derived.index];
  auto const numerator = column(quotient.value);
  auto const denominator = column(quotient.denominator);
  auto const numerator_width = plan_.columns[quotient.value.index].width;
  auto const denominator_width = plan_.columns[quotient.denominator.index].width;
  bool const divisor_known = bounds.denominator.kind == EndKind::Bound;
  bool const narrow = numerator_width == 1 && denominator_width == 1 && fits_64(bounds.low) && fits_64(bounds.high) &&
                      fits_64(bounds.denominator);

  auto side = [&](BoundEnd const& end, std::int64_t row) {  // −1, 0, 1: the quotient is below, at, above the end
    if (narrow) {
      auto const left = multiply<2>(numerator.values[row], bounds.denominator.narrow);
      auto const right = multiply<2>(end.narrow, denominator.values[row]);
      return left < right ? -1 : left > right ? 1 : 0;
    }
    BigInt const left = wide_value(numerator.values, numerator_width, row) * bounds.denominator.value;
    BigInt const right = end.value * wide_value(denominator.values, denominator_width, row);
    return left < right ? -1 : left > right ? 1 : 0;
  };
  for (std::int64_t row = 0; row < rows(); ++row) {
    bool open = numerator.valid[row] == 0 || denominator.valid[row] == 0 || !divisor_known;
    bool inside = true;
    if (!open && bounds.low.kind == EndKind::Bound) inside = side(bounds.low, row) >= (bounds.low.excluded ? 1 : 0);
    if (!open && inside && bounds.high.kind == EndKind::Bound)
      inside = side(bounds.high, row) <= (bounds.high.excluded ? -1 : 0);
    open = open || (inside && (bounds.low.kind == EndKind::Missing || bounds.high.kind == EndKind::Missing));
    yes_bytes_[static_cast<std::size_t>(row)] = inside && !open ? 1 : 0;
    maybe_bytes_[static_cast<std::size_t>(row)] = inside || open ? 1 : 0;
  }
}

void Block::test_classes(plan::Atom const& atom) {
  auto const view = column(atom.column);
  auto const& table = bound_.class_tables[atom.classes.index];
  for (std::int64_t row = 0; row < rows(); ++row) {
    auto const id = static_cast<std::uint64_t>(view.values[row]);
    std::uint8_t const member = id < static_cast<std::uint64_t>(table.size) ? table.member[id] : std::uint8_t{0};
    auto const valid = view.valid[row];
    yes_bytes_[static_cast<std::size_t>(row)] = valid & static_cast<std::uint8_t>(member == 1);
    maybe_bytes_[static_cast<std::size_t>(row)] =
        static_cast<std::uint8_t>((valid ^ 1) | static_cast<std::uint8_t>(member != 0));
  }
}

void Block::test_truth(plan::Atom const& atom) {
  auto const view = column(atom.column);
  for (std::int64_t row = 0; row < rows(); ++row) {
    auto const truth = static_cast<std::uint8_t>(view.values[row] != 0);
    yes_bytes_[static_cast<std::size_t>(row)] = view.valid[row] & truth;
    maybe_bytes_[static_cast<std::size_t>(row)] = static_cast<std::uint8_t>((view.valid[row] ^ 1) | truth);
  }
}

void Block::test_tag(plan::Atom const& atom) {
  auto const set = plan_.columns[atom.column.index].items;
  auto const item_column = bound_.places.of_relation[set.index][0];
  auto const tag = atom.text.has_value() ? text_index(item_column, atom.text) : atom.tag;
  auto const present = column(atom.column);
  auto const members = column(item_column);
  auto const& items = relation(set);
  for (std::int64_t row = 0; row < rows(); ++row) {
    bool found = false, open = present.valid[row] == 0;
    for (auto item = items.starts[static_cast<std::size_t>(row)];
         item < items.starts[static_cast<std::size_t>(row) + 1]; ++item) {
      found = found || (members.valid[item] != 0 && members.values[item] == tag);
      open = open || members.valid[item] == 0;
    }
    yes_bytes_[static_cast<std::size_t>(row)] = found ? 1 : 0;
    maybe_bytes_[static_cast<std::size_t>(row)] = found || open ? 1 : 0;
  }
}

void Block::test_text(plan::Atom const& atom) {
  auto const wanted = text_index(atom.column, atom.text);
  auto const view = column(atom.column);
  for (std::int64_t row = 0; row < rows(); ++row) {
    auto const same = static_cast<std::uint8_t>(view.values[row] == wanted);
    yes_bytes_[static_cast<std::size_t>(row)] = view.valid[row] & same;
    maybe_bytes_[static_cast<std::size_t>(row)] = static_cast<std::uint8_t>((view.valid[row] ^ 1) | same);
  }
}

}  // namespace huiyu::engine
