#include "compiler/parse/habits.h"

#include <algorithm>
#include <array>
#include <utility>

namespace huiyu::parse {
namespace {

struct Habit {
  std::string_view written, wording;
};

// Longer words first: 大于等于 before 大于.
constexpr std::array habits{
    Habit{"最低不少于", "最低"},
    Habit{"最高不超过", "最高"},
    Habit{"不得超过", "不超过"},
    Habit{"不得高于", "不高于"},
    Habit{"不得低于", "不低于"},
    Habit{"不得少于", "不少于"},
    Habit{"未超过", "不超过"},
    Habit{"未达到", "低于"},
    Habit{"不大于", "不超过"},
    Habit{"不小于", "不低于"},
    Habit{"达到", "不低于"},
    Habit{"超出", "超过"},
    Habit{"大于等于", "不低于"},
    Habit{"大于或等于", "不低于"},
    Habit{"小于等于", "不超过"},
    Habit{"小于或等于", "不超过"},
    Habit{"大于", "超过"},
    Habit{"多于", "超过"},
    Habit{"小于", "低于"},
    Habit{"至少", "不低于"},
    Habit{"至多", "不超过"},
    Habit{"等于", "="},
    Habit{"不等于", "不是"},
    Habit{"并且", "且"},
    Habit{"而且", "且"},
    Habit{"以及", "且"},
    Habit{"或者", "或"},
    Habit{"如果", "当"},
    Habit{"及以上", "以上"},
    Habit{"及以下", "以下"},
    Habit{"之和", "合计（…）"},
    Habit{"总和", "合计（…）"},
    Habit{"乘以", "×"},
    Habit{"除以", "÷"},
    Habit{"加上", "＋"},
    Habit{"减去", "−"},
    Habit{"百分之", "…%"},
    Habit{"包括", "包含"},
    Habit{"的", "×"},
};
constexpr std::array<std::string_view, 4> negations{"非", "不", "无", "未"};
constexpr std::array<std::string_view, 3> myriads{"万", "亿", "千万"};

bool declared(std::string_view word, Dictionary const& visible, Dictionary const& own) {
  auto const is_global = [](DeclaredName const* name) { return !is_local(name->kind); };
  return std::ranges::any_of(own.find(word), is_global) || std::ranges::any_of(visible.find(word), is_global);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The first byte of a Chinese character in UTF-8.
bool is_lead_of_three(char c) { return (static_cast<unsigned char>(c) & 0xF0U) == 0xE0U; }

}  // namespace

std::optional<std::string> habitual_wording(std::string_view run, std::string_view part, Dictionary const& visible,
                                            Dictionary const& own) {
  for (auto const& habit : habits)
    if (run == habit.written || part.starts_with(habit.written)) return std::string(habit.wording);
  // 20人次以上: people who come several times are counted by the time.
  if (auto const at = run.find("人次"); at != std::string_view::npos && at > 0 && is_digit(run[at - 1]))
    return std::string(run.substr(0, at)) + std::string(run.substr(at + std::string_view("人").size()));
  for (auto const negation : negations)
    if (run.starts_with(negation) && declared(run.substr(negation.size()), visible, own))
      return "没有 " + std::string(run.substr(negation.size()));
  // 2000万以上: the unit is left out.
  auto const number = std::ranges::find_if_not(run, [](char c) { return is_digit(c) || c == '.' || c == '_'; });
  auto const digits = static_cast<std::size_t>(number - run.begin());
  if (digits > 0)
    for (auto const myriad : myriads)
      if (run.substr(digits).starts_with(myriad)) {
        auto const end = digits + myriad.size();
        if (run.find("元", end) != std::string_view::npos) return std::nullopt;  // 20万元一次性
        // 5万员: one character where the unit stands is a slip of the pen.
        auto const rest = run.substr(end);
        bool const slip = rest.size() == 3 && is_lead_of_three(rest.front());
        return std::string(run.substr(0, end)) + "元" + (slip ? std::string() : std::string(rest));
      }
  return std::nullopt;
}

std::optional<OtherUnit> other_unit_in(std::string_view run, std::string_view part) {
  auto const at = static_cast<std::size_t>(part.data() - run.data());
  bool const inside = part.data() >= run.data() && at > 0 && at < run.size();
  bool const per = part.starts_with('/');
  if (!per && !(inside && is_digit(run[at - 1]))) return std::nullopt;
  if (per) part.remove_prefix(1);
  for (std::string_view const times : {"百", "千万", "万", "亿"})
    if (part.starts_with(times)) part.remove_prefix(times.size());
  return other_unit_at(part);
}

}  // namespace huiyu::parse
