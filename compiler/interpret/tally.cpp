#include "compiler/interpret/tally.h"

#include <algorithm>
#include <memory>

#include "compiler/interpret/evaluator.h"
#include "compiler/interpret/interpret.h"
#include "compiler/interpret/population.h"
#include "runtime/columns/builder.h"

namespace huiyu::interpret {
namespace {

constexpr tir::BindingId of_row{1};

std::size_t place_of(tir::Program const& program, SchemaId schema, tir::FieldId field) {
  auto const& fields = program.schemas[schema].fields;
  return static_cast<std::size_t>(std::find(fields.begin(), fields.end(), field) - fields.begin());
}

bool same(std::vector<Answer> const& a, std::vector<Answer> const& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].value != b[i].value) return false;
  return true;
}

void put(columns::ColumnBuilder& builder, tir::Value const& value) {
  if (auto const* text = std::get_if<std::string>(&value)) return builder.add_text(*text);
  if (auto const* truth = std::get_if<bool>(&value)) return builder.add(*truth ? 1 : 0);
  if (auto const* year = std::get_if<tir::YearValue>(&value)) return builder.add(year->year);
  if (auto const* month = std::get_if<tir::MonthValue>(&value)) return builder.add(month->month);
  if (auto const* code = std::get_if<tir::CodeValue>(&value)) return builder.add(code->id);
  builder.add(std::get<tir::EntryValue>(value).index);
}

}  // namespace

tir::Tally const* tally_of(tir::Program const& program, SchemaId schema) {
  for (auto const& tally : program.tallies)
    if (tally.schema == schema) return &tally;
  return nullptr;
}

Tally::Tally(tir::Program const& program, SchemaId schema) : program_(program), tally_(*tally_of(program, schema)) {
  for (auto const& value : program.tally_values)
    if (&program.tallies[value.tally] == &tally_) values_.push_back(&value);
}

void Tally::add(columns::Batch const& batch, std::vector<std::string> const& keys, RunInputs const& inputs) {
  Evaluator evaluator(program_, inputs);
  for (std::int64_t row = 0; row < batch.row_count; ++row, ++records_) {
    auto const own = evaluator.frame_of(batch, row);
    auto const& who = keys[static_cast<std::size_t>(row)];
    std::vector<Frame> frames{own};
    if (tally_.list.has_value()) {
      auto const& name = program_.fields[tally_.list].name;
      auto const& list = batch.columns[place_of(program_, tally_.source, tally_.list)];
      if (!list.present(row)) {
        rows_.push_back({records_, std::vector<Answer>(tally_.keys.size()), {who + "." + name}, {}});
        continue;
      }
      frames.clear();
      for (auto i = list.starts[static_cast<std::size_t>(row)]; i < list.starts[static_cast<std::size_t>(row) + 1];
           ++i) {
        frames.push_back(own);
        frames.back().bind(of_row, Record{list.items.get(), i, name + "."});
      }
    }
    for (auto const& frame : frames) {
      auto const ask = [&](tir::ExprId expr, Names& lacks) {
        auto answer = expr.has_value() ? evaluator.evaluate(expr, frame) : Answer::of(true);
        if (answer.error()) lacks.insert(who + "." + program_.schemas[tally_.schema].name);
        if (answer.missing())
          for (auto const& fact : answer.facts) lacks.insert(who + "." + fact);
        return answer;
      };
      Row made;
      made.record = records_;
      for (auto const& key : tally_.keys) made.keys.push_back(ask(key.value, made.lacks_keys));
      for (auto const* value : values_) {
        Said said;
        said.meant = ask(value->where, said.lacks);
        if (!said.meant.is(false)) said.value = ask(value->value, said.lacks);
        for (auto const id : value->distinct) said.once.push_back(ask(id, said.lacks));
        made.said.push_back(std::move(said));
      }
      rows_.push_back(std::move(made));
    }
  }
}

std::vector<std::string> Tally::shown(std::vector<Answer> const& keys) const {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < keys.size(); ++i)
    texts.push_back(say(program_, program_.fields[tally_.keys[i].field].type, keys[i].value));
  return texts;
}

Tally::Cell Tally::stored(tir::FieldId id, BigInt const& value) const {
  auto const& field = program_.fields[id];
  if (value >= field.format.low && value <= field.format.high) return {value, {}};
  return {std::nullopt, {field.name}};
}

// Every row that may belong to the group, and lacks what would decide whether and with what, leaves it open.
std::vector<Tally::Cell> Tally::cells(std::size_t at, std::vector<Answer> const& keys) const {
  auto const& asked = *values_[at];
  std::vector<Cell> found(asked.divisor.has_value() ? 2 : 1);
  Names lacks;
  std::vector<Row const*> counted;
  std::vector<BigRational> values;
  for (auto const& row : rows_) {
    bool apart = false;
    for (std::size_t i = 0; i < keys.size(); ++i)
      apart = apart || (row.keys[i].known() && row.keys[i].value != keys[i].value);
    if (apart || (!row.said.empty() && row.said[at].meant.is(false))) continue;
    lacks.insert(row.lacks_keys.begin(), row.lacks_keys.end());
    if (row.said.empty()) continue;
    auto const& said = row.said[at];
    lacks.insert(said.lacks.begin(), said.lacks.end());
    if (!lacks.empty()) continue;
    bool const once = asked.each_record || !asked.distinct.empty();
    bool const again =
        once && std::any_of(counted.begin(), counted.end(), [&](Row const* other) {
          return (!asked.each_record || other->record == row.record) && same(other->said[at].once, said.once);
        });
    if (again) continue;
    counted.push_back(&row);
    values.push_back(asked.op == tir::CohortOp::Count ? BigRational(1) : number(said.value));
  }
  if (!lacks.empty()) {
    for (auto& cell : found) cell.facts = lacks;
    return found;
  }
  auto const result = statistic_of(asked.op, std::move(values));
  BigRational scaled = result.value_or(BigRational(0));
  for (int i = 0; i < program_.fields[asked.field].format.scale; ++i) scaled *= 10;
  found[0] = stored(asked.field, BigInt(numerator(scaled)));
  if (asked.divisor.has_value()) found[1] = stored(asked.divisor, result ? BigInt(denominator(scaled)) : BigInt(0));
  return found;
}

columns::Batch Tally::make(RunInputs const& inputs) const {
  std::vector<std::vector<Answer> const*> groups;
  for (auto const& row : rows_) {
    bool const known = std::all_of(row.keys.begin(), row.keys.end(), [](Answer const& key) { return key.known(); });
    bool const seen = known && std::any_of(groups.begin(), groups.end(),
                                           [&](std::vector<Answer> const* other) { return same(*other, row.keys); });
    if (known && !seen) groups.push_back(&row.keys);
  }
  std::sort(groups.begin(), groups.end(), [&](auto const* a, auto const* b) { return shown(*a) < shown(*b); });

  auto const layout = layout_of(program_, tally_.schema, inputs.given_definitions);
  auto builders = columns::make_builders(layout.fields);
  std::vector<columns::Reasons> reasons(builders.size());
  std::int64_t made = 0;
  for (auto const* keys : groups) {
    ++made;
    for (std::size_t i = 0; i < keys->size(); ++i)
      put(builders[place_of(program_, tally_.schema, tally_.keys[i].field)], (*keys)[i].value);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      auto const found = cells(i, *keys);
      for (std::size_t k = 0; k < found.size(); ++k) {
        auto const place = place_of(program_, tally_.schema, k == 0 ? values_[i]->field : values_[i]->divisor);
        auto const& cell = found[k];
        if (cell.value)
          builders[place].add(static_cast<std::int64_t>(*cell.value));
        else
          builders[place].add_missing();
        reasons[place].facts.emplace_back(cell.facts.begin(), cell.facts.end());
        reasons[place].of_row.push_back(cell.value ? 0 : static_cast<std::uint32_t>(reasons[place].facts.size()));
      }
    }
    auto& key = builders[static_cast<std::size_t>(layout.key)];
    if (key.row_count() < made) {
      std::string text;
      for (auto const& one : shown(*keys)) text += (text.empty() ? "" : "、") + one;
      key.add_text(text);
    }
    // Definitions that are given are stated by no data.
    for (auto& builder : builders)
      if (builder.row_count() < made) builder.add_missing();
  }
  auto batch = columns::finish_batch(builders);
  for (std::size_t i = 0; i < reasons.size(); ++i)
    if (!reasons[i].of_row.empty())
      batch.columns[i].reasons = std::make_shared<columns::Reasons const>(std::move(reasons[i]));
  return batch;
}

}  // namespace huiyu::interpret
