// The synthetic register of examples/first-light: real codes, right check characters, the same on every machine.

#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/base/hash.h"
#include "runtime/codes/codes.h"
#include "runtime/columns/cell.h"
#include "tests/unit/runtime_records/data_module_rows.h"

using namespace huiyu;
using namespace huiyu::records;
using namespace huiyu::records::test;

namespace {

SourceText const source{SourceText::Kind::File, "examples/first-light/register.sql"};

std::string text_in(std::string const& cell) { return cell.substr(1, cell.size() - 2); }

}  // namespace

TEST_SUITE_BEGIN("data module: the register of first-light" * doctest::skip(without_module));

TEST_CASE("80,000 firms with codes that exist, keys that are valid and facts that are missing as said") {
  Rows const got = rows_of(module().read(source));
  CHECK(got.error == "");
  CHECK(got.names == std::vector<std::string>{"统一社会信用代码", "企业名称", "注册地", "行业代码", "从业人员",
                                              "营业收入", "资产总额", "专精特新", "研发费用", "技改项目"});
  CHECK(got.formats == std::vector<std::string>{"u", "u", "u", "u", "i", "d:18,2,128", "d:18,2,128", "b", "d:18,2,128",
                                                "+l{+s{d:18,2,128,b}}"});
  REQUIRE(got.cells.size() == 80'000);

  std::set<std::string> keys;
  std::size_t faulty = 0;
  std::map<std::string, int> missing;
  std::map<std::string, int> industries;
  int in_qingdao = 0, small = 0, small_without_staff = 0, empty_lists = 0, special = 0;
  for (auto const& row : got.cells) {
    for (std::size_t i = 0; i < row.size(); ++i) missing[got.names[i]] += row[i] == "∅";
    if (!columns::valid_credit_code(text_in(row[0]))) ++faulty;
    if (!keys.insert(row[0]).second) ++faulty;
    if (row[2] != "∅") {
      if (!codes::find_code(codes::CodeSystem::Region, text_in(row[2]))) ++faulty;
      in_qingdao += text_in(row[2]).starts_with("3702");
    }
    if (row[3] != "∅") {
      auto const id = codes::find_code(codes::CodeSystem::Industry, text_in(row[3]));
      if (!id || codes::entries(codes::CodeSystem::Industry)[static_cast<std::size_t>(*id)].level != 3) ++faulty;
      ++industries[row[3]];
    }
    // A firm's staff is missing more often where its turnover is small.
    if (row[5] != "∅" && row[5].size() <= 9) {
      ++small;
      small_without_staff += row[4] == "∅";
    }
    empty_lists += row[9] == "[]";
    special += row[7] == "true";
  }
  CHECK(faulty == 0);
  CHECK(in_qingdao > 70'000);
  CHECK(in_qingdao < 78'000);
  CHECK(industries.size() == 64);
  CHECK(industries["'C3411'"] > 10 * industries["'C3574'"]);

  auto const share = [&](char const* name) { return missing[name] * 1000 / 80'000; };
  CHECK(missing["统一社会信用代码"] == 0);
  CHECK(missing["企业名称"] == 0);
  CHECK(missing["注册地"] > 0);
  CHECK(share("注册地") < 12);
  CHECK(share("行业代码") == 20);
  CHECK(share("从业人员") >= 45);
  CHECK(share("从业人员") <= 55);
  CHECK(share("营业收入") >= 75);
  CHECK(share("营业收入") <= 85);
  CHECK(missing["技改项目"] > 0);
  CHECK(empty_lists > 60'000);
  CHECK(special > 800);
  CHECK(special < 4'000);
  CHECK(small_without_staff * 1000 / small > share("从业人员") + 10);
}

TEST_CASE("the register is the same for any number of threads, and stays what it is") {
  std::set<std::string> prints;
  for (int threads : {1, 2, 7}) {
    auto own = DataModule::load({.threads = threads, .memory_limit = ""});
    REQUIRE(own);
    std::string all;
    for (auto const& row : rows_of(own->read(source)).cells) {
      for (auto const& cell : row) all += cell + "\t";
      all += "\n";
    }
    prints.insert(to_hex(hash_bytes(all)));
  }
  REQUIRE(prints.size() == 1);
  CHECK(*prints.begin() == "0c398292225a00bea137dc0dd0e82a8f");
}

TEST_SUITE_END();
