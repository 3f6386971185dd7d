#include "runtime/engine/atom_codes.h"

#include <algorithm>
#include <limits>

#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using genes::ValueSet;

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

std::optional<AtomValues> interval(BoundAtom const& bounds) {
  if (bounds.low.kind == EndKind::Undecided || bounds.high.kind == EndKind::Undecided) return std::nullopt;
  bool const has_low = bounds.low.kind == EndKind::Bound, has_high = bounds.high.kind == EndKind::Bound;
  auto const low = has_low ? bounds.low.narrow : least, high = has_high ? bounds.high.narrow : greatest;
  // A bound past 64 bits has been cut to the last integer; one beyond it on the wrong side excludes all.
  bool const none = (has_low && bounds.low.value > low) || (has_high && bounds.high.value < high) || low > high;
  AtomValues values;
  if (!none) values.yes.push_back({low, high});
  values.no = genes::complement(values.yes);
  return values;
}

ValueSet ids(plan::Plan const& plan, plan::Rows<plan::Interval> rows) {
  ValueSet set;
  for (auto const& one : plan::rows_of(rows, plan.intervals))
    if (one.low <= one.high && one.high >= 0) set.push_back({std::max<std::int64_t>(one.low, 0), one.high});
  return set;
}

// Those in the set, and those too coarse to tell, are apart: both are intervals that rise.
ValueSet united(ValueSet const& a, ValueSet const& b) {
  ValueSet all(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), all.begin(),
             [](genes::ValueInterval const& x, genes::ValueInterval const& y) { return x.low < y.low; });
  ValueSet joined;
  for (auto const& one : all) {
    if (!joined.empty() && one.low - 1 <= joined.back().high)  // ids are never below 0
      joined.back().high = std::max(joined.back().high, one.high);
    else
      joined.push_back(one);
  }
  return joined;
}

}  // namespace

std::optional<AtomValues> values_of(BoundPlan const& bound, plan::Ref<plan::Atom> ref) {
  auto const& plan = *bound.plan;
  auto const& atom = plan.atoms[ref.index];
  if (plan.columns[atom.column.index].width != 1) return std::nullopt;
  switch (atom.kind) {
    case plan::AtomKind::Interval: return interval(bound.atoms[ref.index]);
    case plan::AtomKind::Truth: return AtomValues{genes::complement({{0, 0}}), {{0, 0}}};
    case plan::AtomKind::ClassSet: {
      auto const& set = plan.class_sets[atom.classes.index];
      auto yes = united(ids(plan, set.certain), {});
      auto no = genes::complement(united(yes, ids(plan, set.possible)));
      return AtomValues{std::move(yes), std::move(no)};
    }
    case plan::AtomKind::Tag:
    case plan::AtomKind::TextIs:
    case plan::AtomKind::QuotientInterval: break;
  }
  return std::nullopt;
}

GeneCodes code_atoms(BoundPlan const& bound) {
  auto const& plan = *bound.plan;
  std::vector<std::vector<std::int64_t>> edges(plan.columns.size());
  std::vector<std::optional<AtomValues>> values(plan.atoms.size());
  std::vector<bool> is_read(plan.columns.size());
  for (std::uint32_t i = 0; i < plan.atoms.size(); ++i) {
    values[i] = values_of(bound, {i});
    if (!values[i]) continue;
    auto const column = plan.atoms[i].column.index;
    is_read[column] = true;
    genes::RankCodes::add_edges(values[i]->yes, edges[column]);
    genes::RankCodes::add_edges(values[i]->no, edges[column]);
  }
  GeneCodes codes;
  codes.columns.resize(plan.columns.size());
  for (std::size_t i = 0; i < plan.columns.size(); ++i)
    if (is_read[i]) codes.columns[i] = genes::RankCodes::of_edges(std::move(edges[i]));
  codes.atoms.resize(plan.atoms.size());
  for (std::size_t i = 0; i < plan.atoms.size(); ++i) {
    auto const& column = codes.columns[plan.atoms[i].column.index];
    if (!values[i] || !column) continue;
    codes.atoms[i] = {true, column->codes(values[i]->yes), column->codes(values[i]->no)};
  }
  return codes;
}

}  // namespace huiyu::engine
