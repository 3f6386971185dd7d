// Ways of writing that chance alone would seldom put together, so that a run of any seed meets each of them.

#include "tests/property/writer.h"

namespace huiyu::test {

// A ladder over such a subject, as one side of a comparison.
std::string Writer::seldom_ladder() {
  auto const sum = [&] { return literal(Kind::Money); };
  auto const end = "；其余：" + sum() + "） " + bound(money_values);
  if (random_.chance(30)) return "（分档 " + own_fact(Kind::Grade) + "：乙等以上：" + sum() + end;
  if (random_.chance(40)) return "（分档 " + own_fact(Kind::Industry) + "：C、F 除外 C26、F51：" + sum() + end;
  auto const subject = random_.pick(std::vector<Kind>{Kind::Month, Kind::Date, Kind::Year, Kind::Text});
  return "（分档 " + own_fact(subject) + "：" + rows(Kind::Money, subject, 0, false, {}) + "） " + bound(money_values);
}

// What a definition comes to beside another of its periods; empty where none goes by them.
std::string Writer::seldom_definition() {
  for (auto const& definition : world_.definitions) {
    if (definition.series == Series::Monthly)
      return of({"上月", "本月"}) + definition.name + " " + bound(energy_values);
    if (definition.kind == Kind::Money && definition.series == Series::None)
      return "增长率（" + of({"", "上年"}) + definition.name + "）" + of({" 不低于 ", " 超过 "}) +
             random_.pick(ratio_values);
  }
  return {};
}

// … of a series by months; empty where there is none.
std::string Writer::seldom_month() {
  auto const energy = world_.series(Kind::Energy);
  if (energy.empty()) return {};
  auto const& name = energy.front()->name;
  switch (random_.below(5)) {
    case 0:
    case 4: return "增长率（" + of({"本月", "上月", "2024年5月"}) + name + "）" + of({"0%以上", "5.5%以下"});
    case 1: return name + "（" + own_fact(Kind::Month) + "） " + bound(energy_values);
    case 2:
      return run_of_months() + " 每月（" + run() + " 每年（" + comparison(Kind::Money, 0, {nullptr, true, true}) +
             "） 或 当月" + name + " " + bound(energy_values) + "）";
    default: return every_month();
  }
}

std::string Writer::seldom() {
  auto const& series = *random_.pick(world_.series(Kind::Money));
  switch (random_.below(14)) {
    case 0:
    case 1:
    case 2: return seldom_ladder();
    case 3:
    case 4:
    case 12:
      if (auto text = seldom_definition(); !text.empty()) return text;
      [[fallthrough]];
    case 5:
    case 6:
      if (auto text = seldom_month(); !text.empty()) return text;
      [[fallthrough]];
    case 7:
      return run() + " 每年（" + series.name + of({" 首次超过 ", " 首次达到 "}) + random_.pick(money_values) + "）";
    case 8: return "（" + own_fact(Kind::Dollars) + " × 美元汇率） " + bound(money_values);
    case 11: return own_fact(Kind::Money) + of({" = ", " 不是 "}) + "标准额";
    case 9: return "（" + own_fact(Kind::Persons) + " 每满10人 1万元） " + bound(money_values);
    case 10:
      if (world_.pointing) return "上年" + std::string(superior) + "." + series.name + " " + bound(money_values);
      [[fallthrough]];
    default: return wide_sum() + of({" 不低于 ", " 低于 "}) + random_.pick(money_values);
  }
}

}  // namespace huiyu::test
