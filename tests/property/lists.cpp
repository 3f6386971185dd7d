// Aggregates: over the items of a list, over years and months.

#include "tests/property/writer.h"

namespace huiyu::test {

std::string Writer::filter(ListField const& list, int depth) {
  return random_.chance(60) ? "，其中 " + condition(depth, {&list}) : "";
}

std::string Writer::over_list(Kind kind, int depth) {
  auto const& list = random_.pick(world_.lists);
  auto const how = of({"合计", "合计", "平均", "最大", "最小", "中位"});
  Names own;
  for (auto const& field : list.fields)
    if (field.kind == kind) own.push_back(field.name);
  if (!own.empty() && random_.chance(60))
    return how + "（" + list.name + "." + random_.pick(own) + filter(list, depth) + "）";
  if (kind == Kind::Money && list.name == "设备" && random_.chance(50))
    return how + "（设备：单价 × 台数 ÷ 1个" + filter(list, depth) + "）";
  return how + "（" + list.name + "：" + number(kind, depth, {&list}) + filter(list, depth) + "）";
}

std::string Writer::run() { return of({"近2年", "近3年"}); }

std::string Writer::over_periods(Kind kind, int depth) {
  auto const series = world_.series(kind);
  auto const how = of({"合计", "平均", "最大", "最小", "中位"});
  if (series.empty())
    return how + "（" + run() + "：当年" + random_.pick(world_.series(Kind::Money))->name + " ÷ 1元 × " +
           leaf(kind, {}) + "）";
  auto const& field = *random_.pick(series);
  if (field.series == Series::Monthly)
    return how + "（" + of({"近3个月", "近2个月"}) +
           (random_.chance(50) ? field.name : "：当月" + field.name + " × 2") + "）";
  if (random_.chance(50)) return how + "（" + run() + field.name + "）";
  auto const where = random_.chance(40) ? "，其中 当年" + field.name + " " + bound(literals(world_, kind)) : "";
  return how + "（" + run() + "：" + number(kind, depth, {nullptr, true}) + where + "）";
}

std::string Writer::counted(int depth) {
  auto const many = [&] { return of({" 不少于 ", " 少于 ", " 超过 ", " 不超过 "}) + of({"1个", "2个", "3个"}); };
  if (random_.chance(30)) {
    auto const& field = *random_.pick(world_.series(Kind::Money));
    return "数量（" + run() + "，其中 当年" + field.name + " " + bound(money_values) + "）" + many();
  }
  auto const& list = random_.pick(world_.lists);
  return "数量（" + list.name + filter(list, depth) + "）" + many();
}

std::string Writer::quantified(int depth) {
  auto const& list = random_.pick(world_.lists);
  if (random_.chance(30))
    return of({"存在", "全部"}) + "（" + list.name + "：" + test({&list}) + "，其中 " + condition(depth, {&list}) +
           "）";
  return of({"存在", "全部"}) + "（" + list.name + "，其中 " + condition(depth, {&list}) + "）";
}

std::string Writer::every_year() {
  auto const& field = *random_.pick(world_.series(Kind::Money));
  switch (random_.below(8)) {
    case 0: return "近3年 每年（增长率（" + field.name + "）" + of({"30%以上", "0%以上", "5.5%以下"}) + "）";
    case 1: return run() + " 每年（当年" + field.name + of({" 超过 前一年", " 不低于 前一年"}) + field.name + "）";
    case 2: return field.name + of({" 首次超过 ", " 首次达到 "}) + random_.pick(money_values);
    case 3: return run() + " 每年（" + comparison(Kind::Money, 1, {nullptr, true}) + "）";
    case 4: return "存在（" + run() + "，其中 " + comparison(Kind::Money, 1, {nullptr, true}) + "）";
    default: break;
  }
  for (auto const& definition : world_.definitions)
    if (definition.series == Series::Monthly)
      return "近3个月 每月（" + definition.name + " " + bound(energy_values) + "）";
  for (auto const* monthly : world_.series(Kind::Energy))
    return "近3个月 每月（当月" + monthly->name + " " + bound(energy_values) + "）";
  return "全部（" + run() + "，其中 当年" + field.name + " " + bound(money_values) + "）";
}

}  // namespace huiyu::test
