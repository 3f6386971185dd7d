// Shapes, uses and derived columns.

#include <limits>
#include <optional>

#include "runtime/plan/faults.h"
#include "runtime/plan/rows.h"

namespace huiyu::plan {
namespace {

// Which of its operands an operation wants to be truth: all of one kind, or a pattern.
enum class Operands : std::uint8_t { Numbers, Truths, ConditionsAndValues, Alternatives };
struct Signature {
  std::uint32_t least = 0, most = 0;
  Operands operands = Operands::Numbers;
  bool truth = false;  // of the result, where the operands do not settle it
  std::int64_t immediate_low = 0, immediate_high = 0;
};

constexpr std::uint32_t many = std::numeric_limits<std::uint32_t>::max();

Signature signature_of(Op op) {
  switch (op) {
    case Op::Input:
    case Op::Constant: return {0, 0, Operands::Numbers, false, 0, std::numeric_limits<std::int64_t>::max()};
    case Op::Add:
    case Op::Multiply:
    case Op::Minimum:
    case Op::Maximum: return {2, many};
    case Op::Subtract: return {2, 2};
    case Op::Negate:
    case Op::Absolute:
    case Op::Sign:
    case Op::NonZero:
    case Op::NonNegative: return {1, 1};
    case Op::ScaleUp: return {1, 1, Operands::Numbers, false, 1, 150};
    case Op::DivideRound: return {2, 2, Operands::Numbers, false, 0, 3};
    case Op::RoundDecimal: return {1, 1, Operands::Numbers, false, 4, 4 * 150 + 3};
    case Op::ReduceNumerator:
    case Op::ReduceDenominator: return {2, 2};
    case Op::Fits: return {3, 3};
    case Op::Less:
    case Op::AtMost:
    case Op::Equal: return {2, 2, Operands::Numbers, true};
    case Op::InClass: return {1, 1, Operands::Numbers, true, 0, std::numeric_limits<std::int64_t>::max()};
    case Op::And:
    case Op::Or: return {1, many, Operands::Truths, true};
    case Op::Not: return {1, 1, Operands::Truths, true};
    case Op::AtLeastOf: return {1, many, Operands::Truths, true, 1, many};
    case Op::ChooseFirst:
    case Op::ChooseUnique:
    case Op::ChooseExclusive: return {2, many, Operands::ConditionsAndValues};
    case Op::ChooseHighest:
    case Op::ChooseSum: return {2, many, Operands::ConditionsAndValues};
    case Op::OrElse: return {2, 2, Operands::Alternatives};
    case Op::AddMonths: return {2, 2};
    case Op::YearOf:
    case Op::MonthOf: return {1, 1};
  }
  return {};
}

bool leaf(Op op) { return op == Op::Input || op == Op::Constant; }

// Whether the operand at `place` of `count` must be truth.
bool wants_truth(Signature const& signature, Node const& node, std::uint32_t place) {
  switch (signature.operands) {
    case Operands::Numbers: return false;
    case Operands::Truths: return true;
    case Operands::Alternatives: return node.truth != 0;
    case Operands::ConditionsAndValues: return (place % 2 == 0 && place + 1 < node.operand_count) || node.truth != 0;
  }
  return false;
}

void check_node(Plan const& plan, Faults& faults, Rows<Node> shape, std::uint32_t place) {
  auto const& node = plan.nodes[shape.begin + place];
  auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "nodes", shape.begin + place, what); };
  auto const signature = signature_of(node.op);
  expect(valid_width(node.width) && node.truth <= 1 && (node.truth == 0 || node.width == 1),
         "impossible width or truth");
  expect(node.operand_count >= signature.least && node.operand_count <= signature.most, "wrong number of operands");
  expect(node.immediate >= signature.immediate_low && node.immediate <= signature.immediate_high,
         "immediate out of reach");
  expect(node.op != Op::AtLeastOf || node.immediate <= node.operand_count, "more conditions asked for than there are");
  bool const settled = leaf(node.op) || signature.operands == Operands::ConditionsAndValues ||
                       signature.operands == Operands::Alternatives;
  expect(settled || (node.truth != 0) == signature.truth, "truth where a number is, or the reverse");
  auto const operands = operands_of(plan, node);
  for (std::uint32_t i = 0; i < operands.size(); ++i) {
    if (!expect(operands[i] < place, "an operand that is not earlier")) continue;
    expect((plan.nodes[shape.begin + operands[i]].truth != 0) == wants_truth(signature, node, i),
           "an operand of the wrong kind");
  }
}

// The node that reads each slot; slots are read in rising order, each once.
struct Slots {
  std::vector<Node> inputs, constants;
};

Slots slots_of(Plan const& plan, Faults& faults, std::size_t index) {
  auto const& shape = plan.shapes[index];
  Slots slots;
  for (auto const& node : rows_of(shape.nodes, plan.nodes)) {
    if (node.op != Op::Input && node.op != Op::Constant && node.op != Op::InClass) continue;
    auto& readers = node.op == Op::Input ? slots.inputs : slots.constants;
    faults.expect(node.immediate == static_cast<std::int64_t>(readers.size()), "shapes", index,
                  "slots are not read in rising order, each once");
    readers.push_back(node);
  }
  faults.expect(slots.inputs.size() == shape.input_count && slots.constants.size() == shape.constant_count, "shapes",
                index, "a slot that nothing reads");
  return slots;
}

bool scalar(Column const& column) {
  return column.series == 0 && column.kind != ValueKind::List && column.kind != ValueKind::Set &&
         column.kind != ValueKind::Quotient;
}

bool has_parts(Plan const& plan, Use const& use) {
  for (auto const& input : rows_of(use.inputs, plan.use_inputs))
    if (input.part != none) return true;
  return false;
}

class DerivedCheck {
 public:
  DerivedCheck(Plan const& plan, Faults& faults, std::size_t index)
      : plan_(plan),
        faults_(faults),
        index_(index),
        row_(plan.derived[index]),
        column_(plan.columns[row_.column.index]) {}

  void run() {
    expect(column_.derived.index == index_, "another row computes its column");
    depends_on(row_.value), depends_on(row_.filter), depends_on(row_.list), depends_on(row_.denominator);
    if (row_.use.has_value())
      for (auto const& input : rows_of(plan_.uses[row_.use.index].inputs, plan_.use_inputs)) depends_on(input.column);
    auto const keys = rows_of(row_.keys, plan_.derived_keys);
    for (auto const& key : keys) depends_on(key.column);
    expect(row_.table.has_value() == (row_.kind == DerivedKind::TableLookup), "a table that nothing looks up");
    expect(keys.empty() || row_.kind == DerivedKind::TableLookup || row_.kind == DerivedKind::SetContains,
           "keys that nothing looks up");
    bool const takes_use = row_.kind == DerivedKind::Program || row_.kind == DerivedKind::SeriesAt;
    expect(!row_.use.has_value() || takes_use, "a program that nothing runs");
    expect(!row_.text.has_value() || row_.kind == DerivedKind::TextIs || row_.kind == DerivedKind::SetContains,
           "a text that nothing compares");
    expect(row_.tag == 0 || row_.kind == DerivedKind::SetContains || row_.kind == DerivedKind::AggregateTop,
           "an entry that nothing looks for");
    check_kind();
  }

 private:
  bool expect(bool holds, char const* what) { return faults_.expect(holds, "derived", index_, what); }

  void depends_on(Ref<Column> ref) {
    if (!ref.has_value()) return;
    auto const& column = plan_.columns[ref.index];
    if (column.role == ColumnRole::Input) return;
    expect(column.derived.index < index_, "computed from what comes later");
  }

  Column const* column(Ref<Column> ref) {
    return expect(ref.has_value(), "a column is lacking") ? &plan_.columns[ref.index] : nullptr;
  }
  bool same_value(Column const& other) {
    return column_.kind == other.kind && column_.scale == other.scale && column_.width == other.width &&
           column_.enumeration == other.enumeration;
  }

  void check_program(bool whole_value) {
    if (!expect(row_.use.has_value(), "without a program")) return;
    auto const& use = plan_.uses[row_.use.index];
    auto const& result = result_node(plan_, plan_.shapes[use.shape.index]);
    expect((use.relation == column_.relation || use.inputs.count == 0) && !has_parts(plan_, use),
           "its program is about other records");
    if (whole_value)
      expect(result.width == column_.width && (result.truth != 0) == (column_.kind == ValueKind::Truth),
             "its program computes another kind");
    else
      expect(result.width == 1 && result.truth == 0, "a period is one limb");
  }

  void check_aggregate() {
    auto const* list = column(row_.list);
    if (list == nullptr || !expect(list->kind == ValueKind::List && list->relation == column_.relation,
                                   "its list is no list of the same record"))
      return;
    auto items = [&](Column const& value) {
      expect(value.relation == list->items, "its value or filter is not of the list's rows");
    };
    bool const logical = row_.kind == DerivedKind::AggregateExists || row_.kind == DerivedKind::AggregateAll;
    if (row_.filter.has_value()) {
      items(plan_.columns[row_.filter.index]);
      expect(!logical && plan_.columns[row_.filter.index].kind == ValueKind::Truth,
             "a filter is truth, and 存在 and 全部 have none");
    }
    expect((column_.kind == ValueKind::Truth) == logical, "its column is of another kind");
    if (row_.kind == DerivedKind::AggregateTop) expect(row_.tag > 0, "none of the greatest");
    if (row_.kind == DerivedKind::AggregateCount) expect(!row_.value.has_value(), "数量 counts rows, not values");
    if (row_.kind == DerivedKind::AggregateCount || (logical && !row_.value.has_value())) return;
    auto const* value = column(row_.value);
    if (value == nullptr) return;
    items(*value);
    if (row_.kind == DerivedKind::AggregateDistinct) {
      expect(scalar(*value) && value->width == 1 && (!is_text(value->kind) || value->role == ColumnRole::Derived),
             "values that cannot be told apart");
      return;
    }
    expect(scalar(*value) && (value->kind == ValueKind::Truth) == logical, "its value is of another kind");
    expect(logical || value->scale == column_.scale, "its value has another scale");
  }

  static bool is_text(ValueKind kind) { return kind == ValueKind::Text || kind == ValueKind::CreditCode; }
  static bool same_key(ReferenceKey const& key, Column const& column) {
    if (is_text(key.kind)) return is_text(column.kind);
    return key.kind == column.kind && key.enumeration == column.enumeration && key.code_system == column.code_system;
  }

  // So many columns of one limb; those of texts hold positions, as derived columns do.
  bool check_keys(std::uint32_t count) {
    bool sound = expect(row_.keys.count == count, "more or fewer keys than it looks for");
    for (auto const& key : rows_of(row_.keys, plan_.derived_keys)) {
      if (!expect(key.column.has_value(), "a key is a column")) return false;
      auto const& column = plan_.columns[key.column.index];
      sound = expect(column.relation == column_.relation && scalar(column) && column.width == 1 &&
                         (!is_text(column.kind) || column.role == ColumnRole::Derived),
                     "a key that is no value of its records") &&
              sound;
    }
    return sound;
  }

  void check_kind() {
    switch (row_.kind) {
      case DerivedKind::Program: check_program(true); return;
      case DerivedKind::Gather:
        if (auto const* value = column(row_.value)) {
          expect(value->relation == plan_.relations[column_.relation.index].parent,
                 "it gathers from what is not its owner");
          expect(scalar(*value) && same_value(*value), "it gathers another kind");
        }
        return;
      case DerivedKind::AggregateSum:
      case DerivedKind::AggregateCount:
      case DerivedKind::AggregateExists:
      case DerivedKind::AggregateAll:
      case DerivedKind::AggregateLargest:
      case DerivedKind::AggregateSmallest:
      case DerivedKind::AggregateMedian:
      case DerivedKind::AggregateTop:
      case DerivedKind::AggregateDistinct: check_aggregate(); return;
      case DerivedKind::SeriesAt:
        check_program(false);
        if (auto const* value = column(row_.value))
          expect(value->series != 0 && value->relation == column_.relation && same_value(*value),
                 "no such series of this record");
        return;
      case DerivedKind::SetContains:
        if (auto const* value = column(row_.value))
          expect(
              value->kind == ValueKind::Set && value->relation == column_.relation && column_.kind == ValueKind::Truth,
              "no such set");
        check_keys(row_.keys.count == 0 ? 0 : 1);
        return;
      case DerivedKind::TextIs:
        if (auto const* value = column(row_.value))
          expect((value->kind == ValueKind::Text || value->kind == ValueKind::CreditCode) &&
                     value->relation == column_.relation && column_.kind == ValueKind::Truth && row_.text.has_value(),
                 "no such text");
        return;
      case DerivedKind::Quotient: {
        auto const* value = column(row_.value);
        auto const* denominator = column(row_.denominator);
        if (value == nullptr || denominator == nullptr) return;
        expect(column_.kind == ValueKind::Quotient && value->kind == ValueKind::Number &&
                   denominator->kind == ValueKind::Number && value->relation == column_.relation &&
                   denominator->relation == column_.relation && value->role == ColumnRole::Derived &&
                   denominator->role == ColumnRole::Derived && value->scale == column_.scale,
               "its numerator or denominator does not fit");
        return;
      }
      case DerivedKind::TextCode:
        if (auto const* value = column(row_.value))
          expect(is_text(value->kind) && value->role == ColumnRole::Input && value->series == 0 &&
                     value->relation == column_.relation && is_text(column_.kind) && column_.width == 1,
                 "no such text");
        return;
      case DerivedKind::TableLookup: {
        if (!row_.table.has_value()) return;
        auto const& table = plan_.reference_tables[row_.table.index];
        expect(column_.kind == table.kind && column_.scale == table.scale && column_.width == 1 &&
                   column_.enumeration == table.enumeration,
               "its table gives another kind");
        if (!check_keys(table.keys.count)) return;
        for (std::uint32_t k = 0; k < table.keys.count; ++k)
          expect(same_key(plan_.reference_keys[table.keys.begin + k],
                          plan_.columns[plan_.derived_keys[row_.keys.begin + k].column.index]),
                 "a key of another kind");
        return;
      }
    }
  }

  Plan const& plan_;
  Faults& faults_;
  std::size_t index_;
  Derived const& row_;
  Column const& column_;
};

}  // namespace

void check_shapes(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.shapes.size(); ++i) {
    auto const& shape = plan.shapes[i];
    if (!faults.expect(shape.nodes.count > 0, "shapes", i, "without nodes")) continue;
    for (std::uint32_t place = 0; place < shape.nodes.count; ++place) check_node(plan, faults, shape.nodes, place);
    (void)slots_of(plan, faults, i);
  }
}

void check_uses(Plan const& plan, Faults& faults) {
  Faults known;  // shapes have been checked
  std::vector<Slots> slots;
  for (std::size_t i = 0; i < plan.shapes.size(); ++i) slots.push_back(slots_of(plan, known, i));
  for (std::size_t i = 0; i < plan.uses.size(); ++i) {
    auto const& use = plan.uses[i];
    auto expect = [&](bool holds, char const* what) { return faults.expect(holds, "uses", i, what); };
    if (!expect(use.shape.has_value(), "without a shape")) continue;
    auto const& wanted = slots[use.shape.index];
    auto const inputs = rows_of(use.inputs, plan.use_inputs);
    auto const constants = rows_of(use.constants, plan.use_constants);
    if (!expect(inputs.size() == wanted.inputs.size() && constants.size() == wanted.constants.size(),
                "not as many values as slots"))
      continue;
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      auto const& node = wanted.inputs[k];
      if (!expect(inputs[k].column.has_value() != (inputs[k].part != none), "an input is a column or a part")) continue;
      if (inputs[k].part != none) {
        expect(node.width == 1 && node.truth == 0, "a part is an amount of one limb");
        continue;
      }
      auto const& column = plan.columns[inputs[k].column.index];
      expect(column.relation == use.relation && scalar(column), "an input that is no value of its records");
      expect(column.width == node.width && (column.kind == ValueKind::Truth) == (node.truth != 0),
             "an input of another width or kind");
    }
    for (std::size_t k = 0; k < constants.size(); ++k) {
      if (!expect(constants[k].constant.has_value(), "a constant is lacking")) continue;
      auto const& constant = plan.constants[constants[k].constant.index];
      auto const& node = wanted.constants[k];
      bool const is_set =
          constant.kind == ConstantKind::ClassSet ||
          (constant.kind == ConstantKind::Parameter && plan.parameters[constant.index].kind == ValueKind::Set);
      expect(is_set == (node.op == Op::InClass), "a class set where a number is, or the reverse");
      expect(node.op == Op::InClass || constant.width == node.width, "a constant of another width");
    }
  }
  for (std::size_t i = 0; i < plan.constants.size(); ++i) {
    if (plan.constants[i].kind != ConstantKind::Computed) continue;
    auto const& use = plan.uses[plan.constants[i].index];
    faults.expect(use.inputs.count == 0, "constants", i, "computed from records");
    for (auto const& constant : rows_of(use.constants, plan.use_constants))
      faults.expect(constant.constant.index < i, "constants", i, "computed from a later constant");
  }
}

void check_derived(Plan const& plan, Faults& faults) {
  for (std::size_t i = 0; i < plan.derived.size(); ++i)
    if (faults.expect(plan.derived[i].column.has_value(), "derived", i, "without a column"))
      DerivedCheck(plan, faults, i).run();
}

}  // namespace huiyu::plan
