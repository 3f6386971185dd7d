#pragma once

// Expressions whose form is a line of words: operators, comparisons, calls, caps. Conditions and values share one
// arena; the checker tells them apart by type.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/ast/literals.h"
#include "compiler/base/id.h"
#include "compiler/source/span.h"

namespace huiyu::ast {

struct ExprTag;
using ExprId = Id<ExprTag>;

enum class LogicOp : std::uint8_t { And, Or };
enum class ArithmeticOp : std::uint8_t { Add, Subtract, Multiply, Divide };
// Prefix and postfix comparison words of the Civil Code, art. 1259, and the operators printed as words.
enum class CompareOp : std::uint8_t { Less, AtMost, Greater, AtLeast, Equal, NotEqual };
enum class Quantifier : std::uint8_t { All, Any, AtLeast };         // 同时符合 符合之一 至少符合 n项
enum class HitRule : std::uint8_t { Unique, First, Highest, Sum };  // 唯一 首行 就高 各档相加
enum class RoundingWord : std::uint8_t { HalfUp, Down, Up, HalfEven };
enum class CapWord : std::uint8_t { AtMost, AtLeast };  // 最高 最低
enum class CapPer : std::uint8_t { EachYear, EachCalendarYear, Cumulative, EachProject, EachContract, EachFirm };

struct Hole {};  // unreadable; already reported
struct Literal {
  std::variant<NumberLiteral, DateLiteral, OrdinalLiteral, TopLiteral, TruthLiteral, TextLiteral> value;
};

// A period put before a series or standing alone: 本年 上年 前年 2023年 近3年 近12个月 当年 前一年 当月 本月 上月
// 考核年度 2024年3月. `number`: of Year the year, of Month year × 12 + month − 1, of LastYears and LastMonths how many.
enum class PeriodWord : std::uint8_t {
  ThisYear,
  LastYear,
  YearBeforeLast,
  Year,
  Month,
  LastYears,
  LastMonths,
  BoundYear,
  YearBefore,
  ThisMonth,
  LastMonth,
  BoundMonth,
  AssessmentYear
};
struct Period {
  PeriodWord word{};
  std::int64_t number = 0;
  Span span;
};

struct Reference {
  std::optional<Period> period;
  Path path;
};  // path empty: the period alone
struct Negate {
  ExprId operand;
};
struct Arithmetic {
  ArithmeticOp op{};
  ExprId left, right;
  Span op_span;
};
struct Not {
  ExprId operand;
};  // 没有
struct Logic {
  LogicOp op{};
  std::vector<ExprId> operands;
};  // chains are n-ary

// `X 2000万元以上 不满4亿元`: one subject, one or more bounds, all must hold.
struct Bound {
  CompareOp op{};
  ExprId value;
  Span span;
  bool postfix = false;
};
struct Bounded {
  ExprId subject;
  std::vector<Bound> bounds;
};
// `20人 ≤ X ＜ 300人`, `a = b`
struct Compare {
  std::vector<ExprId> operands;
  std::vector<CompareOp> ops;
};
// `成立日期 早于 D`, `是`/`不是`, 首次超过/首次达到
enum class RelationWord : std::uint8_t { Is, IsNot, Before, After, NotBefore, NotAfter, FirstAbove, FirstReached };
struct Relation {
  RelationWord word{};
  ExprId left, right;
};
// `X 属于 A、B 除外 C`, `不属于`, `包含`, `不包含`
enum class MembershipWord : std::uint8_t { BelongsTo, NotBelongsTo, Contains, NotContains };
struct Membership {
  MembershipWord word{};
  ExprId subject;
  std::vector<ExprId> members;
  std::vector<ExprId> except;
};
// `X 在 A（含） 至 B（不含） 内`, `X 在 近12个月 内`, `1000万元（含）至 5000万元（不含）`, `D起5年内`
enum class EndMark : std::uint8_t { Unmarked, Included, Excluded };
struct InRange {
  ExprId subject;
  bool negated = false;
  ExprId low, high;
  EndMark low_mark{}, high_mark{};
};
struct Range {
  ExprId low, high;
  EndMark low_mark{}, high_mark{};
};  // as a row key: the subject is the ladder's
struct Since {
  ExprId start;
  ExprId length;
};  // D起n年内, right side of InRange

// `合计（设备：单价 × 台数，其中 …，不重复 企业）`, `最大（近3年：…）`, `名次（X，群体，从高到低）`, any
// `name（args）`. Built-ins and definitions alike: the grammar knows only name（…）.
enum class OrderWord : std::uint8_t { Descending, Ascending };  // 从高到低 从晚到早 / 从低到高 从早到晚
struct Call {
  Name callee;
  std::vector<ExprId> arguments;
  std::optional<std::int64_t> count;  // `前3项（…）`: callee 前n项
  ExprId each{};                      // after `：` : the expression over the list or years
  ExprId where{};                     // after 其中
  std::vector<ExprId> distinct;       // after 不重复
  std::optional<OrderWord> order;
  std::vector<std::pair<Name, ExprId>> named;  // 引用 … 其中 a = b
};
struct EveryPeriod {
  std::optional<Period> period;
  bool months = false;
  ExprId condition;
};  // 近3年 每年（…）

// （A，B）孰高 / 孰低, （A 超过 B 部分）, a bracket kept for formatting
enum class PickWord : std::uint8_t { Highest, Lowest };
struct Pick {
  PickWord word{};
  std::vector<ExprId> operands;
};
struct ExcessPart {
  ExprId amount, above;
};
struct Bracket {
  ExprId inner;
};

struct Cap {
  CapWord word{};
  ExprId operand, bound;
  std::vector<CapPer> per;
  Span span;
};
struct Round {
  ExprId operand;
  RoundingWord mode{};
  std::optional<std::int64_t> digits;
  UnitWord to = UnitWord::None;
};
struct WhenPart {
  ExprId operand, condition;
};  // amount 当 condition, inside brackets
struct EachFull {
  ExprId value;
  ExprId step, amount;
};  // X 每满1000万元 2万元
enum class ShiftWord : std::uint8_t { Raise, Lower };
struct Shift {
  ExprId value;
  ShiftWord word{};
  ExprId steps;
};  // 提升1档 降低1档
struct FullPeriod {
  ExprId since;
  NumberLiteral length;
};  // 成立日期 满3年
struct Default {
  ExprId fact, value;
};  // 缴费月数 缺省 0个月
struct NextYear {
  ExprId of;
};  // 奖补.年度 次年
struct YearCount {
  ExprId from;
  bool next_year = false;
  bool anniversaries = false;
};  // 年次（自 Y 次年 / 按周年）

}  // namespace huiyu::ast
