#include "compiler/interpret/references.h"

#include <algorithm>
#include <memory>

#include "runtime/columns/take.h"

namespace huiyu::interpret {

std::size_t References::place_of(tir::FieldId field) const {
  auto const& fields = program_.schemas[program_.fields[field].schema].fields;
  return static_cast<std::size_t>(std::find(fields.begin(), fields.end(), field) - fields.begin());
}

std::vector<SchemaId> References::pointed_at(SchemaId from) const {
  std::vector<SchemaId> all;
  add_pointed_at(from, all);
  return all;
}

void References::add_pointed_at(SchemaId from, std::vector<SchemaId>& all) const {
  for (auto const id : program_.schemas[from].fields) {
    auto const& field = program_.fields[id];
    if (field.type.kind == types::Kind::List) add_pointed_at(field.type.schema, all);
    if (!field.via.has_value()) continue;
    auto const schema = program_.fields[field.target].schema;
    if (std::find(all.begin(), all.end(), schema) == all.end()) all.push_back(schema);
  }
}

void References::load(SchemaId schema, columns::Batch all, std::vector<std::string> keys) {
  loaded_[schema] = {std::move(all), std::move(keys)};
}

References::Found References::find(columns::Batch const& batch, tir::Field const& field, std::int64_t row,
                                   std::string const& prefix) const {
  auto const& by = batch.columns[place_of(field.via)];
  if (!by.present(row)) {
    auto const* facts = by.facts_of(row);
    return {-1, facts != nullptr ? *facts : std::vector<std::string>{prefix + program_.fields[field.via].name}};
  }
  auto const schema = program_.fields[field.target].schema;
  auto const& name = program_.schemas[schema].name;
  auto const loaded = loaded_.find(schema);
  if (loaded == loaded_.end()) return {-1, {name}};
  auto const& key = by.text(row);
  auto const& keys = loaded->second.keys;
  auto const first = std::find(keys.begin(), keys.end(), key);
  if (first == keys.end()) return {-1, {name + "[" + key + "]"}};
  if (std::find(first + 1, keys.end(), key) != keys.end()) return {-1, {name + "[" + key + "]重复"}};
  return {first - keys.begin(), {}};
}

void References::join(SchemaId from, columns::Batch& batch, std::string const& prefix) const {
  for (auto const id : program_.schemas[from].fields) {
    auto const& field = program_.fields[id];
    if (!field.via.has_value()) continue;
    std::vector<std::int64_t> rows;
    columns::Reasons reasons;
    for (std::int64_t row = 0; row < batch.row_count; ++row) {
      auto found = find(batch, field, row, prefix);
      rows.push_back(found.row);
      bool const there = found.lacks.empty();
      if (!there) reasons.facts.push_back(std::move(found.lacks));
      reasons.of_row.push_back(there ? 0 : static_cast<std::uint32_t>(reasons.facts.size()));
    }
    auto& column = batch.columns[place_of(id)];
    // Where no such records were loaded, what the data state of it stands.
    if (auto const loaded = loaded_.find(program_.fields[field.target].schema); loaded != loaded_.end()) {
      auto const& records = loaded->second.batch.columns;
      column = columns::take(records.empty() ? column : records[place_of(field.target)], rows);
    }
    column.reasons = std::make_shared<columns::Reasons const>(std::move(reasons));
  }
  // Lists that came along have rows, too.
  for (auto const id : program_.schemas[from].fields) {
    auto const& field = program_.fields[id];
    if (field.type.kind != types::Kind::List) continue;
    if (auto const& rows = batch.columns[place_of(id)].items; rows != nullptr)
      join(field.type.schema, *rows, prefix + field.name + ".");
  }
}

}  // namespace huiyu::interpret
