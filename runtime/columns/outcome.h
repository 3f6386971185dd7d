#pragma once

// What every engine answers for one record and one policy. The oracle defines it; the others must give the same, to the
// bit.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace huiyu {

// With A = 辖区, 有效 and 对象, and E = 条件, not 除外, and some item due (no 当 at all: due):
// A false: not applicable; unknown: unknown; error: error. Else E false: ineligible; unknown: unknown; error: error.
// Else eligible. A sum or 核定 figure that is missing leaves it so, a class that is missing makes it unknown; an error,
// or an amount below 0 once it is rounded to 分, makes it an error.
enum class Outcome : std::uint8_t { Eligible, Ineligible, Unknown, NotApplicable, Error };
// eligible ineligible unknown not_applicable error
char const* outcome_name(Outcome outcome);

struct PartAmount {
  std::string name;
  std::int64_t amount_fen = 0;
  friend bool operator==(PartAmount const&, PartAmount const&) = default;
};

// One 预警 that shines. An empty colour: whether it does, and how, is not known.
struct AlertColour {
  std::string name;
  std::string colour;
  friend bool operator==(AlertColour const&, AlertColour const&) = default;
};

// What decided between this pair and others: 遴选, 组合 or 预算, in the order in which they settled.
enum class SettledBy : std::uint8_t { Selection, HighestOnly, OneOnly, Cap, Budget, TopUp };
// Pending: what becomes of it hangs on a pair that is not decided. Allotted: its share of a pool that is handed out by
// weight. Faulty: the weight is an error or negative. Drawn: what a stage of the pool pays of it.
enum class SettledHow : std::uint8_t { Cut, Lost, Pending, Allotted, Faulty, Drawn };
struct SettleStep {
  std::string group;  // 组合 or 预算; of a 遴选 the policy
  SettledBy by{};
  SettledHow how{};
  // Lost: the policy that took it, with the record's key where it is another's; may be empty. Drawn: the stage.
  std::string winner;
  std::optional<std::int64_t> before_fen, after_fen;  // absent: no sum, or not known
  friend bool operator==(SettleStep const&, SettleStep const&) = default;
};
// What stages of a pool pay of the pair, in their order; none where it is paid at once.
std::vector<PartAmount> stages_of(std::vector<SettleStep> const& steps);
// `就高不重复：已由 国家小巨人奖励 取得`
std::string settle_reason(SettleStep const& step, bool english = false);

// What became of one pool, of a stage of it, or of one 遴选 (numbers of records, `pool` what was asked for).
struct PoolReport {
  std::string name;
  SettledBy by{};
  std::int64_t pool = 0;      // 分
  std::int64_t paid = 0;      // taken
  std::int64_t reserved = 0;  // for pairs that are not decided; paid + reserved + rest = pool
  std::int64_t rest = 0;
  std::int64_t claimed = 0;  // before anything was cut, undecided ones at their greatest; candidates
  friend bool operator==(PoolReport const&, PoolReport const&) = default;
};

struct PairOutcome {
  std::int64_t row = 0;      // of the batch
  std::uint32_t policy = 0;  // position in the program
  Outcome outcome{};
  // Money: what is paid, after the policy's caps. 核定 of money: the figure, shown and never paid; whoever adds up
  // payments asks the policy's conclusion. Absent: no sum belongs to the outcome, or it is not known (待定: eligible
  // with needs).
  std::optional<std::int64_t> amount_fen;
  // Eligible, policies with named items: each item whose sum is known, in the policy's order, after its own cap and
  // rounding and before the policy's caps. An item that is not due is 0; one that is not known is left out.
  std::vector<PartAmount> parts;
  // 分担, where the sum is known: who bears how much, in the policy's order; adds up to amount_fen. Whole 分 by largest
  // remainder, of equal ones the first named. Empty where a weight is not known.
  std::vector<PartAmount> shares;
  // Eligible and ineligible: alerts of which a row holds or is not decided, in the policy's order.
  std::vector<AlertColour> alerts;
  std::string value;                // 认定, 列入, and 核定 that is no money: as a drafter would write it
  std::vector<std::string> needs;   // sorted, unique: the missing facts of what is still undecided
  std::vector<SettleStep> settled;  // what changed it afterwards
  friend bool operator==(PairOutcome const&, PairOutcome const&) = default;
};

// What a run is about besides the records. Nothing reads a clock.
struct RunInputs {
  std::int32_t as_of_day = 0;                    // 基准日, days since 1970-01-01
  std::optional<std::int32_t> application_year;  // 申报年度; absent: the year of as_of
  std::vector<std::string> given_definitions;    // definitions that the records state themselves (--given)
};

}  // namespace huiyu
