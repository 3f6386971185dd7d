// How the command behaves beyond its results: exit codes, wrong arguments, and which libraries it loads.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

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
           Wrong{{"explain", good, "--as-of", "2024-06-30", "--records", "企业.csv"},
                 "--records 读 JSON，表格用 --data",
                 "--records reads JSON, --data reads tables"},
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

TEST_CASE("completion and the manual page know every option of every command") {
  Folder const folder;
  auto const fish = run_command({"completion", "fish"}).out, page = run_command({"manual", "--lang", "en"}).out;
  auto const bash = run_command({"completion", "bash"}).out;
  // The long options that a help page lists, with those of the commands below it.
  auto const each = [&](auto const& self, std::vector<std::string> const& command) -> void {
    auto arguments = command;
    arguments.insert(arguments.end(), {"--help", "--lang", "en"});
    std::istringstream help(run_command(arguments).out);
    bool below = false;
    for (std::string line; std::getline(help, line);) {
      below = below || line.starts_with("Subcommands") || line.starts_with("SUBCOMMANDS");
      std::istringstream words(line);
      std::string word;
      words >> word;
      if (below && line.starts_with("  ") && line[2] != ' ') {
        auto next = command;
        next.push_back(word);
        self(self, next);
      }
      for (; !below && (word.starts_with("-") || word.ends_with(",")); words >> word) {
        auto const at = word.find("--");
        if (at == std::string::npos) break;
        auto const name = word.substr(at + 2, word.find_first_of(",= ", at) - at - 2);
        CAPTURE(name);
        CHECK(fish.find("-l " + name + " ") != std::string::npos);
        CHECK(bash.find("--" + name) != std::string::npos);
        CHECK(page.find("\\-\\-" + [&] {
          std::string dashed;
          for (char const c : name) dashed += c == '-' ? "\\-" : std::string(1, c);
          return dashed;
        }()) != std::string::npos);
        break;
      }
    }
  };
  for (auto const* command :
       {"check", "match", "eval", "explain", "dump", "fmt", "new", "data", "test", "words", "lint", "report"})
    each(each, {command});
  CHECK(completions(folder, "huiyu data co") == "convert\n");
  CHECK(completions(folder, "huiyu report rea") == "readiness reach\n");
  CHECK(completions(folder, "huiyu report reach --thr") == "--threshold\n");
  CHECK(completions(folder, "huiyu --color n") == "never\n");
}

TEST_CASE("colours follow --color, then NO_COLOR, CLICOLOR_FORCE and the terminal") {
  Folder const folder;
  auto const bad = folder.write("bad.hui", std::string(rules) + "  条件 营业收入 5万元以上\n");
  auto const colored = [&](std::vector<std::string> const& more = {}) {
    std::vector<std::string> arguments{"check", bad};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments).error.find("\x1b[") != std::string::npos;
  };
  unsetenv("NO_COLOR");
  unsetenv("CLICOLOR_FORCE");
  CHECK_FALSE(colored());  // a pipe
  CHECK(colored({"--color", "always"}));
  setenv("CLICOLOR_FORCE", "1", 1);
  CHECK(colored());
  CHECK_FALSE(colored({"--color=never"}));
  setenv("NO_COLOR", "1", 1);
  CHECK_FALSE(colored());
  CHECK(colored({"--color", "always"}));
  unsetenv("NO_COLOR");
  setenv("CLICOLOR_FORCE", "0", 1);
  CHECK_FALSE(colored());
  unsetenv("CLICOLOR_FORCE");
  CHECK(run_command({"check", bad, "--color", "pink"}).exit_code == 2);
}

TEST_CASE("in a pipe a run says nothing of how far it is") {
  Folder const folder;
  auto const good = folder.write("good.hui", rules);
  std::string table = "编码,员工人数\n";
  for (int i = 0; i < 200000; ++i) table += std::to_string(i) + ",20人\n";
  auto const data = folder.write("firms.csv", table);
  auto const run = run_command({"match", good, "--data", data, "--as-of", "2024-06-30"});
  CHECK(run.exit_code == 0);
  CHECK(run.error == "");
}

TEST_CASE("match lists rows for programs: the eligible, or with --all every outcome") {
  Folder const folder;
  auto const good = folder.write("good.hui",
                                 "结构 企业 键 编码\n  编码 ： 文本\n  员工人数 ： 人数\n  营业收入 ： 金额\n"
                                 "政策 稳岗 编号 1 依据 第一条 辖区 全国 有效 长期\n  条件 员工人数 20人以上\n"
                                 "  补助 定额：5万元\n  补助 浮动：营业收入 ÷ （员工人数 − 30人） × 1人\n");
  auto const data =
      folder.write("firms.json", R"([{"编码":"a","员工人数":"40人","营业收入":"123.45元"},{"编码":"b"},)"
                                 R"({"编码":"c","员工人数":"30人","营业收入":"1元"},{"编码":"d","员工人数":"1人"}])");
  auto const rows = [&](std::vector<std::string> const& more) {
    std::vector<std::string> arguments{"match", good, "--data", data, "--as-of", "2024-06-30", "--lang", "en"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments).out;
  };
  CHECK(rows({"--format", "csv"}) ==
        "key,policy,name,outcome,amount,parts,shares,value,alerts,needs,clause,settled\n"
        "a,1,稳岗,eligible,50012.35,定额=50000.00;浮动=12.35,,,,,第一条,\n");
  CHECK(rows({"--format", "json"}) ==
        R"({"key":"a","policy":"1","name":"稳岗","outcome":"eligible","amount":"50012.35",)"
        R"("parts":{"定额":"50000.00","浮动":"12.35"},"clause":"第一条"})"
        "\n");
  auto const all = rows({"--format", "csv", "--all"});
  CHECK(all.find("b,1,稳岗,unknown,,,,,,员工人数,第一条,\n") != std::string::npos);
  CHECK(all.find("c,1,稳岗,error,,,,,,,第一条,\n") != std::string::npos);
  CHECK(all.find("d,1,稳岗,ineligible,,,,,,,第一条,\n") != std::string::npos);
  auto const graded =
      folder.write("graded.hui",
                   "结构 企业 键 编码\n  编码 ： 文本\n  员工人数 ： 人数\n"
                   "政策 评级 编号 2 辖区 全国 有效 长期\n  认定 分档 员工人数：20人以上：1；其余：2\n");
  auto const grades =
      run_command({"match", graded, "--data", data, "--as-of", "2024-06-30", "--format", "csv", "--lang", "en"}).out;
  CHECK(grades.find("a,2,评级,eligible,,,,1,,,,\n") != std::string::npos);
  CHECK(grades.find("d,2,评级,eligible,,,,2,,,,\n") != std::string::npos);
  auto const pretty = rows({});
  CHECK(pretty.find("50,012.35") != std::string::npos);
  CHECK(pretty.find("unknown") != std::string::npos);
  // The eligible alone: the same rows, and what was not counted is not shown as none.
  for (auto const* engine : {"native", "interpret", "oracle"})
    CHECK(rows({"--format", "csv", "--eligible", "--engine", engine}) == rows({"--format", "csv"}));
  auto const eligible = rows({"--eligible", "--engine", "interpret"});
  CHECK(eligible.find("50,012.35") != std::string::npos);
  CHECK(eligible.find("n/a  ") == std::string::npos);
  CHECK(eligible.find("only the eligible were counted") != std::string::npos);
  CHECK(rows({"--eligible", "--engine", "oracle"}) == pretty);
  CHECK(run_command({"match", good, "--data", data, "--as-of", "2024-06-30", "--eligible", "--all"}).exit_code == 2);
}

TEST_CASE("records as JSON may be one object, and its lists may be empty") {
  Folder const folder;
  auto const good = folder.write(
      "good.hui",
      "结构 企业 键 编码\n  编码 ： 文本\n  设备 ： 列表 设备\n  标签 ： 集合 标签录\n  营业收入 ： 金额 逐年\n"
      "结构 设备\n  金额 ： 金额\n名录 标签录：甲、乙\n"
      "政策 技改 编号 1 依据 第一条 辖区 全国 有效 长期\n  条件 没有 （标签 包含 甲）\n"
      "  补助 合计（设备.金额） + 合计（近3年：当年营业收入） + 5万元\n");
  for (auto const* text :
       {R"([{"编码":"a","设备":[],"标签":[],"营业收入":{}}])", R"({"编码":"a","设备":[],"标签":[],"营业收入":{}})"}) {
    auto const data = folder.write("firms.json", text);
    auto const run = run_command({"match", good, "--data", data, "--as-of", "2024-06-30", "--format", "csv", "--all"});
    CAPTURE(run.error);
    CHECK(run.exit_code == 0);
    CHECK(run.out.find("a,1,技改,eligible") != std::string::npos);
  }
  auto const wrong = folder.write("wrong.json", R"([{"编码":"a","设备":["车床"]}])");
  CHECK(run_command({"match", good, "--data", wrong, "--as-of", "2024-06-30"}).exit_code == 4);
}

TEST_CASE("eval and data convert read a register by its mapping") {
  Folder const folder;
  auto const good = folder.write(
      "good.hui",
      "结构 企业 键 编码\n  编码 ： 文本\n  注册资本 ： 金额\n  营业收入 ： 金额 逐年\n  设备 ： 列表 设备\n"
      "结构 设备\n  金额 ： 金额\n"
      "政策 稳岗 编号 1 依据 第一条 辖区 全国 有效 长期\n  条件 上年营业收入 20万元以上\n"
      "  补助 合计（设备.金额） + 注册资本 × 1%\n");
  auto const data = folder.write("firms.csv", "代码,资本,2023年营收\na,100,30\nb,200,10\n");
  folder.write("machines.csv", "代码,价\na,1.5\na,2\n");
  auto const mapping = folder.write("map.toml",
                                    "[columns]\n\"编码\" = \"代码\"\n\"注册资本\" = { column = \"资本\", unit = "
                                    "\"万元\" }\n\"营业收入\" = { column = \"{年}营收\", unit = \"万元\" }\n"
                                    "[children.\"设备\"]\nsource = \"machines.csv\"\nkey = \"代码\"\ncolumns = { "
                                    "\"金额\" = { column = \"价\", unit = \"万元\" } }\n");
  auto const mapped = run_command(
      {"eval", good, "--data", data, "--mapping", mapping, "--as-of", "2024-06-30", "--format", "csv", "--lang", "en"});
  CAPTURE(mapped.error);
  CHECK(mapped.exit_code == 0);
  CHECK(mapped.out.find("a,1,稳岗,eligible,45000.00") != std::string::npos);
  CHECK(mapped.out.find("b,1,稳岗,ineligible") != std::string::npos);
  for (auto const* name : {"plain.parquet", "plain.json", "plain.jsonl"}) {
    auto const plain = folder.write(name, "");
    auto const converted = run_command({"data", "convert", data, plain, "--mapping", mapping, "--rules", good});
    CAPTURE(converted.error);
    CHECK(converted.exit_code == 0);
    auto const again =
        run_command({"eval", good, "--data", plain, "--as-of", "2024-06-30", "--format", "csv", "--lang", "en"});
    CHECK(again.out == mapped.out);
  }
  CHECK(run_command({"data", "convert", data, "x.csv", "--mapping", mapping}).exit_code == 2);
}

TEST_CASE("lint advises, exempts with a reason, and says it in three forms") {
  Folder const folder;
  auto const unused =
      folder.write("unused.hui", std::string(rules).insert(std::string(rules).find("政策"), "  面积 ： 面积\n"));
  auto const plain = run_command({"lint", unused, "--lang", "en"});
  CHECK(plain.exit_code == 1);
  CHECK(plain.error.find("[L0101]") != std::string::npos);
  auto const annotated = run_command({"lint", unused, "--format", "github", "--lang", "en"});
  CHECK(annotated.out.starts_with("::warning file="));
  CHECK(annotated.out.find("line=4,col=3,title=L0101::") != std::string::npos);
  CHECK(run_command({"lint", unused, "--format", "json"}).out.find("\"code\":\"L0101\"") != std::string::npos);
  auto exempted = std::string(rules);
  exempted.insert(exempted.find("政策"), "  面积 ： 面积  # 免检 L0101：下一批政策要用\n");
  CHECK(run_command({"lint", folder.write("exempt.hui", exempted)}).exit_code == 0);
  CHECK(run_command({"lint", folder.write("good.hui", rules)}).exit_code == 0);
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
