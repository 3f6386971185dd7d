#pragma once

// Evaluates explanation trees on one record, exactly: language.md section 5. Slow and obvious; the engines are held
// against it.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "runtime/explain/finding_places.h"
#include "runtime/explain/findings.h"

namespace huiyu::explain {

class Evaluator {
 public:
  explicit Evaluator(Record const& record);

  // Goes to another row of the same batch and forgets what was found; its memory stays.
  void restart(std::int64_t row);

  // The finding of a tree about the record itself.
  std::uint32_t evaluate(plan::Ref<plan::Explain> node);

  // The scope of one row of a list of the record, which trees about both are read in.
  std::uint32_t bind_row(plan::Ref<plan::Column> list, std::int64_t row);
  // The finding of a tree in a scope; 0 is the record itself.
  std::uint32_t evaluate_in(plan::Ref<plan::Explain> node, std::uint32_t scope) { return evaluate(node, scope); }

  // What 本年 is in trees about the record itself; before, 申报年度.
  void set_year(plan::Ref<plan::Explain> year) { findings_.scopes[0].year = evaluate(year); }

  // What 本年 or, of `month`, 本月 is in trees about the record itself, as it is stored.
  void set_period(bool month, std::int64_t period);

  // How a tree about the record itself stands, without findings of what it came to that way: what cannot matter is not
  // looked at.
  State brief(plan::Ref<plan::Explain> node) { return brief(node, 0).state; }

  // What PartsTotal stands for in the trees evaluated from now on.
  void set_parts_total(Value total) { parts_total_ = std::move(total); }

  Findings const& findings() const { return findings_; }
  Value const& value(std::uint32_t finding) const { return findings_.all[finding].value; }

 private:
  using Node = plan::Explain;
  std::uint32_t evaluate(plan::Ref<Node> node, std::uint32_t scope);
  void dispatch(Node const& node, Finding& finding);
  // What hangs on no operand of the node.
  Value leaf(Node const& node, std::uint32_t scope) const;
  // Evaluates all children, in order, in the scope of the finding.
  void evaluate_children(Node const& node, Finding& finding);
  std::uint32_t evaluate_child(Node const& node, std::uint32_t child, std::uint32_t scope);
  Value const& child(Finding const& finding, std::size_t place) const {
    return findings_.all[finding.children[place]].value;
  }
  Node child_node(Node const& node, std::uint32_t child) const;
  // The record, or the period, that was bound `depth` records or periods further out.
  std::uint32_t record_at(std::uint32_t scope, std::uint8_t depth) const;
  std::uint32_t period_at(std::uint32_t scope, std::uint8_t depth) const;
  Scope const& outermost(std::uint32_t scope) const;
  std::uint32_t enter(Scope const& scope);
  // A record by itself, or none, with its 本年 and 本月. The same gives the same scope.
  std::uint32_t alone(Scope const& scope);
  // The strict state of all children.
  Value strict(Finding const& finding) const;

  // evaluate_facts.cpp
  Value read(plan::Ref<plan::Column> column, std::uint32_t scope) const;
  Value field(Node const& node, std::uint32_t scope) const;
  void definition(Node const& node, Finding& finding);
  std::optional<Value> known_value(Node const& node, Scope const& about) const;
  // `present`: whether the record has the series at all.
  Value series(Node const& node, std::uint32_t scope, Value const& period, bool& present) const;
  Value parameter(Node const& node) const;
  Value this_year(std::uint32_t scope) const;
  Value this_month(std::uint32_t scope) const;
  bool is_given(Node const& node) const;
  // evaluate_tables.cpp
  Value lookup(Node const& node, Finding const& finding) const;
  // evaluate_logic.cpp
  Value join(Finding const& finding, bool settling) const;
  Value at_least_of(Node const& node, Finding const& finding) const;
  Value compare(Node const& node, Value const& left, Value const& right) const;
  Value belongs(Node const& node, Value const& subject) const;
  Value set_contains(Node const& node, Finding const& finding) const;
  Value shift(Node const& node, Finding const& finding) const;
  // evaluate_numbers.cpp
  Value arithmetic(Node const& node, Finding const& finding) const;
  Value pick(Node const& node, Finding const& finding, bool highest) const;
  static Value offset(Node const& node, Value const& period);
  Value round(Node const& node, Finding const& finding) const;
  // evaluate_choice.cpp
  void choice(Node const& node, Finding& finding);
  Value choose_first(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows);
  Value choose_one(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows, bool may_agree);
  Value choose_all(Node const& node, Finding& finding, std::uint32_t first, std::uint32_t rows);
  // evaluate_lists.cpp
  void aggregate(Node const& node, Finding& finding);
  bool bind_rows(Node const& node, Finding& finding, std::vector<std::uint32_t>& scopes);
  bool bind_periods(Node const& node, Finding& finding, std::vector<std::uint32_t>& scopes);
  // evaluate_brief.cpp
  Value brief(plan::Ref<Node> node, std::uint32_t scope);
  Value brief_child(Node const& node, std::uint32_t child, std::uint32_t scope);
  Value brief_join(Node const& node, std::uint32_t scope, bool settling);
  Value brief_periods(Node const& node, std::uint32_t scope, bool exists);
  // evaluate_calls.cpp
  Value call(Node const& node, Finding const& finding) const;

  Record record_;
  Findings findings_;
  FindingPlaces known_;  // by node and scope
  std::map<std::tuple<columns::Batch const*, std::int64_t, std::uint32_t, std::uint32_t>, std::uint32_t> alone_;
  std::uint32_t own_ = nothing;  // of `alone_` the record itself, with no 本年 and 本月 of its own
  Value parts_total_;
};

// An error wins, then a missing operand: the value of a strict operation that has one of them, else `True` stands for
// "go on".
Value strict_state(std::span<Value const* const> operands);
inline Value strict_state(std::initializer_list<Value const*> operands) {
  return strict_state(std::span(operands.begin(), operands.size()));
}

// Whether `a` stands before `b`: by number; entries of a 名录 by rank, the first written being the highest.
bool ranks_below(plan::ValueKind kind, Value const& a, Value const& b);

// What a Literal says.
Value literal_value(plan::Plan const& plan, plan::Explain const& node);

// A value as plans store it: parameters and reference tables.
Value stored_value(plan::Plan const& plan, plan::ValueKind kind, int scale, std::int64_t stored);

// The number with that many digits after the point, exactly. `rounding`: a Rounding, or plan::round_to_floor.
Exact round_to(Exact const& number, int digits, std::int64_t rounding);

}  // namespace huiyu::explain
