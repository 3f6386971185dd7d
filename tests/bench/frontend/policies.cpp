#include "tests/bench/frontend/policies.h"

#include <random>

#include <fmt/format.h>

namespace huiyu::bench {

namespace {

constexpr char const* head = R"(# 某市惠企政策汇编
结构 企业 键 统一社会信用代码
  统一社会信用代码 ： 文本
  注册地         ： 地区
  行业           ： 行业代码
  成立日期       ： 日期
  员工人数       ： 人数 范围 0人 至 300万人
  参保人数       ： 人数 范围 0人 至 300万人
  研发人员数     ： 人数 范围 0人 至 300万人
  营业收入       ： 金额 逐年   来源 税务
  研发费用       ： 金额 逐年   来源 税务
  地方贡献       ： 金额 逐年   来源 税务
  利息支出       ： 金额 逐年
  固定资产投资   ： 金额
  技改设备投资   ： 金额
  检测认证费用   ： 金额
  应纳税所得额   ： 金额
  贷款期限       ： 期限
  专精特新       ： 真假
  高新技术企业   ： 真假
  规上企业       ： 真假
  严重失信       ： 真假   来源 信用
  僵尸企业       ： 真假
  安全生产达标   ： 真假
  划型           ： 规模
  信用评级       ： 等级
  技改项目       ： 列表 技改项目

结构 技改项目
  设备投资额 ： 金额
  购置日期   ： 日期
  新上       ： 真假

名录 规模 从高到低：大型、中型、小型、微型
名录 等级 从高到低：甲级、乙级、丙级、丁级
名录 制造业 ： 行业代码 = C
名录 限制行业 ： 行业代码 = C16、H、F、K、L、R90
)";

class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string run(std::size_t count) {
    text_ = head;
    for (std::size_t i = 0; i < count; ++i) policy(i + 1);
    return std::move(text_);
  }

 private:
  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
  template <std::size_t N> std::string one_of(char const* const (&words)[N]) { return words[pick(N)]; }
  // Half of the drafters part words by blanks.
  std::string blank() { return spaced_ ? " " : ""; }

  std::string place() { return one_of({"浙江省杭州市", "江苏省苏州市", "山东省青岛市", "四川省成都市", "全国"}); }
  std::string truth() { return one_of({"专精特新", "高新技术企业", "规上企业", "安全生产达标"}); }
  std::string people() { return one_of({"员工人数", "参保人数", "研发人员数"}); }
  std::string series() { return one_of({"营业收入", "研发费用", "地方贡献"}); }
  std::string plain() { return one_of({"固定资产投资", "技改设备投资", "检测认证费用"}); }
  std::string money(std::size_t below) { return fmt::format("{}万元", 10 * (1 + pick(below))); }
  std::string percent() { return fmt::format("{}%", 5 * (1 + pick(12))); }

  std::string condition() {
    switch (pick(9)) {
      case 0: return truth();
      case 1: return fmt::format("{}{}{}人以上", people(), blank(), 10 * (1 + pick(30)));
      case 2: return fmt::format("上年{}{}{}以上", series(), blank(), money(500));
      case 3: return fmt::format("划型{0}属于{0}小型、微型", blank());
      case 4: return fmt::format("行业{0}属于{0}制造业", blank());
      case 5: return fmt::format("成立日期{}满{}年", blank(), 1 + pick(5));
      case 6: return fmt::format("{0}{1}不低于{1}上年营业收入 × {2}", plain(), blank(), percent());
      case 7: return fmt::format("近3年每年（增长率（{}）{}以上）", series(), percent());
      default: return fmt::format("信用评级 {}以上", one_of({"乙级", "丙级"}));
    }
  }

  void line(std::string const& words) { text_ += "  " + words + "\n"; }

  void conditions() {
    if (pick(4) == 0) {
      text_ += "  条件 同时符合：\n";
      static constexpr char const* marks[] = {"（一）", "（二）", "（三）", "（四）"};
      std::size_t const count = 2 + pick(3);
      for (std::size_t i = 0; i < count; ++i) line(fmt::format("  {}{}；", marks[i], condition()));
      return;
    }
    std::size_t const count = 1 + pick(3);
    for (std::size_t i = 0; i < count; ++i) line("条件 " + condition() + (pick(4) == 0 ? " 且 " + condition() : ""));
  }

  void tiers() {
    std::size_t const low = 1 + pick(9), step = 1 + pick(5);
    line(fmt::format("奖励 分档 上年{}：", series()));
    line(fmt::format("  {}00万元以上 不满{}00万元：{}万元", low, low + step, 1 + pick(9)));
    line(fmt::format("  {}00万元以上 不满{}00万元：{}万元", low + step, low + 3 * step, 10 + pick(9)));
    line(fmt::format("  {}00万元以上：{}万元", low + 3 * step, 20 + pick(80)));
  }

  void slices() {
    std::size_t const low = 1 + pick(9);
    line(fmt::format("奖励 分段 上年{}：", series()));
    line(fmt::format("  不满{}00万元：{}", low, percent()));
    line(fmt::format("  {}00万元以上 不满{}000万元：{}", low, low, percent()));
    line(fmt::format("  {}000万元以上：{}", low, percent()));
  }

  void amount() {
    switch (pick(7)) {
      case 0: line(fmt::format("补助 {} × {}，最高 {}", plain(), percent(), money(50))); return;
      case 1:
        line(fmt::format("补助 合计（技改项目.设备投资额，其中 新上 且 设备投资额{}以上）× {}", money(20), percent()));
        return;
      case 2: tiers(); return;
      case 3: slices(); return;
      case 4:
        line(fmt::format("补助 设备补助：技改设备投资 × {}，最高 {}", percent(), money(50)));
        line(fmt::format("贴息 利息补助：上年利息支出 × {}，最高 {} 当 贷款期限 1年以上", percent(), money(20)));
        line(fmt::format("最高 {}", money(80)));
        return;
      case 5:
        line(fmt::format("奖励（本年地方贡献 超过 上年地方贡献 部分）× {}，最高 {}", percent(), money(50)));
        return;
      default: line(fmt::format("核定 减免额：应纳税所得额 × 25% × {}", percent())); return;
    }
  }

  void policy(std::size_t number) {
    spaced_ = pick(2) == 0;
    std::string const region = place();
    text_ +=
        fmt::format("\n政策 {}{} 编号 {}-{} 依据 第{}条第{}款 辖区 {}{} 有效 2024-01-01 至 2026-12-31\n",
                    one_of({"技术改造补助", "研发投入奖励", "稳岗返还", "质量认证资助", "上规升级奖励"}), number,
                    number / 100 + 1, number, 1 + pick(30), 1 + pick(5), region, region == "全国" ? "" : "（注册地）");
    conditions();
    if (pick(2) == 0) line("除外 严重失信 或 僵尸企业");
    amount();
  }

  std::mt19937 random_;
  std::string text_;
  bool spaced_ = false;
};

}  // namespace

std::string make_policies(std::size_t count, std::uint32_t seed) { return Writer(seed).run(count); }

}  // namespace huiyu::bench
