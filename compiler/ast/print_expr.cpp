#include <string>

#include "compiler/ast/print.h"
#include "compiler/ast/print_parts.h"
#include "compiler/ast/vocabulary.h"
#include "compiler/ast/words.h"
#include "compiler/base/match.h"

namespace huiyu::ast {
namespace {

std::string digits(std::int64_t value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string unit_text(UnitWord unit) { return unit == UnitWord::None ? "" : std::string(spelling(unit)); }

class ExprPrinter {
 public:
  explicit ExprPrinter(File const& file) : file_(file) {}

  std::string print(ExprId id) const {
    if (!id.has_value()) return "-";
    Expr const& expr = file_.exprs[id];
    std::string text = match(
        expr.kind, [](Hole const&) { return std::string("hole"); }, [](Literal const& e) { return print_literal(e); },
        [](Reference const& e) { return print_reference(e); }, [&](Negate const& e) { return list("-", {e.operand}); },
        [&](Arithmetic const& e) { return list(spell(e.op), {e.left, e.right}); },
        [&](Not const& e) { return list("没有", {e.operand}); },
        [&](Logic const& e) { return list(spell(e.op), e.operands); },
        [&](Bounded const& e) {
          std::string out = "(bounded " + print(e.subject);
          for (Bound const& bound : e.bounds) out += " " + print_bound(bound);
          return out + ")";
        },
        [&](Compare const& e) {
          std::string out = "(compare";
          for (std::size_t i = 0; i < e.operands.size(); ++i) {
            if (i > 0) out += " " + std::string(spell(e.ops[i - 1]));
            out += " " + print(e.operands[i]);
          }
          return out + ")";
        },
        [&](Relation const& e) { return list(spell(e.word), {e.left, e.right}); },
        [&](Membership const& e) {
          return "(" + std::string(spell(e.word)) + " " + print(e.subject) + print_all(e.members) + except(e.except) +
                 ")";
        },
        [&](InRange const& e) {
          return std::string(e.negated ? "(不在 " : "(在 ") + print(e.subject) +
                 ends(e.low, e.low_mark, e.high, e.high_mark) + ")";
        },
        [&](Range const& e) { return "(至" + ends(e.low, e.low_mark, e.high, e.high_mark) + ")"; },
        [&](Since const& e) { return list("起", {e.start, e.length}); }, [&](Call const& e) { return print_call(e); },
        [&](EveryPeriod const& e) {
          std::string const period = e.period ? print_period(*e.period) + " " : "";
          return "(" + std::string(e.months ? "每月 " : "每年 ") + period + print(e.condition) + ")";
        },
        [&](Pick const& e) { return list(e.word == PickWord::Highest ? "孰高" : "孰低", e.operands); },
        [&](ExcessPart const& e) { return list("超过部分", {e.amount, e.above}); },
        [&](Bracket const& e) { return list("bracket", {e.inner}); },
        [&](Cap const& e) {
          return "(" + std::string(spell(e.word)) + " " + print(e.operand) + " " + print(e.bound) + print_per(e.per) +
                 ")";
        },
        [&](Round const& e) { return "(" + print_round(e) + " " + print(e.operand) + ")"; },
        [&](WhenPart const& e) { return list("当", {e.operand, e.condition}); },
        [&](EachFull const& e) { return list("每满", {e.value, e.step, e.amount}); },
        [&](Shift const& e) { return list(e.word == ShiftWord::Raise ? "提升" : "降低", {e.value, e.steps}); },
        [&](FullPeriod const& e) { return "(满 " + print(e.since) + " " + print_number(e.length) + ")"; },
        [&](Default const& e) { return list("缺省", {e.fact, e.value}); },
        [&](NextYear const& e) { return list("次年", {e.of}); },
        [&](YearCount const& e) {
          return "(年次 " + print(e.from) + (e.next_year ? " 次年" : "") + (e.anniversaries ? " 按周年" : "") + ")";
        },
        [&](Ladder const& e) { return print_ladder(e); }, [&](Table const& e) { return print_table(e); },
        [&](Quantified const& e) { return print_quantified(e); });
    if (expr.citation) text += "〔" + *expr.citation + "〕";
    return text;
  }

  std::string print_key(RowKey const& key) const {
    std::string out;
    if (key.otherwise) out += " 其余";
    out += print_all(key.values);
    for (Bound const& bound : key.bounds) out += " " + print_bound(bound);
    if (key.range.has_value()) out += " " + print(key.range);
    if (key.condition.has_value()) out += " " + print(key.condition);
    return "(key" + out + except(key.except) + ")";
  }

 private:
  std::string list(std::string_view head, std::vector<ExprId> const& items) const {
    return "(" + std::string(head) + print_all(items) + ")";
  }
  std::string print_all(std::vector<ExprId> const& items) const {
    std::string out;
    for (ExprId const id : items) out += " " + print(id);
    return out;
  }
  std::string except(std::vector<ExprId> const& items) const {
    return items.empty() ? "" : " (除外" + print_all(items) + ")";
  }
  std::string ends(ExprId low, EndMark low_mark, ExprId high, EndMark high_mark) const {
    auto const mark = [](EndMark m) { return m == EndMark::Unmarked ? "" : "（" + std::string(spell(m)) + "）"; };
    std::string out = " " + print(low) + mark(low_mark);
    return high.has_value() ? out + " " + print(high) + mark(high_mark) : out;
  }
  std::string print_bound(Bound const& bound) const {
    return "(" + std::string(spell(bound.op)) + (bound.postfix ? "' " : " ") + print(bound.value) + ")";
  }

  std::string print_call(Call const& e) const {
    std::string out = "(call " + print_name(e.callee);
    if (e.count) out += " n=" + std::to_string(*e.count);
    out += print_all(e.arguments);
    if (e.each.has_value()) out += " (each " + print(e.each) + ")";
    if (e.where.has_value()) out += " (其中 " + print(e.where) + ")";
    if (!e.distinct.empty()) out += " (不重复" + print_all(e.distinct) + ")";
    if (e.order) out += " " + std::string(spell(*e.order));
    for (auto const& [name, value] : e.named) out += " (" + print_name(name) + " = " + print(value) + ")";
    return out + ")";
  }

  std::string print_ladder(Ladder const& e) const {
    std::string out = e.marginal ? "(分段" : "(分档";
    if (e.hit) out += " " + std::string(spell(*e.hit));
    if (e.subject.has_value()) out += " " + print(e.subject);
    for (Row const& row : e.rows) out += " (row " + print_key(row.key) + " " + print(row.value) + ")";
    return out + ")";
  }

  std::string print_table(Table const& e) const {
    std::string out = "(表";
    if (e.hit) out += " " + std::string(spell(*e.hit));
    if (e.subject.has_value()) out += " " + print(e.subject);
    for (Abbreviation const& letter : e.abbreviations)
      out += " (记 " + print_name(letter.letter) + " " + print(letter.value) + " " + unit_text(letter.unit) + ")";
    out += " (header " + print_name(e.corner) + print_all(e.header) + ")";
    for (TableRow const& row : e.rows) {
      out += " (row " + print_key(row.key);
      for (Cell const& cell : row.cells) {
        out += " (cell";
        out += cell.otherwise ? " 其余" : cell.dash ? " -" : "";
        out += print_all(cell.conditions) + ")";
      }
      out += ")";
    }
    return out + ")";
  }

  std::string print_quantified(Quantified const& e) const {
    std::string out = "(" + std::string(spell(e.quantifier));
    if (e.quantifier == Quantifier::AtLeast) out += " " + std::to_string(e.count);
    for (Member const& member : e.members) {
      out += " (" + member.mark + " " + print(member.condition);
      if (member.citation) out += "〔" + *member.citation + "〕";
      out += ")";
    }
    return out + ")";
  }

  File const& file_;
};

}  // namespace

std::string print_name(Name const& name) { return (name.known ? "" : "?") + (name.text.empty() ? "_" : name.text); }

std::string print_path(Path const& path) {
  std::string out;
  for (Name const& part : path.parts) out += (out.empty() ? "" : ".") + print_name(part);
  return out.empty() ? "_" : out;
}

std::string print_number(NumberLiteral const& number) {
  std::string text = digits(number.mantissa, std::size_t{number.scale} + 1);
  if (number.scale > 0) text.insert(text.size() - number.scale, ".");
  text += unit_text(number.unit);
  return number.per == UnitWord::None ? text : text + "/" + unit_text(number.per);
}

std::string print_date(DateLiteral const& date) {
  std::string text = digits(date.year, 4);
  if (date.month == 0) return text + "年";
  text += "-" + digits(date.month, 2);
  return date.day == 0 ? text : text + "-" + digits(date.day, 2);
}

std::string print_literal(Literal const& literal) {
  return match(
      literal.value, [](NumberLiteral const& v) { return print_number(v); },
      [](DateLiteral const& v) { return print_date(v); },
      [](OrdinalLiteral const& v) { return "第" + std::to_string(v.number) + unit_text(v.unit); },
      [](TopLiteral const& v) { return "前" + print_number(v.number); },
      [](TruthLiteral const& v) { return std::string(v.value ? "是" : "否"); },
      [](TextLiteral const& v) { return "\"" + v.text + "\""; });
}

std::string print_period(Period const& period) {
  switch (period.word) {
    case PeriodWord::Year: return std::to_string(period.number) + "年";
    case PeriodWord::Month:
      return std::to_string(period.number / 12) + "年" + std::to_string(period.number % 12 + 1) + "月";
    case PeriodWord::LastYears: return "近" + std::to_string(period.number) + "年";
    case PeriodWord::LastMonths: return "近" + std::to_string(period.number) + "个月";
    case PeriodWord::ThisYear:
    case PeriodWord::LastYear:
    case PeriodWord::YearBeforeLast:
    case PeriodWord::BoundYear:
    case PeriodWord::YearBefore:
    case PeriodWord::ThisMonth:
    case PeriodWord::LastMonth:
    case PeriodWord::BoundMonth:
    case PeriodWord::AssessmentYear: break;
  }
  return std::string(spell(period.word));
}

std::string print_reference(Reference const& reference) {
  if (!reference.period) return print_path(reference.path);
  std::string const period = "@" + print_period(*reference.period);
  return reference.path.parts.empty() ? period : period + ":" + print_path(reference.path);
}

std::string print_per(std::vector<CapPer> const& per) {
  std::string out;
  for (CapPer const each : per) out += " " + std::string(spell(each));
  return out;
}

std::string print_round(Round const& round) {
  std::string out(spell(round.mode));
  if (round.digits) out += " 保留" + std::to_string(*round.digits) + "位";
  if (round.to != UnitWord::None) out += " 到" + unit_text(round.to);
  return out;
}

std::string print_key(File const& file, RowKey const& key) { return ExprPrinter(file).print_key(key); }

std::string print(File const& file, ExprId id) { return ExprPrinter(file).print(id); }

}  // namespace huiyu::ast
