#include <algorithm>

#include "compiler/check/settlement.h"

namespace huiyu::check {
namespace {

struct Most {
  bool known = false;
  BigRational value;
};

class Bounds {
 public:
  explicit Bounds(tir::Program const& program) : program_(program) {}

  Most most(tir::ExprId id) const {
    auto const& kind = program_.exprs[id].kind;
    if (auto const* e = std::get_if<tir::Constant>(&kind)) {
      auto const* number = std::get_if<BigRational>(&e->value);
      return number == nullptr ? Most{} : Most{true, *number};
    }
    if (auto const* e = std::get_if<tir::Cap>(&kind)) return capped(most(e->operand), e->at_most, e->bound);
    if (auto const* e = std::get_if<tir::Round>(&kind)) return rounded(most(e->operand), e->digits);
    if (auto const* e = std::get_if<tir::Choose>(&kind)) return of_rows(*e);
    if (auto const* e = std::get_if<tir::Pick>(&kind)) return picked(*e);
    return {};
  }

  Most capped(Most operand, bool at_most, tir::ExprId bound) const {
    Most limit = most(bound);
    if (!limit.known) return at_most ? operand : Most{};
    if (!operand.known) return at_most ? limit : Most{};
    bool const takes_limit = at_most ? limit.value < operand.value : limit.value > operand.value;
    return takes_limit ? limit : operand;
  }

 private:
  // Whatever the rounding, the next greater number of that many digits is not exceeded.
  static Most rounded(Most operand, int digits) {
    BigRational scale = 1;
    for (int i = 0; i < digits; ++i) scale *= 10;
    for (int i = 0; i > digits; --i) scale /= 10;
    BigRational const scaled = -operand.value * scale;
    BigInt const down = floor_div(BigInt(numerator(scaled)), BigInt(denominator(scaled)));
    operand.value = -BigRational(down) / scale;
    return operand;
  }

  Most of_rows(tir::Choose const& choose) const {
    if (choose.rule == tir::HitRule::Sum) return {};
    std::vector<tir::ExprId> values;
    for (auto const& row : choose.rows) values.push_back(row.value);
    if (choose.otherwise.has_value()) values.push_back(choose.otherwise);
    return greatest(values);
  }

  Most greatest(std::vector<tir::ExprId> const& values) const {
    Most found;
    for (auto const value : values) {
      Most const one = most(value);
      if (!one.known) return {};
      if (!found.known || one.value > found.value) found = one;
    }
    return found;
  }

  Most picked(tir::Pick const& pick) const {
    if (pick.op == tir::PickOp::Highest) return greatest(pick.operands);
    Most found;
    for (auto const operand : pick.operands) {
      Most const one = most(operand);
      if (one.known && (!found.known || one.value < found.value)) found = one;
    }
    return found;
  }

  tir::Program const& program_;
};

}  // namespace

std::optional<std::int64_t> most_fen(tir::Program const& program, tir::Policy const& policy) {
  if (policy.conclusion != tir::ConclusionKind::Money) return std::nullopt;
  Bounds const bounds(program);
  Most sum{true, 0};
  for (auto const& item : policy.items) {
    Most const one = bounds.most(item.amount);
    sum.known = sum.known && one.known;
    if (sum.known) sum.value += one.value;
  }
  // Each item may have been rounded up by half a 分.
  sum.value += BigRational(static_cast<std::int64_t>(policy.items.size()), 200);
  for (auto const& cap : policy.caps) sum = bounds.capped(sum, cap.at_most, cap.bound);
  if (!sum.known || sum.value < 0) return std::nullopt;
  BigRational const fen = sum.value * 100;
  return to_int64(floor_div(BigInt(numerator(fen)), BigInt(denominator(fen))));
}

std::optional<std::int64_t> most_millionths(tir::Program const& program, tir::ExprId amount) {
  Most const most = Bounds(program).most(amount);
  if (!most.known) return std::nullopt;
  // The next greater millionth is not exceeded either.
  BigRational const down = -std::max(BigRational(0), most.value) * 1'000'000;
  return to_int64(-floor_div(BigInt(numerator(down)), BigInt(denominator(down))));
}

}  // namespace huiyu::check
