#include "runtime/records/xlsx_read.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "runtime/base/civil.h"
#include "runtime/columns/arrow_write.h"
#include "runtime/columns/cell.h"
#include "runtime/records/xml_events.h"

namespace huiyu::records {
namespace {

constexpr std::size_t most_rows = 1'048'576;
constexpr std::size_t most_columns = 16'384;
constexpr std::size_t most_cells = 200'000'000;
constexpr std::size_t most_text = std::size_t{2} << 30U;  // bytes of all shared texts
constexpr int seconds_per_day = 86'400;

struct Workbook {
  std::vector<std::pair<std::string, std::string>> sheets;  // name, id
  std::map<std::string, std::string> targets;               // id, entry of the zip file
  std::vector<std::string> shared;
  std::vector<bool> dates;  // by style: whether its numbers are dates
  bool from_1904 = false;
};

std::optional<long> whole(std::string_view text) {
  long value = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Number formats that Excel builds in, those of its Chinese edition too.
bool builtin_date(long id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

// Whether a format of the workbook's own shows dates: it has y, m, d or h outside quotes and brackets.
bool date_format(std::string_view code) {
  bool quoted = false, bracketed = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    char const c = code[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[') bracketed = true;
    if (c == ']') bracketed = false;
    if (c == '\\' || c == '_' || c == '*') ++i;
    if (!bracketed && std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) return true;
  }
  return false;
}

// Excel's day 60 is 29 February 1900, which never was; before it the count is off by one.
std::string date_text(double serial, bool from_1904) {
  auto const day = std::floor(serial);
  auto seconds = static_cast<int>(std::lround((serial - day) * seconds_per_day));
  auto const first = from_1904 ? days_from_civil({1904, 1, 1}) : days_from_civil({1899, 12, day < 60 ? 31 : 30});
  auto number = static_cast<std::int64_t>(day) + first;
  if (seconds == seconds_per_day) {
    seconds = 0;
    ++number;
  }
  if (number < first_day_number || number > last_day_number) return fmt::format("{}", serial);
  auto text = format_date(static_cast<std::int32_t>(number));
  if (seconds != 0) text += fmt::format(" {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text;
}

// A number as the file has it, such as 1234.5600000000001: the shortest text that is the same number.
std::string number_text(std::string_view text, bool date, bool from_1904) {
  double value = 0;
  try {
    std::size_t used = 0;
    value = std::stod(std::string(text), &used);
    if (used != text.size() || !std::isfinite(value)) return std::string(text);
  } catch (std::exception const&) {
    return std::string(text);
  }
  if (date && value >= 0 && value < 3'000'000) return date_text(value, from_1904);
  auto const shortest = fmt::format("{}", value);
  return columns::without_exponent(shortest).value_or(shortest);
}

Result<void> read_book(ZipFile const& zip, Workbook& book) {
  return read_xml(zip, "xl/workbook.xml",
                  {[&](std::string_view name, XmlAttributes const& attributes) {
                     if (name == "sheet") book.sheets.emplace_back(attributes.get("name"), attributes.get("id"));
                     auto const epoch = name == "workbookPr" ? attributes.get("date1904") : std::string_view();
                     if (epoch == "1" || epoch == "true") book.from_1904 = true;
                     return true;
                   },
                   [](std::string_view) { return true; }, [](std::string_view) {}});
}

Result<void> read_targets(ZipFile const& zip, Workbook& book) {
  return read_xml(zip, "xl/_rels/workbook.xml.rels",
                  {[&](std::string_view name, XmlAttributes const& attributes) {
                     std::string target(attributes.get("Target"));
                     if (name == "Relationship")
                       book.targets[std::string(attributes.get("Id"))] =
                           target.starts_with('/') ? target.substr(1) : "xl/" + target;
                     return true;
                   },
                   [](std::string_view) { return true; }, [](std::string_view) {}});
}

Result<void> read_shared(ZipFile const& zip, Workbook& book) {
  if (!zip.has("xl/sharedStrings.xml")) return {};
  bool inside = false, phonetic = false;
  std::size_t bytes = 0;
  auto read = read_xml(zip, "xl/sharedStrings.xml",
                       {[&](std::string_view name, XmlAttributes const&) {
                          if (name == "si") book.shared.emplace_back();
                          if (name == "rPh") phonetic = true;
                          if (name == "t") inside = true;
                          return bytes <= most_text;
                        },
                        [&](std::string_view name) {
                          if (name == "rPh") phonetic = false;
                          if (name == "t") inside = false;
                          return true;
                        },
                        [&](std::string_view text) {
                          if (!inside || phonetic || book.shared.empty()) return;
                          book.shared.back() += text;
                          bytes += text.size();
                        }});
  if (read && bytes > most_text) return Error{ErrorKind::Data, "the workbook has more than 2 GiB of texts"};
  return read;
}

Result<void> read_styles(ZipFile const& zip, Workbook& book) {
  if (!zip.has("xl/styles.xml")) return {};
  std::set<long> own;
  bool cells = false;
  return read_xml(zip, "xl/styles.xml",
                  {[&](std::string_view name, XmlAttributes const& attributes) {
                     auto const id = whole(attributes.get("numFmtId"));
                     if (name == "numFmt" && id && date_format(attributes.get("formatCode"))) own.insert(*id);
                     if (name == "cellXfs") cells = true;
                     if (name == "xf" && cells) book.dates.push_back(id && (builtin_date(*id) || own.contains(*id)));
                     return true;
                   },
                   [&](std::string_view name) {
                     if (name == "cellXfs") cells = false;
                     return true;
                   },
                   [](std::string_view) {}});
}

// The column of a reference such as AB12, from 0.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  for (char const c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    if (column > most_columns) return std::nullopt;
  }
  return column == 0 ? std::nullopt : std::optional(column - 1);
}

// The rows of a sheet as they come.
class SheetReader {
 public:
  explicit SheetReader(Workbook const& book) : book_(book) {}

  bool begin(std::string_view name, XmlAttributes const& attributes) {
    if (name == "row") {
      row_.clear();
      next_ = 0;
    }
    if (name == "c") {
      auto const reference = attributes.get("r");
      auto const at = reference.empty() ? std::optional(next_) : column_of(reference);
      if (!at || *at >= most_columns) return fail("a cell lies beyond the last column that a sheet can have");
      column_ = *at;
      next_ = column_ + 1;
      type_ = attributes.get("t");
      auto const style = whole(attributes.get("s")).value_or(0);
      date_ = style >= 0 && static_cast<std::size_t>(style) < book_.dates.size() &&
              book_.dates[static_cast<std::size_t>(style)];
      text_.clear();
    }
    if (name == "rPh") phonetic_ = true;
    if (name == "v" || (name == "t" && !phonetic_)) inside_ = true;
    return true;
  }
  void text(std::string_view text) {
    if (inside_) text_ += text;
  }
  bool end(std::string_view name) {
    if (name == "v" || name == "t") inside_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name == "c") end_cell();
    return name == "row" ? end_row() : true;
  }

  Result<columns::ArrowStream> finish(std::string const& path) && {
    if (!problem_.empty()) return Error{ErrorKind::Data, "`" + path + "`: " + problem_};
    if (!rows_)
      return Error{ErrorKind::Data, "`" + path + "`: the sheet is blank; its first row must name the columns"};
    return std::move(*rows_).finish();
  }

 private:
  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }
  void end_cell() {
    std::string value;
    if (type_ == "s") {
      auto const at = whole(text_);
      if (at && *at >= 0 && static_cast<std::size_t>(*at) < book_.shared.size())
        value = book_.shared[static_cast<std::size_t>(*at)];
    } else if (type_ == "b") {
      value = text_ == "1" ? "是" : text_ == "0" ? "否" : text_;
    } else if (type_.empty() || type_ == "n") {
      value = text_.empty() ? "" : number_text(text_, date_, book_.from_1904);
    } else {
      value = std::move(text_);
    }
    if (value.empty()) return;
    if (column_ >= row_.size()) row_.resize(column_ + 1);
    row_[column_] = std::move(value);
  }
  bool end_row() {
    if (row_.empty()) return true;
    if (!rows_) return begin_rows();
    if (++count_ >= most_rows || count_ * width_ > most_cells) return fail("the sheet has more rows than can be read");
    for (std::size_t i = width_; i < row_.size(); ++i)
      if (!row_[i].empty())
        return fail(fmt::format("row {} of the data has more cells than there are column names", count_));
    row_.resize(width_);
    std::vector<columns::ResultCell> cells;
    cells.reserve(width_);
    for (auto const& cell : row_) {
      cells.emplace_back();
      if (!cell.empty()) cells.back() = std::string_view(cell);
    }
    rows_->add(cells);
    return true;
  }
  bool begin_rows() {
    std::set<std::string> names;
    std::vector<columns::ResultColumn> columns;
    for (std::size_t i = 0; i < row_.size(); ++i) {
      std::string name(columns::trim(row_[i]));
      if (name.empty()) name = fmt::format("column{}", i + 1);
      if (!names.insert(name).second) return fail("two columns are named `" + name + "`; rename one");
      columns.push_back({name, columns::ResultKind::Text});
    }
    width_ = columns.size();
    rows_.emplace(std::move(columns));
    return true;
  }

  Workbook const& book_;
  std::vector<std::string> row_;
  std::string text_, type_, problem_;
  std::size_t column_ = 0, next_ = 0, width_ = 0, count_ = 0;
  bool inside_ = false, phonetic_ = false, date_ = false;
  std::optional<columns::ResultRows> rows_;
};

Result<std::string> entry_of(Workbook const& book, std::string const& path, std::string const& sheet) {
  std::string listed;
  for (auto const& [name, id] : book.sheets) {
    listed += (listed.empty() ? "" : "、") + name;
    if (!sheet.empty() && name != sheet) continue;
    auto const target = book.targets.find(id);
    if (target != book.targets.end()) return target->second;
  }
  return Error{ErrorKind::Data, sheet.empty() ? "`" + path + "` has no sheet"
                                              : "`" + path + "` has no sheet `" + sheet + "`; it has: " + listed};
}

}  // namespace

Result<columns::ArrowStream> read_xlsx(std::filesystem::path const& path, std::string const& sheet) {
  auto zip = ZipFile::open(path);
  if (!zip) return zip.error();
  Workbook book;
  for (auto* const part : {read_book, read_targets, read_shared, read_styles})
    if (auto read = part(*zip, book); !read) return read.error();
  auto entry = entry_of(book, path.string(), sheet);
  if (!entry) return entry.error();
  SheetReader reader(book);
  auto read = read_xml(
      *zip, *entry,
      {[&](std::string_view name, XmlAttributes const& attributes) { return reader.begin(name, attributes); },
       [&](std::string_view name) { return reader.end(name); }, [&](std::string_view text) { reader.text(text); }});
  if (!read) return read.error();
  return std::move(reader).finish(path.string());
}

}  // namespace huiyu::records
