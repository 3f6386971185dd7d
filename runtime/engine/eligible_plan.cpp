#include "runtime/engine/eligible_plan.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <tuple>

#include "runtime/engine/bits.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using plan::ConditionKind;
using Group = EligiblePlan::Group;

// A value that so many policies test is computed for whole blocks, for all of them; one of fewer only for their
// survivors.
constexpr std::uint32_t shared_by = 4;
// A group of tests with so many cheap ones for each that must be computed is for blocks: rows that are left would be
// asked each of the many.
constexpr std::size_t cheap_for_computed = 8;
constexpr std::int64_t sample_blocks = 8;
// A node of the sweep counts its literals in 16 bits.
constexpr std::size_t most_literals = 60'000;

class Planner {
 public:
  Planner(BoundPlan const& bound, AtomTests const& tests, plan::Ref<plan::Relation> subject,
          columns::Batch const& batch)
      : bound_(bound), plan_(*bound.plan), tests_(tests), batch_(batch), may_ask_(atoms_that_may_ask(bound)) {
    made_.rests.resize(plan_.policies.size());
    for (std::uint32_t i = 0; i < plan_.policies.size(); ++i)
      if (plan_.policies[i].subject == subject && bound.live[i] != 0) policies_.push_back(i);
    literal_of_.assign(plan_.atoms.size() * 2, genes::no_policy);
  }

  EligiblePlan make() {
    for (auto policy : policies_) collect(policy);
    count_readers();
    choose_partition();
    for (auto& wish : wishes_) divide(wish);
    estimate();
    renumber();
    auto tree = make_sweep_tree(demands());
    made_.nodes = std::move(tree.nodes);
    made_.node_literals = std::move(tree.literals);
    for (auto const& wish : wishes_) write_rest(wish);
    return std::move(made_);
  }

 private:
  using Condition = plan::Ref<plan::Condition>;
  // What one policy demands, member by member of the outermost 且.
  struct Wish {
    std::uint32_t policy = 0;
    std::vector<Condition> members, groups, conditions;
    std::vector<std::uint32_t> literals;
  };

  plan::Condition const& row(Condition ref) const { return plan_.conditions[ref.index]; }
  auto members(plan::Condition const& condition) const {
    return plan::rows_of(condition.members, plan_.condition_members);
  }

  // The members of nested 且; false where one of them never holds.
  bool flatten(Condition ref, std::vector<Condition>& out) const {
    if (!ref.has_value() || row(ref).kind == ConditionKind::Always) return true;
    if (row(ref).kind == ConditionKind::Never) return false;
    if (row(ref).kind != ConditionKind::And) {
      out.push_back(ref);
      return true;
    }
    for (auto const& member : members(row(ref)))
      if (!flatten(member.condition, out)) return false;
    return true;
  }

  bool asks(Condition ref) const {
    if (row(ref).kind == ConditionKind::Literal) return may_ask_[row(ref).atom.index];
    auto const below = members(row(ref));
    return std::any_of(below.begin(), below.end(), [&](auto const& member) { return asks(member.condition); });
  }

  void collect(std::uint32_t policy) {
    auto const& described = plan_.policies[policy];
    Wish wish;
    wish.policy = policy;
    bool possible = true;
    for (auto part : {described.applies, described.condition, described.due})
      possible = possible && flatten(part, wish.members);
    if (!possible) return;
    if (std::any_of(wish.members.begin(), wish.members.end(), [&](Condition member) { return asks(member); }))
      made_.others.push_back(policy);
    else
      wishes_.push_back(std::move(wish));
  }

  // How many policies read each column that has to be computed first.
  void count_readers() {
    readers_.assign(plan_.columns.size(), 0);
    std::vector<std::uint32_t> last(plan_.columns.size(), genes::no_policy);
    for (auto const& wish : wishes_)
      for (auto member : wish.members) count_readers(member, wish.policy, last);
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
      flatten(plan_.policies[wish.policy].applies, applies);
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
                                   [&](Condition member) { return is_for_blocks(member, false); });
    for (auto member : wish.members) {
      if (!is_for_blocks(member, !thins)) {
        wish.conditions.push_back(member);
      } else if (row(member).kind == ConditionKind::Literal) {
        wish.literals.push_back(literal(row(member)));
      } else {
        wish.groups.push_back(member);
        add_literals(member);
      }
    }
  }

  void add_literals(Condition ref) {
    if (row(ref).kind == ConditionKind::Literal) literal(row(ref));
    for (auto const& member : members(row(ref))) add_literals(member.condition);
  }

  std::uint32_t literal(plan::Condition const& condition) {
    auto& place = literal_of_[condition.atom.index * 2 + condition.negated];
    if (place != genes::no_policy) return place;
    place = static_cast<std::uint32_t>(made_.literals.size());
    made_.literals.push_back({condition.atom, condition.negated != 0});
    return place;
  }

  // The share of some rows on which each literal holds; of what must be computed half is assumed.
  void estimate() {
    share_.assign(made_.literals.size(), 0.5);
    auto const rows = std::min(batch_.row_count, genes::sweep_rows);
    if (rows == 0) return;
    auto const blocks = std::min(sample_blocks, (batch_.row_count + rows - 1) / rows);
    FactTests facts(bound_, tests_, batch_, genes::kernels());
    std::vector<std::int64_t> held(made_.literals.size());
    for (std::int64_t block = 0; block < blocks; ++block) {
      facts.start((batch_.row_count - rows) * block / std::max<std::int64_t>(blocks - 1, 1), rows);
      genes::SweepRows yes;
      for (std::size_t i = 0; i < made_.literals.size(); ++i) {
        if (!is_in_memory(made_.literals[i].atom)) continue;
        auto const* decided = facts.test(made_.literals[i].atom, yes.words);
        auto const certain = count(yes.words, words_for(rows));
        held[i] += made_.literals[i].negated ? count(decided, words_for(rows)) - certain : certain;
      }
    }
    for (std::size_t i = 0; i < held.size(); ++i)
      if (is_in_memory(made_.literals[i].atom))
        share_[i] = static_cast<double>(held[i]) / static_cast<double>(rows * blocks);
  }

  // Literals by the order in which they are tested: who is where, then the most selective, last what must be computed.
  void renumber() {
    std::vector<std::uint32_t> order(made_.literals.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    auto const key = [&](std::uint32_t i) {
      auto const& test = tests_.tests[made_.literals[i].atom.index];
      bool const divides = test.kind == AtomTests::Kind::Classes && !made_.literals[i].negated &&
                           static_cast<std::int32_t>(test.place) == made_.partition;
      int const stage = divides ? 0 : test.kind == AtomTests::Kind::Other ? 2 : 1;
      return std::tuple(stage, share_[i], i);
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    std::vector<std::uint32_t> place(order.size());
    std::vector<EligiblePlan::Literal> literals;
    std::vector<double> share;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      literals.push_back(made_.literals[order[i]]);
      share.push_back(share_[order[i]]);
    }
    made_.literals = std::move(literals);
    share_ = std::move(share);
    for (auto& known : literal_of_)
      if (known != genes::no_policy) known = place[known];
    for (auto& wish : wishes_)
      for (auto& one : wish.literals) one = place[one];
  }

  std::vector<Demand> demands() {
    std::vector<Demand> all;
    for (auto& wish : wishes_) {
      std::sort(wish.literals.begin(), wish.literals.end());
      wish.literals.erase(std::unique(wish.literals.begin(), wish.literals.end()), wish.literals.end());
      if (wish.literals.size() > most_literals)
        made_.others.push_back(wish.policy);
      else
        all.push_back({wish.policy, wish.literals});
    }
    return all;
  }

  double share_of(Condition ref) const {
    auto const& condition = row(ref);
    if (condition.kind == ConditionKind::Literal)
      return share_[literal_of_[condition.atom.index * 2 + condition.negated]];
    double product = 1;
    bool const all = condition.kind == ConditionKind::And;
    for (auto const& member : members(condition)) {
      auto const share = share_of(member.condition);
      product *= all ? share : 1 - share;
    }
    return all ? product : 1 - product;
  }

  void write_group(Condition ref) {
    auto const& condition = row(ref);
    if (condition.kind == ConditionKind::Literal) {
      made_.groups.push_back(literal_of_[condition.atom.index * 2 + condition.negated] * 4);
      return;
    }
    bool const all = condition.kind == ConditionKind::And;
    std::vector<std::pair<double, Condition>> order;
    for (auto const& member : members(condition)) {
      auto const share = share_of(member.condition);
      order.emplace_back(all ? share : 1 - share, member.condition);
    }
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    made_.groups.push_back(static_cast<std::uint32_t>(all ? Group::And : Group::Or));
    auto const end = made_.groups.size();
    made_.groups.push_back(0);
    for (auto const& member : order) write_group(member.second);
    made_.groups[end] = static_cast<std::uint32_t>(made_.groups.size());
  }

  void write_rest(Wish const& wish) {
    auto& rest = made_.rests[wish.policy];
    rest.groups_begin = static_cast<std::uint32_t>(made_.groups.size());
    for (auto group : wish.groups) write_group(group);
    rest.groups_end = static_cast<std::uint32_t>(made_.groups.size());
    rest.conditions_begin = static_cast<std::uint32_t>(made_.conditions.size());
    made_.conditions.insert(made_.conditions.end(), wish.conditions.begin(), wish.conditions.end());
    rest.conditions_end = static_cast<std::uint32_t>(made_.conditions.size());
  }

  BoundPlan const& bound_;
  plan::Plan const& plan_;
  AtomTests const& tests_;
  columns::Batch const& batch_;
  std::vector<bool> may_ask_;
  std::vector<std::uint32_t> policies_;
  std::vector<Wish> wishes_;
  std::vector<std::uint32_t> readers_;     // by column: policies
  std::vector<std::uint32_t> literal_of_;  // by atom and sign
  std::vector<double> share_;              // by literal
  EligiblePlan made_;
};

}  // namespace

EligiblePlan make_eligible_plan(BoundPlan const& bound, AtomTests const& tests, plan::Ref<plan::Relation> subject,
                                columns::Batch const& batch) {
  return Planner(bound, tests, subject, batch).make();
}

}  // namespace huiyu::engine
