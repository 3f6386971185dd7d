// Dates, years and months.

#include "tests/property/writer.h"

namespace huiyu::test {

std::string Writer::date(int depth, Place place) {
  if (place.list != nullptr && place.list == world_.lists.data() && random_.chance(60)) return "开工日期";
  auto const field = own_fact(Kind::Date);
  if (depth > 0 && random_.chance(40)) {
    auto const by = of({"1个月", "6个月", "12个月", "1年", "30天", "365天"});
    return "（" + field + of({" ＋ ", " − "}) + by + "）";
  }
  if (depth > 0 && random_.chance(15)) return "（" + field + "，" + own_fact(Kind::Date) + "）" + of({"孰高", "孰低"});
  if (depth > 0 && random_.chance(15)) return "（" + field + " ＋ " + own_fact(Kind::Term) + "）";
  if (auto const* definition = defined(Kind::Date); definition != nullptr && random_.chance(30))
    return definition->name;
  return random_.chance(10) ? "指标日" : field;
}

std::string Writer::date_test(Place place) {
  switch (random_.below(11)) {
    case 0: return date(0, place) + " 满" + of({"1年", "3年", "1个月", "6个月", "30天"});
    case 1: return date(0, place) + " 在 " + of({"近12个月", "近1个月"}) + " 内";
    case 2:
      return date(1, place) + " 在 " + own_fact(Kind::Date) + " 起" + of({"1年内", "1个月内", "6个月内", "30天内"});
    case 3: return date(1, place) + of({" 早于 ", " 不晚于 ", " 晚于 "}) + of({"指标日", "基准日"});
    case 4: return date(0, place) + " 在 " + of({"本年", "上年", "近3年", "2023年"}) + " 内";
    case 5: return date(0, place) + " 在 2023-02-28 至 2024-02-29 内";
    case 6: return date(1, place) + of({" 早于 ", " 不早于 "}) + date(0, place);
    case 7:
    case 8: return period_test();
    case 9:
      return "（" + date(0, place) + " − " + date(0) + "）" + of({" 不低于 ", " 超过 "}) +
             random_.pick(day_count_values);
    default: return date(0, place) + of({" 不早于 ", " 晚于 "}) + random_.pick(days);
  }
}

std::string Writer::period_test() {
  auto const year = own_fact(Kind::Year), month = own_fact(Kind::Month);
  switch (random_.below(8)) {
    case 0: return year + " 在 近3年 内";
    case 1: return year + of({" 早于 ", " 不早于 "}) + of({"本年", "上年", "2022年", "申报年度"});
    case 2: return "（" + year + " ＋ " + of({"1年", "2年"}) + "）" + of({" 不晚于 ", " 晚于 "}) + "本年";
    case 3: return month + of({" 早于 ", " 不早于 "}) + of({"本月", "上月", "2024年1月"});
    case 4: return month + " 在 近3个月 内";
    case 5: return date(0) + " 在 " + of({"本月", "上月", "2023年"}) + " 内";
    case 6: return date(0) + of({" 早于 ", " 不晚于 "}) + of({"本年", "2024年", month, month});
    default: return year + of({" 是 ", " 不是 "}) + of({"本年", "上年"});
  }
}

}  // namespace huiyu::test
