// 分档 and 分段 by every hit rule and kind of subject.

#include "tests/property/writer.h"

namespace huiyu::test {

// Rows over a subject that are apart and cover all of it, or conditions of any kind.
std::string Writer::rows(Kind kind, Kind subject, int depth, bool ordered) {
  auto const value = [&] {
    if (!is_number(kind)) return literal(kind);
    return random_.chance(50) ? literal(kind) : "（" + number(kind, depth) + "）";
  };
  auto const otherwise = "；其余：" + value();
  if (subject == Kind::Money) {
    auto const text = of({"1000万元以上：", "2000万元以上："}) + value() + "；" + (ordered ? "" : "不满1000万元 ") +
                      of({"100万元以上：", "333.33元以上："}) + value();
    return text + otherwise;
  }
  if (subject == Kind::Persons) return "1000人以上：" + value() + "；20人以上 不满300人：" + value() + otherwise;
  if (subject == Kind::Grade)
    return "甲等：" + value() + "；" + (random_.chance(50) ? "乙等、丙等：" : "乙等：") + value() + otherwise;
  if (subject == Kind::Industry)
    return random_.pick(Names{"C34", "C 除外 C26"}) + "：" + value() + "；" + (ordered ? "C、F" : "F、K70") + "：" +
           value() + otherwise;
  if (subject == Kind::Region) return "山东省青岛市：" + value() + "；浙江省：" + value() + otherwise;
  if (subject == Kind::Date)
    return "不早于 2024-01-31：" + value() + "；不早于 2023-02-28 早于 2023-07-01：" + value() + otherwise;
  if (subject == Kind::Year) return "2024年：" + value() + "；2021年 至 2022年：" + value() + otherwise;
  return test({}) + "：" + value() + "；" + test({}) + "：" + value() + otherwise;
}

std::string Writer::ladder(Kind kind, int depth) {
  auto const subject = random_.pick(std::vector<Kind>{Kind::Money, Kind::Persons, Kind::Grade, Kind::Industry,
                                                      Kind::Region, Kind::Date, Kind::Year, Kind::Truth, Kind::Truth});
  bool const sums = is_number(kind);
  // Rows that hold together, the greater value first or last.
  if (sums && random_.chance(15))
    return "（分档" + of({" 就高 ", " 各档相加 "}) + own_fact(Kind::Persons) + "：1人以上：" + literal(kind) +
           "；20人以上：（" + leaf(kind, {}) + "）；300人以下：" + literal(kind) + "；其余：" + literal(kind) + "）";
  auto const hit = of({"", "", " 首行", " 首行", " 就高", sums ? " 各档相加" : ""});
  auto const name = subject == Kind::Truth ? "" : " " + own_fact(subject);
  return "（分档" + hit + name + "：" + rows(kind, subject, depth, !hit.empty()) + "）";
}

std::string Writer::marginal() {
  return "（分段 " + leaf(Kind::Money, {}) + "：" +
         of({"不满100万元：5%；100万元以上 不满1000万元：8%；1000万元以上：10%",
             "不满1000万元：3%；1000万元以上：33.3%"}) +
         "）";
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
