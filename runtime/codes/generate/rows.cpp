#include "runtime/codes/generate/rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>
#include <utility>

#include "runtime/base/utf8.h"

namespace huiyu::codes::generate {
namespace {

using Fields = std::vector<std::string_view>;

Error data_error(std::size_t line, std::string_view problem) {
  return {ErrorKind::Data, "line " + std::to_string(line) + ": " + std::string(problem)};
}

Fields split(std::string_view text, char separator) {
  Fields parts;
  for (;;) {
    std::size_t const end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// The rows below the header, as many fields each. The files use no quoting, so none is understood.
Result<std::vector<Fields>> read_table(std::string_view csv, std::string_view header) {
  if (auto const bad = first_invalid_utf8(csv))
    return Error{ErrorKind::Data, "not UTF-8 at byte " + std::to_string(*bad)};
  if (csv.find_first_of("\"\\\r") != std::string_view::npos)
    return Error{ErrorKind::Data, "quotes, backslashes and carriage returns are not expected"};
  if (csv.ends_with('\n')) csv.remove_suffix(1);
  Fields const lines = split(csv, '\n');
  if (lines.front() != header) return data_error(1, "expected the header " + std::string(header));
  std::size_t const width = split(header, ',').size();
  std::vector<Fields> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    rows.push_back(split(lines[i], ','));
    if (rows.back().size() != width) return data_error(i + 1, "wrong number of fields");
  }
  return rows;
}

}  // namespace

Result<std::vector<CodeRow>> read_code_rows(std::string_view csv, LevelNames const& levels) {
  auto const table = read_table(csv, "code,name,level,parent");
  if (!table) return table.error();
  std::vector<CodeRow> rows;
  std::vector<std::int32_t> open;  // the row before and those above it, top first
  for (std::size_t i = 0; i < table->size(); ++i) {
    Fields const& fields = (*table)[i];
    std::size_t const line = i + 2;
    if (fields[0].empty() || fields[1].empty()) return data_error(line, "a code and a name are needed");
    if (!rows.empty() && rows.back().code >= fields[0]) return data_error(line, "codes must rise");
    while (!open.empty() && rows[static_cast<std::size_t>(open.back())].code != fields[3]) open.pop_back();
    if (open.empty() && !fields[3].empty()) return data_error(line, "the parent is not above this row");
    if (open.size() >= levels.size() || levels[open.size()] != fields[2])
      return data_error(line, "the level is not the one below the parent's");

    auto const id = static_cast<std::int32_t>(i);
    rows.push_back({std::string(fields[0]), std::string(fields[1]), open.empty() ? -1 : open.back(), id,
                    static_cast<std::uint8_t>(open.size())});
    for (std::int32_t const above : open) rows[static_cast<std::size_t>(above)].last = id;
    open.push_back(id);
  }
  return rows;
}

Result<std::vector<ChangeRow>> read_change_rows(std::string_view csv) {
  auto const table = read_table(csv, "old_code,new_code,name,year,kind");
  if (!table) return table.error();
  // In the order of ChangeKind.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kinds{
      {{"withdrawn", "Withdrawn"}, {"renamed", "Renamed"}, {"partial", "Partial"}}};
  auto const rank = [&](std::string_view enumerator) {
    return std::find_if(kinds.begin(), kinds.end(), [&](auto const& kind) { return kind.second == enumerator; });
  };
  std::vector<ChangeRow> rows;
  for (std::size_t i = 0; i < table->size(); ++i) {
    Fields const& fields = (*table)[i];
    std::size_t const line = i + 2;
    std::int32_t year = 0;
    auto const [end, error] = std::from_chars(fields[3].data(), fields[3].data() + fields[3].size(), year);
    if (error != std::errc{} || end != fields[3].data() + fields[3].size() || year < 1949 || year > 2999)
      return data_error(line, "not a year");
    auto const kind =
        std::find_if(kinds.begin(), kinds.end(), [&](auto const& known) { return known.first == fields[4]; });
    if (kind == kinds.end()) return data_error(line, "an unknown kind of change");
    if (fields[0].empty() || (fields[1].empty() && kind->first != "withdrawn"))
      return data_error(line, "a code is missing");
    rows.push_back(
        {std::string(fields[0]), std::string(fields[1]), std::string(fields[2]), year, std::string(kind->second)});
  }
  std::sort(rows.begin(), rows.end(), [&](ChangeRow const& a, ChangeRow const& b) {
    auto const key = [&](ChangeRow const& row) {
      return std::tuple(std::string_view(row.old_code), row.year, rank(row.kind), std::string_view(row.new_code));
    };
    return key(a) < key(b);
  });
  return rows;
}

}  // namespace huiyu::codes::generate
