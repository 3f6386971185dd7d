// huiyu_code_tables: turns the published code files into C++ source. Runs at build time only.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "runtime/codes/generate/rows.h"
#include "runtime/codes/generate/source.h"

namespace {

using namespace huiyu;
using namespace huiyu::codes::generate;

Result<std::string> read_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{ErrorKind::Environment, "cannot read " + path};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<void> write_file(std::string const& path, std::string const& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return Error{ErrorKind::Environment, "cannot write " + path};
  return {};
}

Error in_file(std::string const& path, Error error) {
  error.message = path + ": " + error.message;
  return error;
}

Result<void> make_table(std::vector<std::string> const& arguments) {
  if (arguments.size() < 4 || arguments.size() > 5 || (arguments[0] != "region" && arguments[0] != "industry"))
    return Error{ErrorKind::Usage,
                 "usage: huiyu_code_tables region|industry OUT.cpp EDITION.txt CODES.csv [HISTORY.csv]"};
  LevelNames const levels = arguments[0] == "region" ? LevelNames{"province", "prefecture", "county"}
                                                     : LevelNames{"section", "division", "group", "class"};
  auto const edition = read_file(arguments[2]);
  if (!edition) return edition.error();
  auto const codes = read_file(arguments[3]);
  if (!codes) return codes.error();
  auto const rows = read_code_rows(*codes, levels);
  if (!rows) return in_file(arguments[3], rows.error());

  std::vector<ChangeRow> changes;
  if (arguments.size() == 5) {
    auto const history = read_file(arguments[4]);
    if (!history) return history.error();
    auto read = read_change_rows(*history);
    if (!read) return in_file(arguments[4], read.error());
    changes = *std::move(read);
  }
  std::string const first_line = edition->substr(0, edition->find('\n'));
  return write_file(arguments[1], write_source(arguments[0] + "_table", first_line, *rows, changes));
}

}  // namespace

int main(int count, char** arguments) {
  auto const made = make_table({arguments + 1, arguments + count});
  if (made) return 0;
  std::fprintf(stderr, "huiyu_code_tables: %s\n", made.error().message.c_str());
  return 1;
}
