#include "compiler/ast/words.h"

namespace huiyu::ast {

std::string_view spell(TokenKind kind) {
  switch (kind) {
    case TokenKind::Keyword: return "keyword";
    case TokenKind::Name: return "name";
    case TokenKind::Number: return "number";
    case TokenKind::Date: return "date";
    case TokenKind::Ordinal: return "ordinal";
    case TokenKind::Text: return "text";
    case TokenKind::Citation: return "citation";
    case TokenKind::Raw: return "raw";
    case TokenKind::Punctuation: return "punctuation";
    case TokenKind::NewLine: return "new-line";
    case TokenKind::Unknown: return "unknown";
    case TokenKind::End: return "end";
  }
  return "";
}

std::string_view spell(LogicOp op) {
  switch (op) {
    case LogicOp::And: return "且";
    case LogicOp::Or: return "或";
  }
  return "";
}

std::string_view spell(ArithmeticOp op) {
  switch (op) {
    case ArithmeticOp::Add: return "+";
    case ArithmeticOp::Subtract: return "-";
    case ArithmeticOp::Multiply: return "×";
    case ArithmeticOp::Divide: return "÷";
  }
  return "";
}

std::string_view spell(CompareOp op) {
  switch (op) {
    case CompareOp::Less: return "<";
    case CompareOp::AtMost: return "≤";
    case CompareOp::Greater: return ">";
    case CompareOp::AtLeast: return "≥";
    case CompareOp::Equal: return "=";
    case CompareOp::NotEqual: return "≠";
  }
  return "";
}

std::string_view spell(Quantifier quantifier) {
  switch (quantifier) {
    case Quantifier::All: return "同时符合";
    case Quantifier::Any: return "符合之一";
    case Quantifier::AtLeast: return "至少符合";
  }
  return "";
}

std::string_view spell(HitRule rule) {
  switch (rule) {
    case HitRule::Unique: return "唯一";
    case HitRule::First: return "首行";
    case HitRule::Highest: return "就高";
    case HitRule::Sum: return "各档相加";
  }
  return "";
}

std::string_view spell(RoundingWord word) {
  switch (word) {
    case RoundingWord::HalfUp: return "四舍五入";
    case RoundingWord::Down: return "舍去";
    case RoundingWord::Up: return "进一";
    case RoundingWord::HalfEven: return "四舍六入五成双";
  }
  return "";
}

std::string_view spell(CapWord word) {
  switch (word) {
    case CapWord::AtMost: return "最高";
    case CapWord::AtLeast: return "最低";
  }
  return "";
}

std::string_view spell(CapPer per) {
  switch (per) {
    case CapPer::EachYear: return "每年";
    case CapPer::EachCalendarYear: return "每自然年";
    case CapPer::Cumulative: return "累计";
    case CapPer::EachProject: return "每个项目";
    case CapPer::EachContract: return "每个合同";
    case CapPer::EachFirm: return "每家企业";
  }
  return "";
}

std::string_view spell(PeriodWord word) {
  switch (word) {
    case PeriodWord::ThisYear: return "本年";
    case PeriodWord::LastYear: return "上年";
    case PeriodWord::YearBeforeLast: return "前年";
    case PeriodWord::Year: return "年";
    case PeriodWord::Month: return "月";
    case PeriodWord::LastYears: return "近年";
    case PeriodWord::LastMonths: return "近月";
    case PeriodWord::BoundYear: return "当年";
    case PeriodWord::YearBefore: return "前一年";
    case PeriodWord::ThisMonth: return "本月";
    case PeriodWord::LastMonth: return "上月";
    case PeriodWord::BoundMonth: return "当月";
    case PeriodWord::AssessmentYear: return "考核年度";
  }
  return "";
}

std::string_view spell(RelationWord word) {
  switch (word) {
    case RelationWord::Is: return "是";
    case RelationWord::IsNot: return "不是";
    case RelationWord::Before: return "早于";
    case RelationWord::After: return "晚于";
    case RelationWord::NotBefore: return "不早于";
    case RelationWord::NotAfter: return "不晚于";
    case RelationWord::FirstAbove: return "首次超过";
    case RelationWord::FirstReached: return "首次达到";
  }
  return "";
}

std::string_view spell(MembershipWord word) {
  switch (word) {
    case MembershipWord::BelongsTo: return "属于";
    case MembershipWord::NotBelongsTo: return "不属于";
    case MembershipWord::Contains: return "包含";
    case MembershipWord::NotContains: return "不包含";
  }
  return "";
}

std::string_view spell(EndMark mark) {
  switch (mark) {
    case EndMark::Unmarked: return "";
    case EndMark::Included: return "含";
    case EndMark::Excluded: return "不含";
  }
  return "";
}

std::string_view spell(OrderWord word) {
  switch (word) {
    case OrderWord::Descending: return "从高到低";
    case OrderWord::Ascending: return "从低到高";
  }
  return "";
}

std::string_view spell(ListOrder order) {
  switch (order) {
    case ListOrder::None: return "";
    case ListOrder::HighToLow: return "从高到低";
    case ListOrder::LowToHigh: return "从低到高";
  }
  return "";
}

std::string_view spell(AttributeWord word) {
  switch (word) {
    case AttributeWord::Id: return "编号";
    case AttributeWord::Citation: return "依据";
    case AttributeWord::Board: return "看板";
    case AttributeWord::AssessmentYear: return "考核年度";
    case AttributeWord::Payout: return "兑现";
    case AttributeWord::Region: return "辖区";
    case AttributeWord::Validity: return "有效";
    case AttributeWord::DocumentNumber: return "文号";
    case AttributeWord::Issuer: return "发文机关";
    case AttributeWord::Department: return "部门";
    case AttributeWord::Predecessor: return "前身";
    case AttributeWord::AsOf: return "基准日";
    case AttributeWord::FilingYear: return "申报年度";
  }
  return "";
}

std::string_view spell(ItemWord word) {
  switch (word) {
    case ItemWord::Grant: return "补助";
    case ItemWord::Award: return "奖励";
    case ItemWord::InterestSubsidy: return "贴息";
    case ItemWord::Subsidy: return "补贴";
    case ItemWord::Support: return "资助";
    case ItemWord::Refund: return "返还";
  }
  return "";
}

std::string_view spell(ConclusionWord word) {
  switch (word) {
    case ConclusionWord::Classify: return "认定";
    case ConclusionWord::Enlist: return "列入";
    case ConclusionWord::Dispose: return "处置";
    case ConclusionWord::Assess: return "核定";
  }
  return "";
}

std::string_view spell(ExpectWord word) {
  switch (word) {
    case ExpectWord::Value: return "=";
    case ExpectWord::Eligible: return "符合";
    case ExpectWord::Ineligible: return "不符合";
    case ExpectWord::Unknown: return "待核";
    case ExpectWord::NotApplicable: return "不适用";
    case ExpectWord::Error: return "错误";
    case ExpectWord::Pending: return "待定";
  }
  return "";
}

}  // namespace huiyu::ast
