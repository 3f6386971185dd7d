#pragma once

// Names and literals, the leaves of everything written.

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/source/span.h"

namespace huiyu::ast {

// A word of the vocabulary that is a name (types, aggregates, 全国, 长期) has its Chinese spelling, in whatever
// language it was written. `known` is false where the parser has already said that no such word is visible here.
struct Name {
  std::string text;  // NFC, without 「」
  Span span;
  bool known = true;
};

// `设备.金额`, `项目.申报单位.注册地`, `南京市.鼓楼区`
struct Path {
  std::vector<Name> parts;
  Span span;
};

// The unit word of a number as written (a vocabulary entry of kind unit); None for a bare number.
enum class UnitWord : std::uint8_t {
  None,
  Yuan,
  WanYuan,
  YiYuan,  // 元 万元 亿元
  Percent,
  Permille,  // % ‰
  Persons,   // 人
  Counting,  // 家 项 个 户 件 次 台 套 份 期 名 …: counting units are one
  Mu,
  SquareMetre,  // 亩 平方米
  KilowattHour,
  WanKilowattHour,  // 千瓦时 (度) 万千瓦时
  Day,
  WorkingDay,
  Month,
  Year,           // 天 个工作日 个月 年
  Score,          // 分
  DecimalPlaces,  // 位小数, after 保留 only
  UsDollar,
  Euro,
  HongKongDollar,
  Yen,
  Pound,  // 美元 欧元 港元 日元 英镑
};

// `500万元`, `3%`, `20人`, `0.05%/天`: mantissa × 10^-scale in the unit as written, exact.
struct NumberLiteral {
  std::int64_t mantissa = 0;
  std::uint8_t scale = 0;
  UnitWord unit = UnitWord::None;
  UnitWord per = UnitWord::None;  // after `/`
};
struct DateLiteral {
  std::int32_t year = 0, month = 0, day = 0;
};  // month 0: `2024年`; day 0: `2024年3月`
struct OrdinalLiteral {
  std::int64_t number = 0;
  UnitWord unit = UnitWord::None;
};  // 第3年 第1名
struct TopLiteral {
  NumberLiteral number;
};  // 前20% 前3名
struct TruthLiteral {
  bool value = false;
};  // 是 否
struct TextLiteral {
  std::string text;
};

}  // namespace huiyu::ast
