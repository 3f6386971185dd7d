#pragma once

// Why one record has the outcome it has: a tree in the shape of the clause, with the values found. Plain data;
// rendering is render.h.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/columns/outcome.h"
#include "runtime/explain/judge.h"

namespace huiyu::explain {

// What a node is to the one above it.
enum class Role : std::uint8_t {
  Operand,
  Bound,      // of a cap
  Subject,    // of a ladder or table
  Condition,  // of one of its rows
  Result,     // of that row
  Otherwise,
  Item,    // one row of a list, or one period
  Each,    // what is asked or taken of an item
  Filter,  // whether the item counts
  Period,  // an end of a run of periods, or the year that a definition is read at
};

struct Node {
  Role role = Role::Operand;
  plan::ExplainOp op{};  // Item: that of the aggregate
  State state = State::Unknown;
  Fault fault = Fault::None;
  std::string words;   // of the clause, on one line
  std::string name;    // of the fact, definition, parameter or table
  std::string value;   // as a drafter writes it; empty where it is not known
  std::string source;  // of the fact
  std::string citation;
  std::string file;
  std::uint32_t line = 0, column = 0;
  bool deciding = false;      // the outcome of the node above hangs on it, and so on up to the outcome of the pair
  bool shown_before = false;  // a definition that stands further up; its children are there
  std::vector<Node> children;
};

struct PartExplanation {
  std::string name, word, citation;
  State due = State::True;
  std::optional<std::int64_t> amount_fen;
  std::optional<Node> when, amount;
};

struct AlertExplanation {
  std::string name, colour;  // an empty colour: not decided
  std::optional<Node> condition;
};

// A fact of kind 申报 that the outcome rests on.
struct DeclaredFact {
  std::string name, source;
};

// A date that was cut to the last day of its month, and the outcome hangs on that.
struct MonthEndUse {
  std::string words;     // of the clause
  std::int32_t day = 0;  // of the month, which that month does not have
  std::int32_t reached_day = 0;
  friend bool operator==(MonthEndUse const&, MonthEndUse const&) = default;
};

struct Explanation {
  std::string policy_id, policy_name, citation, board, place_text, file;
  std::uint32_t line = 0;
  std::string key;  // of the record
  std::int32_t as_of_day = 0;
  bool in_force = true;
  PairOutcome pair;
  std::string value_name;  // of what is concluded
  std::optional<Node> applies, condition, total, value;
  std::vector<PartExplanation> parts;
  std::vector<AlertExplanation> alerts;  // those that shine or may
  std::vector<DeclaredFact> rests_on_declared;
  std::vector<MonthEndUse> month_ends;
  std::vector<std::string> odd_fen;  // 分担: who bears one 分 more, by largest remainder
  // 组合, 预算 and 遴选 that see records which are not here, so that `pair` is what stands before them.
  std::vector<std::string> unsettled;
};

// Explains the policy at `position` of the plan on one record.
Explanation explain(Record const& record, std::uint32_t position);

}  // namespace huiyu::explain
