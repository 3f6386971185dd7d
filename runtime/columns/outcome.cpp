#include "runtime/columns/outcome.h"

namespace huiyu {

char const* outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::Eligible: return "eligible";
    case Outcome::Ineligible: return "ineligible";
    case Outcome::Unknown: return "unknown";
    case Outcome::NotApplicable: return "not_applicable";
    case Outcome::Error: return "error";
  }
  return "?";
}

std::vector<PartAmount> stages_of(std::vector<SettleStep> const& steps) {
  std::vector<PartAmount> stages;
  for (auto const& step : steps)
    if (step.how == SettledHow::Drawn) stages.push_back({step.winner, step.after_fen.value_or(0)});
  return stages;
}

std::string settle_reason(SettleStep const& step, bool english) {
  auto const say = [&](char const* zh, char const* en) { return std::string(english ? en : zh); };
  std::string text;
  switch (step.by) {
    case SettledBy::Selection: text = say("遴选", "selection"); break;
    case SettledBy::HighestOnly: text = say("就高不重复", "highest only"); break;
    case SettledBy::OneOnly: text = say("互斥", "one only"); break;
    case SettledBy::TopUp: text = say("递进补差", "less what was paid before"); break;
    case SettledBy::Cap: text = say("合计封顶", "joint cap"); break;
    case SettledBy::Budget: text = say("预算", "budget"); break;
  }
  text += english ? ": " : "：";
  if (step.how == SettledHow::Pending) return text + say("要看尚未确定的结果", "hangs on what is not decided");
  if (step.by == SettledBy::Selection) return text + say("未入选", "not selected");
  if (step.how == SettledHow::Cut) return text + say("已削减", "cut down");
  if (step.how == SettledHow::Allotted) return text + say("按权重分得", "handed out by weight");
  if (step.how == SettledHow::Faulty) return text + say("权重出错或者小于零", "the weight is an error or below zero");
  if (step.how == SettledHow::Drawn) return text + (english ? "paid in stage " + step.winner : step.winner + " 拨付");
  if (step.winner.empty()) return text + say("未取得", "not taken");
  return text + (english ? "taken by " + step.winner : "已由 " + step.winner + " 取得");
}

}  // namespace huiyu
