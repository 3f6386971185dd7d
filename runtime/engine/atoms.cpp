// Tests of columns as bitmaps over the block, made when a living policy first asks.

#include <algorithm>
#include <limits>

#include "runtime/base/check.h"
#include "runtime/engine/block.h"
#include "runtime/engine/lanes.h"

namespace huiyu::engine {
namespace {

using plan::AtomKind;

// How a comparison of what stands so with both ends does, where it is not false: 且 of the two.
std::uint8_t compared(BoundAtom const& bounds, std::uint8_t value) {
  std::uint8_t any = value;
  bool lacks = value == state::missing && bounds.low.kind == EndKind::Open && bounds.high.kind == EndKind::Open;
  for (auto const* end : {&bounds.low, &bounds.high}) {
    if (end->kind == EndKind::Open) continue;
    auto const strict = static_cast<std::uint8_t>(value | end->stands);
    any |= strict;
    lacks = lacks || strict == state::missing;
  }
  return state::undecided(any, lacks);
}

// A test that fails at either end, and is undecided at an end whose bound is.
template <class Low, class High>
void write_interval(BoundAtom const& bounds, ColumnView const& column, std::int64_t rows, Low at_least_low,
                    High at_most_high, std::uint8_t* truths, std::uint8_t* states) {
  bool const no_low = bounds.low.kind != EndKind::Bound, no_high = bounds.high.kind != EndKind::Bound;
  for (std::int64_t row = 0; row < rows; ++row)
    truths[row] = static_cast<std::uint8_t>((no_low || at_least_low(row)) & (no_high || at_most_high(row)));
  std::copy_n(column.states, rows, states);
  if (bounds.low.kind != EndKind::Undecided && bounds.high.kind != EndKind::Undecided) return;
  for (std::int64_t row = 0; row < rows; ++row)
    if (states[row] != state::known || truths[row] != 0) states[row] = compared(bounds, states[row]);
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
  if (state.stamp == stamp_) return state.planes;
  if (state.words.size() < 4 * count) state.words.resize(4 * count);
  state.planes = planes_at(state.words.data(), words());
  state.stamp = stamp_;
  auto const& test = bound_.atom_tests[subject_.index]->tests[ref.index];
  if (!relations_[subject_.index].chosen && test.kind != AtomTests::Kind::Other) {
    from_memory(test, state.planes);
    return state.planes;
  }
  auto const& atom = plan_.atoms[ref.index];
  if (from_computed(atom, bound_.atoms[ref.index], state.planes)) return state.planes;
  auto const wanted = static_cast<std::size_t>(rows());
  if (truth_bytes_.size() < wanted) {
    truth_bytes_.resize(wanted);
    state_bytes_.resize(wanted);
  }
  switch (atom.kind) {
    case AtomKind::Interval: test_interval(atom, bound_.atoms[ref.index]); break;
    case AtomKind::QuotientInterval: test_quotient(atom, bound_.atoms[ref.index]); break;
    case AtomKind::ClassSet: test_classes(atom); break;
    case AtomKind::Tag: test_tag(atom); break;
    case AtomKind::Truth:
    case AtomKind::TextIs: HUIYU_CHECK(false, "a test of one limb that is not from_computed's"); break;
  }
  pack(truth_bytes_.data(), state_bytes_.data(), rows(), state.planes);
  return state.planes;
}

void Block::from_memory(AtomTests::Test const& test, PlaneTarget out) {
  auto const [decided, errors] = facts_.test(test, out.yes);
  auto const count = words();
  for (std::int64_t word = 0; word < count; ++word) {
    auto const open = ~decided[word] & (word == count - 1 ? tail_mask(rows()) : ~std::uint64_t{0});
    out.maybe[word] = out.yes[word] | open;
    out.lacks[word] = errors == nullptr ? open : open & ~errors[word];
    out.asks[word] = 0;
  }
}

// Tests of one limb, 64 rows at a time; false where there are more, or an end is not known.
bool Block::from_computed(plan::Atom const& atom, BoundAtom const& bounds, PlaneTarget out) {
  auto low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
  bool none = false;
  std::uint64_t flip = 0;
  switch (atom.kind) {
    case AtomKind::Truth: low = high = 0, flip = ~flip; break;
    case AtomKind::TextIs: low = high = text_index(atom.column, atom.text); break;
    case AtomKind::Interval:
      if (bounds.low.kind == EndKind::Undecided || bounds.high.kind == EndKind::Undecided) return false;
      // A bound past 64 bits has been cut to the last integer; one beyond it on the wrong side excludes all.
      if (bounds.low.kind == EndKind::Bound) low = bounds.low.narrow, none = bounds.low.value > low;
      if (bounds.high.kind == EndKind::Bound) high = bounds.high.narrow, none = none || bounds.high.value < high;
      break;
    case AtomKind::QuotientInterval:
    case AtomKind::ClassSet:
    case AtomKind::Tag: return false;
  }
  if (plan_.columns[atom.column.index].width != 1) return false;
  auto const view = column(atom.column);
  auto const count = words();
  // Whole words of rows can be read of the block's own memory alone.
  auto& own = columns_[atom.column.index].values;
  if (view.values != own.data()) std::copy_n(view.values, rows(), own.data());
  loops_.standing(view.states, count, {out.maybe, out.lacks, out.asks});
  for (std::int64_t word = 0; word < count; ++word) {
    auto const mask = word == count - 1 ? tail_mask(rows()) : ~std::uint64_t{0};
    auto const undecided = out.maybe[word] & mask;
    out.yes[word] = ~undecided & mask;
    out.maybe[word] = undecided;
    out.lacks[word] = undecided & ~out.lacks[word];  // among them what is no error
    out.asks[word] &= mask;
  }
  if (none || low > high)
    std::fill_n(out.yes, count, std::uint64_t{0});
  else
    kernels_.inside64(own.data(), count, static_cast<std::uint64_t>(low),
                      static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low), {out.yes, flip}, out.yes);
  for (std::int64_t word = 0; word < count; ++word) out.maybe[word] |= out.yes[word];
  return true;
}

void Block::certainly(plan::Ref<plan::Atom> ref, bool negated, std::uint64_t* out) {
  auto const count = words();
  auto const planes = atom(ref);
  for (std::int64_t word = 0; word < count; ++word) {
    auto const rest = ~planes.maybe[word] & (word == count - 1 ? tail_mask(rows()) : ~std::uint64_t{0});
    out[word] = negated ? rest : planes.yes[word];
  }
}

void Block::test_interval(plan::Atom const& atom, BoundAtom const& bounds) {
  auto const view = column(atom.column);
  auto const width = plan_.columns[atom.column.index].width;
  bool const has_low = bounds.low.kind == EndKind::Bound, has_high = bounds.high.kind == EndKind::Bound;
  write_interval(
      bounds, view, rows(),
      [&](std::int64_t row) {
        return !has_low || view.states[row] != state::known || wide_value(view.values, width, row) >= bounds.low.value;
      },
      [&](std::int64_t row) {
        return !has_high || view.states[row] != state::known ||
               wide_value(view.values, width, row) <= bounds.high.value;
      },
      truth_bytes_.data(), state_bytes_.data());
}

// numerator ÷ denominator against low ÷ d and high ÷ d, multiplied out: both denominators are positive.
void Block::test_quotient(plan::Atom const& atom, BoundAtom const& bounds) {
  auto const& quotient = plan_.derived[plan_.columns[atom.column.index].derived.index];
  auto const numerator = column(quotient.value);
  auto const denominator = column(quotient.denominator);
  auto const numerator_width = plan_.columns[quotient.value.index].width;
  auto const denominator_width = plan_.columns[quotient.denominator.index].width;
  bool const narrow = numerator_width == 1 && denominator_width == 1 && fits_64(bounds.low) && fits_64(bounds.high) &&
                      fits_64(bounds.denominator);

  auto side = [&](BoundEnd const& end,
                  std::int64_t row) {  // −1, 0, 1: the quotient is below, at,
                                       // above the end
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
    auto stands =
        static_cast<std::uint8_t>(numerator.states[row] | denominator.states[row] | bounds.denominator.stands);
    bool inside = true;
    if (stands == state::known && bounds.low.kind == EndKind::Bound)
      inside = side(bounds.low, row) >= (bounds.low.excluded ? 1 : 0);
    if (stands == state::known && inside && bounds.high.kind == EndKind::Bound)
      inside = side(bounds.high, row) <= (bounds.high.excluded ? -1 : 0);
    if (stands != state::known || inside) stands = compared(bounds, stands);
    truth_bytes_[static_cast<std::size_t>(row)] = inside ? 1 : 0;
    state_bytes_[static_cast<std::size_t>(row)] = stands;
  }
}

void Block::test_classes(plan::Atom const& atom) {
  auto const view = column(atom.column);
  auto const& table = bound_.class_tables[atom.classes.index];
  for (std::int64_t row = 0; row < rows(); ++row) {
    auto const id = static_cast<std::uint64_t>(view.values[row]);
    std::uint8_t const member = id < static_cast<std::uint64_t>(table.size) ? table.member[id] : std::uint8_t{0};
    bool const coarse = member == 2 && view.states[row] == state::known;
    truth_bytes_[static_cast<std::size_t>(row)] = member == 1 ? 1 : 0;
    state_bytes_[static_cast<std::size_t>(row)] = coarse ? state::missing : view.states[row];
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
    bool found = false, lacks = present.states[row] != state::known;
    for (auto item = items.starts[row]; item < items.starts[row + 1]; ++item) {
      found = found || (members.states[item] == state::known && members.values[item] == tag);
      lacks = lacks || members.states[item] != state::known;
    }
    truth_bytes_[static_cast<std::size_t>(row)] = found ? 1 : 0;
    state_bytes_[static_cast<std::size_t>(row)] = lacks && !found ? state::missing : state::known;
  }
}

}  // namespace huiyu::engine
