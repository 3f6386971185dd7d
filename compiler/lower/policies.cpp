#include "compiler/lower/policies.h"

#include <limits>

#include "compiler/lower/conditions.h"
#include "compiler/lower/explainer.h"
#include "compiler/lower/formulas.h"

namespace huiyu::lower {

using plan::Ref;

namespace {

plan::Conclusion conclusion_of(tir::ConclusionKind kind) {
  switch (kind) {
    case tir::ConclusionKind::None: return plan::Conclusion::None;
    case tir::ConclusionKind::Money: return plan::Conclusion::Money;
    case tir::ConclusionKind::Class: return plan::Conclusion::Class;
    case tir::ConclusionKind::Assessment: return plan::Conclusion::Assessment;
    case tir::ConclusionKind::Disposal: return plan::Conclusion::Disposal;
  }
  return plan::Conclusion::None;
}

class PolicyLowerer {
 public:
  PolicyLowerer(Lowerer& lowerer, tir::Policy const& policy)
      : lowerer_(lowerer),
        tables_(lowerer.tables()),
        policy_(policy),
        place_(place_of(lowerer, policy)),
        conditions_(lowerer, place_),
        explainer_(lowerer, place_) {}

  void run() {
    identify();
    row_.applies = joined({policy_.place, policy_.target});
    row_.condition = joined({policy_.condition});
    row_.explain_applies = explain_both(policy_.place, policy_.target);
    row_.explain_condition = explainer_.lower(policy_.condition);
    row_.explain_year = explainer_.lower(policy_.year);
    row_.conclusion = conclusion_of(policy_.conclusion);
    if (policy_.conclusion == tir::ConclusionKind::Money)
      money();
    else if (policy_.conclusion != tir::ConclusionKind::None)
      value();
    for (auto const& share : policy_.shares)
      shares_.push_back({tables_.text(share.party), explainer_.lower(share.weight)});
    for (auto const& alert : policy_.alerts)
      for (auto const& one : alert.rows)
        alerts_.push_back({tables_.text(alert.name), tables_.text(one.colour), conditions_.lower(one.condition),
                           explainer_.lower(one.condition), one.stops_payment ? 1U : 0U});
    std::vector<plan::Instalment> instalments;
    for (auto const& one : policy_.instalments) instalments.push_back(instalment(one));
    tables_.policy(row_, parts_, shares_, instalments, alerts_);
  }

 private:
  static Place place_of(Lowerer& lowerer, tir::Policy const& policy) {
    Place place;
    place.records = {{tir::BindingId{0}, lowerer.root(policy.subject)}};
    // 考核年度 is read with 申报年度 as 本年.
    if (policy.year.has_value()) place.year = lowerer.period_term(policy.year, place);
    return place;
  }

  plan::Instalment instalment(tir::Instalment const& one) {
    plan::Instalment row;
    row.name = tables_.text(one.name);
    row.kind = one.amount  ? plan::InstalmentKind::Amount
               : one.share ? plan::InstalmentKind::Share
                           : plan::InstalmentKind::Rest;
    auto const stored = [](BigInt const& value) {
      return to_int64(value).value_or(std::numeric_limits<std::int64_t>::max());
    };
    if (one.amount) row.number = stored(BigInt(numerator(BigRational(*one.amount * 100))));
    if (one.share)
      row.number = stored(BigInt(numerator(*one.share))), row.divisor = stored(BigInt(denominator(*one.share)));
    return row;
  }

  void identify() {
    row_.id = tables_.text(policy_.id), row_.name = tables_.text(policy_.name),
    row_.citation = tables_.text(policy_.citation);
    row_.board = tables_.text(policy_.board), row_.payout = tables_.text(policy_.payout),
    row_.place_text = tables_.text(policy_.place_text);
    row_.subject = place_.relation();
    row_.verified_only = policy_.verified_only ? 1 : 0;
    row_.valid_from = policy_.valid_from.value_or(row_.valid_from);
    row_.valid_until = policy_.valid_until.value_or(row_.valid_until);
    if (!lowerer_.sources().contains(policy_.span.file)) return;
    auto const& file = lowerer_.sources()[policy_.span.file];
    row_.file = tables_.text(file.path());
    row_.line = file.position(policy_.span.begin).line;
  }

  // The conditions that are there, all of them; what always holds is no condition.
  Ref<plan::Condition> joined(std::vector<tir::ExprId> const& parts) {
    std::vector<Ref<plan::Condition>> members;
    for (auto part : parts)
      if (part.has_value()) members.push_back(conditions_.lower(part));
    if (members.empty()) return {};
    auto const all = conditions_.join(plan::ConditionKind::And, std::move(members));
    return tables_.plan().conditions[all.index].kind == plan::ConditionKind::Always ? Ref<plan::Condition>{} : all;
  }

  // 辖区 and 对象 stand apart in the text; the explanation puts them under one 且 without words of its own.
  Ref<plan::Explain> explain_both(tir::ExprId place, tir::ExprId target) {
    auto const a = explainer_.lower(place), b = explainer_.lower(target);
    if (!a.has_value() || !b.has_value()) return a.has_value() ? a : b;
    plan::Explain both;
    both.op = plan::ExplainOp::And;
    both.kind = plan::ValueKind::Truth;
    plan::ExplainChild const children[] = {{a}, {b}};
    return tables_.explain(both, children);
  }

  void money() {
    row_.single = policy_.items.size() == 1 && policy_.items.front().name.empty() ? 1 : 0;
    Formulas formulas(lowerer_, place_);
    bool always_due = false;
    std::vector<Ref<plan::Condition>> dues;
    for (auto const& item : policy_.items) {
      plan::Part part;
      part.name = tables_.text(item.name), part.word = tables_.text(item.word),
      part.citation = tables_.text(item.citation);
      part.when = joined({item.when});
      part.amount = row_.single != 0 ? formulas.single(item.amount, policy_.caps) : formulas.part(item.amount);
      part.explain_when = explainer_.lower(item.when, item.citation);
      part.explain_amount = explainer_.item_amount(item.amount);
      if (row_.single != 0) part.explain_amount = capped(part.explain_amount);
      parts_.push_back(part);
      if (part.when.has_value())
        dues.push_back(part.when);
      else
        always_due = true;
    }
    if (!always_due) row_.due = conditions_.join(plan::ConditionKind::Or, std::move(dues));
    if (row_.single != 0) return;
    row_.total = formulas.total(policy_.items.size(), policy_.caps);
    if (!policy_.caps.empty()) row_.explain_total = capped(explainer_.parts_total(policy_.span));
  }

  Ref<plan::Explain> capped(Ref<plan::Explain> tree) {
    for (auto const& cap : policy_.caps) tree = explainer_.capped(tree, cap.at_most, cap.bound, cap.span);
    return tree;
  }

  void value() {
    row_.value_name = tables_.text(policy_.value_name);
    if (!policy_.value.has_value()) {
      row_.explain_value = explainer_.name(policy_.value_name, policy_.span);
      return;
    }
    row_.explain_value = explainer_.lower(policy_.value);
    Formulas formulas(lowerer_, place_);
    row_.value = formulas.value(policy_.value);
    auto const& type = lowerer_.expr(policy_.value).type;
    bool const money = type.kind == types::Kind::Number && type.unit == types::unit_of(types::BaseUnit::Yuan);
    if (policy_.conclusion == tir::ConclusionKind::Assessment && money)
      row_.total = formulas.part(policy_.value, false);
  }

  Lowerer& lowerer_;
  Tables& tables_;
  tir::Policy const& policy_;
  Place place_;
  Conditions conditions_;
  Explainer explainer_;
  plan::Policy row_;
  std::vector<plan::Part> parts_;
  std::vector<plan::Share> shares_;
  std::vector<plan::Alert> alerts_;
};

}  // namespace

void lower_policy(Lowerer& lowerer, tir::PolicyId id) { PolicyLowerer(lowerer, lowerer.program().policies[id]).run(); }

}  // namespace huiyu::lower
