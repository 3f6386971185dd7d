// Whoever matches or explains records that point at records of another 结构.
#pragma once

#include <memory>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/records.h"
#include "runtime/base/result.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/layout.h"

namespace huiyu::driver {

class Referrer {
 public:
  virtual ~Referrer() = default;
  // The records that those which the data state point at, and of which rules read something; each 结构 once.
  virtual std::vector<columns::RecordLayout> pointed_at() const = 0;
  // All records of one of them, which is then loaded.
  virtual void load(columns::RecordLayout const& layout, std::vector<columns::Batch> all) = 0;
  // Fills in what records of the data read of those that they point at. By any number of threads.
  virtual void join(columns::Batch& batch) const = 0;
};

// The records of `source`, of the layout `own`, with what they read of others; `options.with` says where those are.
// Both must outlive the source. Records that point at their like are all read before the first is given.
Result<std::unique_ptr<RecordSource>> with_references(std::unique_ptr<RecordSource> source,
                                                      columns::RecordLayout const& own, RecordOptions const& options,
                                                      Referrer& referrer, Language language);

}  // namespace huiyu::driver
