#pragma once

// One record after the other from JSON text, as a portal is asked: what read_json_records reads, into memory that
// stays.

#include <memory>
#include <string_view>

#include "runtime/records/json_records.h"

namespace huiyu::records {

// One for each thread.
class JsonRecordReader {
 public:
  explicit JsonRecordReader(columns::RecordLayout layout, JsonLimits const& limits = {});
  ~JsonRecordReader();
  JsonRecordReader(JsonRecordReader const&) = delete;
  JsonRecordReader& operator=(JsonRecordReader const&) = delete;

  // The record of a text that is one JSON object (or an array of one), with what read_json_records reports of it.
  // Good until the next call.
  Result<JsonRecords const*> read(std::string_view text);

 private:
  class Quick;
  columns::RecordLayout layout_;
  JsonLimits limits_;
  std::unique_ptr<Quick> quick_;
  JsonRecords other_;
};

}  // namespace huiyu::records
