#include "compiler/lower/settlements.h"

#include <limits>

#include "compiler/lower/explainer.h"

namespace huiyu::lower {
namespace {

Place about_nobody(Lowerer& lowerer, SchemaId subject) {
  Place place;
  place.host = lowerer.root(subject);
  return place;
}

Place about(Lowerer& lowerer, SchemaId subject, tir::ExprId year) {
  Place place;
  place.records = {{tir::BindingId{0}, lowerer.root(subject)}};
  if (year.has_value()) place.year = lowerer.period_term(year, place);
  return place;
}

plan::SettleKind kind_of(tir::SettleKind kind) {
  switch (kind) {
    case tir::SettleKind::HighestOnly: return plan::SettleKind::HighestOnly;
    case tir::SettleKind::OneOnly: return plan::SettleKind::OneOnly;
    case tir::SettleKind::TopUp: return plan::SettleKind::TopUp;
    case tir::SettleKind::Cap: return plan::SettleKind::Cap;
    case tir::SettleKind::Budget: return plan::SettleKind::Budget;
  }
  return plan::SettleKind::Cap;
}

plan::SettleCut cut_of(tir::SettleCut cut) {
  switch (cut) {
    case tir::SettleCut::None: return plan::SettleCut::None;
    case tir::SettleCut::Proportionally: return plan::SettleCut::Proportionally;
    case tir::SettleCut::InMemberOrder: return plan::SettleCut::InMemberOrder;
    case tir::SettleCut::Ranked: return plan::SettleCut::Ranked;
    case tir::SettleCut::Weighted: return plan::SettleCut::Weighted;
  }
  return plan::SettleCut::None;
}

// `year`: what 本年 is in what it goes by; none: 申报年度.
plan::SettleMember member_of(Lowerer& lowerer, tir::SettleMember const& member, tir::ExprId year) {
  auto const& policy = lowerer.program().policies[member.policy];
  Explainer record(lowerer, about(lowerer, policy.subject, year));
  plan::SettleMember row;
  row.policy = lowerer.tables().text(policy.id);
  row.unit = record.lower(member.unit);
  row.by = record.lower(member.by);
  row.most_fen = member.most_fen.value_or(std::numeric_limits<std::int64_t>::max());
  return row;
}

plan::SettleStage stage_of(Lowerer& lowerer, tir::SettleStage const& stage) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return {lowerer.tables().text(stage.name), 0, to_int64(BigInt(numerator(stage.share))).value_or(most),
          to_int64(BigInt(denominator(stage.share))).value_or(most)};
}

plan::CohortOp op_of(tir::CohortOp op) {
  switch (op) {
    case tir::CohortOp::Rank: return plan::CohortOp::Rank;
    case tir::CohortOp::Sum: return plan::CohortOp::Sum;
    case tir::CohortOp::Count: return plan::CohortOp::Count;
    case tir::CohortOp::Mean: return plan::CohortOp::Mean;
    case tir::CohortOp::Largest: return plan::CohortOp::Largest;
    case tir::CohortOp::Smallest: return plan::CohortOp::Smallest;
    case tir::CohortOp::Median: return plan::CohortOp::Median;
  }
  return plan::CohortOp::Rank;
}

// The bound of a share has as many decimals as it was written with; places are whole.
plan::PlaceTest test_of(Lowerer& lowerer, plan::Ref<plan::Relation> root, tir::PlaceTest const& test) {
  plan::PlaceTest row;
  row.column = lowerer.field(root, test.field);
  row.share = test.share ? 1 : 0;
  BigRational high = test.high;
  for (; denominator(high) != 1 && row.scale < 18; ++row.scale) high *= 10;
  row.low = to_int64(BigInt(numerator(test.low))).value_or(std::numeric_limits<std::int64_t>::max());
  row.high = to_int64(BigInt(numerator(high))).value_or(std::numeric_limits<std::int64_t>::max());
  return row;
}

}  // namespace

void lower_cohorts(Lowerer& lowerer) {
  auto const& program = lowerer.program();
  std::vector<plan::Ref<plan::Cohort>> cohorts;
  for (auto const& cohort : program.cohorts) {
    Explainer record(lowerer, about(lowerer, cohort.subject, {}));
    plan::Cohort row;
    row.name = lowerer.tables().text(cohort.name);
    row.subject = lowerer.root(cohort.subject);
    row.condition = record.lower(cohort.condition);
    row.missing = cohort.skips_missing ? plan::CohortMissing::Skip : plan::CohortMissing::Pending;
    row.complete = cohort.complete ? 1 : 0;
    std::vector<plan::CohortKey> keys;
    for (auto const key : cohort.by) keys.push_back({record.lower(key)});
    cohorts.push_back(lowerer.tables().cohort(row, keys));
  }
  std::uint32_t place = 0;
  for (auto const& value : program.cohort_values) {
    auto const& cohort = program.cohorts[value.cohort];
    auto const root = lowerer.root(cohort.subject);
    Explainer record(lowerer, about(lowerer, cohort.subject, {}));
    plan::CohortValue row;
    row.cohort = cohorts[static_cast<std::size_t>(value.cohort.index)];
    row.place = place++;
    row.op = op_of(value.op);
    row.descending = value.descending ? 1 : 0;
    if (value.value.has_value()) row.kind = value_kind(program, lowerer.expr(value.value).type);
    row.value = record.lower(value.value);
    row.where = record.lower(value.where);
    row.column = lowerer.field(root, value.field);
    if (value.divisor.has_value()) row.divisor = lowerer.field(root, value.divisor);
    std::vector<plan::PlaceTest> tests;
    for (auto const& test : value.tests) tests.push_back(test_of(lowerer, root, test));
    lowerer.tables().cohort_value(row, tests);
  }
}

void lower_tallies(Lowerer& lowerer) {
  auto const& program = lowerer.program();
  std::vector<plan::Ref<plan::Tally>> tallies;
  std::vector<Place> places;  // of each: the record, and the row of its list
  for (auto const& tally : program.tallies) {
    auto place = about(lowerer, tally.source, {});
    plan::Tally row;
    row.name = lowerer.tables().text(program.schemas[tally.schema].name);
    row.subject = lowerer.root(tally.schema);
    row.source = lowerer.root(tally.source);
    if (tally.list.has_value()) {
      row.list = lowerer.field(row.source, tally.list);
      place.records.push_back({tir::BindingId{1}, lowerer.column(row.list).items});
    }
    Explainer rows(lowerer, place);
    std::vector<plan::TallyKey> keys;
    for (auto const& key : tally.keys) keys.push_back({lowerer.field(row.subject, key.field), rows.lower(key.value)});
    tallies.push_back(lowerer.tables().tally(row, keys));
    places.push_back(std::move(place));
  }
  for (auto const& value : program.tally_values) {
    auto const at = static_cast<std::size_t>(value.tally.index);
    auto const root = lowerer.root(program.tallies[value.tally].schema);
    Explainer rows(lowerer, places[at]);
    plan::TallyValue row;
    row.tally = tallies[at];
    row.op = op_of(value.op);
    row.each_record = value.each_record ? 1 : 0;
    row.value = rows.lower(value.value);
    row.where = rows.lower(value.where);
    row.column = lowerer.field(root, value.field);
    if (value.divisor.has_value()) row.divisor = lowerer.field(root, value.divisor);
    std::vector<plan::TallyTerm> distinct;
    for (auto const id : value.distinct) distinct.push_back({rows.lower(id)});
    lowerer.tables().tally_value(row, distinct);
  }
}

void lower_settlement(Lowerer& lowerer, std::size_t index) {
  auto const& settle = lowerer.program().settles[index];
  plan::Settle row;
  row.name = lowerer.tables().text(settle.name);
  row.kind = kind_of(settle.kind);
  row.cut = cut_of(settle.cut);
  row.place = static_cast<std::uint32_t>(index);
  if (settle.each_year) row.flags |= plan::EachYear;
  if (settle.descending) row.flags |= plan::Descending;
  if (settle.share_again) row.flags |= plan::ShareAgain;
  // Where members are about several 结构 nothing is asked of the record that all have in common.
  auto const subject = lowerer.program().policies[settle.members.front().policy].subject;
  Explainer nobody(lowerer, about_nobody(lowerer, subject)), record(lowerer, about(lowerer, subject, {}));
  row.limit = nobody.lower(settle.limit);
  row.each_most = nobody.lower(settle.each_most);
  row.paid = record.lower(settle.paid);
  std::vector<plan::SettleMember> members;
  for (auto const& member : settle.members) members.push_back(member_of(lowerer, member, {}));
  if (settle.cut == tir::SettleCut::Weighted)
    row.most_weight = settle.most_weight.value_or(std::numeric_limits<std::int64_t>::max());
  std::vector<plan::SettleStage> stages;
  for (auto const& stage : settle.stages) stages.push_back(stage_of(lowerer, stage));
  lowerer.tables().settle(row, members, stages);
}

void lower_selection(Lowerer& lowerer, tir::PolicyId id) {
  auto const& policy = lowerer.program().policies[id];
  if (!policy.selection) return;
  auto const& selection = *policy.selection;
  plan::Settle row;
  row.name = lowerer.tables().text(policy.name);
  row.kind = plan::SettleKind::Selection;
  if (selection.descending) row.flags |= plan::Descending;
  if (selection.at_least) row.flags |= plan::AtLeast;
  if (selection.tie_descending) row.flags |= plan::TieDescending;
  Explainer nobody(lowerer, about_nobody(lowerer, policy.subject)),
      record(lowerer, about(lowerer, policy.subject, policy.year));
  row.limit = nobody.lower(selection.count);
  row.tie = record.lower(selection.tie);
  plan::SettleMember const members[] = {member_of(lowerer, {id, std::nullopt, {}, selection.by}, policy.year)};
  lowerer.tables().settle(row, members, {});
}

}  // namespace huiyu::lower
