#pragma once

// Which fields a reader must fill for a Plan to run on its records.

#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/columns/layout.h"
#include "runtime/plan/plan.h"

namespace huiyu::engine {

// The layout of the records of a 结构: its fields, then the definitions that the records state themselves, as named.
Result<columns::RecordLayout> layout_of(plan::Plan const& plan, plan::Ref<plan::Relation> subject,
                                        std::vector<std::string> const& given_definitions = {});

// The relation of a 结构 by its name.
Result<plan::Ref<plan::Relation>> find_relation(plan::Plan const& plan, std::string_view name);

// The one relation that the plan's policies are about; an error if they are about several.
Result<plan::Ref<plan::Relation>> only_subject(plan::Plan const& plan);

}  // namespace huiyu::engine
