#pragma once

// What is decided between policies and between records: 组合, 预算 and 群体. Part of ast.h.

#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/ast/declarations.h"
#include "compiler/ast/policy.h"

namespace huiyu::ast {

// `部门 = "市经信局"`: what the head line of a member says.
struct MemberTest {
  AttributeWord word{};
  std::vector<ExprId> values;  // one of them
  Span span;
};
// `成员 甲、乙`, or `成员 当 部门 = "市经信局" 且 看板 = "制造"`
struct MemberLine {
  std::vector<Name> names;
  std::vector<MemberTest> tests;
  Span span;
};
enum class GroupRule : std::uint8_t { HighestOnly, OneOnly, TopUp };                     // 就高不重复 互斥 递进补差
enum class Manner : std::uint8_t { Proportionally, InMemberOrder, FirstFiled, Ranked };  // 按比例 … ; Ranked: 按 X
// 组合: a rule, or a limit. Words that stand twice stand here twice.
struct GroupDecl {
  Name name;
  std::vector<CapPer> per;
  std::vector<std::pair<GroupRule, Span>> rules;
  std::vector<CapClause> limits;
  std::vector<std::pair<Manner, Span>> cuts;
  std::vector<Name> ahead_of;  // 先于
  std::vector<MemberLine> members;
  Span span;
};
// 预算. `by` and `order`: of Ranked.
struct Overrun {
  Manner how{};
  ExprId by{};
  OrderWord order{};
  Span span;
};
// `首期 60%`: a part of the pool that is paid by itself.
struct BudgetStage {
  Name name;
  ExprId share;
  Span span;
};
struct BudgetDecl {
  Name name;
  ExprId pool;
  std::vector<CapPer> per;
  std::vector<BudgetStage> stages;
  std::vector<Name> used_for;
  std::vector<Overrun> overruns;
  std::vector<std::pair<ExprId, Span>> weights;  // 分配 按
  std::vector<CapClause> each;                   // 每户 最高
  std::vector<std::pair<bool, Span>> remainder;  // 余额: true 再分配, false 留存
  Span span;
};

// 群体: which records count where one is ranked or averaged. Words that stand twice stand here twice.
struct CohortDecl {
  Name name;
  std::vector<Name> subjects;  // 对象
  std::vector<Span> complete;  // 全量
  std::vector<ExprId> conditions;
  std::vector<std::pair<std::vector<ExprId>, Span>> groupings;  // 分组
  std::vector<std::pair<bool, Span>> lacking;                   // 缺数: true 不计, false 待定
  Span span;
};

// 统计: records made of other records, one for each value of `by`. Its rows are definitions about it.
struct TallyDecl {
  Name name;
  std::vector<Path> by;
  std::vector<DefinitionDecl> rows;
  Span span;
};

}  // namespace huiyu::ast
