#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// Reads the published include table and holds the #include lines of a source tree against it.
namespace huiyu::layering {

// Which folders a folder may include from, besides itself. "everything" stands for every folder of the table.
struct Table {
  std::map<std::string, std::set<std::string>> may_include;
  std::set<std::string> may_include_everything;

  friend bool operator==(Table const&, Table const&) = default;
};

// A source file: its path from the project root, and its text.
struct File {
  std::string path;
  std::string text;
};

struct Include {
  std::string target;  // what stands between the quotes or angle brackets
  bool is_quoted = false;
  int line = 0;  // from 1

  friend bool operator==(Include const&, Include const&) = default;
};

// Finds the table headed `| folder | may include |` in a Markdown text; nothing if there is none.
std::optional<Table> parse_table(std::string_view markdown);

// What is wrong with the table itself: a folder that is allowed but has no row, or folders that include in a circle.
std::vector<std::string> check_table(Table const& table);

// All #include lines of a C++ text, in order.
std::vector<Include> find_includes(std::string_view text);

// The row that a file belongs to: its folder, or the nearest folder above it that has a row; nothing if none has.
// A row of a single name, such as `runtime`, covers only the files that lie directly in that folder.
std::optional<std::string> row_of(Table const& table, std::string_view path);

// Every include that the table does not allow, and every third-party library seen outside its own folder;
// one line of text each, in the order of the files.
std::vector<std::string> check_files(Table const& table, std::vector<File> const& files);

}  // namespace huiyu::layering
