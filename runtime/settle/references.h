#pragma once

// References: what records read of those that they point at by key, filled in before anything else looks at them.
// docs/language/references.md says what it means.
//
// INVARIANT (plain facts): afterwards these are facts like any other. One that cannot be had says what is lacking: the
// reference itself, `企业` where no such records were loaded, `企业[键]` where none has the key, `企业[键]重复` where
// several do.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/explain/places.h"
#include "runtime/plan/plan.h"

namespace huiyu::settle {

class References {
 public:
  // Both must outlive it.
  References(plan::Plan const& plan, explain::Places const& places) : plan_(plan), places_(places) {}

  // Whose records those of `from`, and the rows of their lists, read; each once.
  std::vector<plan::Ref<plan::Relation>> pointed_at(std::span<plan::Ref<plan::Relation> const> from) const;

  // All records of a relation, with the key of each. A relation of which this is never said is not loaded.
  void load(plan::Ref<plan::Relation> relation, columns::Batch all, std::vector<std::string> const& keys);

  // Fills in what the records of a batch of `from`, and the rows of their lists, read. By any number of threads at
  // once.
  void join(plan::Ref<plan::Relation> from, columns::Batch& batch) const;

 private:
  struct Loaded {
    columns::Batch records;
    std::unordered_map<std::string, std::int64_t> row_of;  // by key; `several` where that does not tell
  };
  // Where each row's reference leads to, and why it leads nowhere.
  struct Led {
    std::vector<std::int64_t> rows;  // −1: nowhere
    std::shared_ptr<columns::Reasons const> reasons;
  };
  static constexpr std::int64_t several = -2;

  void join_rows(plan::Ref<plan::Relation> from, columns::Batch& batch) const;
  columns::Column const& column(columns::Batch const& batch, plan::Ref<plan::Column> ref) const;
  Led lead(columns::Batch const& batch, plan::Reference const& reference) const;

  plan::Plan const& plan_;
  explain::Places const& places_;
  std::map<std::uint32_t, Loaded> loaded_;  // by relation
};

}  // namespace huiyu::settle
