// The examples as a reader runs them, register and all: what is paid, policy by policy, is what golden/ says, on every
// engine. HUIYU_UPDATE=1 rewrites golden/.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
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

}  // namespace

TEST_CASE("a city: what the province, the city and its districts pay to 6,000 firms, settled") { check_totals("city"); }

TEST_CASE("talent: what rests on the firms' word, and which alerts stop it") { check_totals("talent"); }

TEST_CASE("agencies: stars, lists and disposals, of which none is money") { check_totals("agencies"); }

}  // namespace huiyu::test
