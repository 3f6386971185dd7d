// What was paid before: 只奖一次, caps over time, 已付, 已享受, 前身.

#include "tests/property/writer.h"

namespace huiyu::test {

// At the end of a policy's head.
std::string Writer::once() {
  if (!world_.payments || !random_.chance(25)) return {};
  return world_.subject == "企业" ? of({" 只奖一次", " 只奖一次 每家企业"}) : " 只奖一次";
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

std::string Writer::paid() { return world_.payments ? "已付（" + random_.pick(paid_policies) + "）" : ""; }

std::string Writer::enjoyed() { return world_.payments ? "已享受（" + random_.pick(paid_policies) + "）" : ""; }

}  // namespace huiyu::test
