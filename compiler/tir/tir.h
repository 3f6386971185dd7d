#pragma once

// What a program means: every name an id, every node a type, Kleene logic explicit, no sugar left.
// The oracle evaluates it, lowering turns it into a Plan, analyses read it.
//
// INVARIANT (resolved): no node holds a name to be looked up. INVARIANT (typed): no Poison in a program without errors.
// INVARIANT (exact): numbers are rationals in the base unit of their type (money in 元); scale never changes meaning.
// INVARIANT (order): a node's operands have smaller ids than the node, definitions form no cycle.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/arena.h"
#include "compiler/base/id.h"
#include "compiler/source/span.h"
#include "compiler/types/type.h"
#include "runtime/base/big.h"

namespace huiyu::tir {

struct ExprTag;
using ExprId = Id<ExprTag>;
struct FieldTag;
using FieldId = Id<FieldTag>;
struct DefinitionTag;
using DefinitionId = Id<DefinitionTag>;
struct ParameterTag;
using ParameterId = Id<ParameterTag>;
struct PolicyTag;
using PolicyId = Id<PolicyTag>;
// A record in scope: 0 is the record that the policy or definition is about; each aggregate over a list binds one more.
struct BindingTag;
using BindingId = Id<BindingTag>;
// A year or month bound by a Window around the expression.
struct PeriodTag;
using PeriodId = Id<PeriodTag>;
struct ReferenceTableTag;
using ReferenceTableId = Id<ReferenceTableTag>;
struct CohortTag;
using CohortId = Id<CohortTag>;
struct TallyTag;
using TallyId = Id<TallyTag>;

using types::Type;

// ---- constants ------------------------------------------------------------------------------------------------

struct DateValue {
  std::int32_t days = 0;
  friend bool operator==(DateValue, DateValue) = default;
};
struct YearValue {
  std::int32_t year = 0;
  friend bool operator==(YearValue, YearValue) = default;
};
struct MonthValue {
  std::int32_t month = 0;
  friend bool operator==(MonthValue, MonthValue) = default;
};
struct CodeValue {
  std::int32_t id = 0;
  friend bool operator==(CodeValue, CodeValue) = default;
};
struct EntryValue {
  std::int32_t index = 0;
  friend bool operator==(EntryValue, EntryValue) = default;
};
// Only as the value of a parameter: dense ids, years, or texts, as the element of the set's type says.
struct SetValue {
  std::vector<std::int32_t> members;
  std::vector<std::string> texts;
  friend bool operator==(SetValue const&, SetValue const&) = default;
};
using Value =
    std::variant<bool, BigRational, DateValue, YearValue, MonthValue, CodeValue, EntryValue, std::string, SetValue>;

// ---- expressions ----------------------------------------------------------------------------------------------

enum class CompareOp : std::uint8_t { Less, AtMost, Greater, AtLeast, Equal, NotEqual };
enum class ArithmeticOp : std::uint8_t { Add, Subtract, Multiply, Divide };
enum class PickOp : std::uint8_t { Highest, Lowest };
// Top: the sum of the `first` greatest, of all where there are fewer. Distinct: how many different values there are.
enum class AggregateOp : std::uint8_t { Sum, Count, Exists, All, Mean, Largest, Smallest, Median, Top, Distinct };
// First: the first row that is not false decides. Unique: at most one row may hold. Highest, Sum: over all rows that
// hold. Exclusive: rows proved disjoint by the checker; meaning as Unique, and undecided rows that all give one value
// give it.
enum class HitRule : std::uint8_t { First, Exclusive, Unique, Highest, Sum };
inline bool counts(AggregateOp op) { return op == AggregateOp::Count || op == AggregateOp::Distinct; }
// ThisYear, ThisMonth: 本年 and 本月 of the policy or definition around the expression. A policy's are `Policy::year`
// and the month of 基准日; a definition's are those of its user unless the DefinitionValue names others.
enum class InputWord : std::uint8_t { AsOf /*基准日*/, ApplicationYear /*申报年度*/, ThisYear, ThisMonth };

struct Poison {};
struct Constant {
  Value value;
};
struct FieldValue {
  BindingId of;
  FieldId field;
};
// One period of a series field; `period` is a Year or Month expression.
struct SeriesValue {
  BindingId of;
  FieldId field;
  ExprId period;
};
struct DefinitionValue {
  BindingId of;
  DefinitionId definition;
  ExprId year{}, month{};
};  // `上年亩均税收`: read with another 本年
// Whether the records state this definition themselves (RunInputs::given_definitions) decides which operand stands.
struct IfGiven {
  DefinitionId definition;
  ExprId given, computed;
};
struct ParameterValue {
  ParameterId parameter;
};
// A year or month some years or months later (by > 0) or earlier.
struct Offset {
  ExprId period;
  std::int32_t by = 0;
};
struct PeriodValue {
  PeriodId of;
};
struct Lookup {
  ReferenceTableId table;
  std::vector<ExprId> keys;
};  // no row: missing
struct Input {
  InputWord word{};
};
struct And {
  std::vector<ExprId> operands;
};
struct Or {
  std::vector<ExprId> operands;
};
struct AtLeastOf {
  std::int64_t count = 0;
  std::vector<ExprId> operands;
};  // 至少符合 n项
struct Not {
  ExprId operand;
};
// Of numbers, dates, years, months; of an ordered enumeration, where the first entry is the greatest; Equal and
// NotEqual of everything.
struct Compare {
  CompareOp op{};
  ExprId left, right;
};
struct Negate {
  ExprId operand;
};
struct Arithmetic {
  ArithmeticOp op{};
  ExprId left, right;
};
struct Pick {
  PickOp op{};
  std::vector<ExprId> operands;
};  // 孰高 孰低, strict
struct Cap {
  bool at_most = true;
  ExprId operand, bound;
};  // 最高 (min) 最低 (max); kept apart for explanations
struct Round {
  Rounding mode{};
  std::int8_t digits = 0;
  ExprId operand;
};  // digits after the point, in the base unit: 分 is 2 in 元
// Code: member or below; coarser than a member and above it: unknown. Enumeration: one of those named.
struct BelongsTo {
  ExprId subject;
  std::vector<Value> members, except;
};
// Of codes: one of the set lies at or below the member. `inside` (属于, or the set is a rule's own): the member lies at
// or below one of the set.
struct SetContains {
  ExprId set, member;
  bool inside = false;
};
// 提升 (steps > 0) and 降低 (steps < 0) on an ordered enumeration; stops at the ends. `steps` is a number.
struct Shift {
  ExprId operand, steps;
};
// `item` is bound to each row of the list in turn inside `each` and `where`.
// Count has no `each`; Exists and All: `each`, where present, is the condition, `where` the filter (Exists may have
// `where` alone).
struct Aggregate {
  AggregateOp op{};
  BindingId of;
  FieldId list;
  BindingId item;
  ExprId each{}, where{};
  std::int64_t first = 0;  // Top
};
// The same over years or months: `period` is bound to each from `from` to `to`, both included. `from` absent: from the
// first period of `series`. Which periods existed is part of `where` or `each`.
struct Window {
  AggregateOp op{};
  PeriodId period;
  ExprId from{}, to{};
  BindingId of;
  FieldId series{};
  ExprId each{}, where{};
  std::int64_t first = 0;  // Top
};
struct Choice {
  ExprId condition, value;
  std::string citation;
  Span span;
};
// Ladders, decision tables, 一般/例外. `subject`: where it is missing, `needs` is the subject alone. No otherwise and
// no row: error.
struct Choose {
  HitRule rule{};
  ExprId subject{};
  std::vector<Choice> rows;
  ExprId otherwise{};
};
struct Default {
  ExprId fact, value;
};  // 缺省: stands on a fact only
struct Call {
  std::string_view builtin;
  std::vector<ExprId> arguments;
};  // a row of builtins/

using ExprKind = std::variant<Poison, Constant, FieldValue, SeriesValue, DefinitionValue, ParameterValue, Input, And,
                              Or, AtLeastOf, Not, Compare, Negate, Arithmetic, Pick, Cap, Round, BelongsTo, SetContains,
                              Aggregate, Choose, Default, Call, IfGiven, PeriodValue, Lookup, Shift, Window, Offset>;

struct Expr {
  ExprKind kind;
  Type type;
  Span span;             // what the drafter wrote
  std::string citation;  // 依据 of this conjunct, or its mark (（一）); empty where none
};

// ---- declarations ---------------------------------------------------------------------------------------------

enum class SourceKind : std::uint8_t { Unstated, Authoritative /*权威*/, Declared /*申报*/, Judgement /*裁量*/ };
enum class SeriesStep : std::uint8_t { None, Yearly, Monthly };

struct Field {
  std::string name;
  SchemaId schema{};
  Type type;
  types::NumberFormat format;
  SeriesStep series{};
  FieldId series_from{};  // 自 成立日期
  std::string source;
  SourceKind source_kind{};
  bool computed = false;  // no record states it: a CohortValue, a Tally or `via` says what it is
  // `申报单位.注册地`: what `target` is of the record whose key the reference `via`, a field of the same 结构, holds.
  FieldId via{}, target{};
  Span span;
};
struct Schema {
  std::string name;
  std::vector<FieldId> fields;
  FieldId key{};
  Span span;
};
// Entries in the order written, or the reverse where they were written 从低到高: in an ordered one the first is the
// highest.
struct Enumeration {
  std::string name;
  std::vector<std::string> entries;
  bool ordered = false;
  Span span;
};

struct Definition {
  std::string name;
  SchemaId schema{};      // the record it is about; absent: about none, the same for all
  bool internal = false;  // made by the checker, not written: its name is no name of the drafter
  Type type;
  types::NumberFormat format;  // where it is stored; a value of more decimals stays exact
  ExprId value{};
  std::string citation;
  Span span;
};
struct DatedConstant {
  std::optional<std::int32_t> from_day, until_day;
  Value value;
};
struct Parameter {
  std::string name;
  Type type;
  types::NumberFormat format;
  std::vector<DatedConstant> values;
  Span span;
};

// 参照表. Keys are of the types named; a code key without a row falls back to its parents where `use_parent`.
struct ReferenceRow {
  std::vector<Value> keys;
  Value value;
};
struct ReferenceTable {
  std::string name;
  std::vector<std::string> key_names;
  std::vector<Type> key_types;
  Type type;
  types::NumberFormat format;
  bool use_parent = false;
  std::string source;
  SourceKind source_kind{};
  std::vector<ReferenceRow> rows;  // what the text itself states; the data may bring more
  Span span;
};

// 遴选: of the records that meet the conditions the best so many, by `by`. `at_least`: `count` is rounded up and equal
// ones at the end are all taken; else it is rounded down, and `tie`, then the key, tells equal ones apart. The count is
// about no record.
struct Selection {
  ExprId by{}, count{}, tie{};
  bool descending = true, at_least = true, tie_descending = true;
  Span span;
};

struct PolicyCap {
  bool at_most = true;
  ExprId bound{};
  Span span;
};
// One thing that is paid. `amount` holds the item's own caps; `when` absent: always due.
// A ladder that hits no row is folded into `when` by the checker.
struct Item {
  std::string name;
  std::string word;
  ExprId amount{};
  ExprId when{};
  std::string citation;
  Span span;
};
// 分担: whole 分 by largest remainder of the weights, ties to the first named.
struct Share {
  std::string party;
  ExprId weight{};
  Span span;
};
// 分期: one sum, paid in parts that add up to it: so much, such a share of it, or (neither) what is left. None is more
// than what those before it leave, and the last takes the rest.
struct Instalment {
  std::string name;
  std::optional<BigRational> amount, share;  // amount in 元
};
// One 预警 is a ladder: the first row that holds gives its colour. A row that stops payment is also part of the
// condition.
struct AlertRow {
  std::string colour;
  bool stops_payment = false;
  ExprId condition{};
  Span span;
};
struct Alert {
  std::string name;
  std::vector<AlertRow> rows;
  Span span;
};
enum class ConclusionKind : std::uint8_t { None, Money, Class /*认定*/, Assessment /*核定*/, Disposal /*列入, 处置*/ };

struct Policy {
  std::string id;                             // 编号, or module path and name
  std::string name, citation, board, payout;  // 依据 看板 兑现
  SchemaId subject{};
  std::string place_text;                               // 辖区 as written
  ExprId place{};                                       // absent: 全国
  std::optional<std::int32_t> valid_from, valid_until;  // days, both included; absent: 长期
  ExprId year{};                                        // 考核年度; absent: 申报年度
  ExprId target{};                                      // 对象 … 其中
  ExprId condition{};                                   // 条件 lines joined, and no 除外; absent: always
  ConclusionKind conclusion{};
  // Money: one unnamed item is rounded to 分 once, after `caps`; named items each before them (parts of the outcome).
  std::vector<Item> items;
  std::vector<PolicyCap> caps;
  ExprId value{};  // Class, Assessment, Disposal
  std::string value_name;
  std::vector<Share> shares;  // of the policy's sum
  std::vector<Instalment> instalments;
  std::vector<Alert> alerts;
  bool verified_only = false;  // 要求 已核实
  std::string department;      // 部门
  std::optional<Selection> selection;
  bool allotted = false;  // pays nothing by itself: a Weighted budget says what
  PolicyId
      reclaims{};  // 追回: of which policy it is what was paid and is asked back; absent: it is a policy of its own
  Span span;
};

// ---- across policies and records ------------------------------------------------------------------------------

enum class SettleKind : std::uint8_t { HighestOnly, OneOnly, TopUp, Cap, Budget };
// Ranked: by `SettleMember::by`. Weighted: nobody claims anything, and that says how much each counts.
enum class SettleCut : std::uint8_t { None, Proportionally, InMemberOrder, Ranked, Weighted };
struct SettleMember {
  PolicyId policy{};
  // What the policy pays at most, in 分, as its words alone prove it; absent: nothing does.
  std::optional<std::int64_t> most_fen;
  // About the policy's record. `unit`: a text that says to which firm, project or contract it belongs; absent: the
  // record itself is one. Ranked, Weighted: `by`.
  ExprId unit{}, by{};
};
// A share of a 预算 that is paid by itself.
struct SettleStage {
  std::string name;
  BigRational share;
};
// 组合 or 预算. `subject`: the 结构 that all members are about; absent: they are about several, and a record that is a
// unit itself stands beside those that name its key.
struct Settle {
  std::string name;
  SettleKind kind{};
  SettleCut cut{};
  SchemaId subject{};
  bool each_year = false;             // apart by 考核年度
  std::vector<SettleMember> members;  // ties go to the first
  ExprId limit{};                     // Cap, Budget: what there is, about no record
  bool descending = true;             // Ranked: the greatest `by` first
  ExprId each_most{};                 // Budget: 每户 最高, about no record
  bool share_again = false;           // Budget: what 每户 最高 leaves is shared again
  ExprId paid{};                      // TopUp, Cap: what the record was paid before for any member, in 元
  std::vector<SettleStage> stages;    // Budget: they come to 1; none: it is paid at once
  // Weighted: what `by` comes to at most, as its own words prove it, in millionths; absent: nothing does.
  std::optional<std::int64_t> most_weight;
  Span span;
};

// 群体: the records of a 结构 that meet the condition, apart by the values of `by`.
struct Cohort {
  std::string name;
  SchemaId subject{};
  ExprId condition{};      // absent: all
  std::vector<ExprId> by;  // 分组
  // 缺数 不计: whoever lacks what decides whether he counts, where, or with what, does not. Else he may stand anywhere.
  bool skips_missing = false;
  bool complete = false;  // 全量
  Span span;
};
enum class CohortOp : std::uint8_t { Rank, Sum, Count, Mean, Largest, Smallest, Median };
// Whether the place lies between two, both included; of a share: place ÷ members ≤ high.
struct PlaceTest {
  bool share = false;
  BigRational low, high;
  FieldId field{};
};
// What the others in its cohort make of a record: the place of its value among theirs, or what theirs come to. It is
// read as a field of the record that no data state. Where it hangs on 本年 or 本月 that field is a series.
struct CohortValue {
  CohortId cohort{};
  CohortOp op{};
  bool descending = false;  // Rank: the greatest first
  ExprId value{};           // about the record; absent: Count
  ExprId where{};           // statistics: of the members those alone
  FieldId field{};          // the place, or the numerator of the statistic
  FieldId divisor{};        // Mean, Largest, Smallest, Median: its denominator; 0 of nobody
  std::vector<PlaceTest> tests;
  Span span;
};

// 统计: the records of a 结构 of which no data state any: one for each group of the rows of a list of `source` (absent:
// of its records) whose keys are equal. Keys are fields of the row or of its record, which no order of records changes.
struct TallyKey {
  FieldId field{};  // of the record that is made
  ExprId value{};   // about the record, and the row as the binding after it
};
struct Tally {
  SchemaId schema{}, source{};
  FieldId list{};
  std::vector<TallyKey> keys;
  Span span;
};
// What the rows of a group come to. With `distinct` or `each_record` those that are equal in all of it, the record
// itself with `each_record`, count once: the checker has proved that they then have one value.
struct TallyValue {
  TallyId tally{};
  CohortOp op{};            // no Rank
  ExprId value{}, where{};  // as the keys; absent: Count, and all rows
  std::vector<ExprId> distinct;
  bool each_record = false;
  FieldId field{}, divisor{};  // as of a CohortValue
  Span span;
};

struct Program {
  Arena<ExprId, Expr> exprs;
  Arena<SchemaId, Schema> schemas;
  Arena<FieldId, Field> fields;
  Arena<EnumerationId, Enumeration> enumerations;
  Arena<DefinitionId, Definition> definitions;  // in an order where each uses only earlier ones
  Arena<ParameterId, Parameter> parameters;
  Arena<ReferenceTableId, ReferenceTable> reference_tables;
  Arena<PolicyId, Policy> policies;  // in the order of files and lines
  std::vector<Settle> settles;       // in the order in which they settle, after every 遴选
  Arena<CohortId, Cohort> cohorts;
  std::vector<CohortValue> cohort_values;  // in an order where each hangs only on earlier ones
  Arena<TallyId, Tally> tallies;
  std::vector<TallyValue> tally_values;
};

}  // namespace huiyu::tir
