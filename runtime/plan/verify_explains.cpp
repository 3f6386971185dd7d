// Explanations: as many children as the operation takes, of the kinds it takes, about the records that are in scope.

#include <algorithm>
#include <array>
#include <string>
#include <type_traits>
#include <unordered_map>

#include "runtime/plan/faults.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"

namespace huiyu::plan {
namespace {

// Lists within lists within …: deeper is no policy.
constexpr std::size_t most_bindings = 16;
// By depth, the relation that a tree's references want there (`none`: any), and how many bound periods they reach out
// to.
struct Scope {
  std::array<std::uint32_t, most_bindings> relations{};
  std::uint32_t depth = 0;  // how many of them there are
  std::uint32_t periods = 0;

  friend bool operator==(Scope const& a, Scope const& b) = default;
};

// The scopes of all rows. There are few different ones, and most rows have that of the row before.
class Scopes {
 public:
  explicit Scopes(std::size_t rows) : of_row_(rows, 0) {}

  Scope const& operator[](std::size_t row) const { return all_[of_row_[row]]; }

  void set(std::size_t row, Scope const& scope) {
    if (all_[last_] != scope) last_ = place_of(scope);
    of_row_[row] = last_;
  }

 private:
  [[gnu::noinline]] std::uint32_t place_of(Scope const& scope) {
    static_assert(std::has_unique_object_representations_v<Scope>);
    std::string const key(reinterpret_cast<char const*>(&scope), sizeof scope);
    auto const [found, fresh] = places_.try_emplace(key, static_cast<std::uint32_t>(all_.size()));
    if (fresh) all_.push_back(scope);
    return found->second;
  }

  std::vector<Scope> all_{Scope{}};
  std::unordered_map<std::string, std::uint32_t> places_{{std::string(sizeof(Scope), '\0'), 0}};
  std::vector<std::uint32_t> of_row_;
  std::uint32_t last_ = 0;
};

bool is_aggregate(ExplainOp op) { return op >= ExplainOp::Sum && op <= ExplainOp::Distinct; }
bool is_choose(ExplainOp op) { return op >= ExplainOp::ChooseFirst && op <= ExplainOp::ChooseSum; }
bool is_comparison(ExplainOp op) { return op >= ExplainOp::Less && op <= ExplainOp::NotEqual; }
// The kind of a value that a column holds: a quotient is a number like another.
ValueKind value_kind(ValueKind kind) { return kind == ValueKind::Quotient ? ValueKind::Number : kind; }

class ExplainCheck {
 public:
  ExplainCheck(Plan const& plan, Faults& faults, Scopes& scopes, std::size_t index)
      : plan_(plan),
        faults_(faults),
        scopes_(scopes),
        index_(index),
        row_(plan.explains[index]),
        children_(rows_of(row_.children, plan.explain_children)) {}

  bool run() {
    for (auto const& child : children_)
      if (!expect(child.node.has_value() && child.node.index < index_, "a child that is not earlier")) return false;
    expect(row_.measure < measure_count && row_.code_system < code_system_count, "an unknown measure or code system");
    expect(is_aggregate(row_.op) || (row_.flags & (HasEach | HasWhere | OverPeriods | HasFrom)) == 0,
           "each and where belong to aggregates");
    expect(row_.op != ExplainOp::Top || row_.number > 0, "none of the greatest");
    expect(row_.op == ExplainOp::Definition || (row_.flags & (HasYear | HasMonth)) == 0,
           "a year of its own belongs to definitions");
    expect(row_.table.has_value() == (row_.op == ExplainOp::Lookup), "a table that nothing looks up");
    expect(is_choose(row_.op) || (row_.flags & (HasSubject | HasOtherwise)) == 0,
           "subject and otherwise belong to choices");
    if (is_aggregate(row_.op)) return (row_.flags & OverPeriods) != 0 ? window() : aggregate();
    if (is_choose(row_.op))
      choose();
    else if (is_comparison(row_.op))
      comparison();
    else
      plain();
    return inherit();
  }

 private:
  bool expect(bool holds, char const* what) { return faults_.expect(holds, "explains", index_, what); }
  ValueKind kind_of(std::size_t place) const { return plan_.explains.kind(children_[place].node.index); }

  // All children and the node itself are of these kinds, and there are at least and at most so many.
  void shape(std::size_t least, std::size_t most, ValueKind children, ValueKind own) {
    expect(children_.size() >= least && children_.size() <= most, "wrong number of children");
    expect(row_.kind == own, "of the wrong kind");
    for (auto const& node : children_)
      expect(plan_.explains.kind(node.node.index) == children, "a child of the wrong kind");
  }

  // The relation at a depth of this node's scope.
  bool wants(Scope& scope, std::size_t depth, std::uint32_t relation) {
    if (!expect(depth < most_bindings, "too many records in scope")) return false;
    auto& relations = scope.relations;
    for (; scope.depth <= depth; ++scope.depth) relations[scope.depth] = none;
    if (relation == none) return true;
    bool const fits = relations[depth] == none || relations[depth] == relation;
    relations[depth] = relation;
    return expect(fits, "one record in scope is taken for two");
  }
  // Adds what an operand wants, seen from `inner` aggregates over lists and over periods further out.
  bool merge(Scope& scope, Scope const& other, std::size_t lists = 0, std::uint32_t periods = 0) {
    for (std::size_t i = lists; i < other.depth; ++i)
      if (!wants(scope, i - lists, other.relations[i])) return false;
    scope.periods = std::max(scope.periods, other.periods > periods ? other.periods - periods : 0);
    return true;
  }
  Scope const& scope_of(std::size_t place) const { return scopes_[children_[place].node.index]; }

  bool inherit() {
    Scope scope;
    bool const definition = row_.op == ExplainOp::Definition;
    if (row_.op == ExplainOp::Field || row_.op == ExplainOp::Item || row_.op == ExplainOp::Series ||
        (definition && row_.column.has_value())) {
      if (!expect(row_.column.has_value(), "without a column")) return false;
      if (!wants(scope, row_.depth, plan_.columns[row_.column.index].relation.index)) return false;
    } else {
      expect(!row_.column.has_value(), "a column that nothing reads");
    }
    if (row_.op == ExplainOp::Period) {
      if (!expect(row_.depth < most_bindings, "too many periods in scope")) return false;
      scope.periods = row_.depth + 1U;
    }
    for (std::size_t i = 0; i < children_.size(); ++i) {
      if (definition && i == 0) {
        // The definition's own tree sees its own record alone.
        auto const& own = scope_of(0);
        auto const about = row_.column.has_value() ? plan_.columns[row_.column.index].relation.index : none;
        expect(own.periods == 0 && own.depth <= (about == none ? 0U : 1U) &&
                   (own.depth == 0 || own.relations[0] == none || own.relations[0] == about),
               "a definition about another record");
      } else if (!merge(scope, scope_of(i))) {
        return false;
      }
    }
    scopes_.set(index_, scope);
    return true;
  }

  bool window() {
    bool const from = (row_.flags & HasFrom) != 0, each = (row_.flags & HasEach) != 0,
               where = (row_.flags & HasWhere) != 0;
    std::size_t const bounds = from ? 2 : 1;
    if (!expect(children_.size() == bounds + (each ? 1U : 0U) + (where ? 1U : 0U), "wrong number of children"))
      return false;
    for (std::size_t i = 0; i < bounds; ++i)
      expect((kind_of(i) == ValueKind::Year || kind_of(i) == ValueKind::Month) && kind_of(i) == kind_of(0),
             "a bound that is no period");
    check_measured(each, where, bounds);
    Scope scope;
    for (std::size_t i = 0; i < children_.size(); ++i)
      if (!merge(scope, scope_of(i), 0, i < bounds ? 0 : 1)) return false;
    if (expect(row_.column.has_value() != from, "it begins at a period or with a series") && row_.column.has_value()) {
      auto const& series = plan_.columns[row_.column.index];
      expect(series.series != 0, "its series is none");
      if (!wants(scope, row_.depth, series.relation.index)) return false;
    }
    scopes_.set(index_, scope);
    return true;
  }

  // `each` and `where`, which follow the first `before` children, fit the aggregate.
  void check_measured(bool each, bool where, std::size_t before) {
    bool const logical = row_.op == ExplainOp::Exists || row_.op == ExplainOp::All;
    expect(row_.kind == (logical ? ValueKind::Truth : ValueKind::Number) || row_.op == ExplainOp::Largest ||
               row_.op == ExplainOp::Smallest,
           "of the wrong kind");
    expect(each || logical || row_.op == ExplainOp::Count, "an aggregate of nothing");
    bool const counts = row_.op == ExplainOp::Count || row_.op == ExplainOp::Distinct;
    if (each && !counts) expect(kind_of(before) == row_.kind, "a child of the wrong kind");
    if (where) expect(kind_of(children_.size() - 1) == ValueKind::Truth, "a filter is a condition");
  }

  bool aggregate() {
    bool const each = (row_.flags & HasEach) != 0, where = (row_.flags & HasWhere) != 0;
    if (!expect(children_.size() == (each ? 1U : 0U) + (where ? 1U : 0U) && (row_.flags & HasFrom) == 0,
                "wrong number of children"))
      return false;
    check_measured(each, where, 0);
    if (!expect(row_.column.has_value(), "without a list")) return false;
    auto const& list = plan_.columns[row_.column.index];
    if (!expect(list.kind == ValueKind::List && list.items.has_value(), "its list is none")) return false;
    Scope inner, outer;
    for (std::size_t i = 0; i < children_.size(); ++i)
      if (!merge(inner, scope_of(i))) return false;
    if (!wants(inner, 0, list.items.index)) return false;
    if (!merge(outer, inner, 1)) return false;
    if (!wants(outer, row_.depth, list.relation.index)) return false;
    scopes_.set(index_, outer);
    return true;
  }

  void choose() {
    std::size_t const subject = (row_.flags & HasSubject) != 0 ? 1 : 0,
                      otherwise = (row_.flags & HasOtherwise) != 0 ? 1 : 0;
    std::size_t const count = children_.size();
    if (!expect(count >= subject + otherwise + 2 && (count - subject - otherwise) % 2 == 0, "wrong number of children"))
      return;
    for (std::size_t i = subject; i + otherwise < count; i += 2) {
      expect(kind_of(i) == ValueKind::Truth, "a row's condition is none");
      expect(kind_of(i + 1) == row_.kind, "a row's value of another kind");
    }
    if (otherwise == 1) expect(kind_of(count - 1) == row_.kind, "an otherwise of another kind");
  }

  void definition() {
    std::size_t const year = (row_.flags & HasYear) != 0 ? 1 : 0, month = (row_.flags & HasMonth) != 0 ? 1 : 0;
    if (!expect(children_.size() == 1 + year + month, "wrong number of children")) return;
    expect(kind_of(0) == row_.kind, "a definition of another kind");
    expect(year == 0 || kind_of(1) == ValueKind::Year, "its year is none");
    expect(month == 0 || kind_of(1 + year) == ValueKind::Month, "its month is none");
    if (!row_.column.has_value()) return;
    auto const& column = plan_.columns[row_.column.index];
    expect(value_kind(column.kind) == row_.kind && column.role == ColumnRole::Derived, "a definition of another kind");
  }

  void lookup() {
    if (!row_.table.has_value()) return;
    auto const& table = plan_.reference_tables[row_.table.index];
    auto const keys = rows_of(table.keys, plan_.reference_keys);
    if (!expect(keys.size() == children_.size() && table.kind == row_.kind,
                "not as many keys as the table has, or of another kind"))
      return;
    for (std::size_t i = 0; i < keys.size(); ++i) expect(kind_of(i) == keys[i].kind, "a key of another kind");
  }

  void comparison() {
    if (!expect(children_.size() == 2 && row_.kind == ValueKind::Truth, "wrong number of children")) return;
    expect(kind_of(0) == kind_of(1), "a comparison of two kinds");
  }

  void plain() {
    auto const truth = ValueKind::Truth, number = ValueKind::Number;
    switch (row_.op) {
      case ExplainOp::Field:
      case ExplainOp::Item:
        expect(children_.empty() && row_.column.has_value() &&
                   value_kind(plan_.columns[row_.column.index].kind) == row_.kind &&
                   plan_.columns[row_.column.index].series == 0,
               "a field of another kind");
        return;
      case ExplainOp::Definition: definition(); return;
      case ExplainOp::Series:
        expect(children_.size() == 1 && (kind_of(0) == ValueKind::Year || kind_of(0) == ValueKind::Month) &&
                   row_.column.has_value() && plan_.columns[row_.column.index].series != 0 &&
                   plan_.columns[row_.column.index].kind == row_.kind,
               "a series of another kind");
        return;
      case ExplainOp::Literal: {
        bool const text = row_.kind == ValueKind::Text || row_.kind == ValueKind::CreditCode;
        expect(children_.empty() && row_.kind < ValueKind::List && text == row_.name.has_value(), "no such literal");
        if (row_.kind == ValueKind::Enumeration)
          expect(row_.enumeration.has_value() && row_.number >= 0 &&
                     row_.number < plan_.enumerations[row_.enumeration.index].entries.count,
                 "no such entry");
        if (row_.kind == truth) expect(row_.number == 0 || row_.number == 1, "neither true nor false");
        expect(row_.scale >= 0, "impossible scale");
        return;
      }
      case ExplainOp::Parameter:
        expect(
            children_.empty() && row_.parameter.has_value() && plan_.parameters[row_.parameter.index].kind == row_.kind,
            "no such parameter");
        return;
      case ExplainOp::AsOf: shape(0, 0, truth, ValueKind::Date); return;
      case ExplainOp::ApplicationYear:
      case ExplainOp::ThisYear: shape(0, 0, truth, ValueKind::Year); return;
      case ExplainOp::ThisMonth: shape(0, 0, truth, ValueKind::Month); return;
      case ExplainOp::Period:
        shape(0, 0, truth, row_.kind == ValueKind::Month ? ValueKind::Month : ValueKind::Year);
        return;
      case ExplainOp::Offset: {
        auto const period = row_.kind == ValueKind::Month ? ValueKind::Month : ValueKind::Year;
        shape(1, 1, period, period);
        return;
      }
      case ExplainOp::IfGiven:
        shape(2, 2, row_.kind, row_.kind);
        expect(row_.name.has_value(), "without the definition it asks for");
        return;
      case ExplainOp::Lookup: lookup(); return;
      case ExplainOp::And:
      case ExplainOp::Or: shape(1, none, truth, truth); return;
      case ExplainOp::AtLeastOf:
        shape(1, none, truth, truth);
        expect(row_.number >= 0 && row_.number <= static_cast<std::int64_t>(children_.size()),
               "more conditions asked for than there are");
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
        expect(row_.number >= 0 && row_.number <= round_to_floor, "no such rounding");
        return;
      case ExplainOp::BelongsTo:
        expect(children_.size() == 1 && row_.kind == truth && row_.classes.has_value() &&
                   (kind_of(0) == ValueKind::Code || kind_of(0) == ValueKind::Enumeration),
               "what belongs to no class");
        return;
      case ExplainOp::SetContains:
        expect(children_.size() == 2 && row_.kind == truth && kind_of(0) == ValueKind::Set &&
                   kind_of(1) < ValueKind::List && (row_.number == 0 || kind_of(1) == ValueKind::Code),
               "no set, or no member of one");
        return;
      case ExplainOp::Shift:
        expect(children_.size() == 2 && row_.kind == ValueKind::Enumeration && row_.enumeration.has_value() &&
                   kind_of(0) == row_.kind && kind_of(1) == number,
               "no entry, or no steps");
        return;
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
      case ExplainOp::Top:
      case ExplainOp::Distinct:
      case ExplainOp::ChooseFirst:
      case ExplainOp::ChooseExclusive:
      case ExplainOp::ChooseUnique:
      case ExplainOp::ChooseHighest:
      case ExplainOp::ChooseSum: return;
    }
  }

  Plan const& plan_;
  Faults& faults_;
  Scopes& scopes_;
  std::size_t index_;
  Explain const row_;
  std::span<ExplainChild const> children_;
};

}  // namespace

void check_explains(Plan const& plan, Faults& faults) {
  Scopes scopes(plan.explains.size());
  std::vector<std::uint32_t> depth(plan.explains.size(), 0);
  for (std::size_t i = 0; i < plan.explains.size(); ++i) {
    if (!ExplainCheck(plan, faults, scopes, i).run()) return;
    for (auto const& child : rows_of(plan.explains.children(i), plan.explain_children))
      depth[i] = std::max(depth[i], depth[child.node.index] + 1);
    faults.expect(depth[i] < deepest, "explains", i, "nested too deep");
  }
  // The trees of policies see the policy's subject alone.
  for (std::size_t i = 0; i < plan.policies.size(); ++i) {
    auto const& policy = plan.policies[i];
    auto about_subject = [&](Ref<Explain> ref, bool truth) {
      if (!ref.has_value()) return;
      auto const& scope = scopes[ref.index];
      auto const& records = scope.relations;
      bool const of_subject =
          scope.depth == 0 || (scope.depth == 1 && (records[0] == none || records[0] == policy.subject.index));
      faults.expect(of_subject && scope.periods == 0, "policies", i, "an explanation about other records");
      faults.expect(!truth || plan.explains.kind(ref.index) == ValueKind::Truth, "policies", i,
                    "an explanation of the wrong kind");
    };
    about_subject(policy.explain_applies, true), about_subject(policy.explain_condition, true);
    about_subject(policy.explain_total, false), about_subject(policy.explain_value, false),
        about_subject(policy.explain_year, false);
    for (auto const& share : rows_of(policy.shares, plan.shares)) about_subject(share.weight, false);
    for (auto const& part : rows_of(policy.parts, plan.parts))
      about_subject(part.explain_when, true), about_subject(part.explain_amount, false);
    for (auto const& alert : rows_of(policy.alerts, plan.alerts)) about_subject(alert.explain, true);
  }
}

}  // namespace huiyu::plan
