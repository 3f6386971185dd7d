#include "compiler/driver/test_run.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "compiler/driver/results.h"
#include "compiler/driver/schedule.h"
#include "compiler/driver/test_cases.h"
#include "compiler/driver/test_engine.h"
#include "compiler/driver/test_record.h"
#include "compiler/driver/test_scope.h"
#include "compiler/interpret/interpret.h"
#include "compiler/interpret/tally.h"
#include "runtime/base/civil.h"
#include "runtime/base/decimal.h"
#include "runtime/base/one_line.h"
#include "runtime/columns/take.h"

namespace huiyu::driver {

namespace {

using tir::ExpectedOutcome;
using tir::ExpectedPart;

// A test in which nothing hangs on the day is run on any.
constexpr std::int32_t year_of_no_matter = 2000;

RunInputs inputs_of(tir::Test const& test) {
  RunInputs inputs;
  inputs.as_of_day =
      test.as_of_day.value_or(days_from_civil({test.application_year.value_or(year_of_no_matter), 1, 1}));
  inputs.application_year = test.application_year;
  return inputs;
}

std::string joined(std::set<std::string> const& names, std::string_view separator) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : std::string(separator)) + name;
  return text;
}

std::string yuan(std::int64_t fen, Language language) { return print_decimal(fen, 2) + words(language, "元", " yuan"); }

// `参照.行业平均薪酬[C34，2024年]` is called by the table's name, `企业[91…]` by that of the 结构.
std::string fact_name(tir::Program const& program, std::string const& need) {
  constexpr std::string_view table = "参照.";
  auto const record = need.substr(0, need.find('['));
  if (std::any_of(program.schemas.begin(), program.schemas.end(),
                  [&](tir::Schema const& schema) { return schema.name == record; }))
    return record;
  if (!need.starts_with(table)) return need;
  return need.substr(table.size(), need.find('[') - table.size());
}

class Comparison {
 public:
  Comparison(tir::Program const& program, tir::Expectation const& expected, PairOutcome const& found,
             RunInputs const& inputs, columns::Batch const& batch, Language language)
      : program_(program), expected_(expected), pair_(found), inputs_(inputs), batch_(batch), language_(language) {
    for (auto const& need : pair_.needs) needs_.insert(fact_name(program_, need));
  }

  bool holds() const { return holds_apart_from_missing() && (!expected_.missing || expected_missing() == needs_); }

  std::string found() const {
    switch (expected_.part) {
      case ExpectedPart::Item: return part(pair_.parts);
      case ExpectedPart::Share: return part(pair_.shares);
      case ExpectedPart::Instalment: return part(instalments());
      case ExpectedPart::Stage: return part(stages());
      case ExpectedPart::Alert: return alert();
      case ExpectedPart::Definition: return definition();
      case ExpectedPart::Whole: break;
    }
    return whole();
  }

 private:
  bool pays() const {
    if (!expected_.policy.has_value()) return false;
    auto const& policy = program_.policies[expected_.policy];
    return policy.conclusion == tir::ConclusionKind::Money || policy.conclusion == tir::ConclusionKind::Assessment ||
           policy.allotted;
  }
  bool pending() const {
    return pair_.outcome == Outcome::Eligible && !pair_.amount_fen && pair_.value.empty() && !pair_.needs.empty();
  }

  bool outcome_holds() const {
    switch (expected_.outcome) {
      case ExpectedOutcome::Any: return true;
      case ExpectedOutcome::Eligible: return pair_.outcome == Outcome::Eligible;
      case ExpectedOutcome::Ineligible: return pair_.outcome == Outcome::Ineligible;
      case ExpectedOutcome::Unknown: return pair_.outcome == Outcome::Unknown;
      case ExpectedOutcome::NotApplicable: return pair_.outcome == Outcome::NotApplicable;
      case ExpectedOutcome::Error: return pair_.outcome == Outcome::Error;
      case ExpectedOutcome::Pending: return pending();
    }
    return false;
  }

  bool holds_apart_from_missing() const {
    switch (expected_.part) {
      case ExpectedPart::Item: return part_holds(pair_.parts);
      case ExpectedPart::Share: return part_holds(pair_.shares);
      case ExpectedPart::Instalment: return part_holds(instalments());
      case ExpectedPart::Stage: return part_holds(stages());
      case ExpectedPart::Alert: return alert_holds();
      case ExpectedPart::Definition: return expected_.value ? pair_.outcome == Outcome::Eligible : outcome_holds();
      case ExpectedPart::Whole: break;
    }
    if (!outcome_holds()) return false;
    if (!expected_.value) return expected_.text.empty() || pair_.value == expected_.text;
    if (pair_.amount_fen) return same_amount(*pair_.amount_fen);
    return !pair_.value.empty() && pair_.value == interpret::say(program_, expected_.type, *expected_.value);
  }

  bool same_amount(std::int64_t fen) const {
    auto const* number = std::get_if<BigRational>(&*expected_.value);
    return number != nullptr && *number * 100 == BigRational(fen);
  }

  static PartAmount const* find(std::vector<PartAmount> const& parts, std::string const& name) {
    auto const at = std::ranges::find(parts, name, &PartAmount::name);
    return at == parts.end() ? nullptr : &*at;
  }
  bool part_holds(std::vector<PartAmount> const& parts) const {
    auto const* found = find(parts, expected_.name);
    if (expected_.outcome == ExpectedOutcome::Pending) return pair_.outcome == Outcome::Eligible && found == nullptr;
    return found != nullptr && same_amount(found->amount_fen);
  }

  std::vector<PartAmount> instalments() const {
    if (!pair_.amount_fen) return {};
    return instalments_of(schedule_of(program_.policies[expected_.policy]), *pair_.amount_fen);
  }

  // Of nothing each stage pays nothing.
  std::vector<PartAmount> stages() const {
    if (pair_.amount_fen == 0) return {{expected_.name, 0}};
    return stages_of(pair_.settled);
  }

  AlertColour const* shining() const {
    auto const at = std::ranges::find(pair_.alerts, expected_.name, &AlertColour::name);
    return at == pair_.alerts.end() ? nullptr : &*at;
  }
  bool alert_holds() const {
    auto const* found = shining();
    bool const watched = pair_.outcome == Outcome::Eligible || pair_.outcome == Outcome::Ineligible;
    if (expected_.outcome == ExpectedOutcome::Ineligible) return watched && found == nullptr;
    if (expected_.outcome == ExpectedOutcome::Unknown) return found != nullptr && found->colour.empty();
    return found != nullptr && found->colour == expected_.text;
  }

  std::set<std::string> expected_missing() const {
    std::set<std::string> names;
    for (auto const& [name, period] : *expected_.missing) {
      std::string full = name;
      if (period) {
        auto const number = period_number(*period, inputs_);
        full += period->step == tir::SeriesStep::Yearly ? fmt::format("[{}年]", number)
                                                        : fmt::format("[{:04}-{:02}]", number / 12, number % 12 + 1);
      }
      names.insert(std::move(full));
    }
    return names;
  }

  // ---- what came out, in words ----

  std::string lacking() const {
    return needs_.empty() ? std::string()
                          : words(language_, " 缺 ", ", needs ") + joined(needs_, words(language_, "、", ", "));
  }

  std::string whole() const {
    auto text = outcome_words(pair_, pays(), language_);
    if (pair_.amount_fen) text += " " + yuan(*pair_.amount_fen, language_);
    if (!pair_.value.empty()) text += " " + pair_.value;
    return text + lacking();
  }

  std::string part(std::vector<PartAmount> const& parts) const {
    if (auto const* found = find(parts, expected_.name)) return yuan(found->amount_fen, language_);
    if (pair_.outcome == Outcome::Eligible) return words(language_, "待定", "pending") + lacking();
    return whole();
  }

  std::string alert() const {
    auto const* found = shining();
    if (found == nullptr && (pair_.outcome == Outcome::Eligible || pair_.outcome == Outcome::Ineligible))
      return words(language_, "不符合", "does not shine");
    if (found == nullptr) return whole();
    return found->colour.empty() ? words(language_, "待核", "unknown") : found->colour;
  }

  std::string definition() const {
    if (pair_.outcome == Outcome::Unknown || pair_.outcome == Outcome::Error) return whole();
    auto const& definition = program_.definitions[expected_.definition];
    // The value itself, which no outcome carries, is the oracle's.
    auto const& condition =
        program_.exprs[program_.policies[tir::PolicyId{static_cast<std::int32_t>(pair_.policy)}].condition];
    tir::ExprId value = program_.policies[tir::PolicyId{static_cast<std::int32_t>(pair_.policy)}].condition;
    if (auto const* compared = std::get_if<tir::Compare>(&condition.kind)) value = compared->left;
    if (auto const* negated = std::get_if<tir::Not>(&condition.kind)) value = negated->operand;
    auto const answer = interpret::interpret_expr(program_, value, batch_, 0, inputs_);
    return answer.known() ? interpret::say(program_, definition.type, answer.value) : whole();
  }

  tir::Program const& program_;
  tir::Expectation const& expected_;
  PairOutcome const& pair_;
  RunInputs const& inputs_;
  columns::Batch const& batch_;
  Language language_;
  std::set<std::string> needs_;
};

std::string settled_lines(PairOutcome const& pair, Language language) {
  std::string text;
  for (auto const& step : pair.settled) {
    text += words(language, "  结算 ", "  settled by ") + step.group + words(language, "：", ": ") +
            settle_reason(step, language == Language::English);
    if (step.before_fen)
      text += words(language, "，", ", ") + yuan(*step.before_fen, language) + " → " +
              (step.after_fen ? yuan(*step.after_fen, language) : words(language, "待定", "pending"));
    else if (step.after_fen)
      text += words(language, "，", ", ") + yuan(*step.after_fen, language);
    text += "\n";
  }
  return text;
}

// Of the records that a 统计 made the one that has the keys that the test states: what was computed of it.
void take_made(tir::Program const& program, tir::Tally const& tally, columns::Batch const& made,
               columns::Batch& record) {
  auto const& fields = program.schemas[tally.schema].fields;
  auto const is_key = [&](tir::FieldId id) {
    return std::ranges::find(tally.keys, id, &tir::TallyKey::field) != tally.keys.end();
  };
  auto const same = [](columns::Column const& a, std::int64_t row, columns::Column const& b) {
    if (!a.present(row) || !b.present(0)) return false;
    return a.texts.empty() ? a.at(row) == b.at(0) : !b.texts.empty() && a.text(row) == b.text(0);
  };
  for (std::int64_t row = 0; row < made.row_count; ++row) {
    bool fits = true;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (is_key(fields[i])) fits = fits && same(made.columns[i], row, record.columns[i]);
    if (!fits) continue;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (!is_key(fields[i])) record.columns[i] = columns::take(made.columns[i], {row});
  }
}

class Run {
 public:
  Run(Project const& project, EngineChoice engine, Language language, Coverage* coverage)
      : project_(project), engine_choice_(engine), language_(language), coverage_(coverage) {}

  // `at`: the test's place among those of the program.
  Result<TestResult> run(tir::Test const& test, TestProgram const& program, std::size_t at, TestEngine& engine) const {
    auto const& file = project_.sources[test.span.file];
    // Of a case in a table the place is its row.
    auto const row = case_place(file.path());
    auto const line_of = [&](std::uint32_t begin) { return row.line > 0 ? row.line : file.position(begin).line; };
    TestResult result{test.title, row.file, line_of(test.span.begin), {}};
    auto answered = answer_all(test, program, engine);
    if (!answered) return answered.error();
    for (std::size_t r = 0; r < test.records.size(); ++r) {
      auto const& [record, inputs, outcomes] = (*answered)[r];
      for (std::size_t i = 0; i < test.expectations.size(); ++i) {
        auto const& expected = test.expectations[i];
        if (expected.record != r) continue;
        auto const policy = program.policy_of[at][i];
        if (coverage_ != nullptr && expected.part == tir::ExpectedPart::Definition)
          coverage_->see(program.program, expected.definition, record.batch, inputs);
        if (coverage_ != nullptr && expected.part != tir::ExpectedPart::Definition)
          coverage_->see(program.program, expected.policy, outcomes[policy].outcome, record.batch, inputs);
        Comparison const comparison(program.program, expected, outcomes[policy], inputs, record.batch, language_);
        if (comparison.holds()) continue;
        // The explanation is of the policy by itself; what was settled afterwards stands below it.
        result.failures.push_back({one_line(file.slice(expected.span)), comparison.found(),
                                   explain_pair(program, project_.sources, record.batch, inputs, policy, language_) +
                                       settled_lines(outcomes[policy], language_),
                                   line_of(expected.span.begin)});
      }
    }
    std::ranges::stable_sort(result.failures, {}, &TestFailure::line);
    return result;
  }

  // All of the tests with one program.
  Result<void> run_group(std::vector<tir::Test const*> const& tests, std::vector<TestResult>& results) const {
    if (tests.empty()) return {};
    auto program = make_test_program(project_.program, tests);
    if (!program) return program.error();
    auto engine = TestEngine::make(*program, project_.sources, engine_choice_);
    if (!engine) return engine.error();
    for (std::size_t i = 0; i < tests.size(); ++i) {
      auto result = run(*tests[i], *program, i, **engine);
      if (!result) return result.error();
      results.push_back(std::move(*result));
    }
    return {};
  }

 private:
  struct AnsweredRecord {
    TestRecord record;
    RunInputs inputs;
    std::vector<PairOutcome> outcomes;  // by position of the policy
  };

  // What they are among each other, then each record by itself, then what hangs on the others: the records of a test
  // are one population.
  static Result<std::vector<AnsweredRecord>> answer_all(tir::Test const& test, TestProgram const& program,
                                                        TestEngine& engine) {
    std::vector<AnsweredRecord> all;
    std::map<SchemaId, std::vector<std::size_t>> of_schema;
    for (auto const& given : test.records) {
      auto inputs = inputs_of(test);
      auto record = make_test_record(program.program, given, inputs);
      engine.keep_known(given.schema, record.batch, record.given_definitions);
      inputs.given_definitions = record.given_definitions;
      of_schema[given.schema].push_back(all.size());
      all.push_back({std::move(record), std::move(inputs), {}});
    }
    std::map<SchemaId, std::vector<TestEngine::Person>> people;
    for (auto const& [schema, own] : of_schema)
      for (auto const r : own) people[schema].push_back({&all[r].record.batch, test.records[r].label, &all[r].inputs});
    for (auto const& [schema, own] : of_schema) {
      if (interpret::tally_of(program.program, schema) != nullptr) continue;
      engine.join(schema, people[schema], people);
      engine.see(schema, people[schema]);
    }
    for (auto const& [schema, own] : of_schema) {
      if (auto const* tally = interpret::tally_of(program.program, schema); tally != nullptr) {
        for (auto const r : own) {
          auto const made = engine.make(schema, people[tally->source], all[r].inputs);
          take_made(program.program, *tally, made, all[r].record.batch);
        }
        engine.join(schema, people[schema], people);
        engine.see(schema, people[schema]);
      }
      for (auto const r : own) {
        auto outcomes = engine.run(schema, all[r].record.batch, all[r].inputs);
        if (!outcomes) return outcomes.error();
        all[r].outcomes = std::move(*outcomes);
        leave_out_unspoken(program.program, test, all[r].outcomes);
      }
    }
    std::vector<TestEngine::Answered> records;
    for (std::size_t r = 0; r < all.size(); ++r)
      records.push_back(
          {test.records[r].schema, &all[r].record.batch, test.records[r].label, &all[r].inputs, &all[r].outcomes});
    engine.settle(records);
    return all;
  }

  Project const& project_;
  EngineChoice engine_choice_;
  Language language_;
  Coverage* coverage_;
};

}  // namespace

Result<std::vector<TestResult>> run_tests(Project const& project, std::string const& filter, EngineChoice engine,
                                          Language language, Coverage* coverage) {
  std::vector<TestResult> results;
  Run const run(project, engine, language, coverage);
  std::vector<tir::Test const*> alike;
  for (auto const& test : project.tests) {
    bool const wanted = test.title.find(filter) != std::string::npos ||
                        project.sources[test.span.file].path().find(filter) != std::string::npos;
    if (!wanted) continue;
    if (!states_settings(test)) {
      alike.push_back(&test);
      continue;
    }
    if (auto done = run.run_group({&test}, results); !done) return done.error();
  }
  if (auto done = run.run_group(alike, results); !done) return done.error();
  std::ranges::stable_sort(results, [](TestResult const& a, TestResult const& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  return results;
}

}  // namespace huiyu::driver
