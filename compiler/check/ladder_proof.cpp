#include "compiler/check/ladder.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

// More rows than this are not compared pair by pair; real ladders have a few dozen.
constexpr std::size_t max_compared_rows = 400;

bool poisoned(Context const& context, std::vector<LadderRow> const& rows) {
  for (auto const& row : rows)
    if (is_poison(context, row.condition)) return true;
  return false;
}

// The first stretch between two bounds that were written: neither end is an end of what the subject can be.
std::optional<std::pair<tir::ExprId, Interval>> inner_gap(Context const& context, Terms const& open,
                                                          tir::ExprId subject) {
  if (!subject.has_value() || !open.complete) return std::nullopt;
  Interval const all = domain(context, subject);
  for (auto const& term : open.any) {
    if (term.size() != 1) continue;
    auto const& constraint = term.front();
    auto const* interval = std::get_if<Interval>(constraint.region.get());
    if (interval == nullptr || !interval->low || !interval->high) continue;
    bool const below = !all.low || *interval->low > *all.low, above = !all.high || *interval->high < *all.high;
    if (below && above) return std::pair(constraint.subject, *interval);
  }
  return std::nullopt;
}

// Whether the row begins (ends) at that point.
bool ends_at(Context const& context, LadderRow const& row, std::optional<BigRational> const& point, bool begins) {
  Terms const terms = ways(context, row.condition, true);
  for (auto const& term : terms.any)
    for (auto const& constraint : term)
      if (auto const* interval = std::get_if<Interval>(constraint.region.get()))
        if (auto const& end = begins ? interval->low : interval->high; end && point && *end == *point) return true;
  return false;
}

}  // namespace

tir::HitRule prove_apart(Context& context, std::vector<LadderRow> const& rows) {
  if (poisoned(context, rows) || rows.size() > max_compared_rows) return tir::HitRule::Unique;
  std::vector<Terms> holds;
  for (auto const& row : rows) holds.push_back(ways(context, row.condition, true));
  bool proved = true;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = i + 1; k < rows.size(); ++k) {
      Finding const found = finding(context, both(holds[i], holds[k]));
      if (found.verdict == Verdict::Impossible) continue;
      proved = false;
      if (found.verdict == Verdict::Possible && found.certain)
        context.diagnostics.add(rows[k].span, diag::RowsOverlap, found.witness)
            .label(rows[i].span, diag::note::AlsoHere)
            .add_help(diag::note::HitRuleHelp);
    }
  return proved ? tir::HitRule::Exclusive : tir::HitRule::Unique;
}

bool are_apart(Context const& context, std::vector<LadderRow> const& rows) {
  if (poisoned(context, rows) || rows.size() > max_compared_rows) return false;
  std::vector<Terms> holds;
  for (auto const& row : rows) holds.push_back(ways(context, row.condition, true));
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = i + 1; k < rows.size(); ++k)
      if (!exclude_each_other(holds[i], holds[k])) return false;
  return true;
}

void report_unreachable(Context& context, std::vector<LadderRow> const& rows) {
  if (poisoned(context, rows) || rows.size() > max_compared_rows) return;
  Terms left{{Term{}}, true};
  for (auto const& row : rows) {
    Terms const reached = both(left, ways(context, row.condition, true));
    if (!reached.complete) return;
    if (reached.any.empty()) {
      auto& diagnostic = context.diagnostics.add(row.span, diag::RowNeverReached, source_text(context, row.span));
      for (auto const& earlier : rows) {
        if (&earlier == &row) break;
        if (exclude_each_other(ways(context, row.condition, true), ways(context, earlier.condition, false)))
          diagnostic.label(earlier.span, diag::note::RowAbove);
      }
    }
    left = both(left, ways(context, row.condition, false));
    if (!left.complete) return;
  }
}

void find_gap(Context& context, tir::ExprId ladder, std::vector<LadderRow> const& rows, tir::ExprId subject,
              Span span) {
  if (poisoned(context, rows)) return;
  Terms open{{Term{}}, true};
  for (auto const& row : rows) {
    open = both(open, ways(context, row.condition, false));
    if (!open.complete) break;
  }
  Finding const found = finding(context, open);
  if (found.verdict == Verdict::Impossible) return;
  LadderGap gap{span, found.witness, {}, {}, {}};
  if (auto const inner = inner_gap(context, open, subject)) {
    gap.inner = example_text(context, inner->first, inner->second);
    for (auto const& row : rows) {
      if (ends_at(context, row, inner->second.low, false)) gap.below = row.span;
      if (ends_at(context, row, inner->second.high, true)) gap.above = row.span;
    }
  }
  context.gaps[ladder] = std::move(gap);
}

void require_total(Context& context, tir::ExprId value) {
  for (auto const id : tir::reachable(context.program, value)) {
    auto const gap = context.gaps.find(id);
    if (gap == context.gaps.end()) continue;
    auto& diagnostic = gap->second.witness.empty()
                           ? context.diagnostics.add(gap->second.span, diag::GapNotExcluded)
                           : context.diagnostics.add(gap->second.span, diag::GapInDefinition, gap->second.witness);
    diagnostic.add_help(diag::note::AddOtherwise);
  }
}

void warn_of_inner_gaps(Context& context, tir::ExprId value) {
  for (auto const id : tir::reachable(context.program, value)) {
    auto const gap = context.gaps.find(id);
    if (gap == context.gaps.end() || gap->second.inner.empty()) continue;
    auto& diagnostic = context.diagnostics.add(gap->second.span, diag::GapBetweenRows, gap->second.inner);
    if (gap->second.below) diagnostic.label(*gap->second.below, diag::note::RowBelow);
    if (gap->second.above) diagnostic.label(*gap->second.above, diag::note::RowAbove);
  }
}

}  // namespace huiyu::check
