// The atoms of a release, each with who uses it and what comes close to it: `huiyu genes`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/options.h"
#include "runtime/base/hash.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

// One test of one value of a record, however many policies make it. `x ＜ 5` is the test `x ≥ 5`, made negatively.
struct Gene {
  Hash128 id;          // of what it means: the same in every release, for the same value and the same test
  std::string column;  // 营业收入, 技改项目.设备投资额; of a value without a name those it is computed from
  bool computed = false;
  std::string kind;  // as AtomKind names it
  std::string zh, en;
  std::vector<std::string> policies;  // by their ids, in order
  std::size_t negative = 0;           // of them, those that also or only use it negatively
  std::vector<std::size_t> near;      // others of the catalogue that nearly coincide with it
};

// By value, then by what is tested. Nearly the same are bounds of one value that lie within 5% or one step of its last
// digit of each other (dates, years and entries: one step), and sets of which one has one member more.
std::vector<Gene> genes_of(plan::Plan const& plan);

std::string genes_text(std::vector<Gene> const& genes, plan::Plan const& plan, Format format, Language language);

}  // namespace huiyu::driver
