#include "tests/layering/layering.h"

#include <doctest/doctest.h>

using namespace huiyu::layering;

namespace {

// A small house: two floors below, a driver on top.
constexpr char const* architecture = R"(# A house
Words, and another table:

| stage | does |
|---|---|
| parse | reads |

| folder | may include |
|---|---|
| runtime | runtime/base |
| runtime/base | (nothing) |
| compiler/parse | runtime/base compiler/ast |
| `compiler/ast` | runtime/base |
| compiler/driver | everything |

| compiler/late | everything |
)";

Table table() { return parse_table(architecture).value(); }

std::vector<std::string> problems_of(std::vector<File> const& files) { return check_files(table(), files); }

TEST_CASE("the table is found by its head and ends with its last row") {
  Table expected{{{"runtime", {"runtime/base"}},
                  {"runtime/base", {}},
                  {"compiler/parse", {"runtime/base", "compiler/ast"}},
                  {"compiler/ast", {"runtime/base"}},
                  {"compiler/driver", {}}},
                 {"compiler/driver"}};
  CHECK(table() == expected);
  CHECK_FALSE(parse_table("no table here").has_value());
}

TEST_CASE("a sound table has no problems") { CHECK(check_table(table()).empty()); }

TEST_CASE("folders that include in a circle are refused") {
  Table circle{{{"a/x", {"a/y"}}, {"a/y", {"a/z"}}, {"a/z", {"a/y"}}}, {}};
  CHECK(check_table(circle) == std::vector<std::string>{"circle: a/y a/z a/y"});
  Table self{{{"a/x", {"a/x"}}}, {}};
  CHECK(check_table(self) == std::vector<std::string>{"circle: a/x a/x"});
}

TEST_CASE("a folder that may include everything may not be included, and unknown folders are named") {
  Table odd{{{"a/low", {"a/top", "a/gone"}}, {"a/top", {}}}, {"a/top"}};
  CHECK(check_table(odd) == std::vector<std::string>{"a/low may include a/gone, which has no row",
                                                     "a/low may include a/top, which may include everything"});
}

TEST_CASE("includes are found in either form, with their lines") {
  std::vector<Include> expected{{"a/b.h", true, 2}, {"vector", false, 3}, {"c.h", true, 5}};
  CHECK(find_includes(
            "#pragma once\n#include \"a/b.h\"\n #  include <vector> // why\n// #include \"no.h\"\n#include\t\"c.h\"") ==
        expected);
}

TEST_CASE("a file belongs to the row of its folder or of the nearest folder above") {
  CHECK(row_of(table(), "compiler/ast/ast.h") == "compiler/ast");
  CHECK(row_of(table(), "compiler/ast/print/tree.h") == "compiler/ast");
  CHECK(row_of(table(), "runtime/huiyu.h") == "runtime");
  CHECK_FALSE(row_of(table(), "runtime/new/thing.h").has_value());
}

TEST_CASE("includes that the table allows pass") {
  CHECK(problems_of({{"runtime/base/result.h", "#include <string>\n"},
                     {"compiler/ast/ast.h", "#include \"runtime/base/result.h\"\n#include \"compiler/ast/id.h\"\n"},
                     {"compiler/parse/parse.cpp", "#include <antlr4-runtime.h>\n#include \"compiler/ast/ast.h\"\n"},
                     {"compiler/driver/main.cpp", "#include \"compiler/parse/parse.h\"\n"}})
            .empty());
}

TEST_CASE("an include against the table is named with file, line and both folders") {
  CHECK(problems_of({{"compiler/ast/ast.h", "\n#include \"compiler/parse/parse.h\"\n"}}) ==
        std::vector<std::string>{
            "compiler/ast/ast.h:2: compiler/ast may not include compiler/parse (compiler/parse/parse.h)"});
  CHECK(problems_of({{"runtime/base/a.h", "#include \"compiler/driver/main.h\""}}).size() == 1);
}

TEST_CASE("a new folder must get its row") {
  CHECK(problems_of({{"compiler/new/a.cpp", ""}}) ==
        std::vector<std::string>{"compiler/new/a.cpp: its folder has no row in the table"});
  CHECK(problems_of({{"compiler/driver/a.cpp", "#include \"compiler/new/a.h\""}}).size() == 1);
}

TEST_CASE("our includes are written from the project root") {
  CHECK(problems_of({{"compiler/ast/ast.h", "#include \"id.h\""}}).size() == 1);
  CHECK(problems_of({{"compiler/ast/ast.h", "#include \"../base/id.h\""}}).size() == 1);
  CHECK(problems_of({{"compiler/ast/words.cpp", "#include \"../words.inc\""}}).size() == 1);
  CHECK(problems_of({{"compiler/ast/words.cpp", "#include \"words.inc\""}}).empty());
}

TEST_CASE("each third-party library stays behind its wall") {
  CHECK(problems_of({{"compiler/ast/ast.h", "#include <antlr4-runtime.h>"}}) ==
        std::vector<std::string>{"compiler/ast/ast.h: sees ANTLR by antlr4-runtime.h"});
  CHECK(problems_of({{"compiler/parse/parse.cpp", "#include <llvm/IR/Module.h>"}}).size() == 1);
  CHECK(problems_of({{"compiler/driver/main.cpp", "#include <arrow/api.h>"}}).size() == 1);
}

TEST_CASE("a wall also holds against headers that carry the library through") {
  CHECK(
      problems_of({{"compiler/parse/parse.h", "#include \"compiler/parse/inner.h\""},
                   {"compiler/parse/inner.h", "#include <antlr4-runtime.h>"},
                   {"compiler/driver/main.cpp", "#include \"compiler/parse/parse.h\""}}) ==
      std::vector<std::string>{"compiler/driver/main.cpp: sees ANTLR by compiler/parse/parse.h compiler/parse/inner.h "
                               "antlr4-runtime.h"});
}

}  // namespace
