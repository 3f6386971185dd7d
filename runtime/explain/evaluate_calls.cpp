#include "runtime/explain/calls.h"
#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

Value Evaluator::call(Node const& node, Finding const& finding) const {
  if (auto state = strict(finding); !state.known()) return state;
  std::vector<Value const*> arguments;
  for (auto one : finding.children) arguments.push_back(&value(one));
  return call_builtin(record_.plan.text(node.name), arguments, record_.month_end);
}

}  // namespace huiyu::explain
