// What comes from outside the text: facts, series, parameters, reference tables.

#include <algorithm>

#include "compiler/interpret/evaluator.h"
#include "compiler/interpret/interpret.h"
#include "compiler/interpret/layout.h"
#include "runtime/codes/codes.h"

namespace huiyu::interpret {
namespace {

using types::Kind;

BigRational scaled(std::int64_t value, int scale) {
  return BigRational(BigInt(value), boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(scale)));
}

tir::Value stored_value(columns::Column const& column, std::int64_t row, Kind kind, int scale) {
  if (kind == Kind::Text || kind == Kind::CreditCode || kind == Kind::Record) return column.text(row);
  auto const value = column.at(row);
  auto const narrow = static_cast<std::int32_t>(value);
  switch (kind) {
    case Kind::Truth: return value != 0;
    case Kind::Number: return scaled(value, scale);
    case Kind::Date: return tir::DateValue{narrow};
    case Kind::Year: return tir::YearValue{narrow};
    case Kind::Month: return tir::MonthValue{narrow};
    case Kind::Code: return tir::CodeValue{narrow};
    case Kind::Enumeration: return tir::EntryValue{narrow};
    case Kind::Text:
    case Kind::CreditCode:
    case Kind::Record:
    case Kind::List:
    case Kind::Set:
    case Kind::Poison: break;
  }
  HUIYU_CHECK(false, "a field of this kind holds no single value");
  return {};
}

Answer stored_set(columns::Column const& column, std::int64_t row, Kind element, Names facts) {
  tir::SetValue set;
  bool open = false;
  auto const& items = column.items->columns.front();
  auto const at = static_cast<std::size_t>(row);
  for (auto item = column.starts[at]; item < column.starts[at + 1]; ++item) {
    if (!items.present(item))
      open = true;
    else if (element == Kind::Text || element == Kind::CreditCode)
      set.texts.push_back(items.text(item));
    else
      set.members.push_back(static_cast<std::int32_t>(items.at(item)));
  }
  auto answer = Answer::of(std::move(set), std::move(facts));
  answer.open_set = open;
  return answer;
}

std::int32_t period_of(tir::Value const& value) {
  if (auto const* year = std::get_if<tir::YearValue>(&value)) return year->year;
  return std::get<tir::MonthValue>(value).month;
}

}  // namespace

std::size_t Evaluator::column_of(tir::FieldId field) const {
  auto const& fields = program_.schemas[program_.fields[field].schema].fields;
  auto const found = std::find(fields.begin(), fields.end(), field);
  HUIYU_CHECK(found != fields.end(), "a field that its 结构 does not have");
  return static_cast<std::size_t>(found - fields.begin());
}

Answer Evaluator::lacking(columns::Column const& column, std::int64_t row, std::string const& name) {
  auto const* facts = column.facts_of(row);
  return facts != nullptr ? Answer::needs({facts->begin(), facts->end()}) : Answer::needs({name});
}

std::optional<std::size_t> Evaluator::given_column_of(tir::DefinitionId definition) const {
  auto const schema = program_.definitions[definition].schema;
  if (!schema.has_value()) return std::nullopt;
  auto const given = given_definitions_of(program_, schema, inputs_.given_definitions);
  auto const found = std::find(given.begin(), given.end(), definition);
  if (found == given.end()) return std::nullopt;
  return program_.schemas[schema].fields.size() + static_cast<std::size_t>(found - given.begin());
}

Answer Evaluator::fact(Record const& record, std::size_t index, types::Type const& type,
                       types::NumberFormat const& format, std::string const& name) const {
  auto const& column = record.batch->columns.at(index);
  // What others make of a record, or what is read of them, may hang on facts of theirs.
  if (!column.present(record.row)) return lacking(column, record.row, name);
  if (type.kind == Kind::Set) return stored_set(column, record.row, type.element, {name});
  return Answer::of(stored_value(column, record.row, type.kind, format.scale),
                    type.kind == Kind::Code ? Names{name} : Names{});
}

Answer Evaluator::value_of(tir::FieldValue const& use, Frame const& frame) const {
  auto const& field = program_.fields[use.field];
  auto const& record = frame.record(use.of);
  return fact(record, column_of(use.field), field.type, field.format, record.prefix + field.name);
}

// A period that is absent or empty is missing, and so is every period of a series that is missing as a whole.
Answer Evaluator::value_of(tir::SeriesValue const& use, Frame const& frame) {
  auto const period = evaluate(use.period, frame);
  if (!period.known()) return period;
  auto const& field = program_.fields[use.field];
  auto const& record = frame.record(use.of);
  auto const& column = record.batch->columns.at(column_of(use.field));
  auto const name = record.prefix + field.name;
  if (!column.present(record.row)) return lacking(column, record.row, name);
  auto const& periods = column.items->columns[0];
  Record value{column.items.get(), 0, {}};
  auto const row = static_cast<std::size_t>(record.row);
  for (value.row = column.starts[row]; value.row < column.starts[row + 1]; ++value.row)
    if (periods.at(value.row) == period_of(period.value)) break;
  auto const full_name = name + "[" + say(program_, program_.exprs[use.period].type, period.value) + "]";
  if (value.row == column.starts[row + 1]) return Answer::needs({full_name});
  return fact(value, 1, field.type, field.format, full_name);
}

// The entry in force at the reference date is the last that has begun; past what is known of it the parameter is
// missing.
Answer Evaluator::value_of(tir::ParameterValue const& use) const {
  auto const& parameter = program_.parameters[use.parameter];
  tir::DatedConstant const* in_force = nullptr;
  for (auto const& entry : parameter.values) {
    if (entry.from_day && *entry.from_day > inputs_.as_of_day) continue;
    if (in_force == nullptr || !in_force->from_day || (entry.from_day && *entry.from_day >= *in_force->from_day))
      in_force = &entry;
  }
  bool const lapsed = in_force != nullptr && in_force->until_day && *in_force->until_day < inputs_.as_of_day;
  if (in_force == nullptr || lapsed) return Answer::needs({parameter.name});
  return Answer::of(in_force->value);
}

// The row of the keys; else, where the table says so, of the next code above, the first code key moving last.
Answer Evaluator::value_of(tir::Lookup const& lookup, Frame const& frame) {
  auto const& table = program_.reference_tables[lookup.table];
  auto const keys = evaluate_all(lookup.keys, frame);
  if (auto const stop = undecided(keys)) return *stop;

  std::vector<std::vector<tir::Value>> tries{{}};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::vector<tir::Value> steps{keys[i].value};
    auto const& type = table.key_types[i];
    if (table.use_parent && type.kind == Kind::Code) {
      auto const entries = codes::entries(type.system);
      for (auto id = std::get<tir::CodeValue>(keys[i].value).id;
           (id = entries[static_cast<std::size_t>(id)].parent) >= 0;)
        steps.push_back(tir::CodeValue{id});
    }
    std::vector<std::vector<tir::Value>> longer;
    for (auto const& one : tries)
      for (auto const& step : steps) {
        longer.push_back(one);
        longer.back().push_back(step);
      }
    tries = std::move(longer);
  }
  for (auto const& one : tries)
    for (auto const& row : table.rows)
      if (row.keys == one) return Answer::of(row.value);

  std::string name = "参照." + table.name + "[";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto const* code = std::get_if<tir::CodeValue>(&keys[i].value);
    if (i > 0) name += "，";
    name += code != nullptr
                ? std::string(codes::entries(table.key_types[i].system)[static_cast<std::size_t>(code->id)].code)
                : say(program_, table.key_types[i], keys[i].value);
  }
  return Answer::needs({name + "]"});
}

}  // namespace huiyu::interpret
