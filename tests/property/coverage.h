// What random programs have met of the language and of the Plan: in how many programs each word, each way of writing
// and each kind of node occurred.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/driver/project.h"
#include "runtime/plan/plan.h"

namespace huiyu::test {

class Coverage {
 public:
  Coverage();

  // A program that was run. Counts what its text, its tir and its plan hold.
  void add(driver::Project const& project, plan::Plan const& plan);

  // A table: kind, programs.
  std::string print() const;
  // What was met in fewer programs than that.
  std::vector<std::string> rare(std::int64_t least) const;

 private:
  std::map<std::string, std::int64_t> programs_;
};

}  // namespace huiyu::test
