// Tests of one thing, and what joins them.

#include "tests/property/writer.h"

namespace huiyu::test {

std::string Writer::bound(Names const& values) {
  auto const value = random_.pick(values);
  return random_.chance(60)
             ? value + of({"以上", "以下", "以上", "以内"})
             : of({"超过 ", "不满 ", "低于 ", "不低于 ", "不超过 ", "高于 ", "不足 ", "不高于 ", "少于 ", "不少于 "}) +
                   value;
}

std::string Writer::comparison(Kind kind, int depth, Place place) {
  auto const left = number(kind, depth, place);
  if (depth > 0 || random_.chance(40))
    return left + of({" 不低于 ", " 低于 ", " 超过 ", " 不超过 ", " = ", " 不是 "}) +
           (random_.chance(50) ? literal(kind) : number(kind, depth - 1, place));
  if (random_.chance(15) && kind == Kind::Money)
    return left + of({" 100万元（含）至 1000万元（不含）", " 不低于 100万元 不满 2000万元"});
  if (random_.chance(15) && kind == Kind::Persons) return "20人 ≤ " + left + of({" ＜ 300人", " ≤ 1000人"});
  return left + " " + bound(literals(world_, kind));
}

std::string Writer::class_test() {
  auto const grade_of = grade(random_.chance(30) ? 1 : 0);
  switch (random_.below(17)) {
    case 10: return own_fact(Kind::Grade) + of({" 属于 ", " 不属于 "}) + "试点等次";
    case 11: return own_fact(Kind::Trade) + of({" 属于 ", " 不属于 "}) + "试点门类";
    case 12: return own_fact(Kind::Industry) + of({" 属于 ", " 不属于 "}) + "试点行业";
    case 13: return own_fact(Kind::Region) + of({" 属于 ", " 不属于 "}) + "试点地区";
    case 0: return grade_of + of({" 属于 ", " 不属于 "}) + of({"甲等", "乙等、丙等", "甲等、丙等"});
    case 1: return grade_of + " " + of({"乙等以上", "乙等以下", "高于 丙等", "低于 甲等"});
    case 2: return grade_of + of({" 是 ", " 不是 "}) + literal(Kind::Grade);
    case 3: return own_fact(Kind::Trade) + of({" 是 ", " 不是 ", " 属于 "}) + literal(Kind::Trade);
    case 4: return own_fact(Kind::Industry) + of({" 属于 ", " 不属于 "}) + of({"重点行业", "制造业"});
    case 5: return own_fact(Kind::Industry) + of({" 属于 ", " 不属于 "}) + random_.pick(industries);
    case 6: return own_fact(Kind::Industry) + " 属于 C 除外 " + of({"C34", "C3411", "C26"});
    case 7:
      return own_fact(Kind::Region) + of({" 属于 ", " 不属于 "}) +
             (random_.chance(30)   ? "沿海地区"
              : random_.chance(20) ? "山东省 除外 山东省青岛市"
                                   : random_.pick(regions));
    case 8: return own_fact(Kind::Text) + of({" 是 ", " 不是 "}) + own_fact(Kind::Text);
    case 9:
      return "（分档 首行 " + own_fact(Kind::Persons) + "：20人以上：\"" + random_.pick(texts) + "\"；其余：" +
             own_fact(Kind::Text) + "）" + of({" 是 ", " 不是 "}) + own_fact(Kind::Text);
    default: return own_fact(Kind::Text) + of({" 是 ", " 不是 "}) + "\"" + random_.pick(texts) + "\"";
  }
}

// Ends that are in or out, of numbers and periods.
std::string Writer::range_test(Place place) {
  auto const word = of({" 在 ", " 不在 "});
  switch (random_.below(6)) {
    case 0: return own_fact(Kind::Year) + word + of({"2020年 至 2022年", "2022年 至 2023年"}) + " 内";
    case 1: return own_fact(Kind::Month) + word + "2023年11月 至 2024年3月 内";
    case 2: return own_fact(Kind::Date) + word + of({"2023-02-28 至 2024-02-29", "2023-07-01 至 2024-06-30"}) + " 内";
    default: break;
  }
  auto const kind = measured_kind();
  auto const& [low, high] = steps_of(kind);
  auto const range = low + of({"（含）至 ", "（不含）至 "}) + high + of({"（含）", "（不含）"});
  return leaf(kind, place) + (random_.chance(40) ? " " + range : word + range + " 内");
}

std::string Writer::set_test() {
  auto const& set = random_.pick(world_.sets);
  bool const of_regions = set.type == "地区";
  auto const fact = [&] { return own_fact(of_regions ? Kind::Region : Kind::Industry); };
  bool const of_codes = of_regions || set.type == "行业代码";
  if (of_codes && random_.chance(25)) return fact() + of({" 属于 ", " 不属于 "}) + set.name;
  auto const word = of({" 包含 ", " 不包含 "});
  auto const member = [&] {
    if (of_codes && random_.chance(25)) return fact();
    auto const& one = random_.pick(set.members);
    return set.type == "文本" ? "\"" + one + "\"" : one;
  };
  return of_superior() + set.name + word + member() + (random_.chance(30) ? "、" + member() : "");
}

std::string Writer::test(Place place) {
  if (place.list != nullptr) {
    for (auto const& field : place.list->fields)
      if (field.kind == Kind::Truth && random_.chance(30)) return field.name;
    if (random_.chance(25)) return date_test(place);
    if (random_.chance(8)) return range_test(place);
    return comparison(random_.chance(70) ? Kind::Money : Kind::Persons, 0, place);
  }
  if (asks_cohort(place, 15)) return place_test();
  if (place.free() && random_.chance(11)) return seldom();
  switch (random_.below(15)) {
    case 0: return own_fact(Kind::Truth);
    case 11: return range_test(place);
    case 1: return own_fact(Kind::Truth) + " = " + own_fact(Kind::Truth);
    case 2:
      if (auto const* definition = defined(Kind::Truth)) return of_superior() + definition->name;
      return own_fact(Kind::Truth) + " 是 " + of({"是", "否"});
    case 3:
    case 4: return class_test();
    case 5: return set_test();
    case 6:
    case 7: return date_test(place);
    case 8: return every_year();
    case 9: return ratio(1) + of({" 不低于 ", " 低于 ", " 超过 "}) + random_.pick(ratio_values);
    case 10: return own_fact(Kind::Term) + " 缺省 0个月 " + of({"6个月以上", "12个月以上"});
    default: return comparison(measured_kind(), random_.chance(30) ? 1 : 0, place);
  }
}

std::string Writer::condition(int depth, Place place) {
  if (world_.payments && place.free() && random_.chance(5)) return enjoyed();
  if (depth <= 0) return test(place);
  switch (random_.below(place.list != nullptr ? 4 : 7)) {
    case 0: return test(place);
    case 1: return "（" + condition(depth - 1, place) + " 且 " + condition(depth - 1, place) + "）";
    case 2: return "（" + condition(depth - 1, place) + " 或 " + condition(depth - 1, place) + "）";
    case 3:
      if (random_.chance(25)) return "没有 " + test(place);
      return "没有（" + condition(depth - 1, place) + "）";
    case 4: return quantified(depth - 1);
    case 5: return counted(depth - 1);
    default: return test(place) + " 且 " + test(place);
  }
}

std::string Writer::joined_list() {
  auto text =
      of({"至少符合 2项", "至少符合 1项", "同时符合", "符合之一"}) + "：（一）" + test({}) + "；（二）" + test({});
  if (random_.chance(60)) text += "；（三）" + comparison(Kind::Money, 0);
  if (random_.chance(30)) text += "；（四）至少符合 1项：（1）" + test({}) + "；（2）" + test({});
  return text;
}

}  // namespace huiyu::test
