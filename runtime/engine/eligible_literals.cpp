#include "runtime/engine/eligible_literals.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "runtime/engine/bits.h"
#include "runtime/engine/fact_tests.h"

namespace huiyu::engine {
namespace {

constexpr std::uint32_t unnumbered = 0xFFFFFFFF;
constexpr std::int64_t sample_blocks = 8;

bool is_in_memory(EligiblePlan::Literal const& literal) {
  return !literal.atom.has_value() || literal.test.kind != AtomTests::Kind::Other;
}
// On how many rows of a block each set of tags of a list holds.
void add_sets(FactTests::Tags const& tags, std::vector<std::vector<std::uint32_t>> const& sets_of, std::int64_t words,
              std::vector<std::int64_t>& held) {
  std::map<std::uint32_t, genes::SweepRows> holds;  // by literal
  auto const* rows = tags.rows.data();
  for (auto tag : tags.occurring) {
    for (auto literal : sets_of[tag])
      for (std::int64_t word = 0; word < words; ++word) holds[literal].words[word] |= rows[word];
    rows += words;
  }
  for (auto const& [literal, where] : holds) held[literal] += count(where.words, words);
}

bool asks_for_tags(EligiblePlan::Literal const& literal) {
  return !literal.atom.has_value() || literal.test.kind == AtomTests::Kind::Tag;
}

}  // namespace

EligibleLiterals::EligibleLiterals(BoundPlan const& bound, AtomTests const& tests)
    : bound_(bound), tests_(tests), of_atom_(bound.plan->atoms.size() * 2, unnumbered) {}

std::uint32_t EligibleLiterals::number(plan::Ref<plan::Atom> atom, bool negated) {
  auto& place = of_atom_[atom.index * 2 + (negated ? 1 : 0)];
  if (place != unnumbered) return place;
  place = static_cast<std::uint32_t>(literals_.size());
  literals_.push_back({tests_.tests[atom.index], atom, negated});
  tag_sets_.emplace_back();
  return place;
}

std::uint32_t EligibleLiterals::number(std::uint32_t place, std::vector<std::uint32_t> tags) {
  TagSet set{place, std::move(tags)};
  std::sort(set.tags.begin(), set.tags.end());
  set.tags.erase(std::unique(set.tags.begin(), set.tags.end()), set.tags.end());
  auto const [found, fresh] = of_tags_.try_emplace(set, static_cast<std::uint32_t>(literals_.size()));
  if (fresh) {
    literals_.push_back({});
    literals_.back().test.place = place;
    literals_.back().test.of = static_cast<std::uint32_t>(tests_.tag_column_of[place]);
    tag_sets_.push_back(std::move(set));
  }
  return found->second;
}

void EligibleLiterals::estimate(columns::Batch const& batch) {
  share_.assign(literals_.size(), 0.5);
  auto const rows = std::min(batch.row_count, genes::sweep_rows);
  if (rows == 0) return;
  auto const words = words_for(rows);
  auto const blocks = std::min(sample_blocks, (batch.row_count + rows - 1) / rows);
  FactTests facts(bound_, tests_, batch, genes::kernels());
  std::vector<std::int64_t> held(literals_.size());
  auto const of_tags = sets_of_tags();
  for (std::int64_t block = 0; block < blocks; ++block) {
    facts.start((batch.row_count - rows) * block / std::max<std::int64_t>(blocks - 1, 1), rows);
    for (std::size_t i = 0; i < literals_.size(); ++i) {
      auto const& literal = literals_[i];
      if (!literal.atom.has_value() || !is_in_memory(literal)) continue;
      genes::SweepRows holds{};
      facts.certainly(literal.test, literal.negated, holds.words);
      held[i] += count(holds.words, words);
    }
    for (std::size_t column = 0; column < of_tags.size(); ++column)
      add_sets(facts.tags(tests_.tag_columns[column].place), of_tags[column], words, held);
  }
  for (std::size_t i = 0; i < held.size(); ++i)
    if (is_in_memory(literals_[i])) share_[i] = static_cast<double>(held[i]) / static_cast<double>(rows * blocks);
}

std::vector<std::uint32_t> EligibleLiterals::sort(std::int32_t partition) {
  auto const key = [&](std::uint32_t i) {
    auto const& literal = literals_[i];
    bool const divides = literal.test.kind == AtomTests::Kind::Classes && !literal.negated &&
                         static_cast<std::int32_t>(literal.test.place) == partition;
    int const stage = divides ? 0 : !is_in_memory(literal) ? 3 : asks_for_tags(literal) ? 2 : 1;
    return std::tuple(stage, share_[i], i);
  };
  std::vector<std::uint32_t> order(literals_.size()), place(literals_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  std::vector<Literal> literals;
  std::vector<TagSet> tag_sets;
  std::vector<double> share;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    literals.push_back(literals_[order[i]]);
    tag_sets.push_back(std::move(tag_sets_[order[i]]));
    share.push_back(share_[order[i]]);
  }
  literals_ = std::move(literals);
  tag_sets_ = std::move(tag_sets);
  share_ = std::move(share);
  for (auto& number : of_atom_)
    if (number != unnumbered) number = place[number];
  for (auto& [set, number] : of_tags_) number = place[number];
  return place;
}

std::vector<std::vector<std::vector<std::uint32_t>>> EligibleLiterals::sets_of_tags() const {
  std::vector<std::vector<std::vector<std::uint32_t>>> of_tags;
  for (auto const& column : tests_.tag_columns) of_tags.emplace_back(column.count);
  for (std::uint32_t i = 0; i < literals_.size(); ++i)
    if (!literals_[i].atom.has_value())
      for (auto tag : tag_sets_[i].tags) of_tags[literals_[i].test.of][tag].push_back(i);
  return of_tags;
}

void EligibleLiterals::write(EligiblePlan& plan) const {
  plan.literals = literals_;
  for (auto const& of_tag : sets_of_tags()) {
    EligiblePlan::TagUnions unions;
    unions.starts.push_back(0);
    for (auto const& literals : of_tag) {
      unions.literals.insert(unions.literals.end(), literals.begin(), literals.end());
      unions.starts.push_back(static_cast<std::uint32_t>(unions.literals.size()));
    }
    unions.all = unions.literals;
    std::sort(unions.all.begin(), unions.all.end());
    unions.all.erase(std::unique(unions.all.begin(), unions.all.end()), unions.all.end());
    plan.tag_unions.push_back(std::move(unions));
  }
}

}  // namespace huiyu::engine
