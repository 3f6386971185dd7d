// Answers for the records of tests, by the engine that was asked for.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/options.h"
#include "compiler/driver/test_program.h"
#include "compiler/source/source_set.h"
#include "runtime/base/result.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"

namespace huiyu::driver {

class TestEngine {
 public:
  virtual ~TestEngine() = default;

  // `program` must outlive it. `auto` is the oracle: tests say what a rule means.
  static Result<std::unique_ptr<TestEngine>> make(TestProgram const& program, SourceSet const& sources,
                                                  EngineChoice choice);

  // Takes from a record the definitions that it gives and that this engine does not know: no policy uses them.
  virtual void keep_known(SchemaId schema, columns::Batch& batch, std::vector<std::string>& given) = 0;
  // The answers of all policies about the 结构 for a batch of one record, by position of the policy; policies about
  // other records have none.
  virtual Result<std::vector<PairOutcome>> run(SchemaId schema, columns::Batch const& batch,
                                               RunInputs const& inputs) = 0;

  // The records of a test, with their answers, which are settled in place.
  struct Answered {
    SchemaId schema{};
    columns::Batch const* batch = nullptr;  // of one record
    std::string key;
    RunInputs const* inputs = nullptr;
    std::vector<PairOutcome>* outcomes = nullptr;  // by position of the policy
  };
  // The records of one 结构 of a test before they are answered: what they are among each other is filled in.
  struct Person {
    columns::Batch* batch = nullptr;  // of one record
    std::string key;
    RunInputs const* inputs = nullptr;
  };
  virtual void see(SchemaId schema, std::vector<Person> const& people) = 0;
  // What the records of a 结构 read of the others of the test, before they are seen. Those of a 结构 of which the test
  // has none are not loaded.
  virtual void join(SchemaId schema, std::vector<Person> const& people,
                    std::map<SchemaId, std::vector<Person>> const& all) = 0;
  // The records of a 结构 that a 统计 makes of those of the test; `inputs` are those that they are read with.
  virtual columns::Batch make(SchemaId schema, std::vector<Person> const& source, RunInputs const& inputs) = 0;
  // All records of a test: of a 结构 of which it has none there are none.
  virtual void settle(std::vector<Answered> const& records) = 0;
};

// Why the record got its answer, as lines for people; empty where the rules cannot be explained.
std::string explain_pair(TestProgram const& program, SourceSet const& sources, columns::Batch const& batch,
                         RunInputs const& inputs, std::uint32_t policy, Language language);

}  // namespace huiyu::driver
