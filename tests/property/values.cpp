// Numbers of every unit, and entries of an ordered code list.

#include "tests/property/writer.h"

namespace huiyu::test {

Kind Writer::measured_kind() {
  return random_.chance(50) ? Kind::Money : static_cast<Kind>(random_.below(number_kinds));
}

Field const* Writer::defined(Kind kind) {
  std::vector<Field const*> found;
  for (auto const& definition : world_.definitions)
    if (definition.kind == kind) found.push_back(&definition);
  return found.empty() ? nullptr : random_.pick(found);
}

// `上级.` now and then, before what a record states: then it is what the other one states.
std::string Writer::of_superior() {
  if (!world_.pointing || !random_.chance(12)) return {};
  return std::string(superior) + "." + (random_.chance(15) ? std::string(superior) + "." : "");
}

// A plain fact of the record.
std::string Writer::own_fact(Kind kind) { return of_superior() + random_.pick(world_.plain(kind))->name; }

// A fact, a definition, a parameter, a period of a series.
std::string Writer::leaf(Kind kind, Place place) {
  if (place.list != nullptr && random_.chance(65)) {
    Names own;
    for (auto const& field : place.list->fields)
      if (field.kind == kind) own.push_back(field.name);
    if (place.list == world_.lists.data())
      for (auto const& definition : world_.item_definitions)
        if (definition.kind == kind) own.push_back(definition.name);
    if (!own.empty()) return random_.pick(own);
  }
  if (auto const* definition = defined(kind); definition != nullptr && random_.chance(30)) {
    if (definition->series == Series::Monthly)
      return (place.each_month ? of({"当月", ""}) : of({"上月", "本月", "", ""})) + definition->name;
    return (!random_.chance(place.each_year ? 60 : 15) ? ""
            : place.each_year                          ? of({"当年", "前一年"})
                                                       : of({"上年", "本年", "2023年"})) +
           of_superior() + definition->name;
  }
  for (auto const& parameter : world_.parameters)
    if (parameter.kind == kind && random_.chance(10)) return parameter.name;
  if (asks_cohort(place, 10)) return of_cohort(kind);
  if (world_.payments && kind == Kind::Money && place.free() && random_.chance(10)) return paid();
  if (auto const series = world_.series(kind); !series.empty() && random_.chance(25)) {
    return series_leaf(*random_.pick(series), place);
  }
  return own_fact(kind);
}

// One period of a series: by a word, or of the year or month that a fact names.
std::string Writer::series_leaf(Field const& field, Place place) {
  bool const monthly = field.series == Series::Monthly;
  if (random_.chance(monthly ? 25 : 12)) return field.name + "（" + own_fact(monthly ? Kind::Month : Kind::Year) + "）";
  if (monthly)
    return (place.each_month && random_.chance(70) ? "当月" : of({"上月", "本月", "2024年1月"})) + of_superior() +
           field.name;
  if (place.each_year && random_.chance(70)) return of({"当年", "前一年"}) + of_superior() + field.name;
  return of({"本年", "上年", "2022年", "前年"}) + of_superior() + field.name;
}

std::string Writer::stand_in(Kind kind) {
  if (random_.chance(50)) return own_fact(kind);
  if (is_number(kind)) return random_.chance(40) ? leaf(kind, {}) : number(kind, 1);
  if (kind == Kind::Truth) return "（" + condition(1) + "）";
  if (kind == Kind::Date) return date(1);
  if (kind == Kind::Grade) return grade(1);
  if (kind == Kind::Trade) return "（" + own_fact(kind) + " 缺省 制造类）";
  if (kind == Kind::Year) return of({"本年", "（上年 − 1年）", "2023年"});
  return own_fact(kind);
}

std::string Writer::money(int depth, Place place) { return number(Kind::Money, depth, place); }

std::string Writer::number(Kind kind, int depth, Place place) {
  if (depth <= 0 || random_.chance(20)) return leaf(kind, place);
  return compound(kind, depth, place);
}

std::string Writer::rounding(Kind kind) {
  auto const how = of({"四舍五入", "舍去", "进一", "四舍六入五成双"});
  if (kind == Kind::Money && random_.chance(70)) return how + " 到 " + of({"元", "元", "万元"});
  return "保留" + of({"0", "1", "2"}) + "位小数" + (random_.chance(60) ? how : "");
}

std::string Writer::compound(Kind kind, int depth, Place place) {
  auto const next = depth - 1;
  switch (random_.below(place.free() ? 20 : 14)) {
    case 0: return number(kind, next, place) + " × " + random_.pick(ratio_values);
    case 1: return "（" + number(kind, next, place) + of({" ＋ ", " − "}) + number(kind, next, place) + "）";
    case 2: return "（" + number(kind, next, place) + "，" + of({"最高 ", "最高 ", "最低 "}) + literal(kind) + "）";
    case 3:
      return "（" + number(kind, next, place) + "，" + leaf(kind, place) +
             (random_.chance(25) ? "，" + leaf(kind, place) : "") + "）" + of({"孰高", "孰低"});
    case 4: return "（" + number(kind, next, place) + " × " + ratio(0, place) + "）" + rounding(kind);
    case 5: return "（" + number(kind, next, place) + " × " + ratio(next, place) + "）";
    case 6: return "（" + own_fact(kind) + " 缺省 " + literal(kind) + "）";
    case 7: return "（−" + leaf(kind, place) + "）";
    case 8:
      if (kind == Kind::Money && random_.chance(20)) return leaf(Kind::Persons, place) + " 每满10人 1万元";
      return "（" + leaf(kind, place) + " 超过 " + number(kind, next, place) + " 部分）";
    case 9: return "相差（" + leaf(kind, place) + "，" + number(kind, next, place) + "）";
    case 10: return over_list(kind, next, place);
    case 11: return over_periods(kind, next, place);
    case 12: return ladder(kind, next, place);
    case 13: return year_count(kind, next, true);
    case 14: return lookup(kind);
    case 15: return marginal(kind);
    case 16: return "（" + number(kind, next, place) + " ÷ " + of({"3", "7", "0.5"}) + "）";
    case 18: return ladder(kind, next, place);
    case 19: return over_periods(kind, next, place);
    default: break;
  }
  if (kind == Kind::Money) {
    switch (random_.below(7)) {
      case 6: return "（" + leaf(Kind::Dollars, place) + " × 美元汇率）";
      case 0: return "（" + leaf(Kind::PerArea, place) + " × " + leaf(Kind::Area, place) + "）";
      case 1:
        if (random_.chance(50)) return leaf(Kind::Persons, place) + " 每满" + of({"10人 1万元", "3人 0.01元"});
        return leaf(Kind::Money, place) + " 每满" + of({"1000元 2元", "100万元 2万元", "333.33元 0.01元"});
      case 2: return "（" + leaf(Kind::Persons, place) + " × " + of({"1000元/人", "0.01元/人"}) + "）";
      case 3:
        return "（" + money(next, place) + " ÷ " + leaf(Kind::Persons, place) + " × " + leaf(Kind::Persons, place) +
               "）";
      case 4:
        // Four denominators: as wide as numbers get.
        return "（" + ratio(1) + " × " + leaf(Kind::Money, place) + " ＋ " + ratio(1) + " × " +
               leaf(Kind::Money, place) + " ÷ " + leaf(Kind::Decimal, place) + " ＋ " + ratio(1) + " × " + ratio(1) +
               " × " + leaf(Kind::Money, place) + "）";
      default: return "（" + leaf(Kind::Money, place) + " × " + ratio(1) + " × " + ratio(1) + "）";
    }
  }
  if (kind == Kind::Days) return "（" + date(0) + " − " + date(0) + "）";
  if (kind == Kind::Term) return "（" + of({"本年", own_fact(Kind::Year)}) + " − " + own_fact(Kind::Year) + "）";
  if (kind == Kind::Decimal) return ratio(1);
  return ratio(0) + " × " + leaf(kind, place);
}

std::string Writer::ratio(int depth, Place place) {
  auto const same = [&](Kind kind) { return "（" + number(kind, depth - 1, place) + " ÷ " + leaf(kind, place) + "）"; };
  if (depth > 0 && random_.chance(40)) return same(Kind::Money);
  if (depth > 0 && random_.chance(30)) return same(Kind::Persons);
  if (depth > 1 && random_.chance(30)) return number(Kind::Ratio, depth - 1, place);
  switch (random_.below(place.free() ? 6 : 3)) {
    case 0: return random_.pick(ratio_values);
    case 1: return leaf(Kind::Decimal, place);
    case 2: return leaf(Kind::Ratio, place);
    case 3: return "控制线";
    case 4: return lookup(Kind::Ratio);
    default: return growth();
  }
}

// Four denominators of their own: as wide as numbers get.
std::string Writer::wide_sum() {
  std::string sum;
  for (int i = 0; i < 4; ++i)
    sum += (i == 0 ? "" : " ＋ ") + own_fact(Kind::Money) + " ÷ " +
           own_fact(random_.pick(std::vector<Kind>{Kind::Decimal, Kind::Ratio}));
  return "（" + sum + " ＋ " + own_fact(Kind::Money) + " ÷ " + own_fact(Kind::Money) + " × " + own_fact(Kind::Money) +
         "）";
}

std::string Writer::grade(int depth) {
  if (auto const* definition = defined(Kind::Grade); definition != nullptr && random_.chance(40))
    return definition->name;
  if (asks_cohort({}, 30)) return grade_by_place();
  if (depth > 0) {
    switch (random_.below(4)) {
      case 0: return "（" + grade(0) + of({" 提升1档", " 降低1档", " 提升2档"}) + "）";
      case 1: return "（" + grade(0) + "，" + own_fact(Kind::Grade) + "）" + of({"孰高", "孰低"});
      case 2: return "（" + own_fact(Kind::Grade) + " 缺省 " + literal(Kind::Grade) + "）";
      default: break;
    }
  }
  return own_fact(Kind::Grade);
}

}  // namespace huiyu::test
