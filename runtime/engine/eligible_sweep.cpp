#include "runtime/engine/eligible_sweep.h"

#include <algorithm>

#include "runtime/engine/bits.h"

namespace huiyu::engine {
namespace {

using genes::sweep_words;
using genes::SweepEvent;
using genes::SweepRows;
using Group = EligiblePlan::Group;

bool none(SweepRows const& rows) { return !any(rows.words, sweep_words); }

}  // namespace

EligibleSweep::EligibleSweep(EligiblePlan const& plan, Block& block, genes::Kernels const& kernels)
    : plan_(plan), block_(block), kernels_(kernels), bitmaps_(plan.literals.size()), stamps_(plan.literals.size()) {
  sweep_.nodes = plan.nodes.data();
  sweep_.literals = plan.node_literals.data();
  sweep_.bitmaps = bitmaps_.data();
  sweep_.stamps = stamps_.data();
  sweep_.end = static_cast<std::uint32_t>(plan.nodes.size());
}

void EligibleSweep::run(std::int64_t begin, std::int64_t rows, std::vector<Candidate>& found) {
  block_.start(begin, rows);
  ++sweep_.stamp;
  sweep_.node = 0;
  std::fill_n(sweep_.rows[0].words, sweep_words, std::uint64_t{0});
  std::fill_n(sweep_.rows[0].words, words_for(rows), ~std::uint64_t{0});
  if (rows > 0) sweep_.rows[0].words[words_for(rows) - 1] = tail_mask(rows);
  for (;;) {
    auto const event = kernels_.sweep(sweep_);
    if (event == SweepEvent::Done) return;
    if (event == SweepEvent::Lacks) {
      make(sweep_.literal);
      continue;
    }
    auto const& rest = plan_.rests[sweep_.policy];
    auto left = sweep_.rows[sweep_.depth];
    if (rest.groups_begin != rest.groups_end && !keep_groups(rest, left)) continue;
    for_each_row(left.words, sweep_words,
                 [&](std::int64_t row) { found.push_back({sweep_.policy, static_cast<std::uint32_t>(begin + row)}); });
  }
}

void EligibleSweep::make(std::uint32_t literal) {
  auto const& [atom, negated] = plan_.literals[literal];
  auto& bitmap = bitmaps_[literal];
  block_.certainly(atom, negated, bitmap.words);
  for (auto word = block_.words(); word < sweep_words; ++word) bitmap.words[word] = 0;
  stamps_[literal] = sweep_.stamp;
}

SweepRows const& EligibleSweep::bitmap(std::uint32_t literal) {
  if (stamps_[literal] != sweep_.stamp) make(literal);
  return bitmaps_[literal];
}

// Whether rows are left.
bool EligibleSweep::keep_groups(EligiblePlan::Rest const& rest, SweepRows& rows) {
  for (auto group = rest.groups_begin; group != rest.groups_end;) {
    group = keep(group, rows);
    if (none(rows)) return false;
  }
  return true;
}

// Keeps the rows where a group holds; gives the place after it. Each member is asked of the rows that it can still
// change.
std::uint32_t EligibleSweep::keep(std::uint32_t group, SweepRows& rows) {
  auto const code = plan_.groups[group];
  auto const kind = static_cast<Group>(code % 4);
  if (kind == Group::Literal) {
    auto const& holds = bitmap(code / 4);
    for (std::int64_t word = 0; word < sweep_words; ++word) rows.words[word] &= holds.words[word];
    return group + 1;
  }
  auto const end = plan_.groups[group + 1];
  if (kind == Group::And) {
    for (auto member = group + 2; member != end && !none(rows);) member = keep(member, rows);
    return end;
  }
  SweepRows held{};
  for (auto member = group + 2; member != end && !none(rows);) {
    auto holds = rows;
    member = keep(member, holds);
    for (std::int64_t word = 0; word < sweep_words; ++word) {
      held.words[word] |= holds.words[word];
      rows.words[word] &= ~holds.words[word];
    }
  }
  rows = held;
  return end;
}

}  // namespace huiyu::engine
