#pragma once

// A Plan is all that the runtime knows of a release: flat tables of fixed-size rows that refer to each other by position.
// It is made by linking Fragments (the same tables for one file), and stored by plan_file.h as it stands in memory.
//
// INVARIANT (symbolic): a Plan holds no reference date, no year and no parameter's chosen value; `bind` adds those.
// INVARIANT (acyclic): programs, conditions, explanations refer only to earlier rows; derived columns follow strata.
// INVARIANT (anonymous): positions appear in no output; outputs speak of policy ids, names, clauses and citations.
// Little endian, 8-aligned rows. A reader of one major version accepts any minor; new minors only add sections.

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/base/hash.h"

namespace huiyu::plan {

inline constexpr std::uint32_t none = 0xFFFFFFFF;

// A position in the table of `Row`.
template <class Row>
struct Ref {
  std::uint32_t index = none;
  constexpr bool has_value() const { return index != none; }
  friend constexpr bool operator==(Ref, Ref) = default;
};
// Consecutive rows of the table of `Row`.
template <class Row>
struct Rows {
  std::uint32_t begin = 0, count = 0;
  friend constexpr bool operator==(Rows, Rows) = default;
};

struct TextTag {};
using Text = Ref<TextTag>;  // a string of `texts`; equal strings have one position

// ---- what records look like -------------------------------------------------------------------------------------

enum class RelationKind : std::uint8_t { Root, List, Series, Set, History, Reference, Statistics };
struct Column;
struct Relation {
  Text name;                   // the 结构; for lists the field's name
  RelationKind kind{};
  std::uint8_t pad[3]{};
  Ref<Relation> parent;        // List, Series, Set: the relation that owns it
  Ref<Column> owner_field;     // … and the column there
  Ref<Column> key;
  Text link;                   // Reference: the key it is joined by
};

enum class ValueKind : std::uint8_t { Truth, Number, Date, Year, Month, Code, Enumeration, Text, CreditCode, List, Set, Quotient };
enum class ColumnRole : std::uint8_t { Input, Derived };
struct Enumeration;
struct Derived;
// A field of the data, or a value computed once per record. Scalars are integers as runtime/columns/batch.h says.
struct Column {
  Text name;
  Ref<Relation> relation;
  ColumnRole role{};
  ValueKind kind{};
  std::int8_t scale = 0;
  std::uint8_t width = 1;        // 64-bit limbs of a stored value
  std::uint8_t measure = 0;      // columns::Measure
  std::uint8_t series = 0;       // columns::SeriesStep
  std::uint8_t source_kind = 0;  // 0 unstated, 1 权威, 2 申报, 3 裁量
  std::uint8_t code_system = 0;
  std::int64_t low = 0, high = 0;
  Ref<Enumeration> enumeration;
  Ref<Relation> items;           // List, Set, series: the relation of its rows
  Ref<Derived> derived;
  Text source;
};
struct Enumeration {
  Text name;
  Rows<TextTag> entries;         // positions in `entry_texts`
  std::uint32_t ordered = 0;
};

// ---- values known before any record ------------------------------------------------------------------------------

struct Parameter {
  Text name;
  ValueKind kind{};
  std::int8_t scale = 0;
  std::uint8_t pad[2]{};
  Rows<struct ParameterValue> values;
};
// Days; open ends are INT32_MIN and INT32_MAX. Past the last `until` the parameter is missing.
struct ParameterValue {
  std::int32_t from_day = 0, until_day = 0;
  std::int64_t value = 0;
};
enum class ConstantKind : std::uint8_t { Literal, Parameter, AsOfDay, ApplicationYear, ClassSet };
struct Constant {
  ConstantKind kind{};
  std::uint8_t width = 1;              // limbs; Literal wider than one limb lies in `limbs`
  std::uint8_t pad[2]{};
  std::uint32_t index = none;          // Parameter, ClassSet, or first limb
  std::int64_t value = 0;              // Literal of one limb
};
// Dense ids of a code system or an enumeration, as intervals. `certain`: in the set; `possible`: coarser than a member.
struct Interval { std::int64_t low = 0, high = 0; };  // both included
struct ClassSet {
  Rows<Interval> certain;
  Rows<Interval> possible;
};

// ---- programs: straight-line integer code over one relation's rows ----------------------------------------------------

// Every value is (integer of `width` limbs, valid). Not valid means missing or in error: which one, and why, is the business
// of the explanation. Numbers are scaled integers; quotients have been expanded into numerator and denominator.
enum class Op : std::uint16_t {
  Input,          // immediate: input slot
  Constant,       // immediate: constant slot of the use
  Add, Subtract, Multiply,  // never overflow: widths are proved
  Negate, Absolute, Minimum, Maximum,
  Sign,           // −1, 0, 1
  DivideRound,    // operands numerator, denominator (invalid where 0); immediate: Rounding
  NonZero,        // the operand, invalid where 0
  NonNegative,    // the operand, invalid where < 0
  Fits,           // the operand as `width` limbs within [low, high] of two constant slots (operands 1 and 2), else invalid
  Less, AtMost, Equal,      // truth
  InClass,        // operand: code or entry; immediate: constant slot of a ClassSet; possible but not certain: invalid
  // Kleene: And is false as soon as a valid operand is false, valid only if decided; Or alike.
  And, Or, Not,
  AtLeastOf,      // immediate n: true if n valid operands are true, false if fewer than n can be, else invalid
  // operands c1 v1 c2 v2 … otherwise. First row not false decides; invalid conditions leave open rows, which must agree (valid and equal).
  ChooseFirst,
  // operands as ChooseFirst; two true: invalid; one true and another invalid: invalid; none true and one invalid: invalid.
  ChooseUnique,
  ChooseHighest, ChooseSum, // over all rows whose condition is true; any invalid condition: invalid
  OrElse,         // 缺省: operand 0 where valid, else operand 1
  AddMonths, YearOf, MonthOf,
};
struct Node {
  Op op{};
  std::uint8_t width = 1;          // limbs of the result: 1, 2, 4, 8
  std::uint8_t truth = 0;          // 1: the value is 0 or 1
  std::uint32_t operand_count = 0;
  std::uint32_t operands = 0;      // first position in `operands`; each is a node's place within its shape
  std::uint32_t pad = 0;
  std::int64_t immediate = 0;
};
// A formula without its constants and columns: what native code is compiled for. The last node is the result.
struct Shape {
  Rows<Node> nodes;
  std::uint32_t input_count = 0;
  std::uint32_t constant_count = 0;
  Hash128 id;                      // of the nodes: names native code across releases
};
// One formula: a shape with its columns and constants (positions in `use_inputs`, `use_constants`).
struct Use {
  Ref<Shape> shape;
  Ref<Relation> relation;
  Rows<struct UseInput> inputs;
  Rows<struct UseConstant> constants;
};
struct UseInput { Ref<Column> column; };
struct UseConstant { Ref<Constant> constant; };

// ---- derived columns -------------------------------------------------------------------------------------------------

enum class DerivedKind : std::uint8_t {
  Program,      // `use`
  Gather,       // a parent's column, for each item row: `value`
  AggregateSum, AggregateCount, AggregateExists, AggregateAll, AggregateMean, AggregateLargest, AggregateSmallest, AggregateMedian,
  Window,       // a series over a run of periods
  TableLookup,  // a reference table by keys
  Rank, CohortValue,
  Quotient,     // numerator and denominator columns, kept for comparison against many constants
};
// Aggregates: rows of the relation of `value`/`filter` for each row of `column`'s relation. A missing list is invalid.
// A row whose filter is invalid makes 合计, 数量 … invalid; 存在 and 全部 are Kleene over the rows.
struct Derived {
  Ref<Column> column;
  DerivedKind kind{};
  std::uint8_t pad[3]{};
  std::uint32_t stratum = 0;         // computed after all smaller strata
  Ref<Use> use;
  Ref<Column> value;                 // Gather, aggregates, Quotient: numerator
  Ref<Column> filter;                // aggregates: a truth column of the item rows, or none
  Ref<Column> list;                  // aggregates: the list column
  Ref<Column> denominator;           // Quotient
  Text definition;                   // the 定义 it is, if it is one
};

// ---- conditions --------------------------------------------------------------------------------------------------------

enum class AtomKind : std::uint8_t { Interval, ClassSet, Tag, Truth, QuotientInterval };
// One test of one column, shared by every policy that makes it. `id` is a hash of schema, path, kind and bounds.
struct Atom {
  Hash128 id;
  Ref<Column> column;
  AtomKind kind{};
  std::uint8_t pad[3]{};
  Ref<Constant> low, high;           // Interval: both included, none is open. QuotientInterval: numerators over `denominator`
  Ref<Constant> denominator;
  Ref<ClassSet> classes;             // ClassSet
  std::int64_t tag = 0;              // Tag: the entry that the set must hold
};
enum class ConditionKind : std::uint8_t { Literal, And, Or, AtLeastOf, Always };
// Negation has been pushed down to literals. And/Or over `members` (positions in `condition_members`).
struct Condition {
  ConditionKind kind{};
  std::uint8_t negated = 0;          // Literal
  std::uint8_t pad[2]{};
  Ref<Atom> atom;                    // Literal
  Rows<struct ConditionMember> members;
  std::int64_t count = 0;            // AtLeastOf
};
struct ConditionMember { Ref<Condition> condition; };

// ---- policies ------------------------------------------------------------------------------------------------------------

enum class Conclusion : std::uint8_t { None, Money, Class, Assessment, Disposal };
struct Explain;
struct Part {
  Text name, word, citation;
  Ref<Condition> when;               // none: always due
  Ref<Use> amount;                   // 分, rounded; invalid: unknown or error
  Ref<Explain> explain_when, explain_amount;
};
struct Policy {
  Text id, name, citation, board, payout, place_text;
  Ref<Relation> subject;
  Conclusion conclusion{};
  std::uint8_t single = 0;           // 1: one unnamed amount, no parts are shown
  std::uint8_t pad[2]{};
  std::int32_t valid_from = INT32_MIN, valid_until = INT32_MAX;  // days, both included
  Ref<Condition> applies;            // 辖区 and 对象; none: always
  Ref<Condition> condition;          // none: always
  Rows<Part> parts;
  Ref<Use> total;                    // 分: from the parts' amounts (inputs are `part_slots`: place of the part), caps included; single: none
  Ref<Column> value;                 // Class, Assessment, Disposal
  Text value_name;
  Rows<struct Alert> alerts;
  Ref<Explain> explain_applies, explain_condition, explain_total, explain_value;
};
struct Alert { Text name, colour; Ref<Condition> condition; Ref<Explain> explain; std::uint32_t stops_payment = 0; };

// ---- across records (later kinds; loaded, verified and printed, answered with "not built" until an engine runs them) ---------

enum class CohortMissing : std::uint8_t { Skip, Pending };
struct Cohort { Text name; Ref<Condition> members; Ref<Column> by; Ref<Column> value; CohortMissing missing{}; std::uint8_t complete = 0; std::uint8_t pad[2]{}; std::uint32_t stratum = 0; };
enum class SettleKind : std::uint8_t { Group, Cap, Budget, Selection, Share };
struct Settle {
  Text name;
  SettleKind kind{};
  std::uint8_t per = 0, order = 0, cut = 0;
  Rows<struct SettleMember> members;
  Ref<Constant> limit;
  Ref<Column> by, tie;
};
struct SettleMember { Ref<Policy> policy; Ref<Part> part; };

// ---- explanations ----------------------------------------------------------------------------------------------------------

// The source's tree, in the source's shape. It can be evaluated on one record by itself, exactly; labels of undecided
// pairs (unknown or error) and `needs` come from it.
enum class ExplainOp : std::uint8_t {
  Field,        // column
  Definition,   // child 0; column: its derived column
  Series,       // column; child 0: the period
  Literal,      // number × 10^-scale / 1, or entry, code, date … in `number`
  Parameter,    // parameter
  AsOf, ApplicationYear,
  And, Or, Not, AtLeastOf,
  Less, AtMost, Greater, AtLeast, Equal, NotEqual,
  Add, Subtract, Multiply, Divide, Negate,
  Highest, Lowest,
  CapAtMost, CapAtLeast,
  Round,        // number: Rounding; scale: digits after the point
  BelongsTo,    // child 0; classes
  SetContains,  // child 0; number: the entry
  Sum, Count, Exists, All, Mean, Largest, Smallest, Median,  // column: the list; children each (or none), where (or none) as flagged
  Item,         // a Field of the bound list row `depth` levels out (0: innermost)
  ChooseFirst, ChooseExclusive, ChooseUnique, ChooseHighest, ChooseSum,  // children [subject] (c v)* [otherwise] as flagged
  Default,      // fact, value
  Call,         // a built-in by `name`
  Due,          // an item of a policy: children when, amount
};
enum ExplainFlags : std::uint8_t { HasSubject = 1, HasOtherwise = 2, HasEach = 4, HasWhere = 8 };
struct Explain {
  ExplainOp op{};
  ValueKind kind{};
  std::uint8_t flags = 0;
  std::int8_t scale = 0;             // Literal, Round
  std::uint8_t measure = 0;          // how a number is shown
  std::uint8_t depth = 0;            // Field, Item: which record in scope
  std::uint8_t pad[2]{};
  Rows<struct ExplainChild> children;
  Ref<Column> column;
  Ref<ClassSet> classes;
  Ref<Parameter> parameter;
  Ref<Enumeration> enumeration;
  std::int64_t number = 0;
  Text name;                         // the definition, item or built-in
  Text text;                         // the words of the source
  Text citation;
  Text file;
  std::uint32_t line = 0, column_number = 0;
  std::uint8_t code_system = 0;
  std::uint8_t pad2[7]{};
};
struct ExplainChild { Ref<Explain> node; };

// ---- the whole -----------------------------------------------------------------------------------------------------------------

struct Plan {
  std::string edition;                       // of the language
  std::vector<std::string> texts;
  std::vector<Text> entry_texts;             // of enumerations
  std::vector<Relation> relations;
  std::vector<Column> columns;
  std::vector<Enumeration> enumerations;
  std::vector<Parameter> parameters;
  std::vector<ParameterValue> parameter_values;
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
  std::vector<Atom> atoms;
  std::vector<Condition> conditions;
  std::vector<ConditionMember> condition_members;
  std::vector<Part> parts;
  std::vector<Policy> policies;
  std::vector<Alert> alerts;
  std::vector<Cohort> cohorts;
  std::vector<Settle> settles;
  std::vector<SettleMember> settle_members;
  std::vector<Explain> explains;
  std::vector<ExplainChild> explain_children;

  std::string_view text(Text ref) const { return ref.has_value() ? std::string_view(texts[ref.index]) : std::string_view(); }
};

// One file's share: the same tables. Linking merges equal rows, so a definition that several files use stands once.
using Fragment = Plan;

}  // namespace huiyu::plan
