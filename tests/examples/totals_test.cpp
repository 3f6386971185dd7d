// The examples as a reader runs them, register and all: what is paid, policy by policy, is what golden/ says, on every
// engine. HUIYU_UPDATE=1 rewrites golden/.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

// Registers are made once, in a folder of their own, which is where the commands run: an example's SQL reads
// `登记.parquet` beside it.
class Workplace {
 public:
  Workplace()
      : root_(fs::current_path()), folder_(fs::temp_directory_path() / ("huiyu-examples-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
    fs::current_path(folder_);
  }
  ~Workplace() {
    fs::current_path(root_);
    fs::remove_all(folder_);
  }
  Workplace(Workplace const&) = delete;
  Workplace& operator=(Workplace const&) = delete;

  fs::path const& root() const { return root_; }

 private:
  fs::path root_, folder_;
};

std::string run(std::vector<std::string> const& arguments) {
  auto const result = run_command(arguments);
  CHECK_MESSAGE(result.exit_code == 0, result.error);
  return result.out;
}

void compare(fs::path const& golden, std::string const& said) {
  if (std::getenv("HUIYU_UPDATE") != nullptr) {
    fs::create_directories(golden.parent_path());
    std::ofstream(golden, std::ios::binary) << said;
    return;
  }
  std::ifstream in(golden, std::ios::binary);
  CHECK(said == std::string(std::istreambuf_iterator<char>(in), {}));
}

void check_totals(std::string const& example) {
  Workplace const workplace;
  auto const folder = workplace.root() / "examples" / example;
  run({"data", "convert", (folder / "register.sql").string(), "登记.parquet"});
  bool const history = fs::exists(folder / "history.sql");
  if (history) run({"data", "convert", (folder / "history.sql").string(), "发放.parquet"});
  for (std::string const engine : {"native", "interpret", "oracle"}) {
    CAPTURE(engine);
    std::vector<std::string> arguments{"match",    (folder / "rules").string(),
                                       "--data",   "登记.parquet",
                                       "--as-of",  "2024-12-31",
                                       "--engine", engine,
                                       "--lang",   "zh"};
    if (history) arguments.insert(arguments.end(), {"--history", "发放.parquet"});
    compare(workplace.root() / "tests/examples/golden" / (example + ".txt"), run(arguments));
  }
}

// The rows that a SQL text yields, by column.
std::vector<std::map<std::string, double>> numbers_of(std::string const& sql) {
  std::ofstream("问.sql", std::ios::binary) << sql;
  run({"data", "convert", "问.sql", "答.csv"});
  std::ifstream file("答.csv", std::ios::binary);
  std::vector<std::string> names;
  std::vector<std::map<std::string, double>> rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line.substr(0, line.find('\r')));
    std::size_t column = 0;
    bool const heading = names.empty();
    if (!heading) rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');)
      if (heading)
        names.push_back(cell);
      else
        rows.back()[names.at(column++)] = std::stod(cell);
  }
  return rows;
}

}  // namespace

TEST_CASE("the county's register is skewed as real ones are") {
  Workplace const workplace;
  std::ifstream file(workplace.root() / "examples/county/register.sql", std::ios::binary);
  std::string sql(std::istreambuf_iterator<char>(file), {});
  auto const firms = sql.find("range(80000)");
  REQUIRE(firms != std::string::npos);
  std::ofstream("登记.sql", std::ios::binary) << sql.replace(firms, 12, "range(8000)");
  run({"data", "convert", "登记.sql", "登记.parquet"});
  // Most firms are small, and the k-th industry has a k-th of the first one's firms.
  auto const sizes = numbers_of(
      "SELECT count(*) AS n, sum((从业人员 < 10)::INT) AS small, sum((从业人员 >= 300)::INT) AS large"
      " FROM read_parquet('登记.parquet')");
  CHECK(sizes.at(0).at("n") == 8000);
  CHECK(sizes.at(0).at("small") > 4000);
  CHECK(sizes.at(0).at("large") < 200);
  auto const industries = numbers_of(
      "SELECT count(*) AS n FROM read_parquet('登记.parquet') WHERE 行业代码 IS NOT NULL GROUP BY 行业代码"
      " ORDER BY n DESC LIMIT 4");
  for (std::size_t k = 1; k < industries.size(); ++k) {
    auto const times = industries[0].at("n") / industries[k].at("n");
    CHECK(times > 0.7 * static_cast<double>(k + 1));
    CHECK(times < 1.4 * static_cast<double>(k + 1));
  }
  // Of every fact some firms say nothing, up to 30 of a hundred; of three that few firms have most.
  auto const lacking = numbers_of(
      "SELECT min(null_percentage)::DOUBLE AS least, max(null_percentage)::DOUBLE AS most, count(*) AS n"
      " FROM (SUMMARIZE SELECT * EXCLUDE (统一社会信用代码, 企业名称, 首次认定高新年度, 首次上规年度, 亩均评价)"
      " FROM read_parquet('登记.parquet'))");
  CHECK(lacking.at(0).at("n") > 60);
  CHECK(lacking.at(0).at("least") > 0.5);
  CHECK(lacking.at(0).at("most") < 30);
  // Small firms say nothing more often than large ones.
  auto const silent = numbers_of(
      "SELECT avg((贷款 IS NULL)::INT) FILTER (从业人员 < 10) AS small,"
      " avg((贷款 IS NULL)::INT) FILTER (从业人员 >= 50) AS large FROM read_parquet('登记.parquet')");
  CHECK(silent.at(0).at("small") > 1.5 * silent.at(0).at("large"));
  // Child records stand in lists.
  auto const lists = numbers_of(
      "SELECT sum(len(贷款)) AS loans, sum(len(人才)) AS people, max(len(贷款)) AS most"
      " FROM read_parquet('登记.parquet')");
  CHECK(lists.at(0).at("loans") > 1000);
  CHECK(lists.at(0).at("people") > 100);
  CHECK(lists.at(0).at("most") > 1);
}

TEST_CASE("a city: what the province, the city and its districts pay to 6,000 firms, settled") { check_totals("city"); }

TEST_CASE("talent: what rests on the firms' word, and which alerts stop it") { check_totals("talent"); }

TEST_CASE("agencies: stars, lists and disposals, of which none is money") { check_totals("agencies"); }

}  // namespace huiyu::test
