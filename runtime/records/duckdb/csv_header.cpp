#include "runtime/records/duckdb/csv_header.h"

#include <cerrno>
#include <cstring>
#include <set>
#include <string_view>

#include <unistd.h>

#include "runtime/base/utf8.h"

namespace huiyu::records::duckdb {
namespace {

// More than any header needs: 20,000 columns of 50 bytes.
constexpr std::size_t header_bytes = 1U << 20U;

Error data_error(std::string message) { return Error{ErrorKind::Data, std::move(message)}; }

Result<std::string> read_start(int file) {
  std::string text(header_bytes, '\0');
  std::size_t length = 0;
  while (length < text.size()) {
    auto const bytes = pread(file, text.data() + length, text.size() - length, static_cast<off_t>(length));
    if (bytes < 0) return data_error(std::strerror(errno));
    if (bytes == 0) break;
    length += static_cast<std::size_t>(bytes);
  }
  text.resize(length);
  return text;
}

// The cells of the first record; line ends and delimiters inside quotes belong to the cell.
Result<std::vector<std::string>> first_record(std::string_view text, char delimiter) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cells.back() += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (c == delimiter) {
      cells.emplace_back();
    } else if (c == '\n' || c == '\r') {
      return cells;
    } else {
      cells.back() += c;
    }
  }
  if (quoted) return data_error("the header line has a quote that is not closed");
  if (text.size() == header_bytes) return data_error("the header line does not end within 1 MiB");
  return cells;
}

std::string folded(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

Result<std::vector<std::string>> read_csv_header(int file, char delimiter) {
  auto start = read_start(file);
  if (!start) return std::move(start).error();
  std::string_view text = *start;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.empty()) return data_error("the file is empty; its first line must name the columns");
  auto names = first_record(text, delimiter);
  if (!names) return names;
  if (names->size() == 1 && names->front().empty())
    return data_error("the first line is empty; it must name the columns");

  std::set<std::string> seen;
  for (std::size_t i = 0; i < names->size(); ++i) {
    auto& name = (*names)[i];
    if (first_invalid_utf8(name)) return data_error("the header line is not UTF-8; save the file as UTF-8");
    if (name.find('\0') != std::string::npos)
      return data_error("the header line contains zero bytes; save the file as UTF-8");
    if (name.empty()) name = "column" + std::to_string(i + 1);
    if (!seen.insert(folded(name)).second) return data_error("two columns are named `" + name + "`; rename one");
  }
  return names;
}

}  // namespace huiyu::records::duckdb
