#pragma once

// 统计: makes the records that no data state of those that they do: one for each group of rows with equal keys, with
// what its rows come to. docs/language/statistics.md says what it means.
//
// INVARIANT (independence): neither the order of records nor how they are cut into batches matters: the records that
// are made stand in the order of their keys.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"
#include "runtime/explain/evaluate.h"
#include "runtime/explain/places.h"
#include "runtime/explain/value.h"
#include "runtime/plan/plan.h"

namespace huiyu::settle {

// Of which records those of `subject` are made; none: data state them.
plan::Ref<plan::Relation> source_of(plan::Plan const& plan, plan::Ref<plan::Relation> subject);

class Tallies {
 public:
  // `subject` is one that a 统计 makes. The plan must outlive it.
  Tallies(plan::Plan const& plan, plan::Ref<plan::Relation> subject);

  // The records of a batch of the source.
  void add(columns::Batch const& batch, std::span<std::string const> keys, explain::Places const& places,
           RunInputs const& inputs);
  // All that is made of them.
  columns::Batch make(explain::Places const& places) const;

 private:
  using Facts = std::set<std::string>;
  // What one row brings to a value. `value` absent: not known, for want of `facts`.
  struct Share {
    bool out = false;
    std::optional<BigRational> value;
    std::string once;  // rows that are equal in this count once; empty: each by itself
    Facts facts;
  };
  // `keys` as they are shown; absent: not known, for want of `facts`.
  struct Row {
    std::vector<std::optional<std::string>> keys;
    std::vector<explain::Value> values;  // of the keys
    std::vector<Share> shares;           // by value
    Facts facts;
  };
  struct Cell {
    std::optional<std::int64_t> value;
    Facts facts;
  };
  struct Group {
    std::vector<explain::Value> keys;
    std::vector<Row const*> rows;  // those that may belong to it, too
  };
  using Groups = std::map<std::vector<std::string>, Group>;

  void read(explain::Record const& record, explain::Evaluator& evaluator, std::uint32_t scope, std::string const& key,
            std::int64_t number);
  Groups groups() const;
  // The value, and its divisor where it has one.
  std::vector<Cell> cells(std::size_t value, Group const& group) const;
  Cell stored(plan::Ref<plan::Column> column, BigInt const& value) const;

  plan::Plan const& plan_;
  plan::Tally const* tally_ = nullptr;
  std::vector<plan::TallyValue const*> values_;
  std::vector<Row> rows_;
  std::int64_t record_count_ = 0;
};

}  // namespace huiyu::settle
