#include "tests/property/generator.h"

namespace huiyu::test {

namespace {

using Names = std::vector<std::string>;

// Literals of rules and values of records are drawn from the same few, so that they meet at boundaries.
Names const money_values{"0.01元",   "0元",   "100万元",  "1000万元",     "1.5亿元",
                         "2000万元", "4亿元", "333.33元", "49999999.99元"};
Names const person_values{"0人", "1人", "20人", "300人", "1000人", "299人"};
Names const ratio_values{"0%", "3%", "5.5%", "60%", "100%", "0.5‰", "33.3%"};
Names const grades{"甲等", "乙等", "丙等"};
Names const industries{"C", "C34", "C3411", "C16", "F51", "F", "K7010", "K70", "I65"};
Names const regions{"山东省青岛市", "山东省", "山东省青岛市崂山区", "浙江省台州市"};

constexpr std::string_view schema = R"(结构 企业 键 编号
  编号 ： 文本
  注册地 ： 地区
  行业 ： 行业代码
  员工 ： 人数 范围 0人 至 300万人
  研发人员 ： 人数 范围 0人 至 300万人
  收入 ： 金额
  成本 ： 金额
  结余 ： 金额
  税率 ： 比率
  守信 ： 真假
  新办 ： 真假
  等级 ： 等级
  项目 ： 列表 项目
结构 项目
  投资 ： 金额
  岗位 ： 人数 范围 0人 至 1万人
  完工 ： 真假
名录 等级 从高到低：甲等、乙等、丙等
名录 重点行业 ： 行业代码 = C34、I65
)";

class Writer {
 public:
  explicit Writer(RandomSource& random) : random_(random) {}

  std::string rules() {
    std::string text(schema);
    auto definitions = static_cast<int>(random_.below(3));
    for (int i = 0; i < definitions; ++i) text += definition(i);
    auto policies = random_.between(1, 3);
    for (std::int64_t i = 0; i < policies; ++i) text += policy(i);
    return text;
  }

 private:
  std::string of(std::string_view a) { return std::string(a); }

  // ---- values ----

  std::string money_field(bool item) {
    if (!item && !money_definitions_.empty() && random_.chance(20)) return random_.pick(money_definitions_);
    return item ? (random_.chance(70) ? "投资" : "收入") : of(random_.pick({"收入", "成本", "结余"}));
  }
  std::string grade() {
    return !grade_definitions_.empty() && random_.chance(40) ? random_.pick(grade_definitions_) : "等级";
  }
  std::string person_field(bool item) {
    return item && random_.chance(60) ? "岗位" : of(random_.pick({"员工", "研发人员"}));
  }

  std::string money(int depth, bool item) {
    if (depth <= 0) return money_field(item);
    switch (random_.below(item ? 5 : 9)) {
      case 0: return money_field(item);
      case 1: return money(depth - 1, item) + " × " + random_.pick(ratio_values);
      case 2: return "（" + money(depth - 1, item) + of(random_.pick({" ＋ ", " − "})) + money(depth - 1, item) + "）";
      case 3: return "（" + money(depth - 1, item) + "，最高 " + random_.pick(money_values) + "）";
      case 4:
        return "（" + money(depth - 1, item) + "，" + money_field(item) + "）" + of(random_.pick({"孰高", "孰低"}));
      case 5: return "合计（项目.投资" + filter(depth - 1) + "）";
      case 6: return "（" + money(depth - 1, item) + " × " + random_.pick(ratio_values) + "）四舍五入 到 元";
      case 7: return "（" + money(depth - 1, false) + " × " + ratio(depth - 1) + "）";
      default:
        return "（分档 首行 员工：1000人以上：" + random_.pick(money_values) + "；20人以上：" + money_field(false) +
               "；其余：0元）";
    }
  }
  std::string ratio(int depth) {
    if (depth > 0 && random_.chance(40)) return "（" + money_field(false) + " ÷ " + money_field(false) + "）";
    if (depth > 0 && random_.chance(30)) return "（" + person_field(false) + " ÷ " + person_field(false) + "）";
    return random_.chance(70) ? "税率" : random_.pick(ratio_values);
  }

  // ---- conditions ----

  std::string filter(int depth) { return random_.chance(60) ? "，其中 " + condition(depth, true) : ""; }

  std::string bound(Names const& literals) {
    auto literal = random_.pick(literals);
    return random_.chance(60) ? literal + of(random_.pick({"以上", "以下"}))
                              : of(random_.pick({"超过 ", "不满 ", "低于 ", "不低于 ", "不超过 "})) + literal;
  }
  std::string leaf(bool item) {
    switch (random_.below(item ? 4 : 9)) {
      case 0: return money_field(item) + " " + bound(money_values);
      case 1: return person_field(item) + " " + bound(person_values);
      case 2: return item ? "完工" : of(random_.pick({"守信", "新办"}));
      case 3: return money_field(item) + " 不低于 " + money(1, item);
      case 4: return "税率 " + bound(ratio_values);
      case 5:
        return grade() + " " + of(random_.pick({"属于 ", "不属于 "})) + random_.pick(grades) +
               (random_.chance(40) ? "、" + random_.pick(grades) : "");
      case 6:
        return "行业 " + of(random_.pick({"属于 ", "不属于 "})) +
               (random_.chance(30) ? "重点行业" : random_.pick(industries));
      case 7: return "注册地 属于 " + random_.pick(regions);
      default: return ratio(1) + of(random_.pick({" 不低于 ", " 低于 ", " 超过 "})) + random_.pick(ratio_values);
    }
  }
  std::string condition(int depth, bool item) {
    if (depth <= 0) return leaf(item);
    switch (random_.below(item ? 4 : 6)) {
      case 0: return leaf(item);
      case 1: return "（" + condition(depth - 1, item) + " 且 " + condition(depth - 1, item) + "）";
      case 2: return "（" + condition(depth - 1, item) + " 或 " + condition(depth - 1, item) + "）";
      case 3: return "没有（" + condition(depth - 1, item) + "）";
      case 4: return of(random_.pick({"存在", "全部"})) + "（项目，其中 " + condition(depth - 1, true) + "）";
      default:
        return "数量（项目" + filter(depth - 1) + "）" + of(random_.pick({" 不少于 ", " 少于 "})) +
               of(random_.pick({"0个", "1个", "2个"}));
    }
  }

  // ---- declarations ----

  std::string definition(int place) {
    auto name = "定义值" + std::string(1, static_cast<char>('A' + place));
    if (random_.chance(50)) {
      auto text = "定义 " + name + " ： 金额 = " + money(2, false) + "\n";
      money_definitions_.push_back(name);
      return text;
    }
    grade_definitions_.push_back(name);
    return "定义 " + name + " ： 等级 = 分档 首行 收入：1000万元以上：" + random_.pick(grades) + "；" +
           bound(money_values) + "：" + random_.pick(grades) + "；其余：" + random_.pick(grades) + "\n";
  }
  std::string policy(std::int64_t place) {
    auto number = std::to_string(place + 1);
    std::string text = "政策 政策" + number + " 编号 P" + number + " 辖区 " +
                       of(random_.pick({"全国", "山东省（注册地）", "山东省青岛市（注册地）"})) + " 有效 长期\n";
    for (auto lines = random_.between(0, 2); lines >= 0; --lines) text += "  条件 " + condition(3, false) + "\n";
    if (random_.chance(30)) text += "  除外 " + condition(1, false) + "\n";
    if (random_.chance(15)) return text + "  认定 " + grade() + "\n";
    auto items = random_.between(1, 3);
    for (std::int64_t i = 0; i < items; ++i) {
      text += "  " + of(random_.pick({"补助", "奖励"})) + " " +
              (items > 1 ? "款项" + std::to_string(i + 1) + "：" : "") + money(3, false);
      if (random_.chance(40)) text += "，最高 " + random_.pick(money_values);
      if (random_.chance(30)) text += "，当 " + condition(1, false);
      text += "\n";
    }
    if (random_.chance(30)) text += "  最高 " + random_.pick(money_values) + "\n";
    return text;
  }

  RandomSource& random_;
  Names money_definitions_, grade_definitions_;
};

// ---- records ----

// The literal moved by a step of its unit now and then: money by 分, persons by one.
std::string near(RandomSource& random, std::string const& literal) {
  if (random.chance(50)) return literal;
  auto digits = literal.find_first_not_of("0123456789.");
  auto unit = literal.substr(digits);
  if (unit == "人") return std::to_string(std::stoll(literal) + random.between(0, 1)) + unit;
  if (unit == "万元") {
    auto fen = std::stoll(literal) * 1'000'000 + random.between(-1, 1);
    auto text = std::to_string(fen);
    while (text.size() < 3) text.insert(0, "0");
    return text.substr(0, text.size() - 2) + "." + text.substr(text.size() - 2) + "元";
  }
  return literal;
}

std::string quoted(std::string const& text) { return "\"" + text + "\""; }

}  // namespace

std::string random_rules(RandomSource& random) { return Writer(random).rules(); }

std::string random_records(RandomSource& random, int count) {
  auto missing_percent = static_cast<int>(random.pick(std::vector<std::int64_t>{0, 5, 15, 40}));
  auto fact = [&](std::string const& name, std::string const& value) {
    return quoted(name) + ":" + (random.chance(missing_percent) ? "null" : value);
  };
  auto money = [&] { return quoted(near(random, random.pick(money_values))); };
  auto persons = [&] { return quoted(near(random, random.pick(person_values))); };
  auto truth = [&] { return std::string(random.chance(65) ? "true" : "false"); };
  std::string text = "[";
  for (int row = 0; row < count; ++row) {
    if (row > 0) text += ",\n";
    text += "{\"编号\":\"r" + std::to_string(row) + "\"," +
            fact("注册地", quoted(random.chance(80) ? random.pick(regions) : "广东省广州市")) + "," +
            fact("行业", quoted(random.pick(industries))) + "," + fact("员工", persons()) + "," +
            fact("研发人员", persons()) + "," + fact("收入", money()) + "," + fact("成本", money()) + "," +
            fact("结余",
                 quoted((random.chance(40) ? "-" : "") + random.pick(Names{"100万元", "0元", "333.33元", "1亿元"}))) +
            "," + fact("税率", quoted(random.pick(ratio_values))) + "," + fact("守信", truth()) + "," +
            fact("新办", truth()) + "," + fact("等级", quoted(random.pick(grades))) + ",";
    std::string items = "[";
    for (auto i = random.below(4); i > 0; --i) {
      if (items.size() > 1) items += ",";
      items += "{" + fact("投资", money()) + "," +
               fact("岗位", quoted(random.pick(Names{"0人", "1人", "20人", "300人"}))) + "," + fact("完工", truth()) +
               "}";
    }
    text += fact("项目", items + "]") + "}";
  }
  return text + "]";
}

}  // namespace huiyu::test
