#include "compiler/driver/mapping.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 1  // keys in Chinese without quotes
#include <toml++/toml.h>

#include "compiler/diag/render.h"
#include "compiler/driver/color.h"
#include "compiler/driver/options.h"
#include "runtime/base/civil.h"
#include "runtime/base/decimal.h"
#include "runtime/base/utf8.h"
#include "runtime/columns/cell.h"
#include "runtime/columns/cell_rules.h"
#include "runtime/records/child_table.h"

namespace huiyu::driver {
namespace {

using columns::FieldLayout;
using columns::ValueKind;
using diag::Phrase;

// The power of ten that a bare number of this unit counts, if the unit is one of the field's.
std::optional<std::int8_t> exponent_of(std::string const& unit, FieldLayout const& field) {
  constexpr int scale = 9;
  FieldLayout wide = field;
  wide.series = columns::SeriesStep::None;
  wide.rules = nullptr;
  wide.bare_exponent = 0;
  wide.scale = scale;
  wide.low = 0;
  wide.high = std::numeric_limits<std::int64_t>::max();
  auto const cell = columns::read_cell("1" + unit, wide);
  if (unit.empty() || cell.state != columns::Cell::State::Present) return std::nullopt;
  int exponent = -scale;
  auto value = cell.value;
  for (; value % 10 == 0; value /= 10) ++exponent;
  return value == 1 ? std::optional(static_cast<std::int8_t>(exponent)) : std::nullopt;
}

// 营收{年} and the like: what stands before and after the period.
struct Pattern {
  std::string before, after;
};
std::optional<Pattern> pattern_of(std::string const& text) {
  for (std::string_view const gap : {"{年}", "{月}"}) {
    auto const at = text.find(gap);
    if (at != std::string::npos) return Pattern{text.substr(0, at), text.substr(at + gap.size())};
  }
  return std::nullopt;
}

// What is said of one fact's cells, before it becomes the field's rules.
struct Said {
  columns::CellRules rules;
  bool any = false;
};

class MappingReader {
 public:
  MappingReader(Mapping& mapping, SourceFile const& source, Diagnostics& diagnostics)
      : mapping_(mapping), source_(source), diagnostics_(diagnostics) {}

  void read(toml::table const& top) {
    allow(top, {"source", "sheet", "sql", "missing", "columns", "currencies", "children", "series"});
    missing_ = texts(top, "missing");
    read_currencies(top);
    read_source(top, mapping_.records);
    if (auto const* columns = table_of(top, "columns"))
      read_facts(*columns, mapping_.layout.fields, mapping_.records, true);
    if (auto const* children = table_of(top, "children"))
      for (auto const& [name, node] : *children) read_child(name, node);
    if (auto const* series = table_of(top, "series"))
      for (auto const& [name, node] : *series) read_long_series(name, node);
    // Marks and rates hold for every fact, mapped or not.
    for (auto& field : mapping_.layout.fields) give_common_rules(field);
  }

 private:
  // ---- places ----
  std::uint32_t offset_of(toml::source_position const& at) const {
    std::string_view const text = source_.text();
    std::size_t offset = 0;
    for (toml::source_index line = 1; line < at.line && offset < text.size(); ++line) {
      auto const end = text.find('\n', offset);
      if (end == std::string_view::npos) break;
      offset = end + 1;
    }
    for (toml::source_index column = 1; column < at.column && offset < text.size(); ++column)
      offset += decode_utf8(text, offset).length;
    return static_cast<std::uint32_t>(std::min(offset, text.size()));
  }
  Span span(toml::source_region const& region) const {
    auto const begin = offset_of(region.begin);
    return {begin, std::max(offset_of(region.end), begin), source_.id()};
  }
  Span span(toml::node const& node) const { return span(node.source()); }
  Span span(toml::key const& key) const { return span(key.source()); }

 public:
  Span place_of(toml::source_region const& region) const { return span(region); }

 private:
  // ---- values ----
  void allow(toml::table const& table, std::vector<std::string> const& names) {
    std::string listed;
    for (auto const& name : names) listed += (listed.empty() ? "" : " ") + name;
    for (auto const& [key, node] : table)
      if (std::find(names.begin(), names.end(), key.str()) == names.end())
        diagnostics_.add(span(key), diag::MappingUnknownOption, key.str()).add_help(diag::note::MappingMayHold, listed);
  }
  void wrong(toml::node const& node, std::string_view name, Phrase phrase) {
    diagnostics_.add(span(node), diag::MappingWrongValue, name, std::move(phrase));
  }
  toml::table const* table_of(toml::table const& table, std::string_view name) {
    auto const* node = table.get(name);
    if (node == nullptr) return nullptr;
    if (!node->is_table()) wrong(*node, name, {"一个表", "a table"});
    return node->as_table();
  }
  std::string text(toml::table const& table, std::string_view name) {
    auto const* node = table.get(name);
    if (node == nullptr) return {};
    auto const value = node->value_exact<std::string>();
    if (!value || value->empty()) wrong(*node, name, {"一段文字", "a text"});
    return value.value_or("");
  }
  bool truth(toml::table const& table, std::string_view name) {
    auto const* node = table.get(name);
    if (node == nullptr) return false;
    auto const value = node->value_exact<bool>();
    if (!value) wrong(*node, name, {" true 或者 false", "true or false"});
    return value.value_or(false);
  }
  // One text or a list of them.
  std::vector<std::string> texts(toml::table const& table, std::string_view name) {
    auto const* node = table.get(name);
    std::vector<std::string> found;
    if (node == nullptr) return found;
    auto const take = [&](toml::node const& one) {
      if (auto value = one.value_exact<std::string>())
        found.emplace_back(columns::trim(*value));
      else
        wrong(one, name, {"一段或者几段文字，如 [\"-\", \"不详\"]", "texts, such as [\"-\", \"n/a\"]"});
    };
    if (auto const* list = node->as_array())
      for (auto const& one : *list) take(one);
    else
      take(*node);
    return found;
  }

  // ---- parts ----
  void read_source(toml::table const& table, MappedTable& to) {
    to.data = text(table, "source");
    to.sheet = text(table, "sheet");
    to.sql = text(table, "sql");
    if (!to.data.empty() && !to.sql.empty())
      wrong(*table.get("sql"), "sql", {"没有 source 时才写", "given only without a source"});
    if (to.data.empty()) return;
    auto const folder = std::filesystem::path(source_.path()).parent_path();
    to.data = (folder / to.data).string();
  }

  void read_currencies(toml::table const& top) {
    auto const* currencies = table_of(top, "currencies");
    if (currencies == nullptr) return;
    for (auto const& [name, node] : *currencies) {
      auto const* table = node.as_table();
      if (table == nullptr) {
        wrong(node, name.str(),
              {"汇率和日期，如 { rate = \"7.1884\", date = \"2024-12-31\" }",
               "a rate and its day, such as { rate = \"7.1884\", date = \"2024-12-31\" }"});
        continue;
      }
      allow(*table, {"rate", "date"});
      auto const rate = parse_decimal(text(*table, "rate"));
      auto const day = parse_date(text(*table, "date"));
      if (!rate || rate->mantissa <= 0 || rate->mantissa > 1'000'000'000'000)
        wrong(node, "rate",
              {"一单位外币合多少元，写作文字，如 \"7.1884\"", "how many 元 one unit is, as a text: \"7.1884\""});
      else if (!day)
        wrong(node, "date", {"汇率的日期，如 \"2024-12-31\"", "the day of the rate, such as \"2024-12-31\""});
      else
        rates_.push_back({std::string(name.str()), rate->mantissa, rate->scale, *day});
    }
  }

  void give_common_rules(FieldLayout& field) const {
    bool const money = field.kind == ValueKind::Number && field.measure == columns::Measure::Yuan;
    for (auto& item : field.items) give_common_rules(item);
    if (missing_.empty() && !(money && !rates_.empty())) return;
    auto rules = field.rules ? *field.rules : columns::CellRules{};
    rules.missing.insert(rules.missing.end(), missing_.begin(), missing_.end());
    if (money) rules.rates = rates_;
    field.rules = std::make_shared<columns::CellRules const>(std::move(rules));
  }

  void read_facts(toml::table const& table, std::vector<FieldLayout>& fields, MappedTable& to, bool top) {
    for (auto const& [key, node] : table) {
      auto const at = columns::find_field(fields, key.str());
      if (at < 0) {
        unknown_fact(key, fields);
        continue;
      }
      if (!claim(key, top)) continue;
      auto& field = fields[static_cast<std::size_t>(at)];
      MappedFact fact;
      fact.fact = field.name;
      fact.where = span(node);
      if (auto const column = node.value_exact<std::string>())
        fact.column = *column;
      else if (auto const* options = node.as_table())
        read_fact(*options, field, fact);
      else
        wrong(node, key.str(), {"列名，或者 { column = \"列名\", … }", "a column, or { column = \"…\", … }"});
      if (pattern_of(fact.column)) fact.pattern = std::exchange(fact.column, "");
      bool const wide = !fact.pattern.empty() || !fact.periods.empty();
      if (wide && field.series == columns::SeriesStep::None)
        does_not_suit(node, "columns", field.name, {"它不是逐年或者逐月的", "it is no series"});
      else if (wide || !fact.column.empty())
        to.facts.push_back(std::move(fact));
    }
  }

  void read_fact(toml::table const& options, FieldLayout& field, MappedFact& fact) {
    allow(options, {"column", "columns", "unit", "missing", "format", "check", "region"});
    fact.column = text(options, "column");
    if (auto const* columns = table_of(options, "columns"))
      for (auto const& [period, column] : *columns) {
        auto const name = column.value_exact<std::string>();
        if (name)
          fact.periods.emplace_back(period.str(), *name);
        else
          wrong(column, period.str(), {"列名", "the name of a column"});
      }
    if (fact.column.empty() && fact.periods.empty() && options.get("columns") == nullptr)
      wrong(options, field.name, {"有 column 或者 columns 的表", "a table with column or columns"});
    read_unit(options, field);
    read_cell_rules(options, field);
  }

  void read_unit(toml::table const& options, FieldLayout& field) {
    auto const unit = text(options, "unit");
    if (unit.empty()) return;
    if (field.kind != ValueKind::Number)
      return does_not_suit(*options.get("unit"), "unit", field.name, {"它不是数", "it is no number"});
    if (auto const exponent = exponent_of(unit, field))
      field.bare_exponent = *exponent;
    else
      diagnostics_.add(span(*options.get("unit")), diag::MappingUnknownUnit, unit, field.name);
  }

  void read_cell_rules(toml::table const& options, FieldLayout& field) {
    columns::CellRules rules;
    rules.missing = texts(options, "missing");
    rules.date_formats = texts(options, "format");
    rules.check_digit = truth(options, "check");
    rules.region_of = truth(options, "region");
    for (auto const& format : rules.date_formats)
      if (!columns::valid_date_format(format))
        diagnostics_.add(span(*options.get("format")), diag::MappingDateForm, format)
            .add_help(diag::note::MappingDateForms);
    if (!rules.date_formats.empty() && field.kind != ValueKind::Date)
      does_not_suit(*options.get("format"), "format", field.name, {"它不是日期", "it is no date"});
    if (rules.check_digit && field.kind != ValueKind::Text && field.kind != ValueKind::CreditCode)
      does_not_suit(*options.get("check"), "check", field.name, {"它不是文本", "it is no text"});
    if (rules.region_of && (field.kind != ValueKind::Code || field.system != codes::CodeSystem::Region))
      does_not_suit(*options.get("region"), "region", field.name, {"它不是地区", "it is no region"});
    bool const any = !rules.missing.empty() || !rules.date_formats.empty() || rules.check_digit || rules.region_of;
    if (any) field.rules = std::make_shared<columns::CellRules const>(std::move(rules));
  }

  // The list or series that a table of its own fills.
  FieldLayout* child_field(toml::key const& key, toml::node const& node, MappedChild& child, bool series) {
    auto const at = columns::find_field(mapping_.layout.fields, key.str());
    if (at < 0) {
      unknown_fact(key, mapping_.layout.fields);
      return nullptr;
    }
    auto& field = mapping_.layout.fields[static_cast<std::size_t>(at)];
    if (!claim(key, true)) return nullptr;
    bool const suits = series ? field.series != columns::SeriesStep::None
                              : field.kind == ValueKind::List && field.series == columns::SeriesStep::None;
    if (!suits) {
      does_not_suit(node, series ? "series" : "children", field.name,
                    series ? Phrase{"它不是逐年或者逐月的", "it is no series"} : Phrase{"它不是列表", "it is no list"});
      return nullptr;
    }
    if (mapping_.layout.key < 0) {
      diagnostics_.add(span(key), diag::MappingNoKey);
      return nullptr;
    }
    if (!node.is_table()) {
      wrong(node, key.str(), {"一个表", "a table"});
      return nullptr;
    }
    child.field = static_cast<std::size_t>(at);
    return &field;
  }
  void need(toml::table const& table, std::string_view name, std::string const& value, std::string_view of) {
    if (value.empty() && table.get(name) == nullptr)
      diagnostics_.add(span(table), diag::MappingWrongValue, of,
                       Phrase{"写明 " + std::string(name) + " 的表", "a table with " + std::string(name)});
  }
  void add_column(MappedTable& to, char const* name, std::string column, toml::node const& node) {
    if (column.empty()) return;
    MappedFact fact;
    fact.fact = name;
    fact.column = std::move(column);
    fact.where = span(node);
    to.facts.push_back(std::move(fact));
  }

  void read_child(toml::key const& key, toml::node const& node) {
    MappedChild child;
    auto* field = child_field(key, node, child, false);
    if (field == nullptr) return;
    auto const& table = *node.as_table();
    allow(table, {"source", "sheet", "sql", "key", "columns", "absent"});
    read_source(table, child.table);
    need(table, "source", child.table.data + child.table.sql, key.str());
    auto const key_column = text(table, "key");
    need(table, "key", key_column, key.str());
    if (key_column.empty()) return;
    add_column(child.table, records::child_key, key_column, *table.get("key"));
    auto const absent = text(table, "absent");
    if (!absent.empty() && absent != "none" && absent != "missing")
      wrong(*table.get("absent"), "absent", {" none（没有）或者 missing（缺）", "none or missing"});
    child.absent_missing = absent == "missing";
    if (auto const* columns = table_of(table, "columns")) read_facts(*columns, field->items, child.table, false);
    mapping_.children.push_back(std::move(child));
  }

  void read_long_series(toml::key const& key, toml::node const& node) {
    MappedChild child;
    auto* field = child_field(key, node, child, true);
    if (field == nullptr) return;
    auto const& table = *node.as_table();
    allow(table, {"source", "sheet", "sql", "key", "period", "value", "unit", "missing"});
    read_source(table, child.table);
    need(table, "source", child.table.data + child.table.sql, key.str());
    struct Part {
      char const* option;
      char const* name;
    };
    for (auto const& part : {Part{"key", records::child_key}, Part{"period", records::child_period},
                             Part{"value", records::child_value}}) {
      auto const column = text(table, part.option);
      need(table, part.option, column, key.str());
      if (!column.empty()) add_column(child.table, part.name, column, *table.get(part.option));
    }
    read_unit(table, *field);
    read_cell_rules(table, *field);
    mapping_.children.push_back(std::move(child));
  }

  // ---- mistakes ----
  void unknown_fact(toml::key const& key, std::vector<FieldLayout> const& fields) {
    std::string listed;
    for (auto const& field : fields) listed += (listed.empty() ? "" : "、") + field.name;
    diagnostics_.add(span(key), diag::MappingUnknownFact, key.str()).add_help(diag::note::MappingMayHold, listed);
  }
  void does_not_suit(toml::node const& node, std::string_view option, std::string_view fact, Phrase why) {
    diagnostics_.add(span(node), diag::MappingDoesNotSuit, option, fact, std::move(why));
  }
  bool claim(toml::key const& key, bool top) {
    if (!top) return true;
    std::string const name(key.str());
    if (std::find(claimed_.begin(), claimed_.end(), name) == claimed_.end()) {
      claimed_.push_back(name);
      return true;
    }
    diagnostics_.add(span(key), diag::MappingTwice, name);
    return false;
  }

  Mapping& mapping_;
  SourceFile const& source_;
  Diagnostics& diagnostics_;
  std::vector<std::string> missing_, claimed_;
  std::vector<columns::CurrencyRate> rates_;
};

// The period in a column's name by a pattern; none where the name is another's.
std::optional<std::string> period_in(std::string const& name, Pattern const& pattern) {
  if (name.size() <= pattern.before.size() + pattern.after.size() || !name.starts_with(pattern.before) ||
      !name.ends_with(pattern.after))
    return std::nullopt;
  auto const period = name.substr(pattern.before.size(), name.size() - pattern.before.size() - pattern.after.size());
  return period.front() >= '0' && period.front() <= '9' ? std::optional(period) : std::nullopt;
}

Error refused(Diagnostics const& diagnostics, Mapping const& mapping, Language language) {
  put(diag::render_text(diagnostics, *mapping.sources, language), stderr, color_diagnostics);
  return Error{ErrorKind::Data, words(language, "映射有错误，未运行", "the mapping has errors; nothing was run")};
}

}  // namespace

Result<Mapping> read_mapping(std::string const& path, columns::RecordLayout const& layout, Diagnostics& diagnostics,
                             Language language) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorKind::Usage, path + words(language, "：打不开", ": cannot be opened")};
  Mapping mapping;
  mapping.layout = layout;
  auto const& source = mapping.sources->add(path, std::string(std::istreambuf_iterator<char>(file), {}));
  auto const parsed = toml::parse(source.text(), path);
  MappingReader reader(mapping, source, diagnostics);
  if (!parsed) {
    diagnostics.add(reader.place_of(parsed.error().source()), diag::MappingSyntax, parsed.error().description());
    return mapping;
  }
  reader.read(parsed.table());
  return mapping;
}

Result<Mapping> load_mapping(std::string const& path, columns::RecordLayout const& layout, Language language) {
  Diagnostics diagnostics;
  auto mapping = read_mapping(path, layout, diagnostics, language);
  if (!mapping) return mapping;
  if (diagnostics.has_errors()) return refused(diagnostics, *mapping, language);
  return mapping;
}

Result<std::vector<records::ReshapedColumn>> resolve(Mapping const& mapping, MappedTable const& table,
                                                     ArrowSchema const& schema, Language language) {
  auto const names = records::column_names(schema);
  std::string listed;
  for (auto const& name : names) listed += (listed.empty() ? "" : "、") + name;
  Diagnostics diagnostics;
  auto const known = [&](std::string const& column, Span where) {
    if (std::find(names.begin(), names.end(), column) != names.end()) return true;
    diagnostics.add(where, diag::MappingNoColumn, column).add_help(diag::note::MappingColumns, listed);
    return false;
  };
  std::vector<records::ReshapedColumn> columns;
  for (auto const& fact : table.facts) {
    // Asked for by no line of a mapping: --history.
    if (!fact.where.file.has_value() && std::find(names.begin(), names.end(), fact.column) == names.end())
      return Error{ErrorKind::Data, table.data + words(language, "：没有列 ", ": no column ") + fact.column +
                                        words(language, "；有：", "; there are: ") + listed};
    records::ReshapedColumn column{fact.fact, fact.column, fact.periods};
    if (auto const pattern = pattern_of(fact.pattern)) {
      for (auto const& name : names)
        if (auto period = period_in(name, *pattern)) column.parts.emplace_back(std::move(*period), name);
      if (column.parts.empty()) known(fact.pattern, fact.where);
    }
    if (!column.column.empty() && !known(column.column, fact.where)) continue;
    bool fine = true;
    for (auto const& [period, part] : fact.periods) fine = known(part, fact.where) && fine;
    if (fine && (!column.column.empty() || !column.parts.empty())) columns.push_back(std::move(column));
  }
  if (diagnostics.has_errors()) return refused(diagnostics, mapping, language);
  return columns;
}

}  // namespace huiyu::driver
