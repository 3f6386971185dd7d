// Pass 1: which names a file declares, line by line, in any order.

#include <string>

#include <doctest/doctest.h>

#include "compiler/parse/parse.h"
#include "compiler/source/source_set.h"

namespace huiyu::parse {
namespace {

std::string kind_of(NameKind kind) {
  static constexpr char const* words[] = {"结构", "名录", "参数", "参照表", "定义", "政策",
                                          "项目", "结算", "字段", "代码",   "简称", "标签"};
  return words[static_cast<std::size_t>(kind)];
}

std::string collect(std::string text) {
  SourceSet sources;
  Dictionary const names = collect_names(sources.add("a.hui", std::move(text)));
  std::string out;
  for (DeclaredName const& name : names.names()) {
    out += kind_of(name.kind) + " " + (name.owner.empty() ? "" : name.owner + ".") + name.text;
    if (!name.element.empty()) out += ":" + name.element;
    out += name.series ? " 逐期" : "";
    out += name.published ? " 公开\n" : "\n";
  }
  return out;
}

TEST_CASE("fields carry what their type holds") {
  CHECK(collect("公开 结构 企业 键 代码\n  代码 ： 文本\n  收入 ： 金额 逐年 自 成立日期\n  设备 ： 列表 设备\n") ==
        "结构 企业 公开\n字段 企业.代码:文本 公开\n字段 企业.收入:金额 逐期 公开\n字段 企业.设备:设备 公开\n");
}

TEST_CASE("items are names only when they stand alone between the kind and the colon") {
  CHECK(collect("政策 甲 编号 1\n  补助 设备补助：1万元\n  奖励 分档 收入：1万元以上：2万元\n  贴息 甲 乙：3元\n  核定 "
                "税额：5元\n") == "政策 甲\n项目 设备补助\n项目 税额\n");
}

TEST_CASE("rows of tiers and tables declare nothing") {
  CHECK(
      collect(
          "定义 划型 ： 规模 = 表 首行：\n  记 X = 人数（人）；Y = 收入（万元）\n  | 行业 | 大型 |\n  | 工业 | X≥1 |\n"
          "定义 档 ： 金额 = 分档 收入：\n  甲 ： 1万元\n  其余 ： 0元\n") ==
      "定义 划型:规模\n简称 X\n简称 Y\n定义 档:金额\n");
}

TEST_CASE("entries of a list, on one line or several, and groups of codes") {
  CHECK(collect("名录 规模 从高到低：大型、\n  中型；\n  「住宿业、餐饮业」\n名录 工业 ： 行业代码 = B、C\n名录 "
                "数据来源：税务 权威；自行申报 申报\n") ==
        "名录 规模\n代码 规模.大型\n代码 规模.中型\n代码 规模.住宿业、餐饮业\n名录 工业\n名录 数据来源\n代码 "
        "数据来源.税务\n代码 数据来源.自行申报\n");
}

TEST_CASE("the title of a test is no name; its records are, for that test") {
  CHECK(collect("测试 大型企业 按30%返还\n  已知 企业 甲：划型 = 大型；\n    企业 乙：同 甲，人数 缺\n  期望 甲 政策 "
                "符合\n") == "标签 甲\n标签 乙\n");
}

TEST_CASE("a definition that belongs to a structure is read after the dot") {
  CHECK(collect("定义 设备.残值 ： 金额 = 原值 × 5%\n") == "字段 设备.残值:金额\n");
}

TEST_CASE("labels and letters stay in their file when names are merged") {
  SourceSet sources;
  Dictionary project;
  project.merge(collect_names(sources.add("a.hui", "测试 一\n  已知 企业 甲：人数 = 1人\n定义 乙 ： 金额 = 1元\n")));
  project.merge(collect_names(sources.add("b.hui", "定义 乙 ： 金额 = 1元\n")));
  CHECK(project.find("甲").empty());
  CHECK(project.find("乙").size() == 2);
  project.merge(collect_names(sources[FileId{0}]));
  CHECK(project.find("乙").size() == 2);
}

TEST_CASE("names of other files are read, and those of this file whatever the order") {
  SourceSet sources;
  Dictionary visible;
  visible.merge(collect_names(sources.add("a.hui", "结构 企业 键 号\n  号 ： 文本\n  研发投入强度 ： 比率\n")));
  SourceFile const& file = sources.add(
      "b.hui", "政策 甲 编号 1 辖区 全国 有效 长期\n  条件研发投入强度3%以上且达标\n定义 达标 ： 真假 = 是\n");
  Diagnostics diagnostics;
  parse(file, visible, diagnostics);
  CHECK_FALSE(diagnostics.has_errors());
}

}  // namespace
}  // namespace huiyu::parse
