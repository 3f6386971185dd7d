// What two policies do to each other, and what a pool is too small for.
#include <algorithm>
#include <map>

#include "compiler/diag/catalogue.h"
#include "compiler/lint/rules.h"
#include "compiler/tir/facts_algebra.h"
#include "compiler/tir/print.h"
#include "compiler/tir/small_pools.h"
#include "compiler/tir/traverse.h"

namespace huiyu::lint {
namespace {

// Bills that an amount is computed from: the sum of a list's money, or one sum of money of the record, a part of which
// is paid.
struct Expenditure {
  std::string words;  // as it is shown
  std::string what, where;
};

bool is_money(tir::Expr const& expr) {
  return expr.type.kind == types::Kind::Number && expr.type.unit == types::unit_of(types::BaseUnit::Yuan);
}

class Expenditures {
 public:
  explicit Expenditures(tir::Program const& program) : program_(program) {}

  std::vector<Expenditure> of(tir::ExprId amount) {
    found_.clear();
    visit(amount, false);
    return std::move(found_);
  }

 private:
  // `part`: only a share of the value is paid.
  void visit(tir::ExprId id, bool part) {
    auto const& expr = program_.exprs[id];
    if (auto const* list = std::get_if<tir::Aggregate>(&expr.kind)) return sum(*list);
    if (auto const* used = std::get_if<tir::DefinitionValue>(&expr.kind))
      return visit(program_.definitions[used->definition].value, part);
    if (auto const* cap = std::get_if<tir::Cap>(&expr.kind)) return visit(cap->operand, part);
    if (auto const* round = std::get_if<tir::Round>(&expr.kind)) return visit(round->operand, part);
    if (auto const* field = std::get_if<tir::FieldValue>(&expr.kind); field != nullptr && part && is_money(expr))
      return found_.push_back({program_.fields[field->field].name, tir::print(program_, id), ""});
    if (auto const* series = std::get_if<tir::SeriesValue>(&expr.kind); series != nullptr && part && is_money(expr))
      return found_.push_back({program_.fields[series->field].name, tir::print(program_, id), ""});
    auto const* product = std::get_if<tir::Arithmetic>(&expr.kind);
    if (product == nullptr || product->op != tir::ArithmeticOp::Multiply) return;
    for (auto const& [value, rate] :
         {std::pair(product->left, product->right), std::pair(product->right, product->left)})
      if (is_money(program_.exprs[value]) && !is_money(program_.exprs[rate])) visit(value, true);
  }

  void sum(tir::Aggregate const& list) {
    auto const& name = program_.fields[list.list].name;
    if (list.op != tir::AggregateOp::Sum || !list.each.has_value() || name == "历史") return;
    auto const* field = std::get_if<tir::FieldValue>(&program_.exprs[list.each].kind);
    if (field == nullptr || !is_money(program_.exprs[list.each])) return;
    auto const words = name + "." + program_.fields[field->field].name;
    // Two lists of one 结构 are two lists, whatever binds their rows.
    found_.push_back({words, words, list.where.has_value() ? without_bindings(list.where) : ""});
  }

  // Rows are numbered by where they are bound; the condition is the same all the same.
  std::string without_bindings(tir::ExprId id) const {
    auto text = tir::print(program_, id);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      plain += text[i];
      if (text[i] != '#') continue;
      while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') ++i;
    }
    return plain;
  }

  tir::Program const& program_;
  std::vector<Expenditure> found_;
};

// An item that pays for something, with all that must hold for it to be due.
struct Payment {
  tir::PolicyId policy;
  Expenditure what;
  std::vector<tir::ExprId> conditions;
};

std::vector<Payment> payments_of(tir::Program const& program) {
  std::vector<Payment> all;
  Expenditures expenditures(program);
  for (std::size_t i = 0; i < program.policies.size(); ++i) {
    tir::PolicyId const id{static_cast<std::int32_t>(i)};
    auto const& policy = program.policies[id];
    if (policy.conclusion != tir::ConclusionKind::Money) continue;
    for (auto const& item : policy.items)
      for (auto& what : expenditures.of(item.amount)) {
        Payment payment{id, std::move(what), {}};
        for (auto const part : {policy.place, policy.target, policy.condition, item.when})
          add_conjuncts(program, part, payment.conditions);
        all.push_back(std::move(payment));
      }
  }
  return all;
}

bool in_force_together(tir::Policy const& a, tir::Policy const& b) {
  bool const after = a.valid_until && b.valid_from && *a.valid_until < *b.valid_from;
  bool const before = b.valid_until && a.valid_from && *b.valid_until < *a.valid_from;
  return !after && !before;
}

// A 组合 that keeps one of them, or caps both.
bool grouped(tir::Program const& program, tir::PolicyId a, tir::PolicyId b) {
  auto const holds = [](tir::Settle const& settle, tir::PolicyId policy) {
    return std::ranges::any_of(settle.members, [&](auto const& member) { return member.policy == policy; });
  };
  return std::ranges::any_of(program.settles, [&](tir::Settle const& settle) {
    return settle.kind != tir::SettleKind::Budget && holds(settle, a) && holds(settle, b);
  });
}

}  // namespace

void expenditures_paid_twice(Project const& project, Diagnostics& found) {
  auto const& program = project.program;
  auto const all = payments_of(program);
  std::map<std::pair<tir::PolicyId, tir::PolicyId>, bool> said;
  for (std::size_t k = 1; k < all.size(); ++k)
    for (std::size_t i = 0; i < k; ++i) {
      auto const &one = all[i], &other = all[k];
      auto const &a = program.policies[one.policy], &b = program.policies[other.policy];
      bool const same = one.what.what == other.what.what &&
                        (one.what.where.empty() || other.what.where.empty() || one.what.where == other.what.where);
      if (one.policy == other.policy || !same || a.subject != b.subject || !in_force_together(a, b)) continue;
      if (grouped(program, one.policy, other.policy) || exclude_each_other(program, one.conditions, other.conditions))
        continue;
      if (!is_own(project, b.span) || std::exchange(said[{one.policy, other.policy}], true)) continue;
      found.add(b.span, diag::ExpenditurePaidTwice, a.name, b.name, one.what.words)
          .label(a.span, diag::note::AlsoHere)
          .add_help(diag::note::GroupThemHelp);
    }
}

void pools_below_least(Project const& project, Diagnostics& found) {
  auto const range = [&](tir::ExprId id) -> std::optional<std::pair<BigRational, BigRational>> {
    auto const bounds = bounds_of(project.facts[id]);
    return bounds ? std::optional(std::pair(bounds->low, bounds->high)) : std::nullopt;
  };
  for (auto const& [settle, policy, holds, grant, plain] : tir::small_pools(project.program, range))
    if (!plain)  // the checker itself warns of those
      found.add(settle->span, diag::PoolBelowLeast, settle->name, in_yuan(holds), policy->name, in_yuan(grant))
          .label(policy->span, diag::note::DeclaredHere);
}

// 稳规奖励 and 稳规补助: what is left without the word for paying is one name.
void names_alike(Project const& project, Diagnostics& found) {
  auto const core = [](std::string name) {
    for (std::string_view const word :
         {"奖励", "补助", "补贴", "贴息", "资助", "返还", "奖补", "的", " ", "-", "·", "（", "）", "(", ")"})
      for (auto at = name.find(word); at != std::string::npos; at = name.find(word)) name.erase(at, word.size());
    return name;
  };
  std::map<std::string, tir::Policy const*> seen;
  for (auto const& policy : project.program.policies) {
    auto const name = core(policy.name);
    if (name.empty()) continue;
    auto const [at, fresh] = seen.emplace(name, &policy);
    if (!fresh && at->second->name != policy.name && is_own(project, policy.span))
      found.add(policy.span, diag::LookAlikePolicies, policy.name, at->second->name)
          .label(at->second->span, diag::note::AlsoHere);
  }
}

}  // namespace huiyu::lint
