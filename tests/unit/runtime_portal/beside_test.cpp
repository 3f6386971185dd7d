// Requests about records that point at others: what stands by, and what a request brings itself.

#include <map>
#include <string>

#include <doctest/doctest.h>

#include "runtime/base/civil.h"
#include "runtime/columns/builder.h"
#include "runtime/engine/layout.h"
#include "runtime/portal/desk.h"
#include "tests/unit/runtime_explain/plan_maker.h"

namespace huiyu::portal {
namespace {

using testing::PlanMaker;

// 条件 申报单位.税收 100分以上, about 项目.
struct Rules : PlanMaker {
  plan::Ref<plan::Relation> project = root("项目"), firm = root("企业");
  plan::Ref<plan::Column> filed_by = field(project, "申报单位", plan::ValueKind::Text);
  plan::Ref<plan::Column> read = money(project, "申报单位.税收");
  plan::Ref<plan::Column> name = field(firm, "名称", plan::ValueKind::Text), tax = money(firm, "税收");

  explicit Rules(std::int64_t least) {
    plan.relations[firm.index].key = name;
    plan.columns[read.index].computed = 1;
    plan.references.push_back({read, filed_by, tax});
    plan::Policy row;
    row.condition = interval(read, literal(least));
    row.explain_condition = explain(plan::ExplainOp::AtLeast, plan::ValueKind::Truth, {fact(read), number(least)});
    policy(project, "P", "技改", row);
  }
};

std::shared_ptr<Release const> release(std::int64_t least) {
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  return *Release::make(Rules(least).plan, inputs);
}

columns::Batch firms(Beside const& beside, std::map<std::string, std::int64_t> const& taxes) {
  auto builders = columns::make_builders(beside.layouts().front().fields);
  for (auto const& [name, tax] : taxes) builders[0].add_text(name), builders[1].add(tax);
  return columns::finish_batch(builders);
}

// A project of that firm; `stated`: what the request itself says of its taxes.
columns::Batch project(Release const& release, std::string const& firm, std::optional<std::int64_t> stated = {}) {
  auto builders = columns::make_builders(engine::layout_of(release.plan(), release.index().subject)->fields);
  builders[0].add_text(firm);
  stated ? builders[1].add(*stated) : builders[1].add_missing();
  return columns::finish_batch(builders);
}

bool eligible(Desk& desk, columns::Batch batch, Beside const* brought = nullptr) {
  return desk.find_joined(batch, 0, brought).size() == 1;
}

TEST_CASE("what stands by is read by the request's references; what it brings itself comes before that") {
  auto const base = release(100);
  auto const beside = std::make_shared<Beside>(base);
  REQUIRE(beside->layouts().size() == 1);
  CHECK(beside->layouts().front().schema == "企业");
  beside->load(0, firms(*beside, {{"甲", 100}, {"乙", 99}}));
  Published published(*edit(base, {}, {}, beside));
  Desk desk(published);
  CHECK(eligible(desk, project(*base, "甲")));
  CHECK_FALSE(eligible(desk, project(*base, "乙")));
  CHECK_FALSE(eligible(desk, project(*base, "丙")));
  CHECK_FALSE_MESSAGE(eligible(desk, project(*base, "丙", 500)), "what others state is not asked of the project");

  Beside brought(base);
  brought.load(0, firms(brought, {{"乙", 300}}));
  CHECK(eligible(desk, project(*base, "乙"), &brought));
  CHECK_FALSE(eligible(desk, project(*base, "甲"), &brought));
  CHECK(eligible(desk, project(*base, "甲")));
}

TEST_CASE("an edit reads by the same references") {
  auto const base = release(100);
  auto const beside = std::make_shared<Beside>(base);
  beside->load(0, firms(*beside, {{"甲", 100}, {"乙", 200}}));
  Published published(*edit(base, {}, {}, beside));
  Desk desk(published);
  CHECK(eligible(desk, project(*base, "甲")));
  published.publish(*edit(base, Rules(150).plan, {}, beside));
  CHECK_FALSE(eligible(desk, project(*base, "甲")));
  CHECK(eligible(desk, project(*base, "乙")));
}

TEST_CASE("where nothing stands by, what the request states itself is read") {
  auto const base = release(100);
  Published published(*edit(base, {}));
  Desk desk(published);
  CHECK(eligible(desk, project(*base, "甲", 100)));
  CHECK_FALSE(eligible(desk, project(*base, "甲")));
}

}  // namespace
}  // namespace huiyu::portal
