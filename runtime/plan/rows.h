#pragma once

// What holds for every row type of a Plan, and small readings of rows that the runtime's parts share.

#include <span>
#include <type_traits>
#include <vector>

#include "runtime/plan/plan.h"

namespace huiyu::plan {

// A table's row: copied as bytes, without padding, a whole number of 4-byte words.
template <class Row>
inline constexpr bool is_row = std::is_trivially_copyable_v<Row> && std::has_unique_object_representations_v<Row> &&
                               sizeof(Row) % 4 == 0 && alignof(Row) <= 8;

static_assert(is_row<TextRef> && is_row<Relation> && is_row<Column> && is_row<Enumeration> && is_row<Parameter>);
static_assert(is_row<ParameterValue> && is_row<Constant> && is_row<std::uint64_t> && is_row<Interval> &&
              is_row<ClassSet>);
static_assert(is_row<ReferenceTable> && is_row<ReferenceKey> && is_row<ReferenceRow> && is_row<ReferenceValue>);
static_assert(is_row<Node> && is_row<std::uint32_t> && is_row<Shape> && is_row<Use> && is_row<UseInput> &&
              is_row<UseConstant>);
static_assert(is_row<Derived> && is_row<DerivedKey> && is_row<Atom> && is_row<Condition> && is_row<ConditionMember>);
static_assert(is_row<Part> && is_row<Policy> && is_row<Share> && is_row<Alert> && is_row<Cohort> && is_row<Settle> &&
              is_row<SettleMember> && is_row<CohortKey> && is_row<CohortValue> && is_row<PlaceTest> && is_row<Tally> &&
              is_row<TallyKey> && is_row<TallyValue> && is_row<TallyTerm> && is_row<Instalment> &&
              is_row<SettleStage> && is_row<Reference>);
static_assert(is_row<Explain> && is_row<ExplainChild> && is_row<ExplainForm> && is_row<ExplainValue> &&
              is_row<ExplainRow>);

// The rows that a range names. The range must lie in the table, as verify.h makes sure of.
template <class Row, class Entry> std::span<Entry const> rows_of(Rows<Row> rows, std::vector<Entry> const& table) {
  return std::span<Entry const>(table).subspan(rows.begin, rows.count);
}
template <class Row, class Entry> std::span<Entry const> rows_of(Rows<Row> rows, Stored<Entry> const& table) {
  return table.span().subspan(rows.begin, rows.count);
}

// The operands of a node, as places within its shape.
inline std::span<std::uint32_t const> operands_of(Plan const& plan, Node const& node) {
  return std::span<std::uint32_t const>(plan.operands).subspan(node.operands, node.operand_count);
}

// Amounts are proved for inputs of one limb within ± this: a trillion yuan in 分. So nearly all of their arithmetic
// fits 64 bits, whatever the rates. Who runs a part's amount leaves a number farther out to the explanation
// (docs/decisions/0048).
inline constexpr std::int64_t usual_magnitude = 100'000'000'000'000;

inline constexpr bool is_usual(std::int64_t value) { return -usual_magnitude <= value && value <= usual_magnitude; }

// Whether the column's values may have to be left to it.
inline bool may_be_unusual(Column const& column) { return column.kind == ValueKind::Number && column.width == 1; }

// The width in limbs of each constant slot of a shape; slot i begins after the limbs of the slots before it.
std::vector<std::uint8_t> constant_widths(Plan const& plan, Shape const& shape);

// The first limb of each constant slot, and one entry more: the number of limbs in all.
std::vector<std::uint32_t> constant_offsets(Plan const& plan, Shape const& shape);

// The last node of a shape: its width and kind are those of the result. The shape has nodes, as verify.h makes sure of.
inline Node const& result_node(Plan const& plan, Shape const& shape) {
  return plan.nodes[shape.nodes.begin + shape.nodes.count - 1];
}

}  // namespace huiyu::plan
