#include "runtime/engine/block.h"

#include <algorithm>
#include <numeric>

#include "runtime/base/check.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {

Block::Block(BoundPlan const& bound, columns::Batch const& batch, plan::Ref<plan::Relation> subject,
             FunctionTable const* native, genes::Kernels const& kernels)
    : bound_(bound),
      plan_(*bound.plan),
      subject_(subject),
      native_(native),
      kernels_(kernels),
      loops_(genes::row_loops(kernels)),
      facts_(bound, *bound.atom_tests[subject.index], batch, kernels) {
  relations_.resize(plan_.relations.size());
  columns_.resize(plan_.columns.size());
  atoms_.resize(plan_.atoms.size());
  relations_[subject.index].batch = &batch;
  HUIYU_CHECK(batch.columns.size() == bound.places.of_relation[subject.index].size(), "a batch of another layout");
}

void Block::start(std::int64_t begin, std::int64_t rows) {
  ++stamp_;
  auto& root = relations_[subject_.index];
  root.stamp = stamp_;
  root.begin = begin;
  root.rows = rows;
  root.chosen = false;
  facts_.start(begin, rows);
}

void Block::select(std::span<std::uint32_t const> rows) {
  ++stamp_;
  auto& root = relations_[subject_.index];
  root.stamp = stamp_;
  root.rows = static_cast<std::int64_t>(rows.size());
  root.chosen = true;
  root.picks.assign(rows.begin(), rows.end());
}

void Block::move_to(columns::Batch const& batch) {
  HUIYU_CHECK(batch.columns.size() == bound_.places.of_relation[subject_.index].size(), "a batch of another layout");
  relations_[subject_.index].batch = &batch;
  text_indexes_.clear();
  text_codes_.clear();
  other_texts_.clear();
  other_text_of_.clear();
}

std::int64_t Block::block_row(std::int64_t batch_row) const {
  auto const& root = relations_[subject_.index];
  if (!root.chosen) return batch_row - root.begin;
  return std::lower_bound(root.picks.begin(), root.picks.end(), batch_row) - root.picks.begin();
}

Block::RelationRows const& Block::relation(plan::Ref<plan::Relation> ref) {
  auto& rows = relations_[ref.index];
  if (rows.stamp == stamp_) return rows;
  auto const& described = plan_.relations[ref.index];
  HUIYU_CHECK(described.parent.has_value(), "a column of records that the block does not hold");
  auto const& owner = relation(described.parent);
  auto const* list =
      owner.batch == nullptr
          ? nullptr
          : &owner.batch->columns[static_cast<std::size_t>(bound_.columns[described.owner_field.index].place)];
  rows.stamp = stamp_;
  rows.owner_count = owner.rows;
  rows.batch = list == nullptr ? nullptr : list->items.get();
  rows.begin = rows.rows = 0;
  rows.chosen = owner.chosen;
  if (rows.batch != nullptr && !owner.chosen) {
    rows.starts = {list->starts.data() + owner.begin, list->starts[static_cast<std::size_t>(owner.begin)]};
    rows.begin = rows.starts.first;
    rows.rows = rows.starts[owner.rows];
    return rows;
  }
  rows.own_starts.assign(static_cast<std::size_t>(owner.rows) + 1, 0);
  rows.starts = {rows.own_starts.data(), 0};
  if (rows.batch == nullptr) return rows;
  for (std::int64_t row = 0; row < owner.rows; ++row) {
    auto const* starts = list->starts.data() + owner.at(row);
    rows.own_starts[static_cast<std::size_t>(row) + 1] = rows.starts[row] + starts[1] - starts[0];
  }
  rows.rows = rows.starts[owner.rows];
  rows.picks.resize(static_cast<std::size_t>(rows.rows));
  for (std::int64_t row = 0; row < owner.rows; ++row)
    std::iota(rows.picks.begin() + rows.starts[row], rows.picks.begin() + rows.starts[row + 1],
              list->starts[static_cast<std::size_t>(owner.at(row))]);
  return rows;
}

std::vector<std::int64_t> const& Block::owners(plan::Ref<plan::Relation> ref) {
  auto& rows = relations_[ref.index];
  if (rows.owners_stamp == stamp_) return rows.owners;
  rows.owners_stamp = stamp_;
  // No branch asks whether an owner has items: nobody could guess.
  rows.owners.resize(static_cast<std::size_t>(rows.owner_count));
  std::size_t found = 0;
  for (std::int64_t row = 0; row < rows.owner_count; ++row) {
    rows.owners[found] = row;
    found += rows.starts[row] != rows.starts[row + 1] ? 1 : 0;
  }
  rows.owners.resize(found);
  return rows.owners;
}

Block::Out Block::room(plan::Ref<plan::Column> ref) {
  auto const& column = plan_.columns[ref.index];
  auto const rows = relation(column.relation).rows;
  auto& state = columns_[ref.index];
  // Whole words of rows: tests read 64 at a time.
  auto const wanted = static_cast<std::size_t>(words_for(rows) * 64);
  if (state.states.size() < wanted) {
    state.values.resize(wanted * column.width);
    state.states.resize(wanted);
  }
  state.view = {state.values.data(), state.states.data()};
  return {state.values.data(), state.states.data(), rows};
}

ColumnView Block::column(plan::Ref<plan::Column> ref) {
  auto& state = columns_[ref.index];
  if (state.stamp == stamp_) return state.view;
  switch (bound_.columns[ref.index].origin) {
    case Origin::Stated: decode(ref); break;
    case Origin::Given:
    case Origin::GivenNumerator:
    case Origin::GivenDenominator: decode_given(ref); break;
    case Origin::Derived: derive(ref); break;
  }
  state.stamp = stamp_;
  return state.view;
}

std::optional<std::int64_t> Block::computed(plan::Ref<plan::Column> ref, std::int64_t row) const {
  auto const& state = columns_[ref.index];
  auto const& column = plan_.columns[ref.index];
  bool const here = state.stamp == stamp_ && column.relation == subject_ && column.width == 1 &&
                    column.role == plan::ColumnRole::Derived;
  if (!here || state.view.states[row] != state::known) return std::nullopt;
  return state.view.values[row];
}

columns::Column const* Block::data(plan::Ref<plan::Column> ref) {
  auto const& rows = relation(plan_.columns[ref.index].relation);
  return rows.batch == nullptr ? nullptr
                               : &rows.batch->columns[static_cast<std::size_t>(bound_.columns[ref.index].place)];
}

std::string_view Block::text(plan::Ref<plan::Column> ref, std::int64_t stored) {
  auto const place = static_cast<std::size_t>(stored);
  if (plan_.columns[ref.index].role == plan::ColumnRole::Input) return data(ref)->texts[place];
  return place < plan_.texts.size() ? plan_.texts[place]
                                    : std::string_view(*other_text_of_[place - plan_.texts.size()]);
}

std::int64_t Block::text_code(std::string const& text) {
  if (auto const known = bound_.text_places.find(text); known != bound_.text_places.end()) return known->second;
  auto const next = static_cast<std::int64_t>(plan_.texts.size() + other_text_of_.size());
  auto const [found, fresh] = other_texts_.try_emplace(text, next);
  if (fresh) other_text_of_.push_back(&found->first);
  return found->second;
}

std::vector<std::int64_t> const& Block::text_codes(plan::Ref<plan::Column> ref) {
  auto const [found, fresh] = text_codes_.try_emplace(ref.index);
  auto const* column = fresh ? data(ref) : nullptr;
  if (column != nullptr)
    for (auto const& text : column->texts) found->second.push_back(text_code(text));
  return found->second;
}

// Where a text stands in the dictionary of a column's batch; −1: no record has it.
std::int64_t Block::text_index(plan::Ref<plan::Column> ref, plan::TextRef text) {
  auto const key = (std::uint64_t{ref.index} << 32) | text.index;
  if (auto const found = text_indexes_.find(key); found != text_indexes_.end()) return found->second;
  std::int64_t index = -1;
  if (auto const* column = data(ref)) {
    auto const found = std::find(column->texts.begin(), column->texts.end(), plan_.text(text));
    if (found != column->texts.end()) index = found - column->texts.begin();
  }
  text_indexes_.emplace(key, index);
  return index;
}

void Block::run(plan::Ref<plan::Use> ref, ColumnView const* inputs, std::int64_t rows, std::int64_t* out,
                std::uint8_t* out_states) {
  auto const& use = bound_.uses[ref.index];
  auto const& program = bound_.shapes[use.shape];
  input_values_.resize(program.input_count);
  input_states_.resize(program.input_count);
  for (std::size_t slot = 0; slot < program.input_count; ++slot) {
    input_values_[slot] = inputs[slot].values;
    input_states_[slot] = inputs[slot].states;
  }
  KernelArguments arguments;
  arguments.row_count = rows;
  arguments.inputs = input_values_.data();
  arguments.input_states = input_states_.data();
  arguments.constants = bound_.limbs.data() + use.first_limb;
  arguments.constant_states = bound_.limb_states.data() + use.first_state;
  arguments.class_tables = bound_.class_tables.data();
  arguments.out = out;
  arguments.out_states = out_states;
  auto const kernel = native_ != nullptr && use.shape < native_->kernels.size() ? native_->kernels[use.shape] : nullptr;
  if (kernel == nullptr || !run_native(kernel, program, arguments, native_room_))
    interpret(program, arguments, scratch_);
}

}  // namespace huiyu::engine
