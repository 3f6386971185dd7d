// The build-time reader of the code files: an edition with a slip in it must not become a table.
#include <string>

#include <doctest/doctest.h>

#include "runtime/codes/generate/rows.h"
#include "runtime/codes/generate/source.h"

using huiyu::codes::generate::LevelNames;
using huiyu::codes::generate::read_change_rows;
using huiyu::codes::generate::read_code_rows;
using huiyu::codes::generate::write_source;

namespace {

LevelNames const levels{"section", "division", "group"};

std::string refusal(std::string const& rows) {
  auto const read = read_code_rows("code,name,level,parent\n" + rows, levels);
  return read ? "read" : read.error().message;
}

std::string change_refusal(std::string const& rows) {
  auto const read = read_change_rows("old_code,new_code,name,year,kind\n" + rows);
  return read ? "read" : read.error().message;
}

}  // namespace

TEST_CASE("rows become a tree in the order of the file") {
  auto const rows = read_code_rows(
      "code,name,level,parent\nA,农业,section,\nA01,种植,division,A\nA02,林业,division,A\nA021,造林,group,A02\nB,采矿,"
      "section,\n",
      levels);
  REQUIRE(rows);
  REQUIRE(rows->size() == 5);
  CHECK((*rows)[0].last == 3);
  CHECK((*rows)[1].last == 1);
  CHECK((*rows)[2].last == 3);
  CHECK((*rows)[3].parent == 2);
  CHECK((*rows)[3].level == 2);
  CHECK((*rows)[4].parent == -1);
}

TEST_CASE("a slip in a code file is refused with its line") {
  CHECK(refusal("A,农业,section,\nA,农业,section,\n") == "line 3: codes must rise");
  CHECK(refusal("B,采矿,section,\nA,农业,section,\n") == "line 3: codes must rise");
  CHECK(refusal("A,农业,section,\nB01,采煤,division,B\n") == "line 3: the parent is not above this row");
  CHECK(refusal("A,农业,section,\nB,采矿,section,\nC01,林业,division,A\n") ==
        "line 4: the parent is not above this row");
  CHECK(refusal("A,农业,section,\nA01,种植,group,A\n") == "line 3: the level is not the one below the parent's");
  CHECK(refusal("A,,section,\n") == "line 2: a code and a name are needed");
  CHECK(refusal("A,农业,section\n") == "line 2: wrong number of fields");
  CHECK(refusal("A,\"农业\",section,\n") == "quotes, backslashes and carriage returns are not expected");
  CHECK(refusal("A,\xB0\xA1,section,\n") == "not UTF-8 at byte 25");
  CHECK(read_code_rows("name,code\n", levels).error().message == "line 1: expected the header code,name,level,parent");
}

TEST_CASE("a slip in a history file is refused with its line") {
  CHECK(change_refusal("330103,330105,下城区,2021,withdrawn\n") == "read");
  CHECK(change_refusal("330103,,下城区,2021,withdrawn\n") == "read");
  CHECK(change_refusal("330103,,下城区,2021,partial\n") == "line 2: a code is missing");
  CHECK(change_refusal("330103,330105,下城区,二〇二一,withdrawn\n") == "line 2: not a year");
  CHECK(change_refusal("330103,330105,下城区,20211,withdrawn\n") == "line 2: not a year");
  CHECK(change_refusal("330103,330105,下城区,2021,merged\n") == "line 2: an unknown kind of change");
}

TEST_CASE("names that differ in bracket width share one key in the source") {
  auto const rows = read_code_rows("code,name,level,parent\nA,站（场）,section,\nB,站(场),section,\n", levels);
  REQUIRE(rows);
  std::string const source = write_source("some_table", "第1版", *rows, {});
  CHECK(source.find("{\"A\", 1}, {\"站（场）\", 12}, -1, 0, 0, false}") != std::string::npos);
  CHECK(source.find("    {{\"站(场)\", 8}, 0, 2},\n") != std::string::npos);
  CHECK(source.find("CodeTable const some_table{{\"第1版\", 7}") != std::string::npos);
}
