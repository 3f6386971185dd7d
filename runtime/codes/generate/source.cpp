#include "runtime/codes/generate/source.h"

#include <cstddef>
#include <map>

#include "runtime/base/fold.h"

namespace huiyu::codes::generate {
namespace {

// A string_view with its length spelled out, so that the compiler need not count some 30,000 of them.
// The readers refuse quotes and backslashes, so nothing needs an escape.
std::string view(std::string_view text) {
  return "{\"" + std::string(text) + "\", " + std::to_string(text.size()) + "}";
}

// Codes that gather others for the sake of the numbering and name no place: the 市辖区 and 县 that stand between
// a 直辖市 and its districts, and the 直辖县级行政区划 of a province, prefecture number 90.
bool is_grouping(CodeRow const& row) {
  if (row.level != 1 || row.code.size() != 6) return false;
  return row.name == "市辖区" || row.name == "县" || row.code.substr(2, 2) == "90";
}

void write_entries(std::string& out, std::vector<CodeRow> const& rows) {
  out += "constexpr CodeEntry entries_of_table[] = {\n";
  for (CodeRow const& row : rows) {
    out += "    {" + view(row.code) + ", " + view(row.name) + ", " + std::to_string(row.parent) + ", " +
           std::to_string(row.last) + ", " + std::to_string(row.level) + (is_grouping(row) ? ", true" : ", false") +
           "},\n";
  }
  out += "};\n\n";
}

void write_names(std::string& out, std::vector<CodeRow> const& rows) {
  std::map<std::string, std::vector<std::size_t>> ids_by_name;
  for (std::size_t id = 0; id < rows.size(); ++id) ids_by_name[fold_full_width(rows[id].name)].push_back(id);
  std::string keys;
  std::string ids;
  std::size_t count = 0;
  for (auto const& [name, with_name] : ids_by_name) {
    keys +=
        "    {" + view(name) + ", " + std::to_string(count) + ", " + std::to_string(count + with_name.size()) + "},\n";
    for (std::size_t const id : with_name) ids += "    " + std::to_string(id) + ",\n";
    count += with_name.size();
  }
  out += "constexpr NameKey names[] = {\n" + keys + "};\n\nconstexpr std::int32_t ids_by_name[] = {\n" + ids + "};\n\n";
}

void write_changes(std::string& out, std::vector<ChangeRow> const& changes) {
  out += "constexpr std::array<CodeChange, " + std::to_string(changes.size()) + "> changes_of_table{{\n";
  for (ChangeRow const& change : changes) {
    out += "    {" + view(change.old_code) + ", " + view(change.new_code) + ", " + view(change.name) + ", " +
           std::to_string(change.year) + ", ChangeKind::" + change.kind + "},\n";
  }
  out += "}};\n\n";
}

}  // namespace

std::string write_source(std::string_view table, std::string_view edition, std::vector<CodeRow> const& rows,
                         std::vector<ChangeRow> const& changes) {
  std::string out =
      "// Made from stdlib-policies/ by huiyu_code_tables; do not edit.\n"
      "#include \"runtime/codes/table.h\"\n\n#include <array>\n\nnamespace huiyu::codes {\nnamespace {\n\n";
  write_entries(out, rows);
  write_names(out, rows);
  write_changes(out, changes);
  out += "}  // namespace\n\nconstinit CodeTable const " + std::string(table) + "{" + view(edition) +
         ", entries_of_table, names, ids_by_name, changes_of_table};\n\n}  // namespace huiyu::codes\n";
  return out;
}

}  // namespace huiyu::codes::generate
