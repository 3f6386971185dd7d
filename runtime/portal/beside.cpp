#include "runtime/portal/beside.h"

#include <span>
#include <string>
#include <utility>

#include "runtime/explain/places.h"

namespace huiyu::portal {

Beside::Beside(std::shared_ptr<Release const> release)
    : release_(std::move(release)), references_(release_->plan(), release_->bound().places) {
  auto const subject = release_->index().subject;
  relations_ = references_.pointed_at(std::span(&subject, 1));
  for (auto const relation : relations_)
    layouts_.push_back(explain::make_layout(release_->plan(), release_->bound().places, relation));
}

void Beside::load(std::size_t place, columns::Batch all) {
  // What is pointed at has a key that is a text or a credit code; a record without one is pointed at by nobody.
  auto const& key = all.columns[static_cast<std::size_t>(layouts_[place].key)];
  std::vector<std::string> keys;
  for (std::int64_t row = 0; row < all.row_count; ++row)
    keys.push_back(key.present(row) ? key.text(row) : std::string());
  references_.load(relations_[place], std::move(all), keys);
}

void Beside::join(columns::Batch& batch) const { references_.join(release_->index().subject, batch); }

}  // namespace huiyu::portal
