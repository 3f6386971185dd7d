#include "runtime/portal/demands.h"

#include <algorithm>
#include <map>

#include "runtime/engine/eligible_plan.h"
#include "runtime/plan/rows.h"

namespace huiyu::portal {
namespace {

using Condition = plan::Ref<plan::Condition>;
using plan::ConditionKind;

class Reader {
 public:
  Reader(engine::BoundPlan const& bound, engine::GeneCodes const& codes, std::vector<std::uint32_t> const& slots)
      : plan_(*bound.plan), codes_(codes), slots_(slots), may_ask_(engine::atoms_that_may_ask(bound)) {}

  void read(std::uint32_t position) {
    auto const& policy = plan_.policies[position];
    std::vector<Condition> members;
    for (auto part : {policy.applies, policy.condition, policy.due})
      if (!engine::flatten(plan_, part, members)) return;
    if (std::any_of(members.begin(), members.end(),
                    [&](Condition member) { return engine::reads_any(plan_, member, may_ask_); }))
      return made_.others.push_back(position);
    Demand demand;
    demand.policy = position;
    std::map<std::uint32_t, genes::CodeSet> columns;
    for (auto member : members) {
      auto const slot = slot_of(member);
      if (slot == no_slot) {
        demand.rests.push_back(member);
        continue;
      }
      auto const& wanted = codes_of(member);
      auto const [found, fresh] = columns.try_emplace(slot);
      found->second = common(fresh ? wanted : found->second, wanted);
      if (found->second.empty()) return;
    }
    for (auto& [slot, codes] : columns) demand.columns.push_back({slot, std::move(codes)});
    made_.all.push_back(std::move(demand));
    count_places(policy.applies);
  }

  Demands take() {
    auto most = made_.all.size() / 2;
    for (auto const& [slot, count] : places_) {
      if (count <= most) continue;
      most = count;
      made_.place_slot = slot;
    }
    return std::move(made_);
  }

 private:
  plan::Condition const& row(Condition ref) const { return plan_.conditions[ref.index]; }

  std::uint32_t slot_of(Condition ref) const {
    if (row(ref).kind != ConditionKind::Literal || !codes_.atoms[row(ref).atom.index].coded) return no_slot;
    return slots_[plan_.atoms[row(ref).atom.index].column.index];
  }
  genes::CodeSet const& codes_of(Condition literal) const {
    auto const& codes = codes_.atoms[row(literal).atom.index];
    return row(literal).negated != 0 ? codes.no : codes.yes;
  }

  // The column whose classes stand in most policies' 适用 says where a record is.
  void count_places(Condition applies) {
    std::vector<Condition> members;
    engine::flatten(plan_, applies, members);
    for (auto member : members) {
      auto const slot = slot_of(member);
      if (slot == no_slot || row(member).negated != 0) continue;
      if (plan_.atoms[row(member).atom.index].kind == plan::AtomKind::ClassSet) ++places_[slot];
    }
  }

  plan::Plan const& plan_;
  engine::GeneCodes const& codes_;
  std::vector<std::uint32_t> const& slots_;
  std::vector<bool> may_ask_;
  std::map<std::uint32_t, std::size_t> places_;  // by slot: policies
  Demands made_;
};

}  // namespace

Demands demands_of(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject, engine::GeneCodes const& codes,
                   std::vector<std::uint32_t> const& slots) {
  Reader reader(bound, codes, slots);
  for (std::uint32_t i = 0; i < bound.plan->policies.size(); ++i)
    if (bound.plan->policies[i].subject == subject && bound.live[i] != 0) reader.read(i);
  return reader.take();
}

genes::CodeSet common(genes::CodeSet const& a, genes::CodeSet const& b) {
  genes::CodeSet both;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    genes::CodeInterval const met{std::max(x->low, y->low), std::min(x->high, y->high)};
    if (!met.empty() && !both.empty() && both.back().high + 1 == met.low)
      both.back().high = met.high;
    else if (!met.empty())
      both.push_back(met);
    if (x->high < y->high)
      ++x;
    else
      ++y;
  }
  return both;
}

}  // namespace huiyu::portal
