// Data under a mapping, written as the rules read them: `huiyu data convert --mapping`.
#pragma once

#include <string>

#include "compiler/driver/language.h"
#include "compiler/driver/records.h"
#include "runtime/base/result.h"
#include "runtime/columns/layout.h"

namespace huiyu::driver {

// Reads all records and writes them to a table whose columns are the fields of the layout: every value in the field's
// own unit, so that the table needs no mapping. What cannot be read is printed and left empty; with `strict` nothing is
// written then.
Result<void> convert_records(RecordOptions const& options, columns::RecordLayout const& layout,
                             std::string const& output, Language language);

}  // namespace huiyu::driver
