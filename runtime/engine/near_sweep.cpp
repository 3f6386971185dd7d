#include "runtime/engine/near_sweep.h"

#include <algorithm>

#include "runtime/engine/bits.h"

namespace huiyu::engine {

using genes::NearRows;
using genes::sweep_words;
using genes::SweepGroup;
using genes::SweepRows;

namespace {

// As in eligible_sweep.cpp.
constexpr std::int64_t most_rows_asked = 128;
// So few rows of a policy are looked at word by word first.
constexpr std::int64_t few_rows = 4;

template <class Join> SweepRows joined(SweepRows const& a, SweepRows const& b, Join join) {
  SweepRows rows;
  for (std::int64_t word = 0; word < sweep_words; ++word) rows.words[word] = join(a.words[word], b.words[word]);
  return rows;
}
SweepRows operator&(SweepRows const& a, SweepRows const& b) {
  return joined(a, b, [](std::uint64_t x, std::uint64_t y) { return x & y; });
}
SweepRows operator|(SweepRows const& a, SweepRows const& b) {
  return joined(a, b, [](std::uint64_t x, std::uint64_t y) { return x | y; });
}
SweepRows without(SweepRows const& a, SweepRows const& b) {
  return joined(a, b, [](std::uint64_t x, std::uint64_t y) { return x & ~y; });
}
bool none(SweepRows const& rows) { return !any(rows.words, sweep_words); }

}  // namespace

NearSweep::NearSweep(EligiblePlan const& plan, Block& block, genes::Kernels const& kernels, bool list_rows)
    : plan_(plan),
      block_(block),
      kernels_(kernels),
      bitmaps_(plan.literals.size()),
      made_(plan.literals.size() / 64 + 1),
      list_rows_(list_rows),
      counts_(plan.tests_of.size()) {
  sweep_.nodes = plan.nodes.data();
  sweep_.end = plan.nodes.data() + plan.nodes.size();
  sweep_.literals = plan.node_literals.data();
  sweep_.groups = plan.groups.data();
  sweep_.bitmaps = bitmaps_.data();
  sweep_.made = made_.data();
  sweep_.makings = plan.literals.data();
  sweep_.context = this;
  sweep_.make = [](void* self, std::uint32_t literal, SweepRows const& rows) {
    static_cast<NearSweep*>(self)->make(literal, rows);
  };
  sweep_.take = [](void* self, std::uint32_t policy, NearRows const& rows) {
    static_cast<NearSweep*>(self)->take(policy, rows);
  };
}

void NearSweep::run(std::int64_t begin, std::int64_t rows) {
  if (rows == 0) return;
  block_.start(begin, rows);
  begin_ = begin;
  rows_asked_ = 0;
  std::fill(made_.begin(), made_.end(), std::uint64_t{0});
  SweepRows all{};
  std::fill_n(all.words, words_for(rows), ~std::uint64_t{0});
  all.words[words_for(rows) - 1] = tail_mask(rows);
  kernels_.near(sweep_, all);
}

void NearSweep::make(std::uint32_t literal, SweepRows const& rows) {
  auto const& [test, atom, negated] = plan_.literals[literal];
  auto& [held, failed] = bitmaps_[literal];
  bool const is_union = !atom.has_value();
  if ((is_union || test.kind == AtomTests::Kind::Tag) && ask_rows(literal, rows)) return;
  if (is_union) return make_unions(test.place, plan_.tag_unions[test.of]);
  auto const words = block_.words();
  if (test.kind == AtomTests::Kind::Other) {
    auto const planes = block_.atom(atom);
    for (std::int64_t word = 0; word < words; ++word) {
      held.words[word] = planes.yes[word];
      failed.words[word] = ~planes.maybe[word];
    }
    failed.words[words - 1] &= tail_mask(block_.rows());
  } else {
    auto const* decided = block_.facts().test(test, held.words).decided;
    for (std::int64_t word = 0; word < words; ++word) failed.words[word] = decided[word] & ~held.words[word];
  }
  for (auto word = words; word < sweep_words; ++word) held.words[word] = failed.words[word] = 0;
  if (negated) std::swap(held, failed);
  set_made(literal);
}

void NearSweep::make_unions(std::uint32_t place, EligiblePlan::TagUnions const& unions) {
  for (auto literal : unions.all) {
    bitmaps_[literal] = {};
    set_made(literal);
  }
  auto const words = block_.words();
  auto const& tags = block_.facts().tags(place);
  auto const* rows = tags.rows.data();
  for (auto tag : tags.occurring) {
    for (auto i = unions.starts[tag]; i < unions.starts[tag + 1]; ++i) {
      auto& held = bitmaps_[unions.literals[i]].held;
      for (std::int64_t word = 0; word < words; ++word) held.words[word] |= rows[word];
    }
    rows += words;
  }
  auto const* whole = block_.facts().whole_lists(place);
  for (auto literal : unions.all) {
    auto& [held, failed] = bitmaps_[literal];
    for (std::int64_t word = 0; word < words; ++word) failed.words[word] = whole[word] & ~held.words[word];
  }
}

bool NearSweep::ask_rows(std::uint32_t literal, SweepRows const& rows) {
  auto const& [test, atom, negated] = plan_.literals[literal];
  if (block_.facts().has_found_tags(test.place)) return false;
  auto const asked = count(rows.words, sweep_words);
  if (rows_asked_ + asked > most_rows_asked) return false;
  rows_asked_ += asked;
  auto const* unions = atom.has_value() ? nullptr : &plan_.tag_unions[test.of];
  auto& tested = bitmaps_[literal] = {};
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
    if (!has && !is_known) return;
    auto& side = has != negated ? tested.held : tested.failed;
    side.words[row / 64] |= std::uint64_t{1} << (row % 64);
  });
  return true;
}

NearRows const& NearSweep::tested(std::uint32_t literal, SweepRows const& rows) {
  if (((made_[literal / 64] >> (literal % 64)) & 1) == 0) make(literal, rows);
  return bitmaps_[literal];
}

// As the kernel does it.
NearRows NearSweep::ask(std::uint32_t const*& group, SweepRows rows) {
  auto const code = *group++;
  auto const kind = static_cast<SweepGroup>(code % 4);
  if (kind == SweepGroup::Literal) {
    auto const& asked = tested(code / 4, rows);
    return {rows & asked.held, rows & asked.failed};
  }
  bool const all = kind == SweepGroup::And;
  auto const* const end = plan_.groups.data() + *group++;
  SweepRows settled{}, agreed = rows;
  while (group != end && !none(rows)) {
    auto const member = ask(group, rows);
    auto const& settles = all ? member.failed : member.held;
    settled = settled | settles;
    agreed = agreed & (all ? member.held : member.failed);
    rows = without(rows, settles);
  }
  group = end;
  agreed = without(agreed, settled);
  return all ? NearRows{agreed, settled} : NearRows{settled, agreed};
}

SweepRows NearSweep::failed(EligiblePlan::Test const& test, SweepRows const& rows) {
  if (test.kind == EligiblePlan::Test::Kind::Literal) return rows & tested(test.of, rows).failed;
  auto const* group = plan_.groups.data() + test.of;
  return ask(group, rows).failed;
}

// Looks at the words that have rows alone: most policies have one or two in a block.
bool NearSweep::fails_some(std::uint32_t literal, SweepRows const& rows) {
  auto const& failed = tested(literal, rows).failed;
  for (std::int64_t word = 0; word < sweep_words; ++word)
    if (rows.words[word] != 0 && (rows.words[word] & failed.words[word]) != 0) return true;
  return false;
}

// Of each row one test failed: which, is looked for among the policy's.
void NearSweep::take(std::uint32_t policy, NearRows const& rows) {
  auto const& tests = plan_.tests_of[policy];
  if (!list_rows_ && !tests.asks_rows) {
    counts_[policy] += count(rows.failed.words, sweep_words);
    return;
  }
  auto left = rows.failed;
  auto all = left;
  bool const is_few = count(left.words, sweep_words) <= few_rows;
  if (tests.asks_rows) {
    all = all | rows.held;
    for_each_row(rows.held.words, sweep_words, [&](std::int64_t row) { members_[row] = no_member; });
  }
  for (auto i = tests.begin; i < tests.end && !none(left); ++i) {
    auto const& test = plan_.tests[i];
    if (!test.may_fail || test.kind == EligiblePlan::Test::Kind::Condition) continue;
    if (is_few && test.kind == EligiblePlan::Test::Kind::Literal && !fails_some(test.of, left)) continue;
    auto const these = failed(test, left);
    for_each_row(these.words, sweep_words, [&](std::int64_t row) { members_[row] = test.member; });
    left = without(left, these);
  }
  for_each_row(all.words, sweep_words, [&](std::int64_t row) {
    found_.push_back({policy, static_cast<std::uint32_t>(begin_ + row), members_[row]});
  });
}

}  // namespace huiyu::engine
