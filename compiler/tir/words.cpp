#include "compiler/tir/words.h"

namespace huiyu::tir {

std::string_view compare_word(CompareOp op) {
  switch (op) {
    case CompareOp::Less: return "less";
    case CompareOp::AtMost: return "at_most";
    case CompareOp::Greater: return "greater";
    case CompareOp::AtLeast: return "at_least";
    case CompareOp::Equal: return "equal";
    case CompareOp::NotEqual: return "not_equal";
  }
  return "?";
}

std::string_view arithmetic_word(ArithmeticOp op) {
  switch (op) {
    case ArithmeticOp::Add: return "add";
    case ArithmeticOp::Subtract: return "subtract";
    case ArithmeticOp::Multiply: return "multiply";
    case ArithmeticOp::Divide: return "divide";
  }
  return "?";
}

std::string_view aggregate_word(AggregateOp op) {
  switch (op) {
    case AggregateOp::Sum: return "sum";
    case AggregateOp::Count: return "count";
    case AggregateOp::Exists: return "exists";
    case AggregateOp::All: return "all";
    case AggregateOp::Mean: return "mean";
    case AggregateOp::Largest: return "largest";
    case AggregateOp::Smallest: return "smallest";
    case AggregateOp::Median: return "median";
    case AggregateOp::Top: return "top";
    case AggregateOp::Distinct: return "distinct";
  }
  return "?";
}

std::string_view hit_word(HitRule rule) {
  switch (rule) {
    case HitRule::First: return "first";
    case HitRule::Exclusive: return "exclusive";
    case HitRule::Unique: return "unique";
    case HitRule::Highest: return "highest";
    case HitRule::Sum: return "sum";
  }
  return "?";
}

std::string_view rounding_word(Rounding rounding) {
  switch (rounding) {
    case Rounding::HalfUp: return "half_up";
    case Rounding::Down: return "down";
    case Rounding::Up: return "up";
    case Rounding::HalfEven: return "half_even";
  }
  return "?";
}

std::string_view input_word(InputWord word) {
  switch (word) {
    case InputWord::AsOf: return "基准日";
    case InputWord::ApplicationYear: return "申报年度";
    case InputWord::ThisYear: return "本年";
    case InputWord::ThisMonth: return "本月";
  }
  return "?";
}

std::string_view source_word(SourceKind kind) {
  switch (kind) {
    case SourceKind::Unstated: return "";
    case SourceKind::Authoritative: return "权威";
    case SourceKind::Declared: return "申报";
    case SourceKind::Judgement: return "裁量";
  }
  return "";
}

std::string_view conclusion_word(ConclusionKind kind) {
  switch (kind) {
    case ConclusionKind::None: return "none";
    case ConclusionKind::Money: return "money";
    case ConclusionKind::Class: return "class";
    case ConclusionKind::Assessment: return "assessment";
    case ConclusionKind::Disposal: return "disposal";
  }
  return "?";
}

std::string_view settle_word(SettleKind kind) {
  switch (kind) {
    case SettleKind::HighestOnly: return "highest_only";
    case SettleKind::OneOnly: return "one_only";
    case SettleKind::TopUp: return "top_up";
    case SettleKind::Cap: return "cap";
    case SettleKind::Budget: return "budget";
  }
  return "?";
}

std::string_view cohort_word(CohortOp op) {
  switch (op) {
    case CohortOp::Rank: return "rank";
    case CohortOp::Sum: return "sum";
    case CohortOp::Count: return "count";
    case CohortOp::Mean: return "mean";
    case CohortOp::Largest: return "largest";
    case CohortOp::Smallest: return "smallest";
    case CohortOp::Median: return "median";
  }
  return "?";
}

std::string_view cut_word(SettleCut cut) {
  switch (cut) {
    case SettleCut::None: return "none";
    case SettleCut::Proportionally: return "proportionally";
    case SettleCut::InMemberOrder: return "in_member_order";
    case SettleCut::Ranked: return "ranked";
    case SettleCut::Weighted: return "weighted";
  }
  return "?";
}

}  // namespace huiyu::tir
