#pragma once

// A Plan is all that the runtime knows of a release: flat tables of fixed-size rows that refer to each other by
// position. It is made by linking Fragments (the same tables for one file), and stored by plan_file.h as it stands in
// memory.
//
// INVARIANT (symbolic): a Plan holds no reference date, no year and no parameter's chosen value; `bind` adds those.
// INVARIANT (acyclic): programs, conditions, explanations refer only to earlier rows; a derived column is computed from
// inputs and from derived columns whose row in `derived` is earlier.
// INVARIANT (anonymous): positions appear in no output; outputs speak of policy ids, names, clauses and citations.
// INVARIANT (no holes): rows have no padding, so equal rows are equal bytes (asserted at the end of rows.h).
// Little endian, 8-aligned rows. A reader of one major version accepts any minor; new minors only add sections.

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "runtime/base/hash.h"
#include "runtime/plan/stored.h"

namespace huiyu::plan {

inline constexpr std::uint32_t none = 0xFFFFFFFF;
// How many measures and code systems a column may name: the enumerations of runtime/columns and runtime/codes.
inline constexpr std::uint8_t measure_count = 17, code_system_count = 2;

// A position in the table of `Row`.
template <class Row> struct Ref {
  std::uint32_t index = none;
  constexpr bool has_value() const { return index != none; }
  friend constexpr bool operator==(Ref, Ref) = default;
};
// Consecutive rows of the table of `Row`.
template <class Row> struct Rows {
  std::uint32_t begin = 0, count = 0;
  friend constexpr bool operator==(Rows, Rows) = default;
};

struct TextTag {};
using TextRef = Ref<TextTag>;  // a string of `texts`; equal strings have one position

// ---- what records look like -------------------------------------------------------------------------------------

enum class RelationKind : std::uint8_t { Root, List, Series, Set };
struct Column;
// Series rows have the input columns `period` (Year or Month) and `value`; Set rows the one column `item`.
struct Relation {
  TextRef name;  // the 结构; for lists, sets and series the field's name
  RelationKind kind{};
  std::uint8_t pad[3]{};
  Ref<Relation> parent;     // List, Series, Set: the relation that owns it
  Ref<Column> owner_field;  // … and the column there
  Ref<Column> key;
};

enum class ValueKind : std::uint8_t {
  Truth,
  Number,
  Date,
  Year,
  Month,
  Code,
  Enumeration,
  Text,
  CreditCode,
  List,
  Set,
  Quotient
};
enum class ColumnRole : std::uint8_t { Input, Derived };
struct Enumeration;
struct Derived;
// A field of the data, or a value computed once per record. Scalars are integers as runtime/columns/batch.h says.
struct Column {
  Hash128 id;    // of the path and kind of an input, of the computation of a derived column: one value, one id
  TextRef name;  // of a field or a 定义; none: a value without a name
  Ref<Relation> relation;
  ColumnRole role{};
  ValueKind kind{};
  std::int8_t scale = 0;
  std::uint8_t width = 1;        // 64-bit limbs of a stored value
  std::uint8_t measure = 0;      // columns::Measure
  std::uint8_t series = 0;       // columns::SeriesStep
  std::uint8_t source_kind = 0;  // 0 unstated, 1 权威, 2 申报, 3 裁量
  std::uint8_t code_system = 0;
  std::int64_t low = 0, high = 0;  // as the data states it: integers at `stated_scale`. Outside: reported and missing
  Ref<Enumeration> enumeration;
  Ref<Relation> items;  // List, Set, series: the relation of its rows
  Ref<Derived> derived;
  TextRef source;
  Ref<Column> series_from;  // 自 成立日期: the date from which a series exists
  // The scale in which data states the value. Inputs: `scale`. A 定义 may be stated by the data too; then the stored
  // integer is the stated one × 10^(scale − stated_scale). Where that is no integer, or lies outside [proved_low,
  // proved_high], the value is open for programs, whose widths are proved for that range only.
  std::int8_t stated_scale = 0;
  std::uint8_t computed = 0;  // 1: an input that no data state: a CohortValue, a Tally or a Reference says what it is
  std::uint8_t pad[2]{};
  std::int64_t proved_low = 0, proved_high = 0;  // cut to 64 bits. Quotient: of the numerator, the denominator being 1
};
struct Enumeration {
  TextRef name;
  Rows<TextTag> entries;  // positions in `entry_texts`
  std::uint32_t ordered = 0;
};

// What records, or rows of a list, read of the records that they point at: `column` is `target` of the record whose key
// `by` holds. A reference of a reference stands after the one that it goes through.
struct Reference {
  Ref<Column> column, by;
  Ref<Column> target;  // an input of the root whose records are meant
};

// ---- values known before any record ------------------------------------------------------------------------------

struct Parameter {
  TextRef name;
  ValueKind kind{};
  std::int8_t scale = 0;
  std::uint8_t measure = 0;  // columns::Measure; of a set: 1 if its members are texts
  std::uint8_t code_system = 0;
  Ref<Enumeration> enumeration;
  Rows<struct ParameterValue> values;
};
// Days; open ends are INT32_MIN and INT32_MAX. Past the last `until` the parameter is missing. The value of a text is
// its position in `texts`; of a set the class set whose `certain` ids are its members: codes, entries, years, or of
// texts their positions.
struct ParameterValue {
  std::int32_t from_day = 0, until_day = 0;
  std::int64_t value = 0;
};
enum class ConstantKind : std::uint8_t {
  Literal,    // `value`, or `width` limbs from `limbs[index]`
  Parameter,  // index: its row; missing past the last `until`
  AsOfDay,
  AsOfMonth,
  ApplicationYear,  // 基准日, its month, 申报年度; plus `value`
  Given,            // truth; index: the text of a 定义. Whether the records of this run state it themselves
  Undecided,        // open: what no program computes (yet) and the explanation decides, record by record
  ClassSet,         // index: its row
  Computed,         // index: a Use without inputs, run once at bind
  Text,             // index: the text; its value is that position
};
// How the bound of an Interval comes from an exact value v: the greatest integer ≤ v, the least ≥ v, the least > v, the
// greatest < v.
enum class BoundRule : std::uint8_t { Exact, Floor, Ceiling, Above, Below };
// Constants may be missing (a parameter past its last value) or in error, as any value.
struct Constant {
  ConstantKind kind{};
  std::uint8_t width = 1;      // limbs
  BoundRule bound{};           // Exact: shift ≥ 0
  std::int8_t shift = 0;       // the value is `bound` of raw × 10^shift; |shift| ≤ 38. Literal, ClassSet: Exact and 0
  std::uint32_t index = none;  // Parameter, Given, ClassSet, Computed, or first limb
  std::int64_t value = 0;      // Literal of one limb; what is added to an input word
};
// Dense ids of a code system or an enumeration, as intervals, rising and apart. `certain`: in the set; `possible`:
// coarser than a member, hence undecided; no id is in both.
struct Interval {
  std::int64_t low = 0, high = 0;
};  // both included
struct ClassSet {
  Rows<Interval> certain;
  Rows<Interval> possible;
};

// 参照表: what the text itself states; data may bring more rows.
struct ReferenceTable {
  TextRef name;
  ValueKind kind{};
  std::int8_t scale = 0;
  std::uint8_t measure = 0;
  std::uint8_t code_system = 0;
  Ref<Enumeration> enumeration;
  Rows<struct ReferenceKey> keys;
  Rows<struct ReferenceRow> rows;
  std::uint32_t use_parent = 0;  // 取上级: a code key without a row falls back to its parents
  TextRef source;
};
struct ReferenceKey {
  TextRef name;
  ValueKind kind{};
  std::int8_t scale = 0;
  std::uint8_t code_system = 0;
  std::uint8_t pad[1]{};
  Ref<Enumeration> enumeration;
};
struct ReferenceRow {
  Rows<struct ReferenceValue> keys;  // one for each key
  std::int64_t value = 0;
};
struct ReferenceValue {
  std::int64_t value = 0;
};  // of a text: its position in `texts`

// ---- programs: straight-line integer code over one relation's rows
// ----------------------------------------------------

// Every value is an integer of `width` limbs and how it stands (state.h): known, missing, in error, or left to the
// explanation. Which fact is missing and what is wrong is the business of the explanation. Numbers are scaled integers;
// quotients have been expanded into numerator and denominator. Operands narrower than the node, or than each other, are
// sign-extended; the result is computed exactly and is proved to fit `width`. Operations are strict (an error wins,
// then what is missing), unless said otherwise.
enum class Op : std::uint16_t {
  Input,     // immediate: input slot; width: that of the column
  Constant,  // immediate: constant slot of the use; width: that of the constant
  Add,
  Subtract,
  Multiply,  // Add, Multiply, Minimum, Maximum: two or more operands
  Negate,
  Absolute,
  Minimum,
  Maximum,
  Sign,          // −1, 0, 1
  ScaleUp,       // operand × 10^immediate, 1 ≤ immediate ≤ 150
  DivideRound,   // operands numerator, denominator (an error where 0); immediate: Rounding
  RoundDecimal,  // operand ÷ 10^n, rounded; immediate: 4 × n + Rounding, 1 ≤ n ≤ 150
  ReduceNumerator,
  ReduceDenominator,  // operands numerator, denominator > 0: the pair in lowest terms
  NonZero,            // the operand, an error where 0
  NonNegative,        // the operand, an error where < 0
  Fits,  // the operand as `width` limbs within [low, high] of two constant slots (operands 1 and 2), else an error
  Less,
  AtMost,
  Equal,    // truth
  InClass,  // operand: code, entry, year or text; immediate: constant slot of a ClassSet, or of a Parameter that is a
            // set; possible but not certain: missing
  // And is false as soon as a known operand is, else what is missing comes before an error; Or alike.
  And,
  Or,
  Not,
  AtLeastOf,  // immediate n: true if n known operands are true, false if fewer than n can be
  // operands c1 v1 c2 v2 … [otherwise]; no otherwise and no row: an error. What is not taken may be undecided.
  // The first row not false decides, an error too. Rows that are missing leave what they and the next that holds have
  // in common: known and equal, else missing.
  ChooseFirst,
  // Two true: an error. Else a condition that is missing, then one that is an error, makes it so.
  ChooseUnique,
  // Two true: an error. Rows that are missing, the one that is true, else the otherwise, must agree (known and equal),
  // else it is missing.
  ChooseExclusive,
  ChooseHighest,
  ChooseSum,  // over all rows whose condition is true; strict in the others that are not false
  OrElse,     // 缺省: operand 0, where it is missing operand 1
  AddMonths,  // operands day, months; the last day of a shorter month; an error outside years 1 to 9999
  YearOf,     // of a day
  MonthOf,    // of a day: year × 12 + month − 1
};
struct Node {
  Op op{};
  std::uint8_t width = 1;  // limbs of the result: 1, 2, 4, 8
  std::uint8_t truth = 0;  // 1: the value is 0 or 1
  std::uint32_t operand_count = 0;
  std::uint32_t operands = 0;  // first position in `operands`; each is a node's place within its shape
  std::uint32_t pad = 0;
  std::int64_t immediate = 0;
};
// A formula without its constants and columns: what native code is compiled for. The last node is the result.
// INVARIANT (slots): each input slot and each constant slot is read by exactly one node, in rising order of slots.
// Constants lie slot after slot: slot i begins at the sum of the widths of the slots before it (rows.h).
struct Shape {
  Rows<Node> nodes;
  std::uint32_t input_count = 0;
  std::uint32_t constant_count = 0;
  Hash128 id;  // of the nodes: names native code across releases
};
// One formula: a shape with its columns and constants (positions in `use_inputs`, `use_constants`).
struct Use {
  Ref<Shape> shape;
  Ref<Relation> relation;
  Rows<struct UseInput> inputs;
  Rows<struct UseConstant> constants;
};
// Exactly one is set: a column of the relation; or, in a policy's `total` alone, the place of a part within that
// policy. A part's value is its amount where `when` holds, 0 where it does not, and undecided as that is.
struct UseInput {
  Ref<Column> column;
  std::uint32_t part = none;
};
struct UseConstant {
  Ref<Constant> constant;
};

// ---- derived columns
// -------------------------------------------------------------------------------------------------

enum class DerivedKind : std::uint8_t {
  Program,  // `use`
  Gather,   // a parent's column, for each item row: `value`
  AggregateSum,
  AggregateCount,
  AggregateExists,
  AggregateAll,
  AggregateLargest,
  AggregateSmallest,
  AggregateMedian,    // twice the median: the two middle values, or the middle one twice, added
  AggregateTop,       // the sum of the `tag` greatest, of all where there are fewer
  AggregateDistinct,  // how many different values
  SeriesAt,  // `value`: a series column of the same relation; `use`: the period, on the same relation. No row: missing
  SetContains,  // truth: `value`: a set column of the same relation; `tag`: the entry, code or year, or `text`; or the
                // one column of `keys`: what each record asks for
  TextIs,  // truth: `value`: a Text or CreditCode column of the same relation; `text`: what it must be, byte for byte
  TableLookup,  // `table` by `keys`, columns of the same relation in the order of its keys. No row: missing
  Quotient,     // value ÷ denominator × 10^-scale, both derived columns, denominator > 0: an exact fraction. Stores
                // nothing
  TextCode,     // `value`: a Text or CreditCode input of the same relation, as derived columns and programs see texts
};
// Texts. An input column holds places in its batch's own dictionary. Derived columns and programs hold positions in
// `texts`; texts of the data alone get numbers past those, for one run: equal numbers, equal texts.
// Aggregates: rows of the relation of `list` for each row of `column`'s relation. A missing list makes it missing.
// A row whose filter is false is out, whatever it lacks. 合计, 数量 … are strict in filters and in the values
// of rows that are in. 存在 and 全部 have no filter and are Kleene over `value`, a
// truth column (none: every row is true). Empty: 合计, 前n项 and
// 数量 are 0, 存在 false, 全部 true, the others an error.
struct Derived {
  Ref<Column> column;
  DerivedKind kind{};
  std::uint8_t pad[3]{};
  Ref<Use> use;                  // Program, SeriesAt
  Ref<Column> value;             // Gather, aggregates (none: 数量), SeriesAt, SetContains, TextIs; Quotient: numerator
  Ref<Column> filter;            // aggregates: a truth column of the item rows, or none
  Ref<Column> list;              // aggregates: the list column
  Ref<Column> denominator;       // Quotient
  TextRef definition;            // the 定义 it is, if it is one. Given by the data: a Quotient is then given ÷ 1
  TextRef text;                  // TextIs, SetContains of texts
  Ref<ReferenceTable> table;     // TableLookup
  Rows<struct DerivedKey> keys;  // TableLookup, SetContains
  std::int64_t tag = 0;          // SetContains, AggregateTop
};

struct DerivedKey {
  Ref<Column> column;
};

// ---- conditions
// --------------------------------------------------------------------------------------------------------

enum class AtomKind : std::uint8_t { Interval, ClassSet, Tag, Truth, TextIs, QuotientInterval };
// One test of one column, shared by every policy that makes it. `id` is a hash of schema, path, kind and bounds.
// A one-sided comparison is always written as a lower bound, `<` and `≤` being the negated literal: complements share
// one atom.
struct Atom {
  Hash128 id;
  Ref<Column> column;
  AtomKind kind{};
  std::uint8_t low_excluded = 0, high_excluded = 0;  // QuotientInterval
  std::uint8_t pad[1]{};
  Ref<Constant> low, high;    // Interval: both included, none is open. QuotientInterval: numerators over `denominator`
  Ref<Constant> denominator;  // QuotientInterval: > 0; none: 1. The column's own 10^-scale is already in the bounds
  Ref<ClassSet> classes;      // ClassSet
  TextRef text;               // TextIs, Tag of texts: bind finds it in the batch's dictionary, or the test is false
  std::uint32_t pad2 = 0;
  std::int64_t tag = 0;  // Tag: the entry, code or year that the set must hold
};
enum class ConditionKind : std::uint8_t { Literal, And, Or, AtLeastOf, Always, Never };
// Negation has been pushed down to literals. And/Or over `members` (positions in `condition_members`).
// All atoms below one condition test columns of one relation.
struct Condition {
  ConditionKind kind{};
  std::uint8_t negated = 0;  // Literal
  std::uint8_t pad[2]{};
  Ref<Atom> atom;  // Literal
  Rows<struct ConditionMember> members;
  std::int64_t count = 0;  // AtLeastOf
};
struct ConditionMember {
  Ref<Condition> condition;
};

// ---- policies
// ------------------------------------------------------------------------------------------------------------

// What stands open is the explanation's to decide; all else is final, also that a fact is missing or something in
// error.
enum class Conclusion : std::uint8_t { None, Money, Class, Assessment, Disposal };
struct Explain;
struct Part {
  TextRef name, word, citation;
  Ref<Condition> when;  // none: always due
  Ref<Use> amount;      // 分, one limb, ≥ 0, rounded; an error also below 0 or past 64 bits
  Ref<Explain> explain_when,
      explain_amount;  // the amount before rounding to 分; of a single part with the policy's caps
};
struct Policy {
  TextRef id, name, citation, board, payout, place_text;
  Ref<Relation> subject;
  Conclusion conclusion{};
  std::uint8_t single = 0;  // 1: one unnamed amount (parts[0].amount is the sum, caps included), no parts are shown
  std::uint8_t verified_only = 0;  // 要求 已核实
  std::uint8_t pad[1]{};
  std::int32_t valid_from = std::numeric_limits<std::int32_t>::min();  // days, both included
  std::int32_t valid_until = std::numeric_limits<std::int32_t>::max();
  Ref<Condition> applies;    // 辖区 and 对象; none: always
  Ref<Condition> condition;  // 条件 and no 除外; none: always
  Ref<Condition> due;        // Money: some part is due, else 不符合; none: always
  Rows<Part> parts;
  // 分, one limb, ≥ 0. Money: of the parts, the policy's caps included; none where single. Assessment of money: the
  // figure.
  Ref<Use> total;
  Ref<Column> value;  // Class, Assessment, Disposal; none: the same for all, `explain_value` is a Literal
  TextRef value_name;
  Rows<struct Share> shares;  // 分担 of the policy's sum
  Rows<struct Instalment> instalments;
  Rows<struct Alert> alerts;  // the rows of one 预警 share its name and follow each other; its first that holds counts
  Ref<Explain> explain_year;  // 考核年度: what ThisYear means in the policy's trees; none: 申报年度
  Ref<Explain> explain_applies, explain_condition, explain_total, explain_value;
  TextRef file;
  std::uint32_t line = 0;
};
struct Share {
  TextRef party;
  Ref<Explain> weight;
};
// 分期 of the policy's sum. Amount: `number` 分; Share: number ÷ divisor of it; Rest: what is left. None is more than
// what those before it leave, and the last takes the rest.
enum class InstalmentKind : std::uint8_t { Amount, Share, Rest };
struct Instalment {
  TextRef name;
  InstalmentKind kind{};
  std::uint8_t pad[3]{};
  std::int64_t number = 0, divisor = 1;
};
struct Alert {
  TextRef name, colour;
  Ref<Condition> condition;
  Ref<Explain> explain;
  std::uint32_t stops_payment = 0;
};

// ---- across records
// ------------------------------------------------------------------------------------------------------

// 群体: of the records of `subject` those that meet `condition` (none: all), apart by `keys`. Skip: whoever lacks what
// decides whether, where or with what it counts does not; Pending: it may stand anywhere.
enum class CohortMissing : std::uint8_t { Skip, Pending };
struct Cohort {
  TextRef name;
  Ref<Relation> subject;
  Ref<Explain> condition;
  Rows<struct CohortKey> keys;
  CohortMissing missing{};
  std::uint8_t complete = 0;  // 全量
  std::uint8_t pad[2]{};
};
struct CohortKey {
  Ref<Explain> value;
};
// Computed over all records before any is matched, in the order of `place`, each into input columns that no data state
// (Column::computed). Where `column` is a series it is wanted for the periods that trees read it at: 本年 or 本月 of
// its own trees is that period.
enum class CohortOp : std::uint8_t { Rank, Sum, Count, Mean, Largest, Smallest, Median };
struct CohortValue {
  Ref<Cohort> cohort;
  std::uint32_t place = 0;
  CohortOp op{};
  std::uint8_t descending = 0;  // Rank: the greatest first
  ValueKind kind{};             // of `value`
  std::uint8_t pad[1]{};
  Ref<Explain> value, where;  // about the record; none: Count, and all members
  Ref<Column> column;         // the place; or the value, the numerator of the value
  Ref<Column> divisor;        // none: 1
  Rows<struct PlaceTest> tests;
};
// Whether the place lies in [low, high]; of a share: whether place ÷ members ≤ high × 10^-scale.
struct PlaceTest {
  Ref<Column> column;
  std::uint8_t share = 0;
  std::int8_t scale = 0;
  std::uint8_t pad[2]{};
  std::int64_t low = 0, high = 0;
};
// 统计: makes the records of `subject`, which no data state, of those of `source`: one for each group of the rows of
// `list` (none: of the records) whose keys are equal and known, in the order of the keys' texts. Trees are about the
// record with the row as the innermost.
struct Tally {
  TextRef name;
  Ref<Relation> subject, source;
  Ref<Column> list;
  Rows<struct TallyKey> keys;
};
struct TallyKey {
  Ref<Column> column;  // of `subject`
  Ref<Explain> value;
};
struct TallyValue {
  Ref<Tally> tally;
  CohortOp op{};
  std::uint8_t each_record = 0;  // rows of one record and of equal `distinct` count once
  std::uint8_t pad[2]{};
  Ref<Explain> value, where;
  Rows<struct TallyTerm> distinct;
  Ref<Column> column, divisor;  // as of a CohortValue
};
struct TallyTerm {
  Ref<Explain> value;
};
// What is settled between pairs, once all of a unit's (or the run's) are there. In the order of `place`; runtime/settle
// says what each kind means.
enum class SettleKind : std::uint8_t { Selection, HighestOnly, OneOnly, Cap, Budget, TopUp };
enum class SettleCut : std::uint8_t { None, Proportionally, InMemberOrder, Ranked, Weighted };
enum SettleFlags : std::uint8_t {
  EachYear = 1,    // apart by 考核年度
  Descending = 2,  // `by`, the greatest first
  ShareAgain = 4,
  AtLeast = 8,  // Selection: `limit` is rounded up and ties are taken in
  TieDescending = 16,
};
struct Settle {
  TextRef name;
  SettleKind kind{};
  SettleCut cut{};
  std::uint8_t flags = 0;
  std::uint8_t pad[5]{};
  std::uint32_t place = 0;
  Rows<struct SettleMember> members;  // in their order
  Ref<Explain> limit, each_most;      // about no record: money in 元, of a Selection a number
  Ref<Explain> tie;                   // Selection: about the record
  Ref<Explain> paid;                  // TopUp, Cap: what the record was paid before for any member, in 元
  Rows<struct SettleStage> stages;    // Budget: it is paid in these, which come to the whole; none: at once
  // Weighted: what `by` comes to at most, in millionths; INT64_MAX: nothing is proved. Else 0.
  std::int64_t most_weight = 0;
};
// A policy by its id, since it may stand in another file. `most_fen`: what it pays at most; INT64_MAX: nothing is
// proved. About its record: to which firm, project or contract it belongs (none: it is one itself), and where it stands
// in order, of a Weighted one how much it counts.
struct SettleMember {
  TextRef policy;
  Ref<Explain> unit, by;
  std::uint32_t pad = 0;
  std::int64_t most_fen = 0;
};

// number ÷ divisor of the budget.
struct SettleStage {
  TextRef name;
  std::uint32_t pad = 0;
  std::int64_t number = 0, divisor = 1;
};

// ---- explanations
// ----------------------------------------------------------------------------------------------------------

// The source's tree, in the source's shape. It can be evaluated on one record by itself, exactly; labels of undecided
// pairs (unknown or error) and `needs` come from it.
// Records in scope: the record that the tree is about, and inside `each` and `where` of an aggregate the bound row of
// its list. `depth` counts outwards from the innermost (0).
enum class ExplainOp : std::uint8_t {
  Field,       // column of the record `depth` levels out
  Definition,  // child 0, whose scope is the record `depth` levels out alone; column: a derived column of it (none: it
               // is about no record). Children as flagged: the year and the month that are 本年 and 本月 inside, read
               // outside
  Series,      // column of the record `depth` levels out; child 0: the period
  Literal,     // number × 10^-scale; or truth, entry, code, day, year, month in `number`; Text, CreditCode: `name`
  Parameter,   // parameter
  AsOf,
  ApplicationYear,
  ThisYear,   // 本年: of the policy (explain_year) or as the Definition around it says
  ThisMonth,  // 本月: the month of 基准日, or as the Definition around it says
  Offset,     // a year or month, moved by `number`; an error outside years 1 to 9999
  Period,     // the year or month bound by the aggregate over periods `depth` such aggregates out
  IfGiven,    // children given, computed: whether the records state the 定义 `name` decides
  Lookup,     // table; children: its keys. No row: unknown, naming the table and keys
  And,
  Or,
  Not,
  AtLeastOf,
  Less,
  AtMost,
  Greater,
  AtLeast,
  Equal,
  NotEqual,
  Add,
  Subtract,
  Multiply,
  Divide,
  Negate,
  Highest,
  Lowest,
  CapAtMost,
  CapAtLeast,
  Round,        // number: Rounding, or `round_to_floor`; scale: digits after the point
  BelongsTo,    // child 0; classes
  SetContains,  // set, member
  Shift,        // entry of an ordered enumeration, steps upwards (towards the first); stops at the ends
  // column: the list; children: each, where as flagged. OverPeriods: children from, to, each, where, the last two with
  // a period bound; column: the series whose first period is meant where `from` is lacking.
  Sum,
  Count,
  Exists,
  All,
  Mean,
  Largest,
  Smallest,
  Median,
  Top,       // number: so many of the greatest
  Distinct,  // how many different values
  Item,      // as Field, of a bound list row; shown as 清单.字段
  ChooseFirst,
  ChooseExclusive,
  ChooseUnique,
  ChooseHighest,
  ChooseSum,   // children [subject] (c v)* [otherwise] as flagged
  Default,     // fact, value
  Call,        // a built-in by `name`
  PartsTotal,  // in explain_total: the sum of the policy's rounded parts that are due
};
enum ExplainFlags : std::uint8_t {
  HasSubject = 1,
  HasOtherwise = 2,
  HasEach = 4,
  HasWhere = 8,
  OverPeriods = 16,
  HasFrom = 32,
  HasYear = 64,
  HasMonth = 128,
};
// What a cap of a policy leaves is cut down to whole 分: the greatest number not above.
inline constexpr std::int64_t round_to_floor = 4;
struct Explain {
  ExplainOp op{};
  ValueKind kind{};
  std::uint8_t flags = 0;
  std::int8_t scale = 0;     // Literal, Round
  std::uint8_t measure = 0;  // how a number is shown
  std::uint8_t depth = 0;    // Field, Item, Definition, Series and aggregates (their list): which record in scope
  std::uint8_t code_system = 0;
  std::uint8_t pad[1]{};
  Rows<struct ExplainChild> children;
  Ref<Column> column;
  Ref<ClassSet> classes;
  Ref<Parameter> parameter;
  Ref<Enumeration> enumeration;
  Ref<ReferenceTable> table;
  std::uint32_t pad2 = 0;
  std::int64_t number = 0;
  TextRef name;  // the definition, item or built-in; Literal of text
  TextRef text;  // the words of the source
  TextRef citation;
  TextRef file;
  std::uint32_t line = 0, column_number = 0;  // from 1; columns count characters
};
struct ExplainChild {
  Ref<Explain> node;
  friend bool operator==(ExplainChild, ExplainChild) = default;
};

// Explanations are most of a Plan, and most of a row is what many rows have in common: it is kept once.
struct ExplainForm {
  ExplainOp op{};
  ValueKind kind{};
  std::uint8_t flags = 0;
  std::int8_t scale = 0;
  std::uint8_t measure = 0, depth = 0, code_system = 0;
  std::uint8_t pad[1]{};
  std::uint32_t child_count = 0;
  Ref<Enumeration> enumeration;
  TextRef citation, file;
};
struct ExplainValue {
  std::int64_t number = 0;
  Ref<Column> column;
  Ref<ClassSet> classes;
  Ref<Parameter> parameter;
  Ref<ReferenceTable> table;
  TextRef name;
  std::uint32_t pad = 0;
};
struct ExplainRow {
  std::uint32_t form = 0, value = 0;  // positions in the two tables
  std::uint32_t first_child = 0;
  TextRef text;
  std::uint32_t line = 0, column_number = 0;
};

// The table of Explains, a third of what the rows would take. A row is put together when it is asked for.
// INVARIANT (apart): no two forms are equal, and no two values.
class ExplainTable {
 public:
  ExplainTable() = default;
  // As stored; the rows must name forms and values that there are.
  ExplainTable(Stored<ExplainRow> rows, std::vector<ExplainForm> forms, std::vector<ExplainValue> values)
      : rows_(std::move(rows)), forms_(std::move(forms)), values_(std::move(values)) {}

  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  Explain operator[](std::size_t i) const { return whole(rows_[i]); }
  Rows<ExplainChild> children(std::size_t i) const { return {rows_[i].first_child, forms_[rows_[i].form].child_count}; }
  ValueKind kind(std::size_t i) const { return forms_[rows_[i].form].kind; }
  Explain whole(ExplainRow const& row) const {
    auto const& form = forms_[row.form];
    auto const& value = values_[row.value];
    return {form.op,
            form.kind,
            form.flags,
            form.scale,
            form.measure,
            form.depth,
            form.code_system,
            {},
            {row.first_child, form.child_count},
            value.column,
            value.classes,
            value.parameter,
            form.enumeration,
            value.table,
            0,
            value.number,
            value.name,
            row.text,
            form.citation,
            form.file,
            row.line,
            row.column_number};
  }

  // `explain` as a row of this table, which it need not become. Equal Explains have equal rows.
  ExplainRow parted(Explain const& explain);
  std::uint32_t form(ExplainForm const& form);
  std::uint32_t value(ExplainValue const& value);
  void push_back(ExplainRow const& row) { rows_.push_back(row); }
  void push_back(Explain const& explain) { rows_.push_back(parted(explain)); }
  // Changes one row; forms and values that no row uses any more stay.
  template <class Change> void edit(std::size_t i, Change change) {
    Explain row = (*this)[i];
    change(row);
    rows_.own()[i] = parted(row);
  }
  // To be filled with rows that name forms and values that there are.
  std::vector<ExplainRow>& own_rows() { return rows_.own(); }

  Stored<ExplainRow> const& rows() const { return rows_; }
  std::vector<ExplainForm> const& forms() const { return forms_; }
  std::vector<ExplainValue> const& values() const { return values_; }

  class Iterator {
   public:
    Iterator(ExplainTable const& table, std::size_t at) : table_(&table), at_(at) {}
    Explain operator*() const { return (*table_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(Iterator const& a, Iterator const& b) { return a.at_ == b.at_; }

   private:
    ExplainTable const* table_;
    std::size_t at_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, rows_.size()}; }

 private:
  Stored<ExplainRow> rows_;
  std::vector<ExplainForm> forms_;
  std::vector<ExplainValue> values_;
  // Where each lies by the hash of its bytes, plus one; made when the first row is added to what was stored.
  std::vector<std::uint32_t> known_forms_, known_values_;
};

// ---- the whole
// -----------------------------------------------------------------------------------------------------------------

struct Plan {
  std::string edition;      // of the language
  std::string code_tables;  // which tables the dense ids of codes belong to; empty: no code occurs
  Texts texts;
  std::vector<TextRef> entry_texts;  // of enumerations
  std::vector<Relation> relations;
  std::vector<Column> columns;
  std::vector<Reference> references;
  std::vector<Enumeration> enumerations;
  std::vector<Parameter> parameters;
  std::vector<ParameterValue> parameter_values;
  std::vector<ReferenceTable> reference_tables;
  std::vector<ReferenceKey> reference_keys;
  std::vector<ReferenceRow> reference_rows;
  std::vector<ReferenceValue> reference_values;
  std::vector<Constant> constants;
  std::vector<std::uint64_t> limbs;
  std::vector<Interval> intervals;
  std::vector<ClassSet> class_sets;
  std::vector<Node> nodes;
  std::vector<std::uint32_t> operands;
  std::vector<Shape> shapes;
  std::vector<Use> uses;
  std::vector<UseInput> use_inputs;
  std::vector<UseConstant> use_constants;
  std::vector<Derived> derived;
  std::vector<DerivedKey> derived_keys;
  std::vector<Atom> atoms;
  std::vector<Condition> conditions;
  std::vector<ConditionMember> condition_members;
  std::vector<Part> parts;
  std::vector<Policy> policies;
  std::vector<Share> shares;
  std::vector<Alert> alerts;
  std::vector<Cohort> cohorts;
  std::vector<CohortKey> cohort_keys;
  std::vector<CohortValue> cohort_values;
  std::vector<PlaceTest> place_tests;
  std::vector<Tally> tallies;
  std::vector<TallyKey> tally_keys;
  std::vector<TallyValue> tally_values;
  std::vector<TallyTerm> tally_terms;
  std::vector<Instalment> instalments;
  std::vector<Settle> settles;
  std::vector<SettleMember> settle_members;
  std::vector<SettleStage> settle_stages;
  ExplainTable explains;
  Stored<ExplainChild> explain_children;

  std::string_view text(TextRef ref) const { return ref.has_value() ? texts[ref.index] : std::string_view(); }
};

// One file's share: the same tables. Linking merges equal rows, so a definition that several files use stands once.
using Fragment = Plan;

}  // namespace huiyu::plan
