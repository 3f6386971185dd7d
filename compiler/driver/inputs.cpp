#include "compiler/driver/inputs.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <nlohmann/json.hpp>

#include "compiler/driver/options.h"
#include "compiler/interpret/interpret.h"
#include "runtime/base/civil.h"
#include "runtime/columns/cell.h"

namespace huiyu::driver {
namespace {

using Json = nlohmann::ordered_json;
using columns::FieldLayout;
using columns::ValueKind;

// Depth of the deepest sensible input: a table nested by its keys.
constexpr int max_depth = 16;

tir::Value value_of(FieldLayout const& layout, std::int64_t stored) {
  auto const narrow = static_cast<std::int32_t>(stored);
  switch (layout.kind) {
    case ValueKind::Truth: return stored != 0;
    case ValueKind::Number:
      return BigRational(BigInt(stored), boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(layout.scale)));
    case ValueKind::Date: return tir::DateValue{narrow};
    case ValueKind::Year: return tir::YearValue{narrow};
    case ValueKind::Month: return tir::MonthValue{narrow};
    case ValueKind::Code: return tir::CodeValue{narrow};
    case ValueKind::Enumeration: return tir::EntryValue{narrow};
    case ValueKind::Text:
    case ValueKind::CreditCode:
    case ValueKind::List:
    case ValueKind::Set: break;
  }
  HUIYU_CHECK(false, "a cell of this kind holds no single value");
  return {};
}

std::string quoted(Json const& json) { return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

// One run of the option; every step gives an error or goes on.
class Giver {
 public:
  Giver(tir::Program& program, RunInputs& inputs, Language language)
      : program_(program), inputs_(inputs), language_(language) {}

  Result<void> give(std::string const& name, Json const& json) {
    name_ = name;
    if (name == "申报年度") return application_year(json);
    for (auto& parameter : program_.parameters)
      if (parameter.name == name) return give_parameter(parameter, json);
    for (auto& table : program_.reference_tables)
      if (table.name == name) return give_table(table, json);
    for (auto const& list : program_.enumerations)
      if (list.name == name)
        return fail("这个名录的成员写在规则里；成员由外部给定的名录写作 `名录 " + name + " 来源 …`",
                    "the members of this list stand in the rules; one that is given from outside is declared with a "
                    "source and without members");
    for (auto const& definition : program_.definitions)
      if (definition.name == name && !definition.internal)
        return fail("这是定义，由记录给出（--given），不能用 --inputs",
                    "this is a definition: records give it (--given), not --inputs");
    return fail("规则里没有这个名称的参数、参照表或成员待给的名录",
                "the rules have no parameter, reference table or open list of this name");
  }

 private:
  Error fail(std::string_view zh, std::string_view en) const {
    return Error{ErrorKind::Data, "--inputs: " + name_ + words(language_, "：", ": ") + words(language_, zh, en)};
  }
  Error unreadable(Json const& json, types::Type const& type) const {
    bool const plain = type.kind == types::Kind::Number && type.unit.dimensionless();
    auto const kind =
        plain ? words(language_, "小数或比率（如 5.5%）", "a number or ratio, such as 5.5%") : types::describe(type);
    return fail("读不懂 " + quoted(json) + (kind.empty() ? "" : "，应为" + kind),
                "cannot read " + quoted(json) + (kind.empty() ? "" : " as " + kind));
  }

  FieldLayout layout(types::Type const& type, types::NumberFormat const& format) const {
    return interpret::field_layout(program_, name_, type, format);
  }

  Result<tir::Value> single(Json const& json, types::Type const& type, types::NumberFormat const& format) const {
    auto const field = layout(type, format);
    if (!json.is_string() && !json.is_boolean()) return unreadable(json, type);
    std::string const text = json.is_string() ? json.get<std::string>() : std::string(json.get<bool>() ? "是" : "否");
    if (field.kind == ValueKind::Text || field.kind == ValueKind::CreditCode) {
      auto const trimmed = std::string(columns::trim(text));
      bool const fine = field.kind == ValueKind::Text ? !trimmed.empty() : columns::valid_credit_code(trimmed);
      if (!fine) return unreadable(json, type);
      return tir::Value(trimmed);
    }
    auto const cell = columns::read_cell(text, field);
    if (cell.state != columns::Cell::State::Present) return unreadable(json, type);
    return value_of(field, cell.value);
  }

  Result<tir::Value> set(Json const& json, types::Type const& type) const {
    if (!json.is_array()) return unreadable(json, type);
    auto element = type;
    element.kind = type.element;
    element.element = types::Kind::Poison;
    tir::SetValue members;
    for (auto const& one : json) {
      auto value = single(one, element, {});
      if (!value) return value.error();
      if (auto const* text = std::get_if<std::string>(&*value)) members.texts.push_back(*text);
      if (auto const* code = std::get_if<tir::CodeValue>(&*value)) members.members.push_back(code->id);
      if (auto const* entry = std::get_if<tir::EntryValue>(&*value)) members.members.push_back(entry->index);
      if (auto const* year = std::get_if<tir::YearValue>(&*value)) members.members.push_back(year->year);
    }
    return tir::Value(std::move(members));
  }

  Result<tir::Value> value(Json const& json, types::Type const& type, types::NumberFormat const& format) const {
    return type.kind == types::Kind::Set ? set(json, type) : single(json, type, format);
  }

  Result<void> application_year(Json const& json) {
    types::Type type;
    type.kind = types::Kind::Year;
    auto const year = single(json, type, {});
    if (!year) return year.error();
    auto const given = std::get<tir::YearValue>(*year).year;
    if (inputs_.application_year && *inputs_.application_year != given)
      return Error{ErrorKind::Usage,
                   words(language_, "--year 与 --inputs 的申报年度不一致", "--year and 申报年度 of --inputs differ")};
    inputs_.application_year = given;
    return {};
  }

  Result<void> give_parameter(tir::Parameter& parameter, Json const& json) {
    std::vector<tir::DatedConstant> values;
    if (!json.is_object()) {
      if (!json.is_null()) {
        auto known = value(json, parameter.type, parameter.format);
        if (!known) return known.error();
        values.push_back({std::nullopt, std::nullopt, std::move(*known)});
      }
      parameter.values = std::move(values);
      return {};
    }
    // Each value from its day to the day before the next; null ends what was known.
    std::vector<std::pair<std::int32_t, Json const*>> dated;
    for (auto const& [date, one] : json.items()) {
      auto const day = parse_date(date);
      if (!day) return fail("`" + date + "` 不是日期，日期写作 2024-01-01", "`" + date + "` is no date");
      dated.emplace_back(*day, &one);
    }
    std::ranges::sort(dated);
    for (std::size_t i = 0; i < dated.size(); ++i) {
      if (dated[i].second->is_null()) continue;
      auto known = value(*dated[i].second, parameter.type, parameter.format);
      if (!known) return known.error();
      tir::DatedConstant entry{dated[i].first, std::nullopt, std::move(*known)};
      if (i + 1 < dated.size()) entry.until_day = dated[i + 1].first - 1;
      values.push_back(std::move(entry));
    }
    parameter.values = std::move(values);
    return {};
  }

  Result<void> give_table(tir::ReferenceTable& table, Json const& json) {
    std::vector<tir::ReferenceRow> rows;
    auto done = json.is_array() ? rows_of(table, json, rows) : nested(table, json, {}, rows);
    if (!done) return done;
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (rows[i].keys == rows[k].keys) return fail("同一组键有两行", "two rows have the same keys");
    table.rows = std::move(rows);
    return {};
  }

  // {"C34": {"2023年": "10万元"}}: one object for each key column.
  Result<void> nested(tir::ReferenceTable const& table, Json const& json, std::vector<tir::Value> const& keys,
                      std::vector<tir::ReferenceRow>& rows) {
    if (json.is_null()) return {};
    if (keys.size() == table.key_types.size()) {
      auto known = value(json, table.type, table.format);
      if (!known) return known.error();
      rows.push_back({keys, std::move(*known)});
      return {};
    }
    if (!json.is_object())
      return fail("应为以“" + table.key_names[keys.size()] + "”为名的对象，而不是 " + quoted(json),
                  "takes an object named by " + table.key_names[keys.size()] + ", not " + quoted(json));
    for (auto const& [text, one] : json.items()) {
      auto key = key_of(table, keys.size(), Json(text));
      if (!key) return key.error();
      auto deeper = keys;
      deeper.push_back(std::move(*key));
      if (auto done = nested(table, one, deeper, rows); !done) return done;
    }
    return {};
  }

  // [{"行业": "C34", "年度": "2023年", "值": "10万元"}]: the value under 值 or the table's name.
  Result<void> rows_of(tir::ReferenceTable const& table, Json const& json, std::vector<tir::ReferenceRow>& rows) {
    for (auto const& row : json) {
      auto const value_name = row.is_object() && row.contains(table.name) ? table.name : std::string("值");
      if (!row.is_object() || !row.contains(value_name) || row.size() != table.key_names.size() + 1)
        return fail("每行应为对象，含各键和“值”，而不是 " + quoted(row),
                    "a row is an object of its keys and 值, not " + quoted(row));
      std::vector<tir::Value> keys;
      for (std::size_t i = 0; i < table.key_names.size(); ++i) {
        if (!row.contains(table.key_names[i]))
          return fail("这一行没有键“" + table.key_names[i] + "”：" + quoted(row),
                      "this row lacks the key " + table.key_names[i] + ": " + quoted(row));
        auto key = key_of(table, i, row.at(table.key_names[i]));
        if (!key) return key.error();
        keys.push_back(std::move(*key));
      }
      if (row.at(value_name).is_null()) continue;
      auto known = value(row.at(value_name), table.type, table.format);
      if (!known) return known.error();
      rows.push_back({std::move(keys), std::move(*known)});
    }
    return {};
  }

  Result<tir::Value> key_of(tir::ReferenceTable const& table, std::size_t place, Json const& json) const {
    auto const& type = table.key_types[place];
    types::NumberFormat format;
    if (type.kind == types::Kind::Number)
      if (auto const builtin = types::builtin_type_of(type.unit)) format = builtin->format;
    return single(json, type, format);
  }

  tir::Program& program_;
  RunInputs& inputs_;
  Language language_;
  std::string name_;
};

}  // namespace

Result<std::vector<std::string>> give_inputs(std::string_view json, tir::Program& program, RunInputs& inputs,
                                             Language language) {
  std::string problem;
  std::vector<std::set<std::string>> names;  // of the objects that are open
  auto const watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > max_depth) problem = words(language, "嵌套太深", "nested too deeply");
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
      problem = words(language, "名称写了两次：", "a name is given twice: ") + parsed.get<std::string>();
    return problem.empty();
  };
  auto const parsed = Json::parse(json, watch, false);
  if (problem.empty() && !parsed.is_object())
    problem = words(language, "应为一个 JSON 对象，名称对值", "one JSON object is expected, name to value");
  if (!problem.empty()) return Error{ErrorKind::Data, "--inputs: " + problem};

  auto changed = program;
  auto changed_inputs = inputs;
  Giver giver(changed, changed_inputs, language);
  std::vector<std::string> given;
  for (auto const& [name, value] : parsed.items()) {
    if (auto done = giver.give(name, value); !done) return done.error();
    given.push_back(name);
  }
  program = std::move(changed);
  inputs = std::move(changed_inputs);
  return given;
}

Result<std::vector<std::string>> give_inputs_file(std::string const& path, tir::Program& program, RunInputs& inputs,
                                                  Language language) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file || file.bad()) return Error{ErrorKind::Usage, path + words(language, "：不能读取", ": cannot be read")};
  return give_inputs(text, program, inputs, language);
}

}  // namespace huiyu::driver
