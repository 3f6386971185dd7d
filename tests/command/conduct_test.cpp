// How the command behaves beyond its results: exit codes, wrong arguments, and which libraries it loads.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

// A folder of its own that goes with the test.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("huiyu-command-" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  std::string write(std::string const& name, std::string const& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

char const* const rules =
    "结构 企业 键 编码\n  编码 ： 文本\n  员工人数 ： 人数\n"
    "政策 稳岗 编号 1 依据 第一条 辖区 全国 有效 长期\n  条件 员工人数 20人以上\n  补助 5万元\n";

CommandResult in_english(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--lang", "en"});
  return run_command(arguments);
}

TEST_CASE("exit codes say what kind of thing went wrong") {
  Folder const folder;
  auto const good = folder.write("good.hui", rules);
  auto const bad = folder.write("bad.hui", std::string(rules) + "  条件 营业收入 5万元以上\n");
  auto const records = folder.write("records.json", R"([{"编码":"a","员工人数":"20人"},{"编码":"b"}])");
  auto const dirty = folder.write("dirty.json", R"([{"编码":"a","员工人数":"许多"}])");
  CHECK(run_command({"check", good}).exit_code == 0);
  CHECK(run_command({"check", bad}).exit_code == 3);
  CHECK(run_command({"eval", bad, "--as-of", "2024-06-30", "--records", records}).exit_code == 3);
  CHECK(run_command({"eval", good, "--as-of", "2024-06-30", "--records", records}).exit_code == 0);
  CHECK(run_command({"eval", good, "--as-of", "2024-06-30", "--records", dirty}).exit_code == 0);
  CHECK(run_command({"eval", good, "--as-of", "2024-06-30", "--records", dirty, "--strict"}).exit_code == 4);
  CHECK(run_command({"fmt", good, "--check"}).exit_code == 1);
  CHECK(run_command({"eval", good, "--as-of", "yesterday", "--records", records}).exit_code == 2);
  auto const nobody = folder.write("inputs.json", R"({"控制目标":"5%"})");
  CHECK(run_command({"eval", good, "--as-of", "2024-06-30", "--records", records, "--inputs", nobody}).exit_code == 4);
  CHECK(run_command({"eval", good, "--as-of", "2024-06-30", "--records", records, "--inputs", "none"}).exit_code == 2);
}

TEST_CASE("wrong arguments are named, in the user's language") {
  Folder const folder;
  auto const good = folder.write("good.hui", rules);
  auto const records = folder.write("records.json", "{}");
  struct Wrong {
    std::vector<std::string> arguments;
    char const *zh, *en;
  };
  for (auto const& wrong : {
           Wrong{{"mach"}, "没有 `mach` 这个命令", "there is no command `mach`"},
           Wrong{{"check", "nowhere.hui"}, "nowhere.hui：没有这个文件或文件夹", "nowhere.hui: no such file or folder"},
           Wrong{{"check", records}, "不是规则文件", "is no rule file"},
           Wrong{{"check", good, "--colour"}, "不认识的参数：--colour", "not expected: --colour"},
           Wrong{{"match", good}, "缺少 --as-of", "--as-of is required"},
           Wrong{{"match", good, "--as-of", "2024-06-30", "--engine", "steam"},
                 "须为 auto|native|interpret|oracle，而不是 `steam`",
                 "takes auto|native|interpret|oracle, not `steam`"},
       }) {
    auto arguments = wrong.arguments;
    arguments.insert(arguments.end(), {"--lang", "zh"});
    auto const chinese = run_command(arguments);
    CHECK(chinese.exit_code == 2);
    CHECK_MESSAGE(chinese.error.find(wrong.zh) != std::string::npos, chinese.error);
    auto const english = in_english(wrong.arguments);
    CHECK(english.exit_code == 2);
    CHECK_MESSAGE(english.error.find(wrong.en) != std::string::npos, english.error);
  }
  CHECK(run_command({"--lang", "zh", "mach"}).error.find("没有 `mach` 这个命令") != std::string::npos);
}

TEST_CASE("help speaks both languages and lists every command") {
  auto const chinese = run_command({"--lang", "zh", "--help"}), english = run_command({"--lang", "en", "--help"});
  CHECK(chinese.exit_code == 0);
  CHECK(english.exit_code == 0);
  for (auto const* command : {"check", "match", "eval", "explain", "dump", "fmt", "new", "data", "test"}) {
    CHECK(chinese.out.find(std::string("\n  ") + command + " ") != std::string::npos);
    CHECK(english.out.find(std::string("\n  ") + command + " ") != std::string::npos);
    CHECK(run_command({command, "--help"}).exit_code == 0);
  }
}

TEST_CASE("a newcomer is shown where to begin") {
  auto const bare = run_command({});
  CHECK(bare.exit_code == 2);
  CHECK(bare.error.find("huiyu new") != std::string::npos);
  for (auto const* command : {"check", "match", "eval", "explain", "dump", "fmt", "new", "data", "test", "words"}) {
    auto const help = run_command({command, "--help", "--lang", "zh"});
    CHECK_MESSAGE(help.out.find("例：huiyu " + std::string(command)) != std::string::npos, help.out);
    CHECK(help.out.find("BOOLEAN") == std::string::npos);
    CHECK(help.out.find("TEXT") == std::string::npos);
  }
}

TEST_CASE("an explanation quotes each bound once, with what the record says") {
  Folder const folder;
  auto const good = folder.write("good.hui", std::string(rules) + "  条件 员工人数 10人以上 不满300人\n");
  auto const records = folder.write("records.json", R"([{"编码":"a","员工人数":"320人"}])");
  auto const said = run_command({"explain", good, "--as-of", "2024-06-30", "--records", records, "--lang", "zh"});
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("✓ 员工人数 10人以上\n") != std::string::npos);
  CHECK_MESSAGE(said.out.find("✗ 不满300人\n") != std::string::npos, said.out);
  CHECK(said.out.find("员工人数 ＝ 320人") != std::string::npos);
}

// What bash offers for a line whose last word is being typed.
std::string completions(Folder const& folder, std::string const& line) {
  auto const script = folder.write("completion.bash", run_command({"completion", "bash", "--lang", "en"}).out);
  auto const program = folder.write("offer.bash", "source " + script + "\nCOMP_WORDS=(" + line +
                                                      ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                                                      "_huiyu\necho \"${COMPREPLY[*]}\"\n");
  auto* const shell = popen(("bash " + program).c_str(), "r");
  REQUIRE(shell != nullptr);
  std::string said;
  for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) said += static_cast<char>(c);
  CHECK(pclose(shell) == 0);
  return said;
}

TEST_CASE("bash completes commands, options and the words that an option takes") {
  Folder const folder;
  CHECK(completions(folder, "huiyu ma") == "match manual\n");
  CHECK(completions(folder, "huiyu --lang zh ex") == "explain\n");
  CHECK(completions(folder, "huiyu match rules --eng") == "--engine\n");
  CHECK(completions(folder, "huiyu match rules --engine i") == "interpret\n");
  CHECK(run_command({"completion", "fish"}).out.find("-l engine") != std::string::npos);
  CHECK(run_command({"completion", "tcsh"}).exit_code == 2);
}

TEST_CASE("the manual page lists every command") {
  auto const page = run_command({"manual", "--lang", "en"}).out;
  CHECK(page.starts_with(".TH HUIYU 1\n"));
  for (auto const* command : {"check", "match", "eval", "explain", "dump", "fmt", "new", "data", "test", "completion"})
    CHECK(page.find(std::string("\n.SS ") + command + "\n") != std::string::npos);
}

// The dynamic linker lists what it opens (ld.so(8), LD_DEBUG).
TEST_CASE("check and eval load neither DuckDB nor LLVM") {
  Folder const folder;
  auto const good = folder.write("good.hui", rules);
  auto const records = folder.write("records.json", R"([{"编码":"a","员工人数":"20人"}])");
  setenv("LD_DEBUG", "files", 1);
  auto const check = run_command({"check", good});
  auto const eval = run_command({"eval", good, "--as-of", "2024-06-30", "--records", records});
  auto const native = run_command({"eval", good, "--as-of", "2024-06-30", "--records", records, "--engine", "native"});
  unsetenv("LD_DEBUG");
  CHECK(check.exit_code == 0);
  CHECK(eval.exit_code == 0);
  CHECK(native.exit_code == 0);
  for (auto const* library : {"libhuiyu_duckdb", "libduckdb", "libLLVM", "libhuiyu_native"}) {
    CHECK(check.error.find(library) == std::string::npos);
    CHECK(eval.error.find(library) == std::string::npos);
  }
  CHECK(native.error.find("libLLVM") != std::string::npos);  // so that the test would see it
}

}  // namespace
}  // namespace huiyu::test
