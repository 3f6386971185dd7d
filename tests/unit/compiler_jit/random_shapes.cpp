#include "tests/unit/compiler_jit/random_shapes.h"

#include <algorithm>
#include <array>
#include <limits>

#include "runtime/base/civil.h"
#include "runtime/plan/rows.h"

namespace huiyu::jit {
namespace {

using plan::Node;
using plan::Op;

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

std::uint32_t below(Random& random, std::size_t limit) { return static_cast<std::uint32_t>(random() % limit); }
bool one_in(Random& random, std::size_t n) { return below(random, n) == 0; }
template <class T> T any_of(Random& random, std::vector<T> const& all) { return all[below(random, all.size())]; }

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  plan::Plan make(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      shape_ = {};
      shape_.nodes.begin = size(plan_.nodes);
      numbers_.clear(), truths_.clear();
      // Shapes of one width are the rule, mixtures of all widths the exception.
      mixed_ = one_in(random_, 4);
      usual_width_ = any_of<std::uint8_t>(random_, {1, 1, 1, 2, 2, 4, 8});
      auto const wanted = 1 + below(random_, one_in(random_, 5) ? 40 : 14);
      while (places() < wanted) add_any();
      shape_.nodes.count = places();
      shape_.id = {i, i};
      plan_.shapes.push_back(shape_);
    }
    return std::move(plan_);
  }

 private:
  template <class T> static std::uint32_t size(std::vector<T> const& table) {
    return static_cast<std::uint32_t>(table.size());
  }
  std::uint32_t places() const { return size(plan_.nodes) - shape_.nodes.begin; }
  std::uint8_t width_of(std::uint32_t place) const { return plan_.nodes[shape_.nodes.begin + place].width; }
  std::uint8_t width() { return mixed_ ? any_of<std::uint8_t>(random_, {1, 1, 2, 4, 8}) : usual_width_; }

  std::uint32_t add(Op op, std::uint8_t wide, bool truth, std::int64_t immediate,
                    std::vector<std::uint32_t> const& operands) {
    plan_.nodes.push_back({op, truth ? std::uint8_t{1} : wide, static_cast<std::uint8_t>(truth), size(operands),
                           operands.empty() ? 0 : size(plan_.operands), 0, immediate});
    plan_.operands.insert(plan_.operands.end(), operands.begin(), operands.end());
    (truth ? truths_ : numbers_).push_back(places() - 1);
    return places() - 1;
  }
  std::uint32_t leaf(bool truth) {
    if (one_in(random_, 3)) return add(Op::Constant, width(), truth, shape_.constant_count++, {});
    return add(Op::Input, width(), truth, shape_.input_count++, {});
  }
  std::uint32_t number() { return numbers_.empty() || one_in(random_, 4) ? leaf(false) : any_of(random_, numbers_); }
  std::uint32_t truth() { return truths_.empty() || one_in(random_, 5) ? leaf(true) : any_of(random_, truths_); }
  std::uint32_t value(bool of_truth) { return of_truth ? truth() : number(); }
  std::vector<std::uint32_t> several(bool of_truth, std::size_t least) {
    std::vector<std::uint32_t> all;
    for (auto count = least + below(random_, 3); all.size() < count;) all.push_back(value(of_truth));
    return all;
  }

  // Far enough from the smallest number of its width that −1 may divide it.
  std::uint32_t tame(std::uint32_t place, std::uint8_t working_width) {
    if (working_width > 2 || width_of(place) < working_width) return place;
    return add(Op::RoundDecimal, width_of(place), false, 4 + below(random_, 4), {place});
  }

  void add_quotient(Op op) {
    auto const n = number(), d = number();
    auto const result = width();
    auto const tamed = tame(n, std::max({result, width_of(n), width_of(d)}));
    add(op, result, false, op == Op::DivideRound ? below(random_, 4) : 0, {tamed, d});
  }

  void add_choice(Op op) {
    bool const of_truth = op != Op::ChooseSum && one_in(random_, 5);
    std::vector<std::uint32_t> operands;
    for (auto rows = 1 + below(random_, 4); rows > 0; --rows) {
      operands.push_back(truth());
      operands.push_back(value(of_truth));
    }
    if (one_in(random_, 2)) operands.push_back(value(of_truth));
    add(op, width(), of_truth, 0, operands);
  }

  void add_any() {
    switch (auto const op = static_cast<Op>(below(random_, static_cast<std::size_t>(Op::MonthOf) + 1))) {
      case Op::Input:
      case Op::Constant: leaf(one_in(random_, 3)); return;
      case Op::Add:
      case Op::Multiply:
      case Op::Minimum:
      case Op::Maximum: add(op, width(), false, 0, several(false, 2)); return;
      case Op::Subtract: add(op, width(), false, 0, {number(), number()}); return;
      case Op::Negate:
      case Op::Absolute:
      case Op::Sign:
      case Op::NonZero:
      case Op::NonNegative:
      case Op::YearOf:
      case Op::MonthOf: add(op, width(), false, 0, {number()}); return;
      case Op::ScaleUp: add(op, width(), false, 1 + below(random_, one_in(random_, 5) ? 150 : 20), {number()}); return;
      case Op::RoundDecimal:
        add(op, width(), false, 4 * (1 + below(random_, one_in(random_, 5) ? 150 : 22)) + below(random_, 4),
            {number()});
        return;
      case Op::DivideRound:
      case Op::ReduceNumerator:
      case Op::ReduceDenominator: add_quotient(op); return;
      case Op::Fits: add(op, width(), false, 0, {number(), number(), number()}); return;
      case Op::Less:
      case Op::AtMost:
      case Op::Equal: add(op, 1, true, 0, {number(), number()}); return;
      case Op::InClass: {
        auto const subject = number();
        add(op, 1, true, shape_.constant_count++, {subject});
        return;
      }
      case Op::And:
      case Op::Or: add(op, 1, true, 0, several(true, 1)); return;
      case Op::Not: add(op, 1, true, 0, {truth()}); return;
      case Op::AtLeastOf: {
        auto const operands = several(true, 1);
        add(op, 1, true, 1 + below(random_, operands.size()), operands);
        return;
      }
      case Op::ChooseFirst:
      case Op::ChooseUnique:
      case Op::ChooseExclusive:
      case Op::ChooseHighest:
      case Op::ChooseSum: add_choice(op); return;
      case Op::OrElse: {
        bool const of_truth = one_in(random_, 3);
        add(op, width(), of_truth, 0, {value(of_truth), value(of_truth)});
        return;
      }
      case Op::AddMonths: add(op, width(), false, 0, {number(), number()}); return;
    }
  }

  Random random_;
  plan::Plan plan_;
  plan::Shape shape_;
  bool mixed_ = false;
  std::uint8_t usual_width_ = 1;
  std::vector<std::uint32_t> numbers_, truths_;  // places
};

std::int64_t random_limb(Random& random) {
  auto const any = static_cast<std::int64_t>(random());
  switch (below(random, 10)) {
    case 0:
    case 1: return any % 4;
    case 2: return any % 1000;
    case 3: return any % 1'000'000'000'000;
    case 4: return first_day_number + static_cast<std::int64_t>(random() % (last_day_number - first_day_number + 1));
    case 5:
      return any_of<std::int64_t>(
          random, {smallest, smallest + 1, greatest, greatest - 1, -1, 0, 1, first_day_number, first_day_number - 1,
                   last_day_number, last_day_number + 1, 119'999, 119'988, -119'989});
    case 6: return static_cast<std::int64_t>((std::uint64_t{1} << below(random, 64)) + random() % 3 - 1);
    case 7: {
      std::int64_t power = 1;
      for (auto n = below(random, 19); n > 0; --n) power *= 10;
      return (any % 7) * (power / 2) + any % 2;
    }
    default: return any;
  }
}

void fill_number(Random& random, std::int64_t* limbs, std::uint8_t width) {
  // Most wide numbers are small; some have any limbs; some are at the boundary of their width.
  auto const used = one_in(random, 3) ? width : 1 + below(random, width);
  for (std::uint32_t i = 0; i < width; ++i) limbs[i] = i < used ? random_limb(random) : limbs[i - 1] < 0 ? -1 : 0;
  if (width == 1 || !one_in(random, 12)) return;
  bool const low = one_in(random, 2);
  std::fill_n(limbs, width, low ? 0 : -1);
  limbs[width - 1] = low ? smallest : greatest;
  if (one_in(random, 2)) limbs[0] ^= 1;
}

std::uint8_t random_state(Random& random) {
  if (!one_in(random, 6)) return state::known;
  return one_in(random, 4) ? state::open : one_in(random, 2) ? state::error : state::missing;
}

constexpr std::int64_t table_ids = 40;

}  // namespace

plan::Plan random_shapes(std::uint64_t seed, std::uint32_t count) { return Maker(seed).make(count); }

std::vector<engine::ClassTable> const& class_tables() {
  static std::vector<std::uint8_t> const members = [] {
    Random random(7);
    std::vector<std::uint8_t> all(table_ids);
    for (auto& member : all) member = static_cast<std::uint8_t>(random() % 3);
    all[4] = 0;
    all.push_back(0);
    return all;
  }();
  // Each ends in a byte that is 0 and may be read.
  static std::vector<engine::ClassTable> const tables{
      {members.data(), table_ids}, {members.data() + 1, 3}, {members.data() + table_ids, 0}};
  return tables;
}

Slots random_slots(plan::Plan const& plan, plan::Shape const& shape, std::int64_t row_count, Random& random) {
  Slots slots;
  auto const rows = static_cast<std::size_t>(row_count);
  for (auto const& node : plan::rows_of(shape.nodes, plan.nodes)) {
    if (node.op == Op::Input) {
      auto& limbs = slots.inputs.emplace_back(rows * node.width);
      auto& states = slots.input_states.emplace_back(rows);
      // Some columns hold what calendars and tables of classes can use.
      auto const likes = below(random, 4);
      for (std::size_t row = 0; row < rows; ++row) {
        auto* value = limbs.data() + row * node.width;
        states[row] = random_state(random);
        fill_number(random, value, node.width);
        if (likes == 0) std::fill_n(value, node.width, 0), *value = below(random, table_ids + 4);
        if (node.truth != 0 && states[row] == state::known) *value = below(random, 2);
      }
    } else if (node.op == Op::Constant || node.op == Op::InClass) {
      slots.constant_states.push_back(state::known);
      auto const first = slots.constants.size();
      slots.constants.resize(first + node.width);
      if (node.op == Op::InClass)
        slots.constants[first] = below(random, class_tables().size());
      else if (node.truth != 0)
        slots.constants[first] = below(random, 2);
      else
        fill_number(random, slots.constants.data() + first, node.width);
    }
  }
  return slots;
}

}  // namespace huiyu::jit
