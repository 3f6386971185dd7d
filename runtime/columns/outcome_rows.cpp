#include "runtime/columns/outcome_rows.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "runtime/base/check.h"

namespace huiyu {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;
constexpr std::size_t most_piece_bytes = std::size_t{1} << 24;

}  // namespace

void RunMemory::Free::operator()(std::byte* memory) const { std::free(memory); }

void* RunMemory::take(std::size_t bytes) {
  bytes = (bytes + 7) / 8 * 8;
  if (bytes > left_) {
    auto const wanted = std::max(bytes, piece_bytes_);
    bool const is_great = wanted >= huge_page;
    auto const size = is_great ? (wanted + huge_page - 1) / huge_page * huge_page : wanted;
    auto* piece = static_cast<std::byte*>(is_great ? std::aligned_alloc(huge_page, size) : std::malloc(size));
    if (piece == nullptr) throw std::bad_alloc();
    pieces_.emplace_back(piece);
#ifdef __linux__
    // One fault for two megabytes; where the system has no such pages nothing is lost.
    if (is_great) (void)madvise(piece, size, MADV_HUGEPAGE);
#endif
    next_ = piece;
    left_ = size;
    piece_bytes_ = std::min(piece_bytes_ * 2, most_piece_bytes);
  }
  auto* taken = next_;
  next_ += bytes;
  left_ -= bytes;
  return taken;
}

void RunMemory::append(RunMemory other) {
  pieces_.insert(pieces_.end(), std::make_move_iterator(other.pieces_.begin()),
                 std::make_move_iterator(other.pieces_.end()));
}

std::size_t OutcomeRows::Hash::operator()(Note const& note) const {
  auto const low = note.value | std::uint64_t{note.needs} << 32;
  auto const high = note.besides | std::uint64_t{static_cast<std::uint8_t>(note.outcome)} << 32 |
                    std::uint64_t{note.has_amount} << 40;
  return static_cast<std::size_t>((low * 0x9E3779B97F4A7C15U ^ high) * 0xFF51AFD7ED558CCDU >> 7);
}

void OutcomeRows::set_note(Note const& note) {
  // Hardly any two pairs share what few have, so it is not looked for.
  auto const place = static_cast<std::uint32_t>(listed_.size());
  auto const [found, fresh] = note.besides != 0 ? std::pair(places_.end(), true) : places_.try_emplace(note, place);
  note_ = note;
  note_at_ = fresh ? place : found->second;
  if (fresh) listed_.push_back(note);
}

void OutcomeRows::close() {
  if (open_.empty()) return;
  auto const before = [](Loose const& a, Loose const& b) { return a.row < b.row; };
  if (order_ == Order::Any && !std::is_sorted(open_.begin(), open_.end(), before)) sort_open();
  add_run();
}

void OutcomeRows::add_run() {
  auto const write = [&]<class Narrow>(Narrow, auto number_of) {
    auto* to = static_cast<Narrow*>(memory_.take(open_.size() * sizeof(Narrow)));
    for (std::size_t i = 0; i < open_.size(); ++i) to[i] = static_cast<Narrow>(number_of(open_[i]));
    return to;
  };
  auto least = open_.front().note, most = least;
  std::uint64_t amounts = 0;
  bool rises = true;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    least = std::min(least, open_[i].note), most = std::max(most, open_[i].note);
    amounts |= static_cast<std::uint64_t>(open_[i].amount);
    rises &= i == 0 || open_[i - 1].row < open_[i].row;
  }
  Run run;
  run.policy = policy_;
  run.count = static_cast<std::uint32_t>(open_.size());
  run.first_note = least;
  run.rises = rises;
  run.rows = write(std::uint32_t{}, [](Loose const& one) { return one.row; });
  auto const amount_of = [](Loose const& one) { return one.amount; };
  auto const note_of = [&](Loose const& one) { return one.note - least; };
  if (amounts > std::numeric_limits<std::uint32_t>::max())
    run.amounts = {write(std::int64_t{}, amount_of), 8};
  else if (amounts != 0)
    run.amounts = {write(std::uint32_t{}, amount_of), 4};
  if (most - least > std::numeric_limits<std::uint16_t>::max())
    run.notes = {write(std::uint32_t{}, note_of), 4};
  else if (most != least)
    run.notes = {write(std::uint16_t{}, note_of), 2};
  runs_.push_back(run);
  closed_ += open_.size();
  ends_.push_back(closed_);
  open_.clear();
}

OutcomeRow OutcomeRows::row_of(Run const& run, std::size_t at) const {
  auto const& note = listed_[run.first_note + static_cast<std::size_t>(run.notes[at])];
  return {run.amounts[at], run.rows[at], run.policy,   note.value,
          note.needs,      note.besides, note.outcome, note.has_amount};
}

OutcomeRows::iterator OutcomeRows::begin() const { return {*this, 0, 0}; }
OutcomeRows::iterator OutcomeRows::end() const { return {*this, runs_.size(), 0}; }

OutcomeRows::iterator OutcomeRows::from(std::size_t at) const {
  if (at >= size()) return end();
  auto const run = static_cast<std::size_t>(std::upper_bound(ends_.begin(), ends_.end(), at) - ends_.begin());
  return {*this, run, at - (run == 0 ? 0 : ends_[run - 1])};
}

OutcomeRow OutcomeRows::operator[](std::size_t at) const { return *from(at); }

void OutcomeRows::renumber(std::span<std::int64_t const> rows) {
  close();
  for (auto& run : runs_) {
    for (std::size_t i = 0; i < run.count; ++i) run.rows[i] = static_cast<std::uint32_t>(rows[run.rows[i]]);
    run.rises = std::is_sorted(run.rows, run.rows + run.count);
  }
}

void OutcomeRows::shift(std::uint32_t values, std::uint32_t needs, std::uint32_t besides) {
  places_.clear();
  for (auto& note : listed_) {
    if (note.value != 0) note.value += values;
    if (note.needs != 0) note.needs += needs;
    if (note.besides != 0) note.besides += besides;
  }
}

void OutcomeRows::loosen(Run const& run) {
  for (std::size_t i = 0; i < run.count; ++i)
    open_.push_back({run.rows[i], run.first_note + static_cast<std::uint32_t>(run.notes[i]), run.amounts[i]});
}

// By row. A pair occurs once, so rows that lie close are put in their places; nothing is compared.
void OutcomeRows::sort_open() {
  constexpr std::size_t close = 16;
  auto const before = [](Loose const& a, Loose const& b) { return a.row < b.row; };
  auto const [least, most] = std::minmax_element(open_.begin(), open_.end(), before);
  auto const first = least->row;
  auto const range = std::size_t{most->row} - first + 1;
  if (range > open_.size() * close) return std::sort(open_.begin(), open_.end(), before);
  places_of_open_.assign(range, 0);  // 0: none
  for (std::uint32_t i = 0; i < open_.size(); ++i) places_of_open_[open_[i].row - first] = i + 1;
  sorted_.clear();
  for (auto const place : places_of_open_)
    if (place != 0) sorted_.push_back(open_[place - 1]);
  open_.swap(sorted_);
}

void OutcomeRows::put_in_order(std::size_t policies) {
  auto const begins_before = [](Run const& a, Run const& b) { return a.rows[0] < b.rows[0]; };
  auto const rises = [](Run const& run) { return run.rises; };
  std::vector<std::size_t> next(policies + 1, 0);
  for (auto const& run : runs_) ++next[run.policy + 1];
  for (std::size_t policy = 0; policy < policies; ++policy) next[policy + 1] += next[policy];
  std::vector<Run> sorted(runs_.size());
  for (auto const& run : runs_) sorted[next[run.policy]++] = run;
  runs_.clear(), ends_.clear(), closed_ = 0;
  for (std::size_t from = 0, to = 0; from < sorted.size(); from = to) {
    while (to < sorted.size() && sorted[to].policy == sorted[from].policy) ++to;
    auto const of = std::span(sorted).subspan(from, to - from);
    bool const all_rise = std::all_of(of.begin(), of.end(), rises);
    if (!std::is_sorted(of.begin(), of.end(), begins_before)) std::sort(of.begin(), of.end(), begins_before);
    for (std::size_t i = 0, end = 0; i < of.size(); i = end) {
      // Runs that reach into each other become one.
      auto const last = [](Run const& run) { return run.rows[run.count - 1]; };
      auto reach = last(of[i]);
      for (end = i + 1; end < of.size() && (!all_rise || of[end].rows[0] < reach); ++end)
        reach = std::max(reach, last(of[end]));
      if (end == i + 1 && of[i].rises) {
        runs_.push_back(of[i]);
        closed_ += of[i].count;
        ends_.push_back(closed_);
        continue;
      }
      for (auto k = i; k < end; ++k) loosen(of[k]);
      policy_ = of[i].policy;
      sort_open();
      add_run();
    }
  }
}

OutcomeRows OutcomeRows::join(std::vector<OutcomeRows> lists, std::size_t policies) {
  OutcomeRows all;
  for (auto& list : lists) {
    list.close();
    HUIYU_CHECK(all.listed_.size() + list.listed_.size() < std::numeric_limits<std::uint32_t>::max(),
                "more results of one batch than 32 bits count");
    auto const shift = static_cast<std::uint32_t>(all.listed_.size());
    all.listed_.insert(all.listed_.end(), list.listed_.begin(), list.listed_.end());
    for (auto run : list.runs_) {
      run.first_note += shift;
      all.runs_.push_back(run);
    }
    all.memory_.append(std::move(list.memory_));
  }
  all.put_in_order(policies);
  return all;
}

}  // namespace huiyu
