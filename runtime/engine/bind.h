#pragma once

// A Plan made ready for one run: what is symbolic in it gets its value at the reference date, for this machine. Never
// stored.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/base/big.h"
#include "runtime/base/result.h"
#include "runtime/columns/outcome.h"
#include "runtime/engine/kernel.h"
#include "runtime/engine/lookup.h"
#include "runtime/engine/program.h"
#include "runtime/explain/places.h"
#include "runtime/plan/plan.h"

namespace huiyu::engine {

// Where a column's values come from in this run.
enum class Origin : std::uint8_t {
  Stated,          // a field of the data
  Given,           // a 定义 that the data states: the stated integer × 10^(scale − stated_scale)
  GivenNumerator,  // of a quotient that the data states, which is then ÷ 1
  GivenDenominator,
  Derived,
};
struct BoundColumn {
  Origin origin = Origin::Derived;
  std::int32_t place = -1;                       // in the batch of its relation; Stated, Given…
  std::int8_t shift = 0;                         // digits to append to a given integer, or to take off
  std::int64_t proved_low = 0, proved_high = 0;  // Given: what widths are proved for, after the shift
};

struct BoundConstant {
  std::uint8_t stands = state::missing;  // a parameter past its last value is missing
  BigInt value;
  bool known() const { return stands == state::known; }
};

// One end of an interval.
enum class EndKind : std::uint8_t { Open, Bound, Undecided };
struct BoundEnd {
  EndKind kind = EndKind::Open;
  std::uint8_t stands = state::known;  // Undecided: how
  bool excluded = false;
  std::int64_t narrow = 0;  // the bound, cut to 64 bits so that comparing 64-bit values stays right
  BigInt value;
};
struct BoundAtom {
  BoundEnd low, high;
  BoundEnd denominator;  // QuotientInterval: 1 where the plan names none
};

// A formula with its constants laid out as kernels read them.
struct BoundUse {
  std::uint32_t shape = 0;
  std::uint32_t first_limb = 0;   // in BoundPlan::limbs
  std::uint32_t first_state = 0;  // in BoundPlan::limb_states, one byte a slot
};

struct AtomTests;
struct BoundPlan {
  plan::Plan const* plan = nullptr;  // must outlive this
  RunInputs inputs;
  explain::Places places;
  std::vector<BoundColumn> columns;
  std::vector<BoundConstant> constants;
  std::vector<Program> shapes;
  std::vector<BoundUse> uses;
  std::vector<std::int64_t> limbs;
  std::vector<std::uint8_t> limb_states;
  std::vector<std::vector<std::uint8_t>> class_bytes;
  std::vector<ClassTable> class_tables;
  std::vector<BoundAtom> atoms;
  std::vector<std::shared_ptr<AtomTests const>> atom_tests;        // by relation; null for what belongs to records
  std::unordered_map<std::uint32_t, BoundLookup> lookups;          // by column
  std::unordered_map<std::string_view, std::int64_t> text_places;  // of the plan's texts, where programs compare texts
  std::vector<std::uint8_t> live;                                  // by policy: 有效 at the reference date
};

// Binds a plan that has passed plan::verify. What no engine runs yet is an error: "not built: …", naming the policy.
Result<BoundPlan> bind(plan::Plan const& plan, RunInputs const& inputs);

namespace detail {
// bind_constants.cpp
Result<void> bind_constants(BoundPlan& bound);
Result<void> bind_uses(BoundPlan& bound);
void bind_classes(BoundPlan& bound);
void bind_atoms(BoundPlan& bound);
// lookup.cpp
void bind_lookups(BoundPlan& bound);
// bind_columns.cpp
Result<void> bind_columns(BoundPlan& bound);
// bind_policies.cpp
Result<void> refuse_what_is_not_built(plan::Plan const& plan);
void bind_policies(BoundPlan& bound);
// atom_tests.cpp
void bind_atom_tests(BoundPlan& bound);
}  // namespace detail

}  // namespace huiyu::engine
