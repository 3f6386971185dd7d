// A test of a value in words, and as bytes that mean the same in every release. Private to `huiyu genes`.
#pragma once

#include <string>
#include <vector>

#include "runtime/plan/plan.h"

namespace huiyu::driver {

struct Words {
  std::string zh, en;
};

// `营业收入`; of a value without a name those it is computed from, with `computed` set.
Words column_words(plan::Plan const& plan, plan::Ref<plan::Column> column, bool& computed);

struct GeneWords {
  Words test;           // `≥ 2000万元`, `属于 C13、C14`
  std::string meaning;  // the exact test
};
GeneWords test_words(plan::Plan const& plan, plan::Atom const& atom);

// The members of a class set, coarser ones left out: codes as written in the standard, entries by name.
std::vector<std::string> members_of(plan::Plan const& plan, plan::Column const& column, plan::ClassSet const& set);

}  // namespace huiyu::driver
