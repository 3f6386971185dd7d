#pragma once

// Plans written by hand, row by row, for tests of the runtime that need no compiler.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/columns/layout.h"
#include "runtime/plan/plan.h"
#include "runtime/plan/rows.h"

namespace huiyu::testing {

using plan::ExplainOp;
using plan::Op;
using plan::Ref;
using plan::ValueKind;

// One formula under construction. Every slot is read by one node.
struct Formula {
  std::vector<plan::Node> nodes;
  std::vector<std::vector<std::uint32_t>> operands;
  std::vector<plan::UseInput> inputs;
  std::vector<Ref<plan::Constant>> constants;

  std::uint32_t input(Ref<plan::Column> column, std::uint8_t width = 1, bool truth = false) {
    inputs.push_back({column, plan::none});
    return node(Op::Input, {}, static_cast<std::int64_t>(inputs.size()) - 1, width, truth);
  }
  std::uint32_t part(std::uint32_t place) {
    inputs.push_back({{}, place});
    return node(Op::Input, {}, static_cast<std::int64_t>(inputs.size()) - 1);
  }
  std::uint32_t constant(Ref<plan::Constant> value, std::uint8_t width = 1, bool truth = false) {
    constants.push_back(value);
    return node(Op::Constant, {}, static_cast<std::int64_t>(constants.size()) - 1, width, truth);
  }
  std::uint32_t in_class(std::uint32_t subject, Ref<plan::Constant> classes) {
    constants.push_back(classes);
    return node(Op::InClass, {subject}, static_cast<std::int64_t>(constants.size()) - 1, 1, true);
  }
  std::uint32_t node(Op op, std::vector<std::uint32_t> from, std::int64_t immediate = 0, std::uint8_t width = 1,
                     bool truth = false) {
    plan::Node made;
    made.op = op;
    made.width = width;
    made.truth = truth ? 1 : 0;
    made.immediate = immediate;
    nodes.push_back(made);
    operands.push_back(std::move(from));
    return static_cast<std::uint32_t>(nodes.size()) - 1;
  }
};

class PlanMaker {
 public:
  plan::Plan plan;

  plan::TextRef text(std::string_view text) {
    for (std::uint32_t i = 0; i < plan.texts.size(); ++i)
      if (plan.texts[i] == text) return {i};
    plan.texts.push_back(text);
    return {static_cast<std::uint32_t>(plan.texts.size()) - 1};
  }

  // ---- records
  Ref<plan::Relation> root(std::string_view name) {
    plan::Relation row;
    row.name = text(name);
    row.kind = plan::RelationKind::Root;
    return add(plan.relations, row);
  }
  Ref<plan::Column> field(Ref<plan::Relation> relation, std::string_view name, ValueKind kind,
                          columns::Measure measure = columns::Measure::None, std::int8_t scale = 0) {
    plan::Column row;
    row.name = text(name);
    row.relation = relation;
    row.kind = kind;
    row.scale = row.stated_scale = scale;
    row.measure = static_cast<std::uint8_t>(measure);
    if (kind == ValueKind::Number) row.low = -1'000'000'000'000'000, row.high = 1'000'000'000'000'000;
    return column(row);
  }
  Ref<plan::Column> money(Ref<plan::Relation> relation, std::string_view name) {
    return field(relation, name, ValueKind::Number, columns::Measure::Yuan, 2);
  }
  Ref<plan::Column> entry(Ref<plan::Relation> relation, std::string_view name, Ref<plan::Enumeration> enumeration) {
    auto const made = field(relation, name, ValueKind::Enumeration);
    plan.columns[made.index].enumeration = enumeration;
    return made;
  }
  // A list, a set or a series of the record, and the relation of its rows.
  Ref<plan::Relation> rows(Ref<plan::Column> owner, plan::RelationKind kind) {
    plan::Relation row;
    row.name = plan.columns[owner.index].name;
    row.kind = kind;
    row.parent = plan.columns[owner.index].relation;
    row.owner_field = owner;
    auto const made = add(plan.relations, row);
    plan.columns[owner.index].items = made;
    return made;
  }
  Ref<plan::Enumeration> enumeration(std::string_view name, std::initializer_list<std::string_view> entries,
                                     bool ordered = false) {
    plan::Enumeration row;
    row.name = text(name);
    row.entries = {static_cast<std::uint32_t>(plan.entry_texts.size()), static_cast<std::uint32_t>(entries.size())};
    row.ordered = ordered ? 1 : 0;
    for (auto one : entries) plan.entry_texts.push_back(text(one));
    return add(plan.enumerations, row);
  }

  // ---- constants
  Ref<plan::Constant> literal(std::int64_t value) {
    plan::Constant row;
    row.value = value;
    return add(plan.constants, row);
  }
  Ref<plan::ClassSet> classes(std::initializer_list<plan::Interval> certain,
                              std::initializer_list<plan::Interval> possible = {}) {
    plan::ClassSet row;
    for (auto* part : {&row.certain, &row.possible}) {
      auto const& intervals = part == &row.certain ? certain : possible;
      if (intervals.size() == 0) continue;
      *part = {static_cast<std::uint32_t>(plan.intervals.size()), static_cast<std::uint32_t>(intervals.size())};
      plan.intervals.insert(plan.intervals.end(), intervals);
    }
    return add(plan.class_sets, row);
  }
  Ref<plan::Constant> class_constant(Ref<plan::ClassSet> set) {
    plan::Constant row;
    row.kind = plan::ConstantKind::ClassSet;
    row.index = set.index;
    return add(plan.constants, row);
  }
  Ref<plan::Parameter> parameter(std::string_view name, std::int8_t scale,
                                 std::initializer_list<plan::ParameterValue> values) {
    plan::Parameter row;
    row.name = text(name);
    row.kind = ValueKind::Number;
    row.scale = scale;
    row.values = {static_cast<std::uint32_t>(plan.parameter_values.size()), static_cast<std::uint32_t>(values.size())};
    plan.parameter_values.insert(plan.parameter_values.end(), values);
    return add(plan.parameters, row);
  }
  Ref<plan::Constant> parameter_constant(Ref<plan::Parameter> parameter, std::int8_t shift = 0,
                                         plan::BoundRule rule = plan::BoundRule::Exact) {
    plan::Constant row;
    row.kind = plan::ConstantKind::Parameter;
    row.index = parameter.index;
    row.shift = shift;
    row.bound = rule;
    return add(plan.constants, row);
  }

  // ---- formulas and what they compute
  Ref<plan::Use> use(Ref<plan::Relation> relation, Formula const& formula) {
    plan::Shape shape;
    shape.nodes = {static_cast<std::uint32_t>(plan.nodes.size()), static_cast<std::uint32_t>(formula.nodes.size())};
    shape.input_count = static_cast<std::uint32_t>(formula.inputs.size());
    shape.constant_count = static_cast<std::uint32_t>(formula.constants.size());
    for (std::size_t i = 0; i < formula.nodes.size(); ++i) {
      auto node = formula.nodes[i];
      node.operand_count = static_cast<std::uint32_t>(formula.operands[i].size());
      node.operands = node.operand_count == 0 ? 0 : static_cast<std::uint32_t>(plan.operands.size());
      plan.operands.insert(plan.operands.end(), formula.operands[i].begin(), formula.operands[i].end());
      plan.nodes.push_back(node);
    }
    plan::Use row;
    row.shape = add(plan.shapes, shape);
    row.relation = relation;
    if (!formula.inputs.empty()) row.inputs = {static_cast<std::uint32_t>(plan.use_inputs.size()), shape.input_count};
    if (!formula.constants.empty())
      row.constants = {static_cast<std::uint32_t>(plan.use_constants.size()), shape.constant_count};
    plan.use_inputs.insert(plan.use_inputs.end(), formula.inputs.begin(), formula.inputs.end());
    for (auto one : formula.constants) plan.use_constants.push_back({one});
    return add(plan.uses, row);
  }
  // A derived column: `like` says of which kind, scale and width.
  Ref<plan::Column> derived(Ref<plan::Relation> relation, plan::Column like, plan::Derived how,
                            std::string_view definition = {}) {
    like.relation = relation;
    like.role = plan::ColumnRole::Derived;
    like.derived = {static_cast<std::uint32_t>(plan.derived.size())};
    if (!definition.empty()) like.name = how.definition = text(definition);
    how.column = add(plan.columns, like);
    plan.derived.push_back(how);
    return how.column;
  }
  Ref<plan::Column> program(Ref<plan::Relation> relation, plan::Column like, Formula const& formula,
                            std::string_view definition = {}) {
    plan::Derived how;
    how.kind = plan::DerivedKind::Program;
    how.use = use(relation, formula);
    return derived(relation, like, how, definition);
  }
  static plan::Column like(ValueKind kind, std::int8_t scale = 0, std::uint8_t width = 1) {
    plan::Column column;
    column.kind = kind;
    column.scale = column.stated_scale = scale;
    column.width = width;
    return column;
  }

  // ---- conditions
  Ref<plan::Condition> interval(Ref<plan::Column> column, Ref<plan::Constant> low, Ref<plan::Constant> high = {},
                                bool negated = false) {
    plan::Atom atom;
    atom.column = column;
    atom.kind = plan::AtomKind::Interval;
    atom.low = low;
    atom.high = high;
    return test(atom, negated);
  }
  Ref<plan::Condition> belongs(Ref<plan::Column> column, Ref<plan::ClassSet> set, bool negated = false) {
    plan::Atom atom;
    atom.column = column;
    atom.kind = plan::AtomKind::ClassSet;
    atom.classes = set;
    return test(atom, negated);
  }
  Ref<plan::Condition> truth(Ref<plan::Column> column, bool negated = false) {
    plan::Atom atom;
    atom.column = column;
    atom.kind = plan::AtomKind::Truth;
    return test(atom, negated);
  }
  Ref<plan::Condition> test(plan::Atom const& atom, bool negated = false) {
    plan::Condition row;
    row.kind = plan::ConditionKind::Literal;
    row.negated = negated ? 1 : 0;
    row.atom = add(plan.atoms, atom);
    return add(plan.conditions, row);
  }
  Ref<plan::Condition> join(plan::ConditionKind kind, std::vector<Ref<plan::Condition>> const& members,
                            std::int64_t count = 0) {
    plan::Condition row;
    row.kind = kind;
    row.count = count;
    row.members = {static_cast<std::uint32_t>(plan.condition_members.size()),
                   static_cast<std::uint32_t>(members.size())};
    for (auto one : members) plan.condition_members.push_back({one});
    return add(plan.conditions, row);
  }
  Ref<plan::Condition> all(std::vector<Ref<plan::Condition>> const& members) {
    return join(plan::ConditionKind::And, members);
  }

  // ---- explanations
  Ref<plan::Explain> explain(ExplainOp op, ValueKind kind, std::vector<Ref<plan::Explain>> const& children = {},
                             std::string_view words = {}) {
    plan::Explain row;
    row.op = op;
    row.kind = kind;
    if (!children.empty())
      row.children = {static_cast<std::uint32_t>(plan.explain_children.size()),
                      static_cast<std::uint32_t>(children.size())};
    for (auto one : children) plan.explain_children.push_back({one});
    if (!words.empty()) row.text = text(words);
    plan.explains.push_back(row);
    return {static_cast<std::uint32_t>(plan.explains.size()) - 1};
  }
  // A row that goes back into its table when it has been changed.
  class Changed {
   public:
    Changed(plan::ExplainTable& table, std::uint32_t place) : table_(table), place_(place), row_(table[place]) {}
    Changed(Changed const&) = delete;
    Changed& operator=(Changed const&) = delete;
    ~Changed() {
      table_.edit(place_, [&](plan::Explain& row) { row = row_; });
    }
    plan::Explain* operator->() { return &row_; }

   private:
    plan::ExplainTable& table_;
    std::uint32_t place_;
    plan::Explain row_;
  };
  Changed at(Ref<plan::Explain> node) { return {plan.explains, node.index}; }
  // A field; inside an aggregate one of the bound row's.
  Ref<plan::Explain> fact(Ref<plan::Column> column, std::uint8_t depth = 0, bool item = false) {
    auto const& of = plan.columns[column.index];
    auto const made = explain(item ? ExplainOp::Item : ExplainOp::Field, of.kind);
    at(made)->column = column;
    at(made)->depth = depth;
    at(made)->measure = of.measure;
    at(made)->enumeration = of.enumeration;
    at(made)->code_system = of.code_system;
    return made;
  }
  Ref<plan::Explain> number(std::int64_t mantissa, std::int8_t scale = 0,
                            columns::Measure measure = columns::Measure::None) {
    auto const made = explain(ExplainOp::Literal, ValueKind::Number);
    at(made)->number = mantissa;
    at(made)->scale = scale;
    at(made)->measure = static_cast<std::uint8_t>(measure);
    return made;
  }
  Ref<plan::Explain> named(Ref<plan::Enumeration> enumeration, std::int64_t entry) {
    auto const made = explain(ExplainOp::Literal, ValueKind::Enumeration);
    at(made)->number = entry;
    at(made)->enumeration = enumeration;
    return made;
  }
  Ref<plan::Explain> belongs_to(Ref<plan::Explain> subject, Ref<plan::ClassSet> set, std::string_view words = {}) {
    auto const made = explain(ExplainOp::BelongsTo, ValueKind::Truth, {subject}, words);
    at(made)->classes = set;
    return made;
  }
  Ref<plan::Explain> aggregate(ExplainOp op, Ref<plan::Column> list, Ref<plan::Explain> each, Ref<plan::Explain> where,
                               std::string_view words = {}) {
    std::vector<Ref<plan::Explain>> children;
    if (each.has_value()) children.push_back(each);
    if (where.has_value()) children.push_back(where);
    bool const logical = op == ExplainOp::Exists || op == ExplainOp::All;
    auto const made = explain(op, logical ? ValueKind::Truth : ValueKind::Number, children, words);
    at(made)->column = list;
    at(made)->flags =
        static_cast<std::uint8_t>((each.has_value() ? plan::HasEach : 0) | (where.has_value() ? plan::HasWhere : 0));
    return made;
  }
  Ref<plan::Explain> choice(ExplainOp op, ValueKind kind, Ref<plan::Explain> subject,
                            std::vector<Ref<plan::Explain>> const& rows, Ref<plan::Explain> otherwise) {
    std::vector<Ref<plan::Explain>> children;
    if (subject.has_value()) children.push_back(subject);
    children.insert(children.end(), rows.begin(), rows.end());
    if (otherwise.has_value()) children.push_back(otherwise);
    auto const made = explain(op, kind, children);
    at(made)->flags = static_cast<std::uint8_t>((subject.has_value() ? plan::HasSubject : 0) |
                                                (otherwise.has_value() ? plan::HasOtherwise : 0));
    return made;
  }
  Ref<plan::Explain> definition(std::string_view name, Ref<plan::Explain> value, Ref<plan::Column> column) {
    auto const made = explain(ExplainOp::Definition, at(value)->kind, {value});
    auto const of = plan.explains[value.index];
    auto const measure = of.measure;
    auto const enumeration = of.enumeration;
    at(made)->measure = measure;
    at(made)->enumeration = enumeration;
    at(made)->column = column;
    at(made)->name = text(name);
    return made;
  }

  // ---- policies
  Ref<plan::Policy> policy(Ref<plan::Relation> subject, std::string_view id, std::string_view name,
                           plan::Policy row = {}) {
    row.subject = subject;
    row.id = text(id);
    row.name = text(name);
    return add(plan.policies, row);
  }
  plan::Rows<plan::Part> parts(std::vector<plan::Part> const& rows) {
    plan::Rows<plan::Part> made{static_cast<std::uint32_t>(plan.parts.size()), static_cast<std::uint32_t>(rows.size())};
    plan.parts.insert(plan.parts.end(), rows.begin(), rows.end());
    return made;
  }

 private:
  template <class Row> static Ref<Row> add(std::vector<Row>& table, Row const& row) {
    table.push_back(row);
    return {static_cast<std::uint32_t>(table.size()) - 1};
  }
  Ref<plan::Column> column(plan::Column const& row) { return add(plan.columns, row); }
};

}  // namespace huiyu::testing
