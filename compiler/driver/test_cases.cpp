#include "compiler/driver/test_cases.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "compiler/driver/json_objects.h"
#include "compiler/driver/options.h"
#include "compiler/driver/table_file.h"
#include "compiler/parse/parse.h"
#include "runtime/base/one_line.h"
#include "runtime/columns/cell.h"

namespace huiyu::driver {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> extensions{".csv", ".tsv", ".xlsx", ".json", ".jsonl"};
constexpr std::array<std::string_view, 2> marks{".测试", ".cases"};

// One case: cells by heading, in the order of the columns. A cell of JSON may be nested.
struct Case {
  std::uint32_t line = 0;
  std::vector<std::pair<std::string, Json>> cells;
};

// The name of a file without extension and mark; none where it is no file of cases.
std::optional<std::string> stem_of_cases(fs::path const& path) {
  auto const name = path.filename().string();
  for (auto const extension : extensions)
    for (auto const mark : marks) {
      auto const end = std::string(mark) + std::string(extension);
      if (name.size() > end.size() && name.ends_with(end)) return name.substr(0, name.size() - end.size());
    }
  return std::nullopt;
}

std::string stem_of_rules(fs::path const& path) {
  auto name = path.filename().string();
  for (std::string_view const end : {".hui.md", ".hui"})
    if (name.ends_with(end)) return name.substr(0, name.size() - end.size());
  return name;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

// ---- reading ----

// A table as texts: what CSV and XLSX hold.
Result<std::vector<Case>> read_table(std::string const& path) {
  std::vector<std::string> names;
  std::vector<Case> cases;
  auto const layout = [&](ArrowSchema const& schema) {
    columns::RecordLayout all;
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      columns::FieldLayout field;
      field.name = schema.children[i]->name;
      field.kind = columns::ValueKind::Text;
      names.push_back(field.name);
      all.fields.push_back(std::move(field));
    }
    return all;
  };
  auto const read = read_table_file(path, layout, [&](columns::Batch const& batch) {
    for (std::int64_t row = 0; row < batch.row_count; ++row) {
      Case one{static_cast<std::uint32_t>(cases.size()) + 2, {}};  // below the line of headings
      for (std::size_t i = 0; i < names.size(); ++i)
        one.cells.emplace_back(names[i], batch.columns[i].present(row) ? Json(batch.columns[i].text(row)) : Json());
      cases.push_back(std::move(one));
    }
  });
  if (!read) return read.error();
  return cases;
}

Result<std::vector<Case>> read_json(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string const text(std::istreambuf_iterator<char>(file), {});
  bool const lines = path.ends_with(".jsonl");
  auto const objects = read_json_objects(text, lines);
  if (!objects) return Error{ErrorKind::Data, path + ": " + objects.error().message};
  std::vector<Case> cases;
  for (std::size_t i = 0; i < objects->size(); ++i) {
    auto const begin = (*objects)[i].begin;
    auto const rest = std::string_view(text).substr(begin);
    auto const line = 1 + std::ranges::count(std::string_view(text).substr(0, begin), '\n');
    Case one{static_cast<std::uint32_t>(line), {}};
    // The text was read as a whole before, so each object in it is whole, too.
    char const* const end = rest.data() + ((*objects)[i].end - begin);
    auto const object = Json::parse(rest.data(), end, nullptr, false);
    for (auto const& [name, value] : object.items()) one.cells.emplace_back(name, value);
    cases.push_back(std::move(one));
  }
  return cases;
}

// ---- writing a 测试 ----

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.,_-") == std::string_view::npos;
}

// `上年营业收入（万元）`: the name, and the unit of numbers that stand without one.
std::pair<std::string, std::string> heading_parts(std::string const& heading) {
  for (auto const& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
    auto const at = heading.rfind(open);
    if (at == std::string::npos || at == 0 || !heading.ends_with(close)) continue;
    return {std::string(columns::trim(heading.substr(0, at))),
            heading.substr(at + open.size(), heading.size() - at - open.size() - close.size())};
  }
  return {heading, ""};
}

std::string with_unit(std::string text, std::string const& unit) {
  if (!is_number(text) || unit.empty()) return text;
  std::erase(text, ',');
  return text + unit;
}

// The 测试 that a row stands for, or several rows: each is one record of it.
class Writer {
 public:
  explicit Writer(std::set<std::string> const& texts) : texts_(texts) {}

  std::string write(std::span<Case const> rows) {
    std::string given, expected;
    for (auto const& row : rows) {
      schema_.clear(), label_.clear(), facts_.clear(), expected_.clear();
      for (auto const& [heading, value] : row.cells) cell(std::string(columns::trim(heading)), value);
      auto const label = "「" + (label_.empty() ? "本例" : label_) + "」";
      if (!facts_.empty())
        given += (given.empty() ? "" : "；") + schema_ + (schema_.empty() ? "" : " ") + label + "：" + facts_;
      for (auto const& each : expected_)
        expected += (expected.empty() ? "" : "；") + (label_.empty() ? "" : label + " ") + each;
    }
    std::string text = "测试 " + (title_.empty() ? "第 " + std::to_string(rows.front().line) + " 行" : title_) + "\n";
    if (!as_of_.empty()) text += "  基准日 " + as_of_ + "\n";
    if (!year_.empty()) text += "  申报年度 " + year_ + "\n";
    if (!given.empty()) text += "  已知 " + given + "\n";
    if (!expected.empty()) text += "  期望 " + expected + "\n";
    return text;
  }

 private:
  void cell(std::string const& heading, Json const& value) {
    if (is_one_of(heading, {"备注", "note"}) || heading.empty()) return;
    auto const text = value.is_string() ? std::string(columns::trim(value.get<std::string>())) : std::string();
    bool const empty = value.is_null() || (value.is_string() && text.empty());
    bool const fact_cell = !is_one_of(heading, {"测试", "test", "基准日", "as_of", "申报年度", "year", "结构", "schema",
                                                "已知", "given", "期望", "expect"}) &&
                           !heading.starts_with("期望 ") && !heading.starts_with("expect ");
    if (empty && !fact_cell) return;
    if (empty) return fact(facts_, heading, nullptr);
    if (is_one_of(heading, {"测试", "test"})) {
      title_ = one_line(text);
    } else if (is_one_of(heading, {"基准日", "as_of"})) {
      as_of_ = text;
    } else if (is_one_of(heading, {"申报年度", "year"})) {
      year_ = plain(value);
      if (is_number(year_)) year_ += "年";
    } else if (is_one_of(heading, {"结构", "schema"})) {
      schema_ = text;
    } else if (is_one_of(heading, {"已知", "given"})) {
      label_ = one_line(text);
    } else if (is_one_of(heading, {"期望", "expect"}) && value.is_object()) {
      for (auto const& [what, outcome] : value.items()) expect(what, outcome);
    } else if (heading.starts_with("期望 ") || heading.starts_with("expect ")) {
      expect(heading.substr(heading.find(' ') + 1), value);
    } else {
      fact(facts_, heading, value);
    }
  }

  static std::string plain(Json const& value) {
    if (value.is_string()) return one_line(std::string(columns::trim(value.get<std::string>())));
    if (value.is_boolean()) return value.get<bool>() ? "是" : "否";
    return value.dump();
  }

  void expect(std::string const& heading, Json const& value) {
    auto const [what, unit] = heading_parts(std::string(columns::trim(heading)));
    auto const text = with_unit(plain(value), unit);
    bool const outcome = std::ranges::any_of(
        std::array<std::string_view, 13>{"符合", "不符合", "待核", "不适用", "错误", "待定", "缺", "eligible",
                                         "ineligible", "unknown", "not applicable", "error", "pending"},
        [&](std::string_view word) { return text == word || text.starts_with(std::string(word) + " "); });
    expected_.push_back(what + (outcome ? " " : " = ") + text);
  }

  static void add(std::string& facts, std::string const& fact) { facts += (facts.empty() ? "" : "，") + fact; }

  void fact(std::string& facts, std::string const& heading, Json const& value) {
    auto const [name, unit] = heading_parts(heading);
    if (value.is_null() || plain(value) == "缺") return add(facts, name + " 缺");
    if (value.is_object()) {  // a series
      for (auto const& [period, each] : value.items())
        fact(facts, (is_number(period) && period.size() == 4 ? period + "年" : period) + name, each);
      return;
    }
    if (!value.is_array()) return add(facts, name + " = " + literal(name, with_unit(plain(value), unit)));
    std::string all;
    for (auto const& each : value) {
      std::string one;
      if (each.is_object()) {
        for (auto const& [member, inner] : each.items()) fact(one, member, inner);
        one = "（" + one + "）";
      } else {
        one = literal(name, with_unit(plain(each), unit));
      }
      all += (all.empty() ? "" : "、") + one;
    }
    add(facts, name + " = " + (all.empty() ? "（）" : all));
  }

  // As it stands between quotation marks where the field is a text.
  std::string literal(std::string const& name, std::string const& text) const {
    if (text == "TRUE" || text == "true" || text == "True") return "是";
    if (text == "FALSE" || text == "false" || text == "False") return "否";
    bool const quoted = text.starts_with('"') || text.starts_with("“");
    return texts_.contains(name) && !quoted ? "\"" + text + "\"" : text;
  }

  std::set<std::string> const& texts_;
  std::string title_, as_of_, year_;
  std::string schema_, label_, facts_;  // of one row
  std::vector<std::string> expected_;   // of one row
};

// What a row says in a column, as a text; empty where it says nothing.
std::string cell_of(Case const& row, std::initializer_list<std::string_view> headings) {
  for (auto const& [heading, value] : row.cells)
    if (is_one_of(columns::trim(heading), headings) && value.is_string())
      return std::string(columns::trim(value.get<std::string>()));
  return {};
}

// Rows of one 测试 follow each other and say who each record is.
bool go_together(Case const& row, Case const& next) {
  auto const title = cell_of(row, {"测试", "test"});
  return !title.empty() && title == cell_of(next, {"测试", "test"}) && !cell_of(row, {"已知", "given"}).empty() &&
         !cell_of(next, {"已知", "given"}).empty();
}

// A row of a worksheet between others.
bool is_blank(Case const& one) {
  return std::ranges::all_of(one.cells, [](auto const& cell) {
    return cell.second.is_null() ||
           (cell.second.is_string() && columns::trim(cell.second.template get<std::string>()).empty());
  });
}

// The fields whose values are quoted. Of a field that is a text in one 结构 and something else in another, neither is.
std::set<std::string> text_fields(Project const& project) {
  std::set<std::string> texts, others;
  Diagnostics ignored;  // the project's own parse reports them
  for (auto const& source : project.sources) {
    auto const file = parse::parse(source, {}, ignored);
    for (auto const& declaration : file.declarations) {
      auto const* schema = std::get_if<ast::SchemaDecl>(&declaration);
      if (schema == nullptr) continue;
      for (auto const& field : schema->fields) {
        bool const text = is_one_of(field.type.word.text, {"文本", "信用代码"});
        (text ? texts : others).insert(field.name.text);
      }
    }
  }
  for (auto const& name : others) texts.erase(name);
  return texts;
}

}  // namespace

Result<std::vector<std::string>> take_case_files(std::vector<std::string>& paths, Language language) {
  std::set<std::string> found;
  for (auto const& path : paths) {
    std::error_code fault;
    if (fs::is_directory(path, fault)) {
      for (fs::recursive_directory_iterator at(path, fault), end; !fault && at != end; at.increment(fault))
        if (at->is_regular_file(fault) && stem_of_cases(at->path())) found.insert(at->path().string());
      continue;
    }
    if (stem_of_cases(path)) {
      if (!fs::exists(path, fault))
        return Error{ErrorKind::Usage, path + words(language, "：没有这个文件或文件夹", ": no such file or folder")};
      found.insert(path);
      continue;
    }
    auto const folder = fs::path(path).parent_path();
    for (auto const extension : extensions)
      for (auto const mark : marks) {
        auto const beside = folder / (stem_of_rules(path) + std::string(mark) + std::string(extension));
        if (fs::exists(beside, fault)) found.insert(beside.string());
      }
  }
  std::erase_if(paths, [](std::string const& path) { return stem_of_cases(path).has_value(); });
  return std::vector<std::string>(found.begin(), found.end());
}

Result<void> add_cases(Project& project, std::vector<std::string> const& files, Language language) {
  if (files.empty()) return {};
  auto const texts = text_fields(project);
  for (auto const& path : files) {
    bool const json = path.ends_with(".json") || path.ends_with(".jsonl");
    auto cases = json ? read_json(path) : read_table(path);
    if (!cases)
      return Error{cases.error().kind, words(language, "用例的表读不出来：", "the table of cases cannot be read: ") +
                                           cases.error().message};
    std::erase_if(*cases, is_blank);
    for (std::size_t begin = 0, end = 0; begin < cases->size(); begin = end) {
      for (end = begin + 1; end < cases->size() && go_together((*cases)[end - 1], (*cases)[end]);) ++end;
      std::span const rows(cases->data() + begin, end - begin);
      project.sources.add(path + "#" + std::to_string(rows.front().line), Writer(texts).write(rows));
    }
  }
  return {};
}

Result<Project> read_with_cases(std::vector<std::string> paths, std::vector<std::string> const& modules,
                                Language language) {
  auto const cases = take_case_files(paths, language);
  if (!cases) return cases.error();
  if (paths.empty()) return Error{ErrorKind::Usage, words(language, "须给出规则", "rules are needed")};
  auto project = read_project(paths, language, modules);
  if (!project) return project;
  if (auto done = add_cases(*project, *cases, language); !done) return done.error();
  return project;
}

std::size_t rule_file_count(Project const& project) {
  return static_cast<std::size_t>(std::ranges::count_if(
      project.files, [&](ast::File const& file) { return case_place(project.sources[file.file].path()).line == 0; }));
}

CasePlace case_place(std::string const& path) {
  auto const at = path.rfind('#');
  if (at == std::string::npos || !stem_of_cases(path.substr(0, at))) return {path, 0};
  auto const digits = path.substr(at + 1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return {path, 0};
  return {path.substr(0, at), static_cast<std::uint32_t>(std::stoul(digits))};
}

}  // namespace huiyu::driver
