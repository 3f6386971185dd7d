#include <doctest/doctest.h>

#include "compiler/format/diff.h"
#include "compiler/format/same_rules.h"
#include "tests/unit/compiler_format/reading.h"

namespace huiyu::format::test {
namespace {

TEST_CASE("changes are shown with the lines around them") {
  CHECK(show_changes("甲\n乙\n", "甲\n乙\n").empty());
  CHECK(show_changes("甲\n\n\n乙\n丙\n丁\n", "甲\n\n乙\n 丙\n丁\n") ==
        "@@ -2,5 +2,4 @@\n"
        " \n"
        "-\n"
        " 乙\n"
        "-丙\n"
        "+ 丙\n"
        " 丁\n");
  CHECK(show_changes("甲", "甲\n") == "\\ 文件末尾 / end of file\n");
  CHECK(show_changes("甲\n\n", "甲\n") == "@@ -1,2 +1,1 @@\n 甲\n-\n");
}

TEST_CASE("far changes are apart") {
  CHECK(show_changes("a\nb\nc\nd\ne\nf\n", "A\nb\nc\nd\ne\nF\n") ==
        "@@ -1,2 +1,2 @@\n"
        "-a\n"
        "+A\n"
        " b\n"
        "@@ -5,2 +5,2 @@\n"
        " e\n"
        "-f\n"
        "+F\n");
}

TEST_CASE("rules are the same only if they say the same") {
  auto const read_it = [](std::string text) {
    return read("a.hui", "结构 企业 键 编码\n  编码 ： 文本\n  人数 ： 人数\n定义 " + text, {});
  };
  Reading const words = read_it("够 ： 真假 = 人数 超过20人\n");
  CHECK(same_rules(words.file, read_it("够：真假=人数>20人  # 说明\n\n").file));
  CHECK_FALSE(same_rules(words.file, read_it("够 ： 真假 = 人数 不低于20人\n").file));
  CHECK_FALSE(same_rules(words.file, read_it("够 ： 真假 = 人数 超过20.0人\n").file));
  CHECK_FALSE(same_rules(words.file, read_it("够 ： 真假 = 20人 超过 人数\n").file));
}

TEST_CASE("what cannot be read is refused, with the place") {
  auto const refused = [](std::string text) {
    Reading const reading = read("a.hui", std::move(text), {});
    Result<std::string> const laid_out = format(reading.file, reading.source());
    return laid_out.has_value() ? std::string()
                                : laid_out.error().message.substr(0, laid_out.error().message.find(": "));
  };
  CHECK(refused("结构 企业 键 编码\n  编码 ： 文本\n").empty());
  CHECK(refused("结构 企业 键 编码\n  编码 文本\n") == "a.hui:2:3");
  CHECK(refused("政策 甲 编号 1\n  条件 不认识\n") == "a.hui:2:6");
  CHECK(refused("前言\n") == "a.hui:1:1");
  CHECK(refused("政策 甲 编号 1\n  补助 （1元\n") == "a.hui:2:6");
  CHECK(refused(std::string("结构 \xFF")) == "a.hui:1:4");
}

TEST_CASE("files of other systems keep their line ends and their mark") {
  CHECK(lay_out("a.hui", "\xEF\xBB\xBF结构 企业 键 编码\r\n\r\n\r\n  编码:文本 # 号\r\n", {}) ==
        "\xEF\xBB\xBF结构 企业 键 编码\r\n\r\n  编码 ： 文本  # 号\r\n");
  CHECK(lay_out("a.hui", "", {}).empty());
  CHECK(lay_out("a.hui", "\n\n# 只有说明", {}) == "# 只有说明\n");
  CHECK(lay_out("a.hui", "名录 甲：乙 # 末行没有换行", {}) == "名录 甲：乙  # 末行没有换行\n");
}

TEST_CASE("a comment stands with the line it belongs to, however often it is laid out") {
  auto const settle = [](std::string const& name, std::string const& text) {
    std::string const once = lay_out(name, text, {});
    CHECK(lay_out(name, once, {}) == once);
    return once;
  };
  CHECK(settle("a.hui",
               "结构 企业 键 编码\n"
               "# 一\n"
               "    编码:文本\n"
               "  # 二\n"
               "\n"
               "# 三\n"
               "  人数:人数\n"
               "# 四\n"
               "\n"
               "# 五\n"
               "结构 项目\n"
               " 名:文本\n"
               " # 六") ==
        "结构 企业 键 编码\n"
        "  # 一\n"
        "  编码 ： 文本\n"
        "  # 二\n"
        "\n"
        "  # 三\n"
        "  人数 ： 人数\n"
        "# 四\n"
        "\n"
        "# 五\n"
        "结构 项目\n"
        "  名 ： 文本\n"
        "  # 六\n");
  CHECK(settle("a.hui",
               "结构 企业 键 编码\n"
               "  编码:文本\n"
               "  人数:人数\n"
               "名录 级:甲、乙\n"
               "定义 等 ： 级 = 分档 人数：\n"
               "20人以上：甲\n"
               "其余：乙\n"
               "# 行\n"
               "\n"
               "#  下\n"
               "定义 二 ： 级 = 乙\n") ==
        "结构 企业 键 编码\n"
        "  编码 ： 文本\n"
        "  人数 ： 人数\n"
        "名录 级：甲、乙\n"
        "定义 等 ： 级 = 分档 人数：\n"
        "  20人以上 ： 甲\n"
        "  其余     ： 乙\n"
        "# 行\n"
        "\n"
        "#  下\n"
        "定义 二 ： 级 = 乙\n");
  CHECK(settle("a.hui.md",
               "文\n"
               "\n"
               "  ```hui\n"
               "  名录 级:甲\n"
               "  # 级\n"
               "\n"
               "  名录 类:乙\n"
               "  ```\n") ==
        "文\n"
        "\n"
        "  ```hui\n"
        "  名录 级：甲\n"
        "  # 级\n"
        "\n"
        "  名录 类：乙\n"
        "  ```\n");
}

}  // namespace
}  // namespace huiyu::format::test
