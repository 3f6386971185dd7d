#include <cstring>

#include "runtime/plan/rows.h"

namespace huiyu::plan {
namespace {

template <class Row> std::string_view bytes_of(Row const& row) {
  static_assert(is_row<Row>);
  return {reinterpret_cast<char const*>(&row), sizeof row};
}

// The place of an equal row, which is added where there is none.
template <class Row>
std::uint32_t place_of(Row const& row, std::vector<Row>& table,
                       std::unordered_multimap<std::uint64_t, std::uint32_t>& known) {
  if (known.size() != table.size()) {
    known.clear();
    for (std::uint32_t i = 0; i < table.size(); ++i) known.emplace(hash_bytes(bytes_of(table[i])).low, i);
  }
  auto const hash = hash_bytes(bytes_of(row)).low;
  auto const [begin, end] = known.equal_range(hash);
  for (auto at = begin; at != end; ++at)
    if (std::memcmp(&table[at->second], &row, sizeof row) == 0) return at->second;
  auto const place = static_cast<std::uint32_t>(table.size());
  table.push_back(row);
  known.emplace(hash, place);
  return place;
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
