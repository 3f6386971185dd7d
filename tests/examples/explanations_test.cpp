// What an explanation and the checker owe to the clauses whose cases say so: the exception that set a rate (R.3), the
// sum before a cap, the cap and what is paid (R.5), the conjunct that fails and the facts that are missing in the
// clause's words (R.6), and the value at which two rows meet (R.7).

#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("huiyu-clauses-" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;

  std::string write(std::string const& name, std::string const& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

std::string explain(std::string const& key) {
  Folder const folder;
  auto const rules = folder.write("规则.hui",
                                  "名录 规模：大型、小型\n"
                                  "结构 企业 键 名称\n"
                                  "  名称 ： 文本\n"
                                  "  保费 ： 金额\n"
                                  "  划型 ： 规模\n"
                                  "  人数 ： 人数\n"
                                  "定义 返还比例 ： 比率\n"
                                  "  一般 60%\n"
                                  "  例外 当 划型 = 大型 为 30%   依据 第九条\n"
                                  "政策 稳岗返还 编号 1 依据 第一条 辖区 全国 有效 长期\n"
                                  "  条件 人数 20人以上\n"
                                  "  返还 保费 × 返还比例，最高 50万元\n");
  auto const records = folder.write(
      "企业.json",
      R"([{"名称":"大","保费":"1000","划型":"大型","人数":20},{"名称":"小","保费":"9000000","划型":"小型","人数":20},)"
      R"({"名称":"少","保费":"1","划型":"小型","人数":19},{"名称":"缺","划型":"小型","人数":20}])");
  auto const said =
      run_command({"explain", rules, "--records", records, "--as-of", "2024-06-30", "--key", key, "--lang", "zh"});
  CHECK(said.exit_code == 0);
  return said.out;
}

bool says(std::string const& text, std::string const& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("R.3 the exception that set the rate is named with its citation") {
  auto const text = explain("大");
  CHECK(says(text, "划型 = 大型（依据 第九条）"));
  CHECK(says(text, "则 30%（依据 第九条）"));
  CHECK_FALSE(says(explain("小"), "第九条"));
}

TEST_CASE("R.5 at the cap: the sum before it, the cap, what is paid") {
  auto const text = explain("小");
  CHECK(says(text, "保费 × 返还比例 ＝ 540万元"));
  CHECK(says(text, "限额 50万元"));
  CHECK(says(text, "符合：50万元"));
}

TEST_CASE("R.6 what fails is said in the clause's words, and a sum that is not known names its facts") {
  CHECK(says(explain("少"), "未通过：人数 20人以上（现为 19人）"));
  auto const text = explain("缺");
  CHECK(says(text, "符合，待定"));
  CHECK(says(text, "还缺：保费"));
}

TEST_CASE("R.7 a bound of a row that is moved leaves a gap, and the value is named") {
  auto const check = [](std::string const& large) {
    Folder const folder;
    return run_command({"check",
                        folder.write("规则.hui",
                                     "名录 规模：大型、小型\n"
                                     "结构 企业 键 名称\n"
                                     "  名称 ： 文本\n"
                                     "  人数 ： 人数\n"
                                     "定义 划型 ： 规模 = 分档 人数：" +
                                         large + "：大型；不满300人：小型\n"),
                        "--lang", "zh"});
  };
  CHECK(check("300人以上").exit_code == 0);
  for (std::string const moved : {"超过300人", "299人以上"}) {
    auto const said = check(moved);
    CHECK(said.exit_code != 0);
    CHECK(says(said.error, moved == "超过300人" ? "300人" : "299人"));
  }
}

}  // namespace huiyu::test
