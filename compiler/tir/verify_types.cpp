#include "compiler/base/match.h"
#include "compiler/tir/policy_roots.h"
#include "compiler/tir/print.h"
#include "compiler/tir/traverse.h"
#include "compiler/tir/verify.h"

namespace huiyu::tir {
namespace {

using types::Kind;

class Checker {
 public:
  Checker(Program const& program, Violations& out) : program_(program), out_(out) {}

  void run() {
    for_each_root(program_, [&](ExprId root) {
      for (auto const id : reachable(program_, root)) check(id);
    });
  }

 private:
  Type type_of(ExprId id) const { return program_.exprs[id].type; }
  bool number(ExprId id) const { return type_of(id).kind == Kind::Number; }

  void want(bool holds, ExprId id, std::string_view what) {
    if (!holds) out_.push_back({"types_agree", std::string(what) + ": " + print(program_, id)});
  }
  void all_truth(ExprId id, std::vector<ExprId> const& operands) {
    want(type_of(id).kind == Kind::Truth, id, "a condition that is no truth");
    for (auto const operand : operands) want(type_of(operand).kind == Kind::Truth, id, "an operand that is no truth");
  }
  void same_as(ExprId id, ExprId operand) { want(type_of(operand) == type_of(id), id, "an operand of another type"); }

  void check(ExprId id) {
    auto const& expr = program_.exprs[id];
    match(
        expr.kind,                                                                                 //
        [](Poison const&) {}, [](Input const&) {}, [](PeriodValue const&) {}, [](Call const&) {},  //
        [&](Constant const& e) { want(fits(e.value, expr.type.kind), id, "a constant of another kind"); },
        [&](FieldValue const& e) { want(program_.fields[e.field].type == expr.type, id, "a field of another type"); },
        [&](SeriesValue const& e) { want(program_.fields[e.field].type == expr.type, id, "a series of another type"); },
        [&](DefinitionValue const& e) {
          want(program_.definitions[e.definition].type == expr.type, id, "a definition of another type");
        },
        [&](ParameterValue const& e) {
          want(program_.parameters[e.parameter].type == expr.type, id, "a parameter of another type");
        },
        [&](Lookup const& e) {
          auto const& table = program_.reference_tables[e.table];
          want(table.type == expr.type, id, "a table of another type");
          want(table.key_types.size() == e.keys.size(), id, "another number of keys");
        },
        [&](And const& e) { all_truth(id, e.operands); }, [&](Or const& e) { all_truth(id, e.operands); },
        [&](AtLeastOf const& e) {
          all_truth(id, e.operands);
          want(e.count >= 1 && static_cast<std::size_t>(e.count) <= e.operands.size(), id,
               "a count that cannot be met");
        },
        [&](Not const& e) { all_truth(id, {e.operand}); },
        [&](Compare const& e) {
          want(expr.type.kind == Kind::Truth, id, "a comparison that is no truth");
          want(type_of(e.left) == type_of(e.right), id, "a comparison of two types");
        },
        [&](Negate const& e) { same_as(id, e.operand); },
        [&](Offset const& e) {
          same_as(id, e.period);
          want(expr.type.kind == Kind::Year || expr.type.kind == Kind::Month, id, "shifts no year or month");
        },
        [&](Arithmetic const& e) { arithmetic(id, e); },
        [&](Pick const& e) {
          want(!e.operands.empty(), id, "nothing to pick from");
          for (auto const operand : e.operands) same_as(id, operand);
        },
        [&](Cap const& e) {
          same_as(id, e.operand);
          same_as(id, e.bound);
        },
        [&](Round const& e) {
          want(number(id), id, "rounds no number");
          same_as(id, e.operand);
        },
        [&](BelongsTo const& e) {
          auto const kind = type_of(e.subject).kind;
          want(expr.type.kind == Kind::Truth, id, "a membership that is no truth");
          for (auto const& member : e.members) want(fits(member, kind), id, "a member of another kind");
          for (auto const& member : e.except) want(fits(member, kind), id, "a member of another kind");
        },
        [&](SetContains const& e) {
          want(type_of(e.set).kind == Kind::Set, id, "contains: no set");
          want(type_of(e.set).element == type_of(e.member).kind, id, "a member of another kind");
        },
        [&](Shift const& e) {
          want(expr.type.kind == Kind::Enumeration, id, "shifts no class");
          same_as(id, e.operand);
          want(number(e.steps), id, "steps that are no number");
        },
        [&](Aggregate const& e) {
          want(program_.fields[e.list].type.kind == Kind::List, id, "no list");
          aggregate(id, e.op, e.each, e.where, e.first);
        },
        [&](Window const& e) { aggregate(id, e.op, e.each, e.where, e.first); },
        [&](Choose const& e) {
          want(!e.rows.empty() || e.otherwise.has_value(), id, "a choice without rows");
          for (auto const& row : e.rows) {
            want(type_of(row.condition).kind == Kind::Truth, id, "a row whose condition is no truth");
            same_as(id, row.value);
          }
          if (e.otherwise.has_value()) same_as(id, e.otherwise);
        },
        [&](Default const& e) {
          same_as(id, e.fact);
          same_as(id, e.value);
        },
        [&](IfGiven const& e) {
          same_as(id, e.given);
          same_as(id, e.computed);
        });
  }

  void arithmetic(ExprId id, Arithmetic const& e) {
    want(number(id) && number(e.left) && number(e.right), id, "arithmetic on something else than numbers");
    auto const left = type_of(e.left).unit, right = type_of(e.right).unit, result = type_of(id).unit;
    switch (e.op) {
      case ArithmeticOp::Add:
      case ArithmeticOp::Subtract: want(left == right && result == left, id, "units that do not agree"); break;
      case ArithmeticOp::Multiply:
        want(result == types::multiply(left, right), id, "another unit than the product's");
        break;
      case ArithmeticOp::Divide:
        want(result == types::divide(left, right), id, "another unit than the quotient's");
        break;
    }
  }

  void aggregate(ExprId id, AggregateOp op, ExprId each, ExprId where, std::int64_t first) {
    want((op == AggregateOp::Top) == (first > 0), id, "so many of the greatest, of an aggregate that takes all");
    if (where.has_value()) want(type_of(where).kind == Kind::Truth, id, "a filter that is no truth");
    switch (op) {
      case AggregateOp::Count: want(number(id) && !each.has_value(), id, "a count with a value"); break;
      case AggregateOp::Exists:
      case AggregateOp::All:
        want(type_of(id).kind == Kind::Truth, id, "a quantifier that is no truth");
        if (each.has_value()) want(type_of(each).kind == Kind::Truth, id, "a condition that is no truth");
        break;
      case AggregateOp::Sum:
      case AggregateOp::Mean:
      case AggregateOp::Largest:
      case AggregateOp::Smallest:
      case AggregateOp::Median:
      case AggregateOp::Top:
        want(each.has_value(), id, "an aggregate of nothing");
        if (each.has_value()) same_as(id, each);
        break;
      case AggregateOp::Distinct: want(number(id) && each.has_value(), id, "different values of nothing"); break;
    }
  }

  static bool fits(Value const& value, Kind kind) {
    return match(
        value,  //
        [&](bool) { return kind == Kind::Truth; }, [&](BigRational const&) { return kind == Kind::Number; },
        [&](DateValue) { return kind == Kind::Date; }, [&](YearValue) { return kind == Kind::Year; },
        [&](MonthValue) { return kind == Kind::Month; }, [&](CodeValue) { return kind == Kind::Code; },
        [&](EntryValue) { return kind == Kind::Enumeration; },
        [&](std::string const&) { return kind == Kind::Text || kind == Kind::CreditCode; },
        [&](SetValue const&) { return kind == Kind::Set; });
  }

  Program const& program_;
  Violations& out_;
};

// Follows the records and periods that are bound around each expression.
class Scopes {
 public:
  Scopes(Program const& program, Violations& out) : program_(program), out_(out) {}

  void root(ExprId id, SchemaId schema) {
    records_ = {{BindingId{0}, schema}};
    periods_.clear();
    walk(id);
  }

 private:
  void report(ExprId id, std::string_view what) {
    out_.push_back({"records_are_in_scope", std::string(what) + ": " + print(program_, id)});
  }

  SchemaId const* schema_of(BindingId binding) const {
    for (auto const& [id, schema] : records_)
      if (id == binding) return &schema;
    return nullptr;
  }
  void reads(ExprId id, BindingId of, SchemaId schema) {
    auto const* bound = schema_of(of);
    if (bound == nullptr)
      report(id, "a record that is not bound here");
    else if (schema.has_value() && *bound != schema)
      report(id, "a field of another 结构");
  }

  void walk(ExprId id) {
    auto const& expr = program_.exprs[id];
    auto const operands = [&] { for_each_operand(expr, [&](ExprId operand) { walk(operand); }); };
    if (auto const* field = std::get_if<FieldValue>(&expr.kind))
      reads(id, field->of, program_.fields[field->field].schema);
    if (auto const* series = std::get_if<SeriesValue>(&expr.kind))
      reads(id, series->of, program_.fields[series->field].schema);
    if (auto const* used = std::get_if<DefinitionValue>(&expr.kind)) {
      auto const schema = program_.definitions[used->definition].schema;
      if (schema.has_value()) reads(id, used->of, schema);
    }
    if (auto const* period = std::get_if<PeriodValue>(&expr.kind)) {
      bool bound = false;
      for (auto const one : periods_) bound = bound || one == period->of;
      if (!bound) report(id, "a period that is not bound here");
    }
    if (auto const* list = std::get_if<Aggregate>(&expr.kind)) {
      reads(id, list->of, program_.fields[list->list].schema);
      if (schema_of(list->item) != nullptr) report(id, "an item bound twice");
      records_.push_back({list->item, program_.fields[list->list].type.schema});
      operands();
      records_.pop_back();
      return;
    }
    if (auto const* window = std::get_if<Window>(&expr.kind)) {
      if (window->from.has_value()) walk(window->from);
      if (window->to.has_value()) walk(window->to);
      periods_.push_back(window->period);
      if (window->where.has_value()) walk(window->where);
      if (window->each.has_value()) walk(window->each);
      periods_.pop_back();
      return;
    }
    operands();
  }

  Program const& program_;
  Violations& out_;
  std::vector<std::pair<BindingId, SchemaId>> records_;
  std::vector<PeriodId> periods_;
};

}  // namespace

void types_agree(Program const& program, Violations& out) { Checker(program, out).run(); }

void records_are_in_scope(Program const& program, Violations& out) {
  Scopes scopes(program, out);
  for (auto const& definition : program.definitions) scopes.root(definition.value, definition.schema);
  for (auto const& policy : program.policies)
    for_each_root(policy, [&](ExprId id) { scopes.root(id, policy.subject); });
}

}  // namespace huiyu::tir
