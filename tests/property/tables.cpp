// Decision tables and reference tables.

#include "tests/property/writer.h"

namespace huiyu::test {

std::string Writer::table(std::string const& name) {
  if (random_.chance(25)) return table_of_conditions(name);
  auto const persons = own_fact(Kind::Persons), money = own_fact(Kind::Money);
  auto const letters = "\n  记 X = " + persons + "（人）；Y = " + money + "（万元）\n";
  if (random_.chance(50))
    return "定义 " + name + " ： " + world_.grade_type + " = 表 首行 " + own_fact(Kind::Trade) + "：" + letters +
           "  | 类目 | 甲等 | 乙等 | 丙等 |\n" + "  | 制造类 | X≥1000 Y≥1000 | X≥300 Y≥100 | 其余 |\n" +
           "  | 服务类 | Y≥2000 | X≥20 | 其余 |\n" + "  | 其余 | - | X＞299 | 其余 |\n";
  return "定义 " + name + " ： " + world_.grade_type + " = 表 首行 " + own_fact(Kind::Industry) + "：" + letters +
         "  | 类目 | 甲等 | 乙等 | 丙等 |\n" + "  | C、F 除外 C26 | X≥1000 | 20≤X＜300 | 其余 |\n" +
         "  | I65 | Y≥2000 X≥20 | Y≥100 | 其余 |\n" + "  | 其余 | 其余 | - | - |\n";
}

// Rows keyed by conditions, cells that name facts.
std::string Writer::table_of_conditions(std::string const& name) {
  auto const persons = own_fact(Kind::Persons), money = own_fact(Kind::Money);
  return "定义 " + name + " ： " + world_.grade_type + " = 表 首行：\n" + "  | 情形 | 甲等 | 乙等 | 丙等 |\n  | " +
         test({}) + " | " + persons + "≥300人 | " + money + "＜1000万元 " + persons + "＞20人 | 其余 |\n  | " +
         class_test() + " | 其余 | - | - |\n  | 其余 | - | 20人≤" + persons + "≤1000人 | 其余 |\n";
}

std::string Writer::lookup(Kind kind) {
  if (kind == Kind::Money) return std::string(table_by_industry) + "（" + own_fact(Kind::Industry) + "）";
  if (kind == Kind::Ratio)
    return std::string(table_by_grade) + "（" + of({own_fact(Kind::Grade), "甲等"}) + "，" +
           of({"本年", "上年", own_fact(Kind::Year)}) + "）";
  return leaf(kind, {});
}

}  // namespace huiyu::test
