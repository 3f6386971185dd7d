#pragma once

// What the benchmarks on a neutral workload share: a project that convert.py made, its register in memory, and the
// references' digest.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/batch.h"
#include "runtime/engine/bind.h"
#include "runtime/plan/plan.h"

namespace huiyu::bench {

std::uint64_t mix64(std::uint64_t x);

// Of each policy the number in its id, `P000006`; its position where the id has none.
std::vector<std::uint64_t> numbers_of(plan::Plan const& plan);

// Which policy fits which record, and what it pays, as the references add it up.
struct Found {
  std::uint64_t digest = 0, matches = 0, paid = 0;

  void add(std::uint64_t policy, std::uint64_t record, std::int64_t amount_fen);
  friend bool operator==(Found const&, Found const&) = default;
};

// The Plan of PROJECT/rules. `keep`: read from PROJECT/rules.plan, which is made where there is none; it does not
// notice that the rules changed.
Result<plan::Plan> plan_of(std::string const& project, bool keep);
// Writes PROJECT/rules.plan.
Result<void> keep_plan(std::string const& project, plan::Plan const& plan);

// All of PROJECT/register.parquet in one batch.
Result<columns::Batch> register_of(std::string const& project, columns::RecordLayout const& layout);

// Both, bound at the middle of 2024.
struct Workload {
  plan::Plan plan;
  engine::BoundPlan bound;
  plan::Ref<plan::Relation> subject;
  columns::Batch batch;
};
Result<std::unique_ptr<Workload>> load(std::string const& project, bool keep);

}  // namespace huiyu::bench
