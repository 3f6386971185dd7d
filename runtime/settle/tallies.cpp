#include "runtime/settle/tallies.h"

#include <algorithm>
#include <memory>

#include "runtime/base/check.h"
#include "runtime/columns/builder.h"
#include "runtime/explain/show.h"
#include "runtime/plan/rows.h"
#include "runtime/settle/cohort_group.h"
#include "runtime/settle/tree_values.h"

namespace huiyu::settle {
namespace {

plan::Tally const* tally_of(plan::Plan const& plan, plan::Ref<plan::Relation> subject) {
  for (auto const& tally : plan.tallies)
    if (tally.subject == subject) return &tally;
  return nullptr;
}

void put(columns::ColumnBuilder& builder, explain::Value const& value) {
  if (!value.text.empty() || builder.field().kind == columns::ValueKind::Text ||
      builder.field().kind == columns::ValueKind::CreditCode)
    return builder.add_text(value.text);
  if (value.state == explain::State::True || value.state == explain::State::False)
    return builder.add(value.state == explain::State::True ? 1 : 0);
  builder.add(static_cast<std::int64_t>(numerator(value.number)));
}

}  // namespace

plan::Ref<plan::Relation> source_of(plan::Plan const& plan, plan::Ref<plan::Relation> subject) {
  auto const* tally = tally_of(plan, subject);
  return tally == nullptr ? plan::Ref<plan::Relation>{} : tally->source;
}

Tallies::Tallies(plan::Plan const& plan, plan::Ref<plan::Relation> subject)
    : plan_(plan), tally_(tally_of(plan, subject)) {
  HUIYU_CHECK(tally_ != nullptr, "records that no 统计 makes");
  for (auto const& value : plan.tally_values)
    if (&plan.tallies[value.tally.index] == tally_) values_.push_back(&value);
}

void Tallies::add(columns::Batch const& batch, std::span<std::string const> keys, explain::Places const& places,
                  RunInputs const& inputs) {
  auto const* list = tally_->list.has_value()
                         ? &batch.columns[static_cast<std::size_t>(places.of_column[tally_->list.index])]
                         : nullptr;
  for (std::int64_t row = 0; row < batch.row_count; ++row, ++record_count_) {
    explain::Record const record{plan_, places, inputs, batch, row};
    explain::Evaluator evaluator(record);
    auto const at = static_cast<std::size_t>(row);
    if (list == nullptr) {
      read(record, evaluator, 0, keys[at], record_count_);
    } else if (list->present(row)) {
      for (auto item = list->starts[at]; item < list->starts[at + 1]; ++item)
        read(record, evaluator, evaluator.bind_row(tally_->list, item), keys[at], record_count_);
    } else {
      // Rows of any group may be among those that are not known.
      Row unknown;
      unknown.keys.resize(tally_->keys.count);
      unknown.facts = {keys[at] + "." + std::string(plan_.text(plan_.columns[tally_->list.index].name))};
      unknown.shares.resize(values_.size());
      rows_.push_back(std::move(unknown));
    }
  }
}

void Tallies::read(explain::Record const& record, explain::Evaluator& evaluator, std::uint32_t scope,
                   std::string const& key, std::int64_t number) {
  std::string const name(plan_.text(tally_->name));
  auto const ask = [&](plan::Ref<plan::Explain> tree, Facts& facts) {
    auto const finding = evaluator.evaluate_in(tree, scope);
    auto const value = evaluator.value(finding);
    Facts lacking;
    if (!value.known()) add_facts(record, evaluator, finding, name, lacking);
    for (auto const& fact : lacking) facts.insert(key + "." + fact);
    return value;
  };
  Row row;
  for (auto const& one : plan::rows_of(tally_->keys, plan_.tally_keys)) {
    auto value = ask(one.value, row.facts);
    auto const& column = plan_.columns[one.column.index];
    explain::ShowAs const as{column.kind, column.measure, column.code_system, column.enumeration};
    row.keys.push_back(value.known() ? std::optional(explain::conclusion_text(plan_, as, value)) : std::nullopt);
    row.values.push_back(std::move(value));
  }
  for (auto const* asked : values_) {
    Share share;
    bool known = true;
    if (asked->where.has_value()) {
      auto const holds = ask(asked->where, share.facts);
      share.out = holds.state == explain::State::False;
      known = holds.known();
    }
    if (!share.out && asked->value.has_value()) {
      auto const value = ask(asked->value, share.facts);
      known = known && value.known();
      share.value = value.number.big();
    }
    if (!asked->value.has_value()) share.value = 1;
    if (asked->each_record == 1) share.once = std::to_string(number) + ";";
    for (auto const& term : plan::rows_of(asked->distinct, plan_.tally_terms)) {
      auto const value = ask(term.value, share.facts);
      known = known && value.known();
      share.once += text_of(value) + ";";
    }
    if (!known) share.value.reset();
    row.shares.push_back(std::move(share));
  }
  rows_.push_back(std::move(row));
}

Tallies::Groups Tallies::groups() const {
  Groups all;
  std::vector<Row const*> unplaced;
  for (auto const& row : rows_) {
    std::vector<std::string> keys;
    for (auto const& key : row.keys)
      if (key) keys.push_back(*key);
    if (keys.size() < row.keys.size()) {
      unplaced.push_back(&row);
      continue;
    }
    auto& group = all[std::move(keys)];
    if (group.rows.empty()) group.keys = row.values;
    group.rows.push_back(&row);
  }
  for (auto const* row : unplaced)
    for (auto& [keys, group] : all) {
      bool fits = true;
      for (std::size_t i = 0; i < keys.size(); ++i) fits = fits && (!row->keys[i] || *row->keys[i] == keys[i]);
      if (fits) group.rows.push_back(row);
    }
  return all;
}

Tallies::Cell Tallies::stored(plan::Ref<plan::Column> ref, BigInt const& value) const {
  auto const& column = plan_.columns[ref.index];
  auto const whole = to_int64(value);
  if (whole && *whole >= column.low && *whole <= column.high) return {whole, {}};
  return {std::nullopt, {std::string(plan_.text(column.name))}};
}

std::vector<Tallies::Cell> Tallies::cells(std::size_t at, Group const& group) const {
  auto const& asked = *values_[at];
  std::vector<Cell> found(asked.divisor.has_value() ? 2 : 1);
  Facts facts;
  std::vector<BigRational> values;
  std::set<std::string> seen;
  for (auto const* row : group.rows) {
    auto const& share = row->shares[at];
    if (share.out) continue;
    facts.insert(row->facts.begin(), row->facts.end());
    facts.insert(share.facts.begin(), share.facts.end());
    if (!share.value || (!share.once.empty() && !seen.insert(share.once).second)) continue;
    values.push_back(*share.value);
  }
  if (!facts.empty()) {
    for (auto& cell : found) cell.facts = facts;
    return found;
  }
  auto const result = statistic_of(asked.op, std::move(values));
  BigRational scaled = result.value_or(BigRational(0));
  for (int i = 0; i < plan_.columns[asked.column.index].scale; ++i) scaled *= 10;
  found[0] = stored(asked.column, BigInt(numerator(scaled)));
  if (asked.divisor.has_value()) found[1] = stored(asked.divisor, result ? BigInt(denominator(scaled)) : BigInt(0));
  return found;
}

columns::Batch Tallies::make(explain::Places const& places) const {
  auto const layout = explain::make_layout(plan_, places, tally_->subject);
  auto builders = columns::make_builders(layout.fields);
  std::vector<std::shared_ptr<columns::Reasons>> reasons(builders.size());
  auto const place = [&](plan::Ref<plan::Column> column) {
    return static_cast<std::size_t>(places.of_column[column.index]);
  };
  auto const write = [&](plan::Ref<plan::Column> column, Cell const& cell) {
    auto& builder = builders[place(column)];
    auto& told = reasons[place(column)];
    if (told == nullptr) told = std::make_shared<columns::Reasons>();
    cell.value ? builder.add(*cell.value) : builder.add_missing();
    if (!cell.value) told->facts.emplace_back(cell.facts.begin(), cell.facts.end());
    told->of_row.push_back(cell.value ? 0 : static_cast<std::uint32_t>(told->facts.size()));
  };
  std::int64_t made = 0;
  for (auto const& [shown, group] : groups()) {
    std::size_t next = 0;
    for (auto const& key : plan::rows_of(tally_->keys, plan_.tally_keys))
      put(builders[place(key.column)], group.keys[next++]);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      auto const computed = cells(i, group);
      write(values_[i]->column, computed[0]);
      if (computed.size() > 1) write(values_[i]->divisor, computed[1]);
    }
    ++made;
    // The key of the record, where its keys are several or no text.
    auto& key = builders[static_cast<std::size_t>(layout.key)];
    if (key.row_count() < made) {
      std::string text;
      for (auto const& one : shown) text += (text.empty() ? "" : "、") + one;
      key.add_text(text);
    }
    for (auto& builder : builders)
      if (builder.row_count() < made) builder.add_missing();
  }
  auto batch = columns::finish_batch(builders);
  for (std::size_t i = 0; i < reasons.size(); ++i) batch.columns[i].reasons = std::move(reasons[i]);
  return batch;
}

}  // namespace huiyu::settle
