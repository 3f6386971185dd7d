#pragma once

// What an expression is on one record: a value, missing, or an error. Nothing else; there is no null.

#include <set>
#include <string>
#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::interpret {

enum class FaultKind : std::uint8_t {
  DivisionByZero,
  NoRow,           // a ladder or table without 其余 of which no row holds
  SeveralRows,     // two rows or exceptions hold where at most one may
  NothingToRank,   // 平均 最大 最小 中位 of nothing
  BeyondType,      // a definition outside the range of its type, an amount past 64 bits of 分
  BeyondCalendar,  // a date outside years 1 to 9999, or moved by a part of a month
  NegativeAmount,  // what is paid must not be negative
};
// 除数为零, …: a short phrase for messages in Chinese.
char const* fault_text(FaultKind kind);

// Why an answer is an error, and where: the expression, and the citation of the nearest clause around it that has one.
struct Fault {
  FaultKind kind{};
  Span span;
  std::string citation;
  friend bool operator==(Fault const&, Fault const&) = default;
};

using Names = std::set<std::string>;

struct Answer {
  enum class State : std::uint8_t { Known, Missing, Error };
  State state = State::Missing;
  tir::Value value;  // Known
  // Missing: the facts that are needed. Known codes and sets: the facts they stand on, since a code may be too coarse
  // for a question, and a set may hold something that could not be read.
  Names facts;
  bool open_set = false;  // Known set: something more was named
  Fault fault;            // Error

  bool known() const { return state == State::Known; }
  bool missing() const { return state == State::Missing; }
  bool error() const { return state == State::Error; }
  bool is(bool truth) const { return known() && std::get<bool>(value) == truth; }

  static Answer of(tir::Value value, Names facts = {}) {
    return {State::Known, std::move(value), std::move(facts), false, {}};
  }
  static Answer needs(Names facts) { return {State::Missing, {}, std::move(facts), false, {}}; }
  static Answer fails(Fault fault) { return {State::Error, {}, {}, false, std::move(fault)}; }
};

inline BigRational const& number(Answer const& answer) { return std::get<BigRational>(answer.value); }
inline bool truth(Answer const& answer) { return std::get<bool>(answer.value); }

// The leftmost error, else missing with all that is needed, else nothing: what a strict operation is before it
// computes.
std::optional<Answer> undecided(std::vector<Answer> const& operands);

// 且: the leftmost present of 假 未知 错误 真. 或: of 真 未知 错误 假. 没有 keeps 未知 and 错误.
Answer all_of(std::vector<Answer> const& operands);
Answer any_of(std::vector<Answer> const& operands);
Answer negate(Answer operand);
// Whether `a` is less than `b`: numbers, dates, years, months, and entries of an ordered enumeration, whose first is
// the greatest.
bool ranks_below(tir::Value const& a, tir::Value const& b);

// 至少符合 n项, which is 或 over 且 of every n of them.
Answer at_least(std::int64_t count, std::vector<Answer> const& operands);

// v to so many digits after the point (before it, where negative).
BigRational round_to(BigRational const& value, int digits, Rounding mode);

// `0.25`, `-3`, and `1/3` for what has no end: exact.
std::string decimal_text(BigRational const& value);

}  // namespace huiyu::interpret
