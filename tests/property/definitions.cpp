// 定义: stated, computed, with 例外, of the rows of a list.

#include "tests/property/writer.h"

namespace huiyu::test {

std::string Writer::definition(std::string const& names, int place) {
  auto const name = names + std::string(1, static_cast<char>('A' + place));
  auto const declare = [&](Kind kind) { world_.definitions.push_back({name, kind, {}, false}); };
  switch (random_.below(13)) {
    case 0: {
      auto const text = table(name);
      declare(Kind::Grade);
      return text;
    }
    case 1: return with_exceptions(name);
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
    case 5: return of_item(name);
    case 6: {
      // One that is kept as a numerator and a divisor.
      if (random_.chance(40)) {
        auto const text = "定义 " + name + " ： 小数 = " + own_fact(Kind::Money) + " ÷ " + own_fact(Kind::Money) + "\n";
        declare(Kind::Decimal);
        return text;
      }
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
    case 10:
      for (auto const* monthly : world_.series(Kind::Energy)) {
        auto const text = "定义 " + name + " ： 电量 = 本月" + monthly->name + " × 60%\n";
        world_.definitions.push_back({name, Kind::Energy, Series::Monthly, false});
        return text;
      }
      break;
    default: break;
  }
  auto const kind = measured_kind();
  auto text = "定义 " + name + " ： " + type_word(world_, kind) + " = " + number(kind, 2 + deeper_);
  if (random_.chance(15)) text += "，" + of({"最高 ", "最低 "}) + literal(kind);
  if (random_.chance(8)) text += "，" + rounding(kind);
  declare(kind);
  return text + "\n";
}

// 一般 and 例外, beside the rule and by another author at the end of the project: such that only a record can say
// whether both hold, or the checker would refuse them.
std::string Writer::with_exceptions(std::string const& name) {
  auto const kind = random_.pick(std::vector<Kind>{Kind::Ratio, Kind::Ratio, Kind::Money, Kind::Grade, Kind::Persons,
                                                   Kind::Date, Kind::Term, Kind::Truth});
  auto const value = [&](int depth) {
    if (kind == Kind::Ratio) return ratio(depth);
    if (kind == Kind::Grade) return grade(depth);
    if (kind == Kind::Date) return date(depth);
    if (kind == Kind::Truth) return "（" + condition(depth) + "）";
    return number(kind, depth);
  };
  Field const made{name, kind, {}, false};
  auto text = "定义 " + name + " ： " + type_word(world_, kind) + "\n  一般 " + value(1);
  if (is_number(kind) && random_.chance(20)) text += "，" + of({"最高 ", "最低 "}) + literal(kind);
  text += "\n  例外 当 " + condition(1) + " 为 " + value(random_.chance(30) ? 1 : 0) + "\n";
  if (random_.chance(60))
    if (auto const exception = exception_of(made); !exception.empty())
      elsewhere_.push_back("例外 " + name + exception + "\n");
  world_.definitions.push_back(made);
  return text;
}

std::string Writer::exception_of(Field const& definition) {
  if (definition.series != Series::None) return {};
  std::string value;
  if (is_number(definition.kind) || definition.kind == Kind::Grade)
    value = literal(definition.kind);
  else if (definition.kind == Kind::Date)
    value = random_.pick(days);
  else if (definition.kind == Kind::Truth)
    value = of({"是", "否"});
  return value.empty() ? value : " 当 " + quantified(0) + " 为 " + value;
}

std::string Writer::of_item(std::string const& name) {
  auto const& list = world_.lists.front();  // 投资 is its own fact: those of the record are not seen here
  auto const text =
      of({"投资 × ", "（投资 ＋ 0.01元）× ", "（投资，最高 100万元）× ", "（分档 岗位：20人以上：投资；其余：0元）× ",
          "（分段 投资：不满100万元：5%；100万元以上：8%）× "}) +
      random_.pick(ratio_values);
  world_.item_definitions.push_back({name, Kind::Money, {}, false});
  return "定义 " + list.name + "." + name + " ： 金额 = " + text + "\n";
}

}  // namespace huiyu::test
