#include "runtime/settle/periods.h"

#include <optional>
#include <tuple>
#include <vector>

#include "runtime/base/civil.h"
#include "runtime/plan/rows.h"

namespace huiyu::settle {
namespace {

using plan::ExplainOp;

// What is known of 本年, 本月 and the bound periods without any record; none: it hangs on the record, and the checker
// lets no computed series be read there.
using Period = std::optional<std::int64_t>;
struct Around {
  Period year, month;
  std::vector<Period> bound;  // the innermost last
  friend auto operator<=>(Around const&, Around const&) = default;
};

class Walk {
 public:
  Walk(plan::Plan const& plan, RunInputs const& inputs) : plan_(plan) {
    auto const day = civil_from_days(inputs.as_of_day);
    run_.year = inputs.application_year.value_or(day.year);
    run_.month = std::int64_t{day.year} * 12 + day.month - 1;
  }

  PeriodsRead run() {
    for (auto const& policy : plan_.policies) read_policy(policy);
    for (auto const& alert : plan_.alerts) tree(alert.explain, run_);
    for (auto const& share : plan_.shares) tree(share.weight, run_);
    for (auto const& row : plan_.settles)
      for (auto const each : {row.limit, row.each_most, row.tie, row.paid}) tree(each, run_);
    for (auto const& member : plan_.settle_members)
      for (auto const each : {member.unit, member.by}) tree(each, run_);
    for (auto const& key : plan_.tally_keys) tree(key.value, run_);
    for (auto const& term : plan_.tally_terms) tree(term.value, run_);
    for (auto const& value : plan_.tally_values)
      for (auto const each : {value.value, value.where}) tree(each, run_);
    // A value hangs on earlier ones alone, so that of each all readers have gone before.
    for (auto value = plan_.cohort_values.rbegin(); value != plan_.cohort_values.rend(); ++value) read_value(*value);
    return std::move(read_);
  }

 private:
  void read_policy(plan::Policy const& policy) {
    auto around = run_;
    if (policy.explain_year.has_value()) {
      tree(policy.explain_year, run_);
      around.year = period(policy.explain_year, run_);
    }
    for (auto const each :
         {policy.explain_applies, policy.explain_condition, policy.explain_total, policy.explain_value})
      tree(each, around);
    for (auto const& part : plan::rows_of(policy.parts, plan_.parts)) {
      tree(part.explain_when, around);
      tree(part.explain_amount, around);
    }
    for (auto const& alert : plan::rows_of(policy.alerts, plan_.alerts)) tree(alert.explain, around);
    for (auto const& row : plan_.settles) {
      if (row.kind != plan::SettleKind::Selection) continue;
      for (auto const& member : plan::rows_of(row.members, plan_.settle_members))
        if (member.policy == policy.id)
          for (auto const each : {member.by, row.tie}) tree(each, around);
    }
  }

  void read_value(plan::CohortValue const& value) {
    auto const& cohort = plan_.cohorts[value.cohort.index];
    auto const read_at = [&](Around const& around) {
      tree(value.value, around);
      tree(value.where, around);
      tree(cohort.condition, around);
      for (auto const& key : plan::rows_of(cohort.keys, plan_.cohort_keys)) tree(key.value, around);
    };
    auto const step = plan_.columns[value.column.index].series;
    if (step == 0) return read_at(run_);
    std::set<std::int64_t> all = read_[value.column.index];
    auto const also = [&](plan::Ref<plan::Column> column) {
      if (column.has_value()) all.insert(read_[column.index].begin(), read_[column.index].end());
    };
    also(value.divisor);
    for (auto const& test : plan::rows_of(value.tests, plan_.place_tests)) also(test.column);
    read_[value.column.index] = all;
    for (auto const one : all) {
      auto around = run_;
      (step == 1 ? around.year : around.month) = one;
      read_at(around);
    }
  }

  plan::Explain node(plan::Ref<plan::Explain> ref) const { return plan_.explains[ref.index]; }
  plan::Ref<plan::Explain> child(plan::Explain const& of, std::uint32_t place) const {
    return plan_.explain_children[of.children.begin + place].node;
  }

  // A year or month expression.
  Period period(plan::Ref<plan::Explain> ref, Around const& around) const {
    auto const& of = node(ref);
    if (of.op == ExplainOp::ThisYear) return around.year;
    if (of.op == ExplainOp::ThisMonth) return around.month;
    if (of.op == ExplainOp::ApplicationYear) return run_.year;
    if (of.op == ExplainOp::Literal) return of.number;
    if (of.op == ExplainOp::Period)
      return of.depth < around.bound.size() ? around.bound[around.bound.size() - 1 - of.depth] : std::nullopt;
    if (of.op != ExplainOp::Offset) return std::nullopt;
    auto const from = period(child(of, 0), around);
    return from ? Period(*from + of.number) : std::nullopt;
  }

  void tree(plan::Ref<plan::Explain> ref, Around const& around) {
    if (!ref.has_value() || !seen_.emplace(ref.index, around).second) return;
    auto const& of = node(ref);
    if (of.op == ExplainOp::Definition) return definition(of, around);
    if (of.op == ExplainOp::Series && plan_.columns[of.column.index].computed == 1)
      if (auto const at = period(child(of, 0), around)) read_[of.column.index].insert(*at);
    if ((of.flags & plan::OverPeriods) != 0 && (of.flags & plan::HasFrom) != 0) return run_of_periods(of, around);
    for (std::uint32_t i = 0; i < of.children.count; ++i) tree(child(of, i), around);
  }

  void definition(plan::Explain const& of, Around const& around) {
    Around inner{around.year, around.month, {}};
    std::uint32_t next = 1;
    if ((of.flags & plan::HasYear) != 0) inner.year = period(child(of, next++), around);
    if ((of.flags & plan::HasMonth) != 0) inner.month = period(child(of, next++), around);
    tree(child(of, 0), inner);
  }

  void run_of_periods(plan::Explain const& of, Around const& around) {
    constexpr std::int64_t longest = 1200;
    auto const from = period(child(of, 0), around), to = period(child(of, 1), around);
    if (!from || !to || *to - *from > longest) return;
    auto inner = around;
    inner.bound.emplace_back();
    for (auto at = *from; at <= *to; ++at) {
      inner.bound.back() = at;
      for (std::uint32_t i = 2; i < of.children.count; ++i) tree(child(of, i), inner);
    }
  }

  plan::Plan const& plan_;
  Around run_;
  PeriodsRead read_;
  std::set<std::pair<std::uint32_t, Around>> seen_;
};

}  // namespace

PeriodsRead periods_read(plan::Plan const& plan, RunInputs const& inputs) {
  if (plan.cohort_values.empty()) return {};
  return Walk(plan, inputs).run();
}

}  // namespace huiyu::settle
