#include "compiler/types/type.h"

namespace huiyu::types {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(BaseUnit::Count_)> unit_words{
    "元", "人", "个", "亩", "千瓦时", "天", "个工作日", "个月", "分", "美元", "欧元", "港元", "日元", "英镑"};

// `元`, `元·人`, `亩²`: the factors whose exponent has the given sign.
std::string product(Unit const& unit, int sign) {
  std::string text;
  for (std::size_t i = 0; i < unit.exponents.size(); ++i) {
    int const exponent = unit.exponents[i] * sign;
    if (exponent <= 0) continue;
    if (!text.empty()) text += "·";
    text += unit_words[i];
    if (exponent > 1) text += "^" + std::to_string(exponent);
  }
  return text;
}

std::string_view kind_word(Kind kind) {
  switch (kind) {
    case Kind::Poison: return "？";
    case Kind::Truth: return "真假";
    case Kind::Number: return "小数";
    case Kind::Date: return "日期";
    case Kind::Year: return "年度";
    case Kind::Month: return "年月";
    case Kind::Code: return "代码";
    case Kind::Enumeration: return "名录";
    case Kind::Text: return "文本";
    case Kind::CreditCode: return "信用代码";
    case Kind::List: return "列表";
    case Kind::Set: return "集合";
    case Kind::Record: return "结构";
  }
  return "？";
}

}  // namespace

std::string describe(Unit const& unit) {
  if (unit.dimensionless()) return "小数";
  std::string const above = product(unit, 1);
  std::string const below = product(unit, -1);
  if (below.empty()) return above;
  return (above.empty() ? "1" : above) + "/" + below;
}

std::string describe(Type const& type) {
  if (type.kind == Kind::Number) {
    auto const row = builtin_type_of(type.unit);
    return row ? std::string(row->zh) : describe(type.unit);
  }
  if (type.kind == Kind::Code)
    for (auto const& row : builtin_types())
      if (row.type == type) return std::string(row.zh);
  return std::string(kind_word(type.kind));
}

}  // namespace huiyu::types
