// Conditions over the bitmaps of atoms. Negation stands at atoms alone, where it swaps the planes.

#include <algorithm>
#include <bit>

#include "runtime/engine/block.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using plan::ConditionKind;

void fill(PlaneTarget out, std::int64_t rows, bool holds) {
  auto const words = words_for(rows);
  std::fill_n(out.yes, words, holds ? ~std::uint64_t{0} : 0);
  if (holds && words > 0) out.yes[words - 1] = tail_mask(rows);
  std::copy_n(out.yes, words, out.maybe);
  std::fill_n(out.lacks, words, std::uint64_t{0});
  std::fill_n(out.asks, words, std::uint64_t{0});
}

// Adds a bitmap to counters that lie bit plane after bit plane.
void add_to_counters(std::uint64_t* counters, std::int64_t planes, std::int64_t words, std::uint64_t const* addend) {
  for (std::int64_t word = 0; word < words; ++word) {
    auto carry = addend[word];
    for (std::int64_t plane = 0; plane < planes && carry != 0; ++plane) {
      auto& bits = counters[plane * words + word];
      auto const next = bits & carry;
      bits ^= carry;
      carry = next;
    }
  }
}

// The rows whose counter is at least n.
void at_least(std::uint64_t const* counters, std::int64_t planes, std::int64_t words, std::int64_t n,
              std::uint64_t* out) {
  for (std::int64_t word = 0; word < words; ++word) {
    std::uint64_t above = 0, same = ~std::uint64_t{0};
    for (auto plane = planes - 1; plane >= 0; --plane) {
      auto const bits = counters[plane * words + word];
      bool const wanted = ((n >> plane) & 1) != 0;
      if (!wanted) above |= same & bits;
      same &= wanted ? bits : ~bits;
    }
    out[word] = above | same;
  }
}

}  // namespace

// Planes of the block's size, for a member of a condition at that depth.
PlaneTarget Block::level(std::uint32_t depth) {
  if (levels_.size() <= depth) levels_.resize(depth + 1);
  auto const wanted = static_cast<std::size_t>(words() * plane_count);
  if (levels_[depth].size() < wanted) levels_[depth].resize(wanted);
  return planes_at(levels_[depth].data(), words());
}

// An atom's own bitmaps where nothing has to be turned round.
Planes Block::literal(plan::Condition const& condition, PlaneTarget room) {
  auto const test = atom(condition.atom);
  if (condition.negated == 0) return test;
  auto const last = words() - 1;
  for (std::int64_t word = 0; word <= last; ++word) {
    auto const mask = word == last ? tail_mask(rows()) : ~std::uint64_t{0};
    room.yes[word] = ~test.maybe[word] & mask;
    room.maybe[word] = ~test.yes[word] & mask;
  }
  return {room.yes, room.maybe, test.lacks, test.asks};
}

void Block::condition(plan::Ref<plan::Condition> ref, PlaneTarget out, std::uint32_t depth) {
  if (!ref.has_value()) return fill(out, rows(), true);
  auto const& row = plan_.conditions[ref.index];
  switch (row.kind) {
    case ConditionKind::Always: return fill(out, rows(), true);
    case ConditionKind::Never: return fill(out, rows(), false);
    case ConditionKind::And:
    case ConditionKind::Or: return join(row, out, depth);
    case ConditionKind::AtLeastOf: return count_members(row, out, depth);
    case ConditionKind::Literal: {
      auto const planes = literal(row, out);
      if (planes.yes != out.yes) {
        std::copy_n(planes.yes, words(), out.yes);
        std::copy_n(planes.maybe, words(), out.maybe);
      }
      std::copy_n(planes.lacks, words(), out.lacks);
      std::copy_n(planes.asks, words(), out.asks);
      return;
    }
  }
}

// Stops as soon as no row can change: none is left that may hold (且), or that is not settled (或).
void Block::join(plan::Condition const& condition, PlaneTarget out, std::uint32_t depth) {
  bool const all = condition.kind == ConditionKind::And;
  auto const count = words();
  fill(out, rows(), all);
  for (auto const& member : plan::rows_of(condition.members, plan_.condition_members)) {
    auto const room = level(depth);
    auto const& row = plan_.conditions[member.condition.index];
    Planes planes = room;
    if (row.kind == ConditionKind::Literal)
      planes = literal(row, room);
    else
      this->condition(member.condition, room, depth + 1);
    std::uint64_t left = 0;
    for (std::int64_t word = 0; word < count; ++word) {
      if (all) {
        out.yes[word] &= planes.yes[word];
        out.maybe[word] &= planes.maybe[word];
        left |= out.maybe[word];
      } else {
        out.yes[word] |= planes.yes[word];
        out.maybe[word] |= planes.maybe[word];
        left |= out.yes[word] ^ (word == count - 1 ? tail_mask(rows()) : ~std::uint64_t{0});
      }
      out.lacks[word] |= planes.lacks[word];
      out.asks[word] |= planes.asks[word];
    }
    if (left == 0) break;
  }
  keep_undecided(out, count);
}

void Block::count_members(plan::Condition const& condition, PlaneTarget out, std::uint32_t depth) {
  auto const count = words();
  auto const planes = static_cast<std::int64_t>(std::bit_width(condition.members.count));
  std::vector<std::uint64_t> yes(static_cast<std::size_t>(planes * count)), maybe(yes.size());
  fill(out, rows(), false);
  for (auto const& member : plan::rows_of(condition.members, plan_.condition_members)) {
    auto const room = level(depth);
    this->condition(member.condition, room, depth + 1);
    add_to_counters(yes.data(), planes, count, room.yes);
    add_to_counters(maybe.data(), planes, count, room.maybe);
    for (std::int64_t word = 0; word < count; ++word) {
      out.lacks[word] |= room.lacks[word];
      out.asks[word] |= room.asks[word];
    }
  }
  at_least(yes.data(), planes, count, condition.count, out.yes);
  at_least(maybe.data(), planes, count, condition.count, out.maybe);
  if (count > 0) {
    out.yes[count - 1] &= tail_mask(rows());
    out.maybe[count - 1] &= tail_mask(rows());
  }
  keep_undecided(out, count);
}

}  // namespace huiyu::engine
