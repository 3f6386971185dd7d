#include "compiler/lower/link.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <unordered_set>
#include <utility>

#include "compiler/lower/merge_texts.h"
#include "compiler/lower/tables.h"
#include "runtime/base/check.h"
#include "runtime/base/each_of.h"
#include "runtime/plan/fields.h"
#include "runtime/plan/rows.h"

namespace huiyu::lower {

using namespace plan;

namespace {

// Where the rows of all explanations come to lie. They are most of a release: they are written once all have their
// places, by several threads.
//
// What a file says of itself alone equals nothing that others say, and goes over as it stands. Of a fragment that says
// something of files that others speak of too, row by row is looked for an equal one.
class Explanations {
 public:
  explicit Explanations(ExplainTable const& shared) : shared_(shared) {}

  // The rows of a fragment, all apart: from which row on they lie.
  std::uint32_t add(Fragment const& from, std::vector<std::uint32_t> forms, std::vector<std::uint32_t> values,
                    std::span<TextRef const> texts) {
    auto const begin = rows_;
    copies_.push_back({&from, std::move(forms), std::move(values), texts, rows_, children_});
    rows_ = sum(rows_, from.explains.size()), children_ = sum(children_, from.explain_children.size());
    return begin;
  }

  // Of a row that may be shared: its place among the `shared` ones, and whether it is new there. Its own place.
  std::uint32_t place(std::uint32_t among_shared) {
    if (among_shared == places_.size()) {
      auto const children = shared_.children(among_shared).count;
      places_.push_back(rows_), first_children_.push_back(children == 0 ? 0 : children_);
      rows_ = sum(rows_, 1), children_ = sum(children_, children);
    }
    return places_[among_shared];
  }

  // Writes all of them into the plan, which holds the shared ones.
  void write(Plan& plan, std::size_t jobs) const {
    std::size_t const row_bytes = rows_ * sizeof(ExplainRow), bytes = row_bytes + children_ * sizeof(ExplainChild);
    if (bytes == 0) return;
    // Not set to zero before: that would take as long as the writing.
    std::shared_ptr<std::byte[]> const kept(new std::byte[bytes]);
    auto* const rows = reinterpret_cast<ExplainRow*>(kept.get());
    auto* const children = reinterpret_cast<ExplainChild*>(kept.get() + row_bytes);
    auto const& shared = plan.explains;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      auto row = shared.rows()[i];
      auto const own = rows_of(shared.children(i), plan.explain_children);
      std::ranges::copy(own, children + first_children_[i]);
      row.first_child = first_children_[i];
      rows[places_[i]] = row;
    }
    each_of(copies_.size(), jobs, [&](std::size_t i) { copies_[i].write(rows, children); });
    plan.explains = ExplainTable(Stored<ExplainRow>({rows, rows_}, kept), shared.forms(), shared.values());
    plan.explain_children = Stored<ExplainChild>({children, children_}, kept);
  }

 private:
  struct Copy {
    Fragment const* from;
    std::vector<std::uint32_t> forms, values;  // where those of the fragment lie
    std::span<TextRef const> texts;
    std::uint32_t first_row, first_child;

    void write(ExplainRow* rows, ExplainChild* children) const {
      auto const& all_forms = from->explains.forms();
      auto* row = rows + first_row;
      for (auto const& one : from->explains.rows())
        *row++ = {forms[one.form],
                  values[one.value],
                  all_forms[one.form].child_count == 0 ? 0 : one.first_child + first_child,
                  one.text.has_value() ? texts[one.text.index] : one.text,
                  one.line,
                  one.column_number};
      auto* child = children + first_child;
      for (auto const& one : from->explain_children) *child++ = {{one.node.index + first_row}};
    }
  };

  static std::uint32_t sum(std::uint32_t a, std::size_t b) {
    HUIYU_CHECK(b < none - a, "a plan with more rows than references can name");
    return a + static_cast<std::uint32_t>(b);
  }

  ExplainTable const& shared_;
  std::uint32_t rows_ = 0, children_ = 0;
  std::vector<Copy> copies_;
  std::vector<std::uint32_t> places_, first_children_;  // of the shared ones
};

// Carries the rows of one fragment over, each table in an order in which what a row refers to has gone before.
class Carrier {
 public:
  // `own`: the files of which no other fragment explains anything.
  Carrier(Tables& to, Fragment const& from, std::span<TextRef const> texts, Explanations& explanations,
          std::unordered_set<std::string_view> const& own)
      : to_(to), from_(from), texts_(texts), explanations_(explanations), own_(own) {}

  // The tables that conditions, explanations and policies speak of. Nothing of this is touched by `run_rest`, which may
  // go on with another fragment meanwhile.
  void run() {
    enumerations();
    relations_and_inputs();
    values();
    columns_.resize(from_.columns.size());
    uses_.assign(from_.uses.size(), {});
    for (std::uint32_t i = 0; i < from_.constants.size(); ++i) constant(i);
    for (std::uint32_t i = 0; i < from_.derived.size(); ++i) derived(i);
    for (std::uint32_t i = 0; i < from_.uses.size(); ++i) use(i);
    for (auto const& row : from_.atoms) atoms_.push_back(to_.atom(moved(row)));
  }

  // What is left once `run` has run.
  void run_rest() {
    for (auto const& row : from_.conditions)
      conditions_.push_back(to_.condition(moved(row), members(row.members, from_.condition_members)));
    explains();
    policies();
  }

 private:
  // ---- references, as they are in the new plan ----
  template <class Row> static Ref<Row> at(std::vector<Ref<Row>> const& places, Ref<Row> ref) {
    return ref.has_value() ? places[ref.index] : ref;
  }
  TextRef to(TextRef ref) const { return ref.has_value() ? texts_[ref.index] : ref; }
  Ref<Enumeration> to(Ref<Enumeration> ref) const { return at(enumerations_, ref); }
  Ref<Relation> to(Ref<Relation> ref) const { return at(relations_, ref); }
  Ref<Column> to(Ref<Column> ref) const { return at(columns_, ref); }
  Ref<Parameter> to(Ref<Parameter> ref) const { return at(parameters_, ref); }
  Ref<ReferenceTable> to(Ref<ReferenceTable> ref) const { return at(reference_tables_, ref); }
  Ref<ClassSet> to(Ref<ClassSet> ref) const { return at(class_sets_, ref); }
  Ref<Constant> to(Ref<Constant> ref) const { return at(constants_, ref); }
  Ref<Shape> to(Ref<Shape> ref) const { return at(shapes_, ref); }
  Ref<Use> to(Ref<Use> ref) const { return at(uses_, ref); }
  Ref<Atom> to(Ref<Atom> ref) const { return at(atoms_, ref); }
  Ref<Condition> to(Ref<Condition> ref) const { return at(conditions_, ref); }
  Ref<Explain> to(Ref<Explain> ref) const {
    if (explains_.empty() && ref.has_value()) return {ref.index + first_explain_};
    return at(explains_, ref);
  }
  // Derived columns know their rows, and parts and policies are told by place: all three are set where they are added.
  Ref<Derived> to(Ref<Derived>) const { return {}; }
  Ref<Part> to(Ref<Part> ref) const { return ref.has_value() ? Ref<Part>{ref.index + first_part_} : ref; }
  Ref<Tally> to(Ref<Tally> ref) const { return ref.has_value() ? Ref<Tally>{ref.index + first_tally_} : ref; }
  Ref<Cohort> to(Ref<Cohort> ref) const { return ref.has_value() ? Ref<Cohort>{ref.index + first_cohort_} : ref; }
  Ref<Policy> to(Ref<Policy> ref) const { return ref.has_value() ? Ref<Policy>{ref.index + first_policy_} : ref; }

  template <class Row> Row moved(Row row) const {
    each_field(row, [&](char const*, auto& field) {
      if constexpr (requires { to(field); }) field = to(field);
    });
    return row;
  }
  template <class RangeOf, class Row>
  std::vector<Row> members(Rows<RangeOf> rows, std::vector<Row> const& table) const {
    std::vector<Row> all;
    for (auto const& row : rows_of(rows, table)) all.push_back(moved(row));
    return all;
  }

  // ---- tables ----
  void enumerations() {
    for (auto const& row : from_.enumerations)
      enumerations_.push_back(to_.enumeration(to(row.name), members(row.entries, from_.entry_texts), row.ordered != 0));
  }

  void relations_and_inputs() {
    for (auto const& row : from_.relations) relations_.push_back(to_.relation(to(row.name), row.kind, to(row.parent)));
    columns_.resize(from_.columns.size());
    for (std::size_t i = 0; i < from_.columns.size(); ++i)
      if (from_.columns[i].role == ColumnRole::Input) columns_[i] = to_.input(moved(from_.columns[i]));
    for (std::size_t i = 0; i < from_.columns.size(); ++i)
      if (from_.columns[i].series_from.has_value()) to_.set_series_from(columns_[i], to(from_.columns[i].series_from));
    for (auto const& row : from_.references) to_.reference(moved(row));
    for (std::size_t i = 0; i < from_.relations.size(); ++i) {
      auto const& row = from_.relations[i];
      if (row.owner_field.has_value()) to_.set_owner(relations_[i], to(row.owner_field));
      if (row.key.has_value()) to_.set_key(relations_[i], to(row.key));
    }
  }

  // The value of a text or a set is a place in another table.
  std::int64_t value_of(ValueKind kind, std::int64_t value) const {
    if (kind == ValueKind::Text || kind == ValueKind::CreditCode)
      return to(TextRef{static_cast<std::uint32_t>(value)}).index;
    if (kind == ValueKind::Set) return to(Ref<ClassSet>{static_cast<std::uint32_t>(value)}).index;
    return value;
  }

  // A set of texts: its ids are positions in `texts`.
  std::int64_t text_set(std::int64_t value) {
    std::vector<std::int64_t> ids;
    for (auto const& one : rows_of(from_.class_sets[static_cast<std::size_t>(value)].certain, from_.intervals))
      for (auto id = one.low; id <= one.high; ++id) ids.push_back(to(TextRef{static_cast<std::uint32_t>(id)}).index);
    std::sort(ids.begin(), ids.end());
    std::vector<plan::Interval> moved_ids;
    for (auto id : ids) {
      if (!moved_ids.empty() && moved_ids.back().high == id - 1)
        moved_ids.back().high = id;
      else
        moved_ids.push_back({id, id});
    }
    return to_.class_set(moved_ids, {}).index;
  }

  void values() {
    for (auto const& row : from_.class_sets)
      class_sets_.push_back(
          to_.class_set(rows_of(row.certain, from_.intervals), rows_of(row.possible, from_.intervals)));
    for (auto const& row : from_.parameters) {
      auto dated = members(row.values, from_.parameter_values);
      bool const texts = row.kind == ValueKind::Set && row.measure != 0;
      for (auto& one : dated) one.value = texts ? text_set(one.value) : value_of(row.kind, one.value);
      parameters_.push_back(to_.parameter(moved(row), dated));
    }
    for (auto const& row : from_.reference_tables) {
      auto const keys = members(row.keys, from_.reference_keys);
      std::vector<std::vector<ReferenceValue>> row_keys;
      std::vector<std::int64_t> row_values;
      for (auto const& entry : rows_of(row.rows, from_.reference_rows)) {
        row_keys.push_back(members(entry.keys, from_.reference_values));
        for (std::size_t k = 0; k < keys.size(); ++k)
          row_keys.back()[k].value = value_of(keys[k].kind, row_keys.back()[k].value);
        row_values.push_back(value_of(row.kind, entry.value));
      }
      reference_tables_.push_back(to_.reference_table(moved(row), keys, row_keys, row_values));
    }
    for (auto const& row : from_.shapes) {
      ShapeCode code;
      code.input_count = row.input_count, code.constant_count = row.constant_count;
      for (auto node : rows_of(row.nodes, from_.nodes)) {
        auto const operands = operands_of(from_, node);
        code.operands.insert(code.operands.end(), operands.begin(), operands.end());
        node.operands = 0;
        code.nodes.push_back(node);
      }
      shapes_.push_back(to_.shape(code));
    }
  }

  void constant(std::uint32_t i) {
    auto row = from_.constants[i];
    std::vector<std::uint64_t> limbs;
    switch (row.kind) {
      case ConstantKind::Literal:
        if (row.width > 1) limbs.assign(from_.limbs.begin() + row.index, from_.limbs.begin() + row.index + row.width);
        break;
      case ConstantKind::Parameter: row.index = to(Ref<Parameter>{row.index}).index; break;
      case ConstantKind::Text:
      case ConstantKind::Given: row.index = to(TextRef{row.index}).index; break;
      case ConstantKind::ClassSet: row.index = to(Ref<ClassSet>{row.index}).index; break;
      // Its program uses earlier constants alone.
      case ConstantKind::Computed: row.index = use(row.index).index; break;
      case ConstantKind::AsOfDay:
      case ConstantKind::AsOfMonth:
      case ConstantKind::ApplicationYear:
      case ConstantKind::Undecided: break;
    }
    constants_.push_back(to_.constant(row, limbs));
  }

  Ref<Use> use(std::uint32_t i) {
    if (!uses_[i].has_value())
      uses_[i] = to_.use(moved(from_.uses[i]), members(from_.uses[i].inputs, from_.use_inputs),
                         members(from_.uses[i].constants, from_.use_constants));
    return uses_[i];
  }

  void derived(std::uint32_t i) {
    auto const& row = from_.derived[i];
    if (row.use.has_value()) use(row.use.index);
    columns_[row.column.index] =
        to_.derived(moved(from_.columns[row.column.index]), moved(row), members(row.keys, from_.derived_keys));
  }

  void explains() {
    auto& table = to_.explains();
    std::vector<std::uint32_t> forms, values;
    std::vector<bool> apart;
    TextRef file;
    bool of_own_file = false;
    for (auto const& form : from_.explains.forms()) {
      forms.push_back(table.form(moved(form)));
      if (!(form.file == file)) file = form.file, of_own_file = own_.contains(from_.text(file));
      apart.push_back(of_own_file);
    }
    for (auto const& value : from_.explains.values()) values.push_back(table.value(moved(value)));
    if (std::ranges::find(apart, false) == apart.end()) {
      first_explain_ = explanations_.add(from_, std::move(forms), std::move(values), texts_);
      return;
    }
    explains_.reserve(from_.explains.size());
    std::vector<ExplainChild> children;
    for (std::size_t i = 0; i < from_.explains.size(); ++i) {
      auto row = from_.explains.rows()[i];
      auto const form = row.form;
      children.clear();
      for (auto const& child : rows_of(from_.explains.children(i), from_.explain_children))
        children.push_back({explains_[child.node.index]});
      row.form = forms[form], row.value = values[row.value], row.text = to(row.text);
      auto const place = apart[form] ? to_.new_explain(row, children) : to_.explain(row, children);
      explains_.push_back({explanations_.place(place.index)});
    }
  }

  void policies() {
    first_part_ = static_cast<std::uint32_t>(to_.plan().parts.size());
    first_policy_ = static_cast<std::uint32_t>(to_.plan().policies.size());
    for (auto const& row : from_.policies)
      to_.policy(moved(row), members(row.parts, from_.parts), members(row.shares, from_.shares),
                 members(row.instalments, from_.instalments), members(row.alerts, from_.alerts));
    first_cohort_ = static_cast<std::uint32_t>(to_.plan().cohorts.size());
    for (auto const& row : from_.cohorts) to_.cohort(moved(row), members(row.keys, from_.cohort_keys));
    for (auto const& row : from_.cohort_values) to_.cohort_value(moved(row), members(row.tests, from_.place_tests));
    first_tally_ = static_cast<std::uint32_t>(to_.plan().tallies.size());
    for (auto const& row : from_.tallies) to_.tally(moved(row), members(row.keys, from_.tally_keys));
    for (auto const& row : from_.tally_values) to_.tally_value(moved(row), members(row.distinct, from_.tally_terms));
    for (auto const& row : from_.settles)
      to_.settle(moved(row), members(row.members, from_.settle_members), members(row.stages, from_.settle_stages));
  }

  Tables& to_;
  Fragment const& from_;
  std::span<TextRef const> texts_;
  Explanations& explanations_;
  std::unordered_set<std::string_view> const& own_;
  std::vector<Ref<Enumeration>> enumerations_;
  std::vector<Ref<Relation>> relations_;
  std::vector<Ref<Column>> columns_;
  std::vector<Ref<Parameter>> parameters_;
  std::vector<Ref<ReferenceTable>> reference_tables_;
  std::vector<Ref<ClassSet>> class_sets_;
  std::vector<Ref<Constant>> constants_;
  std::vector<Ref<Shape>> shapes_;
  std::vector<Ref<Use>> uses_;
  std::vector<Ref<Atom>> atoms_;
  std::vector<Ref<Condition>> conditions_;
  std::vector<Ref<Explain>> explains_;  // none: all lie one behind the other
  std::uint32_t first_explain_ = 0;
  std::uint32_t first_part_ = 0, first_policy_ = 0, first_cohort_ = 0, first_tally_ = 0;
};

}  // namespace

namespace {

// Both halves of every fragment in the order of fragments; by two threads, where there are two, each with its half.
void run_all(std::span<Carrier> carriers, std::size_t jobs) {
  std::atomic<std::size_t> done{0};
  auto const first_half = [&] {
    for (auto& carrier : carriers) carrier.run(), ++done, done.notify_one();
  };
  std::thread other;
  if (jobs > 1)
    other = std::thread(first_half);
  else
    first_half();
  for (std::size_t i = 0; i < carriers.size(); ++i) {
    for (auto ready = done.load(); ready <= i; ready = done.load()) done.wait(ready);
    carriers[i].run_rest();
  }
  if (other.joinable()) other.join();
}

}  // namespace

Result<Plan> link(std::span<Fragment const> fragments, std::size_t jobs) {
  Tables tables;
  auto merged = merge_texts(fragments, jobs);
  tables.set_texts(std::move(merged.texts));
  Explanations explanations(tables.explains());
  std::unordered_set<std::string_view> ids, own, others;
  for (auto const& fragment : fragments) {
    std::unordered_set<std::string_view> named;
    TextRef last;
    for (auto const& form : fragment.explains.forms())
      if (!(form.file == last)) last = form.file, named.insert(fragment.text(last));
    for (auto const file : named)
      if (!own.insert(file).second) others.insert(file);
  }
  for (auto const file : others) own.erase(file);
  own.erase(std::string_view());
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    auto const& fragment = fragments[i];
    if (i == 0) {
      tables.set_edition(fragment.edition);
      tables.set_code_tables(fragment.code_tables);
    } else if (fragment.edition != fragments[0].edition || fragment.code_tables != fragments[0].code_tables) {
      return Error{ErrorKind::Environment,
                   "these files were lowered for different editions of the language or of the code tables"};
    }
    for (auto const& policy : fragment.policies)
      if (!ids.insert(fragment.text(policy.id)).second)
        return Error{ErrorKind::Rules, "政策编号 " + std::string(fragment.text(policy.id)) + " 用了两次"};
  }
  std::vector<Carrier> carriers;
  for (std::size_t i = 0; i < fragments.size(); ++i)
    carriers.emplace_back(tables, fragments[i], merged.places_of(i), explanations, own);
  run_all(carriers, jobs);
  auto plan = tables.finish();
  if (plan) explanations.write(*plan, jobs);
  return plan;
}

}  // namespace huiyu::lower
