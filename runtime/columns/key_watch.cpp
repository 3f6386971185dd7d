#include "runtime/columns/key_watch.h"

#include <algorithm>
#include <array>

#include "runtime/base/check.h"
#include "runtime/base/civil.h"
#include "runtime/base/decimal.h"
#include "runtime/columns/items.h"

namespace huiyu::columns {

std::string value_text(FieldLayout const& field, std::int64_t value) {
  switch (field.kind) {
    case ValueKind::Code: return std::string(codes::entries(field.system)[static_cast<std::size_t>(value)].code);
    case ValueKind::Enumeration: return field.entries[static_cast<std::size_t>(value)];
    case ValueKind::Date: return format_date(static_cast<std::int32_t>(value));
    case ValueKind::Truth: return value != 0 ? "是" : "否";
    case ValueKind::Number: return print_decimal(value, field.scale);
    case ValueKind::Year: return std::to_string(value) + "年";
    case ValueKind::Month:
      return format_date(
                 days_from_civil({static_cast<std::int32_t>(value / 12), static_cast<std::int32_t>(value % 12 + 1), 1}))
          .substr(0, 7);
    case ValueKind::Text:
    case ValueKind::CreditCode:
    case ValueKind::List:
    case ValueKind::Set: break;
  }
  HUIYU_CHECK(false, "a text, list or set is no integer");
  return {};
}

std::string cell_text(Column const& column, FieldLayout const& field, std::int64_t row) {
  HUIYU_CHECK(!has_items(field), "a list, set or series is not one cell");
  bool const text = field.kind == ValueKind::Text || field.kind == ValueKind::CreditCode;
  return text ? column.text(row) : value_text(field, column.at(row));
}

void KeyWatch::grow() {
  std::vector<Hash128> slots(std::max<std::size_t>(slots_.size() * 2, 1024));
  auto const mask = slots.size() - 1;
  for (auto const& hash : slots_) {
    if (hash == Hash128{}) continue;
    auto at = static_cast<std::size_t>(hash.low) & mask;
    while (slots[at] != Hash128{}) at = (at + 1) & mask;
    slots[at] = hash;
  }
  slots_ = std::move(slots);
}

void KeyWatch::reserve(std::size_t more) {
  while ((count_ + more) * 2 >= slots_.size()) grow();
}

void KeyWatch::fetch(Hash128 hash) const {
  __builtin_prefetch(&slots_[static_cast<std::size_t>(hash.low) & (slots_.size() - 1)], 1);
}

bool KeyWatch::insert(Hash128 hash) {
  auto const mask = slots_.size() - 1;
  auto at = static_cast<std::size_t>(hash.low) & mask;
  for (; slots_[at] != Hash128{}; at = (at + 1) & mask)
    if (slots_[at] == hash) return false;
  slots_[at] = hash;
  ++count_;
  return true;
}

void KeyWatch::see(Batch const& batch, std::vector<CellReport>& reports) {
  if (layout_.key < 0) return;
  auto const& field = layout_.fields[static_cast<std::size_t>(layout_.key)];
  auto const& column = batch.columns[static_cast<std::size_t>(layout_.key)];
  if (has_items(field)) return;
  bool const texts = field.kind == ValueKind::Text || field.kind == ValueKind::CreditCode;
  bool any = false;
  // Slots of millions of keys are in no cache: those of some rows are fetched together before any is looked at.
  constexpr std::int64_t together = 64;
  std::array<Hash128, together> hashes;
  for (std::int64_t begin = 0; begin < batch.row_count; begin += together) {
    auto const end = std::min(begin + together, batch.row_count);
    reserve(together);
    for (auto row = begin; row < end; ++row) {
      auto& hash = hashes[static_cast<std::size_t>(row - begin)];
      hash = {};
      if (!column.present(row)) continue;
      hash = hash_bytes(texts ? column.text(row) : cell_text(column, field, row));
      if (hash == Hash128{}) hash.high = 1;
      fetch(hash);
    }
    for (auto row = begin; row < end; ++row) {
      auto const hash = hashes[static_cast<std::size_t>(row - begin)];
      if (hash == Hash128{} || insert(hash)) continue;
      any = true;
      ReportSite{reports, batch.first_row + row, field.name}.report(cell_text(column, field, row),
                                                                    CellFault::DuplicateKey);
    }
  }
  if (any)
    std::stable_sort(reports.begin(), reports.end(),
                     [](CellReport const& a, CellReport const& b) { return a.row < b.row; });
}

}  // namespace huiyu::columns
