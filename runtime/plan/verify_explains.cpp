// Explanations: as many children as the operation takes, of the kinds it takes, about the records that are in scope.

#include <algorithm>

#include "runtime/plan/faults.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"

namespace huiyu::plan {
namespace {

// Lists within lists within …: deeper is no policy.
constexpr std::size_t most_bindings = 16;
// By depth, the relation that a tree's references want there; `none`: any.
using Scope = std::vector<std::uint32_t>;

bool is_aggregate(ExplainOp op) { return op >= ExplainOp::Sum && op <= ExplainOp::Median; }
bool is_choose(ExplainOp op) { return op >= ExplainOp::ChooseFirst && op <= ExplainOp::ChooseSum; }
bool is_comparison(ExplainOp op) { return op >= ExplainOp::Less && op <= ExplainOp::NotEqual; }
// The kind of a value that a column holds: a quotient is a number like another.
ValueKind value_kind(ValueKind kind) { return kind == ValueKind::Quotient ? ValueKind::Number : kind; }

class ExplainCheck {
 public:
  ExplainCheck(Plan const& plan, Faults& faults, std::vector<Scope>& scopes, std::size_t index)
      : plan_(plan), faults_(faults), scopes_(scopes), index_(index), row_(plan.explains[index]), children_(rows_of(row_.children, plan.explain_children)) {}

  bool run() {
    for (auto const& child : children_)
      if (!expect(child.node.has_value() && child.node.index < index_, "a child that is not earlier")) return false;
    expect((row_.flags & ~(HasSubject | HasOtherwise | HasEach | HasWhere)) == 0, "unknown flags");
    expect(row_.measure < measure_count && row_.code_system < code_system_count, "an unknown measure or code system");
    expect(is_aggregate(row_.op) || (row_.flags & (HasEach | HasWhere)) == 0, "each and where belong to aggregates");
    expect(is_choose(row_.op) || (row_.flags & (HasSubject | HasOtherwise)) == 0, "subject and otherwise belong to choices");
    if (is_aggregate(row_.op)) return aggregate();
    if (is_choose(row_.op)) choose();
    else if (is_comparison(row_.op)) comparison();
    else plain();
    return inherit();
  }

 private:
  bool expect(bool holds, char const* what) { return faults_.expect(holds, "explains", index_, what); }
  Explain const& child(std::size_t place) const { return plan_.explains[children_[place].node.index]; }

  // All children and the node itself are of these kinds, and there are at least and at most so many.
  void shape(std::size_t least, std::size_t most, ValueKind children, ValueKind own) {
    expect(children_.size() >= least && children_.size() <= most, "wrong number of children");
    expect(row_.kind == own, "of the wrong kind");
    for (auto const& node : children_) expect(plan_.explains[node.node.index].kind == children, "a child of the wrong kind");
  }

  // The relation at a depth of this node's scope.
  bool wants(Scope& scope, std::size_t depth, std::uint32_t relation) {
    if (!expect(depth < most_bindings, "too many records in scope")) return false;
    if (scope.size() <= depth) scope.resize(depth + 1, none);
    if (relation == none) return true;
    bool const fits = scope[depth] == none || scope[depth] == relation;
    scope[depth] = relation;
    return expect(fits, "one record in scope is taken for two");
  }
  bool merge(Scope& scope, Scope const& other) {
    for (std::size_t i = 0; i < other.size(); ++i)
      if (!wants(scope, i, other[i])) return false;
    return true;
  }

  bool inherit() {
    Scope scope;
    if (row_.op == ExplainOp::Field || row_.op == ExplainOp::Item || row_.op == ExplainOp::Series || row_.op == ExplainOp::Definition) {
      if (!expect(row_.column.has_value(), "without a column")) return false;
      auto const relation = plan_.columns[row_.column.index].relation.index;
      if (!wants(scope, row_.depth, relation)) return false;
      if (row_.op == ExplainOp::Definition) {
        // The definition's own tree sees its own record alone.
        auto const& own = scopes_[children_.empty() ? index_ : children_[0].node.index];
        expect(own.size() <= 1 && (own.empty() || own[0] == none || own[0] == relation), "a definition about another record");
        scopes_[index_] = std::move(scope);
        return true;
      }
    } else {
      expect(!row_.column.has_value(), "a column that nothing reads");
    }
    for (auto const& node : children_)
      if (!merge(scope, scopes_[node.node.index])) return false;
    scopes_[index_] = std::move(scope);
    return true;
  }

  bool aggregate() {
    bool const each = (row_.flags & HasEach) != 0, where = (row_.flags & HasWhere) != 0;
    bool const logical = row_.op == ExplainOp::Exists || row_.op == ExplainOp::All;
    expect(children_.size() == (each ? 1U : 0U) + (where ? 1U : 0U), "wrong number of children");
    expect(row_.kind == (logical ? ValueKind::Truth : ValueKind::Number) || row_.op == ExplainOp::Largest || row_.op == ExplainOp::Smallest,
           "of the wrong kind");
    expect(each || logical || row_.op == ExplainOp::Count, "an aggregate of nothing");
    if (each && children_.size() > 0 && row_.op != ExplainOp::Count) expect(child(0).kind == row_.kind, "a child of the wrong kind");
    if (where && children_.size() > 0) expect(child(children_.size() - 1).kind == ValueKind::Truth, "a filter is a condition");
    if (!expect(row_.column.has_value(), "without a list")) return false;
    auto const& list = plan_.columns[row_.column.index];
    if (!expect(list.kind == ValueKind::List && list.items.has_value(), "its list is none")) return false;
    Scope inner, outer;
    for (auto const& node : children_)
      if (!merge(inner, scopes_[node.node.index])) return false;
    if (!wants(inner, 0, list.items.index)) return false;
    if (!merge(outer, Scope(inner.begin() + 1, inner.end()))) return false;
    if (!wants(outer, row_.depth, list.relation.index)) return false;
    scopes_[index_] = std::move(outer);
    return true;
  }

  void choose() {
    std::size_t const subject = (row_.flags & HasSubject) != 0 ? 1 : 0, otherwise = (row_.flags & HasOtherwise) != 0 ? 1 : 0;
    std::size_t const count = children_.size();
    if (!expect(count >= subject + otherwise + 2 && (count - subject - otherwise) % 2 == 0, "wrong number of children")) return;
    for (std::size_t i = subject; i + otherwise < count; i += 2) {
      expect(child(i).kind == ValueKind::Truth, "a row's condition is none");
      expect(child(i + 1).kind == row_.kind, "a row's value of another kind");
    }
    if (otherwise == 1) expect(child(count - 1).kind == row_.kind, "an otherwise of another kind");
  }

  void comparison() {
    if (!expect(children_.size() == 2 && row_.kind == ValueKind::Truth, "wrong number of children")) return;
    expect(child(0).kind == child(1).kind, "a comparison of two kinds");
  }

  void plain() {
    auto const truth = ValueKind::Truth, number = ValueKind::Number;
    switch (row_.op) {
      case ExplainOp::Field:
      case ExplainOp::Item:
        expect(children_.empty() && row_.column.has_value() && value_kind(plan_.columns[row_.column.index].kind) == row_.kind &&
                   plan_.columns[row_.column.index].series == 0,
               "a field of another kind");
        return;
      case ExplainOp::Definition:
        expect(children_.size() == 1 && child(0).kind == row_.kind && row_.column.has_value() && row_.name.has_value() &&
                   value_kind(plan_.columns[row_.column.index].kind) == row_.kind && plan_.columns[row_.column.index].role == ColumnRole::Derived,
               "a definition of another kind");
        return;
      case ExplainOp::Series:
        expect(children_.size() == 1 && (child(0).kind == ValueKind::Year || child(0).kind == ValueKind::Month) && row_.column.has_value() &&
                   plan_.columns[row_.column.index].series != 0 && plan_.columns[row_.column.index].kind == row_.kind,
               "a series of another kind");
        return;
      case ExplainOp::Literal: {
        bool const text = row_.kind == ValueKind::Text || row_.kind == ValueKind::CreditCode;
        expect(children_.empty() && row_.kind < ValueKind::List && text == row_.name.has_value(), "no such literal");
        if (row_.kind == ValueKind::Enumeration)
          expect(row_.enumeration.has_value() && row_.number >= 0 && row_.number < plan_.enumerations[row_.enumeration.index].entries.count, "no such entry");
        if (row_.kind == truth) expect(row_.number == 0 || row_.number == 1, "neither true nor false");
        expect(row_.scale >= 0, "impossible scale");
        return;
      }
      case ExplainOp::Parameter:
        expect(children_.empty() && row_.parameter.has_value() && plan_.parameters[row_.parameter.index].kind == row_.kind, "no such parameter");
        return;
      case ExplainOp::AsOf: shape(0, 0, truth, ValueKind::Date); return;
      case ExplainOp::ApplicationYear: shape(0, 0, truth, ValueKind::Year); return;
      case ExplainOp::And:
      case ExplainOp::Or: shape(1, none, truth, truth); return;
      case ExplainOp::AtLeastOf:
        shape(1, none, truth, truth);
        expect(row_.number >= 0 && row_.number <= static_cast<std::int64_t>(children_.size()), "more conditions asked for than there are");
        return;
      case ExplainOp::Not: shape(1, 1, truth, truth); return;
      case ExplainOp::Add:
      case ExplainOp::Subtract:
      case ExplainOp::Multiply:
      case ExplainOp::Divide: shape(2, 2, number, number); return;
      case ExplainOp::Negate: shape(1, 1, number, number); return;
      case ExplainOp::CapAtMost:
      case ExplainOp::CapAtLeast:
      case ExplainOp::Default: shape(2, 2, row_.kind, row_.kind); return;
      case ExplainOp::Highest:
      case ExplainOp::Lowest: shape(1, none, row_.kind, row_.kind); return;
      case ExplainOp::Round:
        shape(1, 1, number, number);
        expect(row_.number >= 0 && row_.number <= 3, "no such rounding");
        return;
      case ExplainOp::BelongsTo:
        expect(children_.size() == 1 && row_.kind == truth && row_.classes.has_value() &&
                   (child(0).kind == ValueKind::Code || child(0).kind == ValueKind::Enumeration),
               "what belongs to no class");
        return;
      case ExplainOp::SetContains: shape(1, 1, ValueKind::Set, truth); return;
      case ExplainOp::Call: expect(row_.name.has_value(), "a call of nothing"); return;
      case ExplainOp::PartsTotal: shape(0, 0, number, number); return;
      case ExplainOp::Less:
      case ExplainOp::AtMost:
      case ExplainOp::Greater:
      case ExplainOp::AtLeast:
      case ExplainOp::Equal:
      case ExplainOp::NotEqual:
      case ExplainOp::Sum:
      case ExplainOp::Count:
      case ExplainOp::Exists:
      case ExplainOp::All:
      case ExplainOp::Mean:
      case ExplainOp::Largest:
      case ExplainOp::Smallest:
      case ExplainOp::Median:
      case ExplainOp::ChooseFirst:
      case ExplainOp::ChooseExclusive:
      case ExplainOp::ChooseUnique:
      case ExplainOp::ChooseHighest:
      case ExplainOp::ChooseSum: return;
    }
  }

  Plan const& plan_;
  Faults& faults_;
  std::vector<Scope>& scopes_;
  std::size_t index_;
  Explain const& row_;
  std::span<ExplainChild const> children_;
};

}  // namespace

void check_explains(Plan const& plan, Faults& faults) {
  std::vector<Scope> scopes(plan.explains.size());
  std::vector<std::uint32_t> depth(plan.explains.size(), 0);
  for (std::size_t i = 0; i < plan.explains.size(); ++i) {
    if (!ExplainCheck(plan, faults, scopes, i).run()) return;
    for (auto const& child : rows_of(plan.explains[i].children, plan.explain_children)) depth[i] = std::max(depth[i], depth[child.node.index] + 1);
    faults.expect(depth[i] < deepest, "explains", i, "nested too deep");
  }
  // The trees of policies see the policy's subject alone.
  for (std::size_t i = 0; i < plan.policies.size(); ++i) {
    auto const& policy = plan.policies[i];
    auto about_subject = [&](Ref<Explain> ref, bool truth) {
      if (!ref.has_value()) return;
      auto const& scope = scopes[ref.index];
      faults.expect(scope.empty() || (scope.size() == 1 && (scope[0] == none || scope[0] == policy.subject.index)), "policies", i,
                    "an explanation about other records");
      faults.expect(!truth || plan.explains[ref.index].kind == ValueKind::Truth, "policies", i, "an explanation of the wrong kind");
    };
    about_subject(policy.explain_applies, true), about_subject(policy.explain_condition, true);
    about_subject(policy.explain_total, false), about_subject(policy.explain_value, false);
    for (auto const& part : rows_of(policy.parts, plan.parts)) about_subject(part.explain_when, true), about_subject(part.explain_amount, false);
    for (auto const& alert : rows_of(policy.alerts, plan.alerts)) about_subject(alert.explain, true);
  }
}

}  // namespace huiyu::plan
