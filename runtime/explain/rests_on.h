#pragma once

// What an outcome rests on besides the words of the clause: facts that nobody but the firm stands for, and the rule of
// month ends.

#include "runtime/explain/evaluate.h"
#include "runtime/explain/explanation.h"

namespace huiyu::explain {

// The facts of kind 申报 without which a decided outcome, or its sum, would be open; sorted by name.
std::vector<DeclaredFact> declared_facts_of(Record const& record, PairOutcome const& pair);

// The dates that were cut to the end of a shorter month, where the outcome or an alert would be another one if they
// went on into the next month. `findings`: of the pair.
std::vector<MonthEndUse> month_ends_of(Record const& record, PairOutcome const& pair, Findings const& findings);

}  // namespace huiyu::explain
