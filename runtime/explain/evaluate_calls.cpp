#include "runtime/explain/calls.h"
#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

Value Evaluator::call(Node const& node, Finding const& finding) const {
  std::vector<Value const*> arguments;
  for (auto one : finding.children) arguments.push_back(&value(one));
  auto state = strict_state(arguments);
  return state.known() ? call_builtin(record_.plan.text(node.name), arguments, record_.month_end) : state;
}

}  // namespace huiyu::explain
