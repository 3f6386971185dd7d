// The cases of each clause notice every wrong bound: each comparison of its rules.hui is made strict or lax, each bound
// moved by one in its last place, and some expectation must change (or the checker refuse the text, as where a ladder
// then has a gap; then all bounds of the same figure are changed together too).

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/driver/engines.h"
#include "compiler/driver/inputs.h"
#include "compiler/driver/records.h"
#include "compiler/driver/schema_json.h"
#include "runtime/base/civil.h"
#include "runtime/records/json_records.h"
#include "tests/conformance/bounds/mutants.h"
#include "tests/conformance/bounds/survivors.h"
#include "tests/conformance/cases.h"

namespace {

using namespace huiyu;
using namespace huiyu::test;

struct Prepared {
  std::string title;
  CaseInput input;
  std::int32_t as_of = 0;
  std::map<std::string, std::string> expected;  // by key
};

driver::Project checked(std::string const& text) {
  driver::Project project;
  project.sources.add("rules.hui", text);
  project.module_folders = {"stdlib-policies"};  // a clause may use a standard
  driver::check_project(project);
  return project;
}

std::vector<Prepared> prepare(std::filesystem::path const& folder, driver::Project const& project) {
  auto const subject = subject_of(driver::schema_json(project.program));
  std::vector<Prepared> all;
  for (auto const& one : cases_of(folder)) {
    Prepared prepared{one.at("name"), input_of(subject, one, false), *parse_date(std::string(one.at("as_of"))), {}};
    for (auto const& expected : one.at("expect")) prepared.expected[expected.at("key")] = expectation(expected);
    all.push_back(std::move(prepared));
  }
  return all;
}

// Rows as the command prints them, parsed.
std::map<std::string, std::string> rows_of(driver::Runner const& runner, columns::Batch const& batch,
                                           std::vector<PairOutcome> const& pairs) {
  char* data = nullptr;
  std::size_t size = 0;
  std::FILE* out = open_memstream(&data, &size);
  driver::RowWriter writer(out, driver::Format::Json, driver::Language::Chinese);
  for (auto const& pair : pairs)
    writer.write(driver::key_of(batch, runner.layout(), pair.row), runner.policies()[pair.policy], pair);
  std::fclose(out);
  std::istringstream lines(std::string(data, size));
  std::free(data);
  std::map<std::string, std::vector<Json>> found;
  for (std::string line; std::getline(lines, line);) {
    auto const row = Json::parse(line);
    found[row.at("key")].push_back(row);
  }
  std::map<std::string, std::string> rows;
  for (auto const& [key, own] : found) rows[key] = as_expectation(own);
  return rows;
}

// Whether the text answers the case as expected; a text that cannot be run does not.
bool answers_as_expected(driver::Project& project, Prepared const& one) {
  RunInputs inputs;
  inputs.as_of_day = one.as_of;
  inputs.given_definitions.assign(one.input.given.begin(), one.input.given.end());
  if (!driver::give_inputs(one.input.inputs, project.program, inputs, driver::Language::Chinese)) return false;
  auto runner = driver::Runner::make(project, inputs, driver::EngineChoice::Interpret);
  if (!runner) return false;
  auto read = records::read_json_records(one.input.records, (*runner)->data_layout());
  if (!read) return false;
  if ((*runner)->sees_all()) {
    std::vector<columns::Batch> all;
    all.push_back(std::move(read->batch));
    all = (*runner)->see(std::move(all));
    read->batch = std::move(all.front());
  }
  auto result = (*runner)->run(read->batch, true);
  if (!result) return false;
  return rows_of(**runner, read->batch, driver::answer_alone(**runner, read->batch, std::move(*result))) ==
         one.expected;
}

class Clause {
 public:
  explicit Clause(std::filesystem::path const& folder) : name_(folder.filename().string()) {
    std::ifstream file(folder / "rules.hui", std::ios::binary);
    text_ = {std::istreambuf_iterator<char>(file), {}};
    auto project = checked(text_);
    REQUIRE(!project.diagnostics.has_errors());
    cases_ = prepare(folder, project);
    bounds_ = bounds_of(text_);
    for (auto const& one : cases_) CHECK_MESSAGE(answers_as_expected(project, one), name_ << " " << one.title);
  }

  Tally try_all() {
    return try_bounds(name_, text_, bounds_, bounds_, [this](std::string const& text) { return fate(text); });
  }

 private:
  Fate fate(std::string const& text) {
    auto project = checked(text);
    if (project.diagnostics.has_errors()) return Fate::Refused;
    auto const pristine = project.program;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      // Neighbouring bounds are mostly noticed by the same case.
      auto const place = (last_ + i) % cases_.size();
      project.program = pristine;
      if (answers_as_expected(project, cases_[place])) continue;
      last_ = place;
      return Fate::Noticed;
    }
    return Fate::Survives;
  }

  std::string name_, text_;
  std::vector<Prepared> cases_;
  std::vector<Bound> bounds_;
  std::size_t last_ = 0;
};

}  // namespace

TEST_CASE("every bound of every clause is noticed by its cases") {
  int survivors = 0, tried = 0;
  for (auto const& folder : clause_folders()) {
    auto const tally = Clause(folder).try_all();
    survivors += tally.survived;
    tried += tally.tried;
  }
  MESSAGE(tried << " changes tried");
  CHECK(survivors == 0);
}

TEST_CASE("bounds are found where a text states them, and nowhere else") {
  auto const changed = [](std::string const& text, Change change) {
    std::vector<std::string> all;
    for (auto const& bound : bounds_of(text))
      if (auto const& edits = bound.edits[static_cast<int>(change)]; !edits.empty()) all.push_back(with(text, edits));
    return all;
  };
  using Texts = std::vector<std::string>;
  CHECK(changed("条件 人数 300人以下", Change::Flip) == Texts{"条件 人数  低于 300人"});
  CHECK(changed("条件 占比 不超过 5.5%", Change::Up) == Texts{"条件 占比 不超过 5.6%"});
  CHECK(changed("条件 占比 不超过 0.75%", Change::Down) == Texts{"条件 占比 不超过 0.74%"});
  CHECK(changed("| X≥300 Y<20 |", Change::Flip) == Texts{"| X>300 Y<20 |", "| X≥300 Y≤20 |"});
  CHECK(changed("条件 占比 不超过 目标", Change::Flip) == Texts{"条件 占比 低于 目标"});
  CHECK(changed("补助 甲，最高 50万元", Change::Up) == Texts{"补助 甲，最高 51万元"});
  CHECK(changed("第2年至第3年：5%", Change::Up) == Texts{"第3年至第3年：5%", "第2年至第4年：5%"});
  CHECK(bounds_of("# 300人以下\n依据 \"300人以上\" 编号 S1 自 2024-01-01 为 5%").empty());
}
