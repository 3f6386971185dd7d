#pragma once

// The rows of a batch that are worked on at once: facts decoded, derived values computed and atoms tested when first
// asked for.
//
// One Block serves one thread and goes from block to block; its memory stays.

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/engine/bind.h"
#include "runtime/engine/fact_tests.h"
#include "runtime/engine/native_run.h"
#include "runtime/engine/planes.h"
#include "runtime/genes/row_loops.h"

namespace huiyu::engine {

// A column over the rows of a block: limbs, and how each row stands (kernel.h).
struct ColumnView {
  std::int64_t const* values = nullptr;
  std::uint8_t const* states = nullptr;
};

class Block {
 public:
  // `native` may be null: everything is interpreted. All arguments must outlive
  // the block.
  Block(BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
        FunctionTable const* native, genes::Kernels const& kernels);

  // Goes to other rows of the batch.
  void start(std::int64_t begin, std::int64_t rows);
  // Goes to chosen rows of the batch, rising, which must stay where they are.
  void select(std::span<std::uint32_t const> rows);
  // Goes to another batch of the same layout. From then on rows are chosen, never started.
  void move_to(columns::Batch const& batch);

  // Which row of the batch a row of the block is, and the other way about.
  std::int64_t batch_row(std::int64_t row) const { return relations_[subject_.index].at(row); }
  std::int64_t block_row(std::int64_t batch_row) const;
  std::int64_t rows() const { return relations_[subject_.index].rows; }
  std::int64_t words() const { return words_for(rows()); }

  // A column of the subject, or of the items that the block's records own.
  ColumnView column(plan::Ref<plan::Column> column);
  // The stored integer of a derived column of the subject at a row of the block, where the block has computed it, it is
  // known and it has one limb.
  std::optional<std::int64_t> computed(plan::Ref<plan::Column> column, std::int64_t row) const;
  // A test of a column of the subject.
  Planes atom(plan::Ref<plan::Atom> atom);
  // Where a literal certainly holds.
  void certainly(plan::Ref<plan::Atom> atom, bool negated, std::uint64_t* out);
  // Of rows that follow each other: facts tested where they lie.
  FactTests& facts() { return facts_; }
  // A condition on the subject; `none` always holds.
  void condition(plan::Ref<plan::Condition> condition, PlaneTarget out, std::uint32_t depth = 0);

  // Runs a formula on dense inputs, one for each slot.
  void run(plan::Ref<plan::Use> use, ColumnView const* inputs, std::int64_t rows, std::int64_t* out,
           std::uint8_t* out_states);

  // The text that a value of a text column stands for.
  std::string_view text(plan::Ref<plan::Column> column, std::int64_t stored);

 private:
  // The rows of a relation that belong to the block. Items of one record are consecutive.
  struct RelationRows {
    std::uint64_t stamp = 0;
    columns::Batch const* batch = nullptr;  // null: no record of the batch has such a list
    std::int64_t begin = 0, rows = 0;
    bool chosen = false;              // not those from `begin` on, but `picks`
    std::vector<std::int64_t> picks;  // places in the batch
    // Items: where each owner's begin, from 0, and the end.
    struct Starts {
      std::int64_t const* at = nullptr;
      std::int64_t first = 0;
      std::int64_t operator[](std::int64_t owner) const { return at[owner] - first; }
    } starts;
    std::int64_t owner_count = 0;
    std::vector<std::int64_t> own_starts;  // where they are not the batch's
    std::uint64_t owners_stamp = 0;
    std::vector<std::int64_t> owners;  // those that have items, if somebody has asked
    std::int64_t at(std::int64_t row) const { return chosen ? picks[static_cast<std::size_t>(row)] : begin + row; }
  };
  struct ColumnState {
    std::uint64_t stamp = 0;
    ColumnView view;
    std::vector<std::int64_t> values;
    std::vector<std::uint8_t> states;
  };
  struct AtomState {
    std::uint64_t stamp = 0;
    PlaneTarget planes;
    std::vector<std::uint64_t> words;
  };
  // Values that a derived column writes.
  struct Out {
    std::int64_t* values;
    std::uint8_t* states;
    std::int64_t rows;
  };

  RelationRows const& relation(plan::Ref<plan::Relation> relation);
  // The block's records that have items of the relation, which has been asked for.
  std::vector<std::int64_t> const& owners(plan::Ref<plan::Relation> relation);
  Out room(plan::Ref<plan::Column> column);
  std::int64_t text_code(std::string const& text);
  // text_code of each text of an input column's dictionary.
  std::vector<std::int64_t> const& text_codes(plan::Ref<plan::Column> column);
  std::int64_t text_index(plan::Ref<plan::Column> column, plan::TextRef text);
  columns::Column const* data(plan::Ref<plan::Column> column);

  // decode.cpp
  void decode_chosen(columns::Column const& column, RelationRows const& rows, Out const& out);
  void decode(plan::Ref<plan::Column> column);
  void decode_given(plan::Ref<plan::Column> column);
  // derived.cpp
  void derive(plan::Ref<plan::Column> column);
  void derive_program(plan::Derived const& derived);
  void derive_gather(plan::Derived const& derived);
  void derive_series_at(plan::Derived const& derived);
  void derive_set_contains(plan::Derived const& derived);
  void derive_text_is(plan::Derived const& derived);
  void derive_text_code(plan::Derived const& derived);
  void derive_lookup(plan::Derived const& derived);
  // aggregate.cpp
  void aggregate(plan::Derived const& derived);
  // atoms.cpp
  void from_memory(AtomTests::Test const& test, PlaneTarget out);
  bool from_computed(plan::Atom const& atom, BoundAtom const& bounds, PlaneTarget out);
  void test_interval(plan::Atom const& atom, BoundAtom const& bounds);
  void test_quotient(plan::Atom const& atom, BoundAtom const& bounds);
  void test_classes(plan::Atom const& atom);
  void test_tag(plan::Atom const& atom);
  // combine.cpp
  void join(plan::Condition const& condition, PlaneTarget out, std::uint32_t depth);
  void count_members(plan::Condition const& condition, PlaneTarget out, std::uint32_t depth);
  Planes literal(plan::Condition const& condition, PlaneTarget room);
  PlaneTarget level(std::uint32_t depth);

  BoundPlan const& bound_;
  plan::Plan const& plan_;
  plan::Ref<plan::Relation> subject_;
  FunctionTable const* native_;
  genes::Kernels const& kernels_;
  genes::RowLoops const& loops_;
  FactTests facts_;  // of rows that follow each other
  std::uint64_t stamp_ = 0;
  std::vector<RelationRows> relations_;
  std::vector<ColumnState> columns_;
  std::vector<AtomState> atoms_;
  std::vector<std::vector<std::uint64_t>> levels_;
  std::vector<std::uint8_t> truth_bytes_, state_bytes_;
  std::vector<ColumnView> inputs_;
  std::vector<std::int64_t const*> input_values_;
  std::vector<std::uint8_t const*> input_states_;
  std::unordered_map<std::uint64_t, std::int64_t> text_indexes_;  // column and text → place in the dictionary
  std::unordered_map<std::uint32_t, std::vector<std::int64_t>> text_codes_;  // by column
  std::unordered_map<std::string, std::int64_t> other_texts_;                // those that the plan does not hold
  std::vector<std::string const*> other_text_of_;                            // by code past the plan's texts
  Scratch scratch_;
  NativeRoom native_room_;
};

}  // namespace huiyu::engine
