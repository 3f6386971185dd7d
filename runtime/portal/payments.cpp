#include "runtime/portal/payments.h"

#include <numeric>

#include "runtime/plan/rows.h"

namespace huiyu::portal {
namespace {

using plan::ValueKind;

// A fact whose integer in the batch is that of the column.
bool is_plain_fact(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, plan::Ref<plan::Column> ref) {
  if (!ref.has_value() || bound.columns[ref.index].origin != engine::Origin::Stated) return false;
  auto const& column = bound.plan->columns[ref.index];
  if (!(column.relation == subject) || column.width != 1 || column.series != 0) return false;
  switch (column.kind) {
    case ValueKind::Truth:
    case ValueKind::Number:
    case ValueKind::Date:
    case ValueKind::Year:
    case ValueKind::Month:
    case ValueKind::Code:
    case ValueKind::Enumeration: return true;
    case ValueKind::Text:
    case ValueKind::CreditCode:
    case ValueKind::List:
    case ValueKind::Set:
    case ValueKind::Quotient: return false;
  }
  return false;
}

// How the formula stands where all that it reads is missing.
std::uint8_t without_facts(engine::BoundPlan const& bound, engine::BoundUse const& use, std::size_t inputs) {
  std::int64_t const nothing[8] = {};
  auto const missing = state::missing;
  std::vector<std::int64_t const*> const values(inputs, nothing);
  std::vector<std::uint8_t const*> const states(inputs, &missing);
  auto const& program = bound.shapes[use.shape];
  std::vector<std::int64_t> out(program.result_width);
  auto stands = state::known;
  engine::KernelArguments arguments;
  arguments.row_count = 1;
  arguments.inputs = values.data();
  arguments.input_states = states.data();
  arguments.constants = bound.limbs.data() + use.first_limb;
  arguments.constant_states = bound.limb_states.data() + use.first_state;
  arguments.class_tables = bound.class_tables.data();
  arguments.out = out.data();
  arguments.out_states = &stands;
  engine::Scratch scratch;
  engine::interpret(program, arguments, scratch);
  return stands;
}

}  // namespace

Payments::Payments(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject) {
  payments_.resize(bound.plan->policies.size());
  for (std::uint32_t i = 0; i < payments_.size(); ++i)
    if (bound.plan->policies[i].subject == subject && bound.live[i] != 0) add(bound, subject, i);
}

void Payments::add(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, std::uint32_t position) {
  auto const& plan = *bound.plan;
  auto const& policy = plan.policies[position];
  auto const parts = plan::rows_of(policy.parts, plan.parts);
  bool const is_one_formula = policy.conclusion == plan::Conclusion::Money && !policy.total.has_value() &&
                              parts.size() == 1 && !parts[0].when.has_value();
  if (!is_one_formula) return;
  auto const inputs = plan::rows_of(plan.uses[parts[0].amount.index].inputs, plan.use_inputs);
  for (auto const& input : inputs)
    if (!is_plain_fact(bound, subject, input.column)) return;
  auto const& use = bound.uses[parts[0].amount.index];
  auto const program = program_of(plan, use.shape);
  if (program == none) return;
  auto const& widths = programs_[program].constant_widths();
  for (std::size_t slot = 0; slot < widths.size(); ++slot)
    if (bound.limb_states[use.first_state + slot] != state::known) return;

  auto& payment = payments_[position];
  payment.program = program;
  payment.needs_its_fact = inputs.size() == 1 && without_facts(bound, use, 1) == state::missing ? 1 : 0;
  payment.first = static_cast<std::uint32_t>(words_.size());
  for (auto const& input : inputs) words_.push_back(bound.columns[input.column.index].place);
  auto const limbs = std::accumulate(widths.begin(), widths.end(), 0);
  auto const from = bound.limbs.begin() + use.first_limb;
  words_.insert(words_.end(), from, from + limbs);
}

std::uint16_t Payments::program_of(plan::Plan const& plan, std::uint32_t shape) {
  auto const [found, fresh] = program_of_shape_.try_emplace(shape, none);
  if (!fresh || programs_.size() == none) return found->second;
  auto made = engine::RowProgram::make(plan, plan.shapes[shape]);
  if (!made) return none;
  register_count_ = std::max(register_count_, made->register_count());
  found->second = static_cast<std::uint16_t>(programs_.size());
  programs_.push_back(std::move(*made));
  return found->second;
}

std::optional<Payments::Sum> Payments::of(std::uint32_t position, engine::BoundPlan const& bound,
                                          columns::Batch const& batch, std::int64_t row, Registers& registers) const {
  auto const& payment = payments_[position];
  if (payment.program == none) return std::nullopt;
  auto const& program = programs_[payment.program];
  auto const* word = words_.data() + payment.first;
  auto* to = registers.data();
  for (std::uint32_t slot = 0; slot < program.input_count(); ++slot) {
    auto const& column = batch.columns[static_cast<std::size_t>(*word++)];
    if (!column.present(row)) return payment.needs_its_fact != 0 ? std::optional(Sum{}) : std::nullopt;
    auto const value = column.at(row);
    if (!plan::is_usual(value)) return std::nullopt;
    *to++ = value;
  }
  for (auto const width : program.constant_widths()) {
    *to = *word++;
    if (width == 2)
      *to = static_cast<Int128>(static_cast<UInt128>(static_cast<std::uint64_t>(*to)) |
                                static_cast<UInt128>(static_cast<std::uint64_t>(*word++)) << 64);
    ++to;
  }
  auto const sum = program.run(registers.data(), bound.class_tables.data());
  if (!sum) return std::nullopt;
  return Sum{true, static_cast<std::int64_t>(*sum)};
}

void Payments::fetch(std::span<std::uint32_t const> positions) const {
  for (auto position : positions) __builtin_prefetch(&payments_[position]);
  for (auto position : positions) {
    auto const* words = words_.data() + payments_[position].first;
    __builtin_prefetch(words);
    __builtin_prefetch(words + 8);
  }
}

std::size_t Payments::bytes() const {
  return payments_.capacity() * sizeof(Payment) + words_.capacity() * sizeof(std::int64_t);
}

}  // namespace huiyu::portal
