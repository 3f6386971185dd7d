#include "runtime/plan/print.h"

#include <cstring>

#include "runtime/base/civil.h"
#include "runtime/base/decimal.h"
#include "runtime/plan/fields.h"
#include "runtime/plan/names.h"
#include "runtime/plan/rows.h"

namespace huiyu::plan {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }
std::string place(char sign, std::uint32_t index) { return sign + std::to_string(index); }

std::string relation_path(Plan const& plan, Ref<Relation> ref) {
  if (!ref.has_value()) return "-";
  auto const& relation = plan.relations[ref.index];
  std::string const name(plan.text(relation.name));
  return relation.parent.has_value() ? relation_path(plan, relation.parent) + "." + name : name;
}

// Quotes and line ends of a drafter's text must not look like ours.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '"' || c == '\\')
      (out += '\\') += c;
    else
      out += c;
  }
  return out + "\"";
}

// One table after the other. Letters name rows: p constant, s shape, u use, a atom, c condition, e explain, k class
// set.
class Printer {
 public:
  explicit Printer(Plan const& plan) : plan_(plan) {}

  std::string run() {
    line("plan edition=" + in_quotes(plan_.edition) +
         (plan_.code_tables.empty() ? "" : " code_tables=" + in_quotes(plan_.code_tables)));
    table("relations", plan_.relations);
    table("enumerations", plan_.enumerations);
    table("columns", plan_.columns);
    table("references", plan_.references);
    table("parameters", plan_.parameters);
    table("reference_tables", plan_.reference_tables);
    table("class_sets", plan_.class_sets);
    table("constants", plan_.constants);
    table("shapes", plan_.shapes);
    table("uses", plan_.uses);
    table("derived", plan_.derived);
    table("atoms", plan_.atoms);
    table("conditions", plan_.conditions);
    table("policies", plan_.policies);
    table("cohorts", plan_.cohorts);
    table("cohort_values", plan_.cohort_values);
    table("tallies", plan_.tallies);
    table("tally_values", plan_.tally_values);
    table("settles", plan_.settles);
    table("explains", plan_.explains);
    return std::move(out_);
  }

 private:
  void line(std::string const& text) { (out_ += text) += '\n'; }

  template <class Table> void table(char const* name, Table const& rows) {
    if (rows.empty()) return;
    line(name);
    for (std::size_t i = 0; i < rows.size(); ++i) row(static_cast<std::uint32_t>(i), rows[i]);
  }

  // Every field that differs from a fresh row, as ` name=value`.
  template <class Row> std::string fields(Row const& row, std::string_view without = {}) const {
    std::string out;
    Row const fresh{};
    std::vector<std::string> plain;
    each_field(fresh, [&](char const*, auto const& value) { plain.push_back(show(value)); });
    std::size_t i = 0;
    each_field(row, [&](char const* name, auto const& value) {
      auto text = show(value);
      if (text != plain[i++] &&
          (" " + std::string(without) + " ").find(" " + std::string(name) + " ") == std::string::npos)
        out += std::string(" ") + name + "=" + text;
    });
    return out;
  }

  template <class Enum>
    requires std::is_enum_v<Enum>
  std::string show(Enum value) const {
    return std::string(name_of(value));
  }
  template <std::integral Int> std::string show(Int value) const { return std::to_string(value); }
  std::string show(Hash128 const& hash) const { return to_hex(hash); }
  std::string show(TextRef ref) const { return ref.has_value() ? in_quotes(plan_.text(ref)) : "-"; }
  std::string show(Ref<Relation> ref) const { return relation_path(plan_, ref); }
  std::string show(Ref<Column> ref) const { return print_column(plan_, ref); }
  std::string show(Ref<Enumeration> ref) const {
    return ref.has_value() ? std::string(plan_.text(plan_.enumerations[ref.index].name)) : "-";
  }
  std::string show(Ref<Parameter> ref) const {
    return ref.has_value() ? std::string(plan_.text(plan_.parameters[ref.index].name)) : "-";
  }
  std::string show(Ref<ReferenceTable> ref) const {
    return ref.has_value() ? std::string(plan_.text(plan_.reference_tables[ref.index].name)) : "-";
  }
  std::string show(Ref<Policy> ref) const {
    return ref.has_value() ? in_quotes(plan_.text(plan_.policies[ref.index].id)) : "-";
  }
  std::string show(Ref<Constant> ref) const { return letter('p', ref); }
  std::string show(Ref<ClassSet> ref) const { return letter('k', ref); }
  std::string show(Ref<Shape> ref) const { return letter('s', ref); }
  std::string show(Ref<Use> ref) const { return letter('u', ref); }
  std::string show(Ref<Derived> ref) const { return letter('d', ref); }
  std::string show(Ref<Atom> ref) const { return letter('a', ref); }
  std::string show(Ref<Condition> ref) const { return letter('c', ref); }
  std::string show(Ref<Explain> ref) const { return letter('e', ref); }
  std::string show(Ref<Part> ref) const { return ref.has_value() ? number(ref.index) : "-"; }

  std::string show(Rows<TextTag> rows) const {
    return joined(rows_of(rows, plan_.entry_texts), [&](TextRef text) { return show(text); });
  }
  std::string show(Rows<ParameterValue> rows) const {
    return joined(rows_of(rows, plan_.parameter_values), [&](ParameterValue const& value) {
      return day(value.from_day) + ".." + day(value.until_day) + ":" + std::to_string(value.value);
    });
  }
  std::string show(Rows<Interval> rows) const {
    return joined(rows_of(rows, plan_.intervals), [](Interval const& range) {
      return range.low == range.high ? std::to_string(range.low)
                                     : std::to_string(range.low) + ".." + std::to_string(range.high);
    });
  }
  std::string show(Rows<DerivedKey> rows) const {
    return joined(rows_of(rows, plan_.derived_keys), [&](DerivedKey const& key) { return show(key.column); });
  }
  std::string show(Rows<UseInput> rows) const {
    return joined(rows_of(rows, plan_.use_inputs), [&](UseInput const& input) {
      return input.part != none ? "part " + number(input.part) : show(input.column);
    });
  }
  std::string show(Rows<UseConstant> rows) const {
    return joined(rows_of(rows, plan_.use_constants),
                  [&](UseConstant const& constant) { return show(constant.constant); });
  }
  std::string show(Rows<ConditionMember> rows) const {
    return joined(rows_of(rows, plan_.condition_members),
                  [&](ConditionMember const& member) { return show(member.condition); });
  }
  std::string show(Ref<Cohort> ref) const {
    return ref.has_value() ? std::string(plan_.text(plan_.cohorts[ref.index].name)) : "-";
  }
  std::string show(Rows<CohortKey> rows) const {
    return joined(rows_of(rows, plan_.cohort_keys), [&](CohortKey const& key) { return show(key.value); });
  }
  std::string show(Rows<PlaceTest> rows) const {
    return joined(rows_of(rows, plan_.place_tests),
                  [&](PlaceTest const& test) { return show(test.column) + fields(test, "column"); });
  }
  std::string show(Rows<Instalment> rows) const {
    return joined(rows_of(rows, plan_.instalments),
                  [&](Instalment const& one) { return show(one.name) + fields(one, "name"); });
  }
  std::string show(Ref<Tally> ref) const {
    return ref.has_value() ? std::string(plan_.text(plan_.tallies[ref.index].name)) : "-";
  }
  std::string show(Rows<TallyKey> rows) const {
    return joined(rows_of(rows, plan_.tally_keys),
                  [&](TallyKey const& key) { return show(key.column) + fields(key, "column"); });
  }
  std::string show(Rows<TallyTerm> rows) const {
    return joined(rows_of(rows, plan_.tally_terms), [&](TallyTerm const& term) { return show(term.value); });
  }
  std::string show(Rows<SettleMember> rows) const {
    return joined(rows_of(rows, plan_.settle_members),
                  [&](SettleMember const& member) { return show(member.policy) + fields(member, "policy"); });
  }
  std::string show(Rows<SettleStage> rows) const {
    return joined(rows_of(rows, plan_.settle_stages),
                  [&](SettleStage const& stage) { return show(stage.name) + fields(stage, "name"); });
  }
  std::string show(Rows<ExplainChild> rows) const {
    return joined(rows_of(rows, plan_.explain_children), [&](ExplainChild const& child) { return show(child.node); });
  }
  // Shown by their owners, below.
  std::string show(Rows<Node> rows) const { return number(rows.count) + " nodes"; }
  std::string show(Rows<Part> rows) const { return number(rows.count); }
  std::string show(Rows<Alert> rows) const { return number(rows.count); }
  std::string show(Rows<Share> rows) const {
    return joined(rows_of(rows, plan_.shares),
                  [&](Share const& share) { return show(share.party) + " " + show(share.weight); });
  }
  std::string show(Rows<ReferenceKey> rows) const {
    return joined(rows_of(rows, plan_.reference_keys),
                  [&](ReferenceKey const& key) { return show(key.name) + fields(key, "name"); });
  }
  std::string show(Rows<ReferenceRow> rows) const { return number(rows.count); }
  std::string show(Rows<ReferenceValue> rows) const {
    return joined(rows_of(rows, plan_.reference_values),
                  [](ReferenceValue const& value) { return std::to_string(value.value); });
  }

  template <class Row> std::string letter(char sign, Ref<Row> ref) const {
    return ref.has_value() ? place(sign, ref.index) : "-";
  }

  template <class Row, class Show> std::string joined(std::span<Row const> rows, Show one) const {
    std::string out = "(";
    for (std::size_t i = 0; i < rows.size(); ++i) out += (i > 0 ? ", " : "") + one(rows[i]);
    return out + ")";
  }

  static std::string day(std::int32_t value) {
    if (value == std::numeric_limits<std::int32_t>::min() || value == std::numeric_limits<std::int32_t>::max())
      return "";
    return value >= first_day_number && value <= last_day_number ? format_date(value) : std::to_string(value);
  }

  // ---- rows ----

  template <class Row> void row(std::uint32_t i, Row const& value) { line("  " + number(i) + fields(value)); }

  void row(std::uint32_t i, Relation const& value) {
    line("  " + relation_path(plan_, {i}) + fields(value, "name parent"));
  }
  void row(std::uint32_t i, Enumeration const& value) {
    line("  " + show(Ref<Enumeration>{i}) + fields(value, "name"));
  }
  void row(std::uint32_t i, Column const& value) {
    line("  " + print_column(plan_, {i}) + fields(value, "name relation id") + " id=" + to_hex(value.id));
  }
  void row(std::uint32_t i, Parameter const& value) { line("  " + show(Ref<Parameter>{i}) + fields(value, "name")); }
  void row(std::uint32_t i, ReferenceTable const& value) {
    line("  " + show(Ref<ReferenceTable>{i}) + fields(value, "name"));
    for (auto const& entry : rows_of(value.rows, plan_.reference_rows)) line("    row" + fields(entry));
  }
  void row(std::uint32_t i, ClassSet const& value) { line("  " + place('k', i) + fields(value)); }

  void row(std::uint32_t i, Constant const& value) {
    std::string text = show(value.kind);
    switch (value.kind) {
      case ConstantKind::Literal:
        if (value.width == 1)
          text = std::to_string(value.value);
        else
          for (auto limb : std::span(plan_.limbs).subspan(value.index, value.width)) text += " " + std::to_string(limb);
        break;
      case ConstantKind::Parameter: text += " " + show(Ref<Parameter>{value.index}); break;
      case ConstantKind::ClassSet: text = show(Ref<ClassSet>{value.index}); break;
      case ConstantKind::Computed: text += " " + show(Ref<Use>{value.index}); break;
      case ConstantKind::Text:
      case ConstantKind::Given: text += " " + in_quotes(plan_.texts[value.index]); break;
      case ConstantKind::AsOfDay:
      case ConstantKind::AsOfMonth:
      case ConstantKind::ApplicationYear:
        if (value.value != 0) text += (value.value > 0 ? "+" : "") + std::to_string(value.value);
        break;
      case ConstantKind::Undecided: break;
    }
    line("  " + place('p', i) + " " + text + fields(value, "kind index value"));
  }

  void row(std::uint32_t i, Shape const& value) {
    line("  " + place('s', i) + " inputs=" + number(value.input_count) + " constants=" + number(value.constant_count) +
         " id=" + to_hex(value.id));
    std::uint32_t at = 0;
    for (auto const& node : rows_of(value.nodes, plan_.nodes)) {
      std::string text = "    " + number(at++) + " " + show(node.op);
      for (auto operand : operands_of(plan_, node)) text += " " + number(operand);
      line(text + immediate(node) +
           (node.truth != 0  ? " : truth"
            : node.width > 1 ? " : " + number(node.width) + " limbs"
                             : ""));
    }
  }

  static std::string immediate(Node const& node) {
    static constexpr char const* roundings[] = {"HalfUp", "Down", "Up", "HalfEven"};
    auto const rounding = [&] { return std::string(" ") + roundings[node.immediate & 3]; };
    if (node.op == Op::Input) return " #" + std::to_string(node.immediate);
    if (node.op == Op::Constant || node.op == Op::InClass) return " $" + std::to_string(node.immediate);
    if (node.op == Op::DivideRound) return rounding();
    if (node.op == Op::RoundDecimal) return " /10^" + std::to_string(node.immediate >> 2) + rounding();
    if (node.op == Op::ScaleUp) return " x10^" + std::to_string(node.immediate);
    return node.immediate == 0 ? "" : " " + std::to_string(node.immediate);
  }

  void row(std::uint32_t i, Use const& value) { line("  " + place('u', i) + fields(value)); }
  void row(std::uint32_t i, Derived const& value) {
    line("  " + place('d', i) + " " + show(value.column) + " = " + show(value.kind) + fields(value, "column kind"));
  }
  void row(std::uint32_t i, Atom const& value) {
    line("  " + place('a', i) + " " + show(value.kind) + " " + show(value.column) + fields(value, "column kind id") +
         " id=" + to_hex(value.id));
  }

  void row(std::uint32_t i, Condition const& value) {
    std::string text =
        value.kind == ConditionKind::Literal ? (value.negated != 0 ? "not " : "") + show(value.atom) : show(value.kind);
    if (value.members.count > 0) text += show(value.members);
    line("  " + place('c', i) + " " + text + fields(value, "kind atom negated members"));
  }

  void row(std::uint32_t, Policy const& value) {
    line("  " + in_quotes(plan_.text(value.id)) + fields(value, "id valid_from valid_until parts alerts") +
         " valid=" + day(value.valid_from) + ".." + day(value.valid_until));
    for (auto const& part : rows_of(value.parts, plan_.parts)) line("    part" + fields(part));
    for (auto const& alert : rows_of(value.alerts, plan_.alerts)) line("    alert" + fields(alert));
  }

  void row(std::uint32_t i, Explain const& value) {
    std::string const children = value.children.count > 0 ? show(value.children) : "";
    line("  " + place('e', i) + " " + show(value.op) + children + fields(value, "op children line column_number") +
         " at=" + number(value.line) + ":" + number(value.column_number));
  }

  Plan const& plan_;
  std::string out_;
};

}  // namespace

std::string print_column(Plan const& plan, Ref<Column> ref) {
  if (!ref.has_value()) return "-";
  auto const& column = plan.columns[ref.index];
  return relation_path(plan, column.relation) + "." +
         (column.name.has_value() ? std::string(plan.text(column.name)) : "#" + std::to_string(ref.index));
}

std::string print(Plan const& plan) { return Printer(plan).run(); }

}  // namespace huiyu::plan
