#include "runtime/columns/take.h"

#include <cstring>

#include "runtime/base/check.h"

namespace huiyu::columns {
namespace {

struct Kept {
  std::vector<std::uint8_t> values, validity;
};

void set_bit(std::vector<std::uint8_t>& bits, std::size_t at) {
  bits[at / 8] = static_cast<std::uint8_t>(bits[at / 8] | (1U << (at % 8)));
}

template <class Int> std::vector<std::uint8_t> stored(std::vector<std::int64_t> const& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(Int));
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto const narrow = static_cast<Int>(values[i]);
    std::memcpy(bytes.data() + i * sizeof(Int), &narrow, sizeof narrow);
  }
  return bytes;
}

std::vector<std::uint8_t> stored(Storage storage, std::vector<std::int64_t> const& values) {
  switch (storage) {
    case Storage::Bit: {
      std::vector<std::uint8_t> bits((values.size() + 7) / 8, 0);
      for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] != 0) set_bit(bits, i);
      return bits;
    }
    case Storage::I8: return stored<std::int8_t>(values);
    case Storage::I16: return stored<std::int16_t>(values);
    case Storage::I32: return stored<std::int32_t>(values);
    case Storage::I64: break;
  }
  return stored<std::int64_t>(values);
}

// Only the texts that are named come along, numbered anew.
void take_texts(Column const& from, Column& to, std::vector<std::int64_t>& ids, std::vector<bool> const& there) {
  std::vector<std::int64_t> renumbered(from.texts.size(), -1);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!there[i]) continue;
    auto& number = renumbered[static_cast<std::size_t>(ids[i])];
    if (number < 0) {
      number = static_cast<std::int64_t>(to.texts.size());
      to.texts.push_back(from.texts[static_cast<std::size_t>(ids[i])]);
    }
    ids[i] = number;
  }
}

void take_items(Column const& from, Column& to, std::vector<std::int64_t> const& rows, std::vector<bool> const& there) {
  std::vector<std::int64_t> item_rows;
  to.starts.push_back(0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (there[i])
      for (auto at = from.starts[static_cast<std::size_t>(rows[i])];
           at < from.starts[static_cast<std::size_t>(rows[i]) + 1]; ++at)
        item_rows.push_back(at);
    to.starts.push_back(static_cast<std::int64_t>(item_rows.size()));
  }
  to.items = std::make_unique<Batch>();
  to.items->row_count = static_cast<std::int64_t>(item_rows.size());
  for (auto const& column : from.items->columns) to.items->columns.push_back(take(column, item_rows));
}

}  // namespace

Column take(Column const& from, std::vector<std::int64_t> const& rows) {
  Column to;
  to.storage = from.storage;
  if (from.reasons != nullptr) {
    auto reasons = std::make_shared<Reasons>();
    reasons->facts = from.reasons->facts;
    for (auto const row : rows) reasons->of_row.push_back(from.reasons->of_row[static_cast<std::size_t>(row)]);
    to.reasons = std::move(reasons);
  }
  auto kept = std::make_shared<Kept>();
  kept->validity.assign((rows.size() + 7) / 8, 0);
  std::vector<bool> there(rows.size());
  std::vector<std::int64_t> values(rows.size(), 0);
  bool all = true;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    there[i] = rows[i] >= 0 && from.present(rows[i]);
    all = all && there[i];
    if (!there[i]) continue;
    set_bit(kept->validity, i);
    if (from.items == nullptr) values[i] = from.at(rows[i]);
  }
  if (from.items != nullptr) {
    take_items(from, to, rows, there);
  } else {
    if (!from.texts.empty()) take_texts(from, to, values, there);
    kept->values = stored(to.storage, values);
    to.values = kept->values.data();
  }
  if (!all) to.validity = kept->validity.data();
  to.owner = std::move(kept);
  return to;
}

}  // namespace huiyu::columns
