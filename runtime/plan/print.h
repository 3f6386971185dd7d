#pragma once

// A Plan or Fragment for people: every table, every field that is not its default, the same text for the same plan.

#include <string>

#include "runtime/plan/plan.h"

namespace huiyu::plan {

// The whole plan as text (`huiyu dump --stage plan`). The plan must be one that verify.h finds no fault with.
std::string print(Plan const& plan);

// A column as `企业.技改项目.设备投资额`; a value without a name as `企业.#12`.
std::string print_column(Plan const& plan, Ref<Column> column);

}  // namespace huiyu::plan
