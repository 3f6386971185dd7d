// Modules on disk, as a user has them: found, used by every command, and the same on every engine.

#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "tests/command/folder.h"
#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

// The definitions are written once for a 结构 of the module and once for one of the project.
std::string definitions(std::string const& people, std::string const& income, std::string const& published) {
  return "定义 系数 ： 小数 = 分档 行业：\n  B、C、D ： 1\n  其余 ： 2\n" + published +
         "定义 划型 ： 规模 = 分档 首行：\n"
         "  " +
         people + " 1000人以上 且 " + income +
         " × 系数 不低于 40000万元 ： 大型\n"
         "  " +
         people + " 300人以上 且 " + income +
         " 2000万元以上 ： 中型\n"
         "  " +
         people + " 20人以上 且 " + income +
         " 300万元以上 ： 小型\n"
         "  其余 ： 微型\n";
}

std::string const list = "名录 规模 从高到低：大型、中型、小型、微型\n";

std::string const module_text =
    "公开 " + list + "结构 单位\n  从业人员 ： 人数\n  营业收入 ： 金额\n  行业 ： 行业代码\n" +
    definitions("从业人员", "营业收入", "公开 ") +
    "公开 参数 目标 ： 比率\n  自 2022-01-01 为 5.5%\n"
    "政策 模块的 编号 m 依据 第一条 辖区 全国 有效 长期\n  对象 单位\n  补助 1元\n"
    "测试 模块的\n  基准日 2024-06-30\n  已知 单位 甲：从业人员 = 1人\n  期望 甲 模块的 = 1元\n";

std::string const firm =
    "结构 企业 键 编码\n  编码 ： 文本\n  员工人数 ： 人数\n  行业 ： 行业代码\n  营收 ： 金额 逐年\n";

std::string const policy_text =
    "政策 小微奖 编号 1 依据 第一条 辖区 全国 有效 长期\n  条件 划型属于小型、微型\n"
    "  补助 上年营收 × 5.5%，最高 50万元\n"
    "测试 小型\n  基准日 2024-06-30\n  已知 企业 甲：员工人数 = 20人，行业 = C3421，2023年营收 = 300万元\n"
    "  期望 甲 划型 = 小型；甲 小微奖 = 16.5万元\n";

std::string const imported = "使用 国家标准 2024\n引用 划型 其中 从业人员 = 员工人数，营业收入 = 上年营收\n";

std::string records() {
  std::string text;
  for (auto const* people : {"null", "\"19人\"", "\"20人\"", "\"300人\"", "\"1000人\""})
    for (auto const* income :
         {"null", "\"299.99万元\"", "\"300万元\"", "\"2000万元\"", "\"20000万元\"", "\"40000万元\""})
      for (auto const* industry : {"null", "\"C3421\"", "\"A01\""})
        text += (text.empty() ? "[" : ",") + std::string(R"({"编码":"r)") + std::to_string(text.size()) +
                R"(","员工人数":)" + people + R"(,"行业":)" + industry + R"(,"营收":{"2023":)" + income + "}}";
  return text + "]";
}

}  // namespace

// shows L14.1, L14.5, L14.7
TEST_CASE("a rule by 引用 gives what the same rule written in the project gives, on every engine") {
  Folder const folder;
  folder.write("project/modules/国家标准/2024/划型.hui", module_text);
  folder.write("project/rules.hui", imported + firm + policy_text);
  folder.write("plain/rules.hui", list + firm + definitions("员工人数", "上年营收", "") + policy_text);
  auto const data = folder.write("records.json", records());
  auto const answers = [&](std::string const& project, std::string const& engine) {
    auto const said = run_command({"eval", folder.at(project), "--as-of", "2024-06-30", "--records", data, "--engine",
                                   engine, "--format", "json"});
    CHECK_MESSAGE(said.exit_code == 0, said.error);
    return said.out;
  };
  auto const expected = answers("plain", "oracle");
  CHECK(expected.find("165000.00") != std::string::npos);
  for (auto const* engine : {"oracle", "interpret", "native"}) {
    CAPTURE(engine);
    CHECK(answers("project", engine) == expected);
    auto const tested = run_command({"test", folder.at("project"), "--engine", engine, "--format", "json"});
    CHECK_MESSAGE(tested.exit_code == 0, tested.out << tested.error);
    CHECK(tested.out.find("模块的") == std::string::npos);
  }
}

// shows L14.8
TEST_CASE("a module is no part of the project, and a project of its own") {
  Folder const folder;
  folder.write("project/modules/国家标准/2024/划型.hui", module_text);
  folder.write("project/rules.hui", imported + firm + policy_text);
  auto const checked = run_command({"check", folder.at("project"), "--lang", "en"});
  CHECK(checked.exit_code == 0);
  CHECK_MESSAGE(checked.out.find("1 file, 1 policy, 0 errors, 0 warnings") != std::string::npos,
                checked.out << checked.error);
  auto const itself = run_command({"test", folder.at("project/modules/国家标准/2024"), "--format", "json"});
  CHECK(itself.exit_code == 0);
  CHECK(itself.out.find("模块的") != std::string::npos);
}

TEST_CASE("an explanation speaks of our facts and quotes the module's text") {
  Folder const folder;
  folder.write("project/modules/国家标准/2024/划型.hui", module_text);
  folder.write("project/rules.hui", imported + firm + policy_text);
  auto const data =
      folder.write("one.json", R"([{"编码":"a","员工人数":"20人","行业":"C3421","营收":{"2023":"300万元"}}])");
  auto const said =
      run_command({"explain", folder.at("project"), "--as-of", "2024-06-30", "--records", data, "--lang", "zh"});
  CHECK(said.exit_code == 0);
  CHECK_MESSAGE(said.out.find("员工人数") != std::string::npos, said.out << said.error);
  CHECK(said.out.find("划型 ＝ 小型") != std::string::npos);
}

TEST_CASE("modules of a project are found from the folder above its rules, and beside a single file") {
  Folder const folder;
  folder.write("office/rules/modules/国家标准/2024/划型.hui", module_text);
  auto const rules = folder.write("office/rules/rules.hui", imported + firm + policy_text);
  for (auto const& asked : {folder.at("office"), folder.at("office/rules"), rules}) {
    CAPTURE(asked);
    auto const checked = run_command({"check", asked, "--lang", "en"});
    CHECK_MESSAGE(checked.exit_code == 0, checked.error);
    CHECK_MESSAGE(checked.out.find("1 file, 1 policy, 0 errors, 0 warnings") != std::string::npos, checked.out);
  }
}

TEST_CASE("modules are looked for where the user says, in the project, in HUIYU_MODULES") {
  Folder const folder;
  folder.write("elsewhere/国家标准/2024/划型.hui", module_text);
  auto const rules = folder.write("project/rules.hui", imported + firm + policy_text);
  CHECK(run_command({"check", rules, "--modules", folder.at("nowhere")}).exit_code == 3);
  CHECK(run_command({"check", rules, "--modules", folder.at("elsewhere")}).exit_code == 0);
  CHECK(run_command({"check", "--modules", folder.at("elsewhere"), rules}).exit_code == 0);
  setenv("HUIYU_MODULES", (folder.at("nowhere") + ":" + folder.at("elsewhere")).c_str(), 1);
  auto const from_environment = run_command({"test", rules});
  auto const laid_out = run_command({"fmt", rules, "--stdout"});
  auto const words = run_command({"words", rules, "--joined"});
  auto const dumped = run_command({"dump", rules, "--stage", "ast"});
  unsetenv("HUIYU_MODULES");
  CHECK_MESSAGE(from_environment.exit_code == 0, from_environment.error);
  CHECK_MESSAGE(laid_out.exit_code == 0, laid_out.error);
  CHECK(laid_out.out.find("引用 划型") != std::string::npos);
  CHECK(laid_out.out.find("模块的") == std::string::npos);
  CHECK(words.out.find("划型 名称｜属于 关键词｜小型 名称") != std::string::npos);
  CHECK(words.out.find("国家标准/2024") == std::string::npos);
  CHECK(dumped.out.find("引用 划型") != std::string::npos);
  CHECK(dumped.out.find("单位") == std::string::npos);
}

// shows L14.2
TEST_CASE("what is wrong with modules is said where they are used") {
  Folder const folder;
  std::string const number =
      "公开 参数 目标 ： 比率\n  自 2022-01-01 为 5.5%\n参数 内部 ： 比率\n  自 2022-01-01 为 1%\n";
  folder.write("m/国家标准/2022/a.hui", number);
  folder.write("m/国家标准/2024/a.hui", number);
  folder.write("m/省库/1/a.hui", "使用 国家标准 2022\n");
  folder.write("m/甲/1/a.hui", "使用 乙\n");
  folder.write("m/乙/1/a.hui", "使用 甲\n");
  folder.write("m/空/1/readme.txt", "");
  struct Wrong {
    char const *rules, *code, *said;
  };
  for (auto const& wrong : {
           Wrong{"使用 国家标准化 2024\n", "R0160", "国家标准"},
           Wrong{"使用 「../m/国家标准」 2024\n", "R0161", "../m/国家标准"},
           Wrong{"使用 国家标准\n", "R0162", "2022、2024"},
           Wrong{"使用 国家标准 2023\n", "R0163", "2022、2024"},
           Wrong{"使用 国家标准 2024\n使用 省库\n", "R0164", "2022"},
           Wrong{"使用 甲\n", "R0165", "甲 → 乙 → 甲"},
           Wrong{"使用 空\n", "R0166", "空"},
           Wrong{"使用 国家标准 2024\n定义 双 ： 比率 = 内部 × 2\n", "R0168", "没有公开"},
       }) {
    CAPTURE(wrong.rules);
    auto const rules = folder.write("rules.hui", wrong.rules);
    auto const said = run_command({"check", rules, "--modules", folder.at("m"), "--lang", "zh"});
    CHECK(said.exit_code == 3);
    CHECK_MESSAGE(said.error.find(wrong.code) != std::string::npos, said.error);
    CHECK_MESSAGE(said.error.find(wrong.said) != std::string::npos, said.error);
    CHECK_MESSAGE(said.out.find("1 个错误") != std::string::npos, said.error);
  }
}

// shows L14.9
TEST_CASE("the tests of a module are read where it is the project, not where it is used") {
  Folder const folder;
  folder.write("m/税率/1/a.hui", "公开 参数 目标 ： 比率\n  自 2022-01-01 为 5.5%\n结构 企业\n  名称 ： 文本\n");
  for (char const* const name : {"测试", "tests"})
    folder.write("m/税率/1/" + std::string(name) + "/b.hui", "这一行 不是 规则\n");
  auto const rules =
      folder.write("rules.hui", "使用 税率 1\n定义 双倍 ： 比率 = 目标 × 2\n结构 企业\n  名称 ： 文本\n");
  auto const used = run_command({"check", rules, "--modules", folder.at("m")});
  CHECK_MESSAGE(used.exit_code == 0, used.out << used.error);
  CHECK(run_command({"check", folder.at("m/税率/1")}).exit_code == 3);
}

// Found by walking the folder, so that a new module is tested without being listed anywhere.
TEST_CASE("every shipped module is without warnings, laid out, and passes its own tests") {
  namespace fs = std::filesystem;
  int modules = 0;
  for (auto const& name : fs::directory_iterator("stdlib-policies")) {
    if (!name.is_directory()) continue;
    for (auto const& version : fs::directory_iterator(name)) {
      if (!version.is_directory()) continue;
      auto const folder = version.path().string();
      CAPTURE(folder);
      ++modules;
      CHECK_MESSAGE(fs::exists(version.path() / "README.md"), "a module has a page");
      auto const checked = run_command({"check", "--fail-on-warnings", folder});
      CHECK_MESSAGE(checked.exit_code == 0, checked.out << checked.error);
      auto const tested = run_command({"test", folder});
      CHECK_MESSAGE(tested.exit_code == 0, tested.out << tested.error);
      CHECK_MESSAGE(tested.out.find("0 个测试") != 0, "a module has tests");
      CHECK(run_command({"fmt", "--check", folder}).exit_code == 0);
      auto const advised = run_command({"lint", folder});
      CHECK_MESSAGE(advised.exit_code == 0, advised.out << advised.error);
    }
  }
  CHECK(modules > 0);
}

TEST_CASE("a shipped module can be imported") {
  Folder const folder;
  auto const rules = folder.write("rules.hui",
                                  "使用 国家标准 2024\n"
                                  "引用 大中小微划分 其中 从业人员 = 员工人数，营业收入 = 上年营业收入\n"
                                  "结构 企业 键 编码\n  编码 ： 文本\n  行业代码 ： 行业代码\n  员工人数 ： 人数\n"
                                  "  营业收入 ： 金额 逐年\n  资产总额 ： 金额\n"
                                  "测试 小型\n  基准日 2024-06-30\n"
                                  "  已知 企业 甲：行业代码 = C3421，员工人数 = 20人，上年营业收入 = 300万元\n"
                                  "  期望 甲 大中小微划分 = 小型\n");
  auto const used = run_command({"test", rules});
  CHECK_MESSAGE(used.exit_code == 0, used.out << used.error);
}

}  // namespace huiyu::test
