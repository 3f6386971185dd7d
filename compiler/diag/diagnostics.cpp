#include "compiler/diag/diagnostics.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace huiyu::diag {

Diagnostic& Diagnostics::append(Span where, KindInfo const& kind) {
  if (kind.severity == Severity::Error) ++error_count_;
  bool const keep = kept_.size() < limit_;
  if (!keep) ++dropped_count_;
  Diagnostic& slot = keep ? kept_.emplace_back() : scratch_;
  slot = Diagnostic{};
  slot.kind = &kind;
  slot.message.format = &kind.format;
  slot.where = where;
  return slot;
}

std::vector<Diagnostic const*> Diagnostics::sorted() const {
  std::vector<Diagnostic const*> order;
  order.reserve(kept_.size());
  for (Diagnostic const& diagnostic : kept_) order.push_back(&diagnostic);
  std::stable_sort(order.begin(), order.end(), [](Diagnostic const* a, Diagnostic const* b) {
    return std::tuple(a->where.file, a->where.begin, a->where.end) <
           std::tuple(b->where.file, b->where.begin, b->where.end);
  });
  return order;
}

void Diagnostics::forget_repeats(std::size_t count) {
  if (count >= kept_.size()) return;
  auto const key = [](Diagnostic const& d) { return std::tuple(d.kind, d.where.file, d.where.begin, d.where.end); };
  std::set<decltype(key(kept_.front()))> seen;
  for (std::size_t i = 0; i < count; ++i) seen.insert(key(kept_[i]));
  std::size_t out = count;
  for (std::size_t i = count; i < kept_.size(); ++i) {
    if (!seen.insert(key(kept_[i])).second) {
      if (kept_[i].kind->severity == Severity::Error) --error_count_;
      continue;
    }
    if (out != i) kept_[out] = std::move(kept_[i]);
    ++out;
  }
  kept_.resize(out);
}

void Diagnostics::drop_warnings(std::function<bool(Diagnostic const&)> const& which) {
  std::erase_if(kept_,
                [&](Diagnostic const& found) { return found.kind->severity != Severity::Error && which(found); });
}

void Diagnostics::append(Diagnostics const& other) {
  for (Diagnostic const& diagnostic : other.kept_) {
    if (kept_.size() < limit_)
      kept_.push_back(diagnostic);
    else
      ++dropped_count_;
  }
  error_count_ += other.error_count_;
  dropped_count_ += other.dropped_count_;
}

void Diagnostics::merge_repeats(KindInfo const& kind) {
  constexpr std::size_t most_labels = 4;
  std::map<std::string, std::vector<Diagnostic*>> repeats;
  for (Diagnostic const* found : sorted())
    if (found->kind == &kind)
      repeats[print(found->message, Language::Chinese)].push_back(&kept_[static_cast<std::size_t>(found - &kept_[0])]);
  for (auto& [text, places] : repeats) {
    for (std::size_t i = 1; i < places.size(); ++i) {
      if (i <= most_labels) places[0]->label(places[i]->where, note::AlsoThere);
      places[i]->kind = nullptr;
    }
    if (places.size() > most_labels + 1)
      places[0]->add_help(note::MorePlaces, static_cast<Count>(places.size() - most_labels - 1));
  }
  std::size_t const merged = std::erase_if(kept_, [](Diagnostic const& found) { return found.kind == nullptr; });
  if (kind.severity == Severity::Error) error_count_ -= merged;
}

}  // namespace huiyu::diag
