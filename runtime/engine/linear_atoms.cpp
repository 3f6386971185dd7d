#include "runtime/engine/linear_atoms.h"

#include <algorithm>
#include <limits>
#include <map>
#include <span>
#include <vector>

#include "runtime/engine/lanes.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using plan::Op;
using Divisor = genes::LinearTest::Divisor;

// Σ factor × fact + addend, times the divisor's sign where `with_sign`.
struct Form {
  std::map<std::uint32_t, BigInt> factors;  // by place in the batch; none is 0
  BigInt addend = 0;
  bool with_sign = false;

  bool is_constant() const { return factors.empty(); }
  bool is_zero() const { return factors.empty() && addend == 0; }
  friend bool operator==(Form const&, Form const&) = default;
};

Form scaled(Form form, BigInt const& by) {
  if (by == 0) return {};
  for (auto& [place, factor] : form.factors) factor *= by;
  form.addend *= by;
  return form;
}

// Nothing where one hangs on the divisor's sign and the other does not.
std::optional<Form> sum(Form a, Form const& b) {
  if (a.is_zero()) return b;
  if (!b.is_zero() && a.with_sign != b.with_sign) return std::nullopt;
  for (auto const& [place, factor] : b.factors)
    if ((a.factors[place] += factor) == 0) a.factors.erase(place);
  a.addend += b.addend;
  return a;
}

class Reader {
 public:
  Reader(BoundPlan const& bound, plan::Ref<plan::Column> truth) : bound_(bound), plan_(*bound.plan), truth_(truth) {}

  std::optional<AtomTests::Linear> read() {
    auto const& column = plan_.columns[truth_.index];
    if (bound_.columns[truth_.index].origin != Origin::Derived) return std::nullopt;
    auto const& derived = plan_.derived[column.derived.index];
    if (derived.kind != plan::DerivedKind::Program) return std::nullopt;
    use_ = &plan_.uses[derived.use.index];
    auto const nodes = plan::rows_of(plan_.shapes[use_->shape.index].nodes, plan_.nodes);
    if (!all_are_used(nodes)) return std::nullopt;
    for (auto const& node : nodes) {
      auto form = read(node);
      if (!form) return std::nullopt;
      forms_.push_back(std::move(*form));
    }
    return compares_ ? test(forms_.back()) : std::nullopt;
  }

 private:
  Form const& operand(plan::Node const& node, std::size_t k) const { return forms_[plan::operands_of(plan_, node)[k]]; }

  // What nobody uses could neither be missing nor an error.
  bool all_are_used(std::span<plan::Node const> nodes) const {
    std::vector<bool> used(nodes.size());
    used.back() = true;
    for (auto const& node : nodes)
      for (auto place : plan::operands_of(plan_, node)) used[place] = true;
    return std::find(used.begin(), used.end(), false) == used.end();
  }

  std::optional<Form> read(plan::Node const& node) {
    if (compares_ && node.op != Op::Not) return std::nullopt;  // truths are no numbers
    if (node.op == Op::Input) return fact(plan::rows_of(use_->inputs, plan_.use_inputs)[slot(node)]);
    if (node.op == Op::Constant) return constant(plan::rows_of(use_->constants, plan_.use_constants)[slot(node)]);
    if (node.op == Op::Add) return fold(node, [](Form const& a, Form const& b) { return sum(a, b); });
    if (node.op == Op::Multiply) return fold(node, [](Form const& a, Form const& b) { return product(a, b); });
    if (node.op == Op::Subtract) return sum(operand(node, 0), scaled(operand(node, 1), -1));
    if (node.op == Op::Negate) return scaled(operand(node, 0), -1);
    if (node.op == Op::ScaleUp) return scaled(operand(node, 0), BigInt(power_of_ten<8>(node.immediate)));
    if (node.op == Op::NonZero) return divisor(operand(node, 0));
    if (node.op == Op::Sign || node.op == Op::Absolute) return by_sign(node);
    if (node.op == Op::Less || node.op == Op::AtMost) {
      compares_ = true;
      or_zero_ = node.op == Op::AtMost;
      return sum(operand(node, 1), scaled(operand(node, 0), -1));
    }
    if (node.op == Op::Not && compares_) {
      or_zero_ = !or_zero_;
      return scaled(operand(node, 0), -1);
    }
    return std::nullopt;
  }

  static std::size_t slot(plan::Node const& node) { return static_cast<std::size_t>(node.immediate); }

  std::optional<Form> fact(plan::UseInput const& input) {
    if (!input.column.has_value()) return std::nullopt;
    auto const& column = plan_.columns[input.column.index];
    auto const& origin = bound_.columns[input.column.index];
    bool const plain = origin.origin == Origin::Stated && column.width == 1 && column.kind != plan::ValueKind::Truth;
    if (!plain || !(column.relation == plan_.columns[truth_.index].relation)) return std::nullopt;
    auto const place = static_cast<std::uint32_t>(origin.place);
    facts_[place] = input.column.index;
    Form form;
    form.factors[place] = 1;
    return form;
  }

  std::optional<Form> constant(plan::UseConstant const& of) const {
    auto const& bound = bound_.constants[of.constant.index];
    if (!bound.known()) return std::nullopt;
    Form form;
    form.addend = bound.value;
    return form;
  }

  template <class Join> std::optional<Form> fold(plan::Node const& node, Join join) const {
    std::optional<Form> all = operand(node, 0);
    for (std::size_t k = 1; all && k < node.operand_count; ++k) all = join(*all, operand(node, k));
    return all;
  }

  // By a constant; the sign is one where it stands alone, and 1 where it is squared.
  static std::optional<Form> product(Form const& a, Form const& b) {
    if (!a.is_constant() && !b.is_constant()) return std::nullopt;
    auto const& factor = a.is_constant() ? a : b;
    auto made = scaled(a.is_constant() ? b : a, factor.addend);
    if (!made.is_zero()) made.with_sign = a.with_sign != b.with_sign;
    return made;
  }

  std::optional<Form> divisor(Form const& form) {
    bool const is_fact = form.factors.size() == 1 && form.addend == 0 && !form.with_sign;
    if (!is_fact || (divisor_ && !(*divisor_ == form))) return std::nullopt;
    divisor_ = form;
    return form;
  }

  // sign(d), and |d| = sign(d) × d.
  std::optional<Form> by_sign(plan::Node const& node) const {
    if (!divisor_ || !(operand(node, 0) == *divisor_)) return std::nullopt;
    Form form;
    if (node.op == Op::Absolute)
      form = *divisor_;
    else
      form.addend = 1;
    form.with_sign = true;
    return form;
  }

  std::optional<AtomTests::Linear> test(Form form) const {
    if (facts_.empty() || facts_.size() > 2) return std::nullopt;
    auto const [x, x_column] = *facts_.begin();
    auto const y = facts_.rbegin()->first;
    AtomTests::Linear atom{x, y, {}};
    atom.test.or_zero = or_zero_;
    if (divisor_) {
      auto const [place, factor] = *divisor_->factors.begin();
      atom.test.divisor = place == x ? Divisor::X : Divisor::Y;
      // Without its sign the divisor must be known to have none.
      if (!form.with_sign && (factor < 0 || plan_.columns[facts_.at(place)].low < 0)) return std::nullopt;
      if (factor < 0) form = scaled(form, -1);
    }
    BigInt common = abs(form.addend);
    for (auto const& [place, factor] : form.factors) common = gcd(common, factor);
    if (common == 0) return std::nullopt;
    auto const whole = [&](BigInt const& number) { return to_int64(BigInt(number / common)); };
    auto const x_factor = whole(form.factors[x]), y_factor = whole(x == y ? BigInt(0) : form.factors[y]);
    auto const addend = whole(form.addend);
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    if (!x_factor || !y_factor || !addend || *x_factor == least || *y_factor == least) return std::nullopt;
    atom.test.x_factor = *x_factor, atom.test.y_factor = *y_factor, atom.test.addend = *addend;
    return atom;
  }

  BoundPlan const& bound_;
  plan::Plan const& plan_;
  plan::Ref<plan::Column> truth_;
  plan::Use const* use_ = nullptr;
  std::vector<Form> forms_;                       // by node
  std::map<std::uint32_t, std::uint32_t> facts_;  // by place in the batch: their columns
  std::optional<Form> divisor_;
  bool compares_ = false, or_zero_ = false;
};

}  // namespace

std::optional<AtomTests::Linear> linear_atom(BoundPlan const& bound, plan::Ref<plan::Column> truth) {
  return Reader(bound, truth).read();
}

}  // namespace huiyu::engine
