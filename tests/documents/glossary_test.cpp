#include <set>
#include <string>

#include <doctest/doctest.h>

#include "tests/documents/markdown.h"

namespace huiyu::documents {

TEST_CASE("a term stands once in the glossary, with its word in the other language and its meaning") {
  auto const rows = table_rows(read_file("docs/glossary.md"), "中文");
  CHECK(rows.size() > 50);
  std::set<std::string> seen;
  for (auto const& row : rows) {
    REQUIRE(row.size() == 3);
    for (auto const& cell : row) CHECK(!cell.empty());
    CHECK_MESSAGE(seen.insert(row[0]).second, row[0]);
    CHECK_MESSAGE(seen.insert(row[1]).second, row[1]);
  }
}

}  // namespace huiyu::documents
