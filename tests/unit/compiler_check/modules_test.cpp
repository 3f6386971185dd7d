// Modules: what a file sees of them, and 引用.

#include <doctest/doctest.h>

#include "tests/unit/compiler_check/support.h"

using namespace huiyu;
using namespace huiyu::test;

namespace {

// A module whose published definition uses a private one, a parameter and a list.
std::vector<ModuleText> const size_of_firms{{"国家标准", "2024", R"(公开 名录 规模 从高到低：大型、中型、小型

结构 单位
  从业人员 ： 人数
  营业收入 ： 金额
  设备     ： 列表 机器
  用电     ： 电量 逐年

公开 结构 机器
  原值 ： 金额

公开 参数 门槛 ： 金额
  自 2020-01-01 为 2000万元

定义 人均 ： 小数 = 营业收入 ÷ 1元 ÷ 100

公开 定义 划型 ： 规模 = 分档 首行：
  从业人员 300人以上 且 营业收入 不低于 门槛 ： 大型
  人均 100以上 ： 中型
  其余 ： 小型

公开 定义 机器总值 ： 金额 = 合计（设备.原值）
公开 定义 年年用电 ： 真假 = 近3年 每年（当年用电 100千瓦时以上）
公开 定义 常数 ： 比率 = 5%
)"}};

std::string const firm_and_use = R"(使用 国家标准
结构 企业 键 编码
  编码     ： 文本
  员工人数 ： 人数
  营业收入 ： 金额
  收入     ： 金额 逐年
  机床     ： 列表 机器
  耗电     ： 电量 逐年
)";

Checked with_module(std::string const& text) { return check_text(firm_and_use + text, size_of_firms); }

}  // namespace

// shows L14.5
TEST_CASE("an imported definition reads the fields of our schema") {
  auto const checked = with_module("引用 划型 其中 从业人员 = 员工人数\n");
  CHECK_MESSAGE(checked.messages() == "", checked.messages());
  auto const text = definition_of(checked, "划型");
  CHECK_MESSAGE(text.find("企业") == std::string::npos, text);
  CHECK_MESSAGE(text.find("员工人数") != std::string::npos, text);
  CHECK_MESSAGE(text.find("从业人员") == std::string::npos, text);
  // The private definition that it uses is checked again too; the module's own stand apart by their names.
  CHECK(definition_of(checked, "划型.人均") != "no definition");
  CHECK(definition_of(checked, "国家标准.划型").find("从业人员") != std::string::npos);
}

// shows L14.6
TEST_CASE("what stands for a field is a formula of ours, a year of a series, a list or a series") {
  auto const checked = with_module(
      "引用 划型 其中 从业人员 = 员工人数 × 2，营业收入 = 上年收入\n"
      "引用 机器总值 其中 设备 = 机床\n"
      "引用 年年用电 其中 用电 = 耗电\n");
  CHECK_MESSAGE(checked.messages() == "", checked.messages());
  CHECK(definition_of(checked, "划型.从业人员") != "no definition");
  CHECK(definition_of(checked, "划型").find("收入") != std::string::npos);
  CHECK(definition_of(checked, "机器总值").find("机床") != std::string::npos);
  CHECK(definition_of(checked, "年年用电").find("耗电") != std::string::npos);
}

// shows L14.4
TEST_CASE("published names are words of unspaced text, private ones are told to be private") {
  CHECK(with_module("引用 划型 其中 从业人员 = 员工人数\n定义 大 ： 真假 = 划型属于大型、中型\n").messages() == "");
  CHECK(with_module("定义 线 ： 金额 = 门槛 × 2\n").messages() == "");
  CHECK(with_module("定义 线 ： 小数 = 人均 × 2\n").codes() == "R0168");
  CHECK(with_module("引用 人均\n").codes() == "R0168");
  CHECK(with_module("结构 项目\n  企业们 ： 列表 单位\n").codes() == "R0168");
  CHECK(with_module("政策 例 辖区 全国 有效 长期\n  对象 单位\n  补助 1元\n").codes() == "R0168");
}

TEST_CASE("a definition that reads no field is imported as it is") {
  auto const checked = with_module("引用 常数\n定义 双 ： 比率 = 常数 × 2\n");
  CHECK_MESSAGE(checked.messages() == "", checked.messages());
}

TEST_CASE("only fields that are needed have to be there, and a missing one is said once") {
  CHECK(with_module("引用 机器总值 其中 设备 = 机床\n").messages() == "");
  CHECK(with_module("引用 划型\n").codes() == "R0171");
  CHECK(with_module("引用 划型 其中 从业人员 = 营业收入\n").codes() == "R0172");
  CHECK(with_module("引用 划型 其中 从业人员 = 员工人数，从业人员 = 员工人数\n").codes() == "P0206");
  CHECK(with_module("引用 划型 其中 从业人员 = 员工人数，没有的 = 员工人数\n").codes() == "N0103");
}

// shows L14.7
TEST_CASE("an exception of ours is added to what was imported, and to nothing else") {
  auto const checked = with_module("引用 划型 其中 从业人员 = 员工人数\n例外 划型 当 员工人数 1人以下 为 小型\n");
  CHECK_MESSAGE(checked.messages() == "", checked.messages());
  CHECK(definition_of(checked, "划型").find("choose unique") != std::string::npos);
  CHECK(definition_of(checked, "国家标准.划型").find("choose unique") == std::string::npos);
}

TEST_CASE("an import of an import") {
  auto modules = size_of_firms;
  modules.push_back({"省库", "1", R"(使用 国家标准 2024
结构 法人
  人头     ： 人数
  营业收入 ： 金额
公开 引用 划型 其中 从业人员 = 人头
例外 划型 当 人头 5人以下 为 小型
公开 定义 小 ： 真假 = 划型 属于 小型
)"});
  std::string const own = "使用 省库\n结构 企业\n  员工 ： 人数\n  营业收入 ： 金额\n";
  auto const first = check_text(own + "引用 划型 其中 人头 = 员工\n", modules);
  CHECK_MESSAGE(first.messages() == "", first.messages());
  CHECK(definition_of(first, "划型").find("员工") != std::string::npos);
  CHECK(definition_of(first, "划型").find("人头") == std::string::npos);
  auto const second = check_text(own + "引用 小 其中 人头 = 员工 × 2\n例外 小 当 员工 9人以下 为 是\n", modules);
  CHECK_MESSAGE(second.messages() == "", second.messages());
  CHECK(definition_of(second, "小.人头").find("员工") != std::string::npos);
}

// shows L14.3
TEST_CASE("a file sees what it uses itself, and no more") {
  auto const checked = check_files(
      {{"a.hui", firm_and_use + "引用 划型 其中 从业人员 = 员工人数\n"}, {"b.hui", "定义 线 ： 金额 = 门槛 × 2\n"}},
      size_of_firms);
  CHECK(checked.codes() == "N0101");
}

TEST_CASE("what is wrong in a module is said of the module, once") {
  auto modules = size_of_firms;
  modules.front().text += "公开 定义 坏 ： 金额 = 从业人员\n";
  auto const checked = check_text(firm_and_use + "引用 坏 其中 从业人员 = 员工人数\n", modules);
  REQUIRE(checked.diagnostics.all().size() == 1);
  CHECK(checked.sources[checked.diagnostics.all().front().where.file].path() == "国家标准/2024/1.hui");
}

TEST_CASE("policies and tests of a module are not the project's") {
  auto modules = size_of_firms;
  modules.front().text +=
      "公开 政策 例 辖区 全国 有效 长期\n  对象 单位\n  补助 1元\n测试 空\n  已知 单位 甲：从业人员 = 1人\n  期望 甲 "
      "例 = 1元\n";
  auto const checked = check_text(firm_and_use, modules);
  CHECK(checked.messages() == "");
  CHECK(checked.program.policies.empty());
  CHECK(checked.tests.empty());
}

TEST_CASE("very many modules, long chains and circles end in messages") {
  std::string uses;
  for (int i = 0; i < 10000; ++i) uses += "使用 模块" + std::to_string(i) + "\n";
  CHECK(check_text(uses).diagnostics.error_count() >= 1000);

  std::vector<ModuleText> chain;
  for (int i = 0; i < 3000; ++i)
    chain.push_back({"第" + std::to_string(i), "1",
                     (i == 2999 ? "" : "使用 第" + std::to_string(i + 1) + "\n") +
                         std::string("公开 参数 数 ： 比率\n  自 2024-01-01 为 5%\n")});
  CHECK(check_text("使用 第0\n定义 双 ： 比率 = 数 × 2\n", chain).messages() == "");
  chain.back().text += "使用 第1\n";
  CHECK(check_text("使用 第0\n", chain).codes() == "R0165");
  CHECK(check_text("使用 自己\n", {{"自己", "1", "使用 自己\n参数 数 ： 比率\n  自 2024-01-01 为 5%\n"}}).codes() ==
        "R0165");
  CHECK(check_text("使用 甲\n", {{"甲", "1", "使用 乙\n公开 引用 数\n"}, {"乙", "1", "使用 甲\n公开 引用 数\n"}})
            .codes() == "R0165");
}
