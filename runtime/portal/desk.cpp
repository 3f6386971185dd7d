#include "runtime/portal/desk.h"

#include <algorithm>

namespace huiyu::portal {

std::vector<Desk::Answer> const& Desk::find(columns::Batch const& batch, std::int64_t row) {
  if (published_.epoch() != epoch_) move_to_published();
  answers_.clear();
  take(*base_, *edition_->base, edition_->withdrawn, batch, row);
  if (patch_ != nullptr) take(*patch_, *edition_->patch, {}, batch, row);
  std::sort(answers_.begin(), answers_.end(), [](Answer const& a, Answer const& b) { return a.policy < b.policy; });
  return answers_;
}

std::vector<Desk::Answer> const& Desk::find_joined(columns::Batch& batch, std::int64_t row, Beside const* brought) {
  if (published_.epoch() != epoch_) move_to_published();
  auto const* beside = brought != nullptr ? brought : edition_->beside.get();
  if (beside != nullptr) beside->join(batch);
  return find(batch, row);
}

// An edit leaves the base as it is, and what is ready for it.
void Desk::move_to_published() {
  epoch_ = published_.epoch();  // read first: an edition that comes in between is fetched again
  auto next = published_.edition();
  answers_.clear();
  patch_.reset();
  if (base_ == nullptr || next->base != edition_->base)
    base_ = std::make_unique<Finder>(next->base->index(), next->base->bound());
  edition_ = std::move(next);
  if (edition_->patch != nullptr) patch_ = std::make_unique<Finder>(edition_->patch->index(), edition_->patch->bound());
}

void Desk::take(Finder& finder, Release const& release, std::vector<bool> const& withdrawn, columns::Batch const& batch,
                std::int64_t row) {
  for (auto const& pair : finder.find(batch, row)) {
    if (pair.policy < withdrawn.size() && withdrawn[pair.policy]) continue;
    answers_.push_back({release.plan().text(release.plan().policies[pair.policy].id), pair});
  }
}

}  // namespace huiyu::portal
