#pragma once

// The missing facts that keep a finding undecided: language.md section 5, `needs`.

#include <set>
#include <string>

#include "runtime/explain/findings.h"

namespace huiyu::explain {

// How a fact is named to people: `营业收入`, `技改项目.设备投资额`.
std::string fact_name(plan::Plan const& plan, plan::Ref<plan::Column> column);

// What stands behind the name of a series at a known period: `[2023年]`.
std::string period_name(plan::Plan const& plan, plan::Ref<plan::Explain> period, Value const& value);

// Adds the missing facts that would decide a finding; nothing if it is not unknown.
void add_needs(Record const& record, Findings const& findings, std::uint32_t finding, std::set<std::string>& needs);

}  // namespace huiyu::explain
