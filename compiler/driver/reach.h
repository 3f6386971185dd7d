// How many of those whom a policy is meant for it reaches: `huiyu report reach`.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/records.h"
#include "runtime/base/big.h"

namespace huiyu::driver {

// A conjunct of a policy's condition, and for how many of those meant it does not hold.
struct Stop {
  Span where;
  std::string text;
  std::int64_t count = 0;
};

struct Reach {
  std::string id, name;
  Span where;
  std::int64_t eligible = 0, ineligible = 0, unknown = 0, error = 0;
  std::int64_t elsewhere = 0, not_meant = 0;             // outside 辖区 or 有效; inside, and outside 对象
  std::map<std::string, std::int64_t> needs;             // what the unknown lack, and of how many
  std::vector<Stop> stops;                               // in the order of the text
  std::map<std::string, std::vector<std::string>> keys;  // by outcome, where they were asked for
  std::int64_t meant() const { return eligible + ineligible + unknown + error; }
};

struct ReachReport {
  std::vector<Reach> policies;      // in the order of their ids
  std::size_t atoms = 0, uses = 0;  // simplest conditions of all policies: different ones, and how often they stand
  std::int64_t records = 0;
};

// A share below this is few.
struct ReachOptions {
  BigRational threshold;
  bool keys = false;  // list the records of each outcome
};

// Matches all records. The project's program takes in a policy for each conjunct, so that the engine counts them.
Result<ReachReport> measure_reach(Project& project, RunOptions const& run, RecordOptions const& sources,
                                  ReachOptions const& options, Language language);

// Whether a policy reaches few: of those for whom nothing is meant nothing can be said.
bool is_few(Reach const& reach, BigRational const& threshold);

std::string reach_text(ReachReport const& report, Project const& project, ReachOptions const& options,
                       Language language);
// One object a policy, then one of the whole.
std::string reach_json(ReachReport const& report, Project const& project, ReachOptions const& options);

}  // namespace huiyu::driver
