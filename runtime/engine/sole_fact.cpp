#include "runtime/engine/sole_fact.h"

#include <algorithm>
#include <array>

#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using plan::ExplainOp;

// What says the same of all records, or hangs on its operands alone.
constexpr std::array plain_ops{
    ExplainOp::Literal,
    ExplainOp::Parameter,
    ExplainOp::And,
    ExplainOp::Or,
    ExplainOp::Not,
    ExplainOp::Less,
    ExplainOp::AtMost,
    ExplainOp::Greater,
    ExplainOp::AtLeast,
    ExplainOp::Equal,
    ExplainOp::NotEqual,
    ExplainOp::Add,
    ExplainOp::Subtract,
    ExplainOp::Multiply,
    ExplainOp::Divide,
    ExplainOp::Negate,
    ExplainOp::Highest,
    ExplainOp::Lowest,
    ExplainOp::CapAtMost,
    ExplainOp::CapAtLeast,
    ExplainOp::Round,
    ExplainOp::ChooseFirst,
    ExplainOp::ChooseExclusive,
    ExplainOp::ChooseUnique,
    ExplainOp::ChooseHighest,
    ExplainOp::ChooseSum,
    ExplainOp::PartsTotal,
};

class Reader {
 public:
  explicit Reader(plan::Plan const& plan) : plan_(plan) {}

  // Whether the tree reads nothing of a record but the one fact.
  bool read(plan::Ref<plan::Explain> tree) {
    if (!tree.has_value()) return true;
    auto const& node = plan_.explains[tree.index];
    if (node.op == ExplainOp::Field) {
      bool const is_same = node.depth == 0 && (!fact_ || *fact_ == node.column);
      fact_ = node.column;
      return is_same;
    }
    if (std::find(plain_ops.begin(), plain_ops.end(), node.op) == plain_ops.end()) return false;
    for (auto const& child : plan::rows_of(node.children, plan_.explain_children))
      if (!read(child.node)) return false;
    return true;
  }

  std::optional<plan::Ref<plan::Column>> fact() const { return fact_; }

 private:
  plan::Plan const& plan_;
  std::optional<plan::Ref<plan::Column>> fact_;
};

}  // namespace

std::optional<plan::Ref<plan::Column>> sole_fact(plan::Plan const& plan, plan::Policy const& policy) {
  Reader reader(plan);
  bool is_sole = reader.read(policy.explain_total);
  for (auto const& part : plan::rows_of(policy.parts, plan.parts))
    is_sole = is_sole && reader.read(part.explain_when) && reader.read(part.explain_amount);
  return is_sole ? reader.fact() : std::nullopt;
}

}  // namespace huiyu::engine
