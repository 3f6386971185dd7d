#include "tests/bench/province/reference/block.h"

#include <cstring>

namespace huiyu::reference {
namespace {

constexpr std::uint16_t no_slot = 65'535;

void set_bit(std::uint8_t* bits, int i) { reinterpret_cast<std::uint64_t*>(bits)[i >> 6] |= 1ULL << (i & 63); }

}  // namespace

Block::Bytes Block::bytes(std::size_t count) {
  constexpr std::size_t page = 4096;
  return Bytes(static_cast<std::uint8_t*>(std::aligned_alloc(page, (count / page + 1) * page)));
}

Block::Block(Workload const& workload, Codes const& codes, CodedAtoms const& coded, std::size_t most_atoms)
    : workload_(workload),
      codes_(codes),
      coded_(coded),
      block_codes_(bytes(static_cast<std::size_t>(codes.bytes))),
      atoms_(bytes(block_bytes * most_atoms)),
      stamps_(most_atoms),
      column_stamps_(codes.columns.size()),
      slots_(workload.columns.size()),
      first_slots_(workload.columns.size()) {
  std::size_t slots = 0;
  for (auto const& column : workload.columns)
    if (column.is_list) slots += static_cast<std::size_t>(column.dictionary_size) + 1;
  tags_ = bytes(block_bytes * slots);
}

void Block::enter(CountyPlan const& plan) {
  plan_ = &plan;
  std::size_t first = 0;
  for (std::size_t c = 0; c < slots_.size(); ++c) {
    if (!workload_.columns[c].is_list) continue;
    slots_[c].assign(workload_.columns[c].dictionary_size, no_slot);
    for (std::size_t slot = 0; slot < plan.tags[c].size(); ++slot)
      slots_[c][plan.tags[c][slot]] = static_cast<std::uint16_t>(slot);
    first_slots_[c] = first;
    first += plan.tags[c].size() + 1;
  }
}

void Block::make_tags() {
  for (std::size_t c = 0; c < slots_.size(); ++c) {
    auto const& column = workload_.columns[c];
    if (!column.is_list) continue;
    auto const count = plan_->tags[c].size();
    auto* const bits = &tags_[first_slots_[c] * block_bytes];
    std::memset(bits, 0, block_bytes * (count + 1));
    for (int i = 0; i < count_; ++i) {
      if (column.lengths[record_ + i] >= 0) set_bit(bits + block_bytes * count, i);
      for (auto k = column.starts[record_ + i]; k < column.starts[record_ + i + 1]; ++k)
        if (auto const slot = slots_[c][column.tags[k]]; slot != no_slot) set_bit(bits + block_bytes * slot, i);
    }
  }
  tags_made_ = true;
}

void Block::make(std::uint32_t number) {
  auto const& atom = plan_->atoms[number];
  auto* const out = &atoms_[static_cast<std::size_t>(number) * block_bytes];
  if (atom.is_tag()) {
    if (!tags_made_) make_tags();
    auto const first = first_slots_[atom.column];
    auto const has = Bits::load(&tags_[(first + atom.low) * block_bytes]);
    auto const known = Bits::load(&tags_[(first + plan_->tags[atom.column].size()) * block_bytes]);
    return (atom.shape == CodedAtom::Shape::Tag ? has : known.without(has)).store(out);
  }
  if (atom.shape == CodedAtom::Shape::Never) return Bits::none().store(out);
  if (counts != nullptr) ++(*counts)[atom.column];
  auto* const words = reinterpret_cast<std::uint64_t*>(out);
  if (atom.raw >= 0 && !plan_->compare_raw.empty() && plan_->compare_raw[atom.column] != 0)
    return coded_.evaluate_raw(atom.raw, record_, count_, words);
  if (column_stamps_[atom.column] != stamp_) {
    column_stamps_[atom.column] = stamp_;
    codes_.encode(atom.column, record_, count_, block_codes_.get());
  }
  coded_.evaluate(atom, block_codes_.get(), words);
}

Bits Block::group(std::uint32_t const* node, Bits in) {
  auto const word = *node;
  if ((word & group_bits) == 0) return in & bits(word >> 2);
  auto const* const end = node + node[1];
  if (word == and_group) {
    for (auto const* child = node + 2; child < end; child = after(child)) {
      in = group(child, in);
      if (in.empty()) break;
    }
    return in;
  }
  auto found = Bits::none();
  for (auto const* child = node + 2; child < end; child = after(child)) {
    auto const here = group(child, in);
    found = found | here;
    in = in.without(here);
    if (in.empty()) break;
  }
  return found;
}

void Block::match(CountyPlan const& plan, std::size_t record, int count, std::vector<Match>& out) {
  record_ = record;
  count_ = count;
  ++stamp_;
  tags_made_ = false;
  if (plan_ != &plan) enter(plan);
  alignas(64) std::uint8_t everybody[block_bytes] = {};
  for (int i = 0; i < count; ++i) set_bit(everybody, i);
  auto const all = Bits::load(everybody);
  for (std::size_t p = 0; p < plan.policies.size(); ++p) {
    auto const *node = &plan.words[plan.begins[p]], *const end = plan.words.data() + plan.begins[p + 1];
    auto const* const groups = node + 1 + *node;
    auto left = all;
    for (++node; node < groups && !left.empty(); ++node) left = left & bits(*node);
    for (; node < end && !left.empty(); node = after(node)) left = group(node, left);
    if (left.empty()) continue;
    alignas(64) std::uint64_t words[block_words];
    left.store(words);
    for_each_bit(words, [&](int i) { out.emplace_back(plan.policies[p], static_cast<std::uint32_t>(record + i)); });
  }
}

}  // namespace huiyu::reference
