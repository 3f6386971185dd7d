#include "runtime/engine/eligible_plan.h"

#include <algorithm>
#include <map>
#include <optional>

#include "runtime/engine/eligible_literals.h"
#include "runtime/engine/near_members.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using genes::SweepGroup;
using plan::ConditionKind;

// A value that so many policies test is computed for whole blocks, for all of them; one of fewer only for their
// survivors.
constexpr std::uint32_t shared_by = 4;
// A group of tests with so many cheap ones for each that must be computed is for blocks: rows that are left would be
// asked each of the many.
constexpr std::size_t cheap_for_computed = 8;
// A node of the sweep counts its literals in 16 bits.
constexpr std::size_t most_literals = 60'000;

class Planner {
 public:
  Planner(BoundPlan const& bound, plan::Ref<plan::Relation> subject, columns::Batch const& batch, bool near,
          std::vector<bool> const& chosen)
      : bound_(bound),
        plan_(*bound.plan),
        tests_(*bound.atom_tests[subject.index]),
        batch_(batch),
        may_ask_(atoms_that_may_ask(bound)),
        near_(near),
        literals_(bound, tests_) {
    made_.conditions_of.resize(plan_.policies.size());
    made_.tests_of.resize(near ? plan_.policies.size() : 0);
    for (std::uint32_t i = 0; i < plan_.policies.size(); ++i)
      if (plan_.policies[i].subject == subject && bound.live[i] != 0 && (chosen.empty() || chosen[i]))
        policies_.push_back(i);
  }

  EligiblePlan make() {
    for (auto policy : policies_) collect(policy);
    count_readers();
    choose_partition();
    for (auto& wish : wishes_) divide(wish);
    literals_.estimate(batch_);
    auto const place = literals_.sort(made_.partition);
    std::vector<Demand> demands;
    for (auto& wish : wishes_) {
      for (auto& literal : wish.literals) literal.number = place[literal.number];
      if (auto demand = near_ ? write_near(wish) : write(wish)) demands.push_back(std::move(*demand));
    }
    auto tree = make_sweep_tree(std::move(demands));
    made_.nodes = std::move(tree.nodes);
    made_.node_literals = std::move(tree.literals);
    literals_.write(made_);
    order_literals(made_, near_);
    return std::move(made_);
  }

 private:
  using Condition = plan::Ref<plan::Condition>;
  // A member of the outermost 且. Near misses: one that may fail has its number among those.
  struct Member {
    Condition condition;
    std::uint32_t number = 0;  // of the literal, where it is one
    bool may_fail = false;
    std::uint32_t test = 0;
  };
  // What one policy demands.
  struct Wish {
    std::uint32_t policy = 0;
    std::vector<Member> members, literals, groups, conditions;
  };

  plan::Condition const& row(Condition ref) const { return plan_.conditions[ref.index]; }
  auto members(plan::Condition const& condition) const {
    return plan::rows_of(condition.members, plan_.condition_members);
  }

  void collect(std::uint32_t policy) {
    Wish wish;
    wish.policy = policy;
    if (!add_members(wish)) return;
    if (std::any_of(wish.members.begin(), wish.members.end(),
                    [&](Member const& member) { return reads_any(plan_, member.condition, may_ask_); }))
      made_.others.push_back(policy);
    else
      wishes_.push_back(std::move(wish));
  }

  // False where something in it never holds.
  bool add_members(Wish& wish) const {
    auto const& policy = plan_.policies[wish.policy];
    if (near_) {
      auto const all = near_members(plan_, policy);
      for (auto one : all.must) wish.members.push_back({one});
      for (auto one : all.tests)
        wish.members.push_back({one, 0, true, static_cast<std::uint32_t>(wish.members.size() - all.must.size())});
      return all.possible;
    }
    std::vector<Condition> members;
    for (auto part : {policy.applies, policy.condition, policy.due})
      if (!flatten(plan_, part, members)) return false;
    for (auto one : members) wish.members.push_back({one});
    return true;
  }

  // How many policies read each column that has to be computed first.
  void count_readers() {
    readers_.assign(plan_.columns.size(), 0);
    std::vector<std::uint32_t> last(plan_.columns.size(), genes::no_policy);
    for (auto const& wish : wishes_)
      for (auto const& member : wish.members) count_readers(member.condition, wish.policy, last);
  }
  void count_readers(Condition ref, std::uint32_t policy, std::vector<std::uint32_t>& last) {
    if (row(ref).kind == ConditionKind::Literal) {
      auto const column = plan_.atoms[row(ref).atom.index].column.index;
      if (last[column] != policy) ++readers_[column];
      last[column] = policy;
    }
    for (auto const& member : members(row(ref))) count_readers(member.condition, policy, last);
  }

  // The column whose classes stand in most policies' 适用.
  void choose_partition() {
    std::map<std::uint32_t, std::size_t> uses;
    for (auto const& wish : wishes_) {
      std::vector<Condition> applies;
      flatten(plan_, plan_.policies[wish.policy].applies, applies);
      for (auto member : applies)
        if (auto const place = place_of_classes(member)) ++uses[*place];
    }
    std::size_t most = wishes_.size() / 2;
    for (auto const& [place, count] : uses) {
      if (count <= most) continue;
      most = count;
      made_.partition = static_cast<std::int32_t>(place);
    }
  }
  std::optional<std::uint32_t> place_of_classes(Condition ref) const {
    if (row(ref).kind != ConditionKind::Literal || row(ref).negated != 0) return std::nullopt;
    auto const& test = tests_.tests[row(ref).atom.index];
    if (test.kind != AtomTests::Kind::Classes) return std::nullopt;
    return test.place;
  }

  bool is_in_memory(plan::Ref<plan::Atom> atom) const {
    return tests_.tests[atom.index].kind != AtomTests::Kind::Other;
  }

  // Whether the member is worth bitmaps of the whole block: few of its tests are of what must be computed for it.
  bool is_for_blocks(Condition ref, bool also_computed) const {
    Tests tests;
    return add_tests(ref, tests) &&
           (also_computed || tests.computed == 0 || tests.cheap >= tests.computed * cheap_for_computed);
  }
  struct Tests {
    std::size_t cheap = 0, computed = 0;
  };
  // False where something counts, which has no bitmaps.
  bool add_tests(Condition ref, Tests& tests) const {
    auto const& condition = row(ref);
    if (condition.kind == ConditionKind::AtLeastOf) return false;
    if (condition.kind == ConditionKind::Literal) {
      bool const cheap =
          is_in_memory(condition.atom) || readers_[plan_.atoms[condition.atom.index].column.index] >= shared_by;
      ++(cheap ? tests.cheap : tests.computed);
      return true;
    }
    auto const below = members(condition);
    return std::all_of(below.begin(), below.end(),
                       [&](auto const& member) { return add_tests(member.condition, tests); });
  }

  void divide(Wish& wish) {
    // Without anything that thins out the rows first, what is computed is computed for blocks.
    bool const thins = std::any_of(wish.members.begin(), wish.members.end(),
                                   [&](Member const& member) { return is_for_blocks(member.condition, false); });
    for (auto member : wish.members) {
      if (!is_for_blocks(member.condition, !thins)) {
        wish.conditions.push_back(member);
        continue;
      }
      add_literals(member.condition);
      if (auto const literal = as_literal(member.condition)) {
        member.number = *literal;
        wish.literals.push_back(member);
      } else {
        wish.groups.push_back(member);
      }
    }
  }

  std::uint32_t literal(plan::Condition const& condition) {
    return literals_.number(condition.atom, condition.negated != 0);
  }

  // What 且 or 或 joins: lists of which 或 asks for several tags are one
  // literal each.
  struct Parts {
    std::vector<std::uint32_t> literals;
    std::vector<Condition> others;
  };
  Parts parts(plan::Condition const& condition) {
    Parts found;
    std::map<std::uint32_t, std::vector<Condition>> tags;  // by place of the list
    for (auto const& member : members(condition)) {
      auto const& row = this->row(member.condition);
      bool const is_tag = condition.kind == ConditionKind::Or && row.kind == ConditionKind::Literal &&
                          row.negated == 0 && tests_.tests[row.atom.index].kind == AtomTests::Kind::Tag;
      if (is_tag)
        tags[tests_.tests[row.atom.index].place].push_back(member.condition);
      else
        found.others.push_back(member.condition);
    }
    for (auto const& [place, named] : tags) {
      if (named.size() == 1) {
        found.others.push_back(named.front());
        continue;
      }
      std::vector<std::uint32_t> positions;
      for (auto one : named) positions.push_back(tests_.tests[row(one).atom.index].of);
      found.literals.push_back(literals_.number(place, std::move(positions)));
    }
    return found;
  }

  std::optional<std::uint32_t> as_literal(Condition ref) {
    auto const& condition = row(ref);
    if (condition.kind == ConditionKind::Literal) return literal(condition);
    if (condition.kind != ConditionKind::Or) return std::nullopt;
    auto const found = parts(condition);
    if (!found.others.empty() || found.literals.size() != 1) return std::nullopt;
    return found.literals.front();
  }

  void add_literals(Condition ref) {
    if (row(ref).kind == ConditionKind::Literal) return static_cast<void>(literal(row(ref)));
    for (auto member : parts(row(ref)).others) add_literals(member);
  }

  double share_of(Condition ref) {
    auto const& condition = row(ref);
    if (condition.kind == ConditionKind::Literal) return literals_.share(literal(condition));
    double product = 1;
    bool const all = condition.kind == ConditionKind::And;
    auto const found = parts(condition);
    auto const join = [&](double share) { product *= all ? share : 1 - share; };
    for (auto number : found.literals) join(literals_.share(number));
    for (auto member : found.others) join(share_of(member));
    return all ? product : 1 - product;
  }

  // First what decides for most rows.
  void write_group(Condition ref) {
    auto const& condition = row(ref);
    if (condition.kind == ConditionKind::Literal) return write_literal(literal(condition));
    auto const found = parts(condition);
    bool const all = condition.kind == ConditionKind::And;
    struct Joined {
      double share;
      std::optional<std::uint32_t> literal;
      Condition condition;
    };
    std::vector<Joined> order;
    for (auto number : found.literals) order.push_back({literals_.share(number), number, {}});
    for (auto member : found.others) order.push_back({share_of(member), std::nullopt, member});
    std::stable_sort(order.begin(), order.end(),
                     [&](Joined const& a, Joined const& b) { return all ? a.share < b.share : a.share > b.share; });
    made_.groups.push_back(static_cast<std::uint32_t>(all ? SweepGroup::And : SweepGroup::Or));
    auto const end = made_.groups.size();
    made_.groups.push_back(0);
    for (auto const& member : order)
      if (member.literal)
        write_literal(*member.literal);
      else
        write_group(member.condition);
    made_.groups[end] = static_cast<std::uint32_t>(made_.groups.size());
  }
  void write_literal(std::uint32_t number) { made_.groups.push_back(number * 4); }

  // What the sweep is to find of a policy; nothing where it demands too much.
  std::optional<Demand> write(Wish const& wish) {
    std::vector<std::uint32_t> literals;
    for (auto const& literal : wish.literals) literals.push_back(literal.number);
    std::sort(literals.begin(), literals.end());
    literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
    if (literals.size() > most_literals) {
      made_.others.push_back(wish.policy);
      return std::nullopt;
    }
    Demand demand{wish.policy, std::move(literals), static_cast<std::uint32_t>(made_.groups.size()), 0};
    for (auto const& group : wish.groups) write_group(group.condition);
    demand.groups_end = static_cast<std::uint32_t>(made_.groups.size());
    auto& conditions = made_.conditions_of[wish.policy];
    conditions.begin = static_cast<std::uint32_t>(made_.conditions.size());
    for (auto const& member : wish.conditions) made_.conditions.push_back(member.condition);
    conditions.end = static_cast<std::uint32_t>(made_.conditions.size());
    return demand;
  }

  // The same test twice fails twice, so it stays.
  std::optional<Demand> write_near(Wish const& wish) {
    if (wish.literals.size() > most_literals) {
      made_.others.push_back(wish.policy);
      return std::nullopt;
    }
    using Kind = EligiblePlan::Test::Kind;
    auto& tests = made_.tests_of[wish.policy];
    tests.begin = static_cast<std::uint32_t>(made_.tests.size());
    auto const add = [&](Kind kind, Member const& member, std::uint32_t of) {
      made_.tests.push_back({kind, member.may_fail, member.test, of});
    };
    Demand demand{wish.policy, {}, static_cast<std::uint32_t>(made_.groups.size()), 0};
    for (auto const& literal : wish.literals) {
      demand.literals.push_back(literal.number * 2 + (literal.may_fail ? 1 : 0));
      add(Kind::Literal, literal, literal.number);
    }
    std::sort(demand.literals.begin(), demand.literals.end());
    for (auto const& group : wish.groups) {
      if (!group.may_fail) made_.groups.push_back(genes::near_must_hold);
      add(Kind::Group, group, static_cast<std::uint32_t>(made_.groups.size()));
      write_group(group.condition);
    }
    demand.groups_end = static_cast<std::uint32_t>(made_.groups.size());
    for (auto const& member : wish.conditions) add(Kind::Condition, member, member.condition.index);
    tests.end = static_cast<std::uint32_t>(made_.tests.size());
    tests.asks_rows = !wish.conditions.empty();
    return demand;
  }

  BoundPlan const& bound_;
  plan::Plan const& plan_;
  AtomTests const& tests_;
  columns::Batch const& batch_;
  std::vector<bool> may_ask_;
  bool near_;
  std::vector<std::uint32_t> policies_;
  std::vector<Wish> wishes_;
  std::vector<std::uint32_t> readers_;  // by column: policies
  EligibleLiterals literals_;
  EligiblePlan made_;
};

}  // namespace

EligiblePlan make_eligible_plan(BoundPlan const& bound, plan::Ref<plan::Relation> subject, columns::Batch const& batch,
                                std::vector<bool> const& chosen) {
  return Planner(bound, subject, batch, false, chosen).make();
}

EligiblePlan make_near_plan(BoundPlan const& bound, plan::Ref<plan::Relation> subject, columns::Batch const& batch) {
  return Planner(bound, subject, batch, true, {}).make();
}

}  // namespace huiyu::engine
