#pragma once

// What trees come to, for whoever compares records. Private to the folder.

#include <set>
#include <string>

#include "runtime/explain/evaluate.h"
#include "runtime/explain/value.h"

namespace huiyu::settle {

// A known value as a text that tells it from others of its kind.
std::string text_of(explain::Value const& value);

// What an unknown finding lacks; of an error `name`, what it stands in.
void add_facts(explain::Record const& record, explain::Evaluator const& evaluator, std::uint32_t finding,
               std::string const& name, std::set<std::string>& facts);

}  // namespace huiyu::settle
