// Conditions that no record can meet together. What cannot be shown by looking at two of them side by side counts as
// possible.
#include <algorithm>
#include <optional>

#include "compiler/lint/rules.h"
#include "compiler/tir/print.h"
#include "runtime/codes/codes.h"

namespace huiyu::lint {
namespace {

BigRational const* constant(tir::Program const& program, tir::ExprId id) {
  auto const* made = std::get_if<tir::Constant>(&program.exprs[id].kind);
  return made == nullptr ? nullptr : std::get_if<BigRational>(&made->value);
}

bool is_lower_bound(tir::CompareOp op) { return op == tir::CompareOp::AtLeast || op == tir::CompareOp::Greater; }
bool is_upper_bound(tir::CompareOp op) { return op == tir::CompareOp::AtMost || op == tir::CompareOp::Less; }

// `员工人数 300人以上` and `员工人数 不满300人`.
bool bounds_apart(tir::Program const& program, tir::Compare const& low, tir::Compare const& high) {
  if (!is_lower_bound(low.op) || !is_upper_bound(high.op)) return false;
  auto const *from = constant(program, low.right), *to = constant(program, high.right);
  if (from == nullptr || to == nullptr || tir::print(program, low.left) != tir::print(program, high.left)) return false;
  bool const both_include = low.op == tir::CompareOp::AtLeast && high.op == tir::CompareOp::AtMost;
  return *to < *from || (*to == *from && !both_include);
}

bool values_apart(types::Type const& type, tir::Value const& a, tir::Value const& b) {
  auto const *code = std::get_if<tir::CodeValue>(&a), *other = std::get_if<tir::CodeValue>(&b);
  if (code == nullptr || other == nullptr) return !(a == b);
  auto const apart = [&](std::int32_t x, std::int32_t y) {
    return codes::belongs(type.system, x, y) == codes::Belongs::No;
  };
  return apart(code->id, other->id) && apart(other->id, code->id);
}

// What a condition says some value belongs to: `行业 属于 C`, `规模 = 大型`.
struct Belonging {
  tir::ExprId subject;
  std::vector<tir::Value> members;
};

std::optional<Belonging> belonging(tir::Program const& program, tir::ExprId id) {
  auto const& kind = program.exprs[id].kind;
  if (auto const* belongs = std::get_if<tir::BelongsTo>(&kind)) return Belonging{belongs->subject, belongs->members};
  auto const* compare = std::get_if<tir::Compare>(&kind);
  if (compare == nullptr || compare->op != tir::CompareOp::Equal) return std::nullopt;
  auto const* value = std::get_if<tir::Constant>(&program.exprs[compare->right].kind);
  if (value == nullptr) return std::nullopt;
  return Belonging{compare->left, {value->value}};
}

bool members_apart(tir::Program const& program, tir::ExprId a, tir::ExprId b) {
  auto const one = belonging(program, a), other = belonging(program, b);
  if (!one || !other || tir::print(program, one->subject) != tir::print(program, other->subject)) return false;
  auto const& type = program.exprs[one->subject].type;
  return std::ranges::all_of(one->members, [&](tir::Value const& x) {
    return std::ranges::all_of(other->members, [&](tir::Value const& y) { return values_apart(type, x, y); });
  });
}

bool denies(tir::Program const& program, tir::ExprId a, tir::ExprId b) {
  auto const* negation = std::get_if<tir::Not>(&program.exprs[a].kind);
  return negation != nullptr && tir::print(program, negation->operand) == tir::print(program, b);
}

}  // namespace

void add_conjuncts(tir::Program const& program, tir::ExprId condition, std::vector<tir::ExprId>& conjuncts) {
  if (!condition.has_value()) return;
  auto const* all = std::get_if<tir::And>(&program.exprs[condition].kind);
  if (all == nullptr) return conjuncts.push_back(condition);
  for (auto const operand : all->operands) add_conjuncts(program, operand, conjuncts);
}

bool exclude_each_other(tir::Program const& program, std::vector<tir::ExprId> const& a,
                        std::vector<tir::ExprId> const& b) {
  for (auto const one : a)
    for (auto const other : b) {
      auto const *left = std::get_if<tir::Compare>(&program.exprs[one].kind),
                 *right = std::get_if<tir::Compare>(&program.exprs[other].kind);
      bool const compared = left != nullptr && right != nullptr &&
                            (bounds_apart(program, *left, *right) || bounds_apart(program, *right, *left));
      if (compared || members_apart(program, one, other) || denies(program, one, other) || denies(program, other, one))
        return true;
    }
  return false;
}

}  // namespace huiyu::lint
