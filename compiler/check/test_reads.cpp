#include <algorithm>
#include <set>

#include "compiler/base/match.h"
#include "compiler/check/test.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

class Reads {
 public:
  Reads(tir::Program const& program, tir::Test const& test) : program_(program), test_(test) {}

  void read(tir::ExprId root) {
    if (!root.has_value()) return;
    for (auto const id : tir::reachable(program_, root)) {
      auto const& kind = program_.exprs[id].kind;
      if (auto const* input = std::get_if<tir::Input>(&kind)) read(input->word);
      if (auto const* parameter = std::get_if<tir::ParameterValue>(&kind)) read(parameter->parameter);
      if (auto const* used = std::get_if<tir::DefinitionValue>(&kind)) read(used->definition);
    }
  }

  void read(tir::DefinitionId definition) {
    if (seen_.insert(definition.index).second) read(program_.definitions[definition].value);
  }

  void read(tir::Policy const& policy) {
    found_.day = policy.valid_from.has_value() || policy.valid_until.has_value();
    read(policy.place);
    read(policy.target);
    read(policy.condition);
    read(policy.value);
    for (auto const& item : policy.items) {
      read(item.amount);
      read(item.when);
    }
    for (auto const& cap : policy.caps) read(cap.bound);
    for (auto const& share : policy.shares) read(share.weight);
    for (auto const& alert : policy.alerts)
      for (auto const& row : alert.rows) read(row.condition);
    // 本年 is what the policy says it is.
    if (this_year_ && policy.year.has_value()) {
      this_year_ = false;
      read(policy.year);
    }
  }

  ReadsOfRun found() const { return {found_.day, found_.year || this_year_}; }

 private:
  void read(tir::InputWord word) {
    switch (word) {
      case tir::InputWord::AsOf:
      case tir::InputWord::ThisMonth: found_.day = true; return;
      case tir::InputWord::ApplicationYear: found_.year = true; return;
      case tir::InputWord::ThisYear: this_year_ = true; return;
    }
  }

  // A parameter that the test states has no dates.
  void read(tir::ParameterId id) {
    bool const stated = std::any_of(test_.parameters.begin(), test_.parameters.end(),
                                    [&](tir::GivenParameter const& given) { return given.parameter == id; });
    for (auto const& dated : program_.parameters[id].values)
      found_.day = found_.day || (!stated && (dated.from_day.has_value() || dated.until_day.has_value()));
  }

  tir::Program const& program_;
  tir::Test const& test_;
  std::set<std::int32_t> seen_;
  ReadsOfRun found_;
  bool this_year_ = false;
};

}  // namespace

ReadsOfRun reads_of_policy(tir::Program const& program, tir::PolicyId policy, tir::Test const& test) {
  Reads reads(program, test);
  reads.read(program.policies[policy]);
  return reads.found();
}

ReadsOfRun reads_of_definition(tir::Program const& program, tir::DefinitionId definition, tir::Test const& test) {
  Reads reads(program, test);
  reads.read(definition);
  return reads.found();
}

}  // namespace huiyu::check
