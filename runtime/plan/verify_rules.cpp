// Atoms, conditions, policies and settlement.

#include <algorithm>

#include "runtime/base/big.h"
#include "runtime/plan/faults.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"

namespace huiyu::plan {
namespace {

bool ordered(ValueKind kind) {
  return kind == ValueKind::Number || kind == ValueKind::Date || kind == ValueKind::Year || kind == ValueKind::Month ||
         kind == ValueKind::Code || kind == ValueKind::Enumeration;
}

bool bound_fits(Plan const& plan, Ref<Constant> ref, std::uint8_t width) {
  if (!ref.has_value()) return true;
  auto const& constant = plan.constants[ref.index];
  return constant.kind != ConstantKind::ClassSet && constant.width == width;
}

// The relation that a condition's atoms are about; `none` where it has no atom.
std::vector<std::uint32_t> relations_of_conditions(Plan const& plan, Faults& faults) {
  std::vector<std::uint32_t> relations(plan.conditions.size(), none);
  for (std::size_t i = 0; i < plan.conditions.size(); ++i) {
    auto const& condition = plan.conditions[i];
    auto& relation = relations[i];
    if (condition.kind == ConditionKind::Literal && condition.atom.has_value())
      relation = plan.columns[plan.atoms[condition.atom.index].column.index].relation.index;
    for (auto const& member : rows_of(condition.members, plan.condition_members)) {
      if (!member.condition.has_value() || member.condition.index >= i) continue;
      auto const other = relations[member.condition.index];
      if (other == none) continue;
      faults.expect(relation == none || relation == other, "conditions", i, "its members are about different records");
      relation = other;
    }
  }
  return relations;
}

class PolicyCheck {
 public:
  PolicyCheck(Plan const& plan, Faults& faults, std::vector<std::uint32_t> const& condition_relations,
              std::size_t index)
      : plan_(plan),
        faults_(faults),
        condition_relations_(condition_relations),
        index_(index),
        policy_(plan.policies[index]) {}

  void run() {
    expect(policy_.id.has_value() && policy_.name.has_value(), "without id or name");
    if (!expect(policy_.subject.has_value() && plan_.relations[policy_.subject.index].kind == RelationKind::Root,
                "its subject is no record"))
      return;
    about_subject(policy_.applies), about_subject(policy_.condition), about_subject(policy_.due);
    expect((policy_.conclusion == Conclusion::Money) == (policy_.parts.count > 0),
           "money has parts, and nothing else has");
    expect(policy_.single <= 1 && (policy_.single == 0 || policy_.parts.count == 1), "a single amount is one part");
    for (auto const& part : rows_of(policy_.parts, plan_.parts)) {
      about_subject(part.when);
      amount(part.amount, false);
    }
    if (policy_.parts.count > 0 && policy_.single == 0)
      amount(policy_.total, true);
    else if (policy_.total.has_value() && expect(policy_.conclusion == Conclusion::Assessment, "a total of nothing"))
      amount(policy_.total, false);
    bool const valued = policy_.conclusion == Conclusion::Class || policy_.conclusion == Conclusion::Assessment ||
                        policy_.conclusion == Conclusion::Disposal;
    expect(policy_.verified_only <= 1, "verified facts are asked for or not");
    expect(!valued || policy_.value.has_value() || constant_value(), "without the value it concludes");
    if (policy_.value.has_value()) {
      auto const& value = plan_.columns[policy_.value.index];
      expect(value.relation == policy_.subject && value.series == 0 && value.kind != ValueKind::List &&
                 value.kind != ValueKind::Set,
             "its value is no value of its subject");
    }
    for (auto const& alert : rows_of(policy_.alerts, plan_.alerts)) {
      about_subject(alert.condition);
      expect(alert.name.has_value() && alert.colour.has_value() && alert.stops_payment <= 1,
             "an alert without name or colour");
    }
  }

 private:
  bool expect(bool holds, char const* what) { return faults_.expect(holds, "policies", index_, what); }

  bool constant_value() const {
    return policy_.explain_value.has_value() && plan_.explains[policy_.explain_value.index].op == ExplainOp::Literal;
  }

  void about_subject(Ref<Condition> condition) {
    if (!condition.has_value()) return;
    auto const relation = condition_relations_[condition.index];
    expect(relation == none || relation == policy_.subject.index, "a condition about other records");
  }

  void amount(Ref<Use> ref, bool of_parts) {
    if (!expect(ref.has_value(), "an amount is lacking")) return;
    auto const& use = plan_.uses[ref.index];
    auto const& result = result_node(plan_, plan_.shapes[use.shape.index]);
    expect(result.width == 1 && result.truth == 0, "an amount is one limb");
    expect(use.relation == policy_.subject || use.inputs.count == 0 || of_parts, "an amount about other records");
    for (auto const& input : rows_of(use.inputs, plan_.use_inputs)) {
      if (input.part != none)
        expect(of_parts && input.part < policy_.parts.count, "no such part");
      else
        expect(plan_.columns[input.column.index].relation == policy_.subject, "an amount about other records");
    }
  }

  Plan const& plan_;
  Faults& faults_;
  std::vector<std::uint32_t> const& condition_relations_;
  std::size_t index_;
  Policy const& policy_;
};

}  // namespace

void check_atoms(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.atoms.size(); ++i) {
    auto const& atom = plan.atoms[i];
    auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "atoms", i, what); };
    if (!expect(atom.column.has_value(), "without a column")) continue;
    auto const& column = plan.columns[atom.column.index];
    expect(column.series == 0, "a test of a whole series");
    bool const quotient = atom.kind == AtomKind::QuotientInterval;
    bool const bounded = quotient || atom.kind == AtomKind::Interval;
    expect(bounded == (atom.low.has_value() || atom.high.has_value()), "bounds belong to intervals, one or two");
    expect(quotient || (!atom.denominator.has_value() && atom.low_excluded == 0 && atom.high_excluded == 0),
           "a fraction bounds a quotient");
    expect(atom.low_excluded <= 1 && atom.high_excluded <= 1, "an end is in or out");
    expect(atom.classes.has_value() == (atom.kind == AtomKind::ClassSet), "a class set that nothing tests");
    expect(atom.text.has_value() == (atom.kind == AtomKind::TextIs) || atom.kind == AtomKind::Tag,
           "a text that nothing tests");
    expect(atom.tag == 0 || atom.kind == AtomKind::Tag, "an entry that nothing tests");
    switch (atom.kind) {
      case AtomKind::Interval:
        expect(ordered(column.kind), "an interval of what has no order");
        expect(bound_fits(plan, atom.low, column.width) && bound_fits(plan, atom.high, column.width),
               "a bound of another width");
        break;
      case AtomKind::ClassSet:
        expect(column.kind == ValueKind::Code || column.kind == ValueKind::Enumeration, "classes of what has none");
        break;
      case AtomKind::Tag: expect(column.kind == ValueKind::Set, "no such set"); break;
      case AtomKind::Truth: expect(column.kind == ValueKind::Truth, "truth of what is none"); break;
      case AtomKind::TextIs:
        expect(column.kind == ValueKind::Text || column.kind == ValueKind::CreditCode, "a text of what is none");
        break;
      case AtomKind::QuotientInterval: expect(column.kind == ValueKind::Quotient, "a quotient of what is none"); break;
    }
  }
}

void check_conditions(Plan const& plan, Faults& faults) {
  std::vector<std::uint32_t> depth(plan.conditions.size(), 0);
  for (std::size_t i = 0; i < plan.conditions.size(); ++i) {
    auto const& condition = plan.conditions[i];
    auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "conditions", i, what); };
    bool const literal = condition.kind == ConditionKind::Literal;
    bool const joined = condition.kind == ConditionKind::And || condition.kind == ConditionKind::Or ||
                        condition.kind == ConditionKind::AtLeastOf;
    expect(condition.atom.has_value() == literal, "a literal has an atom, and nothing else has");
    expect(condition.negated <= (literal ? 1 : 0), "only literals are negated");
    expect((condition.members.count > 0) == joined, "and, or and at-least have members, and nothing else has");
    if (condition.kind == ConditionKind::AtLeastOf)
      expect(condition.count >= 1 && condition.count <= condition.members.count,
             "more members asked for than there are, or none");
    else
      expect(condition.count == 0, "a count that nothing asks for");
    for (auto const& member : rows_of(condition.members, plan.condition_members))
      if (expect(member.condition.has_value() && member.condition.index < i, "a member that is not earlier"))
        depth[i] = std::max(depth[i], depth[member.condition.index] + 1);
    expect(depth[i] < deepest, "nested too deep");
  }
  (void)relations_of_conditions(plan, faults);
}

void check_policies(Plan const& plan, Faults& faults) {
  Faults known;  // conditions have been checked
  auto const relations = relations_of_conditions(plan, known);
  for (std::size_t i = 0; i < plan.policies.size(); ++i) PolicyCheck(plan, faults, relations, i).run();
}

void check_settlement(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.cohorts.size(); ++i)
    faults.expect(
        plan.cohorts[i].name.has_value() && plan.cohorts[i].subject.has_value() && plan.cohorts[i].complete <= 1,
        "cohorts", i, "without a name or its records");
  auto const computed = [&](Ref<Column> column) {
    return column.has_value() && plan.columns[column.index].computed == 1;
  };
  for (std::size_t i = 0; i < plan.cohort_values.size(); ++i) {
    auto const& row = plan.cohort_values[i];
    auto const expect = [&](bool holds, char const* what) { faults.expect(holds, "cohort_values", i, what); };
    expect(row.cohort.has_value(), "of no cohort");
    expect(row.value.has_value() == (row.op != CohortOp::Count), "a value where nothing asks for one, or none");
    expect(computed(row.column) && (!row.divisor.has_value() || computed(row.divisor)), "into a column of the data");
    expect(row.descending <= 1 && (row.tests.count == 0 || row.op == CohortOp::Rank), "tests of what is no place");
    for (auto const& test : rows_of(row.tests, plan.place_tests))
      expect(computed(test.column) && test.share <= 1 && test.scale >= 0 && test.scale <= 18, "a test of no column");
  }
  for (std::size_t i = 0; i < plan.references.size(); ++i) {
    auto const& row = plan.references[i];
    auto const expect = [&](bool holds, char const* what) { faults.expect(holds, "references", i, what); };
    expect(computed(row.column), "into a column of the data");
    if (!row.by.has_value() || !row.target.has_value()) {
      expect(false, "by nothing, or to nothing");
      continue;
    }
    auto const& column = plan.columns[row.column.index];
    auto const& by = plan.columns[row.by.index];
    auto const& target = plan.columns[row.target.index];
    expect(by.relation == column.relation && by.role == ColumnRole::Input &&
               (by.kind == ValueKind::Text || by.kind == ValueKind::CreditCode),
           "by what is no key");
    expect(target.role == ColumnRole::Input && target.computed == 0 && target.kind == column.kind,
           "to what no data state, or something else");
    auto const& records = plan.relations[target.relation.index];
    expect(records.kind == RelationKind::Root && records.key.has_value(), "to records without a key");
  }
  for (std::size_t i = 0; i < plan.instalments.size(); ++i)
    faults.expect(
        plan.instalments[i].name.has_value() && plan.instalments[i].number >= 0 && plan.instalments[i].divisor > 0,
        "instalments", i, "without a name, or less than nothing");
  for (std::size_t i = 0; i < plan.tallies.size(); ++i) {
    auto const& row = plan.tallies[i];
    auto const expect = [&](bool holds, char const* what) { faults.expect(holds, "tallies", i, what); };
    expect(row.name.has_value() && row.subject.has_value() && row.source.has_value(), "without a name or its records");
    expect(row.keys.count > 0, "without a key");
    for (auto const& key : rows_of(row.keys, plan.tally_keys))
      expect(computed(key.column) && key.value.has_value(), "a key into a column of the data");
  }
  for (std::size_t i = 0; i < plan.tally_values.size(); ++i) {
    auto const& row = plan.tally_values[i];
    auto const expect = [&](bool holds, char const* what) { faults.expect(holds, "tally_values", i, what); };
    expect(row.tally.has_value() && row.op != CohortOp::Rank, "of nothing, or a place");
    expect(row.value.has_value() == (row.op != CohortOp::Count), "a value where nothing asks for one, or none");
    expect(computed(row.column) && (!row.divisor.has_value() || computed(row.divisor)), "into a column of the data");
    expect(row.each_record <= 1, "a truth that is none");
  }
  for (std::size_t i = 0; i < plan.settles.size(); ++i) {
    auto const& row = plan.settles[i];
    bool const looks_back = row.kind == SettleKind::TopUp || (row.kind == SettleKind::Cap && row.paid.has_value());
    faults.expect(row.paid.has_value() == looks_back, "settles", i, "payments where none are asked for, or none");
    faults.expect(row.name.has_value(), "settles", i, "without a name");
    auto const members = rows_of(row.members, plan.settle_members);
    faults.expect(!members.empty(), "settles", i, "without a member");
    bool const limited =
        row.kind == SettleKind::Selection || row.kind == SettleKind::Cap || row.kind == SettleKind::Budget;
    faults.expect(row.limit.has_value() == limited, "settles", i, "a limit where there is none, or none where one is");
    bool const weighted = row.cut == SettleCut::Weighted;
    bool const ordered = row.kind == SettleKind::Selection || row.cut == SettleCut::Ranked || weighted;
    for (auto const& member : members) {
      faults.expect(member.policy.has_value() && member.most_fen >= 0, "settles", i, "a member without a policy");
      faults.expect(member.by.has_value() == ordered, "settles", i,
                    "an order where there is none, or none where one is");
    }
    faults.expect(row.most_weight >= 0 && (weighted || row.most_weight == 0), "settles", i, "a weight of nothing");
    auto const stages = rows_of(row.stages, plan.settle_stages);
    faults.expect(stages.empty() || row.kind == SettleKind::Budget, "settles", i, "stages of what is no pool");
    BigRational whole = 0;
    bool sound = true;
    for (auto const& stage : stages) {
      sound = sound && stage.name.has_value() && stage.number > 0 && stage.divisor >= stage.number;
      if (sound) whole += BigRational(BigInt(stage.number), BigInt(stage.divisor));
    }
    faults.expect(stages.empty() || (sound && whole == 1), "settles", i, "stages that do not come to the whole");
  }
}

}  // namespace huiyu::plan
