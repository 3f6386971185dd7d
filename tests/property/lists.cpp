// Aggregates: over the items of a list, over years and months.

#include "tests/property/writer.h"

namespace huiyu::test {

std::string Writer::filter(ListField const& list, int depth) {
  return random_.chance(60) ? "，其中 " + condition(depth, {&list}) : "";
}

std::string Writer::over_list(Kind kind, int depth, Place place) {
  auto const& list = random_.pick(world_.lists);
  auto const how = of({"合计", "合计", "平均", "最大", "最小", "中位", "前1项", "前2项"});
  Names own;
  for (auto const& field : list.fields)
    if (field.kind == kind) own.push_back(field.name);
  if (!own.empty() && random_.chance(60))
    return how + "（" + of_superior() + list.name + "." + random_.pick(own) + filter(list, depth) + "）";
  if (kind == Kind::Money && list.name == "设备" && random_.chance(50))
    return how + "（设备：单价 × 台数 ÷ 1个" + filter(list, depth) + "）";
  return how + "（" + of_superior() + list.name + "：" +
         number(kind, depth, {&list, place.each_year, place.each_month}) + filter(list, depth) + "）";
}

std::string Writer::run() { return of({"近2年", "近3年", "近2年", "近3年", "近1年", "近4年"}); }

std::string Writer::run_of_months() { return of({"近3个月", "近2个月", "近3个月", "近1个月", "近12个月"}); }

// Of a series of money or energy, of one of its periods, of a definition.
std::string Writer::growth() {
  auto const& field = *random_.pick(world_.series(Kind::Money));
  if (auto const energy = world_.series(Kind::Energy); !energy.empty() && random_.chance(15))
    return "增长率（" + of({"本月", "上月", "2024年5月"}) + energy.front()->name + "）";
  if (auto const* definition = defined(Kind::Money); definition != nullptr && random_.chance(60))
    return "增长率（" + of({"", "上年"}) + definition->name + "）";
  return "增长率（" + of({"", "", "上年", "2023年"}) + field.name + "）";
}

std::string Writer::over_periods(Kind kind, int depth, Place place) {
  auto const series = world_.series(kind);
  auto const how = of({"合计", "平均", "最大", "最小", "中位", "前2项"});
  if (auto const* definition = defined(kind); definition != nullptr && random_.chance(25))
    return how + "（" + (definition->series == Series::Monthly ? run_of_months() : run()) + definition->name + "）";
  if (series.empty())
    return how + "（" + run() + "：当年" + random_.pick(world_.series(Kind::Money))->name + " ÷ 1元 × " +
           leaf(kind, {}) + "）";
  auto const& field = *random_.pick(series);
  bool const monthly = field.series == Series::Monthly;
  auto const periods = monthly ? run_of_months() : run();
  if (random_.chance(50)) return how + "（" + periods + of_superior() + field.name + "）";
  auto const where = random_.chance(40)
                         ? (monthly ? "，其中 当月" : "，其中 当年") + field.name + " " + bound(literals(world_, kind))
                         : "";
  Place const inside{place.list, place.each_year || !monthly, place.each_month || monthly};
  return how + "（" + periods + "：" + number(kind, depth, inside) + where + "）";
}

std::string Writer::counted(int depth) {
  auto const many = [&] { return of({" 不少于 ", " 少于 ", " 超过 ", " 不超过 "}) + of({"1个", "2个", "3个"}); };
  if (auto const monthly = world_.series(Kind::Energy); !monthly.empty() && random_.chance(10))
    return "数量（" + run_of_months() + "，其中 当月" + monthly.front()->name + " " + bound(energy_values) + "）" +
           many();
  if (random_.chance(30)) {
    auto const& field = *random_.pick(world_.series(Kind::Money));
    return "数量（" + run() + "，其中 当年" + field.name + " " + bound(money_values) + "）" + many();
  }
  auto const& list = random_.pick(world_.lists);
  if (random_.chance(30))
    return "数量（" + of_superior() + list.name + "，不重复 " + random_.pick(list.fields).name + filter(list, depth) +
           "）" + many();
  return "数量（" + of_superior() + list.name + filter(list, depth) + "）" + many();
}

std::string Writer::quantified(int depth) {
  auto const& list = random_.pick(world_.lists);
  if (random_.chance(30))
    return of({"存在", "全部"}) + "（" + of_superior() + list.name + "：" + test({&list}) + "，其中 " +
           condition(depth, {&list}) + "）";
  return of({"存在", "全部"}) + "（" + of_superior() + list.name + "，其中 " + condition(depth, {&list}) + "）";
}

std::string Writer::every_year() {
  auto const& field = *random_.pick(world_.series(Kind::Money));
  switch (random_.below(9)) {
    case 0: return "近3年 每年（增长率（" + field.name + "）" + of({"30%以上", "0%以上", "5.5%以下"}) + "）";
    case 1: return run() + " 每年（当年" + field.name + of({" 超过 前一年", " 不低于 前一年"}) + field.name + "）";
    case 2: return field.name + of({" 首次超过 ", " 首次达到 "}) + random_.pick(money_values);
    case 3: return run() + " 每年（" + comparison(Kind::Money, 1, {nullptr, true}) + "）";
    case 4: return "存在（" + run() + "，其中 " + comparison(Kind::Money, 1, {nullptr, true}) + "）";
    case 5:
      return run() + " 每年（" + field.name + of({" 首次超过 ", " 首次达到 "}) + random_.pick(money_values) + "）";
    case 6:
    case 7:
      if (auto text = every_month(); !text.empty()) return text;
      break;
    default: break;
  }
  return "全部（" + run() + "，其中 当年" + field.name + " " + bound(money_values) + "）";
}

// Empty where nothing goes by months.
std::string Writer::every_month() {
  auto const periods = run_of_months();
  for (auto const& definition : world_.definitions)
    if (definition.series == Series::Monthly && random_.chance(60))
      return periods + " 每月（" + of({"", "当月"}) + definition.name + " " + bound(energy_values) + "）";
  for (auto const* monthly : world_.series(Kind::Energy)) switch (random_.below(5)) {
      case 0:
        return of({"存在（", "全部（"}) + periods + "，其中 当月" + monthly->name + " " + bound(energy_values) + "）";
      case 1:
        return periods + " 每月（增长率（" + monthly->name + "）" + of({"0%以上", "5.5%以下", "超过 −50%"}) + "）";
      case 2: return periods + " 每月（" + comparison(Kind::Energy, 1, {nullptr, false, true}) + "）";
      case 3:
        return periods + " 每月（" + run() + " 每年（" + comparison(Kind::Money, 0, {nullptr, true, true}) +
               "） 或 当月" + monthly->name + " " + bound(energy_values) + "）";
      default: return periods + " 每月（当月" + monthly->name + " " + bound(energy_values) + "）";
    }
  return {};
}

}  // namespace huiyu::test
