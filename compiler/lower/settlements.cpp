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
  }
  return plan::SettleCut::None;
}

plan::SettleMember member_of(Lowerer& lowerer, tir::SettleMember const& member) {
  auto const& policy = lowerer.program().policies[member.policy];
  return {lowerer.tables().text(policy.id), 0, member.most_fen.value_or(std::numeric_limits<std::int64_t>::max())};
}

}  // namespace

void lower_settlement(Lowerer& lowerer, std::size_t index) {
  auto const& settle = lowerer.program().settles[index];
  plan::Settle row;
  row.name = lowerer.tables().text(settle.name);
  row.kind = kind_of(settle.kind);
  row.cut = cut_of(settle.cut);
  row.place = static_cast<std::uint32_t>(index);
  row.subject = lowerer.root(settle.subject);
  if (settle.each_year) row.flags |= plan::EachYear;
  if (settle.descending) row.flags |= plan::Descending;
  if (settle.share_again) row.flags |= plan::ShareAgain;
  Explainer nobody(lowerer, about_nobody(lowerer, settle.subject)), record(lowerer, about(lowerer, settle.subject, {}));
  row.limit = nobody.lower(settle.limit);
  row.each_most = nobody.lower(settle.each_most);
  row.unit = record.lower(settle.unit);
  row.by = record.lower(settle.by);
  std::vector<plan::SettleMember> members;
  for (auto const& member : settle.members) members.push_back(member_of(lowerer, member));
  lowerer.tables().settle(row, members);
}

void lower_selection(Lowerer& lowerer, tir::PolicyId id) {
  auto const& policy = lowerer.program().policies[id];
  if (!policy.selection) return;
  auto const& selection = *policy.selection;
  plan::Settle row;
  row.name = lowerer.tables().text(policy.name);
  row.kind = plan::SettleKind::Selection;
  row.subject = lowerer.root(policy.subject);
  if (selection.descending) row.flags |= plan::Descending;
  if (selection.at_least) row.flags |= plan::AtLeast;
  if (selection.tie_descending) row.flags |= plan::TieDescending;
  Explainer nobody(lowerer, about_nobody(lowerer, policy.subject)),
      record(lowerer, about(lowerer, policy.subject, policy.year));
  row.limit = nobody.lower(selection.count);
  row.by = record.lower(selection.by);
  row.tie = record.lower(selection.tie);
  plan::SettleMember const members[] = {member_of(lowerer, {id, std::nullopt})};
  lowerer.tables().settle(row, members);
}

}  // namespace huiyu::lower
