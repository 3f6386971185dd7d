#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/builtins/builtin.h"
#include "compiler/check/check.h"
#include "compiler/tir/facts_algebra.h"
#include "runtime/base/civil.h"

namespace huiyu::check {
namespace {

using namespace tir;

// A window over a series that names no first period: no series is longer.
constexpr std::int64_t max_periods = 200;

class Ranges {
 public:
  Ranges(Program const& program, Diagnostics& diagnostics) : program_(program), diagnostics_(diagnostics) {
    facts_.of_expr.resize(program.exprs.size());
    known_.resize(program.exprs.size(), false);
  }

  Facts run() {
    for (std::size_t i = 0; i < program_.exprs.size(); ++i) of(ExprId{static_cast<std::int32_t>(i)});
    return std::move(facts_);
  }

 private:
  NumberFacts const& of(ExprId id) {
    auto const index = static_cast<std::size_t>(id.index);
    if (known_[index]) return facts_.of_expr[index];
    known_[index] = true;  // a program with a cycle is not sound; it still ends here
    NumberFacts facts = compute(id);
    if (facts.work_bits > max_bits) {
      report(id, facts.work_bits);
      facts = NumberFacts{};
      facts.number = true;
    }
    facts_.of_expr[index] = std::move(facts);
    return facts_.of_expr[index];
  }

  void report(ExprId id, int bits) {
    diagnostics_.add(program_.exprs[id].span, diag::NumberTooWide, bits, max_bits).add_help(diag::note::NarrowOrRound);
  }

  static NumberFacts none() { return {}; }
  static NumberFacts stored(types::NumberFormat const& format) {
    return integer_facts(format.low, format.high, format.scale);
  }

  // What a value of this kind can be where nothing narrower is known.
  static NumberFacts of_kind(types::Kind kind, types::NumberFormat const& format) {
    if (kind == types::Kind::Number) return stored(format);
    if (kind == types::Kind::Date) return integer_facts(first_day_number, last_day_number, 0);
    if (kind == types::Kind::Year) return integer_facts(first_year, last_year, 0);
    if (kind == types::Kind::Month) return integer_facts(first_year * 12, last_year * 12 + 11, 0);
    return none();
  }

  bool counted(ExprId id) const {
    auto const kind = program_.exprs[id].type.kind;
    return kind == types::Kind::Number || kind == types::Kind::Date || kind == types::Kind::Year ||
           kind == types::Kind::Month;
  }

  NumberFacts compute(ExprId id) {
    auto const& expr = program_.exprs[id];
    bool const number = counted(id);
    return match(
        expr.kind,  //
        [](Poison const&) { return none(); }, [&](Constant const& e) { return constant(e.value); },
        [&](FieldValue const& e) { return of_kind(expr.type.kind, program_.fields[e.field].format); },
        [&](SeriesValue const& e) { return of_kind(expr.type.kind, program_.fields[e.field].format); },
        [&](DefinitionValue const& e) { return number ? of(program_.definitions[e.definition].value) : none(); },
        [&](ParameterValue const& e) { return of_kind(expr.type.kind, program_.parameters[e.parameter].format); },
        [&](Input const&) { return of_kind(expr.type.kind, {}); },
        [&](PeriodValue const&) { return of_kind(expr.type.kind, {}); },
        [&](Offset const& e) { return added(of(e.period), integer_facts(e.by, e.by, 0)); },
        [&](Lookup const& e) { return of_kind(expr.type.kind, program_.reference_tables[e.table].format); },  //
        [](And const&) { return none(); }, [](Or const&) { return none(); }, [](AtLeastOf const&) { return none(); },
        [](Not const&) { return none(); }, [](BelongsTo const&) { return none(); },
        [](SetContains const&) { return none(); }, [](Shift const&) { return none(); },  //
        [&](Compare const& e) {
          NumberFacts facts;
          if (counted(e.left) && counted(e.right)) facts.work_bits = bits_to_compare(of(e.left), of(e.right));
          return facts;
        },
        [&](Negate const& e) { return negated(of(e.operand)); }, [&](Arithmetic const& e) { return arithmetic(e); },
        [&](Pick const& e) { return number ? fold(e.operands, e.op == PickOp::Highest ? greater : smaller) : none(); },
        [&](Cap const& e) {
          return e.at_most ? smaller(of(e.operand), of(e.bound)) : greater(of(e.operand), of(e.bound));
        },
        [&](Round const& e) { return rounded(of(e.operand), e.digits); },
        [&](Aggregate const& e) { return aggregate(id, e.op, e.each, taken(e.first, max_list_items)); },
        [&](Window const& e) { return window(id, e); }, [&](Choose const& e) { return number ? choice(e) : none(); },
        [&](Default const& e) { return number ? united(of(e.fact), of(e.value)) : none(); },
        [&](IfGiven const& e) { return number ? united(of(e.given), of(e.computed)) : none(); },
        [&](Call const& e) { return number ? call(e) : none(); });
  }

  static NumberFacts constant(Value const& value) {
    if (auto const* number = std::get_if<BigRational>(&value)) return constant_facts(*number);
    if (auto const* date = std::get_if<DateValue>(&value)) return integer_facts(date->days, date->days, 0);
    if (auto const* year = std::get_if<YearValue>(&value)) return integer_facts(year->year, year->year, 0);
    if (auto const* month = std::get_if<MonthValue>(&value)) return integer_facts(month->month, month->month, 0);
    return none();
  }

  NumberFacts arithmetic(Arithmetic const& e) {
    switch (e.op) {
      case ArithmeticOp::Add: return added(of(e.left), of(e.right));
      case ArithmeticOp::Subtract: return added(of(e.left), negated(of(e.right)));
      case ArithmeticOp::Multiply: return multiplied(of(e.left), of(e.right));
      case ArithmeticOp::Divide: return divided(of(e.left), of(e.right));
    }
    return none();
  }

  template <class Operation> NumberFacts fold(std::vector<ExprId> const& operands, Operation const& operation) {
    if (operands.empty()) return none();
    NumberFacts facts = of(operands.front());
    for (std::size_t i = 1; i < operands.size(); ++i) facts = operation(facts, of(operands[i]));
    return facts;
  }

  NumberFacts choice(Choose const& e) {
    std::vector<ExprId> values;
    for (auto const& row : e.rows) values.push_back(row.value);
    if (e.rule == HitRule::Sum) {
      NumberFacts const zero = integer_facts(0, 0, 0);
      NumberFacts sum = zero;
      for (auto const value : values) sum = added(sum, united(of(value), zero));
      return e.otherwise.has_value() ? united(sum, of(e.otherwise)) : sum;
    }
    if (e.otherwise.has_value()) values.push_back(e.otherwise);
    return e.rule == HitRule::Highest ? fold(values,
                                             [](auto const& a, auto const& b) {
                                               NumberFacts both = united(a, b);
                                               both.work_bits = std::max(both.work_bits, bits_to_compare(a, b));
                                               return both;
                                             })
                                      : fold(values, united);
  }

  // The number of periods where both ends are so many from the same one.
  std::int64_t periods(Window const& window) const {
    auto const step = [&](ExprId id) -> std::pair<ExprId, std::int64_t> {
      if (auto const* offset = std::get_if<Offset>(&program_.exprs[id].kind)) return {offset->period, offset->by};
      return {id, 0};
    };
    if (!window.from.has_value() || !window.to.has_value()) return max_periods;
    auto const [first, first_by] = step(window.from);
    auto const [last, last_by] = step(window.to);
    auto const* a = std::get_if<Input>(&program_.exprs[first].kind);
    auto const* b = std::get_if<Input>(&program_.exprs[last].kind);
    bool const same = first == last || (a != nullptr && b != nullptr && a->word == b->word);
    return same ? std::max<std::int64_t>(1, last_by - first_by + 1) : max_periods;
  }

  static std::int64_t taken(std::int64_t first, std::int64_t of) { return first == 0 ? of : std::min(first, of); }

  // A short run of quotients is added period by period: each addition multiplies the denominators.
  NumberFacts window(ExprId id, Window const& e) {
    constexpr std::int64_t longest_written_out = 12;
    std::int64_t const count = taken(e.first, periods(e));
    bool const adds = e.op == AggregateOp::Sum || e.op == AggregateOp::Mean || e.op == AggregateOp::Top;
    if (!adds || count > longest_written_out || summed(of(e.each), count)) return aggregate(id, e.op, e.each, count);
    NumberFacts const zero = integer_facts(0, 0, 0);
    NumberFacts const each = e.where.has_value() ? united(of(e.each), zero) : of(e.each);
    NumberFacts sum = zero;
    for (std::int64_t i = 0; i < count; ++i) sum = added(sum, each);
    return e.op != AggregateOp::Mean ? sum : divided(sum, integer_facts(1, count, 0));
  }

  NumberFacts aggregate(ExprId id, AggregateOp op, ExprId each, std::int64_t count) {
    switch (op) {
      case AggregateOp::Exists:
      case AggregateOp::All: return none();
      case AggregateOp::Count:
      case AggregateOp::Distinct: return integer_facts(0, count, 0);
      case AggregateOp::Sum:
      case AggregateOp::Top:
      case AggregateOp::Mean: {
        auto const sum = summed(of(each), count);
        if (!sum) {
          // Fractions over many denominators: the common one has no bound that helps.
          report(id, max_bits * 2);
          NumberFacts facts;
          facts.number = true;
          return facts;
        }
        if (op != AggregateOp::Mean) return *sum;
        NumberFacts rows = integer_facts(1, count, 0);
        return divided(*sum, rows);
      }
      case AggregateOp::Largest:
      case AggregateOp::Smallest: return counted(each) ? greater(of(each), of(each)) : none();
      case AggregateOp::Median: return divided(added(of(each), of(each)), constant_facts(2));
    }
    return none();
  }

  static NumberFacts call(Call const& e) {
    auto const* builtin = builtins::find(e.builtin);
    return builtin == nullptr ? none() : integer_facts(builtin->low, builtin->high, 0);
  }

  Program const& program_;
  Diagnostics& diagnostics_;
  Facts facts_;
  std::vector<char> known_;
};

}  // namespace

Facts ranges(Program const& program, Diagnostics& diagnostics) { return Ranges(program, diagnostics).run(); }

}  // namespace huiyu::check
