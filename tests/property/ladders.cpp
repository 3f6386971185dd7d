// 分档 and 分段 by every hit rule and kind of subject.

#include "tests/property/writer.h"

namespace huiyu::test {

// Bounds or marked ranges of a subject that is a number; what is below them is left to 其余.
std::string Writer::number_rows(Kind subject, bool ordered, std::string const& first, std::string const& second) {
  auto const& [low, high] = steps_of(subject);
  switch (random_.below(4)) {
    case 0: return high + "以上：" + first + "；" + (ordered ? "" : "不满" + high + " ") + low + "以上：" + second;
    case 1: return low + "（含）至 " + high + "（不含）：" + first + "；" + high + "以上：" + second;
    case 2: return low + "以下：" + first + "；超过" + low + (ordered ? "" : " 不满" + high) + "：" + second;
    default: return "不满" + low + "：" + first + "；" + low + "以上 " + high + "以下：" + second;
  }
}

// Rows over a subject that are apart and cover all of it, or conditions of any kind.
std::string Writer::rows(Kind kind, Kind subject, int depth, bool ordered, Place place) {
  auto const value = [&] {
    if (!is_number(kind)) return literal(kind);
    return random_.chance(50) ? literal(kind) : "（" + number(kind, depth, place) + "）";
  };
  auto const otherwise = "；其余：" + value();
  if (subject == Kind::Money && random_.chance(50)) {
    auto const text = of({"1000万元以上：", "2000万元以上："}) + value() + "；" + (ordered ? "" : "不满1000万元 ") +
                      of({"100万元以上：", "333.33元以上："}) + value();
    return text + otherwise;
  }
  if (subject == Kind::Persons && random_.chance(50))
    return "1000人以上：" + value() + "；20人以上 不满300人：" + value() + otherwise;
  if (is_number(subject)) return number_rows(subject, ordered, value(), value()) + otherwise;
  if (subject == Kind::Grade) {
    if (random_.chance(30)) return "乙等以上：" + value() + otherwise;
    return "甲等：" + value() + "；" + (random_.chance(50) ? "乙等、丙等：" : "乙等：") + value() + otherwise;
  }
  if (subject == Kind::Trade) return "制造类、服务类：" + value() + otherwise;
  if (subject == Kind::Text) return "\"甲厂\"、\"乙厂\"：" + value() + "；\"外资\"：" + value() + otherwise;
  if (subject == Kind::Industry) {
    if (random_.chance(30)) return "C、F 除外 C26、F51：" + value() + "；I65：" + value() + otherwise;
    return random_.pick(Names{"C34", "C 除外 C26"}) + "：" + value() + "；" + (ordered ? "C、F" : "F、K70") + "：" +
           value() + otherwise;
  }
  if (subject == Kind::Region)
    return of({"山东省青岛市：", "山东省青岛市、浙江省杭州市："}) + value() + "；" +
           (ordered ? "浙江省：" : "浙江省台州市：") + value() + otherwise;
  if (subject == Kind::Date)
    return "不早于 2024-01-31：" + value() + "；不早于 2023-02-28 早于 2023-07-01：" + value() + otherwise;
  if (subject == Kind::Year) return "2024年：" + value() + "；2021年 至 2022年：" + value() + otherwise;
  if (subject == Kind::Month) return "2024年1月 至 2024年3月：" + value() + "；早于 2023年12月：" + value() + otherwise;
  return test(place) + "：" + value() + "；" + test(place) + "：" + value() + otherwise;
}

std::string Writer::ladder(Kind kind, int depth, Place place) {
  auto const subject =
      random_.pick(std::vector<Kind>{Kind::Money, Kind::Persons, Kind::Grade, Kind::Industry, Kind::Region, Kind::Date,
                                     Kind::Year, Kind::Truth, Kind::Truth, Kind::Truth, Kind::Month, Kind::Text,
                                     Kind::Trade, measured_kind(), static_cast<Kind>(random_.below(number_kinds))});
  bool const sums = is_number(kind);
  // Rows that hold together, the greater value first or last.
  if (sums && random_.chance(15))
    return "（分档" + of({" 就高 ", " 各档相加 "}) + own_fact(Kind::Persons) + "：1人以上：" + literal(kind) +
           "；20人以上：（" + leaf(kind, place) + "）；300人以下：" + literal(kind) + "；其余：" + literal(kind) + "）";
  auto const hit = of({"", " 唯一", " 首行", " 首行", " 就高", sums ? " 各档相加" : ""});
  auto const name = subject == Kind::Truth ? "" : " " + (is_number(subject) ? leaf(subject, place) : own_fact(subject));
  return "（分档" + hit + name + "：" + rows(kind, subject, depth, !hit.empty() && hit != " 唯一", place) + "）";
}

std::string Writer::marginal(Kind kind) {
  auto const rate = [&] {
    return random_.chance(70) ? of({"3%", "5%", "8%", "33.3%", "100%"}) : "（" + leaf(Kind::Ratio, {}) + "）";
  };
  auto const brackets = [&](Kind subject, auto each) {
    auto const& [low, high] = steps_of(subject);
    auto const name = "（分段 " + leaf(subject, {}) + "：";
    switch (random_.below(3)) {
      case 0: return name + "不满" + high + "：" + each() + "；" + high + "以上：" + each() + "）";
      case 1: return name + low + "（含）至 " + high + "（不含）：" + each() + "；" + high + "以上：" + each() + "）";
      default:
        return name + "不满" + low + "：" + each() + "；" + low + "以上 不满" + high + "：" + each() + "；" + high +
               "以上：" + each() + "）";
    }
  };
  if (kind == Kind::Money && random_.chance(25))
    return brackets(Kind::Persons, [&] { return of({"100元/人", "0.01元/人", "2000元/人"}); });
  if (kind == Kind::Money && random_.chance(15))
    return brackets(Kind::Area, [&] { return of({"200元/亩", "0.5元/亩", "0元/亩"}); });
  return brackets(kind, rate);
}

// `complete`: inside an expression, where some row must hold.
std::string Writer::year_count(Kind kind, int depth, bool complete) {
  bool const by_date = random_.chance(40);
  auto const text = "分档 年次（自 " + own_fact(by_date || random_.chance(40) ? Kind::Date : Kind::Year) +
                    (by_date ? of({"", " 次年"}) : of({"", " 次年"})) + "）：第1年：" + literal(kind) +
                    "；第2年至第3年：" + (random_.chance(50) ? own_fact(kind) : "（" + number(kind, depth) + "）");
  auto const anniversaries =
      "分档 年次（自 " + own_fact(Kind::Date) + " 按周年）：第1年：" + literal(kind) + "；第2年：" + own_fact(kind);
  auto const& chosen = random_.chance(40) ? anniversaries : text;
  return complete ? "（" + chosen + "；其余：" + literal(kind) + "）" : chosen;
}

}  // namespace huiyu::test
