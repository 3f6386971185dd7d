#include <bit>
#include <cstring>

#include "runtime/plan/rows.h"

namespace huiyu::plan {
namespace {

template <class Row> std::string_view bytes_of(Row const& row) {
  static_assert(is_row<Row>);
  return {reinterpret_cast<char const*>(&row), sizeof row};
}

// The place of an equal row, which is added where there is none. `known` has a power of two of slots, at least twice
// as many as rows; a row is found in one of those from its hash on that are taken.
template <class Row>
std::uint32_t place_of(Row const& row, std::vector<Row>& table, std::vector<std::uint32_t>& known) {
  auto const slot_of = [&](Row const& wanted) {
    auto const mask = known.size() - 1;
    auto at = static_cast<std::size_t>(hash_bytes(bytes_of(wanted)).low) & mask;
    while (known[at] != 0 && std::memcmp(&table[known[at] - 1], &wanted, sizeof wanted) != 0) at = (at + 1) & mask;
    return at;
  };
  if (known.size() < 2 * (table.size() + 1)) {
    known.assign(std::bit_ceil(4 * (table.size() + 16)), 0);
    for (std::uint32_t i = 0; i < table.size(); ++i)
      if (auto& slot = known[slot_of(table[i])]; slot == 0) slot = i + 1;
  }
  auto& slot = known[slot_of(row)];
  if (slot == 0) {
    table.push_back(row);
    slot = static_cast<std::uint32_t>(table.size());
  }
  return slot - 1;
}

}  // namespace

std::uint32_t ExplainTable::form(ExplainForm const& form) { return place_of(form, forms_, known_forms_); }

std::uint32_t ExplainTable::value(ExplainValue const& value) { return place_of(value, values_, known_values_); }

ExplainRow ExplainTable::parted(Explain const& row) {
  ExplainForm const with_form{row.op,          row.kind, row.flags,          row.scale,       row.measure,  row.depth,
                              row.code_system, {},       row.children.count, row.enumeration, row.citation, row.file};
  ExplainValue const with_value{row.number, row.column, row.classes, row.parameter, row.table, row.name, 0};
  return {form(with_form), value(with_value), row.children.begin, row.text, row.line, row.column_number};
}

}  // namespace huiyu::plan
