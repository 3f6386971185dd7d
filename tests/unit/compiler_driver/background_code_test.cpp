// Native code that is made while the interpreter works: it comes, it is used, and it changes no result.

#include "compiler/driver/background_code.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

#include <doctest/doctest.h>

#include "compiler/driver/engines.h"
#include "compiler/driver/project.h"
#include "runtime/base/civil.h"
#include "runtime/engine/bind.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/records/json_records.h"
#include "tests/unit/compiler_format/command/temporary.h"

namespace huiyu::driver {
namespace {

constexpr char const* rules = R"(结构 企业 键 名称
  名称     ： 文本
  员工人数 ： 人数
  收入     ： 金额
  利润     ： 金额
政策 效益奖 编号 1 辖区 全国 有效 长期
  条件 利润 ÷ 收入 5%以上 且 员工人数 20人以上
  奖励 利润 × 3% + 员工人数 × 100元/人，最高 50万元
)";

constexpr char const* firms =
    R"([{"名称":"甲","员工人数":"20","收入":"1000000","利润":"50000"},{"名称":"乙","员工人数":"19","收入":"1","利润":"1"},)"
    R"({"名称":"丙","员工人数":"900","收入":"100000000","利润":"90000000"},{"名称":"丁","员工人数":"20","收入":"0","利润":"1"},)"
    R"({"名称":"戊","收入":"1000000","利润":"50000"}])";

// One kernel of the native code at a time, and how often any was called.
engine::Kernel watched = nullptr;
int calls = 0;
void watch(engine::KernelArguments const* arguments) {
  ++calls;
  watched(arguments);
}

bool has_code(engine::FunctionTable const* table) {
  return table != nullptr &&
         std::ranges::any_of(table->kernels, [](engine::Kernel kernel) { return kernel != nullptr; });
}

// Native code that is there after two minutes at most: at first there is what is kept, which may be none, and after a
// second the rest is compiled.
engine::FunctionTable const* wait_for(BackgroundCode const& code) {
  for (int i = 0; i < 12000 && !has_code(code.functions()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return code.functions();
}

struct Bound {
  plan::Plan plan;
  engine::BoundPlan bound;
  columns::Batch batch;

  Bound() {
    Project project;
    project.sources.add("test.hui", rules);
    check_project(project);
    REQUIRE_FALSE(project.diagnostics.has_errors());
    plan = *make_plan(project);
    RunInputs inputs;
    inputs.as_of_day = *parse_date("2024-06-30");
    bound = *engine::bind(plan, inputs);
    auto const layout = engine::layout_of(plan, *engine::only_subject(plan));
    batch = std::move(records::read_json_records(firms, *layout)->batch);
  }
  std::vector<PairOutcome> answers(engine::FunctionTable const* native) const {
    engine::MatchOptions options;
    options.list = engine::Listing::all();
    return engine::match(bound, batch, native, options)->pairs;
  }
};

}  // namespace

TEST_CASE("native code takes over from the interpreter, is called, and gives the same answers") {
  format::test::TemporaryFolder const cache;
  setenv("HUIYU_CACHE_DIR", (cache / "kept").c_str(), 1);
  Bound const one;
  auto const interpreted = one.answers(nullptr);
  CHECK(interpreted.size() == 5);
  {
    BackgroundCode const code(one.plan);
    CHECK(one.answers(code.functions()) == interpreted);  // nothing is kept, so that the interpreter begins
    auto const* native = wait_for(code);
    REQUIRE(has_code(native));
    CHECK(one.answers(native) == interpreted);
    for (std::size_t i = 0; i < native->kernels.size(); ++i) {
      if (native->kernels[i] == nullptr) continue;
      auto table = *native;
      watched = std::exchange(table.kernels[i], watch);
      CHECK(one.answers(&table) == interpreted);
    }
    CHECK(calls > 0);
  }
  // What was compiled is kept, and the next run takes it at once.
  BackgroundCode const again(one.plan);
  auto const* kept = wait_for(again);
  REQUIRE(has_code(kept));
  CHECK(one.answers(kept) == interpreted);
  unsetenv("HUIYU_CACHE_DIR");
}

TEST_CASE("a run that is over at once does not wait for native code") {
  format::test::TemporaryFolder const cache;
  setenv("HUIYU_CACHE_DIR", (cache / "kept").c_str(), 1);
  Bound const one;
  for (int i = 0; i < 20; ++i) {
    BackgroundCode const code(one.plan);
    CHECK(one.answers(code.functions()).size() == 5);
  }
  unsetenv("HUIYU_CACHE_DIR");
}

}  // namespace huiyu::driver
