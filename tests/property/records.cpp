#include "tests/property/generator.h"
#include "tests/property/vocabulary.h"

namespace huiyu::test {

namespace {

std::string in_quotes(std::string const& text) { return "\"" + text + "\""; }

class RecordWriter {
 public:
  explicit RecordWriter(RandomSource& random)
      : random_(random), missing_percent_(static_cast<int>(random.pick(std::vector<std::int64_t>{0, 5, 15, 40}))) {}

  std::vector<std::string> records(std::int64_t count) {
    std::vector<std::string> all;
    for (std::int64_t row = 0; row < count; ++row) all.push_back(record(row));
    return all;
  }

 private:
  // The literal moved by a step of its unit now and then: money by 分, persons by one.
  std::string near(std::string const& literal) {
    if (random_.chance(50)) return literal;
    auto digits = literal.find_first_not_of("0123456789.");
    auto unit = literal.substr(digits);
    if (unit == "人") return std::to_string(std::stoll(literal) + random_.between(0, 1)) + unit;
    if (unit != "万元") return literal;
    auto fen = std::stoll(literal) * 1'000'000 + random_.between(-1, 1);
    auto text = std::to_string(fen);
    while (text.size() < 3) text.insert(0, "0");
    return text.substr(0, text.size() - 2) + "." + text.substr(text.size() - 2) + "元";
  }

  std::string fact(std::string const& name, std::string const& value) {
    return in_quotes(name) + ":" + (random_.chance(missing_percent_) ? "null" : value);
  }
  std::string money() { return in_quotes(near(random_.pick(money_values))); }
  std::string persons() { return in_quotes(near(random_.pick(person_values))); }
  std::string truth() { return std::string(random_.chance(65) ? "true" : "false"); }
  std::string day() { return in_quotes(random_.pick(days)); }

  // Some years are absent, some are there and empty; steps that make growth of 0, 30 and more percent.
  std::string series() {
    static Names const steps{"100万元", "130万元", "169万元", "219.7万元", "2000万元", "0元", "100万元"};
    std::string text = "{";
    for (auto const& year : years) {
      if (random_.chance(missing_percent_ / 2)) continue;
      if (text.size() > 1) text += ",";
      auto rising = static_cast<std::size_t>(&year - years.data());
      text += fact(year, in_quotes(random_.chance(50) ? steps[rising] : random_.pick(steps)));
    }
    return text + "}";
  }

  std::string items() {
    std::string text = "[";
    for (auto i = random_.below(4); i > 0; --i) {
      if (text.size() > 1) text += ",";
      text += "{" + fact("投资", money()) + "," +
              fact("岗位", in_quotes(random_.pick(Names{"0人", "1人", "20人", "300人"}))) + "," +
              fact("完工", truth()) + "," + fact("开工日期", day()) + "}";
    }
    return text + "]";
  }

  std::string record(std::int64_t row) {
    auto balance = (random_.chance(40) ? "-" : "") + random_.pick(Names{"100万元", "0元", "333.33元", "1亿元"});
    auto titles = random_.pick(Names{"[]", R"(["高新技术"])", R"(["专精特新"])", R"(["高新技术","专精特新"])"});
    return "{\"编号\":\"r" + std::to_string(row) + "\"," +
           fact("注册地", in_quotes(random_.chance(80) ? random_.pick(regions) : "广东省广州市")) + "," +
           fact("行业", in_quotes(random_.pick(industries))) + "," + fact("员工", persons()) + "," +
           fact("研发人员", persons()) + "," + fact("收入", money()) + "," + fact("成本", money()) + "," +
           fact("结余", in_quotes(balance)) + "," + fact("税率", in_quotes(random_.pick(ratio_values))) + "," +
           fact("守信", truth()) + "," + fact("新办", truth()) + "," + fact("等级", in_quotes(random_.pick(grades))) +
           "," + fact("成立日期", day()) + "," + fact("贷款日期", day()) + "," +
           fact("上规年度", in_quotes(random_.pick(years))) + "," +
           fact("缴费月数", in_quotes(random_.pick(Names{"0个月", "6个月", "12个月"}))) + "," + fact("营收", series()) +
           "," + fact("研发", series()) + "," + fact("资质", titles) + "," + fact("项目", items()) + "}";
  }

  RandomSource& random_;
  int missing_percent_;
};

}  // namespace

std::vector<std::string> random_records(RandomSource& random, std::int64_t count) {
  return RecordWriter(random).records(count);
}

}  // namespace huiyu::test
