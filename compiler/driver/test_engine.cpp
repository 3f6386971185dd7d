#include "compiler/driver/test_engine.h"

#include <algorithm>
#include <deque>
#include <map>

#include "compiler/driver/explainer.h"
#include "compiler/driver/native_module.h"
#include "compiler/driver/records.h"
#include "compiler/interpret/interpret.h"
#include "compiler/interpret/population.h"
#include "compiler/interpret/references.h"
#include "compiler/interpret/settle.h"
#include "compiler/interpret/tally.h"
#include "compiler/lower/lower.h"
#include "runtime/base/check.h"
#include "runtime/columns/concatenate.h"
#include "runtime/columns/take.h"
#include "runtime/engine/bind.h"
#include "runtime/engine/layout.h"
#include "runtime/engine/match.h"
#include "runtime/explain/explanation.h"
#include "runtime/explain/places.h"
#include "runtime/explain/render.h"
#include "runtime/plan/verify.h"
#include "runtime/settle/cohorts.h"
#include "runtime/settle/references.h"
#include "runtime/settle/settlement.h"
#include "runtime/settle/tallies.h"

namespace huiyu::driver {

namespace {

Result<plan::Plan> plan_of(TestProgram const& program, SourceSet const& sources) {
  auto plan = lower::lower(program.program, program.facts, sources);
  if (plan)
    for (auto const& problem : plan::verify(*plan)) HUIYU_CHECK(false, problem);
  return plan;
}

// By position in the plan, which goes file by file: the policy's place in the program, where those that ask for
// definitions come last.
std::vector<std::uint32_t> places_in_program(plan::Plan const& plan, tir::Program const& program) {
  std::map<std::string, std::uint32_t> by_id;
  for (auto const& policy : program.policies) by_id.emplace(policy.id, static_cast<std::uint32_t>(by_id.size()));
  std::vector<std::uint32_t> places;
  for (auto const& policy : policy_names(plan)) places.push_back(by_id.at(policy.id));
  return places;
}

// The answers of the policies about a 结构.
std::vector<PairOutcome> about(tir::Program const& program, SchemaId schema, std::vector<PairOutcome> const& all) {
  std::vector<PairOutcome> own;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (program.policies[tir::PolicyId{static_cast<std::int32_t>(i)}].subject == schema) own.push_back(all[i]);
  return own;
}

// Puts a settled answer back to its record, which each have one row of their own.
void take_back(PairOutcome pair, std::vector<TestEngine::Answered> const& records) {
  auto& outcomes = *records[static_cast<std::size_t>(pair.row)].outcomes;
  pair.row = 0;
  auto const policy = pair.policy;
  outcomes[policy] = std::move(pair);
}

// All records of a 结构 that a test gives, without the definitions that they give. A record that does not state its key
// goes by its label.
std::pair<columns::Batch, std::vector<std::string>> together(tir::Program const& program, SchemaId schema,
                                                             std::vector<TestEngine::Person> const& people) {
  auto const layout = interpret::layout_of(program, schema);
  std::vector<columns::Batch> all;
  std::vector<std::string> keys;
  for (auto const& person : people) {
    auto& one = all.emplace_back();
    one.row_count = 1;
    for (std::size_t i = 0; i < layout.fields.size(); ++i)
      one.columns.push_back(columns::take(person.batch->columns[i], {0}));
    auto const key = key_of(one, layout, 0);
    keys.push_back(key.empty() ? person.key : key);
  }
  return {columns::concatenate(std::move(all)), std::move(keys)};
}

std::vector<SchemaId> subjects_of(tir::Program const& program) {
  std::vector<SchemaId> all;
  for (auto const& policy : program.policies) all.push_back(policy.subject);
  return all;
}

// What others write that point at it: its key, or its label where it does not state that.
std::string name_of(tir::Program const& program, TestEngine::Answered const& record) {
  auto const key = key_of(*record.batch, interpret::layout_of(program, record.schema), 0);
  return key.empty() ? record.key : key;
}

class Oracle : public TestEngine {
 public:
  explicit Oracle(TestProgram const& program) : program_(program.program) {}

  void keep_known(SchemaId, columns::Batch&, std::vector<std::string>&) override {}

  Result<std::vector<PairOutcome>> run(SchemaId schema, columns::Batch const& batch, RunInputs const& inputs) override {
    std::vector<PairOutcome> outcomes(program_.policies.size());
    for (auto& pair : interpret::interpret(program_, schema, batch, inputs)) outcomes[pair.policy] = std::move(pair);
    return outcomes;
  }

  void see(SchemaId schema, std::vector<Person> const& people) override {
    interpret::Population population(program_, schema);
    for (auto const& person : people) population.add(*person.batch, {person.key}, *person.inputs);
    population.compute();
  }

  void join(SchemaId schema, std::vector<Person> const& people,
            std::map<SchemaId, std::vector<Person>> const& all) override {
    interpret::References references(program_);
    for (auto const target : references.pointed_at(schema)) {
      auto const given = all.find(target);
      if (given == all.end()) continue;
      auto [batch, keys] = together(program_, target, given->second);
      references.load(target, std::move(batch), std::move(keys));
    }
    for (auto const& person : people) references.join(schema, *person.batch);
  }

  columns::Batch make(SchemaId schema, std::vector<Person> const& source, RunInputs const& inputs) override {
    interpret::Tally tally(program_, schema);
    for (auto const& person : source) tally.add(*person.batch, {person.key}, *person.inputs);
    return tally.make(inputs);
  }

  void settle(std::vector<Answered> const& records) override {
    interpret::Settlement population(program_, subjects_of(program_));
    if (population.idle()) return;
    for (auto const& record : records)
      population.add(*record.batch, {record.key}, *record.inputs, about(program_, record.schema, *record.outcomes),
                     {name_of(program_, record)});
    for (auto& pair : population.finish()) take_back(std::move(pair), records);
  }

 private:
  tir::Program const& program_;
};

class Engine : public TestEngine {
 public:
  static Result<std::unique_ptr<TestEngine>> make(TestProgram const& program, SourceSet const& sources, bool native) {
    auto plan = plan_of(program, sources);
    if (!plan) return plan.error();
    auto engine = std::make_unique<Engine>(program.program);
    engine->plan_ = std::move(*plan);
    engine->places_ = places_in_program(engine->plan_, program.program);
    if (native) {
      auto module = native_module();
      if (!module) return module.error();
      auto code = (*module)->compile(engine->plan_, {});
      if (!code) return code.error();
      engine->native_ = std::move(*code);
    }
    return std::unique_ptr<TestEngine>(std::move(engine));
  }

  explicit Engine(tir::Program const& program) : program_(program) {}

  void keep_known(SchemaId schema, columns::Batch& batch, std::vector<std::string>& given) override {
    auto const relation = engine::find_relation(plan_, program_.schemas[schema].name);
    if (!relation) return;  // no policy is about it
    auto const known = engine::layout_of(plan_, *relation, given);
    if (!known) return;
    auto const all = interpret::layout_of(program_, schema, given);
    for (auto i = all.fields.size(); i-- > program_.schemas[schema].fields.size();) {
      if (columns::find_field(known->fields, all.fields[i].name) >= 0) continue;
      batch.columns.erase(batch.columns.begin() + static_cast<std::ptrdiff_t>(i));
      std::erase(given, all.fields[i].name);
    }
  }

  Result<std::vector<PairOutcome>> run(SchemaId schema, columns::Batch const& batch, RunInputs const& inputs) override {
    std::vector<PairOutcome> outcomes(program_.policies.size());
    auto const about = [&](tir::Policy const& policy) { return policy.subject == schema; };
    if (std::none_of(program_.policies.begin(), program_.policies.end(), about)) return outcomes;
    auto relation = engine::find_relation(plan_, program_.schemas[schema].name);
    if (!relation) return relation.error();
    auto bound = engine::bind(plan_, inputs);
    if (!bound) return bound.error();
    engine::MatchOptions options;
    options.list = engine::Listing::all();
    options.subject = *relation;
    auto matched = engine::match(*bound, batch, native_.functions, options);
    if (!matched) return matched.error();
    for (auto& pair : matched->pairs) {
      pair.policy = places_[pair.policy];
      outcomes[pair.policy] = std::move(pair);
    }
    return outcomes;
  }

  void see(SchemaId schema, std::vector<Person> const& people) override {
    auto const relation = engine::find_relation(plan_, program_.schemas[schema].name);
    if (!relation) return;  // no policy is about it
    std::deque<explain::Places> places;
    settle::Cohorts cohorts(plan_, *relation);
    for (auto const& person : people)
      cohorts.add(*person.batch, {person.key},
                  places.emplace_back(explain::make_places(plan_, person.inputs->given_definitions)), *person.inputs);
    cohorts.compute();
  }

  void join(SchemaId schema, std::vector<Person> const& people,
            std::map<SchemaId, std::vector<Person>> const& all) override {
    auto const relation = engine::find_relation(plan_, program_.schemas[schema].name);
    if (!relation) return;  // no policy is about it
    auto const places = explain::make_places(plan_, {});
    settle::References references(plan_, places);
    for (auto const& [target, given] : all)
      if (auto const of = engine::find_relation(plan_, program_.schemas[target].name); of) {
        auto [batch, keys] = together(program_, target, given);
        references.load(*of, std::move(batch), keys);
      }
    for (auto const& person : people) references.join(*relation, *person.batch);
  }

  columns::Batch make(SchemaId schema, std::vector<Person> const& source, RunInputs const& inputs) override {
    auto const relation = engine::find_relation(plan_, program_.schemas[schema].name);
    HUIYU_CHECK(bool(relation), "a 统计 that its Plan does not have");
    settle::Tallies tallies(plan_, *relation);
    for (auto const& person : source) {
      std::string const keys[] = {person.key};
      tallies.add(*person.batch, keys, explain::make_places(plan_, person.inputs->given_definitions), *person.inputs);
    }
    return tallies.make(explain::make_places(plan_, inputs.given_definitions));
  }

  void settle(std::vector<Answered> const& records) override {
    std::vector<plan::Ref<plan::Relation>> relations;
    for (auto const& policy : plan_.policies) relations.push_back(policy.subject);
    settle::Rules const rules(plan_, relations);
    if (rules.idle()) return;
    settle::Population population(rules);
    for (auto const& record : records) {
      auto pairs = about(program_, record.schema, *record.outcomes);
      for (auto& pair : pairs)
        pair.policy = static_cast<std::uint32_t>(std::ranges::find(places_, pair.policy) - places_.begin());
      std::string const keys[] = {record.key}, names[] = {name_of(program_, record)};
      population.add(*record.batch, keys, explain::make_places(plan_, record.inputs->given_definitions), *record.inputs,
                     std::move(pairs), names);
    }
    for (auto& pair : population.finish()) {
      pair.policy = places_[pair.policy];
      take_back(std::move(pair), records);
    }
  }

 private:
  tir::Program const& program_;
  plan::Plan plan_;
  std::vector<std::uint32_t> places_;  // in the program, by position in the plan
  jit::LoadedCode native_;
};

}  // namespace

Result<std::unique_ptr<TestEngine>> TestEngine::make(TestProgram const& program, SourceSet const& sources,
                                                     EngineChoice choice) {
  switch (choice) {
    case EngineChoice::Interpret: return Engine::make(program, sources, false);
    case EngineChoice::Native: return Engine::make(program, sources, true);
    case EngineChoice::Auto:
    case EngineChoice::Oracle: break;
  }
  return std::unique_ptr<TestEngine>(std::make_unique<Oracle>(program));
}

std::string explain_pair(TestProgram const& program, SourceSet const& sources, columns::Batch const& batch,
                         RunInputs const& inputs, std::uint32_t policy, Language language) {
  auto const plan = plan_of(program, sources);
  if (!plan) return {};
  auto const places = explain::make_places(*plan, inputs.given_definitions);
  auto const in_program = places_in_program(*plan, program.program);
  auto const asked = static_cast<std::uint32_t>(std::ranges::find(in_program, policy) - in_program.begin());
  return explain::to_text(explain::explain({*plan, places, inputs, batch, 0}, asked),
                          language == Language::Chinese ? explain::Language::Chinese : explain::Language::English);
}

}  // namespace huiyu::driver
