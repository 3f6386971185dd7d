// 政策.

#include <algorithm>

#include "tests/property/writer.h"

namespace huiyu::test {

std::string Writer::head(int place) {
  auto const number = std::to_string(place + 1);
  auto text = "政策 政策" + number + " 编号 P" + number;
  if (random_.chance(20)) text += " 依据 第" + number + "条";
  // What is decided between records cannot be paid without asking.
  if (random_.chance(10)) text += world_.population ? " 看板 企业服务" : " 看板 企业服务 兑现 免申即享";
  if (!world_.document || random_.chance(50)) {
    text += " 辖区 ";
    text += random_.chance(85)
                ? "全国"
                : of({"山东省", "山东省青岛市", "山东省青岛市、浙江省"}) + "（" + own_fact(Kind::Region) + "）";
  }
  if (!world_.document || random_.chance(50)) {
    text += " 有效 ";
    text += random_.chance(88) ? "长期"
                               : of({"2024-02-29 至 2024-12-31", "2023-12-31 至 2024-06-30", "2024-01-01", "2024年",
                                     "2024年3月", "2023年12月 至 2024年6月"});
  }
  if (random_.chance(30)) text += " 考核年度 " + of({"上年", "上年", "上年", "2023年", "本年"});
  return text + earlier(place);
}

std::string Writer::policy(int place) {
  // Where pairs are settled more should be paid, and fewer sums be errors, than where each is computed alone.
  static std::vector<Mood> const alone{Mood::Mixed,  Mood::Mixed,  Mood::Mixed,  Mood::Paying, Mood::Erring,
                                       Mood::Erring, Mood::Erring, Mood::Erring, Mood::Erring},
      settled{Mood::Mixed, Mood::Mixed, Mood::Paying, Mood::Paying, Mood::Paying, Mood::Paying, Mood::Erring};
  auto const mood = random_.pick(world_.population ? settled : alone);
  bool const allotted = world_.population && random_.chance(20);
  // A ladder whose rows are paid once each is all that its policy pays.
  auto const tiered = world_.population && world_.payments && !allotted && random_.chance(25) ? tiers() : std::string();
  auto text = head(place) + (tiered.empty() ? once() : " 只奖一次 每档") + "\n";
  if (world_.payments && random_.chance(25)) text += "  " + of({"除外 ", "条件 没有 "}) + enjoyed() + "\n";
  if (random_.chance(10)) text += "  对象 " + world_.subject + " 其中 " + condition(1) + "\n";
  if (world_.sources == Sources::Authority ? random_.chance(50) : world_.sources == Sources::Any && random_.chance(5))
    text += "  要求 已核实\n";
  if (shares_) text += said_before();
  text += lines_of_condition(mood);
  auto const concluded = allotted ? std::string() : tiered.empty() ? conclusion(mood) : tiered;
  text += concluded;
  named_.push_back("政策" + std::to_string(place + 1));
  if (allotted)
    allotted_.push_back(named_.back());
  else if (std::ranges::none_of(Names{"  认定 ", "  核定 ", "  列入 ", "  处置 "},
                                [&](auto const& word) { return concluded.starts_with(word); }))
    paying_.push_back(named_.back());
  bool const pays = !paying_.empty() && paying_.back() == named_.back();
  if (world_.population && pays && random_.chance(35)) text += instalments();
  if (world_.population && world_.payments && random_.chance(30)) text += asked_back();
  if (world_.population && random_.chance(40)) text += selection();
  if (random_.chance(25)) text += alert();
  return text;
}

// Policies of one release share much of what they ask.
std::string Writer::said_before() {
  if (said_.empty() || random_.chance(40))
    said_.push_back("  条件 " + of({"", "", "没有 "}) + own_fact(Kind::Truth) +
                    (random_.chance(40) ? " 且 " + own_fact(Kind::Money) + bound(money_values) : "") + "\n");
  auto text = random_.pick(said_);
  if (auto const& other = random_.pick(said_); other != text && random_.chance(40)) text += other;
  return text;
}

std::string Writer::lines_of_condition(Mood mood) {
  std::string text;
  if (mood != Mood::Mixed) {
    if (random_.chance(50)) text += "  条件 " + own_fact(Kind::Truth) + " 或 " + condition(1) + "\n";
    return text;
  }
  if (random_.chance(60)) text += "  条件 " + condition(static_cast<int>(random_.below(3)) + deeper_) + "\n";
  if (random_.chance(20)) text += "  条件 " + ratio(1) + of({" 不低于 ", " 低于 "}) + random_.pick(ratio_values) + "\n";
  if (random_.chance(25)) text += "  条件 " + joined_list() + "\n";
  if (random_.chance(20)) text += "  除外 " + (random_.chance(30) ? joined_list() : condition(1)) + "\n";
  return text;
}

std::string Writer::alert() {
  auto text = "  预警 预警项 红色" + of({"", "，停付"}) + " 当 " + condition(1) + "；黄色 当 " + condition(1) +
              of({"", " 依据 第九条"});
  if (random_.chance(30)) text += "；蓝色" + of({"", "，停付"}) + " 当 " + test({});
  text += "\n";
  if (random_.chance(15)) text += "  预警 附项 橙色 当 " + test({}) + "\n";
  return text;
}

std::string Writer::amount(Mood mood) {
  switch (mood) {
    case Mood::Mixed:
      if (random_.chance(5)) return wide_sum();
      return number(Kind::Money, static_cast<int>(random_.below(4)) + deeper_);
    case Mood::Paying: return "（" + number(Kind::Money, 1) + "，最低 " + of({"0元", "0.01元", "100万元"}) + "）";
    case Mood::Erring: break;
  }
  // Below zero, divided by zero, of nothing.
  auto const by_list = of({"平均", "最大", "最小", "中位"}) + "（" + world_.lists.front().name + ".投资，其中 " +
                       test({&world_.lists.front()}) + "）";
  switch (random_.below(5)) {
    case 0: return "（" + leaf(Kind::Money, {}) + " − " + number(Kind::Money, 1) + "）";
    case 1: return "（" + leaf(Kind::Money, {}) + " × " + ratio(1) + "）";
    case 2: return by_list;
    case 3:
      return "（" + leaf(Kind::Money, {}) + " ÷ " + leaf(Kind::Persons, {}) + " × " + leaf(Kind::Persons, {}) + "）";
    default: return "（−" + leaf(Kind::Money, {}) + " ＋ " + by_list + "）";
  }
}

std::string Writer::conclusion(Mood mood) {
  if (mood == Mood::Erring) return items(mood);
  auto const when = [&] { return random_.chance(20) ? " 当 " + condition(1) : ""; };
  // A class may be a figure too.
  if (world_.population && random_.chance(5)) {
    auto const kind = measured_kind();
    return "  认定 " + number(kind, 1) + (random_.chance(30) ? "，" + rounding(kind) : "") + when() + "\n";
  }
  switch (random_.below(14)) {
    case 0: return "  认定 " + grade(1) + when() + "\n";
    case 1: return "  认定 分档 首行：" + test({}) + "：甲等；" + test({}) + "：乙等；其余：丙等\n";
    case 2: {
      // Halves below zero, which no amount shows.
      if (random_.chance(40))
        return "  核定 指标数：（" + leaf(Kind::Decimal, {}) + " × " + of({"100%", "50%"}) + "）保留" + of({"0", "1"}) +
               "位小数" + of({"", "舍去", "进一", "四舍六入五成双"}) + "\n";
      auto const kind = measured_kind();
      return "  核定 " + of({"税额数：", "指标数："}) + number(kind, 2) + "\n";
    }
    case 3:
    case 6: return of({"  列入 培育名单", "  处置 约谈"}) + when() + "\n";
    case 12: {
      // Without its brackets.
      auto text = marginal(Kind::Money);
      auto const bracket = std::string_view("（").size();
      return "  奖励 " + text.substr(bracket, text.size() - 2 * bracket) + "\n";
    }
    case 13:
      return "  核定 " + of({"指标数：", "缴费数："}) + number(measured_kind(), 1) + "，" + rounding(Kind::Decimal) +
             when() + "\n";
    case 4: return "  奖励 " + year_count(Kind::Money, 1, false) + "\n";
    case 5:
      return "  奖励 分档 " + own_fact(Kind::Money) + "：1000万元以上 不满4亿元：" + random_.pick(money_values) +
             "；4亿元以上：（" + money(1) + "）\n";
    default: return items(mood);
  }
}

std::string Writer::items(Mood mood) {
  std::string text;
  auto const items = random_.chance(60) ? 1 : random_.between(2, 3);
  bool shared_by_item = false;
  for (std::int64_t i = 0; i < items; ++i) {
    text += "  " + of({"补助", "奖励", "贴息", "补贴", "资助", "返还"}) + " " +
            (items > 1 ? "款项" + std::to_string(i + 1) + "：" : "") + amount(mood);
    if (random_.chance(40)) {
      auto const cap = of({"最高 ", "最高 ", "最低 "});
      text += "，" + cap + random_.pick(money_values) + (cap == "最高 " ? over_time() : "");
    }
    if (random_.chance(20)) text += "，" + rounding(Kind::Money);
    if (random_.chance(mood == Mood::Mixed ? 30 : 8)) text += "，当 " + condition(1);
    if (items > 1 && i == 0) shared_by_item = random_.chance(8);
    if (shared_by_item && i == 0) text += " 分担 市 1份、县 2份";
    text += "\n";
  }
  if (random_.chance(world_.payments ? 45 : 30))
    text += "  最高 " +
            (random_.chance(world_.payments ? 40 : 60) ? random_.pick(money_values) : "（" + money(1) + "）") +
            over_time() + "\n";
  if (world_.payments && random_.chance(15))
    text += "  最高 " + random_.pick(money_values) + " 每年，最高 " + random_.pick(money_values) + " 累计\n";
  if (random_.chance(8)) text += "  最低 " + random_.pick(money_values) + "\n";
  if (random_.chance(4)) text += "  最低 0.05元，最高 （" + money(0) + "）\n";
  if (!shared_by_item && random_.chance(30))
    text += of({"  分担 省 40%、市 30%、县 30%\n", "  分担 财政 1份、银行 1份\n", "  分担 省 1份、市 1份、县 1份\n"});
  return text;
}

}  // namespace huiyu::test
