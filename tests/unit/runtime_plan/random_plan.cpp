#include "random_plan.h"

#include <algorithm>
#include <limits>
#include <random>

#include "runtime/plan/rows.h"

namespace huiyu::plan {
namespace {

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  Plan make() {
    plan_.edition = "2026";
    plan_.code_tables = "gbt2260-" + std::to_string(below(100));
    enumerations();
    relations();
    parameters();
    class_sets();
    constants();
    for (int i = 0; i < 6; ++i) program(below(2) == 0);
    derived();
    atoms();
    conditions();
    explains();
    policies();
    across();
    return std::move(plan_);
  }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  std::int64_t value() { return static_cast<std::int64_t>(random_() % 2'000'001) - 1'000'000; }
  Hash128 hash() { return {random_(), random_()}; }
  TextRef text(std::string word = "名") {
    plan_.texts.push_back(word + std::to_string(plan_.texts.size()));
    return {static_cast<std::uint32_t>(plan_.texts.size() - 1)};
  }
  template <class Row> static Ref<Row> last(std::vector<Row> const& table) {
    return {static_cast<std::uint32_t>(table.size() - 1)};
  }
  template <class Row> Ref<Row> any(std::vector<Row> const& table) {
    return {below(static_cast<std::uint32_t>(table.size()))};
  }
  template <class Row, class Table> static Rows<Row> since(std::size_t begin, Table const& table) {
    auto const count = static_cast<std::uint32_t>(table.size() - begin);
    return {count == 0 ? 0 : static_cast<std::uint32_t>(begin), count};
  }

  void enumerations() {
    for (int i = 0; i < 2; ++i) {
      auto const begin = plan_.entry_texts.size();
      for (std::uint32_t k = 0; k < 2 + below(4); ++k) plan_.entry_texts.push_back(text("项"));
      plan_.enumerations.push_back({text("名录"), since<TextTag>(begin, plan_.entry_texts), below(2)});
    }
  }

  Ref<Column> input(Ref<Relation> relation, ValueKind kind) {
    Column column;
    column.id = hash();
    column.name = text("列");
    column.relation = relation;
    column.kind = kind;
    if (kind == ValueKind::Number)
      column.scale = column.stated_scale = static_cast<std::int8_t>(below(5)), column.low = -5 - std::int64_t{below(9)},
      column.high = below(99);
    if (kind == ValueKind::Enumeration || kind == ValueKind::Set) column.enumeration = {below(2)};
    column.source_kind = static_cast<std::uint8_t>(below(4));
    column.measure = static_cast<std::uint8_t>(below(measure_count));
    column.source = text("来源");
    plan_.columns.push_back(column);
    return last(plan_.columns);
  }

  void owned(RelationKind kind, Ref<Column> field) {
    plan_.relations.push_back({text("列表"), kind, {}, {0}, field, {}});
    plan_.columns[field.index].items = last(plan_.relations);
  }

  void relations() {
    plan_.relations.push_back({text("企业"), RelationKind::Root, {}, {}, {}, {}});
    auto const root = last(plan_.relations);
    for (auto kind : {ValueKind::Number, ValueKind::Number, ValueKind::Truth, ValueKind::Date, ValueKind::Code,
                      ValueKind::Enumeration, ValueKind::Text})
      input(root, kind);
    plan_.relations[0].key = {6};
    list_ = input(root, ValueKind::List);
    set_ = input(root, ValueKind::Set);
    series_ = input(root, ValueKind::Number);
    plan_.columns[series_.index].series = 1;
    plan_.columns[series_.index].series_from = {3};
    owned(RelationKind::List, list_), owned(RelationKind::Set, set_), owned(RelationKind::Series, series_);
    item_ = input({1}, ValueKind::Number);
    item_truth_ = input({1}, ValueKind::Truth);
  }

  void parameters() {
    auto const begin = plan_.parameter_values.size();
    plan_.parameter_values.push_back({std::numeric_limits<std::int32_t>::min(), 100, value()});
    plan_.parameter_values.push_back({101, 1000 + static_cast<std::int32_t>(below(1000)), value()});
    plan_.parameters.push_back(
        {text("参数"), ValueKind::Number, 4, 4, 0, {}, since<ParameterValue>(begin, plan_.parameter_values)});
    plan_.reference_keys.push_back({text("行业"), ValueKind::Code, 0, 1, {}, {}});
    plan_.reference_keys.push_back({text("等级"), ValueKind::Enumeration, 0, 0, {}, {1}});
    for (std::uint32_t i = 0; i < 3; ++i) {
      plan_.reference_values.push_back({below(2000)});
      plan_.reference_values.push_back({below(2)});
      plan_.reference_rows.push_back({{2 * i, 2}, value()});
    }
    plan_.reference_tables.push_back({text("参照表"), ValueKind::Number, 2, 1, 0, {}, {0, 2}, {0, 3}, 1, text("统计")});
  }

  void class_sets() {
    for (int i = 0; i < 2; ++i) {
      ClassSet set;
      auto const begin = plan_.intervals.size();
      std::int64_t at = below(10);
      for (std::uint32_t k = 0; k < 1 + below(3); ++k, at += 20) plan_.intervals.push_back({at, at + below(9)});
      set.certain = since<Interval>(begin, plan_.intervals);
      auto const possible = plan_.intervals.size();
      plan_.intervals.push_back({at, at});
      set.possible = since<Interval>(possible, plan_.intervals);
      plan_.class_sets.push_back(set);
    }
  }

  Ref<Constant> constant(Constant row) {
    plan_.constants.push_back(row);
    return last(plan_.constants);
  }
  void constants() {
    for (int i = 0; i < 4; ++i) constant({ConstantKind::Literal, 1, {}, 0, none, value()});
    auto const limb = static_cast<std::uint32_t>(plan_.limbs.size());
    for (int i = 0; i < 2; ++i) plan_.limbs.push_back(random_());
    constant({ConstantKind::Literal, 2, {}, 0, limb, 0});
    constant({ConstantKind::Parameter, 1, BoundRule::Above, -2, 0, 0});
    constant({ConstantKind::AsOfDay, 1, {}, 0, none, 0});
    constant({ConstantKind::ApplicationYear, 1, {}, 0, none, -1});
    constant({ConstantKind::ClassSet, 1, {}, 0, 0, 0});
    program(true, true);
    constant({ConstantKind::Given, 1, {}, 0, 0, 0});
    constant({ConstantKind::Undecided, 1, {}, 0, none, 0});
    constant({ConstantKind::AsOfMonth, 1, {}, 0, none, 3});
    constant({ConstantKind::Computed, 1, {}, 0, last(plan_.uses).index, 0});
  }

  // Straight-line code over random earlier nodes; the last is made a truth or a number of one limb.
  void program(bool truth, bool without_inputs = false) {
    Shape shape;
    Use use;
    auto const first = plan_.nodes.size(), inputs = plan_.use_inputs.size(), constants = plan_.use_constants.size();
    std::vector<std::uint32_t> numbers, truths;
    auto add = [&](Op op, std::vector<std::uint32_t> const& operands, std::int64_t immediate, bool is_truth,
                   std::uint8_t width = 1) {
      auto const begin = static_cast<std::uint32_t>(plan_.operands.size());
      plan_.operands.insert(plan_.operands.end(), operands.begin(), operands.end());
      (is_truth ? truths : numbers).push_back(static_cast<std::uint32_t>(plan_.nodes.size() - first));
      plan_.nodes.push_back({op, width, is_truth ? std::uint8_t{1} : std::uint8_t{0},
                             static_cast<std::uint32_t>(operands.size()), operands.empty() ? 0 : begin, 0, immediate});
    };
    auto number = [&] { return numbers[below(static_cast<std::uint32_t>(numbers.size()))]; };
    auto condition = [&] { return truths[below(static_cast<std::uint32_t>(truths.size()))]; };
    auto slot = [&](Ref<Constant> ref) {
      plan_.use_constants.push_back({ref});
      add(Op::Constant, {}, shape.constant_count++, false, plan_.constants[ref.index].width);
    };
    slot({below(4)});
    if (!without_inputs) {
      use.relation = {0};
      for (std::uint32_t column : {0U, 1U, 2U}) {
        plan_.use_inputs.push_back({{column}, none});
        add(Op::Input, {}, shape.input_count++, column == 2);
      }
      slot({4 + below(2)});
    }
    add(Op::Less, {number(), number()}, 0, true);
    if (!plan_.constants.empty() && plan_.constants.size() > 8) {
      plan_.use_constants.push_back({{8}});
      add(Op::InClass, {number()}, shape.constant_count++, true);
    }
    for (std::uint32_t i = 0; i < 3 + below(10); ++i) switch (below(12)) {
        case 0: add(Op::Multiply, {number(), number()}, 0, false, 4); break;
        case 1: add(Op::Add, {number(), number(), number()}, 0, false, 2); break;
        case 2: add(Op::ScaleUp, {number()}, 1 + below(6), false, 8); break;
        case 3: add(Op::RoundDecimal, {number()}, 4 + below(8), false); break;
        case 4: add(Op::DivideRound, {number(), number()}, below(4), false); break;
        case 5: add(Op::ChooseFirst, {condition(), number(), condition(), number(), number()}, 0, false); break;
        case 6: add(Op::ChooseExclusive, {condition(), number(), condition(), number()}, 0, false); break;
        case 7: add(Op::OrElse, {number(), number()}, 0, false); break;
        case 8: add(Op::AtLeastOf, {condition(), condition()}, 1 + below(2), true); break;
        case 9: add(Op::And, {condition(), condition()}, 0, true); break;
        case 10: add(Op::Fits, {number(), number(), number()}, 0, false); break;
        default: add(Op::Not, {condition()}, 0, true); break;
      }
    if (truth)
      add(Op::AtMost, {number(), number()}, 0, true);
    else
      add(Op::NonNegative, {number()}, 0, false);
    shape.nodes = since<Node>(first, plan_.nodes);
    shape.id = hash();
    plan_.shapes.push_back(shape);
    use.shape = last(plan_.shapes);
    use.inputs = since<UseInput>(inputs, plan_.use_inputs);
    use.constants = since<UseConstant>(constants, plan_.use_constants);
    plan_.uses.push_back(use);
  }

  Ref<Column> compute(Ref<Relation> relation, ValueKind kind, Derived row) {
    auto const column = input(relation, kind);
    auto& made = plan_.columns[column.index];
    made.role = ColumnRole::Derived;
    made.scale = made.stated_scale = 0;
    row.column = column;
    row.definition = below(2) == 0 ? made.name : TextRef{};
    plan_.derived.push_back(row);
    made.derived = last(plan_.derived);
    return column;
  }

  Rows<DerivedKey> keys(std::vector<Ref<Column>> const& columns) {
    auto const begin = plan_.derived_keys.size();
    for (auto column : columns) plan_.derived_keys.push_back({column});
    return since<DerivedKey>(begin, plan_.derived_keys);
  }

  void derived() {
    Ref<Column> number;
    for (std::uint32_t u = 1; u < plan_.uses.size(); ++u) {
      bool const truth = result_node(plan_, plan_.shapes[plan_.uses[u].shape.index]).truth != 0;
      Derived row;
      row.kind = DerivedKind::Program;
      row.use = {u};
      auto const column = compute({0}, truth ? ValueKind::Truth : ValueKind::Number, row);
      if (!truth) number = column;
    }
    program(false);
    Derived whole;
    whole.use = last(plan_.uses);
    number = compute({0}, ValueKind::Number, whole);
    Derived gather;
    gather.kind = DerivedKind::Gather;
    gather.value = number;
    compute({1}, ValueKind::Number, gather);
    Derived sum;
    sum.kind = DerivedKind::AggregateSum;
    sum.list = list_, sum.value = item_, sum.filter = item_truth_;
    auto const total = compute({0}, ValueKind::Number, sum);
    plan_.columns[total.index].scale = plan_.columns[total.index].stated_scale = plan_.columns[item_.index].scale;
    Derived exists;
    exists.kind = DerivedKind::AggregateExists;
    exists.list = list_, exists.value = item_truth_;
    compute({0}, ValueKind::Truth, exists);
    Derived at;
    at.kind = DerivedKind::SeriesAt;
    at.value = series_, at.use = whole.use;
    auto const period = compute({0}, ValueKind::Number, at);
    plan_.columns[period.index].scale = plan_.columns[period.index].stated_scale = plan_.columns[series_.index].scale;
    Derived contains;
    contains.kind = DerivedKind::SetContains;
    contains.value = set_, contains.tag = below(2);
    compute({0}, ValueKind::Truth, contains);
    Derived is;
    is.kind = DerivedKind::TextIs;
    is.value = {6}, is.text = text("某");
    compute({0}, ValueKind::Truth, is);
    Derived code;
    code.kind = DerivedKind::TextCode;
    code.value = {6};
    auto const coded = compute({0}, ValueKind::Text, code);
    contains.tag = 0, contains.keys = keys({coded});
    compute({0}, ValueKind::Truth, contains);
    auto const& wanted = plan_.reference_tables[0];
    plan_.columns[4].code_system = plan_.reference_keys[0].code_system;
    plan_.columns[5].enumeration = plan_.reference_keys[1].enumeration;
    Derived lookup;
    lookup.kind = DerivedKind::TableLookup;
    lookup.table = {0}, lookup.keys = keys({{4}, {5}});
    auto const found = compute({0}, wanted.kind, lookup);
    plan_.columns[found.index].scale = plan_.columns[found.index].stated_scale = wanted.scale;
    Derived quotient;
    quotient.kind = DerivedKind::Quotient;
    quotient.value = number, quotient.denominator = number;
    quotient_ = compute({0}, ValueKind::Quotient, quotient);
  }

  void atoms() {
    auto add = [&](AtomKind kind, Ref<Column> column) -> Atom& {
      Atom atom;
      atom.id = hash();
      atom.kind = kind;
      atom.column = column;
      plan_.atoms.push_back(atom);
      return plan_.atoms.back();
    };
    add(AtomKind::Interval, {0}).low = {0};
    add(AtomKind::Interval, {3}).high = {6};
    add(AtomKind::ClassSet, {4}).classes = {1};
    add(AtomKind::Tag, set_).tag = below(2);
    add(AtomKind::Truth, {2});
    add(AtomKind::TextIs, {6}).text = text("某");
    auto& quotient = add(AtomKind::QuotientInterval, quotient_);
    quotient.low = {0}, quotient.low_excluded = 1, quotient.denominator = {1};
  }

  void conditions() {
    for (std::uint32_t a = 0; a < plan_.atoms.size(); ++a) {
      Condition literal;
      literal.atom = {a};
      literal.negated = static_cast<std::uint8_t>(below(2));
      plan_.conditions.push_back(literal);
    }
    plan_.conditions.push_back({below(2) == 0 ? ConditionKind::Always : ConditionKind::Never, 0, {}, {}, {}, 0});
    for (auto kind : {ConditionKind::And, ConditionKind::Or, ConditionKind::AtLeastOf, ConditionKind::And}) {
      auto const begin = plan_.condition_members.size();
      auto const members = 2 + below(3);
      for (std::uint32_t i = 0; i < members; ++i) plan_.condition_members.push_back({any(plan_.conditions)});
      plan_.conditions.push_back({kind,
                                  0,
                                  {},
                                  {},
                                  since<ConditionMember>(begin, plan_.condition_members),
                                  kind == ConditionKind::AtLeastOf ? 1 + below(members) : 0});
    }
  }

  Ref<Explain> explain(ExplainOp op, ValueKind kind, std::vector<Ref<Explain>> const& children, Explain row = {}) {
    auto const begin = plan_.explain_children.size();
    for (auto child : children) plan_.explain_children.push_back({child});
    row.op = op;
    row.kind = kind;
    row.children = since<ExplainChild>(begin, plan_.explain_children);
    row.text = text("条文");
    row.citation = text("第一条");
    row.file = {0};
    row.line = 1 + below(99);
    row.column_number = 1 + below(99);
    plan_.explains.push_back(row);
    return {static_cast<std::uint32_t>(plan_.explains.size() - 1)};
  }

  void explains() {
    Explain field;
    field.column = {0};
    auto const number = explain(ExplainOp::Field, ValueKind::Number, {}, field);
    field.column = item_;
    auto const item = explain(ExplainOp::Item, ValueKind::Number, {}, field);
    Explain outer;
    outer.column = {0};
    outer.depth = 1;
    auto const record = explain(ExplainOp::Field, ValueKind::Number, {}, outer);
    Explain literal;
    literal.number = value();
    literal.scale = 2;
    literal.measure = 1;
    auto const amount = explain(ExplainOp::Literal, ValueKind::Number, {}, literal);
    auto const inner = explain(ExplainOp::Multiply, ValueKind::Number, {item, record});
    auto const where = explain(ExplainOp::AtLeast, ValueKind::Truth, {item, amount});
    Explain list;
    list.column = list_;
    list.flags = HasEach | HasWhere;
    auto const sum = explain(ExplainOp::Sum, ValueKind::Number, {inner, where}, list);
    Explain truth;
    truth.column = {2};
    auto const condition = explain(ExplainOp::Field, ValueKind::Truth, {}, truth);
    Explain choose;
    choose.flags = HasSubject | HasOtherwise;
    auto const chosen = explain(ExplainOp::ChooseFirst, ValueKind::Number, {number, condition, sum, amount}, choose);
    Explain belongs;
    belongs.classes = {0};
    Explain code;
    code.column = {4};
    auto const member = explain(ExplainOp::BelongsTo, ValueKind::Truth,
                                {explain(ExplainOp::Field, ValueKind::Code, {}, code)}, belongs);
    Explain parameter;
    parameter.parameter = {0};
    auto const figure = explain(ExplainOp::Parameter, ValueKind::Number, {}, parameter);
    Explain entry;
    entry.column = {5};
    entry.enumeration = plan_.columns[5].enumeration;
    auto const grade = explain(ExplainOp::Field, ValueKind::Enumeration, {}, entry);
    Explain table;
    table.table = {0};
    auto const found = explain(ExplainOp::Lookup, ValueKind::Number,
                               {explain(ExplainOp::Field, ValueKind::Code, {}, code), grade}, table);
    Explain year;
    auto const this_year = explain(ExplainOp::ThisYear, ValueKind::Year, {}, year);
    auto const period = explain(ExplainOp::Period, ValueKind::Year, {}, year);
    Explain at;
    at.column = series_;
    auto const of_year = explain(ExplainOp::Series, ValueKind::Number, {period}, at);
    Explain window;
    window.flags = OverPeriods | HasEach;
    window.column = series_;
    auto const years = explain(ExplainOp::Largest, ValueKind::Number, {this_year, of_year}, window);
    auto const sum_up = explain(ExplainOp::Highest, ValueKind::Number, {chosen, figure, found, years});
    explain_amount_ = explain(ExplainOp::CapAtMost, ValueKind::Number, {sum_up, figure});
    explain_truth_ = explain(ExplainOp::And, ValueKind::Truth, {condition, member});
    explain_year_ = this_year;
  }

  void policies() {
    Ref<Use> const amount = last(plan_.uses);
    for (int i = 0; i < 3; ++i) {
      Policy policy;
      policy.id = text("编号"), policy.name = text("政策"), policy.citation = text("第二条");
      policy.subject = {0};
      policy.applies = any(plan_.conditions), policy.condition = any(plan_.conditions);
      policy.valid_from = static_cast<std::int32_t>(below(20000));
      policy.explain_condition = explain_truth_;
      policy.explain_year = explain_year_;
      auto const shares = plan_.shares.size();
      plan_.shares.push_back({text("财政"), explain_amount_});
      policy.shares = since<Share>(shares, plan_.shares);
      auto const instalments = plan_.instalments.size();
      plan_.instalments.push_back({text("首期"), InstalmentKind::Share, {}, 3, 5});
      policy.instalments = since<Instalment>(instalments, plan_.instalments);
      policy.file = text("文件"), policy.line = 1 + below(99);
      if (i == 2) {
        policy.conclusion = Conclusion::Class;
        policy.value = {5}, policy.value_name = text("划型"), policy.explain_value = explain_amount_;
      } else {
        policy.conclusion = Conclusion::Money;
        auto const begin = plan_.parts.size();
        for (int k = 0; k < 2; ++k)
          plan_.parts.push_back({text("项目"), text("补助"), text("第三条"), any(plan_.conditions), amount,
                                 explain_truth_, explain_amount_});
        policy.parts = since<Part>(begin, plan_.parts);
        policy.due = any(plan_.conditions);
        policy.total = total();
        auto const alerts = plan_.alerts.size();
        plan_.alerts.push_back({text("预警"), text("红色"), any(plan_.conditions), explain_truth_, below(2)});
        policy.alerts = since<Alert>(alerts, plan_.alerts);
      }
      plan_.policies.push_back(policy);
    }
  }

  Ref<Use> total() {
    auto const first = plan_.nodes.size(), inputs = plan_.use_inputs.size();
    plan_.nodes.push_back({Op::Input, 1, 0, 0, 0, 0, 0});
    plan_.nodes.push_back({Op::Input, 1, 0, 0, 0, 0, 1});
    auto const operands = static_cast<std::uint32_t>(plan_.operands.size());
    plan_.operands.push_back(0), plan_.operands.push_back(1);
    plan_.nodes.push_back({Op::Add, 1, 0, 2, operands, 0, 0});
    plan_.shapes.push_back({since<Node>(first, plan_.nodes), 2, 0, hash()});
    plan_.use_inputs.push_back({{}, 0}), plan_.use_inputs.push_back({{}, 1});
    plan_.uses.push_back({last(plan_.shapes), {0}, since<UseInput>(inputs, plan_.use_inputs), {}});
    return last(plan_.uses);
  }

  void across() {
    plan_.cohort_keys.push_back({explain_amount_});
    plan_.cohorts.push_back({text("群体"), {0}, {}, {0, 1}, CohortMissing::Pending, 1, {}});
    plan_.columns[1].computed = 1;
    plan_.references.push_back({{1}, {6}, {0}});
    plan_.place_tests.push_back({{1}, 1, 2, {}, 0, 25});
    CohortValue rank;
    rank.cohort = {0}, rank.descending = 1, rank.value = explain_amount_, rank.column = {1}, rank.tests = {0, 1};
    plan_.cohort_values.push_back(rank);
    plan_.tally_keys.push_back({{1}, explain_amount_});
    plan_.tallies.push_back({text("统计"), {0}, {0}, {}, {0, 1}});
    plan_.tally_terms.push_back({explain_amount_});
    TallyValue counted;
    counted.tally = {0}, counted.op = CohortOp::Count, counted.distinct = {0, 1}, counted.column = {1};
    plan_.tally_values.push_back(counted);
    auto const begin = plan_.settle_members.size();
    plan_.settle_members.push_back({text("甲"), {}, {}, 0, 500});
    plan_.settle_members.push_back({text("乙"), {}, {}, 0, std::numeric_limits<std::int64_t>::max()});
    Settle row;
    row.name = text("预算"), row.kind = SettleKind::Budget, row.cut = SettleCut::Proportionally;
    row.flags = EachYear, row.place = 3, row.limit = explain_amount_;
    row.members = since<SettleMember>(begin, plan_.settle_members);
    plan_.settle_stages.push_back({text("首期"), 0, 3, 5});
    plan_.settle_stages.push_back({text("清算"), 0, 2, 5});
    row.stages = {0, 2};
    plan_.settles.push_back(row);
  }

  std::mt19937_64 random_;
  Plan plan_;
  Ref<Column> list_, set_, series_, item_, item_truth_, quotient_;
  Ref<Explain> explain_amount_, explain_truth_, explain_year_;
};

}  // namespace

Plan random_plan(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace huiyu::plan
