// The synthetic register of examples/county: real codes, right check characters, the same on every machine.

#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/codes/codes.h"
#include "runtime/columns/cell.h"
#include "tests/unit/runtime_records/data_module_rows.h"

using namespace huiyu;
using namespace huiyu::records;
using namespace huiyu::records::test;

namespace {

std::string text_in(std::string const& cell) { return cell.substr(1, cell.size() - 2); }

// The register as a Parquet file, made by so many threads.
std::string made_by(int threads, Folder const& folder) {
  auto own = DataModule::load({.threads = threads, .memory_limit = ""});
  REQUIRE(own);
  auto rows = own->read({SourceText::Kind::File, "examples/county/register.sql"});
  REQUIRE(rows);
  auto const path = (folder / ("register-" + std::to_string(threads) + ".parquet")).string();
  REQUIRE(own->write(std::move(*rows), path));
  return path;
}

// The only row of a query over the file, as plain text.
std::vector<std::string> ask(std::string const& what, std::string const& path) {
  auto const got = rows_of(module().query("SELECT " + what + " FROM read_parquet('" + path + "') t"));
  CHECK(got.error == "");
  REQUIRE(got.cells.size() == 1);
  return got.cells.front();
}

int number(std::string const& cell) { return std::stoi(cell); }

}  // namespace

TEST_SUITE_BEGIN("data module: the register of the county" * doctest::skip(without_module));

TEST_CASE("80,000 firms with codes that exist, valid keys, facts missing as said, the same for any number of threads") {
  Folder const folder;
  auto const path = made_by(1, folder);
  auto const got =
      rows_of(module().query("SELECT 统一社会信用代码, 注册地, 行业代码 FROM read_parquet('" + path + "')"));
  CHECK(got.error == "");
  REQUIRE(got.cells.size() == 80'000);
  std::set<std::string> keys;
  std::size_t faulty = 0;
  for (auto const& row : got.cells) {
    if (!columns::valid_credit_code(text_in(row[0]))) ++faulty;
    if (!keys.insert(row[0]).second) ++faulty;
    if (row[1] != "∅" && !codes::find_code(codes::CodeSystem::Region, text_in(row[1]))) ++faulty;
    if (row[2] == "∅") continue;
    auto const id = codes::find_code(codes::CodeSystem::Industry, text_in(row[2]));
    if (!id || codes::entries(codes::CodeSystem::Industry)[static_cast<std::size_t>(*id)].level != 3) ++faulty;
  }
  CHECK(faulty == 0);

  auto const counts =
      ask("count(*) FILTER (注册地 LIKE '331083%'), count(*) FILTER (注册地 IS NULL), count(DISTINCT 行业代码), "
          "count(*) FILTER (从业人员 IS NULL), count(*) FILTER (从业人员 < 10), "
          "count(*) FILTER (从业人员 < 10 AND 资产总额 IS NULL), count(*) FILTER (资产总额 IS NULL), "
          "count(*) FILTER (len(数字化投入) = 0)",
          path);
  CHECK(number(counts[0]) > 70'000);
  CHECK(number(counts[1]) > 0);
  CHECK(number(counts[1]) < 2'000);
  CHECK(number(counts[2]) > 50);
  CHECK(number(counts[3]) > 400);
  // Small firms lack their figures more often.
  CHECK(number(counts[5]) * 80'000LL > number(counts[6]) * 1LL * number(counts[4]));
  CHECK(number(counts[7]) > 60'000);

  // Whatever the order of rows: the sum of the digests of all of them.
  std::string const print = "sum(md5_number_lower(t::VARCHAR)::HUGEINT)::VARCHAR";
  CHECK(ask(print, path).front() == "'739230471517360245029891'");
  CHECK(ask(print, made_by(7, folder)).front() == "'739230471517360245029891'");
}

TEST_SUITE_END();
