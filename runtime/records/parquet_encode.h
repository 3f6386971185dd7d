#pragma once

// The two encodings that our Parquet files are made of: Thrift's compact protocol for what describes the data, runs and
// packed bits for the data. As parquet-format's README, Encodings.md and parquet.thrift have them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/records/runs.h"

namespace huiyu::records::parquet {

// Structs of Thrift's compact protocol. Fields are written in the order of their ids.
class Compact {
 public:
  explicit Compact(std::string& out) : out_(out) {}

  void field(int id, std::int32_t value);
  void field(int id, std::int64_t value);
  void field(int id, std::string_view text);
  // A struct in a field, or as an element of a list (id 0).
  void begin_struct(int id = 0);
  void end_struct();
  enum class Of : std::uint8_t { Int32 = 5, Text = 8, Struct = 12 };
  void begin_list(int id, Of elements, std::size_t count);
  void element(std::int32_t value);
  void element(std::string_view text);

 private:
  void header(int id, std::uint8_t type);
  void number(std::uint64_t value);  // seven bits a byte, lowest first
  void text(std::string_view text);

  std::string& out_;
  std::vector<int> last_ids_{0};
};

// Numbers of `width` bits (1 to 32): eight or more equal ones as a run, the others packed by eights.
void append_runs(std::string& out, Runs const& numbers, int width);

// Little endian.
void append_u32(std::string& out, std::uint32_t value);

}  // namespace huiyu::records::parquet
