#include "compiler/tir/traverse.h"

#include <unordered_set>

#include "compiler/base/match.h"
#include "compiler/tir/policy_roots.h"

namespace huiyu::tir {

void for_each_operand(Expr const& expr, std::function<void(ExprId)> const& visit) {
  auto const one = [&](ExprId id) {
    if (id.has_value()) visit(id);
  };
  auto const all = [&](std::vector<ExprId> const& ids) {
    for (auto const id : ids) one(id);
  };
  match(
      expr.kind,  //
      [](Poison const&) {}, [](Constant const&) {}, [](FieldValue const&) {}, [](ParameterValue const&) {},
      [](PeriodValue const&) {}, [](Input const&) {}, [&](SeriesValue const& e) { one(e.period); },
      [&](DefinitionValue const& e) {
        one(e.year);
        one(e.month);
      },
      [&](And const& e) { all(e.operands); }, [&](Or const& e) { all(e.operands); },
      [&](AtLeastOf const& e) { all(e.operands); }, [&](Not const& e) { one(e.operand); },
      [&](Compare const& e) {
        one(e.left);
        one(e.right);
      },
      [&](Negate const& e) { one(e.operand); }, [&](Offset const& e) { one(e.period); },
      [&](Arithmetic const& e) {
        one(e.left);
        one(e.right);
      },
      [&](Pick const& e) { all(e.operands); },
      [&](Cap const& e) {
        one(e.operand);
        one(e.bound);
      },
      [&](Round const& e) { one(e.operand); }, [&](BelongsTo const& e) { one(e.subject); },
      [&](SetContains const& e) {
        one(e.set);
        one(e.member);
      },
      [&](Aggregate const& e) {
        one(e.where);
        one(e.each);
      },
      [&](Choose const& e) {
        one(e.subject);
        for (auto const& row : e.rows) {
          one(row.condition);
          one(row.value);
        }
        one(e.otherwise);
      },
      [&](Default const& e) {
        one(e.fact);
        one(e.value);
      },
      [&](Call const& e) { all(e.arguments); },
      [&](IfGiven const& e) {
        one(e.given);
        one(e.computed);
      },
      [&](Lookup const& e) { all(e.keys); },
      [&](Shift const& e) {
        one(e.operand);
        one(e.steps);
      },
      [&](Window const& e) {
        one(e.from);
        one(e.to);
        one(e.where);
        one(e.each);
      });
}

bool is_connective(Expr const& expr) {
  return std::holds_alternative<And>(expr.kind) || std::holds_alternative<Or>(expr.kind) ||
         std::holds_alternative<Not>(expr.kind) || std::holds_alternative<AtLeastOf>(expr.kind);
}

void for_each_root(Policy const& policy, std::function<void(ExprId)> const& visit) {
  auto const one = [&](ExprId id) {
    if (id.has_value()) visit(id);
  };
  for (auto const id : {policy.place, policy.year, policy.target, policy.condition}) one(id);
  for (auto const& item : policy.items) {
    one(item.when);
    one(item.amount);
  }
  for (auto const& cap : policy.caps) one(cap.bound);
  one(policy.value);
  for (auto const& share : policy.shares) one(share.weight);
  for (auto const& alert : policy.alerts)
    for (auto const& row : alert.rows) one(row.condition);
  if (policy.selection)
    for (auto const id : {policy.selection->by, policy.selection->count, policy.selection->tie}) one(id);
}

void for_each_root(Program const& program, std::function<void(ExprId)> const& visit) {
  auto const one = [&](ExprId id) {
    if (id.has_value()) visit(id);
  };
  for (auto const& definition : program.definitions) one(definition.value);
  for (auto const& policy : program.policies) for_each_root(policy, visit);
  for (auto const& cohort : program.cohorts) {
    one(cohort.condition);
    for (auto const id : cohort.by) one(id);
  }
  for (auto const& value : program.cohort_values) {
    one(value.value);
    one(value.where);
  }
  for (auto const& settle : program.settles) {
    for (auto const id : {settle.limit, settle.each_most, settle.paid}) one(id);
    for (auto const& member : settle.members)
      for (auto const id : {member.unit, member.by}) one(id);
  }
  for (auto const& tally : program.tallies)
    for (auto const& key : tally.keys) one(key.value);
  for (auto const& value : program.tally_values) {
    one(value.value);
    one(value.where);
    for (auto const id : value.distinct) one(id);
  }
}

std::vector<ExprId> reachable(Program const& program, ExprId root) {
  std::vector<ExprId> found;
  std::unordered_set<ExprId> seen;  // a declaration is a small part of a large program
  auto const walk = [&](auto const& self, ExprId id) -> void {
    if (!program.exprs.contains(id) || !seen.insert(id).second) return;
    for_each_operand(program.exprs[id], [&](ExprId operand) { self(self, operand); });
    found.push_back(id);
  };
  walk(walk, root);
  return found;
}

}  // namespace huiyu::tir
