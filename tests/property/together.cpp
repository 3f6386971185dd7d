// What is decided between records and policies: 群体, 名次, 遴选, 组合, 预算.

#include <algorithm>

#include "tests/property/writer.h"

namespace huiyu::test {

namespace {

template <class T> void shuffle(std::vector<T>& all, RandomSource& random) {
  for (auto i = all.size(); i > 1; --i)
    std::swap(all[i - 1], all[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(i)))]);
}

std::string joined(Names const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : "、") + name;
  return text;
}

constexpr std::array places{"一", "二", "三", "四"};

}  // namespace

std::string Writer::cohort(int place) {
  auto const name = std::string("群体") + places[static_cast<std::size_t>(place)];
  auto text = "群体 " + name + of({" 全量", " 全量", " 全量", ""});
  if (random_.chance(60)) text += " 当 " + (random_.chance(50) ? own_fact(Kind::Truth) : condition(1));
  if (random_.chance(50)) {
    text += " 分组 " + own_fact(random_.pick(std::vector<Kind>{Kind::Trade, Kind::Truth, Kind::Region, Kind::Text}));
    if (random_.chance(30)) text += "、" + own_fact(random_.pick(std::vector<Kind>{Kind::Grade, Kind::Year}));
  }
  text += of({"", " 缺数 不计", " 缺数 不计", " 缺数 待定"});
  // Which 结构 it is about is seen by its condition alone.
  text += "\n  对象 " + world_.subject + "\n";
  world_.cohorts.push_back(name);
  return text;
}

std::string Writer::place_among() {
  auto const kind = measured_kind();
  auto const* definition = defined(kind);
  auto const value = definition != nullptr && definition->series == Series::None && random_.chance(40)
                         ? definition->name
                         : number(kind, random_.chance(30) ? 1 : 0);
  return "名次（" + value + "，" + random_.pick(world_.cohorts) + "，" + of({"从高到低", "从高到低", "从低到高"}) +
         "）";
}

std::string Writer::place_test() {
  if (random_.chance(10))
    return "数量（" + random_.pick(world_.cohorts) + (random_.chance(50) ? "，其中 " + test({}) : "") + "）" +
           of({" 不少于 ", " 超过 "}) + of({"2个", "5个"});
  return place_among() + of({"前3名以内", "前25%以内", "前50%以内", " = 1", " 不超过 5", " 超过 2"});
}

std::string Writer::grade_by_place() {
  return "（分档 " + place_among() + "：" + of({"第1名", "前3名", "前10%"}) + "：甲等；前60%：乙等；其余：丙等）";
}

// What a fact comes to over a cohort.
std::string Writer::of_cohort(Kind kind) {
  auto const& cohort = random_.pick(world_.cohorts);
  auto const meant = random_.chance(30) ? "，其中 " + test({}) : "";
  if (kind == Kind::Count && random_.chance(50)) return "数量（" + cohort + meant + "）";
  return of({"最大", "最小", "平均", "中位", "合计"}) + "（" + cohort + "." + own_fact(kind) + meant + "）";
}

std::string Writer::selection() {
  auto const kind = random_.pick(std::vector<Kind>{Kind::Score, Kind::Money, Kind::Persons, Kind::Date});
  auto text = "  遴选 按 " + own_fact(kind);
  text += kind == Kind::Date ? of({" 从早到晚", " 从晚到早"}) : of({" 从高到低", " 从高到低", " 从低到高"});
  if (random_.chance(50)) return text + " 取 不少于 " + of({"3家", "1家", "限额数 × 1.6", "限额数"}) + "\n";
  return text + " 取 不超过 " + of({"2家", "5家", "0家", "限额数 × 0.5"}) + " 同名次 按 " + own_fact(Kind::Money) +
         of({" 从高到低", " 从低到高"}) + "\n";
}

std::string Writer::firm() { return of({"", "每家企业 "}); }

std::string Writer::own_unit() { return world_.subject == "企业" ? firm() : ""; }

std::string Writer::members(Names const& among) {
  auto chosen = among;
  shuffle(chosen, random_);
  chosen.resize(static_cast<std::size_t>(random_.between(1, static_cast<std::int64_t>(chosen.size()))));
  return joined(chosen);
}

std::string Writer::group(int place) {
  auto const sum = [&] { return random_.pick(money_values); };
  auto text = std::string("组合 组合") + places[static_cast<std::size_t>(place)] + " ";
  auto const* among = &paying_;
  switch (random_.below(4)) {
    case 0:
      // Payments go by the record's key, so that what was paid before is the record's own.
      if (world_.payments && random_.chance(90))
        text += own_unit() + of({"", "每年 "}) + "就高不重复 递进补差";
      else
        text += firm() + of({"", "每年 "}) + "就高不重复";
      break;
    case 1:
      text += firm() + of({"", "每年 "}) + "互斥";
      among = random_.chance(50) ? &named_ : &paying_;
      break;
    default: {
      auto const year = of({"", "每年 "});
      bool const back = world_.payments && random_.chance(60);
      text += (back ? own_unit() : firm()) + year + (back ? "累计 " : "") + "最高 " + sum() + " 削减 " +
              of({"按比例", "按成员次序"});
      break;
    }
  }
  if (place < last_group_ && random_.chance(80)) {
    text += " 先于 ";
    for (int later = place + 1; later <= last_group_; ++later)
      text += (later > place + 1 ? "、组合" : "组合") + std::string(places[static_cast<std::size_t>(later)]);
  }
  return text + "\n  成员 " + members(*among) + "\n";
}

std::string Writer::budget(int place) {
  auto text = std::string("预算 预算") + places[static_cast<std::size_t>(place)] + " " + random_.pick(money_values) +
              of({"", " 每年"}) + stages() + " 用于 " + members(paying_);
  text += of({" 超出 按比例", " 超出 按申报先后"});
  if (random_.chance(33)) {
    text.resize(text.rfind(" 超出"));
    text += " 超出 按 " + own_fact(random_.pick(std::vector<Kind>{Kind::Score, Kind::Money})) + " 从高到低";
  }
  return text + each_holder() + "\n";
}

std::string Writer::each_holder() {
  return random_.chance(50) ? " 每户 最高 " + random_.pick(money_values) + of({" 余额 再分配", " 余额 留存"}) : "";
}

std::string Writer::stages() {
  return random_.chance(45)
             ? of({"：首期 60%；清算 40%", "：首期 33.3%；二期 0.1%；清算 66.6%", "：首期 50%；清算 50%"})
             : "";
}

// What a pool is handed out by: a fact, what has a bound, what may be below zero, what is divided and rounded, and what
// is the same for all.
std::string Writer::weight() {
  auto const kind =
      random_.pick(std::vector<Kind>{Kind::Count, Kind::Persons, Kind::Money, Kind::Score, Kind::Decimal});
  switch (random_.below(6)) {
    case 0: return own_fact(kind);
    case 1:
    case 2: return "（" + own_fact(kind) + "，最高 " + random_.pick(literals(world_, kind)) + "）";
    case 3:
      return "（" + own_fact(kind) + " − " + number(kind, 1) + "，最高 " + random_.pick(literals(world_, kind)) + "）";
    case 4: return "（" + own_fact(kind) + " ÷ " + own_fact(kind) + "）保留" + of({"0", "2", "8"}) + "位小数";
    default: return of({"1", "0.00000001", "1个"});
  }
}

std::string Writer::handed_out(int place) {
  return std::string("预算 权重预算") + places[static_cast<std::size_t>(place)] + " " + random_.pick(money_values) +
         of({"", " 每年"}) + stages() + " 分配 按 " + weight() + " 用于 " + members(allotted_) + each_holder() + "\n";
}

Names Writer::together() {
  Names all;
  if (!allotted_.empty() && random_.chance(90)) all.push_back(handed_out(0));
  if (paying_.empty()) return all;
  last_group_ = static_cast<int>(random_.below(4)) - 1;
  for (int i = 0; i <= last_group_; ++i) all.push_back(group(i));
  auto const budgets = static_cast<int>(random_.below(3));
  for (int i = 0; i < budgets; ++i) all.push_back(budget(i));
  return all;
}

}  // namespace huiyu::test
