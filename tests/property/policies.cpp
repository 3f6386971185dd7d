// 定义 and 政策.

#include "tests/property/writer.h"

namespace huiyu::test {

std::string Writer::definition(int place) {
  auto const name = "定义值" + std::string(1, static_cast<char>('A' + place));
  auto const declare = [&](Kind kind) { world_.definitions.push_back({name, kind, {}, false}); };
  switch (random_.below(13)) {
    case 0: {
      auto const text = table(name);
      declare(Kind::Grade);
      return text;
    }
    case 1: {
      // Exceptions beside the rule, and by another author at the end of the file: such that only a record can say
      // whether both hold, or the checker would refuse them.
      auto const text = "定义 " + name + " ： 比率\n  一般 " + ratio(1) + "\n  例外 当 " + condition(1) + " 为 " +
                        random_.pick(ratio_values) + "\n";
      if (random_.chance(60))
        elsewhere_ += "例外 " + name + " 当 " + quantified(0) + " 为 " + random_.pick(ratio_values) + "\n";
      declare(Kind::Ratio);
      return text;
    }
    case 2: {
      auto const text = "定义 " + name + " ： " + world_.grade_type + " = 分档 首行 " + own_fact(Kind::Money) +
                        "：1000万元以上：" + literal(Kind::Grade) + "；" + bound(money_values) + "：" +
                        literal(Kind::Grade) + "；其余：" + literal(Kind::Grade) + "\n";
      declare(Kind::Grade);
      return text;
    }
    case 3: {
      auto const text = "定义 " + name + " ： 真假 = " + condition(2) + "\n";
      declare(Kind::Truth);
      return text;
    }
    case 4: {
      auto const text = "定义 " + name + " ： 日期 = " + date(1) + "\n";
      declare(Kind::Date);
      return text;
    }
    case 5: {
      auto const& list = world_.lists.front();  // 投资 is its own fact: those of the record are not seen here
      auto const of_item =
          of({"投资 × ", "（投资 ＋ 0.01元）× ", "（投资，最高 100万元）× "}) + random_.pick(ratio_values);
      auto const text = "定义 " + list.name + "." + name + " ： 金额 = " + of_item + "\n";
      world_.item_definitions.push_back({name, Kind::Money, {}, false});
      return text;
    }
    case 6: {
      auto const text = "定义 " + name + " ： 比率 保留" + of({"2", "4"}) + "位小数 = " + ratio(1) + "\n";
      declare(Kind::Ratio);
      return text;
    }
    case 7: {
      auto const text = "定义 " + name + " ： 真假 = " + joined_list() + "\n";
      declare(Kind::Truth);
      return text;
    }
    case 8: {
      // One that a comparison sees through: it is decided as soon as one member decides it.
      auto const kind = measured_kind();
      auto const text = "定义 " + name + " ： " + type_word(world_, kind) + " = （" + leaf(kind, {}) + "，" +
                        number(kind, 1) + "）" + of({"孰高", "孰低"}) + "\n";
      declare(kind);
      return text;
    }
    case 9:
      for (auto const* monthly : world_.series(Kind::Energy)) {
        auto const text = "定义 " + name + " ： 电量 = 本月" + monthly->name + " × 60%\n";
        world_.definitions.push_back({name, Kind::Energy, Series::Monthly, false});
        return text;
      }
      break;
    default: break;
  }
  auto const kind = measured_kind();
  auto const text = "定义 " + name + " ： " + type_word(world_, kind) + " = " + number(kind, 2) + "\n";
  declare(kind);
  return text;
}

std::string Writer::policy(int place) {
  auto const number = std::to_string(place + 1);
  auto const mood = random_.pick(std::vector<Mood>{Mood::Mixed, Mood::Mixed, Mood::Mixed, Mood::Paying, Mood::Erring,
                                                   Mood::Erring, Mood::Erring, Mood::Erring});
  auto const region = own_fact(Kind::Region);
  auto text = "政策 政策" + number + " 编号 P" + number + " 辖区 " +
              (random_.chance(85) ? "全国" : of({"山东省", "山东省青岛市"}) + "（" + region + "）") + " 有效 " +
              (random_.chance(90) ? "长期" : of({"2024-02-29 至 2024-12-31", "2023-12-31 至 2024-06-30"})) +
              (random_.chance(30) ? " 考核年度 上年" : "") + "\n";
  if (random_.chance(10)) text += "  对象 " + world_.subject + " 其中 " + condition(1) + "\n";
  text += lines_of_condition(mood);
  text += conclusion(mood);
  if (random_.chance(25)) text += alert();
  return text;
}

std::string Writer::lines_of_condition(Mood mood) {
  std::string text;
  if (mood != Mood::Mixed) {
    if (random_.chance(50)) text += "  条件 " + own_fact(Kind::Truth) + " 或 " + condition(1) + "\n";
    return text;
  }
  if (random_.chance(60)) text += "  条件 " + condition(static_cast<int>(random_.below(3))) + "\n";
  if (random_.chance(20)) text += "  条件 " + ratio(1) + of({" 不低于 ", " 低于 "}) + random_.pick(ratio_values) + "\n";
  if (random_.chance(25)) text += "  条件 " + joined_list() + "\n";
  if (random_.chance(20)) text += "  除外 " + (random_.chance(30) ? joined_list() : condition(1)) + "\n";
  return text;
}

std::string Writer::alert() {
  return "  预警 预警项 红色" + of({"", "，停付"}) + " 当 " + condition(1) + "；黄色 当 " + condition(1) + "\n";
}

std::string Writer::amount(Mood mood) {
  switch (mood) {
    case Mood::Mixed:
      if (random_.chance(5)) return wide_sum();
      return number(Kind::Money, static_cast<int>(random_.below(4)));
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
  switch (random_.below(12)) {
    case 0: return "  认定 " + grade(1) + "\n";
    case 1: return "  认定 分档 首行：" + test({}) + "：甲等；" + test({}) + "：乙等；其余：丙等\n";
    case 2: {
      // Halves below zero, which no amount shows.
      if (random_.chance(40))
        return "  核定 指标数：（" + leaf(Kind::Decimal, {}) + " × " + of({"100%", "50%"}) + "）保留" + of({"0", "1"}) +
               "位小数" + of({"", "舍去", "进一", "四舍六入五成双"}) + "\n";
      auto const kind = measured_kind();
      return "  核定 " + of({"税额数：", "指标数："}) + number(kind, 2) + "\n";
    }
    case 3: return "  列入 培育名单\n";
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
  for (std::int64_t i = 0; i < items; ++i) {
    text += "  " + of({"补助", "奖励", "贴息"}) + " " + (items > 1 ? "款项" + std::to_string(i + 1) + "：" : "") +
            amount(mood);
    if (random_.chance(40)) text += "，" + of({"最高 ", "最高 ", "最低 "}) + random_.pick(money_values);
    if (random_.chance(20)) text += "，" + rounding(Kind::Money);
    if (random_.chance(mood == Mood::Mixed ? 30 : 8)) text += "，当 " + condition(1);
    text += "\n";
  }
  if (random_.chance(30))
    text += "  最高 " + (random_.chance(70) ? random_.pick(money_values) : "（" + money(1) + "）") + "\n";
  if (random_.chance(30))
    text += of({"  分担 省 40%、市 30%、县 30%\n", "  分担 财政 1份、银行 1份\n", "  分担 省 1份、市 1份、县 1份\n"});
  return text;
}

}  // namespace huiyu::test
