// Sets, series, texts and medians: what a record says with more than one value.

#include <algorithm>

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/engine/block.h"
#include "runtime/engine/layout.h"
#include "runtime/plan/verify.h"
#include "tests/unit/runtime_explain/clauses.h"

namespace huiyu::engine {
namespace {

using plan::Op;
using plan::ValueKind;
using testing::Formula;
using testing::PlanMaker;
using Cell = std::optional<std::int64_t>;
using Cells = std::vector<Cell>;

struct Records : PlanMaker {
  plan::Ref<plan::Relation> firm = root("企业");

  columns::Batch batch(std::size_t rows,
                       void (*fill)(std::vector<columns::ColumnBuilder>& builders, std::size_t row)) const {
    for (auto const& fault : plan::verify(plan)) FAIL(fault);
    auto builders = columns::make_builders(layout_of(plan, firm)->fields);
    for (std::size_t row = 0; row < rows; ++row) fill(builders, row);
    return columns::finish_batch(builders);
  }
  // A column over all records, in blocks of two.
  Cells values(columns::Batch const& batch, plan::Ref<plan::Column> column) const {
    RunInputs inputs;
    inputs.as_of_day = days_from_civil({2024, 6, 30});
    auto const bound = bind(plan, inputs);
    REQUIRE(bound.has_value());
    Block block(*bound, batch, firm, nullptr, genes::kernels());
    Cells all;
    for (std::int64_t begin = 0; begin < batch.row_count; begin += 2) {
      block.start(begin, std::min<std::int64_t>(2, batch.row_count - begin));
      auto const view = block.column(column);
      for (std::int64_t row = 0; row < block.rows(); ++row)
        all.push_back(view.states[row] == state::known ? Cell(view.values[row]) : std::nullopt);
    }
    return all;
  }
};

TEST_CASE("a set holds an entry, does not, or named something that could not be read") {
  Records records;
  auto const honours = records.enumeration("资质名录", {"专精特新", "高新技术", "瞪羚"});
  auto const set = records.entry(records.firm, "资质", honours);
  records.plan.columns[set.index].kind = ValueKind::Set;
  records.entry(records.rows(set, plan::RelationKind::Set), "item", honours);
  plan::Derived how;
  how.kind = plan::DerivedKind::SetContains;
  how.value = set;
  how.tag = 1;
  auto const contains = records.derived(records.firm, PlanMaker::like(ValueKind::Truth), how);
  auto const batch = records.batch(5, [](auto& builders, std::size_t row) {
    auto& members = builders[0].items()[0];
    if (row == 0) members.add(0), members.add(1), builders[0].add_items(2);
    if (row == 1) members.add(0), members.add_missing(), builders[0].add_items(2);
    if (row == 2) members.add(1), members.add_missing(), builders[0].add_items(2);
    if (row == 3) builders[0].add_items(0);
    if (row == 4) builders[0].add_missing();
  });
  CHECK(records.values(batch, contains) == Cells{1, std::nullopt, 1, 0, std::nullopt});
}

TEST_CASE("a series is read at its period; another period, an empty one or no series is missing") {
  Records records;
  auto const series = records.money(records.firm, "营业收入");
  records.plan.columns[series.index].series = 1;
  auto const period_rows = records.rows(series, plan::RelationKind::Series);
  records.field(period_rows, "period", ValueKind::Year);
  records.money(period_rows, "value");
  plan::Constant last_year;
  last_year.kind = plan::ConstantKind::ApplicationYear;
  last_year.value = -1;
  records.plan.constants.push_back(last_year);
  Formula year;
  year.constant({0});
  plan::Derived how;
  how.kind = plan::DerivedKind::SeriesAt;
  how.value = series;
  how.use = records.use(records.firm, year);
  auto const at = records.derived(records.firm, PlanMaker::like(ValueKind::Number, 2), how);
  auto const batch = records.batch(4, [](auto& builders, std::size_t row) {
    auto& periods = builders[0].items()[0];
    auto& amounts = builders[0].items()[1];
    if (row == 0) periods.add(2022), amounts.add(5), periods.add(2023), amounts.add(7), builders[0].add_items(2);
    if (row == 1) periods.add(2022), amounts.add(5), builders[0].add_items(1);
    if (row == 2) periods.add(2023), amounts.add_missing(), builders[0].add_items(1);
    if (row == 3) builders[0].add_missing();
  });
  CHECK(records.values(batch, at) == Cells{7, std::nullopt, std::nullopt, std::nullopt});
}

TEST_CASE("a text is compared byte for byte; one that no record has is found nowhere") {
  Records records;
  auto const kind = records.field(records.firm, "类别", ValueKind::Text);
  auto is = [&](std::string_view wanted) {
    plan::Derived how;
    how.kind = plan::DerivedKind::TextIs;
    how.value = kind;
    how.text = records.text(wanted);
    return records.derived(records.firm, PlanMaker::like(ValueKind::Truth), how);
  };
  auto const plant = is("厂房"), office = is("写字楼");
  auto const batch = records.batch(3, [](auto& builders, std::size_t row) {
    if (row == 2)
      builders[0].add_missing();
    else
      builders[0].add_text(row == 0 ? "厂房" : "仓库");
  });
  CHECK(records.values(batch, plant) == Cells{1, 0, std::nullopt});
  CHECK(records.values(batch, office) == Cells{0, 0, std::nullopt});
}

TEST_CASE("largest, smallest and twice the median of a list; of nothing there is none") {
  Records records;
  auto const list = records.field(records.firm, "季度", ValueKind::List);
  auto const quarter = records.rows(list, plan::RelationKind::List);
  auto const value = records.field(quarter, "值", ValueKind::Number);
  auto aggregate = [&](plan::DerivedKind kind) {
    plan::Derived how;
    how.kind = kind;
    how.list = list;
    how.value = value;
    return records.derived(records.firm, PlanMaker::like(ValueKind::Number), how);
  };
  auto const largest = aggregate(plan::DerivedKind::AggregateLargest),
             smallest = aggregate(plan::DerivedKind::AggregateSmallest);
  auto const median = aggregate(plan::DerivedKind::AggregateMedian), sum = aggregate(plan::DerivedKind::AggregateSum);
  auto const batch = records.batch(5, [](auto& builders, std::size_t row) {
    auto& values = builders[0].items()[0];
    if (row == 0) values.add(-3), values.add(9), values.add(4), builders[0].add_items(3);
    if (row == 1) values.add(5), values.add(2), builders[0].add_items(2);
    if (row == 2) builders[0].add_items(0);
    if (row == 3) values.add(1), values.add_missing(), builders[0].add_items(2);
    if (row == 4) builders[0].add_missing();
  });
  CHECK(records.values(batch, largest) == Cells{9, 5, std::nullopt, std::nullopt, std::nullopt});
  CHECK(records.values(batch, smallest) == Cells{-3, 2, std::nullopt, std::nullopt, std::nullopt});
  CHECK(records.values(batch, median) == Cells{8, 7, std::nullopt, std::nullopt, std::nullopt});
  CHECK(records.values(batch, sum) == Cells{10, 7, 0, std::nullopt, std::nullopt});
}

}  // namespace
}  // namespace huiyu::engine
