// Which kinds of records a run is about, and where each of them is.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/records.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace huiyu::driver {

// `企业=企业.parquet`, or a place alone. A name has neither `.` nor `/` in it.
struct NamedPlace {
  std::string schema;  // empty: not named
  std::string place;
};
NamedPlace named_place(std::string const& text);

// One for each source of records that is given: with several each is named, and those of the others may be pointed at.
Result<std::vector<RecordOptions>> each_source(RecordOptions const& options, Language language);

// The only one; several are an error.
Result<RecordOptions> single_source(RecordOptions const& options, Language language);

// The relation that is meant by the name of a 结构; by none that which all policies are about, several being an error
// that says how to name one.
Result<plan::Ref<plan::Relation>> subject_named(plan::Plan const& plan, std::string const& schema);

// Why no kind of records is meant by itself: policies are about these, or there are none.
Error several_subjects(std::vector<std::string> const& names);

}  // namespace huiyu::driver
