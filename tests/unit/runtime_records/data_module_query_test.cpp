// SQL texts become Arrow batches: types, values, batch sizes, errors, threads.

#include <cstdlib>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/runtime_records/data_module_rows.h"

using namespace huiyu;
using namespace huiyu::records;
using namespace huiyu::records::test;

namespace {

using Table = std::vector<std::vector<std::string>>;

std::string query_error(std::string_view sql) {
  auto stream = module().query(sql);
  return stream ? rows_of(*std::move(stream)).error : stream.error().message;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_SUITE_BEGIN("data module: queries" * doctest::skip(without_module));

TEST_CASE("each SQL type arrives in the documented Arrow format") {
  struct Row {
    char const* sql;
    char const* format;
    char const* cell;
  };
  Row const rows[] = {
      {"true", "b", "true"},
      {"(-128)::TINYINT", "c", "-128"},
      {"(-32768)::SMALLINT", "s", "-32768"},
      {"(-5)::INTEGER", "i", "-5"},
      {"(-9223372036854775808)::BIGINT", "l", "-9223372036854775808"},
      {"255::UTINYINT", "C", "255"},
      {"65535::USMALLINT", "S", "65535"},
      {"4294967295::UINTEGER", "I", "4294967295"},
      {"18446744073709551615::UBIGINT", "L", "18446744073709551615"},
      {"(-170141183460469231731687303715884105728)::HUGEINT", "d:38,0", "-170141183460469231731687303715884105728"},
      {"sum(1::BIGINT)", "d:38,0", "1"},
      {"(-1234567.89)::DECIMAL(18,2)", "d:18,2,128", "-123456789"},
      {"0.5::DECIMAL(4,3)", "d:4,3,128", "500"},
      {"1.5::FLOAT", "f", "1.500000"},
      {"(-2.25)::DOUBLE", "g", "-2.250000"},
      {"'青岛'", "u", "'青岛'"},
      {"''", "u", "''"},
      {"'a'::BLOB", "z", "'a'"},
      {"'{\"a\": 1}'::JSON", "u", "'{\"a\": 1}'"},
      {"'00000000-0000-0000-0000-000000000001'::UUID", "u", "'00000000-0000-0000-0000-000000000001'"},
      {"DATE '1969-12-31'", "tdD", "-1"},
      {"TIME '00:00:01'", "ttu", "1000000"},
      {"TIMESTAMP '1970-01-02 00:00:00'", "tsu:", "86400000000"},
      {"TIMESTAMP_S '1970-01-02 00:00:00'", "tss:", "86400"},
      {"TIMESTAMP_MS '1970-01-02 00:00:00'", "tsm:", "86400000"},
      {"TIMESTAMP_NS '1970-01-02 00:00:00'", "tsn:", "86400000000000"},
      {"TIMESTAMPTZ '1970-01-01 08:00:00+08'", "tsu:Asia/Shanghai", "0"},
      {"INTERVAL '1 month 2 days'", "tin", "1 months 2 days 0 ns"},
      {"'乙'::ENUM('甲', '乙')", "C[u]", "'乙'"},
      {"[1, NULL, 3]", "+l{i}", "[1,∅,3]"},
      {"['甲', '乙']", "+l{u}", "['甲','乙']"},
      {"['乙']::ENUM('甲', '乙')[]", "+l{C[u]}", "['乙']"},
      {"[1, 2]::INTEGER[2]", "+w:2{i}", "[1,2]"},
      {"{a: 1, b: '丙'}", "+s{i,u}", "{a:1,b:'丙'}"},
      {"[{额: 1.50::DECIMAL(18,2), 新上: true}, NULL]", "+l{+s{d:18,2,128,b}}", "[{额:150,新上:true},∅]"},
      {"MAP {2022: 5::BIGINT, 2023: NULL}", "+m{+s{i,l}}", "[{key:2022,value:5},{key:2023,value:∅}]"},
      {"NULL", "i", "∅"},
  };
  for (auto const& row : rows) {
    CAPTURE(std::string(row.sql));
    Rows const got = rows_of(module().query(std::string("SELECT ") + row.sql + " AS x"));
    CHECK(got.error == "");
    CHECK(got.formats == std::vector<std::string>{row.format});
    REQUIRE(got.cells.size() == 1);
    CHECK(got.cells[0][0] == row.cell);
  }
}

TEST_CASE("the width of an ENUM's numbers grows with its entries") {
  Rows const got =
      rows_of(module().query("CREATE TEMP TABLE names AS SELECT 'n' || i AS n FROM range(300) r(i);"
                             "CREATE TEMP TYPE many AS ENUM (SELECT n FROM names);"
                             "SELECT n::many FROM names ORDER BY length(n), n"));
  CHECK(got.formats == std::vector<std::string>{"S[u]"});
  REQUIRE(got.cells.size() == 300);
  CHECK(got.cells[299] == std::vector<std::string>{"'n299'"});
}

TEST_CASE("a UNION arrives in DuckDB's own small batches") {
  Rows const got = rows_of(module().query("SELECT union_value(n := i) AS x FROM range(5000) r(i)"));
  CHECK(got.formats == std::vector<std::string>{"+us:0{l}"});
  CHECK(got.batch_lengths == std::vector<std::int64_t>{2048, 2048, 904});
}

TEST_CASE("200,000 rows come in their order, in large batches") {
  Rows const got = rows_of(module().query("SELECT i FROM range(200000) r(i)"));
  CHECK(got.error == "");
  std::vector<std::int64_t> lengths(12, 16'384);
  lengths.push_back(3'392);
  CHECK(got.batch_lengths == lengths);
  REQUIRE(got.cells.size() == 200'000);
  bool ordered = true;
  for (std::size_t i = 0; i < got.cells.size(); ++i) ordered = ordered && got.cells[i][0] == std::to_string(i);
  CHECK(ordered);
}

TEST_CASE("who asks for smaller batches gets them from then on, within the limits") {
  auto const small = DataModule::load();
  REQUIRE(small.has_value());
  auto const lengths = [&](std::int64_t rows) {
    small->set_batch_rows(rows);
    return rows_of(small->query("SELECT i FROM range(20000) r(i)")).batch_lengths;
  };
  CHECK(lengths(4096) == std::vector<std::int64_t>{4096, 4096, 4096, 4096, 3616});
  CHECK(lengths(1).front() == 2048);
  CHECK(lengths(1 << 20) == std::vector<std::int64_t>{16'384, 3616});
}

TEST_CASE("chunks of odd sizes with missing values are joined without a slip") {
  // A filter leaves chunks that end at any bit; every kind of column layout is among the columns.
  Rows const got = rows_of(
      module().query("SELECT i, CASE WHEN i % 7 <> 0 THEN i % 3 = 0 END, CASE WHEN i % 5 <> 0 THEN 'x' || i END, "
                     "CASE WHEN i % 11 <> 0 THEN [CASE WHEN i % 2 = 0 THEN {a: i, b: i % 4 = 0} END, {a: NULL, b: "
                     "true}][1:i % 3] END, "
                     "CASE WHEN i % 13 <> 0 THEN (CASE WHEN i % 2 = 0 THEN '甲' ELSE '乙' END)::ENUM('甲', '乙') END, "
                     "list_value(CASE WHEN i % 17 <> 0 THEN i END, NULL)::BIGINT[2], NULL::DECIMAL(18,2) "
                     "FROM range(400000) r(i) WHERE hash(i) % 3 <> 0"));
  CHECK(got.error == "");
  std::size_t wrong = 0;
  std::int64_t last = -1;
  for (auto const& row : got.cells) {
    std::int64_t const i = std::stoll(row[0]);
    std::string const n = row[0];
    std::string list = "∅";
    if (i % 11 != 0) {
      std::string const first = i % 2 == 0 ? "{a:" + n + ",b:" + (i % 4 == 0 ? "true" : "false") + "}" : "∅";
      list = i % 3 == 0 ? "[]" : i % 3 == 1 ? "[" + first + "]" : "[" + first + ",{a:∅,b:true}]";
    }
    std::vector<std::string> const expected{
        n,    i % 7 == 0 ? "∅" : i % 3 == 0 ? "true" : "false", i % 5 == 0 ? "∅" : "'x" + n + "'",
        list, i % 13 == 0 ? "∅" : i % 2 == 0 ? "'甲'" : "'乙'", i % 17 == 0 ? "[∅,∅]" : "[" + n + ",∅]",
        "∅"};
    if (row != expected || i <= last) ++wrong;
    last = i;
  }
  CHECK(wrong == 0);
  CHECK(got.cells.size() > 200'000);
  for (std::size_t i = 0; i + 1 < got.batch_lengths.size(); ++i) {
    CHECK(got.batch_lengths[i] <= 16'384);
    CHECK(got.batch_lengths[i] > 16'384 - 2'048);
  }
}

TEST_CASE("what arrives as it is, arrives as by way of Arrow") {
  // An ENUM and an array of fixed length are what DuckDB itself must make Arrow arrays of, with all that is beside
  // them.
  std::string const columns =
      "i, CASE WHEN i % 7 <> 0 THEN i % 3 = 0 END, CASE WHEN i % 5 <> 0 THEN repeat('字', i % 9) END, "
      "CASE WHEN i % 11 <> 0 THEN [CASE WHEN i % 2 = 0 THEN {a: i, b: i % 4 = 0} END, {a: NULL, b: true}][1:i % 3] "
      "END, CASE WHEN i % 3 <> 0 THEN MAP([i || '年', 'x'], [(i * 0.25)::DECIMAL(9,2), NULL]) END, "
      "-i::DECIMAL(4,1) % 100, (i - 3000)::DECIMAL(18,2), -i::DECIMAL(38,3), i::TINYINT % 100, -i::SMALLINT, "
      "i::UINTEGER, DATE '2020-01-01' + i::INTEGER, TIMESTAMP '2020-01-01' + INTERVAL (i) MINUTE, i::DOUBLE / 4, "
      "{a: CASE WHEN i % 2 = 0 THEN 'y' || i END, b: [i, NULL]}, [['a', NULL], [], NULL][1:i % 4], NULL::BIGINT ";
  std::string const from = " FROM range(100) r(i) WHERE hash(i) % 3 <> 0 ORDER BY i DESC";
  Rows const direct = rows_of(module().query("SELECT " + columns + from));
  Rows const by_arrow = rows_of(module().query("SELECT " + columns + ", 'e'::ENUM('e') " + from));
  CHECK(direct.error == "");
  CHECK(by_arrow.error == "");
  REQUIRE(direct.cells.size() == by_arrow.cells.size());
  CHECK(direct.cells.size() > 40);
  for (std::size_t row = 0; row < direct.cells.size(); ++row)
    for (std::size_t i = 0; i < direct.cells[row].size(); ++i) CHECK(direct.cells[row][i] == by_arrow.cells[row][i]);
}

TEST_CASE("long texts end a batch early") {
  Rows const got = rows_of(module().query("SELECT repeat('惠', 10000) AS t FROM range(6000)"));
  CHECK(got.error == "");
  CHECK(got.cells.size() == 6000);
  CHECK(got.batch_lengths == std::vector<std::int64_t>{4096, 1904});
}

TEST_CASE("an empty result has its columns and no batch") {
  Rows const got = rows_of(module().query("SELECT 1 AS a, [{b: 'x'}] AS c WHERE false"));
  CHECK(got.names == std::vector<std::string>{"a", "c"});
  CHECK(got.formats == std::vector<std::string>{"i", "+l{+s{u}}"});
  CHECK(got.batch_lengths.empty());
  CHECK(got.error == "");
}

TEST_CASE("several statements run in turn, and temporary tables are the query's own") {
  char const* sql = "CREATE TEMP TABLE t AS SELECT 5 AS n; INSERT INTO t VALUES (6); SELECT sum(n)::INT AS s FROM t;";
  CHECK(rows_of(module().query(sql)).cells == Table{{"11"}});
  CHECK(rows_of(module().query(sql)).cells == Table{{"11"}});
  CHECK(rows_of(module().query("-- 只有注释也行\nSELECT '；' AS \"列 名\"")).names ==
        std::vector<std::string>{"列 名"});
}

TEST_CASE("faulty SQL texts are errors that say what is wrong") {
  CHECK(contains(query_error("SELEC 1"), "syntax error"));
  CHECK(contains(query_error("SELECT nothing_here"), "nothing_here"));
  CHECK(contains(query_error("SELECT 1; SELECT * FROM no_such_table; SELECT 2"), "no_such_table"));
  CHECK(contains(query_error(""), "no statement"));
  CHECK(contains(query_error("  -- nothing\n"), "no statement"));
  CHECK(contains(query_error("CREATE TEMP TABLE t (a INT)"), "yields no rows"));
  CHECK(contains(query_error("SELECT ?"), "parameters"));
  CHECK(contains(query_error(std::string_view("SELECT 1\0; DROP", 15)), "zero byte"));
  CHECK(contains(query_error("SELECT '\xC7\xE0'"), "Invalid unicode"));
  CHECK(module().query("SELEC 1").error().kind == ErrorKind::Data);
}

TEST_CASE("an error half-way is an error and not the end of the rows") {
  // Not every time the same: it hangs on the threads how far the rows come, and whether DuckDB keeps the reason.
  int told = 0;
  for (int round = 0; round < 20; ++round) {
    Rows const got = rows_of(
        module().query("SELECT CASE WHEN i = 150000 THEN error('第150000行') ELSE i END FROM range(200000) r(i)"));
    CHECK(got.error != "");
    CHECK(!contains(got.error, "pending query"));
    CHECK(got.cells.size() <= 150'000);
    if (contains(got.error, "第150000行")) ++told;
  }
  CHECK(told > 0);
}

TEST_CASE("nothing is fetched from the network for an extension that is not built in") {
  Rows const got = rows_of(module().query(
      "SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"));
  CHECK(got.cells == Table{{"false", "false"}});
  CHECK(query_error("SELECT * FROM read_xlsx('a.xlsx')") != "");
}

TEST_CASE("a civil date does not hang on the machine's zone") {
  setenv("TZ", "America/New_York", 1);
  Rows const got = rows_of(module().query("SELECT TIMESTAMPTZ '2024-02-29 17:00:00+00'::DATE::VARCHAR"));
  unsetenv("TZ");
  CHECK(got.cells == Table{{"'2024-03-01'"}});
}

TEST_CASE("describe names the columns and their types without running the query") {
  auto columns = module().describe(
      "CREATE TEMP TABLE t (金额 DECIMAL(18,2), 级别 ENUM('甲', '乙''丙'), 项目 STRUCT(\"a \"\"b\" BIGINT, d DATE)[]);"
      "SELECT *, MAP {'k': 1.5::DOUBLE} AS m, [1, 2]::INTEGER[2] AS w, now() AS t FROM t WHERE error('never') IS NULL");
  REQUIRE(columns);
  std::vector<std::string> texts;
  for (auto const& column : *columns) texts.push_back(column.name + " " + column.sql_type);
  CHECK(texts == std::vector<std::string>{"金额 DECIMAL(18,2)", "级别 ENUM('甲', '乙''丙')",
                                          "项目 STRUCT(\"a \"\"b\" BIGINT, \"d\" DATE)[]", "m MAP(VARCHAR, DOUBLE)",
                                          "w INTEGER[2]", "t TIMESTAMP WITH TIME ZONE"});
  CHECK(!module().describe("SELECT no_such_column"));
}

TEST_CASE("two streams of one module are read side by side") {
  auto first = module().query("SELECT i FROM range(150000) r(i)");
  auto second = module().query("SELECT i * 2 AS i FROM range(150000) r(i)");
  REQUIRE(first);
  REQUIRE(second);
  std::int64_t rows = 0;
  while (true) {
    auto a = first->next();
    auto b = second->next();
    REQUIRE(a);
    REQUIRE(b);
    if (!*a || !*b) break;
    rows += (**a)->length + (**b)->length;
  }
  CHECK(rows == 300'000);
}

TEST_CASE("a stream outlives its module") {
  auto stream = [] {
    auto own = DataModule::load({.threads = 1, .memory_limit = "1GB"});
    REQUIRE(own);
    return own->query("SELECT i FROM range(200000) r(i)");
  }();
  Rows const got = rows_of(std::move(stream));
  CHECK(got.error == "");
  CHECK(got.cells.size() == 200'000);
}

TEST_CASE("a batch outlives its stream") {
  columns::OwnedArray batch;
  {
    auto stream =
        module().query("SELECT 'long enough to live outside of the string header ' || i AS t FROM range(10) r(i)");
    REQUIRE(stream);
    auto next = stream->next();
    REQUIRE(next);
    REQUIRE(*next);
    batch = **std::move(next);
  }
  CHECK(batch->length == 10);
  auto const* offsets = static_cast<std::int32_t const*>(batch->children[0]->buffers[1]);
  CHECK(offsets[10] == 10 * 50);
}

TEST_CASE("the memory limit is kept") {
  auto small = DataModule::load({.threads = 1, .memory_limit = "50MB"});
  REQUIRE(small);
  auto stream = small->query("SELECT count(DISTINCT repeat(hash(i)::VARCHAR, 100)) AS n FROM range(100000) r(i)");
  // Too small for the work, and large enough once it may spill to the disk; which of them is DuckDB's affair.
  if (stream) CHECK(rows_of(*std::move(stream)).cells.size() <= 1);
  CHECK(!DataModule::load({.threads = 0, .memory_limit = "much"}));
}

TEST_CASE("one module serves several threads, and so do several modules") {
  auto other = DataModule::load({.threads = 2, .memory_limit = ""});
  REQUIRE(other);
  std::vector<std::string> results(8);
  std::vector<std::thread> threads;
  DataModule const& shared = module();
  for (std::size_t t = 0; t < results.size(); ++t) {
    threads.emplace_back([&, t] {
      DataModule const& mine = t % 2 == 0 ? shared : *other;
      for (int round = 0; round < 5; ++round) {
        auto stream =
            mine.query("SELECT sum(i)::BIGINT AS s FROM range(100000) r(i) WHERE i % 8 = " + std::to_string(t));
        if (!stream) return;
        auto batch = stream->next();
        if (!batch || !*batch) return;
        auto const* sums = static_cast<std::int64_t const*>((**batch)->children[0]->buffers[1]);
        results[t] = std::to_string(sums[0]);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (std::size_t t = 0; t < results.size(); ++t) {
    // t + (t + 8) + … : 12,500 terms.
    CHECK(results[t] == std::to_string(12'500 * static_cast<std::int64_t>(t) + 8 * (12'499LL * 12'500 / 2)));
  }
}

TEST_SUITE_END();

TEST_CASE("a module that is not there is an error that says what to do") {
  setenv("HUIYU_DATA_MODULE", "/no/such/module.so", 1);
  auto loaded = DataModule::load();
  unsetenv("HUIYU_DATA_MODULE");
  REQUIRE(!loaded);
  CHECK(loaded.error().kind == ErrorKind::Environment);
  CHECK(contains(loaded.error().message, "/no/such/module.so"));
  CHECK(contains(loaded.error().message, "HUIYU_DATA_MODULE"));
}
