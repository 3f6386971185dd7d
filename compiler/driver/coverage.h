// What the tests of a project have seen: clauses, both sides of each condition, rows of ladders and tables.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/project.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"

namespace huiyu::driver {

// One thing that tests should see. A clause: paid or concluded at least once. A condition: that it holds, and that it
// does not. A row: that it gives the value.
struct CoverPoint {
  enum class Kind : std::uint8_t { Clause, Condition, Row };
  Kind kind{};
  Span where;
  std::string text;
  tir::ExprId expr{};               // the condition, or the row's; absent: a clause, or the last resort of a ladder
  std::vector<tir::ExprId> before;  // of a row: the rows that must not hold
  bool held = false, failed = false;
  int wanted() const { return kind == Kind::Condition ? 2 : 1; }
  int seen() const { return (held ? 1 : 0) + (kind == Kind::Condition && failed ? 1 : 0); }
};

class Coverage {
 public:
  // All points of the project's own policies and of the definitions that they use. What stands inside an aggregate is
  // about rows of a list or years, and is no point of its own.
  explicit Coverage(Project const& project);

  // A test expects something of the policy for the record of the batch.
  void see(tir::Program const& program, tir::PolicyId policy, Outcome outcome, columns::Batch const& batch,
           RunInputs const& inputs);
  // The same of a definition.
  void see(tir::Program const& program, tir::DefinitionId definition, columns::Batch const& batch,
           RunInputs const& inputs);

  // By file and place.
  std::vector<CoverPoint> points() const;

 private:
  void add_condition(tir::ExprId id, SchemaId subject, std::vector<std::size_t>& into);
  void add_value(tir::ExprId id, SchemaId subject, std::vector<std::size_t>& into);
  void add_definition(tir::DefinitionId id, SchemaId subject, std::vector<std::size_t>& into);
  std::size_t add(CoverPoint point);
  void evaluate(tir::Program const& program, std::vector<std::size_t> const& points, columns::Batch const& batch,
                RunInputs const& inputs);

  Project const& project_;
  std::vector<CoverPoint> points_;
  std::map<std::tuple<std::int32_t, std::uint32_t, std::uint32_t, CoverPoint::Kind>, std::size_t> at_;  // by place
  std::map<std::int32_t, std::size_t> clause_of_;                                                       // by policy
  std::map<std::int32_t, std::vector<std::size_t>> of_policy_, of_definition_;
};

struct CoverCount {
  int seen = 0, wanted = 0;
};
// By kind, in their order.
std::vector<CoverCount> cover_counts(std::vector<CoverPoint> const& points);
// Of all kinds together.
CoverCount cover_total(std::vector<CoverPoint> const& points);

// Lines for people: the counts, then what no test has seen.
std::string coverage_text(std::vector<CoverPoint> const& points, SourceSet const& sources, Language language);
// What no test has seen, as GitHub shows it beside the lines.
std::string coverage_annotations(std::vector<CoverPoint> const& points, SourceSet const& sources, Language language);
// One object for each point that is not fully seen, then one of the whole.
std::string coverage_json(std::vector<CoverPoint> const& points, SourceSet const& sources);

}  // namespace huiyu::driver
