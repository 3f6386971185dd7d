#include "compiler/source/source_file.h"

#include <string>

#include <doctest/doctest.h>

#include "compiler/source/source_set.h"

namespace huiyu {
namespace {

SourceFile file_of(std::string bytes) { return {FileId{0}, "a.hui", std::move(bytes)}; }

TEST_CASE("columns count characters, not bytes") {
  SourceFile const file = file_of("政策 甲\n  条件 乙\r\n");
  CHECK(file.position(0) == Position{1, 1});
  CHECK(file.position(3) == Position{1, 2});
  CHECK(file.position(7) == Position{1, 4});
  CHECK(file.position(11) == Position{2, 1});
  CHECK(file.position(13) == Position{2, 3});
  CHECK(file.position(1000) == Position{3, 1});
}

TEST_CASE("a line is shown without its line break") {
  SourceFile const file = file_of("政策 甲\n  条件 乙\r\n");
  CHECK(file.line_count() == 3);
  CHECK(file.line_text(1) == "政策 甲");
  CHECK(file.line_text(2) == "  条件 乙");
  CHECK(file.line_text(3).empty());
}

TEST_CASE("a text ends where it stops being a text") {
  SUBCASE("bad UTF-8") {
    SourceFile const file = file_of("条件\xff甲");
    REQUIRE(file.fault());
    CHECK(file.fault()->fault == SourceFault::NotUtf8);
    CHECK(file.fault()->offset == 6);
    CHECK(file.text() == "条件");
  }
  SUBCASE("the first of two faults counts") {
    SourceFile const file = file_of(std::string("条\0\xff", 5));
    REQUIRE(file.fault());
    CHECK(file.fault()->fault == SourceFault::HasNul);
    CHECK(file.text() == "条");
  }
  SUBCASE("too large") {
    SourceFile const file = file_of(std::string(max_source_bytes + 1, 'a'));
    REQUIRE(file.fault());
    CHECK(file.fault()->fault == SourceFault::TooLarge);
    CHECK(file.text().empty());
  }
  SUBCASE("as large as it may be") { CHECK_FALSE(file_of(std::string(max_source_bytes, 'a')).fault()); }
}

TEST_CASE("the literate form is told by its name") {
  CHECK(SourceFile(FileId{0}, "办法.hui.md", "").literate());
  CHECK_FALSE(SourceFile(FileId{0}, "办法.hui", "").literate());
}

TEST_CASE("a file stays where it is while others are added") {
  SourceSet sources;
  SourceFile const& first = sources.add("a.hui", "甲");
  for (int i = 0; i < 100; ++i) sources.add("b.hui", "乙");
  CHECK(&first == &sources[first.id()]);
  CHECK(sources[FileId{100}].path() == "b.hui");
}

}  // namespace
}  // namespace huiyu
