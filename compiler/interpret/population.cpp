#include "compiler/interpret/population.h"

#include <algorithm>
#include <limits>

#include "compiler/interpret/interpret.h"
#include "runtime/base/civil.h"
#include "runtime/columns/builder.h"

namespace huiyu::interpret {
namespace {

void lack(Names& names, Answer const& answer, std::string const& cohort) {
  if (answer.missing()) names.insert(answer.facts.begin(), answer.facts.end());
  if (answer.error()) names.insert(cohort);
}

bool same_kind_of_step(tir::Field const& field, tir::SeriesStep step) {
  return field.series == step && !field.computed;
}

}  // namespace

bool Population::idle() const {
  for (auto const& value : program_.cohort_values)
    if (program_.cohorts[value.cohort].subject == subject_) return false;
  return true;
}

void Population::add(columns::Batch& batch, std::vector<std::string> const& keys, RunInputs const& inputs) {
  for (std::int64_t row = 0; row < batch.row_count; ++row)
    people_.push_back({&batch, row, keys[static_cast<std::size_t>(row)], &inputs});
}

void Population::compute() {
  if (people_.empty()) return;
  for (auto const& value : program_.cohort_values)
    if (program_.cohorts[value.cohort].subject == subject_) compute(value);
}

// All that data speak of, and from six years back to one ahead: more than any rule asks for.
std::vector<std::int32_t> Population::periods(tir::SeriesStep step) const {
  Evaluator const evaluator(program_, *people_.front().inputs);
  bool const years = step == tir::SeriesStep::Yearly;
  std::int32_t const now = years ? std::get<tir::YearValue>(evaluator.application_year().value).year
                                 : std::get<tir::MonthValue>(evaluator.month_of_as_of().value).month;
  std::int32_t first = now - (years ? 6 : 36), last = now + (years ? 1 : 12);
  auto const& fields = program_.schemas[subject_].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!same_kind_of_step(program_.fields[fields[i]], step)) continue;
    for (auto const& who : people_) {
      auto const& column = who.batch->columns[i];
      if (!column.present(who.row)) continue;
      auto const row = static_cast<std::size_t>(who.row);
      for (auto item = column.starts[row]; item < column.starts[row + 1]; ++item) {
        first = std::min(first, static_cast<std::int32_t>(column.items->columns[0].at(item)));
        last = std::max(last, static_cast<std::int32_t>(column.items->columns[0].at(item)));
      }
    }
  }
  std::vector<std::int32_t> all;
  for (auto period = first; period <= last; ++period) all.push_back(period);
  return all;
}

Population::Member Population::member(tir::CohortValue const& value, Someone const& who,
                                      std::optional<std::int32_t> period) const {
  auto const& cohort = program_.cohorts[value.cohort];
  Evaluator evaluator(program_, *who.inputs);
  auto frame = evaluator.frame_of(*who.batch, who.row);
  if (period && program_.fields[value.field].series == tir::SeriesStep::Yearly)
    frame.this_year = Answer::of(tir::YearValue{*period});
  else if (period)
    frame.this_month = Answer::of(tir::MonthValue{*period});
  auto const ask = [&](tir::ExprId expr) {
    return expr.has_value() ? evaluator.evaluate(expr, frame) : Answer::of(true);
  };
  Member member{ask(cohort.condition), ask(value.where), {}, {}, {}, {}};
  for (auto const key : cohort.by) {
    member.keys.push_back(ask(key));
    lack(member.lacks_keys, member.keys.back(), cohort.name);
  }
  member.value = member.meant.is(false) ? Answer() : ask(value.value);
  lack(member.lacks, member.joins, cohort.name);
  lack(member.lacks, member.meant, cohort.name);
  lack(member.lacks, member.value, cohort.name);
  member.lacks.insert(member.lacks_keys.begin(), member.lacks_keys.end());
  return member;
}

Population::Relation Population::relation(Member const& a, Member const& b) {
  auto found = Relation::Beside;
  for (std::size_t i = 0; i < a.keys.size(); ++i) {
    if (!a.keys[i].known() || !b.keys[i].known())
      found = Relation::Unclear;
    else if (a.keys[i].value != b.keys[i].value)
      return Relation::Apart;
  }
  return found;
}

Names Population::facts_of(std::size_t who, Member const& member) const {
  Names names;
  for (auto const& fact : member.lacks) names.insert(people_[who].key + "." + fact);
  return names;
}

// Equal values share the better place. Whoever is not sure to count, or lacks his value, may stand anywhere that is
// left.
std::vector<Population::Cells> Population::rank(tir::CohortValue const& value,
                                                std::vector<Member> const& members) const {
  auto const& cohort = program_.cohorts[value.cohort];
  std::vector<Cells> cells(1 + value.tests.size(), Cells(members.size()));
  for (std::size_t r = 0; r < members.size(); ++r) {
    auto const& self = members[r];
    auto const all_wait = [&](Names const& names) {
      for (auto& one : cells) one[r].facts = names;
    };
    if (self.joins.is(false)) {
      all_wait({cohort.name + ".不参评"});
      continue;
    }
    if (!self.joins.known() || !self.value.known() || !self.lacks_keys.empty()) {
      all_wait(self.lacks);
      continue;
    }
    auto const ahead = [&](Member const& other) {
      return value.descending ? ranks_below(self.value.value, other.value.value)
                              : ranks_below(other.value.value, self.value.value);
    };
    std::int64_t place = 1, count = 1, may_be_ahead = 0, may_be_behind = 0;
    Names waits;
    for (std::size_t u = 0; u < members.size(); ++u) {
      auto const& other = members[u];
      auto const related = relation(self, other);
      if (u == r || other.joins.is(false) || related == Relation::Apart) continue;
      if (other.joins.known() && related == Relation::Beside && other.value.known()) {
        ++count;
        if (ahead(other)) ++place;
        continue;
      }
      if (cohort.skips_missing) continue;
      auto const facts = facts_of(u, other);
      waits.insert(facts.begin(), facts.end());
      if (!other.value.known()) {
        ++may_be_ahead;
        ++may_be_behind;
      } else {
        ++(ahead(other) ? may_be_ahead : may_be_behind);
      }
    }
    if (may_be_ahead == 0)
      cells[0][r].value = place;
    else
      cells[0][r].facts = waits;
    for (std::size_t t = 0; t < value.tests.size(); ++t) {
      auto const& test = value.tests[t];
      // The worst and the best that it can come to.
      std::int64_t const worst = place + may_be_ahead;
      bool surely = BigRational(place) >= test.low && BigRational(worst) <= test.high;
      bool never = BigRational(worst) < test.low || BigRational(place) > test.high;
      if (test.share) {
        surely = BigRational(worst, count + may_be_ahead) <= test.high;
        never = BigRational(place, count + may_be_behind) > test.high;
      }
      if (surely || never)
        cells[t + 1][r].value = surely ? 1 : 0;
      else
        cells[t + 1][r].facts = waits;
    }
  }
  return cells;
}

Population::Cell Population::stored(tir::FieldId id, BigInt const& value) const {
  auto const& field = program_.fields[id];
  if (value >= field.format.low && value <= field.format.high) return {value, {}};
  return {std::nullopt, {field.name}};
}

std::optional<BigRational> statistic_of(tir::CohortOp op, std::vector<BigRational> values) {
  std::sort(values.begin(), values.end());
  BigRational sum = 0;
  for (auto const& one : values) sum += one;
  auto const count = values.size();
  switch (op) {
    case tir::CohortOp::Rank:
    case tir::CohortOp::Count:
    case tir::CohortOp::Sum: return sum;
    case tir::CohortOp::Mean: return count == 0 ? std::nullopt : std::optional<BigRational>(sum / BigRational(count));
    case tir::CohortOp::Largest: return count == 0 ? std::nullopt : std::optional(values.back());
    case tir::CohortOp::Smallest: return count == 0 ? std::nullopt : std::optional(values.front());
    case tir::CohortOp::Median: break;
  }
  if (count == 0) return std::nullopt;
  return BigRational((values[(count - 1) / 2] + values[count / 2]) / 2);
}

std::vector<Population::Cells> Population::statistic(tir::CohortValue const& value,
                                                     std::vector<Member> const& members) const {
  bool const skips = program_.cohorts[value.cohort].skips_missing;
  std::vector<Cells> cells(value.divisor.has_value() ? 2 : 1, Cells(members.size()));
  for (std::size_t r = 0; r < members.size(); ++r) {
    if (!members[r].lacks_keys.empty()) {
      for (auto& one : cells) one[r].facts = members[r].lacks_keys;
      continue;
    }
    std::vector<BigRational> values;
    Names waits;
    for (std::size_t u = 0; u < members.size(); ++u) {
      auto const& other = members[u];
      auto const related = relation(members[r], other);
      if (other.joins.is(false) || other.meant.is(false) || related == Relation::Apart) continue;
      if (related == Relation::Beside && other.joins.known() && other.meant.known() && other.value.known()) {
        values.push_back(value.op == tir::CohortOp::Count ? BigRational(1) : number(other.value));
      } else if (!skips) {
        auto const facts = facts_of(u, other);
        waits.insert(facts.begin(), facts.end());
      }
    }
    if (!waits.empty()) {
      for (auto& one : cells) one[r].facts = waits;
      continue;
    }
    auto const found = statistic_of(value.op, std::move(values));
    bool const nobody = !found;
    BigRational result = found.value_or(BigRational(0));
    for (int i = 0; i < program_.fields[value.field].format.scale; ++i) result *= 10;
    cells[0][r] = stored(value.field, BigInt(numerator(result)));
    if (value.divisor.has_value())
      cells[1][r] = stored(value.divisor, nobody ? BigInt(0) : BigInt(denominator(result)));
  }
  return cells;
}

void Population::compute(tir::CohortValue const& value) {
  auto const step = program_.fields[value.field].series;
  auto const all = step == tir::SeriesStep::None ? std::vector<std::int32_t>{0} : periods(step);
  std::vector<tir::FieldId> fields{value.field};
  if (value.divisor.has_value()) fields.push_back(value.divisor);
  for (auto const& test : value.tests) fields.push_back(test.field);
  std::vector<std::vector<Cells>> by_field(fields.size());
  for (auto const period : all) {
    std::vector<Member> members;
    for (auto const& who : people_)
      members.push_back(member(value, who, step == tir::SeriesStep::None ? std::nullopt : std::optional(period)));
    auto found = value.op == tir::CohortOp::Rank ? rank(value, members) : statistic(value, members);
    for (std::size_t i = 0; i < fields.size(); ++i) by_field[i].push_back(std::move(found[i]));
  }
  for (std::size_t i = 0; i < fields.size(); ++i) fill(fields[i], all, by_field[i]);
}

void Population::fill(tir::FieldId id, std::vector<std::int32_t> const& periods, std::vector<Cells> const& cells) {
  bool const series = program_.fields[id].series != tir::SeriesStep::None;
  auto const& own = program_.schemas[subject_].fields;
  auto const place = static_cast<std::size_t>(std::find(own.begin(), own.end(), id) - own.begin());
  for (std::size_t first = 0; first < people_.size();) {
    auto& batch = *people_[first].batch;
    columns::ColumnBuilder builder(layout_of(program_, subject_).fields[place]);
    columns::Reasons reasons;
    auto& values = series ? builder.items()[1] : builder;
    for (std::int64_t row = 0; row < batch.row_count; ++row, ++first) {
      for (std::size_t p = 0; p < periods.size(); ++p) {
        auto const& cell = cells[p][first];
        if (series) builder.items()[0].add(periods[p]);
        if (cell.value)
          values.add(static_cast<std::int64_t>(*cell.value));
        else
          values.add_missing();
        reasons.facts.emplace_back(cell.facts.begin(), cell.facts.end());
        reasons.of_row.push_back(cell.value ? 0 : static_cast<std::uint32_t>(reasons.facts.size()));
      }
      if (series) builder.add_items(static_cast<std::int64_t>(periods.size()));
    }
    auto& column = batch.columns[place];
    column = builder.finish();
    (series ? column.items->columns[1] : column).reasons = std::make_shared<columns::Reasons const>(std::move(reasons));
  }
}

}  // namespace huiyu::interpret
