// A second kind of records that points at the first, and what is settled between the two.

#include <algorithm>

#include "tests/property/writer.h"

namespace huiyu::test {

namespace {

std::string joined(Names const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : "、") + name;
  return text;
}

}  // namespace

// It has by name what budgets over both go by.
std::string Writer::other_schema() {
  auto& fields = world_.other;
  fields = {{"课题额", Kind::Money, {}, false}, {"申报日期", Kind::Date, {}, false}};
  if (world_.subject != "企业") fields.push_back({"企业", Kind::Text, {}, false});
  for (auto const kind : {Kind::Score, Kind::Count})
    fields.push_back({random_.pick(world_.plain(kind))->name, kind, {}, false});
  auto text = "结构 " + std::string(other_kind) + " 键 " + std::string(other_key) + "\n  " + std::string(other_key) +
              " ： 文本\n  " + std::string(other_reference) + " ： " + world_.subject + "\n";
  for (auto const& field : fields) text += "  " + field.name + " ： " + type_word(world_, field.kind) + "\n";
  return text;
}

std::string Writer::other_policy(int place, bool allotted) {
  auto const read = [&](Kind kind) {
    return std::string(other_reference) + "." + random_.pick(world_.plain(kind))->name;
  };
  auto const number = std::to_string(place + 1);
  auto text = "政策 课题政策" + number + " 编号 K" + number + " 辖区 全国 有效 长期" + of({"", " 考核年度 上年"}) +
              "\n  对象 " + std::string(other_kind) + "\n";
  if (random_.chance(50))
    text += "  条件 " +
            (random_.chance(50)
                 ? read(Kind::Truth)
                 : (random_.chance(50) ? read(Kind::Money) : std::string("课题额")) + " " + bound(money_values)) +
            "\n";
  if (allotted) return text + of({"", "  分担 市 60%、区 40%\n"});
  auto const sum = random_.chance(30) ? read(Kind::Money) : std::string("课题额");
  text += "  奖励 " + of({"（", "（", "（0元 ＋ "}) + sum + " × " + random_.pick(ratio_values) + "，最低 " +
          of({"0元", "0.01元", "100万元"}) + "）";
  if (random_.chance(40)) text += "，最高 " + random_.pick(money_values);
  return text + of({"\n", "\n", "\n  分担 市 60%、区 40%\n"});
}

// Some of both kinds, in any order.
std::string Writer::members_of_both(Names const& own, Names const& other) {
  Names chosen{random_.pick(own), random_.pick(other)};
  for (auto const* more : {&own, &other})
    if (auto const& name = random_.pick(*more); random_.chance(40) && std::ranges::find(chosen, name) == chosen.end())
      chosen.push_back(name);
  for (auto i = chosen.size(); i > 1; --i)
    std::swap(chosen[i - 1], chosen[static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(i)))]);
  return joined(chosen);
}

Names Writer::several() {
  Names all{other_schema()}, paying, handed;
  auto const policies = static_cast<int>(random_.between(1, 3));
  for (int i = 0; i < policies; ++i) {
    bool const allotted = random_.chance(25);
    all.push_back(other_policy(i, allotted));
    (allotted ? handed : paying).push_back("课题政策" + std::to_string(i + 1));
  }
  if (!paying_.empty() && !paying.empty() && random_.chance(80)) {
    auto text = "组合 跨组 每家企业 " + of({"", "每年 "});
    text += of({"就高不重复", "就高不重复", "互斥", "最高"});
    if (text.ends_with("最高")) text += " " + random_.pick(money_values) + " 削减 " + of({"按比例", "按成员次序"});
    all.push_back(text + "\n  成员 " + members_of_both(paying_, paying) + "\n");
  }
  if (!paying_.empty() && !paying.empty() && random_.chance(70)) {
    auto const by_order = " 超出 按 " + world_.other[world_.other.size() - 2].name + " 从高到低";
    all.push_back("预算 跨预算 " + random_.pick(money_values) + of({"", " 每年"}) + stages() + " 用于 " +
                  members_of_both(paying_, paying) +
                  of({" 超出 按比例", " 超出 按比例", " 超出 按申报先后", by_order}) + each_holder() + "\n");
  }
  if (!allotted_.empty() && !handed.empty()) {
    auto const weight = world_.other.back().name;
    all.push_back("预算 跨权重 " + random_.pick(money_values) + of({"", " 每年"}) + stages() + " 分配 按 " +
                  (random_.chance(50) ? weight : "（" + weight + "，最高 " + literal(Kind::Count) + "）") + " 用于 " +
                  members_of_both(allotted_, handed) + each_holder() + "\n");
    // A policy is handed out to from one pool.
    allotted_.clear();
  }
  return all;
}

}  // namespace huiyu::test
