#pragma once

// The oracle's references: every row of every record that may be meant is looked at. docs/language/references.md says
// what it means; runtime/settle must give the same.

#include <map>
#include <string>
#include <vector>

#include "compiler/tir/tir.h"
#include "runtime/columns/batch.h"

namespace huiyu::interpret {

class References {
 public:
  explicit References(tir::Program const& program) : program_(program) {}

  // The 结构 whose records those of `from`, and the rows of their lists, read; each once.
  std::vector<SchemaId> pointed_at(SchemaId from) const;
  // All records of a 结构 with their keys; one of which this is never said is not loaded.
  void load(SchemaId schema, columns::Batch all, std::vector<std::string> keys);
  // Fills in what the records of `from`, and the rows of their lists, read of others.
  void join(SchemaId from, columns::Batch& batch) const { join(from, batch, ""); }

 private:
  struct Records {
    columns::Batch batch;
    std::vector<std::string> keys;
  };
  struct Found {
    std::int64_t row = -1;
    std::vector<std::string> lacks;  // why there is none
  };
  void add_pointed_at(SchemaId from, std::vector<SchemaId>& all) const;
  // `prefix`: what the fields of a row are named with.
  void join(SchemaId from, columns::Batch& batch, std::string const& prefix) const;
  Found find(columns::Batch const& batch, tir::Field const& field, std::int64_t row, std::string const& prefix) const;
  std::size_t place_of(tir::FieldId field) const;

  tir::Program const& program_;
  std::map<SchemaId, Records> loaded_;
};

}  // namespace huiyu::interpret
