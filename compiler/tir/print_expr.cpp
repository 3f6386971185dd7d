#include "compiler/base/match.h"
#include "compiler/tir/print.h"
#include "compiler/tir/print_tree.h"
#include "compiler/tir/words.h"

namespace huiyu::tir {
namespace {

// `.注册地` of the record at hand, `#1.金额` of a bound item.
std::string field_text(Program const& program, BindingId of, FieldId field) {
  std::string const name = program.fields.contains(field) ? program.fields[field].name : "?";
  return (of.index == 0 ? "." : "#" + std::to_string(of.index) + ".") + name;
}

class Builder {
 public:
  Builder(Program const& program, PrintOptions const& options) : program_(program), options_(options) {}

  Tree tree(ExprId id) const {
    if (!program_.exprs.contains(id)) return {"(missing operand)", {}};
    auto const& expr = program_.exprs[id];
    Tree built = of_kind(expr);
    if (!expr.citation.empty()) built.head += " [" + expr.citation + "]";
    if (options_.position && !expr.span.empty()) built.head += " @" + options_.position(expr.span);
    return built;
  }

 private:
  Tree list(std::string head, std::vector<ExprId> const& operands) const {
    Tree built{std::move(head), {}};
    for (auto const operand : operands) built.children.push_back(tree(operand));
    return built;
  }
  // A named operand: `where (…)`.
  void labelled(Tree& parent, std::string label, ExprId operand) const {
    if (operand.has_value()) parent.children.push_back({std::move(label), {tree(operand)}});
  }

  Tree of_kind(Expr const& expr) const {
    return match(
        expr.kind,  //
        [](Poison const&) { return Tree{"poison", {}}; },
        [&](Constant const& e) { return Tree{print(program_, e.value, expr.type), {}}; },
        [&](FieldValue const& e) { return Tree{field_text(program_, e.of, e.field), {}}; },
        [&](SeriesValue const& e) { return list("at " + field_text(program_, e.of, e.field), {e.period}); },
        [&](DefinitionValue const& e) {
          auto const name = program_.definitions.contains(e.definition) ? program_.definitions[e.definition].name : "?";
          Tree built{(e.of.index <= 0 ? "" : "#" + std::to_string(e.of.index)) + "=" + name, {}};
          labelled(built, "year", e.year);
          labelled(built, "month", e.month);
          return built;
        },
        [&](ParameterValue const& e) {
          return Tree{"$" + (program_.parameters.contains(e.parameter) ? program_.parameters[e.parameter].name : "?"),
                      {}};
        },
        [](Input const& e) { return Tree{std::string(input_word(e.word)), {}}; },
        [&](And const& e) { return list("and", e.operands); }, [&](Or const& e) { return list("or", e.operands); },
        [&](AtLeastOf const& e) { return list("at_least_of " + std::to_string(e.count), e.operands); },
        [&](Not const& e) { return list("not", {e.operand}); },
        [&](Compare const& e) { return list(std::string(compare_word(e.op)), {e.left, e.right}); },
        [&](Negate const& e) { return list("negate", {e.operand}); },
        [&](Arithmetic const& e) { return list(std::string(arithmetic_word(e.op)), {e.left, e.right}); },
        [&](Pick const& e) { return list(e.op == PickOp::Highest ? "highest_of" : "lowest_of", e.operands); },
        [&](Cap const& e) { return list(e.at_most ? "cap_at_most" : "cap_at_least", {e.operand, e.bound}); },
        [&](Round const& e) {
          return list("round " + std::string(rounding_word(e.mode)) + " " + std::to_string(e.digits), {e.operand});
        },
        [&](BelongsTo const& e) {
          Tree built{"belongs_to", {tree(e.subject)}};
          built.children.push_back({"{" + values(e.members, type_of(e.subject)) + "}", {}});
          if (!e.except.empty())
            built.children.push_back({"except {" + values(e.except, type_of(e.subject)) + "}", {}});
          return built;
        },
        [&](SetContains const& e) { return list(e.inside ? "inside" : "contains", {e.set, e.member}); },
        [&](Aggregate const& e) {
          Tree built{std::string(aggregate_word(e.op)) + first_of(e.first) + " " + field_text(program_, e.of, e.list) +
                         " #" + std::to_string(e.item.index),
                     {}};
          labelled(built, "each", e.each);
          labelled(built, "where", e.where);
          if (built.children.empty()) built.head = "(" + built.head + ")";
          return built;
        },
        [&](Choose const& e) {
          Tree built{"choose " + std::string(hit_word(e.rule)), {}};
          labelled(built, "on", e.subject);
          for (auto const& row : e.rows) {
            std::string head = "when";
            if (!row.citation.empty()) head += " [" + row.citation + "]";
            if (options_.position && !row.span.empty()) head += " @" + options_.position(row.span);
            built.children.push_back({std::move(head), {tree(row.condition), tree(row.value)}});
          }
          labelled(built, "otherwise", e.otherwise);
          return built;
        },
        [&](Default const& e) { return list("default", {e.fact, e.value}); },
        [&](Call const& e) { return list("call " + std::string(e.builtin), e.arguments); },
        [&](IfGiven const& e) {
          return list("if_given " +
                          (program_.definitions.contains(e.definition) ? program_.definitions[e.definition].name : "?"),
                      {e.given, e.computed});
        },
        [&](Offset const& e) { return list("offset " + std::to_string(e.by), {e.period}); },
        [](PeriodValue const& e) { return Tree{"@" + std::to_string(e.of.index), {}}; },
        [&](Lookup const& e) {
          return list(
              "lookup " + (program_.reference_tables.contains(e.table) ? program_.reference_tables[e.table].name : "?"),
              e.keys);
        },
        [&](Shift const& e) { return list("shift", {e.operand, e.steps}); },
        [&](Window const& e) {
          Tree built{std::string(aggregate_word(e.op)) + first_of(e.first) + " @" + std::to_string(e.period.index), {}};
          if (e.series.has_value()) built.children.push_back({"series " + field_text(program_, e.of, e.series), {}});
          labelled(built, "from", e.from);
          labelled(built, "to", e.to);
          labelled(built, "each", e.each);
          labelled(built, "where", e.where);
          return built;
        });
  }

  static std::string first_of(std::int64_t first) { return first == 0 ? "" : " " + std::to_string(first); }

  Type type_of(ExprId id) const { return program_.exprs.contains(id) ? program_.exprs[id].type : Type{}; }

  std::string values(std::vector<Value> const& all, Type const& type) const {
    std::string text;
    for (auto const& value : all) text += (text.empty() ? "" : " ") + print(program_, value, type);
    return text;
  }

  Program const& program_;
  PrintOptions const& options_;
};

}  // namespace

Tree expression_tree(Program const& program, ExprId expr, PrintOptions const& options) {
  return Builder(program, options).tree(expr);
}

std::string print(Program const& program, ExprId expr) { return flat(expression_tree(program, expr, {})); }

}  // namespace huiyu::tir
