#pragma once

// Records as JSON: one object, an array of objects, or objects one after the other (JSON lines).
//
// A fact is text with its unit (`"2000万元"`), a number in the field's own unit, true or false, null (missing); a list
// is an array of objects, a set an array of texts, a series an object by period (`{"2023年": "100万元"}`). Numbers are
// read by their digits; no binary floating point is involved.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/batch.h"

namespace huiyu::records {

// What a text may ask for at most. Beyond it the whole text is refused.
struct JsonLimits {
  std::size_t text_bytes = std::size_t{1} << 30U;
  std::size_t depth = 16;
  std::int64_t records = 10'000'000;
};

struct JsonRecords {
  columns::Batch batch;
  std::vector<columns::CellReport> reports;
  std::vector<std::string>
      unknown_fields;  // named in the data and not in the layout, `列表.字段` for items; sorted, unique
};

// Reads all records of a text. Cells that cannot be read are reported and missing; text that is no such JSON is an
// error. `first_row` is the number of the first record in the whole input.
Result<JsonRecords> read_json_records(std::string_view text, columns::RecordLayout const& layout,
                                      std::int64_t first_row = 0, JsonLimits const& limits = {});

}  // namespace huiyu::records
