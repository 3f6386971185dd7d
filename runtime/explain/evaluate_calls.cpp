#include "runtime/base/check.h"
#include "runtime/explain/evaluate.h"

namespace huiyu::explain {

Value Evaluator::call(Node const& node, Finding const&) const {
  HUIYU_CHECK(false, "an explanation calls a built-in that the runtime does not know");
  static_cast<void>(node);
  return Value::unknown();
}

}  // namespace huiyu::explain
