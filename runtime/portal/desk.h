#pragma once

// Answers records from whatever edition is published.

#include <memory>
#include <string_view>
#include <vector>

#include "runtime/portal/beside.h"
#include "runtime/portal/finder.h"
#include "runtime/portal/release.h"

namespace huiyu::portal {

// One for each thread.
class Desk {
 public:
  // `published` must outlive the desk.
  explicit Desk(Published const& published) : published_(published) {}

  struct Answer {
    std::string_view policy;  // its id
    PairOutcome outcome;      // its position is that in the base or in the patch
  };
  // What the record is certainly eligible for in the edition of this moment, by policy id. Good until the next call.
  std::vector<Answer> const& find(columns::Batch const& batch, std::int64_t row = 0);
  // The same of records that point at others: what they read of those is filled in first, from what the request brings
  // (`brought`, of the release that is published), else from what stands by.
  std::vector<Answer> const& find_joined(columns::Batch& batch, std::int64_t row = 0, Beside const* brought = nullptr);

 private:
  void move_to_published();
  void take(Finder& finder, Release const& release, std::vector<bool> const& withdrawn, columns::Batch const& batch,
            std::int64_t row);

  Published const& published_;
  std::uint64_t epoch_ = 0;
  std::shared_ptr<Edition const> edition_;
  std::unique_ptr<Finder> base_, patch_;
  std::vector<Answer> answers_;
};

}  // namespace huiyu::portal
