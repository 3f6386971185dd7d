#include "tests/property/coverage_words.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/ast/vocabulary.h"

namespace huiyu::test {

namespace {

using ast::Word;

struct NotMade {
  std::string_view words, why;
};

// What no random program holds, and why.
constexpr std::array<NotMade, 8> not_made{{
    {"测试 已知 期望 同 缺 符合 不符合 待核 不适用 错误 待定", "tests of rules, which give no answers of their own"},
    {"组合 预算 群体 全量 分组 缺数 不计 统计 分期 追回 遴选 成员 名次 前 不重复 从晚到早 从早到晚 每档 档 等额 补足",
     "hang on other records; populations.cpp asks for most of them"},
    {"互斥 递进补差 余额 先于 再分配 削减 取 同名次 就高不重复 按 按成员次序 按比例 按申报先后 每户 用于 留存 超出 "
     "分配",
     "decide between pairs; populations.cpp has them"},
    {"每个项目 每个合同 项目",
     "of caps and payments where a policy is about projects or contracts; as 每家企业 is below"},
    {"历史", "in cases of tests; records hold it"},
    {"基准日 申报年度", "heads of tests; as values they are Input AsOf and Input ApplicationYear"},
    {"部门", "a label of a document"},
    {"第", "第2年 is one number"},
}};

// Ways of writing: a name, and what the text of a file then holds.
struct Written {
  std::string_view name, text;
};
constexpr std::array<Written, 54> ways{{
    {"a fact of another record", "上级."},
    {"a series of another record", "上年上级."},
    {"元 for 美元", " × 美元汇率"},
    {"使用 a version", "使用 国标 2024"},
    {"使用 without a version", "使用 省标\n"},
    {"引用 with 其中", " 其中 "},
    {"公开 引用", "公开 引用 "},
    {"公开 结构", "公开 结构 "},
    {"公开 名录", "公开 名录 "},
    {"公开 参数", "公开 参数 "},
    {"例外 elsewhere", "\n例外 "},
    {"文件 for all policies", "文件 \"样例通知"},
    {"a range with marked ends", "（含）至 "},
    {"在 … 内 with marked ends", "（不含） 内"},
    {"a chain of ≤ and ＜", " ≤ "},
    {"a bound on each side", " 不满 2000万元"},
    {"集合 parameter", "试点行业 ： 集合 "},
    {"名录 of codes 除外", "行业代码 = C 除外 "},
    {"名录 of places 除外", "地区 = 山东省、浙江省 除外 "},
    {"其余 of a ladder", "；其余："},
    {"ladder of 除外", "C、F 除外 C26、F51："},
    {"ladder over texts", "\"甲厂\"、\"乙厂\"："},
    {"ladder over months", "2024年1月 至 2024年3月："},
    {"ladder over dates", "不早于 2024-01-31："},
    {"ladder over years", "2021年 至 2022年："},
    {"ladder over a grade's bound", "乙等以上："},
    {"分段 over persons", "元/人；"},
    {"首次 inside 每年", " 每年（出口额 首次"},
    {"近n年 每年", "近3年 每年（"},
    {"近n个月 每月", "近3个月 每月（"},
    {"近n年 inside 近n个月", "个月 每月（近"},
    {"近12个月", "近12个月"},
    {"其中 of months", "个月，其中 当月"},
    {"合计 of a definition's years", "年定义值"},
    {"series of a fact's year", "营收（"},
    {"series of a fact's month", "电耗（"},
    {"增长率 of a month", "增长率（本月"},
    {"增长率 of a definition", "增长率（定义值"},
    {"次年", " 次年）"},
    {"按周年", " 按周年）"},
    {"每满 of persons", "每满10人 "},
    {"nested lists of members", "（四）至少符合 1项：（1）"},
    {"表 with letters", "  记 X = "},
    {"表 of conditions", "  | 情形 | "},
    {"分担 of an item", "分担 市 1份、县 2份"},
    {"停付", "，停付 当 "},
    {"three colours", "；蓝色"},
    {"要求 已核实", "要求 已核实"},
    {"最高 per year", "元 每年"},
    {"最高 in all", "元 累计"},
    {"最高 per calendar year", "元 每自然年"},
    {"最高 of an expression in time", "） 每年\n"},
    {"前身 with a document", "前身 \"样例"},
    {"已付 of a policy that the project has not", "已付（\"别的"},
}};

std::string word_kind(std::string_view spelling) { return "word " + std::string(spelling); }
std::string way_kind(std::string_view name) { return "way " + std::string(name); }

bool is_made(std::string_view spelling) {
  return std::ranges::none_of(not_made, [&](NotMade const& one) {
    auto const words = " " + std::string(one.words) + " ";
    return words.find(" " + std::string(spelling) + " ") != std::string::npos;
  });
}

// Names of the vocabulary (类型, 合计 …) and forms (近3年) are no keywords: they are told by their text.
void add_token(ast::Token const& token, std::string_view text, Kinds& kinds) {
  if (token.kind == ast::TokenKind::Keyword) {
    kinds.insert(word_kind(ast::info(static_cast<Word>(token.keyword)).zh));
    return;
  }
  for (std::size_t i = 1; i < ast::word_count(); ++i) {
    auto const& info = ast::info(static_cast<Word>(i));
    bool const form = (info.acts & ast::acts::form) != 0;
    if (text == info.zh || (form && text.starts_with(info.zh))) kinds.insert(word_kind(info.zh));
  }
}

void add_file(ast::File const& file, SourceFile const& source, Kinds& kinds) {
  for (auto const& token : file.tokens)
    if (token.span.begin < token.span.end) add_token(token, source.slice(token.span), kinds);
  for (auto const& way : ways)
    if (source.text().find(way.text) != std::string_view::npos) kinds.insert(way_kind(way.name));
}

}  // namespace

void add_written(driver::Project const& project, Kinds& kinds) {
  Kinds all;
  for (auto const& file : project.files) add_file(file, project.sources[file.file], all);
  for (auto const& module : project.modules)
    for (auto const& file : module.files) add_file(file, project.sources[file.file], all);
  for (auto const& kind : all)
    if (!kind.starts_with("word ") || is_made(std::string_view(kind).substr(5))) kinds.insert(kind);
}

void expect_written(std::map<std::string, std::int64_t>& kinds) {
  for (std::size_t i = 1; i < ast::word_count(); ++i)
    if (auto const spelling = ast::info(static_cast<Word>(i)).zh; is_made(spelling)) kinds[word_kind(spelling)];
  for (auto const& way : ways) kinds[way_kind(way.name)];
}

}  // namespace huiyu::test
