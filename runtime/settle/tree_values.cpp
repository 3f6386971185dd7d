#include "runtime/settle/tree_values.h"

#include "runtime/explain/needs.h"

namespace huiyu::settle {

std::string text_of(explain::Value const& value) {
  switch (value.state) {
    case explain::State::True: return "true";
    case explain::State::False: return "false";
    case explain::State::Value:
    case explain::State::Unknown:
    case explain::State::Error: break;
  }
  return value.text.empty() ? value.number.str() : "\"" + value.text;
}

void add_facts(explain::Record const& record, explain::Evaluator const& evaluator, std::uint32_t finding,
               std::string const& name, std::set<std::string>& facts) {
  if (evaluator.value(finding).state == explain::State::Error)
    facts.insert(name);
  else
    explain::add_needs(record, evaluator.findings(), finding, facts);
}

}  // namespace huiyu::settle
