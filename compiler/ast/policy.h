#pragma once

// Documents, what they use of other modules, and policies with their lines.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/ast/literals.h"
#include "compiler/ast/operators.h"
#include "compiler/source/span.h"

namespace huiyu::ast {

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
  std::vector<std::pair<Name, ExprId>> mapping;  // no expression: 缺, our data does not have it
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
// `遴选 按 评分 从高到低 取 不少于 年度目标 × 1.6`, of those who meet the conditions. `count_op`: AtLeast or AtMost.
struct SelectionLine {
  ExprId by;
  OrderWord order{};
  CompareOp count_op{};
  ExprId count;
  ExprId tie{};
  OrderWord tie_order{};
  Span span;
};
// `分期 3期 等额`, or `分期 受理：10万元；挂牌：补足`.
struct Instalment {
  Name name;
  ExprId amount{};  // money or a share; absent: 补足
  Span span;
};
struct ScheduleLine {
  ExprId count{};  // 等额
  std::vector<Instalment> parts;
  Span span;
};
// `追回 已付 100% 当 …`
struct ReclaimLine {
  Name what;
  ExprId share, condition;
  Span span;
};
struct HoleLine {
  Span span;
};
using PolicyLine =
    std::variant<SubjectLine, ConditionLine, ExclusionLine, ItemLine, CapLine, ConclusionLine, OnceLine, ShareLine,
                 RequirementLine, AlertDecl, SelectionLine, ScheduleLine, ReclaimLine, HoleLine>;
struct PolicyDecl {
  bool published = false;
  Name name;
  std::vector<Attribute> attributes;
  std::vector<PolicyLine> lines;
  Span span;
};

}  // namespace huiyu::ast
