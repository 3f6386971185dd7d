#include "runtime/engine/formulas.h"

#include <algorithm>

#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

bool is_in(std::uint64_t const* plane, std::int64_t row) { return ((plane[row / 64] >> (row % 64)) & 1) != 0; }

std::uint8_t state_of(Planes const& condition, std::int64_t row) {
  if (is_in(condition.yes, row) || !is_in(condition.maybe, row)) return state::known;
  return is_in(condition.lacks, row) ? state::missing : is_in(condition.asks, row) ? state::open : state::error;
}

}  // namespace

Amounts const& Formulas::run(plan::Policy const& policy, std::vector<std::int64_t> const& rows) {
  auto const parts = plan::rows_of(policy.parts, plan_.parts);
  amounts_.parts.resize(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) run_part(parts[i], rows, amounts_.parts[i]);
  amounts_.sum.resize(rows.size());
  amounts_.states.resize(rows.size());
  if (policy.total.has_value()) {
    run_use(policy.total, rows, amounts_.sum.data(), amounts_.states.data());
  } else if (!parts.empty()) {
    amounts_.sum = amounts_.parts.front().amount;
    amounts_.states = amounts_.parts.front().states;
  }
  return amounts_;
}

// The amount where `when` holds, 0 where it does not, undecided as that is.
void Formulas::run_part(plan::Part const& part, std::vector<std::int64_t> const& rows, Amounts::Part& out) {
  out.amount.resize(rows.size());
  out.states.resize(rows.size());
  run_use(part.amount, rows, out.amount.data(), out.states.data());
  if (!part.when.has_value()) return;
  auto const words = block_.words();
  when_.resize(static_cast<std::size_t>(plane_count * words));
  auto const when = planes_at(when_.data(), words);
  block_.condition(part.when, when);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (is_in(when.yes, rows[i])) continue;
    out.amount[i] = 0;
    out.states[i] = state_of(when, rows[i]);
  }
}

void Formulas::run_use(plan::Ref<plan::Use> ref, std::vector<std::int64_t> const& rows, std::int64_t* out,
                       std::uint8_t* out_states) {
  inputs_.clear();
  for (auto const& input : plan::rows_of(plan_.uses[ref.index].inputs, plan_.use_inputs)) {
    if (input.part == plan::none)
      inputs_.push_back(usual(input.column, gather(input.column, rows, inputs_.size()), rows.size(), inputs_.size()));
    else
      inputs_.push_back({amounts_.parts[input.part].amount.data(), amounts_.parts[input.part].states.data()});
  }
  block_.run(ref, inputs_.data(), static_cast<std::int64_t>(rows.size()), out, out_states);
}

// The column's values at the selected rows; the column itself where all rows are selected.
ColumnView Formulas::gather(plan::Ref<plan::Column> ref, std::vector<std::int64_t> const& rows, std::size_t slot) {
  auto const view = block_.column(ref);
  if (static_cast<std::int64_t>(rows.size()) == block_.rows()) return view;
  auto const width = plan_.columns[ref.index].width;
  if (buffers_.size() <= slot) buffers_.resize(slot + 1);
  auto& buffer = buffers_[slot];
  buffer.values.resize(rows.size() * width);
  buffer.states.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    buffer.states[i] = view.states[rows[i]];
    std::copy_n(view.values + rows[i] * width, width, buffer.values.data() + i * width);
  }
  return {buffer.values.data(), buffer.states.data()};
}

// The view, its unusual numbers open.
ColumnView Formulas::usual(plan::Ref<plan::Column> ref, ColumnView view, std::size_t rows, std::size_t slot) {
  if (!plan::may_be_unusual(plan_.columns[ref.index])) return view;
  bool unusual = false;
  for (std::size_t i = 0; i < rows; ++i) unusual |= !plan::is_usual(view.values[i]);
  if (!unusual) return view;
  if (open_.size() <= slot) open_.resize(slot + 1);
  auto& states = open_[slot];
  states.assign(view.states, view.states + rows);
  for (std::size_t i = 0; i < rows; ++i)
    if (states[i] == state::known && !plan::is_usual(view.values[i])) states[i] = state::open;
  return {view.values, states.data()};
}

}  // namespace huiyu::engine
