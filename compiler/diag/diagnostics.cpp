#include "compiler/diag/diagnostics.h"

#include <algorithm>
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

}  // namespace huiyu::diag
