#include <algorithm>
#include <array>
#include <limits>

#include "runtime/base/civil.h"
#include "runtime/engine/bind.h"
#include "runtime/engine/lanes.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine::detail {
namespace {

using plan::BoundRule;
using plan::ConstantKind;

BigInt power(int exponent) { return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(exponent)); }

// raw × 10^shift as an integer, by the rule of the bound that it is for.
BigInt bound_value(BigInt const& raw, int shift, BoundRule rule) {
  BigInt const numerator = shift > 0 ? BigInt(raw * power(shift)) : raw;
  BigInt const denominator = shift < 0 ? power(-shift) : BigInt(1);
  BigInt const floor = floor_div(numerator, denominator);
  bool const exact = floor * denominator == numerator;
  switch (rule) {
    case BoundRule::Exact:
    case BoundRule::Floor: return floor;
    case BoundRule::Ceiling: return exact ? floor : BigInt(floor + 1);
    case BoundRule::Above: return floor + 1;
    case BoundRule::Below: return exact ? BigInt(floor - 1) : floor;
  }
  return floor;
}

bool fits(BigInt const& value, int width) {
  BigInt const limit = BigInt(1) << (64 * width - 1);
  return value >= -limit && value < limit;
}

// Through the widest lane, sign-extended.
BigInt from_limbs(std::int64_t const* limbs, int width) {
  std::array<std::int64_t, 8> wide;
  wide.fill(limbs[width - 1] < 0 ? -1 : 0);
  std::copy_n(limbs, width, wide.begin());
  return BigInt(load<8>(wide.data(), 0));
}

void append_limbs(std::vector<std::int64_t>& out, BigInt const& value, int width) {
  std::array<std::int64_t, 8> wide{};
  store<8>(wide.data(), 0, Int512(value));
  out.insert(out.end(), wide.begin(), wide.begin() + width);
}

BoundConstant parameter_at(plan::Plan const& plan, std::uint32_t index, std::int32_t day) {
  for (auto const& dated : plan::rows_of(plan.parameters[index].values, plan.parameter_values))
    if (dated.from_day <= day && day <= dated.until_day) return {state::known, dated.value};
  return {};
}

// 本年 or 本月, moved: past the ends of the calendar the explanation says what is wrong.
BoundConstant period(std::int64_t place, std::int64_t in_year) {
  bool const inside = place >= first_year * in_year && place < (last_year + 1) * in_year;
  return {inside ? state::known : state::open, place};
}

// Constants of a use, laid out; the constants it names have been bound.
Result<BoundUse> lay_out(BoundPlan& bound, plan::Use const& use) {
  auto const& plan = *bound.plan;
  BoundUse laid{use.shape.index, static_cast<std::uint32_t>(bound.limbs.size()),
                static_cast<std::uint32_t>(bound.limb_states.size())};
  auto const widths = plan::constant_widths(plan, plan.shapes[use.shape.index]);
  std::size_t slot = 0;
  for (auto const& constant : plan::rows_of(use.constants, plan.use_constants)) {
    auto const& value = bound.constants[constant.constant.index];
    auto const width = widths[slot++];
    if (value.known() && !fits(value.value, width))
      return Error{ErrorKind::Rules, "a parameter's value is too large for a formula that uses it"};
    append_limbs(bound.limbs, value.known() ? value.value : BigInt(0), width);
    bound.limb_states.push_back(value.stands);
  }
  return laid;
}

// A formula of constants alone, run once.
Result<BoundConstant> compute(BoundPlan& bound, plan::Use const& use) {
  auto const laid = lay_out(bound, use);
  if (!laid) return laid.error();
  auto const& program = bound.shapes[laid->shape];
  std::vector<std::int64_t> out(program.result_width);
  std::uint8_t stands = state::known;
  KernelArguments arguments;
  arguments.row_count = 1;
  arguments.constants = bound.limbs.data() + laid->first_limb;
  arguments.constant_states = bound.limb_states.data() + laid->first_state;
  arguments.class_tables = bound.class_tables.data();
  arguments.out = out.data();
  arguments.out_states = &stands;
  Scratch scratch;
  interpret(program, arguments, scratch);
  return BoundConstant{stands, from_limbs(out.data(), program.result_width)};
}

BigInt literal(plan::Plan const& plan, plan::Constant const& constant) {
  if (constant.width == 1) return constant.value;
  std::vector<std::int64_t> limbs;
  for (std::uint32_t i = 0; i < constant.width; ++i)
    limbs.push_back(static_cast<std::int64_t>(plan.limbs[constant.index + i]));
  return from_limbs(limbs.data(), constant.width);
}

BoundEnd end_of(BoundPlan const& bound, plan::Ref<plan::Constant> ref, bool excluded) {
  BoundEnd end;
  if (!ref.has_value()) return end;
  auto const& constant = bound.constants[ref.index];
  end.kind = constant.known() ? EndKind::Bound : EndKind::Undecided;
  end.stands = constant.stands;
  end.excluded = excluded;
  end.value = constant.value;
  if (auto const narrow = to_int64(constant.value))
    end.narrow = *narrow;
  else
    end.narrow =
        constant.value < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
  return end;
}

}  // namespace

// In the plan's order: a Computed constant may only use constants before it.
Result<void> bind_constants(BoundPlan& bound) {
  auto const& plan = *bound.plan;
  bound.constants.reserve(plan.constants.size());
  for (auto const& constant : plan.constants) {
    BoundConstant value;
    switch (constant.kind) {
      case ConstantKind::Literal: value = {state::known, literal(plan, constant)}; break;
      case ConstantKind::Parameter: value = parameter_at(plan, constant.index, bound.inputs.as_of_day); break;
      case ConstantKind::AsOfDay: value = {state::known, BigInt(bound.inputs.as_of_day) + constant.value}; break;
      case ConstantKind::AsOfMonth: {
        auto const today = civil_from_days(bound.inputs.as_of_day);
        value = period(today.year * 12 + today.month - 1 + constant.value, 12);
        break;
      }
      case ConstantKind::ApplicationYear:
        value = period(bound.inputs.application_year.value_or(0) + constant.value, 1);
        break;
      case ConstantKind::Given: {
        auto const& given = bound.inputs.given_definitions;
        value = {state::known,
                 std::find(given.begin(), given.end(), plan.texts[constant.index]) != given.end() ? 1 : 0};
        break;
      }
      case ConstantKind::Undecided: value.stands = state::open; break;
      case ConstantKind::ClassSet:
      case ConstantKind::Text: value = {state::known, constant.index}; break;
      case ConstantKind::Computed: {
        auto computed = compute(bound, plan.uses[constant.index]);
        if (!computed) return computed.error();
        value = std::move(*computed);
        break;
      }
    }
    if (value.known() && constant.kind != ConstantKind::ClassSet)
      value.value = bound_value(value.value, constant.shift, constant.bound);
    bound.constants.push_back(std::move(value));
  }
  bound.limbs.clear();
  bound.limb_states.clear();
  return {};
}

Result<void> bind_uses(BoundPlan& bound) {
  for (auto const& use : bound.plan->uses) {
    auto laid = lay_out(bound, use);
    if (!laid) return laid.error();
    bound.uses.push_back(*laid);
  }
  return {};
}

void bind_classes(BoundPlan& bound) {
  auto const& plan = *bound.plan;
  for (auto const& set : plan.class_sets) {
    std::vector<std::uint8_t> bytes;
    auto mark = [&](plan::Rows<plan::Interval> rows, std::uint8_t member) {
      for (auto const& one : plan::rows_of(rows, plan.intervals)) {
        auto const end = static_cast<std::size_t>(std::max<std::int64_t>(one.high + 1, 0));
        if (bytes.size() < end) bytes.resize(end, 0);
        for (auto id = static_cast<std::size_t>(std::max<std::int64_t>(one.low, 0)); id < end; ++id) bytes[id] = member;
      }
    };
    mark(set.possible, 2);
    mark(set.certain, 1);
    bound.class_bytes.push_back(std::move(bytes));
  }
  // An undecided constant stands as 0: there is always a table at that place.
  if (bound.class_bytes.empty()) bound.class_bytes.emplace_back();
  for (auto& bytes : bound.class_bytes) {
    bytes.push_back(0);
    bound.class_tables.push_back({bytes.data(), static_cast<std::int64_t>(bytes.size() - 1)});
  }
}

void bind_atoms(BoundPlan& bound) {
  for (auto const& atom : bound.plan->atoms) {
    BoundAtom one{end_of(bound, atom.low, atom.low_excluded != 0), end_of(bound, atom.high, atom.high_excluded != 0),
                  end_of(bound, atom.denominator, false)};
    if (one.denominator.kind == EndKind::Open) one.denominator = {EndKind::Bound, state::known, false, 1, 1};
    bound.atoms.push_back(std::move(one));
  }
}

}  // namespace huiyu::engine::detail
