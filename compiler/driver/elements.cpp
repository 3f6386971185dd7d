#include "compiler/driver/elements.h"

#include <algorithm>
#include <optional>

#include "compiler/base/nearest.h"
#include "compiler/driver/json_objects.h"
#include "compiler/driver/options.h"
#include "runtime/codes/codes.h"
#include "runtime/columns/cell.h"

namespace huiyu::driver {
namespace {

using codes::CodeSystem;

constexpr std::string_view title_element = "标题", level_element = "层级", place_element = "辖区";

// Whether a record states it: null and blanks are nothing.
std::optional<std::string> stated(JsonObject const& record, std::string_view name) {
  for (auto const& member : record.members)
    if (member.name == name && !member.is_null && !columns::trim(member.text).empty())
      return std::string(columns::trim(member.text));
  return std::nullopt;
}

// 市 is the 地级, and so on; none for words that name no level.
std::optional<std::uint8_t> level_of_word(std::string_view word) {
  if (word == "省" || word == "省级") return std::uint8_t{0};
  if (word == "市" || word == "市级" || word == "地级") return std::uint8_t{1};
  if (word == "县" || word == "区" || word == "县级" || word == "区县") return std::uint8_t{2};
  return std::nullopt;
}

std::string list_of(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : "、") + name;
  return text;
}

class Checker {
 public:
  Checker(Project const& project, std::vector<Element> const& elements, FileId file, Diagnostics& diagnostics)
      : project_(project), elements_(elements), file_(file), diagnostics_(diagnostics) {
    for (auto const& element : elements) names_.push_back(element.name);
  }

  void check(JsonObject const& record) {
    auto const before = diagnostics_.error_count();
    ++report.records;
    title_ = stated(record, title_element).value_or("第 " + std::to_string(report.records) + " 条");
    place_ = {record.begin, record.begin + 1, file_};
    for (auto const& element : elements_)
      if (element.required && !stated(record, element.name))
        diagnostics_.add(place_of_member(record, element.name), diag::ElementMissing, title_, element.name);
    for (auto const& member : record.members) {
      if (std::ranges::find(names_, member.name) != names_.end()) continue;
      auto& found = diagnostics_.add({member.begin, member.end, file_}, diag::ElementUnknown, title_, member.name);
      if (auto const near = nearest(member.name, names_)) found.add_help(diag::note::DidYouMean, *near);
    }
    for (auto const& element : elements_) check_value(record, element.name);
    check_level(record);
    if (diagnostics_.error_count() == before) ++report.good;
  }

  ElementsReport report;

 private:
  Span place_of_member(JsonObject const& record, std::string_view name) const {
    for (auto const& member : record.members)
      if (member.name == name) return {member.begin, member.end, file_};
    return place_;
  }

  // An element that a 名录 is named after takes its entries.
  void check_value(JsonObject const& record, std::string const& name) {
    auto const value = stated(record, name);
    if (!value) return;
    for (auto const& list : project_.program.enumerations) {
      if (list.name != name || std::ranges::find(list.entries, *value) != list.entries.end()) continue;
      diagnostics_.add(place_of_member(record, name), diag::ElementValue, title_, name, *value, list_of(list.entries));
    }
  }

  void check_level(JsonObject const& record) {
    auto const place = stated(record, place_element);
    if (!place) return;
    auto const ids = codes::find_path(CodeSystem::Region, *place);
    if (ids.empty()) return;
    auto const table = codes::entries(CodeSystem::Region);
    auto const level = table[static_cast<std::size_t>(ids.front())].level;
    bool const one_level =
        std::ranges::all_of(ids, [&](std::int32_t id) { return table[static_cast<std::size_t>(id)].level == level; });
    if (one_level) ++report.levels[std::string(codes::level_name(CodeSystem::Region, level))];
    auto const word = stated(record, level_element);
    auto const wanted = word ? level_of_word(*word) : std::nullopt;
    bool const fits = !wanted || std::ranges::any_of(ids, [&](std::int32_t id) {
      return table[static_cast<std::size_t>(id)].level == *wanted;
    });
    if (fits) return;
    std::string const is(codes::level_name(CodeSystem::Region, level));
    diagnostics_
        .add(place_of_member(record, level_element), diag::ElementsDisagree, title_, std::string(level_element),
             std::string(place_element),
             diag::Phrase{"层级是" + *word + "，" + *place + "是" + is,
                          "the level is " + *word + ", and " + *place + " is " + is})
        .label(place_of_member(record, place_element), diag::note::AlsoHere);
  }

  Project const& project_;
  std::vector<Element> const& elements_;
  std::vector<std::string> names_;
  FileId file_;
  Diagnostics& diagnostics_;
  std::string title_;
  Span place_;
};

}  // namespace

Result<std::vector<Element>> elements_of(Project const& project, Language language) {
  ast::EnumerationDecl const* found = nullptr;
  for (auto const& file : project.files)
    for (auto const& declaration : file.declarations) {
      auto const* list = std::get_if<ast::EnumerationDecl>(&declaration);
      bool const marked = list != nullptr && std::ranges::any_of(list->entries, [](ast::CodeListEntry const& entry) {
                            return entry.source_kind && entry.source_kind->text == "必填";
                          });
      if (!marked) continue;
      if (found != nullptr)
        return Error{ErrorKind::Rules,
                     words(language, "两个名录里都有必填的要素：", "two lists mark elements as 必填: ") +
                         found->name.text + "、" + list->name.text};
      found = list;
    }
  if (found == nullptr)
    return Error{ErrorKind::Rules, words(language, "没有写要素：`名录 政策要素：标题 必填；…`",
                                         "no elements are declared: `名录 政策要素：标题 必填；…`")};
  std::vector<Element> elements;
  for (auto const& entry : found->entries) elements.push_back({entry.name.text, entry.source_kind.has_value()});
  return elements;
}

Result<ElementsReport> check_elements(std::string const& path, std::string text, Project const& project,
                                      std::vector<Element> const& elements, SourceSet& sources,
                                      Diagnostics& diagnostics) {
  auto const& file = sources.add(path, std::move(text));
  auto const records = read_json_objects(file.text(), path.ends_with(".jsonl") || path.ends_with(".ndjson"));
  if (!records) return Error{ErrorKind::Data, path + ": " + records.error().message};
  Checker checker(project, elements, file.id(), diagnostics);
  for (auto const& record : *records) checker.check(record);
  return checker.report;
}

}  // namespace huiyu::driver
