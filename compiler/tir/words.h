// What the enumerators of tir.h are called wherever a program is shown.
#pragma once

#include <string_view>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

// One word each: `at_least`, `half_up`, `本年`, `权威` (empty where a source states none).
std::string_view compare_word(CompareOp op);
std::string_view arithmetic_word(ArithmeticOp op);
std::string_view aggregate_word(AggregateOp op);
std::string_view hit_word(HitRule rule);
std::string_view rounding_word(Rounding rounding);
std::string_view input_word(InputWord word);
std::string_view source_word(SourceKind kind);
std::string_view conclusion_word(ConclusionKind kind);
std::string_view settle_word(SettleKind kind);
std::string_view cohort_word(CohortOp op);
std::string_view cut_word(SettleCut cut);

}  // namespace huiyu::tir
