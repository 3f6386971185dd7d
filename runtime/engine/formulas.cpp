#include "runtime/engine/formulas.h"

#include <algorithm>

#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

bool holds(std::uint64_t const* plane, std::int64_t row) { return ((plane[row / 64] >> (row % 64)) & 1) != 0; }

}  // namespace

Amounts const& Formulas::run(plan::Policy const& policy, std::vector<std::int64_t> const& rows) {
  auto const parts = plan::rows_of(policy.parts, plan_.parts);
  amounts_.parts.resize(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) run_part(parts[i], rows, amounts_.parts[i]);
  amounts_.sum.resize(rows.size());
  amounts_.valid.resize(rows.size());
  if (policy.total.has_value()) {
    run_use(policy.total, rows, amounts_.sum.data(), amounts_.valid.data());
  } else if (!parts.empty()) {
    amounts_.sum = amounts_.parts.front().amount;
    amounts_.valid = amounts_.parts.front().valid;
  }
  return amounts_;
}

// The amount where `when` holds, 0 where it does not, open where that is undecided.
void Formulas::run_part(plan::Part const& part, std::vector<std::int64_t> const& rows, Amounts::Part& out) {
  out.amount.resize(rows.size());
  out.valid.resize(rows.size());
  run_use(part.amount, rows, out.amount.data(), out.valid.data());
  if (!part.when.has_value()) return;
  auto const words = block_.words();
  when_.resize(static_cast<std::size_t>(2 * words));
  PlaneTarget const when{when_.data(), when_.data() + words};
  block_.condition(part.when, when);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (holds(when.yes, rows[i])) continue;
    out.amount[i] = 0;
    out.valid[i] = holds(when.maybe, rows[i]) ? 0 : 1;
  }
}

void Formulas::run_use(plan::Ref<plan::Use> ref, std::vector<std::int64_t> const& rows, std::int64_t* out,
                       std::uint8_t* out_valid) {
  inputs_.clear();
  for (auto const& input : plan::rows_of(plan_.uses[ref.index].inputs, plan_.use_inputs)) {
    if (input.part == plan::none)
      inputs_.push_back(gather(input.column, rows, inputs_.size()));
    else
      inputs_.push_back({amounts_.parts[input.part].amount.data(), amounts_.parts[input.part].valid.data()});
  }
  block_.run(ref, inputs_.data(), static_cast<std::int64_t>(rows.size()), out, out_valid);
}

// The column's values at the selected rows; the column itself where all rows are selected.
ColumnView Formulas::gather(plan::Ref<plan::Column> ref, std::vector<std::int64_t> const& rows, std::size_t slot) {
  auto const view = block_.column(ref);
  if (static_cast<std::int64_t>(rows.size()) == block_.rows()) return view;
  auto const width = plan_.columns[ref.index].width;
  if (buffers_.size() <= slot) buffers_.resize(slot + 1);
  auto& buffer = buffers_[slot];
  buffer.values.resize(rows.size() * width);
  buffer.valid.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    buffer.valid[i] = view.valid[rows[i]];
    std::copy_n(view.values + rows[i] * width, width, buffer.values.data() + i * width);
  }
  return {buffer.values.data(), buffer.valid.data()};
}

}  // namespace huiyu::engine
