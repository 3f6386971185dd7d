#pragma once

// Records of other 结构 at which those that are asked about point by key: all of them, held for many requests, or the
// few that one request brings along.

#include <memory>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/columns/layout.h"
#include "runtime/portal/release.h"
#include "runtime/settle/references.h"

namespace huiyu::portal {

class Beside {
 public:
  explicit Beside(std::shared_ptr<Release const> release);
  Beside(Beside const&) = delete;
  Beside& operator=(Beside const&) = delete;

  // Of which 结构 policies read something by a reference, and how such records are laid out.
  std::vector<columns::RecordLayout> const& layouts() const { return layouts_; }
  // All records of `layouts()[place]` that there are, in place of those before.
  void load(std::size_t place, columns::Batch all);
  // Fills in what the records that are asked about read of these. What is read of a 结构 that was never loaded is what
  // the records themselves state of it. By any number of threads.
  void join(columns::Batch& batch) const;

 private:
  std::shared_ptr<Release const> release_;
  settle::References references_;
  std::vector<plan::Ref<plan::Relation>> relations_;
  std::vector<columns::RecordLayout> layouts_;
};

}  // namespace huiyu::portal
