// Exact numbers in a program: integers at static scales, fractions as numerator and denominator, each with its range.
//
// value = numerator / denominator × 10^-scale. INVARIANT (positive): denominators are greater than 0; the sign is the
// numerator's. INVARIANT (proved): on known rows every node lies in its range, so no width is exceeded.
#pragma once

#include <map>
#include <optional>

#include "compiler/lower/code.h"
#include "runtime/base/big.h"

namespace huiyu::lower {

struct Range {
  BigInt low = 0, high = 0;
};

struct Number {
  // A literal has no node before it is known at which scale it is wanted; `scale` is then the least it is given.
  std::optional<BigRational> literal;
  NodeId node = plan::none;
  int scale = 0;
  Range range;
  NodeId denominator = plan::none;  // none: 1
  Range denominator_range{1, 1};

  bool fraction() const { return denominator != plan::none; }
};

// Decimals that write the number exactly; none for 1/3 and the like.
std::optional<int> decimals_of(BigRational const& value);
BigInt power_of_ten(int exponent);
// The limbs that hold the range: 1, 2, 4, 8; none if it is too large.
std::optional<std::uint8_t> limbs_of(Range const& range);

class Arithmetic {
 public:
  Arithmetic(Tables& tables, Code& code) : tables_(tables), code_(code) {}

  // A number of the text. `least_scale` keeps `20%` and `2.5%` alike, so that they share a shape.
  static Number literal(BigRational value, int least_scale = 0);
  Number input(plan::Ref<plan::Column> column, int scale, Range range);
  // A value that is known before any record.
  Number constant(plan::Ref<plan::Constant> constant, Range range);
  // What the explanation decides: nothing is claimed about it.
  Number undecided();
  NodeId undecided_truth();

  Number add(Number a, Number b, bool subtract);
  Number multiply(Number const& a, Number const& b);
  Number divide(Number const& a, Number const& b);
  Number negate(Number a);
  // The greater or the lesser.
  Number extreme(Number a, Number b, bool greater);
  Number round(Number a, int digits, Rounding mode);
  // The greatest number of so many digits that is not above.
  Number floor(Number a, int digits);

  NodeId less(Number a, Number b);     // a < b
  NodeId at_most(Number a, Number b);  // a ≤ b
  NodeId equal(Number a, Number b);

  // The operand, undecided where it is below 0, or outside [low, high] × 10^-scale.
  Number not_negative(Number a);
  Number within(Number a, Range const& limits, int scale);

  // With a node: a literal at its least scale or finer, where it must be.
  Number placed(Number a);
  // Numerators of one scale; literals of it.
  void align(Number& a, Number& b);
  Number at_scale(Number a, int scale);
  // The same value in lowest terms, with a denominator in any case: equal fractions are then equal pairs.
  Number reduced(Number a);
  Number from_pair(NodeId numerator, int scale, Range range, NodeId denominator, Range denominator_range) const;

  NodeId literal_node(BigInt const& value);
  Code& code() { return code_; }

 private:
  // A node whose result lies in `range`; undecided if no width holds it.
  NodeId make(plan::Op op, std::vector<NodeId> operands, Range const& range, std::int64_t immediate = 0);
  NodeId multiply_nodes(NodeId a, Range const& range_a, NodeId b, Range const& range_b, Range& result);
  NodeId compare(plan::Op op, Number a, Number b);
  // The denominators of two fractions made one, by multiplying crosswise.
  void common_denominator(Number& a, Number& b);
  // A product with a literal × the factor: one multiplication still; none if the node is no such product.
  std::optional<NodeId> scaled_product(NodeId node, BigInt const& factor, Range const& range);
  // A literal beside an integer of this scale, moved to the nearest integer that compares alike.
  Number bound_for(Number literal, int scale, bool round_up);

  Tables& tables_;
  Code& code_;
  std::map<NodeId, BigInt> literals_;  // by node
};

}  // namespace huiyu::lower
