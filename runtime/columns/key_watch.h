#pragma once

// Records that bear the key of an earlier one: reported, for a firm that stands in the data twice is paid twice.

#include <cstddef>
#include <vector>

#include "runtime/base/hash.h"
#include "runtime/columns/batch.h"

namespace huiyu::columns {

class KeyWatch {
 public:
  explicit KeyWatch(RecordLayout const& layout) : layout_(layout) {}

  // Reports each record of the batch whose key was seen before, in this batch or an earlier one. The fact stays as it
  // is. Keys are told apart by a hash of 128 bits. A missing key is like no other.
  void see(Batch const& batch, std::vector<CellReport>& reports);

 private:
  // Room for so many more.
  void reserve(std::size_t more);
  // Begins to load where a hash would stand.
  void fetch(Hash128 hash) const;
  // False: it is there already. Not the hash of all zeros, and only where there is room.
  bool insert(Hash128 hash);
  void grow();

  RecordLayout const& layout_;
  // Open addressing: a node for each key of a million would cost more than reading it. All zeros: free.
  std::vector<Hash128> slots_;
  std::size_t count_ = 0;
};

// The value of a present row of a scalar column as text, for reports and keys: texts and entries as they are, codes as
// in the standard, dates as 2024-03-01, numbers as plain decimals.
std::string cell_text(Column const& column, FieldLayout const& field, std::int64_t row);

// The same of a value on its own; not for texts.
std::string value_text(FieldLayout const& field, std::int64_t value);

}  // namespace huiyu::columns
