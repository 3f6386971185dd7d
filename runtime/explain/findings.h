#pragma once

// The source's tree, evaluated on one record: what evaluation hands to `needs`, to labels and to rendering.
//
// Nodes that several places share (a definition used twice) are one finding. Another engine may fill this in too.

#include <cstdint>
#include <optional>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"
#include "runtime/explain/places.h"
#include "runtime/explain/value.h"

namespace huiyu::explain {

// Definitions about the record itself that an engine has computed already: only what they lack is worth a tree.
class KnownValues {
 public:
  virtual ~KnownValues() = default;
  // The stored integer of a derived column of one limb, at the row; none: not computed, or not known.
  virtual std::optional<std::int64_t> stored(plan::Ref<plan::Column> column, std::int64_t row) const = 0;
};

// Which day it is in a month that has no such day. The language says LastDay; the other is asked for only to see
// whether an outcome hangs on that.
enum class MonthEnd : std::uint8_t { LastDay, FirstOfNext };

// The record that is explained, and what the run is about.
struct Record {
  plan::Plan const& plan;
  Places const& places;
  RunInputs const& inputs;
  columns::Batch const& batch;  // of the subject's relation
  std::int64_t row = 0;
  // For labels alone: a finding that is taken from here has no children.
  KnownValues const* known = nullptr;
  MonthEnd month_end = MonthEnd::LastDay;
};

inline constexpr std::uint32_t nothing = 0xFFFFFFFF;  // no finding, no scope

// What a tree is read in. The outermost scope is the record that a tree is about, with its 本年 and 本月; aggregates
// bind one more record for each row of their list, or one period for each of their years or months.
struct Scope {
  std::uint32_t outer = nothing;
  bool binds_period = false;
  columns::Batch const* batch = nullptr;  // none: a definition about no record
  std::int64_t row = 0;
  std::int64_t item = -1;  // place in its list, from 0
  std::int64_t period = 0;
  std::uint32_t year = nothing;   // outermost: the finding that is 本年; `nothing`: 申报年度
  std::uint32_t month = nothing;  // … 本月; `nothing`: the month of 基准日
};

inline constexpr std::int32_t series_present = 0;

// Most nodes have few operands, and a label asks for some hundred findings.
using FindingList = boost::container::small_vector<std::uint32_t, 4>;

struct Finding {
  plan::Ref<plan::Explain> node;
  std::uint32_t scope = nothing;
  Value value;
  // As the node's children; `nothing` where an operand could not matter. Aggregates: `from` and `to` as flagged, then
  // for each row of the list or each period `each` and `where`, as flagged.
  FindingList children;
  // Choices: the row (from 0) that decides, or the number of rows for the otherwise; −1: none does.
  // Series: `series_present` where the record has the series at all.
  std::int32_t taken = -1;
};

struct Findings {
  std::vector<Finding> all;
  std::vector<Scope> scopes;
};

}  // namespace huiyu::explain
