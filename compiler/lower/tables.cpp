#include "compiler/lower/tables.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/check.h"
#include "runtime/plan/names.h"
#include "runtime/plan/rows.h"

namespace huiyu::lower {

using namespace plan;

namespace {

template <class Table> std::uint32_t size_of(Table const& table) {
  HUIYU_CHECK(table.size() < none, "a plan with more rows than references can name");
  return static_cast<std::uint32_t>(table.size());
}

// Rows have no padding, so their bytes are their content: what they refer to has been merged before them.
template <class Row> void add_bytes(std::string& key, Row const& row) {
  static_assert(is_row<Row>);
  key.append(reinterpret_cast<char const*>(&row), sizeof row);
}
template <class Row> void add_bytes(std::string& key, std::span<Row const> rows) {
  static_assert(is_row<Row>);
  add_bytes(key, static_cast<std::uint64_t>(rows.size()));
  if (!rows.empty()) key.append(reinterpret_cast<char const*>(rows.data()), rows.size_bytes());
}
// Appends rows to a range table; no rows have no place.
template <class RangeOf, class Row> Rows<RangeOf> append(std::vector<Row>& table, std::span<Row const> rows) {
  if (rows.empty()) return {};
  auto const begin = size_of(table);
  table.insert(table.end(), rows.begin(), rows.end());
  return {begin, static_cast<std::uint32_t>(rows.size())};
}

// The place of an equal row, or of a new one made by `make`.
template <class RowRef, class Make> RowRef once(KeyIndex& index, std::string_view key, std::uint32_t next, Make make) {
  auto const [place, fresh] = index.place(key, next);
  if (fresh) make();
  return {place};
}

}  // namespace

namespace {

template <class... Parts> std::string_view written(std::string& key, Parts const&... parts) {
  key.clear();
  (add_bytes(key, parts), ...);
  return key;
}

}  // namespace

template <class... Parts> std::string_view Tables::key(Parts const&... parts) { return written(key_, parts...); }

Result<Plan> Tables::finish() {
  if (!conflict_.empty()) return Error{ErrorKind::Rules, conflict_};
  return std::move(plan_);
}

TextRef Tables::text(std::string_view text) {
  if (text.empty()) return {};
  auto const [place, fresh] = texts_.place(hash_bytes(text).low, size_of(plan_.texts),
                                           [&](std::uint32_t known) { return plan_.texts[known] == text; });
  if (fresh) plan_.texts.push_back(text);
  return {place};
}

Ref<Enumeration> Tables::enumeration(TextRef name, std::span<TextRef const> entries, bool ordered) {
  Enumeration row{name, {}, ordered ? 1U : 0U};
  return once<Ref<Enumeration>>(enumerations_, key(row, entries), size_of(plan_.enumerations), [&] {
    row.entries = append<TextTag>(plan_.entry_texts, entries);
    plan_.enumerations.push_back(row);
  });
}

Ref<Relation> Tables::relation(TextRef name, RelationKind kind, Ref<Relation> parent) {
  Relation row;
  row.name = name, row.kind = kind, row.parent = parent;
  return once<Ref<Relation>>(relations_, key(row), size_of(plan_.relations), [&] { plan_.relations.push_back(row); });
}
void Tables::set_owner(Ref<Relation> items, Ref<Column> field) {
  plan_.relations[items.index].owner_field = field;
  plan_.columns[field.index].items = items;
}
void Tables::set_key(Ref<Relation> relation, Ref<Column> key) { plan_.relations[relation.index].key = key; }

Hash128 Tables::path_hash(Ref<Relation> ref) const {
  HashBuilder hash;
  for (; ref.has_value(); ref = plan_.relations[ref.index].parent) {
    auto const& relation = plan_.relations[ref.index];
    hash.add(plan_.text(relation.name)).add(name_of(relation.kind));
  }
  return hash.finish();
}

Ref<Column> Tables::input(Column column) {
  column.id =
      HashBuilder().add(path_hash(column.relation)).add(plan_.text(column.name)).add(name_of(column.kind)).finish();
  column.items = {}, column.series_from = {};
  auto const place = once<Ref<Column>>(inputs_, key(column.relation, column.name), size_of(plan_.columns),
                                       [&] { plan_.columns.push_back(column); });
  auto known = plan_.columns[place.index];
  known.items = {}, known.series_from = {};
  if (std::memcmp(&known, &column, sizeof column) != 0)
    conflict_ = "字段 " + std::string(plan_.text(plan_.relations[column.relation.index].name)) + "." +
                std::string(plan_.text(column.name)) + " 在两处的声明不同";
  return place;
}

Ref<Column> Tables::derived(Column column, Derived row, std::span<DerivedKey const> keys) {
  column.role = ColumnRole::Derived;
  column.derived = {}, column.id = {}, row.column = {}, row.keys = {};
  return once<Ref<Column>>(derived_, key(column, row, keys), size_of(plan_.columns), [&] {
    HashBuilder hash;
    hash.add(path_hash(column.relation)).add(name_of(column.kind)).add(std::int64_t{column.scale});
    hash.add(name_of(row.kind)).add(plan_.text(row.definition)).add(plan_.text(row.text)).add(row.tag);
    for (auto const part : {row.value, row.filter, row.list, row.denominator})
      hash.add(part.has_value() ? plan_.columns[part.index].id : Hash128{});
    if (row.table.has_value()) hash.add(hash_of(row.table));
    for (auto const& key : keys) hash.add(plan_.columns[key.column.index].id);
    row.keys = append<DerivedKey>(plan_.derived_keys, keys);
    column.id = hash.add(row.use.has_value() ? hash_of(row.use) : Hash128{}).finish();
    column.derived = {size_of(plan_.derived)};
    row.column = {size_of(plan_.columns)};
    plan_.columns.push_back(column);
    plan_.derived.push_back(row);
  });
}

Ref<Parameter> Tables::parameter(Parameter parameter, std::span<ParameterValue const> values) {
  parameter.values = {};
  return once<Ref<Parameter>>(parameters_, key(parameter, values), size_of(plan_.parameters), [&] {
    parameter.values = append<ParameterValue>(plan_.parameter_values, values);
    plan_.parameters.push_back(parameter);
  });
}

Ref<ReferenceTable> Tables::reference_table(ReferenceTable table, std::span<ReferenceKey const> keys,
                                            std::span<std::vector<ReferenceValue> const> row_keys,
                                            std::span<std::int64_t const> row_values) {
  table.keys = {}, table.rows = {};
  std::string key(this->key(table, keys));
  for (auto const& row : row_keys) add_bytes(key, std::span<ReferenceValue const>(row));
  for (auto value : row_values) add_bytes(key, ReferenceValue{value});
  return once<Ref<ReferenceTable>>(reference_tables_, key, size_of(plan_.reference_tables), [&] {
    table.keys = append<ReferenceKey>(plan_.reference_keys, keys);
    std::vector<ReferenceRow> rows;
    for (std::size_t i = 0; i < row_keys.size(); ++i)
      rows.push_back({append<ReferenceValue>(plan_.reference_values, std::span<ReferenceValue const>(row_keys[i])),
                      row_values[i]});
    table.rows = append<ReferenceRow>(plan_.reference_rows, std::span<ReferenceRow const>(rows));
    plan_.reference_tables.push_back(table);
  });
}

Ref<ClassSet> Tables::class_set(std::span<Interval const> certain, std::span<Interval const> possible) {
  return once<Ref<ClassSet>>(class_sets_, key(certain, possible), size_of(plan_.class_sets), [&] {
    ClassSet row;
    row.certain = append<Interval>(plan_.intervals, certain);
    row.possible = append<Interval>(plan_.intervals, possible);
    plan_.class_sets.push_back(row);
  });
}

Ref<Constant> Tables::constant(Constant constant, std::span<std::uint64_t const> limbs) {
  bool const wide = constant.kind == ConstantKind::Literal && constant.width > 1;
  HUIYU_CHECK(limbs.size() == (wide ? constant.width : 0U), "a constant of another width than its limbs");
  if (wide) constant.index = none;
  return once<Ref<Constant>>(constants_, key(constant, limbs), size_of(plan_.constants), [&] {
    if (wide) constant.index = size_of(plan_.limbs), plan_.limbs.insert(plan_.limbs.end(), limbs.begin(), limbs.end());
    plan_.constants.push_back(constant);
  });
}

Ref<Shape> Tables::shape(ShapeCode const& code) {
  auto const key = this->key(std::span<Node const>(code.nodes), std::span<std::uint32_t const>(code.operands),
                             code.input_count, code.constant_count);
  return once<Ref<Shape>>(shapes_, key, size_of(plan_.shapes), [&] {
    Shape row{{}, code.input_count, code.constant_count, hash_of(code)};
    auto operand = size_of(plan_.operands);
    plan_.operands.insert(plan_.operands.end(), code.operands.begin(), code.operands.end());
    std::vector<Node> nodes = code.nodes;
    for (auto& node : nodes) {
      node.operands = node.operand_count == 0 ? 0 : operand;
      operand += node.operand_count;
    }
    row.nodes = append<Node>(plan_.nodes, std::span<Node const>(nodes));
    plan_.shapes.push_back(row);
  });
}

Hash128 Tables::hash_of(ShapeCode const& code) {
  HashBuilder hash;
  hash.add(code.input_count).add(code.constant_count);
  for (auto const& node : code.nodes)
    hash.add(name_of(node.op))
        .add(std::uint32_t{node.width})
        .add(std::uint32_t{node.truth})
        .add(node.operand_count)
        .add(node.immediate);
  for (auto const operand : code.operands) hash.add(operand);
  return hash.finish();
}

Ref<Use> Tables::use(Use use, std::span<UseInput const> inputs, std::span<UseConstant const> constants) {
  use.inputs = {}, use.constants = {};
  return once<Ref<Use>>(uses_, key(use, inputs, constants), size_of(plan_.uses), [&] {
    use.inputs = append<UseInput>(plan_.use_inputs, inputs);
    use.constants = append<UseConstant>(plan_.use_constants, constants);
    plan_.uses.push_back(use);
  });
}

Hash128 Tables::hash_of(Ref<Constant> ref) const {
  auto const& constant = plan_.constants[ref.index];
  HashBuilder hash;
  hash.add(name_of(constant.kind)).add(std::uint32_t{constant.width}).add(name_of(constant.bound));
  hash.add(std::int64_t{constant.shift}).add(constant.value);
  if (constant.kind == ConstantKind::Literal && constant.width > 1)
    for (auto limb : std::span(plan_.limbs).subspan(constant.index, constant.width)) hash.add(limb);
  if (constant.kind == ConstantKind::Given) hash.add(plan_.texts[constant.index]);
  if (constant.kind == ConstantKind::Computed) hash.add(hash_of(Ref<Use>{constant.index}));
  if (constant.kind == ConstantKind::Text) hash.add(plan_.texts[constant.index]);
  if (constant.kind == ConstantKind::Parameter) {
    auto const& parameter = plan_.parameters[constant.index];
    hash.add(plan_.text(parameter.name)).add(std::int64_t{parameter.scale});
    for (auto const& value : rows_of(parameter.values, plan_.parameter_values)) {
      hash.add(value.from_day).add(value.until_day);
      add_value(hash, parameter.kind, value.value, parameter.measure != 0);
    }
  }
  if (constant.kind == ConstantKind::ClassSet) hash.add(hash_of(Ref<ClassSet>{constant.index}));
  return hash.finish();
}

// A value that stands in another table by what is there, not by its place.
void Tables::add_value(HashBuilder& hash, ValueKind kind, std::int64_t value, bool of_texts) const {
  auto const at = static_cast<std::uint32_t>(value);
  if (kind == ValueKind::Text || kind == ValueKind::CreditCode)
    hash.add(plan_.texts[at]);
  else if (kind == ValueKind::Set && !of_texts)
    hash.add(hash_of(Ref<ClassSet>{at}));
  else if (kind == ValueKind::Set)
    hash.add(texts_of(plan_.class_sets[at]));
  else
    hash.add(value);
}

// The texts of a set, in an order that does not hang on their places.
Hash128 Tables::texts_of(ClassSet const& set) const {
  std::vector<std::string_view> members;
  for (auto const& interval : rows_of(set.certain, plan_.intervals))
    for (auto id = interval.low; id <= interval.high; ++id)
      members.push_back(plan_.texts[static_cast<std::size_t>(id)]);
  std::sort(members.begin(), members.end());
  HashBuilder hash;
  for (auto const member : members) hash.add(member);
  return hash.finish();
}

Hash128 Tables::hash_of(Ref<ReferenceTable> ref) const {
  auto const& table = plan_.reference_tables[ref.index];
  auto const keys = rows_of(table.keys, plan_.reference_keys);
  HashBuilder hash;
  hash.add(plan_.text(table.name)).add(std::int64_t{table.scale}).add(table.use_parent);
  for (auto const& key : keys) hash.add(std::int64_t{key.scale});
  for (auto const& row : rows_of(table.rows, plan_.reference_rows)) {
    std::size_t k = 0;
    for (auto const& value : rows_of(row.keys, plan_.reference_values))
      add_value(hash, keys[k++].kind, value.value, false);
    add_value(hash, table.kind, row.value, false);
  }
  return hash.finish();
}

Hash128 Tables::hash_of(Ref<ClassSet> ref) const {
  auto const& set = plan_.class_sets[ref.index];
  HashBuilder hash;
  for (auto const part : {set.certain, set.possible}) {
    hash.add(part.count);
    for (auto const& interval : rows_of(part, plan_.intervals)) hash.add(interval.low).add(interval.high);
  }
  return hash.finish();
}

Hash128 Tables::hash_of(Ref<Use> ref) const {
  auto const& use = plan_.uses[ref.index];
  HashBuilder hash;
  hash.add(plan_.shapes[use.shape.index].id);
  for (auto const& input : rows_of(use.inputs, plan_.use_inputs))
    hash.add(input.column.has_value() ? plan_.columns[input.column.index].id : Hash128{0, input.part});
  for (auto const& constant : rows_of(use.constants, plan_.use_constants)) hash.add(hash_of(constant.constant));
  return hash.finish();
}

Ref<Atom> Tables::atom(Atom atom) {
  atom.id = {};
  return once<Ref<Atom>>(atoms_, key(atom), size_of(plan_.atoms), [&] {
    HashBuilder hash;
    hash.add(plan_.columns[atom.column.index].id).add(name_of(atom.kind)).add(std::uint32_t{atom.low_excluded});
    hash.add(std::uint32_t{atom.high_excluded}).add(plan_.text(atom.text)).add(atom.tag);
    for (auto const bound : {atom.low, atom.high, atom.denominator})
      hash.add(bound.has_value() ? hash_of(bound) : Hash128{});
    if (atom.classes.has_value()) hash.add(hash_of(atom.classes));
    atom.id = hash.finish();
    plan_.atoms.push_back(atom);
  });
}

Ref<Condition> Tables::condition(Condition condition, std::span<ConditionMember const> members) {
  condition.members = {};
  return once<Ref<Condition>>(conditions_, written(condition_key_, condition, members), size_of(plan_.conditions), [&] {
    condition.members = append<ConditionMember>(plan_.condition_members, members);
    plan_.conditions.push_back(condition);
  });
}

Ref<Explain> Tables::explain(Explain explain, std::span<ExplainChild const> children) {
  explain.children = {0, static_cast<std::uint32_t>(children.size())};
  return this->explain(plan_.explains.parted(explain), children);
}

Ref<Explain> Tables::explain(ExplainRow row, std::span<ExplainChild const> children) {
  row.first_child = 0;
  auto const bytes = [](auto const* first, std::size_t size) {
    return std::string_view(reinterpret_cast<char const*>(first), size);
  };
  auto const hash = hash_bytes(bytes(&row, sizeof row)).low * 0x9E3779B97F4A7C15ULL +
                    hash_bytes(bytes(children.data(), children.size_bytes())).low;
  auto const same = [&](std::uint32_t place) {
    auto known = plan_.explains.rows()[place];
    auto const* first = plan_.explain_children.data() + known.first_child;
    known.first_child = 0;
    return std::memcmp(&known, &row, sizeof row) == 0 && std::equal(children.begin(), children.end(), first);
  };
  auto const [place, fresh] = explains_.place(hash, size_of(plan_.explains.rows()), same);
  return fresh ? new_explain(row, children) : Ref<Explain>{place};
}

Ref<Explain> Tables::new_explain(ExplainRow row, std::span<ExplainChild const> children) {
  row.first_child = append<ExplainChild>(plan_.explain_children.own(), children).begin;
  plan_.explains.push_back(row);
  return {size_of(plan_.explains.rows()) - 1};
}

void Tables::policy(Policy policy, std::span<Part const> parts, std::span<Share const> shares,
                    std::span<Instalment const> instalments, std::span<Alert const> alerts) {
  policy.parts = append<Part>(plan_.parts, parts);
  policy.shares = append<Share>(plan_.shares, shares);
  policy.instalments = append<Instalment>(plan_.instalments, instalments);
  policy.alerts = append<Alert>(plan_.alerts, alerts);
  plan_.policies.push_back(policy);
}

void Tables::reference(Reference reference) {
  auto const known = [&](Reference const& other) { return other.column == reference.column; };
  if (std::ranges::none_of(plan_.references, known)) plan_.references.push_back(reference);
}

Ref<Cohort> Tables::cohort(Cohort cohort, std::span<CohortKey const> keys) {
  cohort.keys = append<CohortKey>(plan_.cohort_keys, keys);
  plan_.cohorts.push_back(cohort);
  return {size_of(plan_.cohorts) - 1};
}

Ref<Tally> Tables::tally(Tally tally, std::span<TallyKey const> keys) {
  tally.keys = append<TallyKey>(plan_.tally_keys, keys);
  plan_.tallies.push_back(tally);
  return {size_of(plan_.tallies) - 1};
}

void Tables::tally_value(TallyValue value, std::span<TallyTerm const> distinct) {
  value.distinct = append<TallyTerm>(plan_.tally_terms, distinct);
  plan_.tally_values.push_back(value);
}

void Tables::cohort_value(CohortValue value, std::span<PlaceTest const> tests) {
  value.tests = append<PlaceTest>(plan_.place_tests, tests);
  plan_.cohort_values.push_back(value);
}

void Tables::settle(Settle settle, std::span<SettleMember const> members, std::span<SettleStage const> stages) {
  settle.members = append<SettleMember>(plan_.settle_members, members);
  settle.stages = append<SettleStage>(plan_.settle_stages, stages);
  plan_.settles.push_back(settle);
}

}  // namespace huiyu::lower
