// Whether records of policies have the elements that a project requires: `huiyu report elements`.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/driver/language.h"
#include "compiler/driver/project.h"
#include "compiler/source/source_set.h"

namespace huiyu::driver {

struct Element {
  std::string name;
  bool required = false;
};

// The 名录 in which some entry is 必填: the elements in its order. An error of the rules where there is none, or more
// than one.
Result<std::vector<Element>> elements_of(Project const& project, Language language);

struct ElementsReport {
  std::int64_t records = 0, good = 0;
  std::map<std::string, std::int64_t> levels;  // 省级, 地级, 县级: records by the place of their 辖区
};

// Reads records as JSON (an object, an array, or one a line) out of a file that `sources` takes in, and reports what is
// missing, unknown or out of place. Error of kind Data: it is no JSON.
Result<ElementsReport> check_elements(std::string const& path, std::string text, Project const& project,
                                      std::vector<Element> const& elements, SourceSet& sources,
                                      Diagnostics& diagnostics);

}  // namespace huiyu::driver
