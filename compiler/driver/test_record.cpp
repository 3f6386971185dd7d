#include "compiler/driver/test_record.h"

#include <algorithm>
#include <map>

#include "compiler/base/match.h"
#include "compiler/interpret/interpret.h"
#include "runtime/base/check.h"
#include "runtime/base/civil.h"
#include "runtime/columns/builder.h"

namespace huiyu::driver {

namespace {

using columns::ColumnBuilder;
using columns::FieldLayout;

// The integer that is stored; the checker has made sure that it is one, and in range.
std::int64_t stored(BigRational value, int scale) {
  for (int i = 0; i < scale; ++i) value *= 10;
  auto const whole = to_int64(BigInt(numerator(value)));
  HUIYU_CHECK(denominator(value) == 1 && whole.has_value(), "a given number that its type cannot hold");
  return *whole;
}

void add_scalar(ColumnBuilder& column, std::optional<tir::Value> const& value) {
  if (!value) return column.add_missing();
  match(
      *value,  //
      [&](bool truth) { column.add(truth ? 1 : 0); },
      [&](BigRational const& number) { column.add(stored(number, column.field().scale)); },
      [&](tir::DateValue date) { column.add(date.days); }, [&](tir::YearValue year) { column.add(year.year); },
      [&](tir::MonthValue month) { column.add(month.month); }, [&](tir::CodeValue code) { column.add(code.id); },
      [&](tir::EntryValue entry) { column.add(entry.index); }, [&](std::string const& text) { column.add_text(text); },
      [&](tir::SetValue const& set) {
        for (auto const member : set.members) column.items().front().add(member);
        for (auto const& member : set.texts) column.items().front().add_text(member);
        column.add_items(static_cast<std::int64_t>(set.members.size() + set.texts.size()));
      });
}

class Filler {
 public:
  Filler(tir::Program const& program, RunInputs const& inputs) : program_(program), inputs_(inputs) {}

  // One row of every column.
  void fill(std::vector<ColumnBuilder>& columns, SchemaId schema, std::vector<tir::GivenFact> const& facts) const {
    auto const& fields = program_.schemas[schema].fields;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::vector<tir::GivenFact const*> own;
      for (auto const& fact : facts) {
        bool const meant = i < fields.size() ? fact.field == fields[i]
                                             : !fact.field.has_value() && program_.definitions[fact.definition].name ==
                                                                              columns[i].field().name;
        if (meant) own.push_back(&fact);
      }
      fill(columns[i], i < fields.size() ? program_.fields[fields[i]].type.schema : SchemaId{}, own);
    }
  }

 private:
  void fill(ColumnBuilder& column, SchemaId items, std::vector<tir::GivenFact const*> const& facts) const {
    if (column.field().series != columns::SeriesStep::None) return fill_series(column, facts);
    if (facts.empty()) return column.add_missing();
    auto const& fact = *facts.back();
    if (!fact.rows) return add_scalar(column, fact.value);
    for (auto const& row : *fact.rows) fill(column.items(), items, row.facts);
    column.add_items(static_cast<std::int64_t>(fact.rows->size()));
  }

  // A series of which nothing is said is missing as a whole.
  void fill_series(ColumnBuilder& column, std::vector<tir::GivenFact const*> const& facts) const {
    std::map<std::int32_t, std::optional<tir::Value>> values;
    for (auto const* fact : facts)
      if (fact->period) values[period_number(*fact->period, inputs_)] = fact->value;
    if (values.empty()) return column.add_missing();
    for (auto const& [period, value] : values) {
      column.items()[0].add(period);
      add_scalar(column.items()[1], value);
    }
    column.add_items(static_cast<std::int64_t>(values.size()));
  }

  tir::Program const& program_;
  RunInputs const& inputs_;
};

void collect_given(tir::Program const& program, std::vector<tir::GivenFact> const& facts,
                   std::vector<std::string>& names) {
  for (auto const& fact : facts) {
    if (!fact.field.has_value()) {
      auto const& name = program.definitions[fact.definition].name;
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    if (fact.rows)
      for (auto const& row : *fact.rows) collect_given(program, row.facts, names);
  }
}

}  // namespace

std::int32_t period_number(tir::TestPeriod const& period, RunInputs const& inputs) {
  if (!period.relative) return period.number;
  auto const day = civil_from_days(inputs.as_of_day);
  if (period.step == tir::SeriesStep::Yearly) return inputs.application_year.value_or(day.year) + period.number;
  return day.year * 12 + day.month - 1 + period.number;
}

TestRecord make_test_record(tir::Program const& program, tir::GivenRecord const& record, RunInputs const& inputs) {
  TestRecord made;
  collect_given(program, record.facts, made.given_definitions);
  auto const layout = interpret::layout_of(program, record.schema, made.given_definitions);
  auto builders = columns::make_builders(layout.fields);
  Filler(program, inputs).fill(builders, record.schema, record.facts);
  made.batch = columns::finish_batch(builders);
  return made;
}

}  // namespace huiyu::driver
