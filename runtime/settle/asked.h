#pragma once

// What rules ask of the record of a pair: to whom it belongs, where it stands, what it was paid before. Integers, in
// the order in which pairs come; beside them what is missing, and what no integer holds. Private to the folder.

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/base/big.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"
#include "runtime/explain/evaluate.h"
#include "runtime/explain/places.h"
#include "runtime/plan/plan.h"

namespace huiyu::settle {

inline constexpr std::uint32_t none = 0xFFFFFFFF;

// Things that recur, each kept once. Place 0 is the empty one.
template <class T> class Interned {
 public:
  Interned() { place_of({}); }
  std::uint32_t place_of(T const& one) {
    auto const [at, fresh] = places_.try_emplace(one, static_cast<std::uint32_t>(all_.size()));
    if (fresh) all_.push_back(&at->first);
    return at->second;
  }
  T const& operator[](std::uint32_t place) const { return *all_[place]; }
  std::size_t size() const { return all_.size(); }

 private:
  std::map<T, std::uint32_t> places_;
  std::vector<T const*> all_;
};
using FactLists = Interned<std::vector<std::string>>;

// Numbers in millionths, so that most fit, or sums in 分; 8 bytes for each pair.
class Answers {
 public:
  void add(explain::Exact const& number);
  // integer × 10^-scale.
  void add(std::int64_t integer, int scale);
  void add_fen(std::int64_t fen) { numbers_.push_back(fen); }  // ≥ 0
  // `facts`: the list of what is missing; 0: it is an error.
  void add_missing(std::uint32_t facts);

  bool known(std::size_t at) const { return numbers_[at] != missing; }
  std::uint32_t facts_of(std::size_t at) const;
  // Whether `number` says all; else `exact` must be asked.
  bool narrow() const { return wide_.empty(); }
  std::int64_t number(std::size_t at) const { return numbers_[at]; }
  // Whether a known one is below 0.
  bool negative(std::size_t at) const { return numbers_[at] == wide ? exact(at) < 0 : numbers_[at] < 0; }
  BigRational exact(std::size_t at) const;

 private:
  static constexpr std::int64_t missing = std::numeric_limits<std::int64_t>::min(), wide = missing + 1;
  std::vector<std::int64_t> numbers_;
  std::unordered_map<std::uint32_t, std::uint32_t> lacks_;  // by place of a missing one
  std::unordered_map<std::uint32_t, BigRational> wide_;
};

// Firms, projects and contracts by the numbers that they get as they come; 4 bytes for each pair.
class Units {
 public:
  void add(std::uint32_t unit) { numbers_.push_back(unit); }
  void add_missing(std::uint32_t facts);
  std::uint32_t operator[](std::size_t at) const { return numbers_[at]; }  // `none`: it is not known
  std::uint32_t facts_of(std::size_t at) const;

 private:
  std::vector<std::uint32_t> numbers_;
  std::unordered_map<std::uint32_t, std::uint32_t> lacks_;
};

// Asks trees of the records of one batch. A tree that is a column is read there; another is evaluated once a record.
class Asker {
 public:
  Asker(plan::Plan const& plan, explain::Places const& places, RunInputs const& inputs, columns::Batch const& batch,
        FactLists& facts, std::unordered_map<std::string, std::uint32_t>& units)
      : plan_(plan), places_(places), inputs_(inputs), batch_(batch), facts_(facts), units_(units) {}

  // `year`: what 本年 is in the tree; none: 申报年度.
  void number(plan::Ref<plan::Explain> tree, plan::Ref<plan::Explain> year, std::int64_t row, Answers& into);
  // Money, as whole 分 that are not below 0.
  void fen(plan::Ref<plan::Explain> tree, plan::Ref<plan::Explain> year, std::int64_t row, Answers& into);
  void unit(plan::Ref<plan::Explain> tree, std::int64_t row, Units& into);
  void named(std::string const& unit, Units& into) { into.add(unit_of(unit)); }
  // A year that the tree comes to; the least integer where that is not known.
  std::int32_t year(plan::Ref<plan::Explain> tree, std::int64_t row);

 private:
  struct Answer {
    explain::Value value;
    std::uint32_t facts = 0;
  };
  columns::Column const* column_of(plan::Ref<plan::Explain> tree) const;
  Answer const& evaluate(plan::Ref<plan::Explain> tree, plan::Ref<plan::Explain> year, std::int64_t row);
  std::uint32_t unit_of(std::string const& text);

  plan::Plan const& plan_;
  explain::Places const& places_;
  RunInputs const& inputs_;
  columns::Batch const& batch_;
  FactLists& facts_;
  std::unordered_map<std::string, std::uint32_t>& units_;
  using Known = std::unordered_map<std::int64_t, Answer>;                            // by row
  std::map<std::pair<std::uint32_t, std::uint32_t>, Known> known_;                   // by tree and year
  std::unordered_map<columns::Column const*, std::vector<std::uint32_t>> numbered_;  // by place in its dictionary
};

// 元 as whole 分, what is less than one left out; none below 0, at most what 64 bits hold.
std::int64_t fen_of(explain::Exact const& yuan);

// The trees of what lacks a value: its missing facts, sorted, each once.
std::vector<std::string> missing_facts(explain::Record const& record, explain::Evaluator const& evaluator,
                                       std::uint32_t finding);

}  // namespace huiyu::settle
