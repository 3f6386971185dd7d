#include "runtime/explain/show.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "runtime/base/civil.h"
#include "runtime/codes/codes.h"
#include "runtime/columns/layout.h"

namespace huiyu::explain {
namespace {

using columns::Measure;
using plan::ValueKind;

// The number of digits after the point that a fraction needs, or −1 if it has no end.
int digits_needed(BigRational const& number) {
  BigInt rest = denominator(number);
  int twos = 0, fives = 0;
  for (; rest % 2 == 0; rest /= 2) ++twos;
  for (; rest % 5 == 0; rest /= 5) ++fives;
  return rest == 1 ? std::max(twos, fives) : -1;
}

struct Shown {
  int digits;
  BigRational factor;
  std::string_view unit;
};

Shown shown_as(Measure measure) {
  switch (measure) {
    case Measure::Yuan: return {2, 1, "元"};
    case Measure::Persons: return {0, 1, "人"};
    case Measure::Items: return {0, 1, "个"};
    case Measure::Ratio: return {0, 100, "%"};
    case Measure::Score: return {0, 1, "分"};
    case Measure::Mu: return {0, 1, "亩"};
    case Measure::KilowattHour: return {0, 1, "千瓦时"};
    case Measure::Days: return {0, 1, "天"};
    case Measure::WorkingDays: return {0, 1, "个工作日"};
    case Measure::Months: return {0, 1, "个月"};
    case Measure::UsDollars: return {0, 1, "美元"};
    case Measure::Euros: return {0, 1, "欧元"};
    case Measure::HongKongDollars: return {0, 1, "港元"};
    case Measure::Yen: return {0, 1, "日元"};
    case Measure::Pounds: return {0, 1, "英镑"};
    case Measure::None:
    case Measure::Other: return {0, 1, ""};
  }
  return {0, 1, ""};
}

// A fraction without an end, cut (not rounded) after eight digits: which side of a bound it lies on stays visible.
std::string cut_number(BigRational const& number) {
  constexpr int places = 8;
  BigInt power = 1;
  for (int i = 0; i < places; ++i) power *= 10;
  BigInt const mantissa = numerator(number) * power / denominator(number);
  auto text = show_number(BigRational(mantissa, power), places);
  if (mantissa == 0 && number < 0) text.insert(0, "-");
  return text + "…";
}

std::string show_enumeration(plan::Plan const& plan, plan::Ref<plan::Enumeration> ref, std::int64_t entry) {
  if (!ref.has_value()) return std::to_string(entry);
  auto const& entries = plan.enumerations[ref.index].entries;
  if (entry < 0 || entry >= static_cast<std::int64_t>(entries.count)) return std::to_string(entry);
  return std::string(plan.text(plan.entry_texts[entries.begin + static_cast<std::uint32_t>(entry)]));
}

std::string show_code(std::uint8_t system, std::int64_t id) {
  auto const code_system = static_cast<codes::CodeSystem>(system);
  if (id < 0 || id >= static_cast<std::int64_t>(codes::entries(code_system).size())) return "#" + std::to_string(id);
  return codes::display_path(code_system, static_cast<std::int32_t>(id));
}

std::string show_set(plan::Plan const& plan, ShowAs const& as, Members const& members) {
  std::string text;
  auto add = [&](std::string const& one) { text += (text.empty() ? "" : "、") + one; };
  for (auto id : members.ids)
    add(as.enumeration.has_value() ? show_enumeration(plan, as.enumeration, id) : std::to_string(id));
  for (auto const& one : members.texts) add(one);
  if (members.open) add("?");
  return text.empty() ? "（空）" : text;
}

}  // namespace

std::string show_yuan(BigRational const& yuan) {
  BigRational const size = abs(yuan);
  for (auto const& [unit, name, digits] : {std::tuple{100'000'000, "亿元", 4}, std::tuple{10'000, "万元", 2}}) {
    BigRational const scaled = yuan / unit;
    auto const needed = digits_needed(scaled);
    if (size >= unit && needed >= 0 && needed <= digits) return show_number(scaled, 0) + name;
  }
  return show_number(yuan, denominator(yuan) == 1 ? 0 : 2) + "元";
}

std::string show_number(BigRational const& number, int digits) {
  auto const needed = digits_needed(number);
  if (needed < 0) return numerator(number).str() + "/" + denominator(number).str();
  auto const places = std::max(needed, digits);
  BigInt power = 1;
  for (int i = 0; i < places; ++i) power *= 10;
  BigInt const mantissa = numerator(BigRational(number * power));
  auto text = BigInt(abs(mantissa)).str();
  auto const width = static_cast<std::size_t>(places);
  if (text.size() <= width) text.insert(0, width + 1 - text.size(), '0');
  if (places > 0) text.insert(text.size() - width, ".");
  return mantissa < 0 ? "-" + text : text;
}

std::string show_value(plan::Plan const& plan, ShowAs const& as, Value const& value) {
  if (value.state == State::True) return "是";
  if (value.state == State::False) return "否";
  if (value.members != nullptr) return show_set(plan, as, *value.members);
  auto const stored = value.number.integer().value_or(0);
  switch (as.kind) {
    case ValueKind::Number:
    case ValueKind::Quotient: {
      auto const shown = shown_as(static_cast<Measure>(as.measure));
      auto const number = value.number.big();
      if (digits_needed(number) < 0) return cut_number(number * shown.factor) + std::string(shown.unit);
      if (static_cast<Measure>(as.measure) == Measure::Yuan) return show_yuan(number);
      return show_number(number * shown.factor, shown.digits) + std::string(shown.unit);
    }
    case ValueKind::Date: return format_date(static_cast<std::int32_t>(stored));
    case ValueKind::Year: return std::to_string(stored) + "年";
    case ValueKind::Month: return fmt::format("{:04}-{:02}", stored / 12, stored % 12 + 1);
    case ValueKind::Code: return show_code(as.code_system, stored);
    case ValueKind::Enumeration: return show_enumeration(plan, as.enumeration, stored);
    case ValueKind::Text:
    case ValueKind::CreditCode: return value.text;
    case ValueKind::Truth: return stored != 0 ? "是" : "否";
    case ValueKind::List:
    case ValueKind::Set: break;
  }
  return {};
}

ShowAs show_as(plan::Explain const& node) { return {node.kind, node.measure, node.code_system, node.enumeration}; }

std::string show_value(plan::Plan const& plan, plan::Explain const& node, Value const& value) {
  return show_value(plan, show_as(node), value);
}

std::string conclusion_text(plan::Plan const& plan, ShowAs const& as, Value const& value) {
  bool const number = as.kind == ValueKind::Number || as.kind == ValueKind::Quotient;
  if (!number || value.state != State::Value) return show_value(plan, as, value);
  auto const shown = shown_as(static_cast<Measure>(as.measure));
  return show_number(value.number, shown.digits) + std::string(shown.unit == "%" ? "" : shown.unit);
}

}  // namespace huiyu::explain
