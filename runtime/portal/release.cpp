#include "runtime/portal/release.h"

#include <algorithm>

#include "runtime/engine/layout.h"

namespace huiyu::portal {
namespace {

// Whether records read for one plan can be asked of the other.
bool same_fields(std::vector<columns::FieldLayout> const& a, std::vector<columns::FieldLayout> const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
    return x.name == y.name && x.kind == y.kind && x.measure == y.measure && x.scale == y.scale && x.low == y.low &&
           x.high == y.high && x.system == y.system && x.entries == y.entries && x.element == y.element &&
           x.series == y.series && same_fields(x.items, y.items);
  });
}

Result<columns::RecordLayout> layout(Release const& release) {
  return engine::layout_of(release.plan(), release.index().subject, release.bound().inputs.given_definitions);
}

}  // namespace

Result<std::shared_ptr<Release const>> Release::make(plan::Plan plan, RunInputs const& inputs,
                                                     columns::Batch const* sample) {
  auto const subject = engine::only_subject(plan);
  if (!subject) return subject.error();
  std::shared_ptr<Release> made(new Release(std::move(plan)));
  auto bound = engine::bind(made->plan_, inputs);
  if (!bound) return bound.error();
  made->bound_ = std::move(*bound);
  made->index_ = make_index(made->bound_, *subject, sample);
  for (std::uint32_t i = 0; i < made->plan_.policies.size(); ++i)
    made->positions_.emplace(made->plan_.text(made->plan_.policies[i].id), i);
  return std::shared_ptr<Release const>(std::move(made));
}

std::optional<std::uint32_t> Release::position_of(std::string_view id) const {
  auto const found = positions_.find(id);
  return found == positions_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::shared_ptr<Edition const>> edit(std::shared_ptr<Release const> base, plan::Plan patch,
                                            std::vector<std::string> const& gone,
                                            std::shared_ptr<Beside const> beside) {
  auto made = std::make_shared<Edition>();
  made->beside = std::move(beside);
  made->withdrawn.resize(base->plan().policies.size());
  auto const withdraw = [&](std::string_view id) {
    if (auto const position = base->position_of(id)) made->withdrawn[*position] = true;
  };
  for (auto const& id : gone) withdraw(id);
  for (auto const& policy : patch.policies) withdraw(patch.text(policy.id));
  if (!patch.policies.empty()) {
    auto release = Release::make(std::move(patch), base->bound().inputs);
    if (!release) return release.error();
    auto const old_layout = layout(*base), new_layout = layout(**release);
    if (!old_layout) return old_layout.error();
    if (!new_layout) return new_layout.error();
    if (old_layout->key != new_layout->key || !same_fields(old_layout->fields, new_layout->fields))
      return Error{ErrorKind::Rules, "what has changed is about records of another layout"};
    made->patch = std::move(*release);
  }
  made->base = std::move(base);
  return std::shared_ptr<Edition const>(std::move(made));
}

std::shared_ptr<Edition const> Published::edition() const {
  std::lock_guard const lock(mutex_);
  return edition_;
}

void Published::publish(std::shared_ptr<Edition const> next) {
  std::lock_guard const lock(mutex_);
  edition_.swap(next);  // the old one goes after the lock, with `next`
  epoch_.fetch_add(1, std::memory_order_release);
}

}  // namespace huiyu::portal
