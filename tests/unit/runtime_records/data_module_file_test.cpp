// Files: round trips by type and format, what CSV and JSON mean, files that are not what they should be, odd names.

#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/unit/runtime_records/data_module_rows.h"

using namespace huiyu;
using namespace huiyu::records;
using namespace huiyu::records::test;

namespace {

using Table = std::vector<std::vector<std::string>>;
using Texts = std::vector<std::string>;

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Writes what a SQL text yields; the message where it fails, else nothing.
std::string write(std::string const& sql, std::filesystem::path const& path) {
  auto stream = module().query(sql);
  std::string const query_error = stream ? "" : stream.error().message;
  REQUIRE(query_error == "");
  auto done = module().write(*std::move(stream), path);
  return done ? "" : done.error().message;
}

// A stream of somebody else's: no rows of no columns, or one that breaks off before its first batch. Counts its
// releases.
struct ForeignStream {
  bool breaks_off = false;
  int released = 0;
  ArrowSchema child{};
  ArrowSchema* children[1] = {&child};

  columns::ArrowStream stream() {
    child.format = "l";
    child.name = "a";
    child.flags = ARROW_FLAG_NULLABLE;
    child.release = [](ArrowSchema* self) { self->release = nullptr; };
    ArrowArrayStream raw{};
    raw.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
      auto& mine = *static_cast<ForeignStream*>(self->private_data);
      *out = ArrowSchema{};
      out->format = "+s";
      out->n_children = mine.breaks_off ? 1 : 0;
      out->children = mine.children;
      out->release = [](ArrowSchema* schema) { schema->release = nullptr; };
      return 0;
    };
    raw.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
      *out = ArrowArray{};
      return static_cast<ForeignStream*>(self->private_data)->breaks_off ? 5 : 0;
    };
    raw.get_last_error = [](ArrowArrayStream*) { return "来源中断"; };
    raw.release = [](ArrowArrayStream* self) {
      ++static_cast<ForeignStream*>(self->private_data)->released;
      self->release = nullptr;
    };
    raw.private_data = this;
    return columns::ArrowStream(raw);
  }
};

// The message of reading a file, whether it comes at once or with the rows; nothing where all went well.
std::string read_error(std::filesystem::path const& path) {
  auto stream = module().read_file(path);
  return stream ? rows_of(*std::move(stream)).error : stream.error().message;
}

Rows read(std::filesystem::path const& path) { return rows_of(module().read_file(path)); }

}  // namespace

TEST_SUITE_BEGIN("data module: files" * doctest::skip(without_module));

TEST_CASE("each type goes through Parquet, CSV and JSON") {
  struct Row {
    char const* sql;
    char const *parquet_format, *parquet;
    char const* csv;
    char const *json_format, *json;
  };
  // A second, missing value stands below each value, so that missing goes through as well.
  Row const rows[] = {
      {"true", "b", "true", "'true'", "b", "true"},
      {"(-5)::INTEGER", "i", "-5", "'-5'", "l", "-5"},
      {"9223372036854775807", "l", "9223372036854775807", "'9223372036854775807'", "l", "9223372036854775807"},
      {"18446744073709551615::UBIGINT", "L", "18446744073709551615", "'18446744073709551615'", "u",
       "'18446744073709551615'"},
      {"170141183460469231731::HUGEINT", "d:38,0,128", "170141183460469231731", "'170141183460469231731'", "u",
       "'170141183460469231731'"},
      {"(-1234567.89)::DECIMAL(18,2)", "d:18,2,128", "-123456789", "'-1234567.89'", "u", "'-1234567.89'"},
      {"99999999999999.99::DECIMAL(38,2)", "d:38,2,128", "9999999999999999", "'99999999999999.99'", "u",
       "'99999999999999.98'"},
      {"0.5::DOUBLE", "g", "0.500000", "'0.5'", "u", "'0.5'"},
      {"'惠, \"企\"\n'", "u", "'惠, \"企\"\n'", "'惠, \"企\"\n'", "u", "'惠, \"企\"\n'"},
      {"''", "u", "''", "''", "u", "''"},
      {"DATE '2024-02-29'", "tdD", "19782", "'2024-02-29'", "u", "'2024-02-29'"},
      {"TIMESTAMP '2024-02-29 12:30:00'", "tsu:", "1709209800000000", "'2024-02-29 12:30:00'", "u",
       "'2024-02-29 12:30:00'"},
      {"'乙'::ENUM('甲', '乙')", "u", "'乙'", "'乙'", "u", "'乙'"},
      {"['甲', NULL, '乙']", "+l{u}", "['甲',∅,'乙']", "'[甲, NULL, 乙]'", "+l{u}", "['甲',∅,'乙']"},
      {"[]::VARCHAR[]", "+l{u}", "[]", "'[]'", "+l{u}", "[]"},
      {"{额: 1.50::DECIMAL(18,2), 新上: true}", "+s{d:18,2,128,b}", "{额:150,新上:true}",
       "'{'额': 1.50, '新上': true}'", "+s{u,b}", "{额:'1.5',新上:true}"},
      {"[{额: 1.50::DECIMAL(18,2), 新上: NULL::BOOLEAN}, {额: NULL, 新上: true}, NULL]", "+l{+s{d:18,2,128,b}}",
       "[{额:150,新上:∅},{额:∅,新上:true},∅]", "'[{'额': 1.50, '新上': NULL}, {'额': NULL, '新上': true}, NULL]'",
       "+l{+s{u,b}}", "[{额:'1.5',新上:∅},{额:∅,新上:true},∅]"},
      {"MAP {'2022': 5::BIGINT, '2023': NULL}", "+m{+s{u,l}}", "[{key:'2022',value:5},{key:'2023',value:∅}]",
       "'{2022=5, 2023=NULL}'", "+s{l,u}", "{2022:5,2023:∅}"},
  };
  Folder const folder;
  for (auto const& row : rows) {
    CAPTURE(std::string(row.sql));
    std::string const sql = std::string("SELECT 1 AS n, ") + row.sql + " AS x UNION ALL SELECT 2, NULL ORDER BY n";

    CHECK(write(sql, folder / "x.parquet") == "");
    Rows got = read(folder / "x.parquet");
    CHECK(got.names == Texts{"n", "x"});
    CHECK(got.formats == Texts{"i", row.parquet_format});
    CHECK(got.cells == Table{{"1", row.parquet}, {"2", "∅"}});

    for (char const* name : {"x.csv", "x.tsv"}) {
      CHECK(write(sql, folder / name) == "");
      got = read(folder / name);
      CHECK(got.formats == Texts{"u", "u"});
      CHECK(got.cells == Table{{"'1'", row.csv}, {"'2'", "∅"}});
    }

    for (char const* name : {"x.json", "x.jsonl", "x.ndjson"}) {
      CHECK(write(sql, folder / name) == "");
      got = read(folder / name);
      CHECK(got.names == Texts{"n", "x"});
      CHECK(got.formats == Texts{"l", row.json_format});
      REQUIRE(got.cells.size() == 2);
      CHECK(got.cells[0][1] == row.json);
      CHECK(got.cells[1][1] == "∅");
    }
  }
}

TEST_CASE("200,000 rows go through each format in their order") {
  Folder const folder;
  for (char const* name : {"x.parquet", "x.csv", "x.json", "x.jsonl"}) {
    CAPTURE(std::string(name));
    CHECK(write("SELECT i, 'x' || i AS t FROM range(200000) r(i)", folder / name) == "");
    Rows const got = read(folder / name);
    CHECK(got.error == "");
    REQUIRE(got.cells.size() == 200'000);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < got.cells.size(); ++i) {
      if (got.cells[i][1] != "'x" + std::to_string(i) + "'") ++wrong;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("a table without rows keeps its columns") {
  Folder const folder;
  std::string const sql = "SELECT 1 AS a, 'x' AS b WHERE false";
  CHECK(write(sql, folder / "x.parquet") == "");
  CHECK(write(sql, folder / "x.csv") == "");
  Rows got = read(folder / "x.parquet");
  CHECK(got.formats == Texts{"i", "u"});
  CHECK(got.cells.empty());
  got = read(folder / "x.csv");
  CHECK(got.names == Texts{"a", "b"});
  CHECK(got.cells.empty());
}

TEST_CASE("CSV: cells are texts as they stand, and only a bare empty cell is missing") {
  Folder const folder;
  put(folder / "x.csv",
      "代码,金额,备注\n007,\"1,000(万元人民币)\",\n+1.50,, \n\"\",NULL,\"\"\"a\"\"\nb\"\n# 3,=1+1,\\\n");
  Rows const got = read(folder / "x.csv");
  CHECK(got.names == Texts{"代码", "金额", "备注"});
  CHECK(got.cells == Table{{"'007'", "'1,000(万元人民币)'", "∅"},
                           {"'+1.50'", "∅", "' '"},
                           {"''", "'NULL'", "'\"a\"\nb'"},
                           {"'# 3'", "'=1+1'", "'\\'"}});
}

TEST_CASE("CSV: a byte order mark, Windows line ends and a missing last line end change nothing") {
  Folder const folder;
  put(folder / "x.csv",
      "\xEF\xBB\xBF"
      "代码,额\r\n1,2\r\n3,4");
  Rows const got = read(folder / "x.csv");
  CHECK(got.names == Texts{"代码", "额"});
  CHECK(got.cells == Table{{"'1'", "'2'"}, {"'3'", "'4'"}});
}

TEST_CASE("CSV: a header that looks like data is the header all the same") {
  Folder const folder;
  put(folder / "x.csv", "2022,2023\n1,2\n");
  Rows const got = read(folder / "x.csv");
  CHECK(got.names == Texts{"2022", "2023"});
  CHECK(got.cells == Table{{"'1'", "'2'"}});
}

TEST_CASE("CSV: names of columns in quotes, over two lines, and none at all") {
  Folder const folder;
  put(folder / "x.csv", "\"营业收入\n（万元）\",\"a,\"\"b\"\"\",,it's\n1,2,3,4\n");
  Rows const got = read(folder / "x.csv");
  CHECK(got.names == Texts{"营业收入\n（万元）", "a,\"b\"", "column3", "it's"});
  CHECK(got.cells == Table{{"'1'", "'2'", "'3'", "'4'"}});
}

TEST_CASE("CSV: a fault far down is told with its line") {
  std::string text = "a,b\n";
  for (int i = 0; i < 300'000; ++i) text += i == 250'000 ? "1,2,3\n" : "1,2\n";
  Folder const folder;
  put(folder / "x.csv", text);
  // By then the reading is under way, and DuckDB sometimes loses the reason when its threads stop; the file it is
  // always.
  int told = 0;
  for (int round = 0; round < 5; ++round) {
    std::string const error = read_error(folder / "x.csv");
    CHECK(contains(error, "x.csv`"));
    if (contains(error, "Line: 250002")) ++told;
  }
  CHECK(told > 0);
}

TEST_CASE("CSV: one column, with an empty line in it") {
  Folder const folder;
  put(folder / "x.csv", "名称\n甲\n\n乙\n");
  CHECK(read(folder / "x.csv").cells == Table{{"'甲'"}, {"∅"}, {"'乙'"}});
}

TEST_CASE("CSV: what a sample of the first lines would not show is read right") {
  std::string text = "a,b\n";
  for (int i = 0; i < 60'000; ++i) text += "1,2\n";
  text += "\"x;y|z\",'q'\n\"long\nlines\",\"\"\n";
  Folder const folder;
  put(folder / "x.csv", text);
  Rows const got = read(folder / "x.csv");
  CHECK(got.error == "");
  REQUIRE(got.cells.size() == 60'002);
  CHECK(got.cells[60'000] == Texts{"'x;y|z'", "''q''"});
  CHECK(got.cells[60'001] == Texts{"'long\nlines'", "''"});
}

TEST_CASE("CSV: faulty files are errors that name the file and the line") {
  Folder const folder;
  put(folder / "long.csv", "a,b\n1,2\n1,2,3\n");
  CHECK(contains(read_error(folder / "long.csv"), "long.csv"));
  CHECK(contains(read_error(folder / "long.csv"), "Line: 3"));
  put(folder / "short.csv", "a,b\n1,2\n1\n");
  CHECK(contains(read_error(folder / "short.csv"), "Line: 3"));
  put(folder / "open.csv", "a,b\n1,\"2\n");
  CHECK(read_error(folder / "open.csv") != "");
  // 青岛 in GBK, as Excel saves it.
  put(folder / "gbk.csv", "a,b\n\xC7\xE0\xB5\xBA,2\n");
  CHECK(contains(read_error(folder / "gbk.csv"), "UTF-8"));
  put(folder / "empty.csv", "");
  CHECK(contains(read_error(folder / "empty.csv"), "empty"));
  put(folder / "blank.csv", "\na,b\n");
  CHECK(contains(read_error(folder / "blank.csv"), "first line is empty"));
  put(folder / "twice.csv", "a,b,A\n1,2,3\n");
  CHECK(contains(read_error(folder / "twice.csv"), "two columns are named `A`"));
  put(folder / "header.csv", "\xC7\xE0\xB5\xBA,b\n1,2\n");
  CHECK(contains(read_error(folder / "header.csv"), "UTF-8"));
  put(folder / "utf16.csv", std::string_view("\xFF\xFE"
                                             "a\0,\0b\0\n\0",
                                             10));
  CHECK(contains(read_error(folder / "utf16.csv"), "UTF-8"));
  put(folder / "quote.csv", "a,\"b\n1,2\n");
  CHECK(contains(read_error(folder / "quote.csv"), "quote"));
  // Not the name under which DuckDB has the file, nor its advice about options.
  CHECK(!contains(read_error(folder / "long.csv"), "/proc/"));
  CHECK(!contains(read_error(folder / "long.csv"), "strict_mode"));
}

TEST_CASE("JSON: texts stay texts, fractions keep their digits, objects with any keys are one type") {
  Folder const folder;
  put(folder / "x.json", R"json([
    {"日期": "2024-03-01", "额": 0.10, "数": 1, "混": "1,000(万元人民币)", "逐年": {"2022": 1, "2023": 2}, "列": []},
    {"日期": "2024年", "额": 12345678901.25, "数": null, "混": 500, "逐年": {"2023": 3, "2024": 4}, "列": [{"甲": 1.5}]},
    {"额": 3, "混": true, "列": [{"乙": "x"}, null]}
  ])json");
  Rows const got = read(folder / "x.json");
  CHECK(got.names == Texts{"日期", "额", "数", "混", "逐年", "列"});
  CHECK(got.formats == Texts{"u", "u", "l", "u", "+s{l,l,l}", "+l{+s{u,u}}"});
  CHECK(got.cells ==
        Table{{"'2024-03-01'", "'0.1'", "1", "'1,000(万元人民币)'", "{2022:1,2023:2,2024:∅}", "[]"},
              {"'2024年'", "'12345678901.25'", "∅", "'500'", "{2022:∅,2023:3,2024:4}", "[{甲:'1.5',乙:∅}]"},
              {"∅", "'3'", "∅", "'true'", "∅", "[{甲:∅,乙:'x'},∅]"}});
}

TEST_CASE("JSON: a field of the last record only is a column, however long the file") {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "{\"a\": 1}\n";
  text += "{\"a\": 2.5, \"b\": {\"c\": [1]}}\n";
  Folder const folder;
  put(folder / "x.jsonl", text);
  Rows const got = read(folder / "x.jsonl");
  CHECK(got.error == "");
  CHECK(got.formats == Texts{"u", "+s{+l{l}}"});
  REQUIRE(got.cells.size() == 50'001);
  CHECK(got.cells[50'000] == Texts{"'2.5'", "{c:[1]}"});
}

TEST_CASE("JSON: faulty files are errors that name the file") {
  Folder const folder;
  for (char const* text :
       {"[{\"a\": 1}, {\"a\": ", "[1, 2]", "", "[]x", "{\"a\": 1} {\"a\"", "[[1]]", "[{\"a\": \"\xC7\xE0\"}]"}) {
    CAPTURE(std::string(text));
    put(folder / "x.json", text);
    std::string const error = read_error(folder / "x.json");
    CHECK(contains(error, "x.json"));
    CHECK(!contains(error, "/proc/"));
  }
}

TEST_CASE("files that cannot be read are errors that name them") {
  Folder const folder;
  auto missing = module().read_file(folder / "none.parquet");
  REQUIRE(!missing);
  CHECK(missing.error().kind == ErrorKind::Environment);
  CHECK(contains(missing.error().message, "none.parquet"));

  std::filesystem::create_directory(folder / "folder.csv");
  CHECK(contains(read_error(folder / "folder.csv"), "not a regular file"));
  REQUIRE(mkfifo((folder / "pipe.csv").c_str(), 0600) == 0);
  CHECK(contains(read_error(folder / "pipe.csv"), "not a regular file"));
  CHECK(contains(read_error(folder / "x.xls"), ".parquet"));
  CHECK(contains(read_error(folder / "parquet"), ".parquet"));
}

TEST_CASE("a Parquet file cut off anywhere is an error") {
  Folder const folder;
  CHECK(write("SELECT i, 'x' || i AS t, [i] AS l FROM range(3000) r(i)", folder / "whole.parquet") == "");
  std::string const whole = bytes_of(folder / "whole.parquet");
  for (std::size_t parts = 0; parts < 40; ++parts) {
    put(folder / "cut.parquet", std::string_view(whole).substr(0, whole.size() * parts / 40));
    CHECK(contains(read_error(folder / "cut.parquet"), "cut.parquet"));
  }
  put(folder / "cut.parquet", std::string_view(whole).substr(0, whole.size() - 1));
  CHECK(contains(read_error(folder / "cut.parquet"), "cut.parquet"));
}

TEST_CASE("a Parquet file with damaged bytes never brings the process down") {
  Folder const folder;
  CHECK(write("SELECT i, 'x' || i AS t, [i] AS l FROM range(3000) r(i)", folder / "whole.parquet") == "");
  std::string const whole = bytes_of(folder / "whole.parquet");
  std::size_t errors = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    std::string damaged = whole;
    std::size_t const at = (i * 2654435761U) % damaged.size();
    damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1U + i % 255U));
    put(folder / "damaged.parquet", damaged);
    auto stream = module().read_file(folder / "damaged.parquet");
    if (!stream || !rows_of(*std::move(stream)).error.empty()) ++errors;
  }
  CHECK(errors > 0);
  // Damage in one file leaves the module whole.
  CHECK(read(folder / "whole.parquet").cells.size() == 3000);
}

TEST_CASE("file names are names, whatever they are made of") {
  Folder const folder;
  Texts const stems{"a[1]",
                    "a*",
                    "a?b",
                    "it's",
                    "quo\"te",
                    "back\\slash",
                    "a=1",
                    "{a,b}",
                    "百分号%s",
                    "new\nline",
                    "-dash",
                    "~tilde",
                    "$HOME",
                    " space ",
                    ";DROP TABLE",
                    "**",
                    "a'b[*]\\",
                    "[",
                    "http:",
                    "\xC7\xE0\xB5",
                    "--",
                    "a.csv.gz",
                    std::string(240, 'n')};
  for (char const* extension : {".parquet", ".csv", ".json"}) {
    for (auto const& stem : stems) {
      std::string const name = stem + extension;
      CAPTURE(name);
      CHECK(write("SELECT 42 AS answer, 'only this file' AS t", folder / name) == "");
      Rows const got = read(folder / name);
      CHECK(got.names == Texts{"answer", "t"});
      REQUIRE(got.cells.size() == 1);
      CHECK(got.cells[0][1] == "'only this file'");
    }
  }
  CHECK(folder.names().size() == 3 * stems.size());
}

TEST_CASE("a folder's name is never read as data, and relative paths work") {
  Folder const folder;
  std::filesystem::create_directories(folder / "year=2024" / "s3:");
  CHECK(write("SELECT 1 AS a", folder / "year=2024" / "s3:" / "x.parquet") == "");
  CHECK(read(folder / "year=2024" / "s3:" / "x.parquet").names == Texts{"a"});

  auto const before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  std::string const error = write("SELECT 1 AS a", "x.csv");
  Table const cells = read("x.csv").cells;
  std::filesystem::current_path(before);
  CHECK(error == "");
  CHECK(cells == Table{{"'1'"}});
}

TEST_CASE("two files read one after the other are not taken for each other") {
  // The second gets the descriptor of the first, has its size, and was written in the same moment.
  Folder const folder;
  for (int round = 0; round < 5; ++round) {
    for (char digit : {'1', '2'}) {
      std::filesystem::path const path = folder / (std::string("x") + digit + ".parquet");
      CHECK(write(std::string("SELECT i, '") + digit + "' AS t FROM range(1000) r(i)", path) == "");
    }
    CHECK(read(folder / "x1.parquet").cells[999][1] == "'1'");
    CHECK(read(folder / "x2.parquet").cells[999][1] == "'2'");
  }
}

TEST_CASE("a file is replaced when all is written, and stays as it was after an error") {
  Folder const folder;
  auto const path = folder / "x.csv";
  CHECK(write("SELECT 1 AS a", path) == "");
  REQUIRE(chmod(path.c_str(), 0600) == 0);
  std::string const failing =
      "SELECT CASE WHEN i = 150000 THEN error('half-way') ELSE i END AS a FROM range(200000) r(i)";
  CHECK(contains(write(failing, path), "half-way"));
  CHECK(contains(write(failing, path), "x.csv"));
  CHECK(bytes_of(path) == "a\n1\n");
  CHECK(contains(write(failing, folder / "new.parquet"), "half-way"));
  CHECK(folder.names() == Texts{"x.csv"});

  CHECK(write("SELECT 2 AS a", path) == "");
  CHECK(bytes_of(path) == "a\n2\n");
  struct stat about{};
  REQUIRE(stat(path.c_str(), &about) == 0);
  CHECK((about.st_mode & 07777) == 0600);

  std::filesystem::create_symlink("x.csv", folder / "link.csv");
  CHECK(write("SELECT 3 AS a", folder / "link.csv") == "");
  CHECK(std::filesystem::is_symlink(folder / "link.csv"));
  CHECK(bytes_of(path) == "a\n3\n");
}

TEST_CASE("places that cannot be written are errors that name them") {
  Folder const folder;
  CHECK(contains(write("SELECT 1 AS a", folder / "none" / "x.csv"), "none/x.csv"));
  std::filesystem::create_directory(folder / "folder.csv");
  CHECK(contains(write("SELECT 1 AS a", folder / "folder.csv"), "not a regular file"));
  CHECK(contains(write("SELECT 1 AS a", folder / "x.xls"), ".parquet"));
  CHECK(folder.names() == Texts{"folder.csv"});
}

TEST_CASE("a foreign stream that breaks off, or has no columns, is an error and is released once") {
  Folder const folder;
  for (char const* name : {"x.parquet", "x.csv", "x.json"}) {
    ForeignStream broken{.breaks_off = true};
    auto done = module().write(broken.stream(), folder / name);
    REQUIRE(!done);
    CHECK(contains(done.error().message, "来源中断"));
    CHECK(broken.released == 1);

    ForeignStream empty;
    done = module().write(empty.stream(), folder / name);
    REQUIRE(!done);
    CHECK(contains(done.error().message, "no columns"));
    CHECK(empty.released == 1);
  }
  CHECK(folder.names().empty());
}

TEST_CASE("a SQL text in a file is a source like a file of rows") {
  Folder const folder;
  put(folder / "登记.sql", "-- 合成数据\nSELECT 7 AS a");
  CHECK(rows_of(module().read({SourceText::Kind::File, folder / "登记.sql"})).cells == Table{{"7"}});
  CHECK(rows_of(module().read({SourceText::Kind::Sql, "SELECT 8 AS a"})).cells == Table{{"8"}});
  put(folder / "bad.sql", "SELECT nothing_here");
  auto bad = module().read({SourceText::Kind::File, folder / "bad.sql"});
  REQUIRE(!bad);
  CHECK(contains(bad.error().message, "bad.sql"));
  put(folder / "x.csv", "a\n9\n");
  CHECK(rows_of(module().read({SourceText::Kind::File, folder / "x.csv"})).cells == Table{{"'9'"}});
}

TEST_CASE("files are written and read by several threads at once") {
  Folder const folder;
  Texts errors(6);
  DataModule const& shared = module();
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < errors.size(); ++t) {
    threads.emplace_back([&, t] {
      auto const path = folder / ("x" + std::to_string(t) + (t % 2 == 0 ? ".parquet" : ".csv"));
      for (int round = 0; round < 4 && errors[t].empty(); ++round) {
        auto stream = shared.query("SELECT i FROM range(" + std::to_string(10'000 + t) + ") r(i)");
        if (!stream) return void(errors[t] = stream.error().message);
        if (auto done = shared.write(*std::move(stream), path); !done) return void(errors[t] = done.error().message);
        auto back = shared.read_file(path);
        if (!back) return void(errors[t] = back.error().message);
        std::int64_t rows = 0;
        while (true) {
          auto batch = back->next();
          if (!batch) return void(errors[t] = batch.error().message);
          if (!*batch) break;
          rows += (**batch)->length;
        }
        if (rows != static_cast<std::int64_t>(10'000 + t)) errors[t] = "rows: " + std::to_string(rows);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (auto const& error : errors) CHECK(error == "");
  CHECK(folder.names().size() == errors.size());
  // No view of a written stream stays behind.
  CHECK(rows_of(module().query("SELECT count(*)::INT FROM duckdb_views() WHERE NOT internal")).cells == Table{{"0"}});
}

TEST_SUITE_END();
