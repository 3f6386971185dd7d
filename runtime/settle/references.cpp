#include "runtime/settle/references.h"

#include <algorithm>
#include <memory>

#include "runtime/columns/builder.h"
#include "runtime/columns/take.h"
#include "runtime/explain/needs.h"

namespace huiyu::settle {

std::vector<plan::Ref<plan::Relation>> References::pointed_at(std::span<plan::Ref<plan::Relation> const> from) const {
  std::vector<plan::Ref<plan::Relation>> found;
  for (auto const& reference : plan_.references) {
    auto relation = plan_.columns[reference.column.index].relation;
    while (plan_.relations[relation.index].parent.has_value()) relation = plan_.relations[relation.index].parent;
    if (std::ranges::find(from, relation) == from.end()) continue;
    auto const target = plan_.columns[reference.target.index].relation;
    if (std::ranges::find(found, target) == found.end()) found.push_back(target);
  }
  return found;
}

void References::load(plan::Ref<plan::Relation> relation, columns::Batch all, std::vector<std::string> const& keys) {
  auto& loaded = loaded_[relation.index];
  loaded.records = std::move(all);
  loaded.row_of.clear();
  loaded.row_of.reserve(keys.size());
  for (std::size_t row = 0; row < keys.size(); ++row) {
    if (keys[row].empty()) continue;
    auto const [at, fresh] = loaded.row_of.try_emplace(keys[row], static_cast<std::int64_t>(row));
    if (!fresh) at->second = several;
  }
}

columns::Column const& References::column(columns::Batch const& batch, plan::Ref<plan::Column> ref) const {
  return batch.columns[static_cast<std::size_t>(places_.of_column[ref.index])];
}

References::Led References::lead(columns::Batch const& batch, plan::Reference const& reference) const {
  auto const& by = column(batch, reference.by);
  auto const relation = plan_.columns[reference.target.index].relation;
  std::string const name(plan_.text(plan_.relations[relation.index].name));
  auto const loaded = loaded_.find(relation.index);
  Led led;
  auto reasons = std::make_shared<columns::Reasons>();
  std::map<std::vector<std::string>, std::uint32_t> numbers;  // of reasons
  for (std::int64_t row = 0; row < batch.row_count; ++row) {
    std::vector<std::string> lacks;
    std::int64_t to = -1;
    if (!by.present(row)) {
      auto const* facts = by.facts_of(row);
      lacks = facts != nullptr ? *facts : std::vector<std::string>{explain::fact_name(plan_, reference.by)};
    } else if (loaded == loaded_.end()) {
      lacks = {name};
    } else {
      auto const found = loaded->second.row_of.find(by.text(row));
      if (found == loaded->second.row_of.end())
        lacks = {name + "[" + by.text(row) + "]"};
      else if (found->second == several)
        lacks = {name + "[" + by.text(row) + "]重复"};
      else
        to = found->second;
    }
    led.rows.push_back(to);
    if (lacks.empty()) {
      reasons->of_row.push_back(0);
      continue;
    }
    auto const [number, fresh] = numbers.try_emplace(lacks, static_cast<std::uint32_t>(reasons->facts.size() + 1));
    if (fresh) reasons->facts.push_back(std::move(lacks));
    reasons->of_row.push_back(number->second);
  }
  led.reasons = std::move(reasons);
  return led;
}

void References::join(plan::Ref<plan::Relation> from, columns::Batch& batch) const {
  join_rows(from, batch);
  for (std::uint32_t i = 0; i < plan_.relations.size(); ++i) {
    auto const& list = plan_.relations[i];
    if (list.kind != plan::RelationKind::List || list.parent != from) continue;
    auto const place = places_.of_column[list.owner_field.index];
    if (place < 0) continue;
    auto& rows = batch.columns[static_cast<std::size_t>(place)].items;
    if (rows != nullptr) join({i}, *rows);
  }
}

void References::join_rows(plan::Ref<plan::Relation> from, columns::Batch& batch) const {
  std::map<std::uint32_t, Led> known;  // by reference column
  for (auto const& reference : plan_.references) {
    if (!(plan_.columns[reference.column.index].relation == from)) continue;
    auto const relation = plan_.columns[reference.target.index].relation;
    auto const [led, fresh] = known.try_emplace(reference.by.index);
    if (fresh) led->second = lead(batch, reference);
    auto& to = batch.columns[static_cast<std::size_t>(places_.of_column[reference.column.index])];
    auto const loaded = loaded_.find(relation.index);
    // Where no such records were loaded, what the data state of it stands.
    if (loaded != loaded_.end()) {
      auto const& records = loaded->second.records;
      to = columns::take(records.columns.empty() ? to : column(records, reference.target), led->second.rows);
    }
    to.reasons = led->second.reasons;
  }
}

}  // namespace huiyu::settle
