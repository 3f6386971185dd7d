#include "tests/property/generator.h"

#include "tests/property/vocabulary.h"

namespace huiyu::test {

namespace {

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
  成立日期 ： 日期
  贷款日期 ： 日期
  上规年度 ： 年度
  缴费月数 ： 期限
  营收 ： 金额 逐年 自 成立日期
  研发 ： 金额 逐年
  资质 ： 集合 资质名录
  项目 ： 列表 项目
结构 项目
  投资 ： 金额
  岗位 ： 人数 范围 0人 至 1万人
  完工 ： 真假
  开工日期 ： 日期
名录 等级 从高到低：甲等、乙等、丙等
名录 资质名录：高新技术、专精特新
名录 重点行业 ： 行业代码 = C34、I65
名录 制造业 ： 行业代码 = C 除外 C16、C341
参数 标准额 ： 金额
  自 2020-01-01 为 100万元
  自 2024-01-01 为 200万元
参数 控制线 ： 比率
  自 2022-01-01 为 5.5%
  自 2024-01-01 为 3% 知至 2024-03-31
参数 指标日 ： 日期
  自 2020-01-01 为 2023-06-30
参照表 行业均值（行业）： 金额 取上级
  | C34 | 1000万元 |
  | C   | 100万元  |
  | F51 | 0元      |
参照表 等级系数（等级，年度）： 比率
  | 甲等 | 2023年 | 60% |
  | 甲等 | 2024年 | 50% |
  | 乙等 | 2024年 | 3%  |
)";

class Writer {
 public:
  explicit Writer(RandomSource& random) : random_(random) {}

  std::string rules() {
    std::string text(schema);
    auto definitions = static_cast<int>(random_.below(4));
    for (int i = 0; i < definitions; ++i) text += definition(i);
    auto policies = random_.between(1, 3);
    for (std::int64_t i = 0; i < policies; ++i) text += policy(i);
    return text + elsewhere_;
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
  std::string series() { return of(random_.pick({"营收", "研发"})); }
  std::string aggregate() { return of(random_.pick({"合计", "平均", "最大", "最小"})); }
  std::string run() { return of(random_.pick({"近2年", "近3年"})); }

  std::string money(int depth, bool item) {
    if (depth <= 0) return money_field(item);
    switch (random_.below(item ? 5 : 18)) {
      case 0: return money_field(item);
      case 1: return money(depth - 1, item) + " × " + random_.pick(ratio_values);
      case 2: return "（" + money(depth - 1, item) + of(random_.pick({" ＋ ", " − "})) + money(depth - 1, item) + "）";
      case 3: return "（" + money(depth - 1, item) + "，最高 " + random_.pick(money_values) + "）";
      case 4:
        return "（" + money(depth - 1, item) + "，" + money_field(item) + "）" + of(random_.pick({"孰高", "孰低"}));
      case 5: return "合计（项目.投资" + filter(depth - 1) + "）";
      case 6: return "（" + money(depth - 1, item) + " × " + random_.pick(ratio_values) + "）四舍五入 到 元";
      case 7: return "（" + money(depth - 1, false) + " × " + ratio(depth - 1) + "）";
      case 8:
        return "（分档 首行 员工：1000人以上：" + random_.pick(money_values) + "；20人以上：" + money_field(false) +
               "；其余：0元）";
      case 9: return of(random_.pick({"本年", "上年", "2022年"})) + series();
      case 10: return aggregate() + "（" + run() + series() + "）";
      case 11: return aggregate() + "（项目.投资" + filter(depth - 1) + "）";
      case 12: return random_.chance(60) ? "行业均值（行业）" : "标准额";
      case 13: return "（" + of(random_.pick({"收入", "成本", "结余"})) + " 缺省 " + random_.pick(money_values) + "）";
      case 14: return "（" + money_field(false) + " 超过 " + money_field(false) + " 部分）";
      case 15:
        return "（分档 年次（自 " + of(random_.pick({"上规年度", "成立日期"})) + of(random_.pick({"", " 次年"})) +
               "）：第1年：" + money(depth - 1, false) + "；第2年至第3年：" + money_field(false) + "；其余：0元）";
      case 16:
        return "（分档 年次（自 成立日期 按周年）：第1年：" + random_.pick(money_values) + "；第2年：" +
               money_field(false) + "；其余：1元）";
      default: return "相差（" + money_field(false) + "，" + money(depth - 1, false) + "）";
    }
  }
  std::string ratio(int depth) {
    if (depth > 0 && random_.chance(40)) return "（" + money_field(false) + " ÷ " + money_field(false) + "）";
    if (depth > 0 && random_.chance(30)) return "（" + person_field(false) + " ÷ " + person_field(false) + "）";
    if (!ratio_definitions_.empty() && random_.chance(40)) return random_.pick(ratio_definitions_);
    switch (random_.below(6)) {
      case 0: return random_.pick(ratio_values);
      case 1: return "控制线";
      case 2: return of(random_.pick({"等级系数（等级，本年）", "等级系数（甲等，上年）"}));
      case 3: return "增长率（" + series() + "）";
      default: return "税率";
    }
  }
  // Of a date or a field near the ends of months.
  std::string date(bool item) {
    if (item && random_.chance(60)) return "开工日期";
    auto field = of(random_.pick({"成立日期", "贷款日期"}));
    if (random_.chance(25)) return "（" + field + of(random_.pick({" ＋ ", " − "})) + months() + "）";
    return field;
  }
  std::string months() { return of(random_.pick({"1个月", "6个月", "12个月", "1年"})); }

  // ---- conditions ----

  std::string filter(int depth) { return random_.chance(60) ? "，其中 " + condition(depth, true) : ""; }

  std::string bound(Names const& literals) {
    auto literal = random_.pick(literals);
    return random_.chance(60) ? literal + of(random_.pick({"以上", "以下"}))
                              : of(random_.pick({"超过 ", "不满 ", "低于 ", "不低于 ", "不超过 "})) + literal;
  }
  std::string leaf(bool item) {
    switch (random_.below(item ? 5 : 16)) {
      case 0: return money_field(item) + " " + bound(money_values);
      case 1: return person_field(item) + " " + bound(person_values);
      case 2: return item ? "完工" : of(random_.pick({"守信", "新办"}));
      case 3: return money_field(item) + " 不低于 " + money(1, item);
      case 4: return date_test(item);
      case 5:
        return grade() + " " + of(random_.pick({"属于 ", "不属于 "})) + random_.pick(grades) +
               (random_.chance(40) ? "、" + random_.pick(grades) : "");
      case 6:
        return "行业 " + of(random_.pick({"属于 ", "不属于 "})) +
               (random_.chance(50) ? of(random_.pick({"重点行业", "制造业"})) : random_.pick(industries));
      case 7: return "注册地 属于 " + random_.pick(regions);
      case 8: return ratio(1) + of(random_.pick({" 不低于 ", " 低于 ", " 超过 "})) + random_.pick(ratio_values);
      case 9: return "税率 " + bound(ratio_values);
      case 10: return "近3年 每年（增长率（研发）" + of(random_.pick({"30%以上", "0%以上", "5.5%以下"})) + "）";
      case 11:
        return run() + " 每年（当年" + series() + of(random_.pick({" 超过 前一年", " 不低于 前一年"})) + "研发）";
      case 12: return series() + of(random_.pick({" 首次超过 ", " 首次达到 "})) + random_.pick(money_values);
      case 13: return "缴费月数 缺省 0个月 " + of(random_.pick({"6个月以上", "12个月以上"}));
      case 14: return "资质 包含 " + of(random_.pick({"高新技术", "专精特新", "高新技术、专精特新"}));
      default: return "数量（" + run() + "，其中 当年" + series() + " 超过 100万元）" + bound({"0个", "1个", "2个"});
    }
  }
  std::string comparison() { return money_field(false) + " " + bound(money_values); }

  std::string date_test(bool item) {
    switch (random_.below(6)) {
      case 0: return of(item ? "开工日期" : "成立日期") + " 满" + of(random_.pick({"1年", "3年", "6个月"}));
      case 1: return of(item ? "开工日期" : "贷款日期") + " 在 近12个月 内";
      case 2: return date(item) + " 在 成立日期 起" + of(random_.pick({"1年内", "6个月内"}));
      case 3: return date(item) + of(random_.pick({" 早于 ", " 不晚于 "})) + "指标日";
      case 4: return date(item) + " 在 " + of(random_.pick({"本年", "上年"})) + " 内";
      default: return date(item) + of(random_.pick({" 不早于 ", " 晚于 "})) + random_.pick(days);
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
    switch (random_.below(5)) {
      case 0:
      case 1: {
        auto text = "定义 " + name + " ： 金额 = " + money(2, false) + "\n";
        money_definitions_.push_back(name);
        return text;
      }
      case 2: {
        // Exceptions beside the rule, and by another author at the end of the file: such that only a record can say
        // whether both hold, or the checker would refuse them.
        auto text = "定义 " + name + " ： 比率\n  一般 " + ratio(1) + "\n  例外 当 " + condition(1, false) + " 为 " +
                    random_.pick(ratio_values) + "\n";
        if (random_.chance(60))
          elsewhere_ +=
              "例外 " + name + " 当 全部（项目，其中 " + leaf(true) + "） 为 " + random_.pick(ratio_values) + "\n";
        ratio_definitions_.push_back(name);
        return text;
      }
      case 3: {
        auto text = "定义 " + name + " ： 等级 = 表 首行 等级：\n  记 X = 员工（人）；Y = 收入（万元）\n" +
                    "  | 等级 | 甲等 | 乙等 | 丙等 |\n" + "  | 甲等 | X≥1000 Y≥1000 | X≥300 Y≥100 | 其余 |\n" +
                    "  | 乙等 | Y≥2000 | X≥20 | 其余 |\n" + "  | 丙等 | - | X≥1000 | 其余 |\n";
        grade_definitions_.push_back(name);
        return text;
      }
      default: break;
    }
    grade_definitions_.push_back(name);
    return "定义 " + name + " ： 等级 = 分档 首行 收入：1000万元以上：" + random_.pick(grades) + "；" +
           bound(money_values) + "：" + random_.pick(grades) + "；其余：" + random_.pick(grades) + "\n";
  }
  std::string policy(std::int64_t place) {
    auto number = std::to_string(place + 1);
    std::string text = "政策 政策" + number + " 编号 P" + number + " 辖区 " +
                       of(random_.chance(75) ? "全国" : random_.pick({"山东省（注册地）", "山东省青岛市（注册地）"})) +
                       " 有效 " + of(random_.chance(90) ? "长期" : "2024-02-29 至 2024-12-31") +
                       (random_.chance(30) ? " 考核年度 上年" : "") + "\n";
    if (random_.chance(10)) text += "  对象 企业 其中 " + condition(1, false) + "\n";
    if (random_.chance(60)) text += "  条件 " + condition(static_cast<int>(random_.below(3)), false) + "\n";
    if (random_.chance(20))
      text += "  条件 " + money_field(false) + " ÷ " + money_field(false) + of(random_.pick({" 不低于 ", " 低于 "})) +
              random_.pick(ratio_values) + "\n";
    if (random_.chance(10))
      text += "  条件 至少符合 2项：（一）" + leaf(false) + "；（二）" + comparison() + "；（三）" + leaf(false) + "\n";
    if (random_.chance(20)) text += "  除外 " + condition(1, false) + "\n";
    text += conclusion();
    if (random_.chance(25)) text += alert();
    return text;
  }
  std::string alert() {
    return "  预警 预警项 红色" + of(random_.pick({"", "，停付"})) + " 当 " + condition(1, false) + "；黄色 当 " +
           condition(1, false) + "\n";
  }
  std::string conclusion() {
    switch (random_.below(12)) {
      case 0: return "  认定 " + grade() + "\n";
      case 1: return "  认定 分档 首行：" + leaf(false) + "：甲等；" + leaf(false) + "：乙等；其余：丙等\n";
      case 2: return "  核定 税额：" + money(2, false) + "\n";
      case 3: return "  列入 培育名单\n";
      case 4:
        return "  奖励 分档 年次（自 上规年度 次年）：第1年：" + random_.pick(money_values) + "；第2年至第3年：" +
               money(1, false) + "\n";
      default: return items();
    }
  }
  std::string items() {
    std::string text;
    auto items = random_.between(1, 3);
    for (std::int64_t i = 0; i < items; ++i) {
      text += "  " + of(random_.pick({"补助", "奖励"})) + " " +
              (items > 1 ? "款项" + std::to_string(i + 1) + "：" : "") +
              money(static_cast<int>(random_.below(4)), false);
      if (random_.chance(40)) text += "，最高 " + random_.pick(money_values);
      if (random_.chance(30)) text += "，当 " + condition(1, false);
      text += "\n";
    }
    if (random_.chance(30)) text += "  最高 " + random_.pick(money_values) + "\n";
    if (random_.chance(40))
      text += of(random_.pick({"  分担 省 40%、市 30%、县 30%\n", "  分担 财政 1份、银行 1份\n"}));
    return text;
  }

  RandomSource& random_;
  Names money_definitions_, grade_definitions_, ratio_definitions_;
  std::string elsewhere_;
};

}  // namespace

std::string random_rules(RandomSource& random) { return Writer(random).rules(); }

}  // namespace huiyu::test
