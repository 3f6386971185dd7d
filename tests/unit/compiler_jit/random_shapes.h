#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "runtime/engine/kernel.h"
#include "runtime/plan/plan.h"

namespace huiyu::jit {

using Random = std::mt19937_64;

// A plan of nothing but shapes, `count` of them, of any operations over any widths. It passes plan::verify.
// Widths are not proved to hold the values, but nothing divides the smallest number of a width by −1, where the
// interpreter stops the process.
plan::Plan random_shapes(std::uint64_t seed, std::uint32_t count);

// Values for the slots of a shape: boundaries, neighbours of powers of two and ten, days, anything; a part invalid.
// Constants are known, as native code asks.
struct Slots {
  std::vector<std::vector<std::int64_t>> inputs;  // limbs, by slot
  std::vector<std::vector<std::uint8_t>> input_states;
  std::vector<std::int64_t> constants;
  std::vector<std::uint8_t> constant_states;
};
Slots random_slots(plan::Plan const& plan, plan::Shape const& shape, std::int64_t row_count, Random& random);

// The class tables that ClassSet constants of random_slots name.
std::vector<engine::ClassTable> const& class_tables();

}  // namespace huiyu::jit
