// 统计: records that are made of other records, and rules about them.

#include <algorithm>

#include "tests/property/writer.h"

namespace huiyu::test {

namespace {

bool can_be_key(Field const& field) {
  return field.series == Series::None && !is_number(field.kind) && field.kind != Kind::Date;
}

}  // namespace

// A fact of the row or the record, or what is computed of such.
std::string Writer::steady(Kind kind) {
  auto text = own_fact(kind);
  if (rows_of_ != nullptr)
    for (auto const& field : rows_of_->fields)
      if (field.kind == kind && random_.chance(60)) text = field.name;
  switch (random_.below(8)) {
    case 0: return text + " × " + random_.pick(ratio_values);
    case 1: return "（" + text + " ÷ " + of({"3", "7", "0.5"}) + "）";
    case 2: return "（" + text + of({" ＋ ", " − "}) + own_fact(kind) + "）";
    case 3: return "（" + text + " ÷ " + own_fact(Kind::Persons) + " × 3人）";
    case 4: return "（" + text + "，" + of({"最高 ", "最低 "}) + literal(kind) + "）";
    default: return text;
  }
}

std::string Writer::steady_test(int depth) {
  if (depth > 0 && random_.chance(30))
    return "（" + steady_test(depth - 1) + of({" 且 ", " 或 "}) + steady_test(depth - 1) + "）";
  if (depth > 0 && random_.chance(10)) return "没有（" + steady_test(depth - 1) + "）";
  if (rows_of_ != nullptr && random_.chance(50)) {
    auto const& field = random_.pick(rows_of_->fields);
    if (field.kind == Kind::Truth) return field.name;
    if (field.kind == Kind::Year) return field.name + of({" 不早于 ", " 早于 ", " = "}) + random_.pick(years);
    if (field.kind == Kind::Trade) return field.name + " 属于 " + of({"制造类", "制造类、服务类"});
    if (field.kind == Kind::Region) return field.name + " 属于 " + random_.pick(regions);
    if (field.kind == Kind::Text) return field.name + of({" 是 \"", " 不是 \""}) + random_.pick(texts) + "\"";
    if (field.kind == Kind::Date) return field.name + of({" 早于 ", " 不早于 "}) + random_.pick(days);
    return field.name + " " + bound(literals(world_, field.kind));
  }
  switch (random_.below(7)) {
    case 0: return own_fact(Kind::Truth);
    case 1: return own_fact(Kind::Grade) + of({" 属于 甲等、丙等", " 属于 甲等", " 不属于 乙等"});
    case 2: return own_fact(Kind::Region) + of({" 属于 ", " 不属于 "}) + random_.pick(regions);
    case 3: return own_fact(Kind::Industry) + of({" 属于 ", " 不属于 "}) + random_.pick(industries);
    case 4:
      if (!world_.cohorts.empty())
        return own_fact(Kind::Money) + " 超过 " + of({"平均（", "中位（"}) + random_.pick(world_.cohorts) + "." +
               own_fact(Kind::Money) + "）";
      break;
    case 5:
      if (!world_.cohorts.empty())
        return "名次（" + own_fact(Kind::Money) + "，" + random_.pick(world_.cohorts) + "，从高到低）前3名以内";
      break;
    default: break;
  }
  auto const kind = measured_kind();
  return steady(kind) + of({" 不低于 ", " 低于 ", " = "}) + literal(kind);
}

// A series at a year that the row, or the record, states.
std::string Writer::series_then() {
  auto const year = rows_of_ != nullptr ? rows_of_->name + ".批次" : own_fact(Kind::Year);
  return random_.pick(world_.series(Kind::Money))->name + "（" + year + of({" 次年", " − 1年", " ＋ 1年", ""}) + "）";
}

// One statistic over the rows of a group.
std::string Writer::over_rows(Kind kind) {
  auto const rows = rows_of_ != nullptr ? rows_of_->name : world_.subject;
  auto const where = random_.chance(45) ? "，其中 " + steady_test(1) : "";
  auto const batch = rows + ".批次";
  bool const of_list = rows_of_ != nullptr;
  if (kind == Kind::Count) {
    Names once{"", "", "，不重复 " + world_.subject};
    if (of_list) once.insert(once.end(), {"，不重复 " + rows + ".承办", "，不重复 " + world_.subject + "、" + batch});
    if (!of_list) once.push_back("，不重复 " + own_fact(Kind::Region));
    return "数量（" + rows + where + random_.pick(once) + "）";
  }
  auto const how = of({"合计", "合计", "平均", "最大", "最小", "中位"}) + "（" + rows;
  if (kind == Kind::Money && random_.chance(30))
    return how + "：" + series_then() + where +
           (of_list ? "，不重复 " + world_.subject + "、" + batch : of({"", "，不重复 " + world_.subject})) + "）";
  if (of_list && random_.chance(30))
    return how + "：" + own_fact(kind) + " × " + random_.pick(ratio_values) + where + "，不重复 " + world_.subject +
           "）";
  for (auto const& field : rows_of_ != nullptr ? rows_of_->fields : world_.fields)
    if (field.kind == kind && field.series == Series::None && random_.chance(50))
      return how + "." + field.name + where + "）";
  return how + "：" + steady(kind) + where + "）";
}

std::string Writer::tally_value(Kind kind) {
  if (kind == Kind::Truth)
    return random_.chance(50) ? over_rows(Kind::Count) + of({" 2个以上", " 超过 1个"})
                              : over_rows(Kind::Money) + of({" 超过 ", " 不低于 "}) + over_rows(Kind::Money);
  if (kind == Kind::Grade)
    return "（分档 首行 " + over_rows(Kind::Count) + "：3个以上：甲等；2个以上：乙等；其余：丙等）";
  if (kind == Kind::Ratio) {
    auto const before = over_rows(Kind::Money);
    return "（" + over_rows(Kind::Money) + " − " + before + "）÷ " + before;
  }
  switch (random_.below(8)) {
    case 0: return over_rows(kind) + " × " + random_.pick(ratio_values);
    case 1: return over_rows(kind) + of({" ＋ ", " − "}) + over_rows(kind);
    case 2: return "（" + over_rows(kind) + "，" + of({"最高 ", "最低 "}) + literal(kind) + "）";
    default: return over_rows(kind);
  }
}

// Its rows are called `rows` and a letter.
std::string Writer::tally(std::string const& name, std::string const& rows) {
  tally_ = name;
  made_.clear();
  rows_of_ = random_.chance(70) ? world_.lists.data() : nullptr;
  std::vector<std::pair<std::string, Field>> keys, of_rows;
  for (auto const& field : world_.fields)
    if (can_be_key(field)) keys.emplace_back(field.name, field);
  if (rows_of_ != nullptr)
    for (auto const& field : rows_of_->fields)
      if (can_be_key(field)) of_rows.emplace_back(rows_of_->name + "." + field.name, field);
  auto text = "统计 " + name + " 按 ";
  auto const count = random_.pick(std::vector<std::int64_t>{1, 1, 1, 2, 2, 3});
  for (std::int64_t i = 0; i < count; ++i) {
    // The first of a list's rows says that they are meant.
    auto const& [path, field] = random_.pick(!of_rows.empty() && (i == 0 || random_.chance(50)) ? of_rows : keys);
    if (std::ranges::any_of(made_, [&](Field const& known) { return known.name == field.name; })) continue;
    text += (made_.empty() ? "" : "、") + path;
    made_.push_back({field.name, field.kind, Series::None, false});
  }
  // Of these at least one is in every program.
  std::vector<Kind> kinds{Kind::Money, Kind::Money, Kind::Count};
  for (auto more = random_.between(0, 3); more > 0; --more)
    kinds.push_back(random_.pick(std::vector<Kind>{Kind::Money, Kind::Ratio, Kind::Truth, Kind::Grade, Kind::Persons,
                                                   Kind::Score, Kind::Decimal, Kind::Count}));
  text += "：\n";
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    auto const row = rows + std::string(1, static_cast<char>('A' + i));
    text += "  " + row + " ： " + type_word(world_, kinds[i]);
    if (is_number(kinds[i]) && random_.chance(30)) text += " 保留" + of({"2", "3", "0"}) + "位小数";
    text += " = " + tally_value(kinds[i]) + "\n";
    made_.push_back({row, kinds[i], Series::None, false});
  }
  return text;
}

// A fact of the kind of what is made; none: none is of it.
Field const* Writer::made(Kind kind) {
  std::vector<Field const*> found;
  for (auto const& field : made_)
    if (field.kind == kind) found.push_back(&field);
  return found.empty() ? nullptr : random_.pick(found);
}

std::string Writer::made_test(int depth) {
  if (depth > 0 && random_.chance(40))
    return "（" + made_test(depth - 1) + of({" 且 ", " 或 "}) + made_test(depth - 1) + "）";
  auto const& field = random_.pick(made_);
  auto const& name = field.name;
  if (field.kind == Kind::Truth) return name;
  if (field.kind == Kind::Year) return name + of({" 不早于 ", " 早于 "}) + of({"本年", "2022年", "上年"});
  if (field.kind == Kind::Month) return name + of({" 不早于 ", " 早于 "}) + "2024年1月";
  if (field.kind == Kind::Region) return name + of({" 属于 ", " 不属于 "}) + random_.pick(regions);
  if (field.kind == Kind::Industry) return name + of({" 属于 ", " 不属于 "}) + random_.pick(industries);
  if (field.kind == Kind::Grade) return name + of({" 乙等以上", " 属于 甲等、丙等"});
  if (field.kind == Kind::Trade) return name + " 属于 " + of({"制造类", "制造类、服务类"});
  if (field.kind == Kind::Text) return name + of({" 是 \"", " 不是 \""}) + random_.pick(texts) + "\"";
  if (field.kind == Kind::Credit) return name + " 是 \"" + credit_codes.front() + "\"";
  if (random_.chance(40)) return name + " " + bound(literals(world_, field.kind));
  if (!world_.cohorts.empty() && random_.chance(50))
    return "名次（" + name + "，成效群，从高到低）" + of({"前3名以内", "前50%以内", " = 1"});
  return name + of({" 不低于 ", " 低于 "}) + made(field.kind)->name + " × " + of({"120%", "50%"});
}

std::string Writer::made_sum(int depth) {
  auto const& sum = made(Kind::Money)->name;
  if (depth <= 0) return sum;
  switch (random_.below(8)) {
    case 0: return sum + " × " + random_.pick(ratio_values);
    case 1: return "（" + made_sum(depth - 1) + of({" ＋ ", " − "}) + made_sum(0) + "）";
    case 2: return made(Kind::Count)->name + " × " + of({"1000元/个", "100万元/个"});
    case 3: return "（" + sum + " ÷ " + made(Kind::Count)->name + " × 2个）";
    case 4:
      return "（分档 首行：" + made_test(1) + "：" + literal(Kind::Money) + "；其余：" + made_sum(depth - 1) + "）";
    case 5: return "（" + sum + " 超过 " + made_sum(depth - 1) + " 部分）";
    default: return sum;
  }
}

std::string Writer::made_policy(int place) {
  auto const name = "政策" + std::to_string(place + 1);
  auto text = "政策 " + name + " 编号 P" + std::to_string(place + 1) + " 依据 样例 辖区 全国 有效 长期" +
              of({"", "", " 考核年度 上年"}) + "\n  对象 " + tally_;
  if (random_.chance(20)) text += " 其中 " + made_test(1);
  text += "\n";
  if (random_.chance(45)) text += "  条件 " + made_test(1) + "\n";
  named_.push_back(name);
  switch (random_.below(8)) {
    case 0: text += "  核定 指标数：" + made(random_.chance(50) ? Kind::Count : Kind::Money)->name + "\n"; break;
    case 1: {
      auto const& field = random_.pick(made_);
      text += "  认定 " + field.name + "\n";
      break;
    }
    case 2: text += "  列入 名单\n"; break;
    default:
      text += "  奖励 （" + made_sum(2) + "，最低 0元）";
      if (random_.chance(40)) text += "，最高 " + random_.pick(money_values);
      text += "\n";
      if (random_.chance(30)) text += "  分担 省 40%、市 30%、县 30%\n";
      if (random_.chance(20)) text += instalments();
      paying_.push_back(name);
      break;
  }
  if (random_.chance(15)) text += "  预警 预警项 红色" + of({"", "，停付"}) + " 当 " + made_test(1) + "\n";
  if (random_.chance(20))
    text += "  遴选 按 " + made(random_.chance(50) ? Kind::Money : Kind::Count)->name + " 从高到低 取 " +
            (random_.chance(50) ? of({"不少于 2家", "不少于 限额数 × 0.5"})
                                : "不超过 2家 同名次 按 " + made(Kind::Money)->name + " 从低到高") +
            "\n";
  return text;
}

std::string Writer::made_group(int place) {
  auto const year = of({"", "每年 "});
  auto const rule = of({"就高不重复", "互斥", "最高 100万元 削减 按比例", "最高 333.33元 削减 按成员次序"});
  return "组合 统计组" + std::to_string(place) + " " + year + rule + "\n  成员 " + members(paying_) + "\n";
}

std::string Writer::made_budget(int place) {
  // A place in order that is missing leaves a pool open: what a mean or a ratio comes to is missing more often than a
  // count.
  auto const* money = made(Kind::Money);
  auto const* order = money != nullptr && random_.chance(50) ? money : made(Kind::Count);
  auto const how = random_.chance(40) ? "按比例" : "按 " + order->name + " 从高到低";
  return "预算 统计预算" + std::to_string(place) + " " + random_.pick(money_values) + " 用于 " + members(paying_) +
         " 超出 " + how +
         (random_.chance(40) ? " 每户 最高 " + random_.pick(money_values) + of({" 余额 再分配", " 余额 留存"}) : "") +
         "\n";
}

Names Writer::statistics(int policies) {
  Names all;
  // One that no policy is about stands before or behind.
  bool const another = random_.chance(35), before = random_.chance(50);
  if (another && before) all.push_back(tally("别的统计", "数"));
  all.push_back(tally("成效", "项"));
  auto const first = std::pair(tally_, made_);
  if (another && !before) all.push_back(tally("别的统计", "数"));
  std::tie(tally_, made_) = first;
  // Cohorts of the source are none of what is made.
  world_.cohorts.clear();
  if (random_.chance(40)) {
    all.push_back("群体 成效群 全量" + (random_.chance(40) ? " 当 " + made_test(0) : "") +
                  (random_.chance(40) ? " 分组 " + made_.front().name : "") + of({"", " 缺数 不计"}) + "\n  对象 " +
                  tally_ + "\n");
    world_.cohorts.push_back("成效群");
  }
  for (int i = 0; i < policies; ++i) all.push_back(made_policy(i));
  if (paying_.empty()) return all;
  if (random_.chance(50)) all.push_back(made_group(1));
  if (random_.chance(75)) all.push_back(made_budget(1));
  return all;
}

}  // namespace huiyu::test
