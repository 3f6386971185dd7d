#pragma once

// What is served: a release made ready for one run, and what has changed since it was. All of it is immutable; readers
// hold on to what they began with while a next edition is published.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/batch.h"
#include "runtime/engine/bind.h"
#include "runtime/portal/index.h"

namespace huiyu::portal {

// A plan that has passed plan::verify, bound and indexed.
class Release {
 public:
  // An error where the plan is about several 结构, or cannot be bound. `sample`: as in make_index.
  static Result<std::shared_ptr<Release const>> make(plan::Plan plan, RunInputs const& inputs,
                                                     columns::Batch const* sample = nullptr);
  Release(Release const&) = delete;
  Release& operator=(Release const&) = delete;

  plan::Plan const& plan() const { return plan_; }
  engine::BoundPlan const& bound() const { return bound_; }
  Index const& index() const { return index_; }
  // Where in the plan a policy stands; nothing: it is not one of the release.
  std::optional<std::uint32_t> position_of(std::string_view id) const;

 private:
  explicit Release(plan::Plan plan) : plan_(std::move(plan)) {}

  plan::Plan plan_;
  engine::BoundPlan bound_;
  Index index_;
  std::unordered_map<std::string_view, std::uint32_t> positions_;  // by id
};

class Beside;

// A release and the few policies that came, changed or went since: those stand in a release of their own, so that an
// edit binds and indexes them alone.
struct Edition {
  std::shared_ptr<Release const> base;
  std::shared_ptr<Release const> patch;  // null: nothing came or changed
  std::vector<bool> withdrawn;           // by policy of `base`; those past the end are not
  std::shared_ptr<Beside const>
      beside;  // of `base`: what requests that bring nothing point at; null: nothing stands by
};

// `base` with what has changed since it was made: the plan of all policies that came or changed (none: an empty one),
// and the ids of those that went. An error where the records of the patch are laid out otherwise: that asks for a new
// release. `beside` is of `base`.
Result<std::shared_ptr<Edition const>> edit(std::shared_ptr<Release const> base, plan::Plan patch,
                                            std::vector<std::string> const& gone = {},
                                            std::shared_ptr<Beside const> beside = nullptr);

// The edition that is served. Any number of threads read while one publishes.
class Published {
 public:
  explicit Published(std::shared_ptr<Edition const> first) : edition_(std::move(first)) {}

  std::shared_ptr<Edition const> edition() const;
  void publish(std::shared_ptr<Edition const> next);
  // Rises with each edition.
  std::uint64_t epoch() const { return epoch_.load(std::memory_order_acquire); }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<Edition const> edition_;
  std::atomic<std::uint64_t> epoch_{1};
};

}  // namespace huiyu::portal
