// What random programs have met of the language and of the Plan: in how many programs each kind occurred.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/tir/tir.h"
#include "runtime/plan/plan.h"

namespace huiyu::test {

class Coverage {
 public:
  Coverage();

  // A program that was run. Counts what its tir and its plan hold.
  void add(tir::Program const& program, plan::Plan const& plan);

  // A table: kind, programs.
  std::string print() const;
  // What was met in fewer programs than that.
  std::vector<std::string> rare(std::int64_t least) const;

 private:
  std::map<std::string, std::int64_t> programs_;
};

}  // namespace huiyu::test
