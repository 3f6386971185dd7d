#include "runtime/settle/cohorts.h"

#include <algorithm>
#include <map>
#include <set>

#include "runtime/columns/builder.h"
#include "runtime/explain/evaluate.h"
#include "runtime/plan/rows.h"
#include "runtime/settle/cohort_group.h"
#include "runtime/settle/tree_values.h"

namespace huiyu::settle {

Cohorts::Cohorts(plan::Plan const& plan, plan::Ref<plan::Relation> subject) : plan_(plan) {
  for (auto const& row : plan.cohort_values)
    if (plan.cohorts[row.cohort.index].subject == subject) values_.push_back(&row);
  std::ranges::stable_sort(values_, {}, [](plan::CohortValue const* row) { return row->place; });
}

void Cohorts::add(columns::Batch& batch, std::vector<std::string> keys, explain::Places const& places,
                  RunInputs const& inputs) {
  if (idle()) return;
  auto const subject = plan_.cohorts[values_.front()->cohort.index].subject;
  record_count_ += keys.size();
  parts_.push_back({&batch, std::move(keys), &places, &inputs, explain::make_layout(plan_, places, subject)});
}

void Cohorts::compute() {
  if (idle() || parts_.empty()) return;
  periods_ = periods_read(plan_, *parts_.front().inputs);
  for (auto const* value : values_) compute(*value);
}

void Cohorts::compute(plan::CohortValue const& value) {
  std::vector<Made> made{{value.column, {}}};
  if (value.divisor.has_value()) made.push_back({value.divisor, {}});
  for (auto const& test : plan::rows_of(value.tests, plan_.place_tests)) made.push_back({test.column, {}});
  facts_.clear();
  bool const series = plan_.columns[value.column.index].series != 0;
  auto const& wanted = periods_[value.column.index];
  std::vector<std::int64_t> const periods(wanted.begin(), wanted.end());
  bool const pending = plan_.cohorts[value.cohort.index].missing == plan::CohortMissing::Pending;
  for (std::size_t i = 0; i < (series ? periods.size() : 1); ++i) {
    auto all = members(value, series ? std::optional(periods[i]) : std::nullopt);
    auto const found = groups(all, pending);
    for (auto& one : made) one.cells.emplace_back(record_count_);
    if (value.op == plan::CohortOp::Rank)
      rank(value, all, found, made);
    else
      statistic(value, all, found, made);
  }
  for (auto const& one : made) fill(one, periods);
}

std::vector<Cohorts::Member> Cohorts::members(plan::CohortValue const& value,
                                              std::optional<std::int64_t> period) const {
  std::vector<Member> all;
  all.reserve(record_count_);
  for (auto const& part : parts_)
    for (std::int64_t row = 0; row < part.batch->row_count; ++row) all.push_back(member(value, period, part, row));
  return all;
}

Cohorts::Member Cohorts::member(plan::CohortValue const& value, std::optional<std::int64_t> period, Part const& part,
                                std::int64_t row) const {
  auto const& cohort = plan_.cohorts[value.cohort.index];
  std::string const name(plan_.text(cohort.name));
  explain::Record const record{plan_, *part.places, *part.inputs, *part.batch, row};
  explain::Evaluator evaluator(record);
  if (period) evaluator.set_period(plan_.columns[value.column.index].series == 2, *period);
  Member member;
  std::set<std::string> lacks, place;
  auto const ask = [&](plan::Ref<plan::Explain> tree, std::set<std::string>& facts) {
    auto const finding = evaluator.evaluate(tree);
    auto const& found = evaluator.value(finding);
    if (!found.known()) add_facts(record, evaluator, finding, name, facts);
    return found;
  };
  bool joins = true;
  if (cohort.condition.has_value()) {
    auto const holds = ask(cohort.condition, lacks);
    member.out = holds.state == explain::State::False;
    joins = holds.state == explain::State::True;
  }
  for (auto const& key : plan::rows_of(cohort.keys, plan_.cohort_keys)) {
    auto const found = ask(key.value, place);
    member.keys.push_back(found.known() ? std::optional(text_of(found)) : std::nullopt);
    member.unplaced = member.unplaced || !found.known();
  }
  if (value.op != plan::CohortOp::Rank && member.unplaced) member.own = {place.begin(), place.end()};
  if (member.out) {
    if (value.op == plan::CohortOp::Rank) member.own = {name + ".不参评"};
    return member;
  }
  lacks.insert(place.begin(), place.end());
  bool meant = true;
  if (value.where.has_value()) {
    auto const holds = ask(value.where, lacks);
    member.aside = holds.state == explain::State::False;
    meant = holds.state == explain::State::True;
  }
  if (value.value.has_value() && !member.aside) member.value = ask(value.value, lacks);
  bool const known = !value.value.has_value() || member.value.known();
  member.sure = joins && !member.unplaced && meant;
  member.counts = member.sure && known;
  if (value.op == plan::CohortOp::Rank && !member.counts) member.own = {lacks.begin(), lacks.end()};
  auto const& key = part.keys[static_cast<std::size_t>(row)];
  for (auto const& fact : lacks) member.facts.push_back(key + "." + fact);
  return member;
}

std::uint32_t Cohorts::facts(std::vector<std::string> names) {
  facts_.push_back(std::move(names));
  return static_cast<std::uint32_t>(facts_.size());
}

Cohorts::Cell Cohorts::stored(plan::Ref<plan::Column> ref, BigInt const& value) {
  auto const& column = plan_.columns[ref.index];
  auto const whole = to_int64(value);
  if (whole && (column.kind != plan::ValueKind::Number || (*whole >= column.low && *whole <= column.high)))
    return {true, *whole, 0};
  return {false, 0, facts({std::string(plan_.text(column.name))})};
}

// A group is known by its keys; of those that lack one of them each group has a copy.
std::vector<Cohorts::Group> Cohorts::groups(std::vector<Member>& members, bool pending) const {
  std::map<std::vector<std::optional<std::string>>, std::uint32_t> places;
  std::vector<Group> all;
  for (auto& member : members) {
    if (member.unplaced) continue;
    auto const [place, fresh] = places.emplace(member.keys, static_cast<std::uint32_t>(all.size()));
    if (fresh) all.emplace_back();
    member.group = place->second;
    if (member.out || member.aside) continue;
    if (member.counts)
      all[member.group].counting.push_back(&member);
    else if (pending)
      all[member.group].open.push_back(&member);
  }
  for (auto const& member : members) {
    if (!pending || !member.unplaced || member.out || member.aside) continue;
    for (auto const& [keys, place] : places) {
      bool fits = true;
      for (std::size_t i = 0; i < keys.size(); ++i) fits = fits && (!member.keys[i] || member.keys[i] == keys[i]);
      if (fits) all[place].open.push_back(&member);
    }
  }
  for (auto& group : all) {
    std::set<std::string> facts;
    for (auto const* member : group.open) facts.insert(member->facts.begin(), member->facts.end());
    group.facts.assign(facts.begin(), facts.end());
  }
  return all;
}

namespace {

// Places within one group.
struct Places {
  std::int64_t low = 0, high = 0;              // of the place
  std::int64_t low_count = 0, high_count = 0;  // how many count where the share is least, and greatest
};

enum class Verdict : std::uint8_t { No, Yes, Open };

Verdict verdict_of(plan::PlaceTest const& test, Places const& places) {
  if (test.share == 0) {
    if (places.low >= test.low && places.high <= test.high) return Verdict::Yes;
    return places.high < test.low || places.low > test.high ? Verdict::No : Verdict::Open;
  }
  auto const bound = explain::scaled(test.high, test.scale).big();
  if (BigRational(places.high) <= bound * places.high_count) return Verdict::Yes;
  return BigRational(places.low) > bound * places.low_count ? Verdict::No : Verdict::Open;
}

}  // namespace

void Cohorts::rank(plan::CohortValue const& value, std::vector<Member> const& members, std::vector<Group> const& groups,
                   std::vector<Made>& made) {
  auto const tests = plan::rows_of(value.tests, plan_.place_tests);
  auto const before = [&](Member const* a, Member const* b) {
    return value.descending != 0 ? explain::ranks_below(value.kind, b->value, a->value)
                                 : explain::ranks_below(value.kind, a->value, b->value);
  };
  auto const write = [&](std::size_t record, Places const& places, std::uint32_t open) {
    made[0].cells.back()[record] = places.low == places.high ? Cell{true, places.low, 0} : Cell{false, 0, open};
    for (std::size_t t = 0; t < tests.size(); ++t) {
      auto const verdict = verdict_of(tests[t], places);
      made[t + 1].cells.back()[record] =
          verdict == Verdict::Open ? Cell{false, 0, open} : Cell{true, verdict == Verdict::Yes ? 1 : 0, 0};
    }
  };
  for (auto const& group : groups) {
    auto order = group.counting;
    std::ranges::stable_sort(order, before);
    // Of the undecided those whose value is known: they may count or not, but where is known.
    std::vector<Member const*> placed;
    for (auto const* member : group.open)
      if (member->value.known()) placed.push_back(member);
    std::ranges::stable_sort(placed, before);
    auto const anywhere = static_cast<std::int64_t>(group.open.size() - placed.size());
    auto const count = static_cast<std::int64_t>(order.size());
    auto const open = group.facts.empty() ? 0U : facts(group.facts);
    std::int64_t place = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i > 0 && before(order[i - 1], order[i])) place = static_cast<std::int64_t>(i) + 1;
      auto const ahead = std::ranges::lower_bound(placed, order[i], before) - placed.begin();
      auto const all_open = static_cast<std::int64_t>(group.open.size());
      Places const places{place, place + anywhere + ahead, count + all_open - ahead, count + anywhere + ahead};
      write(static_cast<std::size_t>(order[i] - members.data()), places, open);
    }
  }
  for (std::size_t record = 0; record < members.size(); ++record) {
    if (members[record].counts) continue;
    auto const own = facts(members[record].own);
    for (auto& one : made) one.cells.back()[record] = {false, 0, own};
  }
}

void Cohorts::statistic(plan::CohortValue const& value, std::vector<Member> const& members,
                        std::vector<Group> const& groups, std::vector<Made>& made) {
  struct Result {
    Cell whole, divisor;
  };
  std::vector<Result> of_group;
  auto const& column = plan_.columns[value.column.index];
  for (auto const& group : groups) {
    Result result;
    if (!group.open.empty()) {
      result.whole.facts = result.divisor.facts = facts(group.facts);
    } else {
      std::vector<BigRational> values;
      for (auto const* member : group.counting) values.push_back(member->value.number.big());
      auto const found = statistic_of(value.op, std::move(values));
      BigRational scaled = found.value_or(BigRational(0));
      for (int i = 0; i < column.scale; ++i) scaled *= 10;
      result.whole = stored(value.column, BigInt(numerator(scaled)));
      if (value.divisor.has_value())
        result.divisor = stored(value.divisor, found ? BigInt(denominator(scaled)) : BigInt(0));
    }
    of_group.push_back(result);
  }
  for (std::size_t record = 0; record < members.size(); ++record) {
    auto const& member = members[record];
    auto const own = member.unplaced ? facts(member.own) : 0U;
    made[0].cells.back()[record] = member.unplaced ? Cell{false, 0, own} : of_group[member.group].whole;
    if (made.size() > 1)
      made[1].cells.back()[record] = member.unplaced ? Cell{false, 0, own} : of_group[member.group].divisor;
  }
}

// The column of each batch, with what its missing cells wait for.
void Cohorts::fill(Made const& made, std::vector<std::int64_t> const& periods) {
  bool const series = plan_.columns[made.column.index].series != 0;
  std::size_t first = 0;
  for (auto const& part : parts_) {
    auto const place = static_cast<std::size_t>(part.places->of_column[made.column.index]);
    columns::ColumnBuilder builder(part.layout.fields[place]);
    auto reasons = std::make_shared<columns::Reasons>();
    reasons->facts = facts_;
    auto& values = series ? builder.items()[1] : builder;
    auto const rows = static_cast<std::size_t>(part.batch->row_count);
    for (std::size_t record = first; record < first + rows; ++record) {
      for (std::size_t i = 0; i < made.cells.size(); ++i) {
        auto const& cell = made.cells[i][record];
        if (series) builder.items()[0].add(periods[i]);
        cell.known ? values.add(cell.value) : values.add_missing();
        reasons->of_row.push_back(cell.facts);
      }
      if (series) builder.add_items(static_cast<std::int64_t>(made.cells.size()));
    }
    first += rows;
    auto& column = part.batch->columns[place];
    column = builder.finish();
    (series ? column.items->columns[1] : column).reasons = std::move(reasons);
  }
}

}  // namespace huiyu::settle
