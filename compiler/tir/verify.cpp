#include "compiler/tir/verify.h"

#include "compiler/base/match.h"
#include "compiler/tir/print.h"
#include "compiler/tir/traverse.h"

namespace huiyu::tir {
namespace {

std::string name_of(ExprId id) { return "expression " + std::to_string(id.index); }

template <class Visit> void for_each_expr(Program const& program, Visit const& visit) {
  std::int32_t index = 0;
  for (auto const& expr : program.exprs) visit(ExprId{index++}, expr);
}

// What an expression names besides its operands.
void check_names(Program const& program, ExprId id, Expr const& expr, Violations& out) {
  auto const want = [&](bool known, std::string_view what) {
    if (!known) out.push_back({"ids_name_something", name_of(id) + ": no such " + std::string(what)});
  };
  match(
      expr.kind,  //
      [](Poison const&) {}, [](Constant const&) {}, [](Input const&) {}, [](PeriodValue const&) {}, [](And const&) {},
      [](Or const&) {}, [](AtLeastOf const&) {}, [](Not const&) {}, [](Compare const&) {}, [](Negate const&) {},
      [](Arithmetic const&) {}, [](Pick const&) {}, [](Cap const&) {}, [](Round const&) {}, [](BelongsTo const&) {},
      [](SetContains const&) {}, [](Choose const&) {}, [](Default const&) {}, [](Shift const&) {},
      [](Offset const&) {},  //
      [&](FieldValue const& e) { want(program.fields.contains(e.field), "field"); },
      [&](SeriesValue const& e) { want(program.fields.contains(e.field), "field"); },
      [&](DefinitionValue const& e) { want(program.definitions.contains(e.definition), "definition"); },
      [&](ParameterValue const& e) { want(program.parameters.contains(e.parameter), "parameter"); },
      [&](Aggregate const& e) { want(program.fields.contains(e.list), "list"); },
      [&](Window const& e) { want(!e.series.has_value() || program.fields.contains(e.series), "series"); },
      [&](Call const& e) { want(!e.builtin.empty(), "built-in"); },
      [&](IfGiven const& e) { want(program.definitions.contains(e.definition), "definition"); },
      [&](Lookup const& e) { want(program.reference_tables.contains(e.table), "reference table"); });
}

}  // namespace

void ids_name_something(Program const& program, Violations& out) {
  for_each_expr(program, [&](ExprId id, Expr const& expr) {
    check_names(program, id, expr, out);
    for_each_operand(expr, [&](ExprId operand) {
      if (!program.exprs.contains(operand)) out.push_back({"ids_name_something", name_of(id) + ": no such operand"});
    });
  });
  for_each_root(program, [&](ExprId id) {
    if (!program.exprs.contains(id))
      out.push_back({"ids_name_something", "a declaration names an expression that is not there"});
  });
  for (auto const& schema : program.schemas)
    for (auto const field : schema.fields)
      if (!program.fields.contains(field)) out.push_back({"ids_name_something", schema.name + ": no such field"});
  for (auto const& field : program.fields) {
    if (!field.via.has_value()) continue;
    bool const known = program.fields.contains(field.via) && program.fields.contains(field.target);
    if (!known || program.fields[field.via].schema != field.schema ||
        program.fields[field.target].schema != program.fields[field.via].type.schema)
      out.push_back({"ids_name_something", field.name + ": read by no such reference"});
  }
}

void operands_come_first(Program const& program, Violations& out) {
  for_each_expr(program, [&](ExprId id, Expr const& expr) {
    for_each_operand(expr, [&](ExprId operand) {
      if (operand >= id) out.push_back({"operands_come_first", name_of(id) + " uses " + name_of(operand)});
    });
  });
}

void definitions_use_earlier_ones(Program const& program, Violations& out) {
  std::int32_t index = 0;
  for (auto const& definition : program.definitions) {
    DefinitionId const self{index++};
    if (!definition.value.has_value()) {
      out.push_back({"definitions_use_earlier_ones", definition.name + " has no value"});
      continue;
    }
    for (auto const id : reachable(program, definition.value))
      if (auto const* used = std::get_if<DefinitionValue>(&program.exprs[id].kind))
        if (used->definition >= self)
          out.push_back({"definitions_use_earlier_ones",
                         definition.name + " uses " + program.definitions[used->definition].name});
  }
}

void everything_is_typed(Program const& program, Violations& out) {
  for_each_root(program, [&](ExprId root) {
    for (auto const id : reachable(program, root)) {
      auto const& expr = program.exprs[id];
      if (expr.type.kind == types::Kind::Poison || std::holds_alternative<Poison>(expr.kind))
        out.push_back({"everything_is_typed", name_of(id) + " is poison"});
    }
  });
}

void policies_are_whole(Program const& program, Violations& out) {
  for (auto const& policy : program.policies) {
    auto const report = [&](std::string const& text) {
      out.push_back({"policies_are_whole", policy.id + ": " + text});
    };
    if (policy.id.empty()) report("has no id");
    if (!program.schemas.contains(policy.subject)) report("is about no 结构");
    if (policy.conclusion == ConclusionKind::Money && policy.items.empty()) report("pays, but has no item");
    if (policy.conclusion != ConclusionKind::Money && !policy.items.empty()) report("has items, but does not pay");
    bool const has_value =
        policy.conclusion == ConclusionKind::Class || policy.conclusion == ConclusionKind::Assessment;
    if (policy.allotted && policy.conclusion != ConclusionKind::None) report("is handed a sum, and says one itself");
    if (has_value && !policy.value.has_value()) report("concludes without a value");
    for (auto const& item : policy.items)
      if (!item.amount.has_value()) report("an item has no amount");
  }
}

Violations verify(Program const& program) {
  Violations out;
  for (auto const predicate : {ids_name_something, operands_come_first, definitions_use_earlier_ones,
                               everything_is_typed, types_agree, records_are_in_scope, policies_are_whole}) {
    predicate(program, out);
    if (!out.empty()) break;
  }
  return out;
}

}  // namespace huiyu::tir
