#pragma once

// What was written, before anything is known about names or types.
//
// INVARIANT (lossless): every byte of the source belongs to exactly one token or to the trivia before one;
// `tokens` in order reproduce the file. Nodes carry spans, never copies of layout.
// INVARIANT (total): parsing never fails; what could not be read is a `Hole` and has a diagnostic.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/base/arena.h"
#include "compiler/base/id.h"
#include "compiler/source/span.h"

namespace huiyu::ast {

struct ExprTag;
using ExprId = Id<ExprTag>;

// ---- tokens ---------------------------------------------------------------------------------------------------

enum class TokenKind : std::uint8_t {
  Keyword,
  Name,
  Number,
  Date,
  Ordinal,
  Text,
  Citation,
  Raw,
  Punctuation,
  NewLine,
  Unknown,
  End
};

// One token as cut from the text. `trivia_begin..span.begin` are the blanks, comments and blank lines before it.
struct Token {
  TokenKind kind{};
  std::uint16_t keyword = 0;  // the `Word` (vocabulary.h) where kind is Keyword; 0 else
  std::uint32_t trivia_begin = 0;
  Span span;
};

// ---- names ----------------------------------------------------------------------------------------------------

// A word of the vocabulary that is a name (types, aggregates, 全国, 长期) has its Chinese spelling, in whatever
// language it was written. `known` is false where the parser has already said that no such word is visible here.
struct Name {
  std::string text;  // NFC, without 「」
  Span span;
  bool known = true;
};

// `设备.金额`, `项目.申报单位.注册地`, `南京市.鼓楼区`
struct Path {
  std::vector<Name> parts;
  Span span;
};

// ---- literals -------------------------------------------------------------------------------------------------

// The unit word of a number as written (a vocabulary entry of kind unit); None for a bare number.
enum class UnitWord : std::uint8_t {
  None,
  Yuan,
  WanYuan,
  YiYuan,  // 元 万元 亿元
  Percent,
  Permille,  // % ‰
  Persons,   // 人
  Counting,  // 家 项 个 户 件 次 台 套 份 期 名 …: counting units are one
  Mu,
  SquareMetre,  // 亩 平方米
  KilowattHour,
  WanKilowattHour,  // 千瓦时 (度) 万千瓦时
  Day,
  WorkingDay,
  Month,
  Year,           // 天 个工作日 个月 年
  Score,          // 分
  DecimalPlaces,  // 位小数, after 保留 only
};

// `500万元`, `3%`, `20人`, `0.05%/天`: mantissa × 10^-scale in the unit as written, exact.
struct NumberLiteral {
  std::int64_t mantissa = 0;
  std::uint8_t scale = 0;
  UnitWord unit = UnitWord::None;
  UnitWord per = UnitWord::None;  // after `/`
};
struct DateLiteral {
  std::int32_t year = 0, month = 0, day = 0;
};  // month 0: `2024年`; day 0: `2024年3月`
struct OrdinalLiteral {
  std::int64_t number = 0;
  UnitWord unit = UnitWord::None;
};  // 第3年 第1名
struct TopLiteral {
  NumberLiteral number;
};  // 前20% 前3名
struct TruthLiteral {
  bool value = false;
};  // 是 否
struct TextLiteral {
  std::string text;
};

// ---- expressions: conditions and values share one arena; the checker tells them apart by type ---------------------

enum class LogicOp : std::uint8_t { And, Or };
enum class ArithmeticOp : std::uint8_t { Add, Subtract, Multiply, Divide };
// Prefix and postfix comparison words of the Civil Code, art. 1259, and the operators printed as words.
enum class CompareOp : std::uint8_t { Less, AtMost, Greater, AtLeast, Equal, NotEqual };
enum class Quantifier : std::uint8_t { All, Any, AtLeast };         // 同时符合 符合之一 至少符合 n项
enum class HitRule : std::uint8_t { Unique, First, Highest, Sum };  // 唯一 首行 就高 各档相加
enum class RoundingWord : std::uint8_t { HalfUp, Down, Up, HalfEven };
enum class CapWord : std::uint8_t { AtMost, AtLeast };  // 最高 最低
enum class CapPer : std::uint8_t { EachYear, EachCalendarYear, Cumulative, EachProject, EachContract, EachFirm };

struct Hole {};  // unreadable; already reported
struct Literal {
  std::variant<NumberLiteral, DateLiteral, OrdinalLiteral, TopLiteral, TruthLiteral, TextLiteral> value;
};

// A period put before a series or standing alone: 本年 上年 2023年 近3年 近12个月 当年 前一年 当月 本月 上月 考核年度
// 2024年3月. `number`: of Year the year, of Month year × 12 + month − 1, of LastYears and LastMonths how many.
enum class PeriodWord : std::uint8_t {
  ThisYear,
  LastYear,
  Year,
  Month,
  LastYears,
  LastMonths,
  BoundYear,
  YearBefore,
  ThisMonth,
  LastMonth,
  BoundMonth,
  AssessmentYear
};
struct Period {
  PeriodWord word{};
  std::int64_t number = 0;
  Span span;
};

struct Reference {
  std::optional<Period> period;
  Path path;
};  // path empty: the period alone
struct Negate {
  ExprId operand;
};
struct Arithmetic {
  ArithmeticOp op{};
  ExprId left, right;
  Span op_span;
};
struct Not {
  ExprId operand;
};  // 没有
struct Logic {
  LogicOp op{};
  std::vector<ExprId> operands;
};  // chains are n-ary

// `X 2000万元以上 不满4亿元`: one subject, one or more bounds, all must hold.
struct Bound {
  CompareOp op{};
  ExprId value;
  Span span;
  bool postfix = false;
};
struct Bounded {
  ExprId subject;
  std::vector<Bound> bounds;
};
// `20人 ≤ X ＜ 300人`, `a = b`
struct Compare {
  std::vector<ExprId> operands;
  std::vector<CompareOp> ops;
};
// `成立日期 早于 D`, `是`/`不是`, 首次超过/首次达到
enum class RelationWord : std::uint8_t { Is, IsNot, Before, After, NotBefore, NotAfter, FirstAbove, FirstReached };
struct Relation {
  RelationWord word{};
  ExprId left, right;
};
// `X 属于 A、B 除外 C`, `不属于`, `包含`, `不包含`
enum class MembershipWord : std::uint8_t { BelongsTo, NotBelongsTo, Contains, NotContains };
struct Membership {
  MembershipWord word{};
  ExprId subject;
  std::vector<ExprId> members;
  std::vector<ExprId> except;
};
// `X 在 A（含） 至 B（不含） 内`, `X 在 近12个月 内`, `1000万元（含）至 5000万元（不含）`, `D起5年内`
enum class EndMark : std::uint8_t { Unmarked, Included, Excluded };
struct InRange {
  ExprId subject;
  bool negated = false;
  ExprId low, high;
  EndMark low_mark{}, high_mark{};
};
struct Range {
  ExprId low, high;
  EndMark low_mark{}, high_mark{};
};  // as a row key: the subject is the ladder's
struct Since {
  ExprId start;
  ExprId length;
};  // D起n年内, right side of InRange

// `合计（设备：单价 × 台数，其中 …，不重复 企业）`, `最大（近3年：…）`, `名次（X，群体，从高到低）`, any
// `name（args）`. Built-ins and definitions alike: the grammar knows only name（…）.
enum class OrderWord : std::uint8_t { Descending, Ascending };  // 从高到低 从晚到早 / 从低到高 从早到晚
struct Call {
  Name callee;
  std::vector<ExprId> arguments;
  std::optional<std::int64_t> count;  // `前3项（…）`: callee 前n项
  ExprId each{};                      // after `：` : the expression over the list or years
  ExprId where{};                     // after 其中
  std::vector<ExprId> distinct;       // after 不重复
  std::optional<OrderWord> order;
  std::vector<std::pair<Name, ExprId>> named;  // 引用 … 其中 a = b
};
struct EveryPeriod {
  std::optional<Period> period;
  bool months = false;
  ExprId condition;
};  // 近3年 每年（…）

// （A，B）孰高 / 孰低, （A 超过 B 部分）, a bracket kept for formatting
enum class PickWord : std::uint8_t { Highest, Lowest };
struct Pick {
  PickWord word{};
  std::vector<ExprId> operands;
};
struct ExcessPart {
  ExprId amount, above;
};
struct Bracket {
  ExprId inner;
};

struct Cap {
  CapWord word{};
  ExprId operand, bound;
  std::vector<CapPer> per;
  Span span;
};
struct Round {
  ExprId operand;
  RoundingWord mode{};
  std::optional<std::int64_t> digits;
  UnitWord to = UnitWord::None;
};
struct WhenPart {
  ExprId operand, condition;
};  // amount 当 condition, inside brackets
struct EachFull {
  ExprId value;
  ExprId step, amount;
};  // X 每满1000万元 2万元
enum class ShiftWord : std::uint8_t { Raise, Lower };
struct Shift {
  ExprId value;
  ShiftWord word{};
  ExprId steps;
};  // 提升1档 降低1档
struct FullPeriod {
  ExprId since;
  NumberLiteral length;
};  // 成立日期 满3年
struct Default {
  ExprId fact, value;
};  // 缴费月数 缺省 0个月
struct NextYear {
  ExprId of;
};  // 奖补.年度 次年
struct YearCount {
  ExprId from;
  bool next_year = false;
  bool anniversaries = false;
};  // 年次（自 Y 次年 / 按周年）

// A row of 分档 / 分段 / 表. One of: otherwise; keys (values parted by 、, or bounds and ranges on the subject); a
// condition.
struct RowKey {
  bool otherwise = false;
  std::vector<ExprId> values;
  std::vector<Bound> bounds;
  ExprId range{};
  ExprId condition{};
  std::vector<ExprId> except;
  Span span;
};
struct Row {
  RowKey key;
  ExprId value;
  Span span;
};
struct Ladder {
  bool marginal = false /*分段*/;
  std::optional<HitRule> hit;
  ExprId subject{};
  std::vector<Row> rows;
};

// 表: `记 X = 从业人员（人）`, a header whose cells are classes or bounds, rows keyed by the subject.
struct Abbreviation {
  Name letter;
  ExprId value;
  UnitWord unit = UnitWord::None;
  Span span;
};
struct Cell {
  std::vector<ExprId> conditions;
  bool otherwise = false;
  bool dash = false;
  Span span;
};  // `X≥300 Y≥2000`: all hold
struct TableRow {
  RowKey key;
  std::vector<Cell> cells;
  Span span;
};
struct Table {
  std::optional<HitRule> hit;
  ExprId subject{};
  std::vector<Abbreviation> abbreviations;
  Name corner;
  std::vector<ExprId> header;  // one per column of cells: the class (or value) that the column gives
  std::vector<TableRow> rows;
};

// 同时符合：（一）…；（二）…  The mark is the clause id.
struct Member {
  std::string mark;
  ExprId condition;
  std::optional<std::string> citation;
  Span span;
};
struct Quantified {
  Quantifier quantifier{};
  std::int64_t count = 0;
  std::vector<Member> members;
};

using ExprKind =
    std::variant<Hole, Literal, Reference, Negate, Arithmetic, Not, Logic, Bounded, Compare, Relation, Membership,
                 InRange, Range, Since, Call, EveryPeriod, Pick, ExcessPart, Bracket, Cap, Round, WhenPart, EachFull,
                 Shift, FullPeriod, Default, NextYear, YearCount, Ladder, Table, Quantified>;
struct Expr {
  ExprKind kind;
  Span span;
  std::optional<std::string> citation;  // 依据 on a conjunct
};

// ---- declarations ---------------------------------------------------------------------------------------------

// `金额 逐年 自 成立日期`, `列表 设备`, `集合 资质名录`, `比率/天`
struct TypeName {
  Name word;                      // 金额, 列表, a 名录 or 结构 of the project …
  std::optional<Name> argument;   // 列表 设备, 集合 资质名录
  UnitWord per = UnitWord::None;  // 比率/天
  Span span;
};
enum class SeriesStep : std::uint8_t { Yearly, Monthly };  // 逐年 逐月

struct Field {
  Name name;
  TypeName type;
  ExprId low{}, high{};  // 范围 … 至 …
  std::optional<SeriesStep> series;
  std::optional<Name> series_from;  // 自 成立日期
  std::optional<Name> source;       // 来源
  Span span;
};
struct SchemaDecl {
  bool published = false;
  Name name;
  std::optional<Name> key;
  std::vector<Field> fields;
  Span span;
};

enum class ListOrder : std::uint8_t { None, HighToLow, LowToHigh };
struct CodeListEntry {
  Name name;
  std::optional<Name> source_kind;
  ExprId value{};
  Span span;
};
// 名录: entries, or a named group of codes (`名录 工业 ： 行业代码 = B、C、D 除外 …`)
struct EnumerationDecl {
  bool published = false;
  Name name;
  ListOrder order{};
  std::optional<TypeName> code_type;
  std::vector<CodeListEntry> entries;
  std::vector<ExprId> members, except;
  Span span;
};

struct DatedValue {
  std::optional<DateLiteral> from, known_until;
  std::vector<ExprId> values;  // several: the members of a set
  Span span;
};
struct ParameterDecl {
  bool published = false;
  Name name;
  TypeName type;
  std::vector<DatedValue> values;
  Span span;
};
struct ReferenceTableDecl {
  bool published = false;
  Name name;
  std::vector<Name> keys;
  TypeName type;
  std::optional<Name> source;
  bool use_parent = false;
  std::vector<std::vector<ExprId>> rows;
  Span span;
};

struct ExceptionClause {
  ExprId condition, value;
  std::optional<std::string> citation;
  Span span;
};
// 定义: one value, or 一般 / 例外. Caps and rounding after a whole value are nodes (Cap, Round) around it.
struct DefinitionDecl {
  bool published = false;
  Path name;  // `设备.残值` belongs to that 结构
  std::optional<TypeName> type;
  std::optional<RoundingWord> rounding;  // 保留2位小数 in the head
  std::optional<std::int64_t> digits;
  ExprId value{};        // the plain or 一般 value
  bool general = false;  // written as 一般
  std::vector<ExceptionClause> exceptions;
  std::optional<std::string> citation;
  Span span;
};
struct ExceptionDecl {
  Name definition;
  ExceptionClause clause;
  Span span;
};  // 例外 返还比例 当 … 为 …

// Attributes of a head line, in the order written.
enum class AttributeWord : std::uint8_t {
  Id,
  Citation,
  Board,
  AssessmentYear,
  Payout,
  Region,
  Validity,  // 编号 依据 看板 考核年度 兑现 辖区 有效
  DocumentNumber,
  Issuer,
  Department,
  Predecessor,  // 文号 发文机关 部门 前身
  AsOf,
  FilingYear,  // 基准日 申报年度, of a test
};
// `辖区 全国` and `有效 长期` are references to the names 全国 and 长期; `有效 A 至 B` is a Range.
struct Attribute {
  AttributeWord word{};
  Span word_span;
  std::vector<ExprId> values;      // names, dates, texts as expressions
  std::optional<std::string> raw;  // 编号, 依据, 文号: the text itself
  std::optional<Path> place_of;    // 辖区 滨江区（注册地）
  Span span;
};
struct DocumentDecl {
  std::string title;
  std::vector<Attribute> attributes;
  Span span;
};
struct UseDecl {
  Name module;
  std::optional<std::string> version;
  Span span;
};  // 使用 国家标准 2024
struct ImportDecl {
  bool published = false;
  Name name;
  std::vector<std::pair<Name, ExprId>> mapping;
  Span span;
};  // 引用 … 其中 …

struct SubjectLine {
  Name schema;
  ExprId where{};
  Span span;
};  // 对象
struct ConditionLine {
  ExprId condition;
  Span span;
};  // 条件
struct ExclusionLine {
  ExprId condition;
  Span span;
};  // 除外
struct CapClause {
  CapWord word{};
  ExprId bound;
  std::vector<CapPer> per;
  Span span;
};
enum class ItemWord : std::uint8_t {
  Grant,
  Award,
  InterestSubsidy,
  Subsidy,
  Support,
  Refund
};  // 补助 奖励 贴息 补贴 资助 返还
struct ShareOf {
  Name party;
  ExprId share;
  Span span;
};  // 分担
struct ItemLine {
  ItemWord word{};
  std::optional<Name> name;
  ExprId amount;
  ExprId when{};
  std::vector<CapClause> caps;
  std::optional<Round> rounding;  // operand unused
  std::vector<ShareOf> shares;
  std::optional<std::string> citation;
  Span span;
};
struct CapLine {
  std::vector<CapClause> caps;
  Span span;
};  // 最高 80万元 每年，最高 …
enum class ConclusionWord : std::uint8_t { Classify, Enlist, Dispose, Assess };  // 认定 列入 处置 核定
// Caps and rounding of a 核定 are nodes (Cap, Round) around its value.
struct ConclusionLine {
  ConclusionWord word{};
  std::optional<Name> name;
  ExprId value;
  ExprId when{};
  std::optional<std::string> citation;
  Span span;
};
struct OnceLine {
  std::optional<Name> per;
  Span span;
};  // 只奖一次 每家企业
struct ShareLine {
  std::vector<ShareOf> shares;
  Span span;
};
struct RequirementLine {
  std::vector<Name> words;
  Span span;
};  // 要求 已核实
struct AlertRow {
  std::vector<Name> labels;
  ExprId condition;
  std::optional<std::string> citation;
  Span span;
};
// 预警: a line of the policy it follows. One that follows another declaration stands for itself.
struct AlertDecl {
  Name name;
  std::vector<AlertRow> rows;
  Span span;
};
struct HoleLine {
  Span span;
};
using PolicyLine = std::variant<SubjectLine, ConditionLine, ExclusionLine, ItemLine, CapLine, ConclusionLine, OnceLine,
                                ShareLine, RequirementLine, AlertDecl, HoleLine>;
struct PolicyDecl {
  bool published = false;
  Name name;
  std::vector<Attribute> attributes;
  std::vector<PolicyLine> lines;
  Span span;
};

// `上年营业收入 = 100万元`, `资质 = 甲、乙` (several values), `营业收入 缺`,
// `设备 = （金额 = 1万元，新上 = 是）、（金额 = 2万元）` (records of a list; `（）` is the empty list).
struct GivenFact {
  std::optional<Period> period;
  Path name;
  std::vector<ExprId> values;
  bool has_records = false;
  std::vector<std::vector<GivenFact>> records;
  bool missing = false;
  Span span;
};
// `城镇调查失业率控制目标 = 5.5%`, `行业平均薪酬（C34，2024年）= 8万元`: a parameter or a row of a 参照表 that holds
// for the test.
struct GivenSetting {
  Name name;
  std::vector<ExprId> keys;
  std::vector<ExprId> values;
  bool missing = false;
  Span span;
};
struct GivenRecord {
  std::optional<Name> schema;
  Name label;
  std::optional<Name> same_as;
  std::vector<GivenFact> facts;
  Span span;
};
enum class ExpectWord : std::uint8_t {
  Value,
  Eligible,
  Ineligible,
  Unknown,
  NotApplicable,
  Error,
  Pending
};  // 待核=Unknown 待定=Pending
struct Expectation {
  std::optional<Name> label;
  Path what;
  ExpectWord word{};
  ExprId value{};
  std::vector<Reference> missing;
  Span span;
};
struct TestDecl {
  std::string title;
  std::vector<Attribute> settings;
  std::vector<GivenSetting> given_settings;
  std::vector<GivenRecord> given;
  std::vector<Expectation> expect;
  Span span;
};

struct HoleDecl {
  Span span;
};
using Declaration =
    std::variant<SchemaDecl, EnumerationDecl, ParameterDecl, ReferenceTableDecl, DefinitionDecl, ExceptionDecl,
                 DocumentDecl, UseDecl, ImportDecl, PolicyDecl, AlertDecl, TestDecl, HoleDecl>;

struct File {
  FileId file{};
  std::vector<Token> tokens;
  Arena<ExprId, Expr> exprs;
  std::vector<Declaration> declarations;
};

}  // namespace huiyu::ast
