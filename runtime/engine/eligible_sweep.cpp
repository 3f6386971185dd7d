#include "runtime/engine/eligible_sweep.h"

#include <algorithm>

#include "runtime/engine/bits.h"

namespace huiyu::engine {

using genes::sweep_words;
using genes::SweepRows;

namespace {

// How many rows of a block are asked for their tags one by one before the tags of all rows are found.
constexpr std::int64_t most_rows_asked = 128;
// A policy is dense where more than one record in so many is a candidate.
constexpr std::int64_t dense_share = 16;

}  // namespace

EligibleSweep::EligibleSweep(EligiblePlan const& plan, Block& block, genes::Kernels const& kernels,
                             std::int64_t least_seen, SweepFor wanted)
    : plan_(plan),
      block_(block),
      kernels_(kernels),
      wanted_(wanted),
      bitmaps_(plan.literals.size()),
      made_(plan.literals.size() / 64 + 1),
      least_seen_(least_seen),
      rows_met_(plan.conditions_of.size()) {
  sweep_.nodes = plan.nodes.data();
  sweep_.end = plan.nodes.data() + plan.nodes.size();
  sweep_.literals = plan.node_literals.data();
  sweep_.groups = plan.groups.data();
  sweep_.bitmaps = bitmaps_.data();
  sweep_.made = made_.data();
  sweep_.makings = plan.literals.data();
  sweep_.context = this;
  sweep_.make = [](void* self, std::uint32_t literal, SweepRows const& rows) {
    static_cast<EligibleSweep*>(self)->make(literal, rows);
  };
  sweep_.take = [](void* self, std::uint32_t policy, SweepRows const& rows) {
    static_cast<EligibleSweep*>(self)->take(policy, rows);
  };
}

void EligibleSweep::take(std::uint32_t policy, SweepRows const& rows) {
  auto& met = rows_met_[policy];
  met += count(rows.words, sweep_words);
  if (met * dense_share > std::max(rows_seen_, least_seen_)) return found_->blocks.push_back({policy, rows});
  for_each_row(rows.words, sweep_words,
               [&](std::int64_t row) { found_->rows.push_back({policy, static_cast<std::uint32_t>(begin_ + row)}); });
}

void EligibleSweep::run(std::int64_t begin, std::int64_t rows, Candidates& found) {
  found.blocks.clear();
  if (rows == 0) return;
  begin_ = begin;
  found_ = &found;
  rows_seen_ += rows;
  rows_asked_ = 0;
  std::fill(made_.begin(), made_.end(), std::uint64_t{0});
  SweepRows all{};
  std::fill_n(all.words, words_for(rows), ~std::uint64_t{0});
  all.words[words_for(rows) - 1] = tail_mask(rows);
  kernels_.sweep(sweep_, all);
}

void EligibleSweep::make(std::uint32_t literal, SweepRows const& rows) {
  auto const& [test, atom, negated] = plan_.literals[literal];
  auto& bitmap = bitmaps_[literal];
  bool const is_union = !atom.has_value();
  if ((is_union || test.kind == AtomTests::Kind::Tag) && ask_rows(literal, rows)) return;
  if (is_union) return make_unions(test.place, plan_.tag_unions[test.of]);
  if (wanted_ == SweepFor::Possible) return make_possible(literal);
  if (test.kind == AtomTests::Kind::Other)
    block_.certainly(atom, negated, bitmap.words);
  else
    block_.facts().certainly(test, negated, bitmap.words);
  for (auto word = block_.words(); word < sweep_words; ++word) bitmap.words[word] = 0;
  set_made(literal);
}

// It may hold where its opposite does not certainly hold.
void EligibleSweep::make_possible(std::uint32_t literal) {
  auto const& [test, atom, negated] = plan_.literals[literal];
  auto& bitmap = bitmaps_[literal];
  auto const words = block_.words();
  if (test.kind == AtomTests::Kind::Other)
    block_.certainly(atom, !negated, bitmap.words);
  else
    block_.facts().certainly(test, !negated, bitmap.words);
  for (std::int64_t word = 0; word < words; ++word) bitmap.words[word] = ~bitmap.words[word];
  bitmap.words[words - 1] &= tail_mask(block_.rows());
  for (auto word = words; word < sweep_words; ++word) bitmap.words[word] = 0;
  set_made(literal);
}

// All of a column, from the tags that occur in the block.
void EligibleSweep::make_unions(std::uint32_t place, EligiblePlan::TagUnions const& unions) {
  for (auto literal : unions.all) {
    bitmaps_[literal] = {};
    set_made(literal);
  }
  auto const& tags = block_.facts().tags(place);
  auto const words = block_.words();
  auto const* rows = tags.rows.data();
  for (auto tag : tags.occurring) {
    for (auto i = unions.starts[tag]; i < unions.starts[tag + 1]; ++i) {
      auto& bitmap = bitmaps_[unions.literals[i]];
      for (std::int64_t word = 0; word < words; ++word) bitmap.words[word] |= rows[word];
    }
    rows += words;
  }
  if (wanted_ == SweepFor::Certain) return;
  auto const* whole = block_.facts().whole_lists(place);
  for (auto literal : unions.all) {
    auto& bitmap = bitmaps_[literal];
    for (std::int64_t word = 0; word < words; ++word) bitmap.words[word] |= ~whole[word];
    bitmap.words[words - 1] &= tail_mask(block_.rows());
  }
}

bool EligibleSweep::ask_rows(std::uint32_t literal, SweepRows const& rows) {
  auto const& [test, atom, negated] = plan_.literals[literal];
  if (block_.facts().has_found_tags(test.place)) return false;
  auto const asked = count(rows.words, sweep_words);
  if (rows_asked_ + asked > most_rows_asked) return false;
  rows_asked_ += asked;
  auto const* unions = atom.has_value() ? nullptr : &plan_.tag_unions[test.of];
  bitmaps_[literal] = {};
  for_each_row(rows.words, sweep_words, [&](std::int64_t row) {
    bool has = false;
    bool const is_known = block_.facts().each_tag(test.place, row, [&](std::uint32_t tag) {
      if (unions == nullptr) {
        has = has || tag == test.of;
        return;
      }
      auto const begin = unions->literals.begin();
      has = has || std::binary_search(begin + unions->starts[tag], begin + unions->starts[tag + 1], literal);
    });
    bool const certain = negated ? is_known && !has : has;
    bool const possible = negated ? !has : has || !is_known;
    if (wanted_ == SweepFor::Certain ? certain : possible)
      bitmaps_[literal].words[row / 64] |= std::uint64_t{1} << (row % 64);
  });
  return true;
}

}  // namespace huiyu::engine
