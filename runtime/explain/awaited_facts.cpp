#include "runtime/explain/awaited_facts.h"

#include <algorithm>
#include <array>

#include "runtime/explain/needs.h"
#include "runtime/plan/rows.h"

namespace huiyu::explain {
namespace {

using plan::ExplainOp;
using Tree = plan::Ref<plan::Explain>;

// An error wins, then what is missing: unknown, such a node has no operand in error and lacks what they lack.
constexpr std::array strict_ops{
    ExplainOp::Not,        ExplainOp::Less,     ExplainOp::AtMost,  ExplainOp::Greater,   ExplainOp::AtLeast,
    ExplainOp::Equal,      ExplainOp::NotEqual, ExplainOp::Add,     ExplainOp::Subtract,  ExplainOp::Multiply,
    ExplainOp::Divide,     ExplainOp::Negate,   ExplainOp::Highest, ExplainOp::Lowest,    ExplainOp::CapAtMost,
    ExplainOp::CapAtLeast, ExplainOp::Round,    ExplainOp::Offset,  ExplainOp::BelongsTo, ExplainOp::Shift,
    ExplainOp::Call,
};
// Known although some operand is missing; unknown, they lack what some operands lack.
constexpr std::array other_ops{
    ExplainOp::And,           ExplainOp::Or,          ExplainOp::AtLeastOf,
    ExplainOp::Default,       ExplainOp::ChooseFirst, ExplainOp::ChooseUnique,
    ExplainOp::ChooseHighest, ExplainOp::ChooseSum,   ExplainOp::ChooseExclusive,
};
constexpr std::array list_ops{
    ExplainOp::Sum,     ExplainOp::Count,    ExplainOp::Exists, ExplainOp::All, ExplainOp::Mean,
    ExplainOp::Largest, ExplainOp::Smallest, ExplainOp::Median, ExplainOp::Top, ExplainOp::Distinct,
};
// The same for every record.
constexpr std::array fixed_ops{
    ExplainOp::Literal,         ExplainOp::Parameter, ExplainOp::AsOf,
    ExplainOp::ApplicationYear, ExplainOp::ThisYear,  ExplainOp::ThisMonth,
};

template <std::size_t count> bool is_one_of(std::array<ExplainOp, count> const& ops, ExplainOp op) {
  return std::find(ops.begin(), ops.end(), op) != ops.end();
}

class Reader {
 public:
  Reader(Record const& record, Evaluator& evaluator, Tree year)
      : record_(record), plan_(record.plan), evaluator_(evaluator) {
    year_is_fixed_ = !year.has_value() || is_fixed(year);
  }

  bool read(Tree tree) {
    auto const& node = plan_.explains[tree.index];
    if (is_fact(node)) return add(fact(node));
    if (node.op == ExplainOp::Series) return series(node);
    if (is_one_of(list_ops, node.op)) return list(node);
    if (node.op == ExplainOp::SetContains) return set(node);
    if (node.op == ExplainOp::IfGiven) return read(child(node, is_given(node) ? 0 : 1));
    if (node.op == ExplainOp::PartsTotal || is_fixed(tree)) return true;
    // What a definition reads of the record is read where it is used, but for another year's.
    if (is_computed(node)) return read(child(node, 0));
    bool const is_strict = is_one_of(strict_ops, node.op);
    if (!is_strict && !is_one_of(other_ops, node.op)) return false;
    all_ = all_ && is_strict;
    if (node.op == ExplainOp::BelongsTo && !note_coarse(node)) return false;
    for (std::uint32_t i = 0; i < node.children.count; ++i)
      if (!read(child(node, i))) return false;
    return true;
  }

  AwaitedFacts take() { return {std::move(facts_), all_}; }

 private:
  Tree child(plan::Explain const& node, std::uint32_t place) const {
    return plan_.explain_children[node.children.begin + place].node;
  }

  bool is_stated(plan::Explain const& node) const {
    return node.column.has_value() && node.depth == 0 && record_.places.stated(node.column) &&
           plan_.columns[node.column.index].computed == 0;
  }
  bool is_fact(plan::Explain const& node) const {
    return (node.op == ExplainOp::Field || node.op == ExplainOp::Definition) && is_stated(node);
  }
  bool is_computed(plan::Explain const& node) const {
    return node.op == ExplainOp::Definition && node.depth == 0 && node.column.has_value() &&
           !record_.places.stated(node.column) && (node.flags & (plan::HasYear | plan::HasMonth)) == 0;
  }
  bool is_given(plan::Explain const& node) const {
    auto const& given = record_.inputs.given_definitions;
    return std::find(given.begin(), given.end(), plan_.text(node.name)) != given.end();
  }

  // Known, and the same for every record.
  bool is_fixed(Tree tree) {
    auto const& node = plan_.explains[tree.index];
    if (node.op == ExplainOp::ThisYear && !year_is_fixed_) return false;
    bool const is_fixed_node =
        is_one_of(fixed_ops, node.op) || (node.op == ExplainOp::Offset && is_fixed(child(node, 0)));
    return is_fixed_node && evaluator_.value(evaluator_.evaluate(tree)).known();
  }

  AwaitedFact fact(plan::Explain const& node) const {
    AwaitedFact made;
    made.column = node.column;
    made.name = fact_name(plan_, node.column);
    return made;
  }

  bool series(plan::Explain const& node) {
    if (!is_stated(node) || !is_fixed(child(node, 0))) return false;
    auto const& period = evaluator_.value(evaluator_.evaluate(child(node, 0)));
    auto made = fact(node);
    made.period = period.number.integer();
    made.series_name = made.name;
    made.name += period_name(plan_, child(node, 0), period);
    return add(std::move(made));
  }

  bool list(plan::Explain const& node) {
    if (!is_stated(node) || (node.flags & plan::OverPeriods) != 0) return false;
    auto made = fact(node);
    auto const items = plan_.columns[node.column.index].items;
    for (auto const& each : plan::rows_of(node.children, plan_.explain_children))
      made.by_rows = made.by_rows || !read_item(each.node, items, made.items);
    return add(std::move(made));
  }

  // What a tree reads of the rows of a list; false where that is more than facts of the row itself.
  bool read_item(Tree tree, plan::Ref<plan::Relation> items, std::vector<plan::Ref<plan::Column>>& facts) {
    auto const& node = plan_.explains[tree.index];
    bool const is_own = (node.op == ExplainOp::Item || node.op == ExplainOp::Field) && is_stated(node) &&
                        plan_.columns[node.column.index].relation == items;
    if (is_own) {
      facts.push_back(node.column);
      return true;
    }
    if (is_fixed(tree)) return true;
    if (node.op == ExplainOp::IfGiven) return read_item(child(node, is_given(node) ? 0 : 1), items, facts);
    if (is_computed(node)) return read_item(child(node, 0), items, facts);
    bool const is_plain = is_one_of(strict_ops, node.op) || is_one_of(other_ops, node.op);
    if (!is_plain || (node.op == ExplainOp::BelongsTo && may_be_coarse(node))) return false;
    for (std::uint32_t i = 0; i < node.children.count; ++i)
      if (!read_item(child(node, i), items, facts)) return false;
    return true;
  }

  // A set that could not be read wholly is wanted in full, unless what it is asked for is in what could be read.
  bool set(plan::Explain const& node) {
    all_ = false;
    auto const& of = plan_.explains[child(node, 0).index];
    bool const is_code = plan_.explains[child(node, 1).index].kind == plan::ValueKind::Code;
    return node.number == 0 && !is_code && is_fact(of) && is_fixed(child(node, 1)) && add(fact(of));
  }

  bool may_be_coarse(plan::Explain const& node) const {
    return plan_.class_sets[node.classes.index].possible.count != 0;
  }
  // A code that is too coarse for the test is wanted in full.
  bool note_coarse(plan::Explain const& node) {
    if (!may_be_coarse(node)) return true;
    auto const& subject = plan_.explains[child(node, 0).index];
    if (!is_fact(subject)) return false;
    auto made = fact(subject);
    auto const coarse = plan::rows_of(plan_.class_sets[node.classes.index].possible, plan_.intervals);
    made.coarse.assign(coarse.begin(), coarse.end());
    return add(std::move(made));
  }

  bool add(AwaitedFact made) {
    auto const same =
        std::find_if(facts_.begin(), facts_.end(), [&](AwaitedFact const& one) { return one.name == made.name; });
    if (same == facts_.end()) {
      facts_.push_back(std::move(made));
      return true;
    }
    same->coarse.insert(same->coarse.end(), made.coarse.begin(), made.coarse.end());
    same->items.insert(same->items.end(), made.items.begin(), made.items.end());
    same->by_rows = same->by_rows || made.by_rows;
    return true;
  }

  Record const& record_;
  plan::Plan const& plan_;
  Evaluator& evaluator_;
  bool year_is_fixed_ = true;
  std::vector<AwaitedFact> facts_;
  bool all_ = true;
};

}  // namespace

std::optional<AwaitedFacts> awaited_facts(Record const& record, Evaluator& evaluator, Tree year,
                                          std::span<Tree const> trees) {
  Reader reader(record, evaluator, year);
  for (auto tree : trees)
    if (tree.has_value() && !reader.read(tree)) return std::nullopt;
  auto awaited = reader.take();
  awaited.all = awaited.all && trees.size() == 1;
  return awaited;
}

}  // namespace huiyu::explain
