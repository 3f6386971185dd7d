// A Plan under construction: equal rows are stored once. Lowering fills one for a file, linking one for a release.
//
// INVARIANT (two halves): conditions, explanations and policies share nothing with the other tables, so that two
// threads may add to the two halves. INVARIANT (first come): a row's position is the order in which it was first asked
// for, so the same questions in the same order give the same plan. Content hashes (columns, atoms) come from names and
// values, never from positions nor from an enumerator's number.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/lower/key_index.h"
#include "runtime/base/result.h"
#include "runtime/plan/plan.h"

namespace huiyu::lower {

// A shape before its rows have places: operands lie one after the other, as each node's count says.
struct ShapeCode {
  std::vector<plan::Node> nodes;
  std::vector<std::uint32_t> operands;
  std::uint32_t input_count = 0, constant_count = 0;
};

class Tables {
 public:
  plan::Plan const& plan() const { return plan_; }
  // Hands the plan over; an error if two files say different things of one field.
  Result<plan::Plan> finish();

  void set_code_tables(std::string name) { plan_.code_tables = std::move(name); }
  void set_edition(std::string name) { plan_.edition = std::move(name); }

  // All texts at once, instead of asking for one after the other.
  void set_texts(plan::Texts texts) { plan_.texts = std::move(texts); }
  // The empty text is no text.
  plan::TextRef text(std::string_view text);
  plan::Ref<plan::Enumeration> enumeration(plan::TextRef name, std::span<plan::TextRef const> entries, bool ordered);
  plan::Ref<plan::Relation> relation(plan::TextRef name, plan::RelationKind kind, plan::Ref<plan::Relation> parent);
  void set_owner(plan::Ref<plan::Relation> items, plan::Ref<plan::Column> field);
  void set_key(plan::Ref<plan::Relation> relation, plan::Ref<plan::Column> key);
  // An input column; `id`, `items` and `series_from` are filled in here or later.
  plan::Ref<plan::Column> input(plan::Column column);
  void set_series_from(plan::Ref<plan::Column> series, plan::Ref<plan::Column> from) {
    plan_.columns[series.index].series_from = from;
  }
  // Once for each column that is read of another record.
  void reference(plan::Reference reference);
  // A derived column; the rows refer to each other as soon as they have places.
  plan::Ref<plan::Column> derived(plan::Column column, plan::Derived row, std::span<plan::DerivedKey const> keys = {});

  plan::Ref<plan::Parameter> parameter(plan::Parameter parameter, std::span<plan::ParameterValue const> values);
  plan::Ref<plan::ReferenceTable> reference_table(plan::ReferenceTable table, std::span<plan::ReferenceKey const> keys,
                                                  std::span<std::vector<plan::ReferenceValue> const> row_keys,
                                                  std::span<std::int64_t const> row_values);
  plan::Ref<plan::ClassSet> class_set(std::span<plan::Interval const> certain,
                                      std::span<plan::Interval const> possible);
  // `limbs`: of a Literal wider than one limb.
  plan::Ref<plan::Constant> constant(plan::Constant constant, std::span<std::uint64_t const> limbs = {});
  plan::Ref<plan::Shape> shape(ShapeCode const& code);
  plan::Ref<plan::Use> use(plan::Use use, std::span<plan::UseInput const> inputs,
                           std::span<plan::UseConstant const> constants);
  plan::Ref<plan::Atom> atom(plan::Atom atom);
  plan::Ref<plan::Condition> condition(plan::Condition condition, std::span<plan::ConditionMember const> members = {});
  plan::Ref<plan::Explain> explain(plan::Explain explain, std::span<plan::ExplainChild const> children = {});
  // The same of a row in parts; `row.form` and `row.value` are those of this plan's table.
  plan::ExplainTable& explains() { return plan_.explains; }
  plan::Ref<plan::Explain> explain(plan::ExplainRow row, std::span<plan::ExplainChild const> children);
  // Of one that is known to equal no other.
  plan::Ref<plan::Explain> new_explain(plan::ExplainRow row, std::span<plan::ExplainChild const> children);

  // Policies are never merged: each stands once.
  void policy(plan::Policy policy, std::span<plan::Part const> parts, std::span<plan::Share const> shares,
              std::span<plan::Instalment const> instalments, std::span<plan::Alert const> alerts);
  plan::Ref<plan::Cohort> cohort(plan::Cohort cohort, std::span<plan::CohortKey const> keys);
  plan::Ref<plan::Tally> tally(plan::Tally tally, std::span<plan::TallyKey const> keys);
  void tally_value(plan::TallyValue value, std::span<plan::TallyTerm const> distinct);
  void cohort_value(plan::CohortValue value, std::span<plan::PlaceTest const> tests);
  void settle(plan::Settle settle, std::span<plan::SettleMember const> members,
              std::span<plan::SettleStage const> stages);

 private:
  static Hash128 hash_of(ShapeCode const& code);
  Hash128 hash_of(plan::Ref<plan::Constant> constant) const;
  Hash128 hash_of(plan::Ref<plan::Use> use) const;
  Hash128 hash_of(plan::Ref<plan::ClassSet> set) const;
  Hash128 hash_of(plan::Ref<plan::ReferenceTable> table) const;
  void add_value(HashBuilder& hash, plan::ValueKind kind, std::int64_t value, bool of_texts) const;
  Hash128 texts_of(plan::ClassSet const& set) const;
  Hash128 path_hash(plan::Ref<plan::Relation> relation) const;

  // What a row is found by, until the next is asked for.
  template <class... Parts> std::string_view key(Parts const&... parts);

  plan::Plan plan_;
  std::string key_, condition_key_;
  PlaceIndex texts_, explains_;
  KeyIndex enumerations_, relations_, inputs_, derived_, parameters_, reference_tables_, class_sets_, constants_,
      shapes_, uses_, atoms_, conditions_;
  std::string conflict_;
};

}  // namespace huiyu::lower
