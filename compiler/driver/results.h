// Result rows and summaries as text. Amounts are exact decimals in 元.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "compiler/driver/options.h"
#include "runtime/base/wide.h"
#include "runtime/columns/instalments.h"
#include "runtime/columns/outcome.h"

namespace huiyu::driver {

// What a row needs to know of a policy.
struct PolicyName {
  std::string id, name, clause;
  bool pays = true;       // false: 核定, 认定 …: figures are shown and never summed as paid
  bool disposes = false;  // 列入, 处置: what it concludes is the same for every record
  bool has_alerts = false;
  std::vector<InstalmentRule> instalments = {};  // 分期
};

// How one policy fared over all records.
struct PolicyCount {
  std::int64_t eligible = 0, ineligible = 0, unknown = 0, not_applicable = 0, error = 0;
  std::int64_t pending = 0;  // 待定: eligible, the sum is not known; counted in `eligible` too
  Int128 sum_fen = 0;        // of the known amounts
  void add(PairOutcome const& pair);
  void add(PolicyCount const& other);
};

// What pairs count before they are settled and afterwards: `counts` by policy, without the ones and with the others.
void take_out(std::vector<PolicyCount>& counts, std::vector<PairOutcome> const& pairs);
void put_in(std::vector<PolicyCount>& counts, std::vector<PairOutcome> const& pairs);

// Writes rows in the format as they come; `finish` is needed for none of them but flushes.
class RowWriter {
 public:
  RowWriter(std::FILE* out, Format format, Language language);
  void write(std::string const& key, PolicyName const& policy, PairOutcome const& pair);

 private:
  std::FILE* out_;
  Format format_;
  Language language_;
  bool first_ = true;
};

// The outcome in words: 符合, 不符合, 待核, 不适用, 错误; 待定 for an eligible pair whose sum is unknown.
std::string outcome_words(PairOutcome const& pair, bool pays, Language language);

// `设备补助=1000.00` and `薪酬虚高=红色`, for tables; an alert that is not decided has no colour.
std::vector<std::string> amount_texts(std::vector<PartAmount> const& amounts);
std::vector<std::string> alert_texts(std::vector<AlertColour> const& alerts);
// `单家年度上限 600000.00→500000.00 合计封顶：已削减`
std::vector<std::string> settle_texts(std::vector<SettleStep> const& steps);

// One line for each pool and each 遴选: what there is, what is paid, kept for undecided pairs, left.
std::string pool_lines(std::vector<PoolReport> const& pools, Language language);

// One line for each policy that some records miss by one condition; `counts` by policy, none: nobody asked.
std::string near_lines(std::vector<PolicyName> const& policies, std::vector<std::int64_t> const& counts,
                       Language language);

// One line a policy: eligible, 待定, sum, and between them what else was counted. EligibleAndUndecided: unknown and
// error are `not_counted` of policies that nobody asked for.
inline constexpr std::int64_t not_counted = -1;
enum class Counted : std::uint8_t { All, EligibleAlone, EligibleAndUndecided };
std::string summary_table(std::vector<PolicyName> const& policies, std::vector<PolicyCount> const& counts,
                          Counted counted, Language language);

// Pads to a width in terminal columns (a Chinese character takes two).
std::string pad(std::string_view text, std::size_t columns, bool right = false);
std::size_t display_width(std::string_view text);

}  // namespace huiyu::driver
