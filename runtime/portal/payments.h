#pragma once

// What policies pay whose sum is one formula of stated facts: formula and constants side by side, ready for one record.
// Private to the portal.

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/engine/bind.h"
#include "runtime/engine/row_program.h"

namespace huiyu::portal {

class Payments {
 public:
  Payments() = default;
  Payments(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject);

  struct Sum {
    bool is_known = false;  // else a fact is missing
    std::int64_t fen = 0;
  };
  using Registers = std::vector<Int128>;
  Registers registers() const { return Registers(register_count_); }

  // What the policy at the position pays the record; nothing: the engine's formulas say.
  std::optional<Sum> of(std::uint32_t position, engine::BoundPlan const& bound, columns::Batch const& batch,
                        std::int64_t row, Registers& registers) const;
  // Asks the memory for what `of` will read.
  void fetch(std::span<std::uint32_t const> positions) const;

  std::size_t bytes() const;

 private:
  static constexpr std::uint16_t none = 0xFFFF;
  struct Payment {
    std::uint16_t program = none;
    std::uint16_t needs_its_fact = 0;  // 1: a record that lacks the one fact it reads has no sum
    std::uint32_t first = 0;  // in `words_`: places of the inputs in the batch, then the limbs of the constants
  };
  void add(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, std::uint32_t position);
  std::uint16_t program_of(plan::Plan const& plan, std::uint32_t shape);

  std::vector<Payment> payments_;  // by position in the plan
  std::vector<std::int64_t> words_;
  std::vector<engine::RowProgram> programs_;
  std::unordered_map<std::uint32_t, std::uint16_t> program_of_shape_;
  std::size_t register_count_ = 0;
};

}  // namespace huiyu::portal
