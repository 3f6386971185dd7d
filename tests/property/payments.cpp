// What was paid before: 只奖一次, caps over time, 已付, 已享受, 前身, 追回; and what is paid in parts.

#include "tests/property/writer.h"

namespace huiyu::test {

// At the end of a policy's head.
std::string Writer::once() {
  if (!world_.payments || !random_.chance(25)) return {};
  return world_.subject == "企业" ? of({" 只奖一次", " 只奖一次 每家企业", " 只奖一次 每家企业"}) : " 只奖一次";
}

std::string Writer::earlier(int place) {
  if (!world_.payments || !random_.chance(25)) return {};
  auto const old = of({"旧办法", "政策1", "政策" + std::to_string(place + 2)});
  return " 前身 " + of({"", "\"样例〔2021〕3号\" "}) + old;
}

// Behind a cap.
std::string Writer::over_time() {
  if (!world_.payments || !random_.chance(60)) return {};
  return of({" 每年", " 每年", " 累计", " 每自然年"});
}

// 奖励 by a ladder without 其余, of whose rows one at most pays; payments name its rows.
std::string Writer::tiers() {
  auto const sum = [&] { return random_.chance(60) ? literal(Kind::Money) : "（" + number(Kind::Money, 1) + "）"; };
  Names keys;
  std::string subject;
  switch (random_.below(5)) {
    case 0:
    case 1:
      subject = " " + own_fact(Kind::Money);
      keys = {"100万元以上 不满1000万元", "1000万元以上 不满2000万元", "2000万元以上"};
      break;
    case 2:
      subject = of({"", " 首行"}) + " " + own_fact(Kind::Persons);
      keys = {"20人以上 不满300人", "300人以上"};
      break;
    case 3:
      subject = " " + own_fact(Kind::Grade);
      keys = {"甲等", "乙等、丙等"};
      break;
    default:
      subject = " 首行";
      keys = {own_fact(Kind::Truth), own_fact(Kind::Money) + " 100万元以上", own_fact(Kind::Persons) + " 20人以上"};
      break;
  }
  std::string text = "  奖励 分档" + subject;
  for (auto const& key : keys) {
    text += (&key == keys.data() ? "：" : "；") + key + "：" + sum();
    auto told = key;
    std::erase(told, ' ');
    world_.tiers.push_back(told);
  }
  if (random_.chance(20)) text += "，最高 " + random_.pick(money_values);
  if (random_.chance(20)) text += "，" + rounding(Kind::Money);
  return text + "\n";
}

// 分期: the parts come to the whole by themselves, or by the last.
std::string Writer::instalments() {
  auto const some = [&] { return of({"10万元", "0.01元", "333.33元", "2000万元", "0元"}); };
  switch (random_.below(6)) {
    case 0: return "  分期 首期 60%；清算 40%\n";
    case 1: return "  分期 受理：" + some() + "；挂牌：补足\n";
    case 2: return "  分期 受理：" + some() + "；入库：" + of({"33.3%", "5.5%", "100%"}) + "；清算：补足\n";
    case 3: return "  分期 首期 33.3%；二期 33.3%；三期 33.4%\n";
    default: return "  分期 " + of({"1期", "3期", "7期"}) + " 等额\n";
  }
}

std::string Writer::asked_back() {
  return "  追回 已付 " + of({"100%", "100%", "50%", "33.3%"}) + " 当 " + condition(random_.chance(50) ? 0 : 1) + "\n";
}

std::string Writer::paid() { return world_.payments ? "已付（" + random_.pick(paid_policies) + "）" : ""; }

std::string Writer::enjoyed() { return world_.payments ? "已享受（" + random_.pick(paid_policies) + "）" : ""; }

}  // namespace huiyu::test
