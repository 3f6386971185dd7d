#pragma once

// Amounts of the rows that a policy matched, on compacted rows.

#include <cstdint>
#include <vector>

#include "runtime/engine/block.h"

namespace huiyu::engine {

// Sums in 分 of the selected rows, one after the other.
struct Amounts {
  std::vector<std::int64_t> sum;
  std::vector<std::uint8_t> states;
  struct Part {
    std::vector<std::int64_t> amount;
    std::vector<std::uint8_t> states;
  };
  std::vector<Part> parts;
};

// One for each thread; its memory stays.
class Formulas {
 public:
  Formulas(BoundPlan const& bound, Block& block) : plan_(*bound.plan), block_(block) {}

  // The amounts of a Money policy, or the figure of an Assessment of money, for the given rows of the block.
  Amounts const& run(plan::Policy const& policy, std::vector<std::int64_t> const& rows);

 private:
  void run_part(plan::Part const& part, std::vector<std::int64_t> const& rows, Amounts::Part& out);
  void run_use(plan::Ref<plan::Use> use, std::vector<std::int64_t> const& rows, std::int64_t* out,
               std::uint8_t* out_states);
  ColumnView gather(plan::Ref<plan::Column> column, std::vector<std::int64_t> const& rows, std::size_t slot);

  ColumnView usual(plan::Ref<plan::Column> column, ColumnView view, std::size_t rows, std::size_t slot);

  plan::Plan const& plan_;
  Block& block_;
  Amounts amounts_;
  struct Buffer {
    std::vector<std::int64_t> values;
    std::vector<std::uint8_t> states;
  };
  std::vector<Buffer> buffers_;
  std::vector<std::vector<std::uint8_t>> open_;  // by slot: states where numbers are unusual
  std::vector<ColumnView> inputs_;
  std::vector<std::uint64_t> when_;
};

}  // namespace huiyu::engine
