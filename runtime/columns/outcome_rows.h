#pragma once

// Listed pairs as columns: runs of one policy, of which each has its row numbers, its amounts, and what else is said of
// them once for all that are alike. A pair whose amount fits 32 bits takes 8 bytes, where as a struct it takes 32; and
// a run stays where it was written, so that the lists of several threads become one without a copy.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/columns/outcome.h"

namespace huiyu {

// A PairOutcome as numbers. `value`, `needs` and `besides` are places in the table's lists; 0: there is none.
struct OutcomeRow {
  std::int64_t amount_fen = 0;  // where has_amount
  std::uint32_t row = 0;        // of the batch
  std::uint32_t policy = 0;
  std::uint32_t value = 0;
  std::uint32_t needs = 0;
  std::uint32_t besides = 0;
  Outcome outcome{};
  bool has_amount = false;
  friend bool operator==(OutcomeRow const&, OutcomeRow const&) = default;
};

// Memory of runs, given back all at once. Great pieces are asked of the system in huge pages.
class RunMemory {
 public:
  RunMemory() = default;
  RunMemory(RunMemory&& other) noexcept { *this = std::move(other); }
  RunMemory& operator=(RunMemory&& other) noexcept {
    pieces_ = std::move(other.pieces_);
    next_ = std::exchange(other.next_, nullptr);
    left_ = std::exchange(other.left_, 0);
    return *this;
  }
  // Aligned to 8 bytes; uninitialized.
  void* take(std::size_t bytes);
  void append(RunMemory other);

 private:
  struct Free {
    void operator()(std::byte* memory) const;
  };
  std::vector<std::unique_ptr<std::byte[], Free>> pieces_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t piece_bytes_ = std::size_t{1} << 12;
};

// Numbers of a run at the width that they need.
struct RunNumbers {
  void const* at = nullptr;  // null: all are 0
  std::uint8_t bytes = 0;    // 2 and 4: none is negative; 8

  std::int64_t operator[](std::size_t i) const {
    switch (bytes) {
      case 2: return static_cast<std::uint16_t const*>(at)[i];
      case 4: return static_cast<std::uint32_t const*>(at)[i];
      case 8: return static_cast<std::int64_t const*>(at)[i];
      default: return 0;
    }
  }
};

class OutcomeRows {
 public:
  class iterator;
  using const_iterator = iterator;
  // Whether rows of a policy may be put in order as they come.
  enum class Order : std::uint8_t { AsTheyCame, Any };

  OutcomeRows() = default;
  explicit OutcomeRows(Order order) : order_(order) {}
  // What was added since `close` is not among what is read.
  std::size_t size() const { return closed_; }
  bool empty() const { return size() == 0; }
  iterator begin() const;
  iterator end() const;
  OutcomeRow operator[](std::size_t at) const;
  iterator from(std::size_t at) const;

  void push_back(OutcomeRow const& row) {
    add(row.policy, row.row, row.has_amount ? row.amount_fen : 0,
        {row.value, row.needs, row.besides, row.outcome, row.has_amount});
  }
  // An eligible one of whom nothing but its amount is said.
  void push_paid(std::uint32_t policy, std::uint32_t row, std::int64_t amount_fen) {
    add(policy, row, amount_fen, {.outcome = Outcome::Eligible, .has_amount = true});
  }
  void close();

  // Those of which `keep` is false are left out.
  template <class Keep> void keep_if(Keep keep);
  // Says of the rows so far which records they are.
  void renumber(std::span<std::int64_t const> rows);
  // Of all lists the rows by policy, then row. No pair occurs twice.
  static OutcomeRows join(std::vector<OutcomeRows> lists, std::size_t policies);
  // Moves the places of all rows but 0.
  void shift(std::uint32_t values, std::uint32_t needs, std::uint32_t besides);

 private:
  // What is said of a row besides its amount.
  struct Note {
    std::uint32_t value = 0, needs = 0, besides = 0;
    Outcome outcome{};
    bool has_amount = false;
    friend bool operator==(Note const&, Note const&) = default;
  };
  struct Hash {
    std::size_t operator()(Note const& note) const;
  };
  struct Run {
    std::uint32_t policy = 0, count = 0;
    std::uint32_t* rows = nullptr;
    RunNumbers amounts, notes;
    std::uint32_t first_note = 0;  // what the places of its notes count from
    bool rises = false;
  };
  // A row that is not in a run yet.
  struct Loose {
    std::uint32_t row = 0, note = 0;
    std::int64_t amount = 0;
  };
  static constexpr std::size_t most_rows = 4096;

  void add(std::uint32_t policy, std::uint32_t row, std::int64_t amount, Note const& note) {
    if (open_.size() >= most_rows || policy != policy_) close();
    policy_ = policy;
    if (!(note == note_)) set_note(note);
    open_.push_back({row, note_at_, amount});
  }
  OutcomeRow row_of(Run const& run, std::size_t at) const;
  void set_note(Note const& note);
  void loosen(Run const& run);
  void sort_open();
  // Of the rows that are open.
  void add_run();
  void put_in_order(std::size_t policies);

  Order order_ = Order::AsTheyCame;
  std::vector<Run> runs_;
  std::vector<std::size_t> ends_;  // of runs: how many rows there are up to it
  std::size_t closed_ = 0;         // rows of runs
  std::vector<Note> listed_;       // each once
  std::unordered_map<Note, std::uint32_t, Hash> places_;
  RunMemory memory_;
  // The run that is open.
  std::uint32_t policy_ = 0;
  std::vector<Loose> open_;
  Note note_{.outcome = static_cast<Outcome>(0xFF)};  // of the last row
  std::uint32_t note_at_ = 0;
  // Room that is used again.
  std::vector<Loose> sorted_;
  std::vector<std::uint32_t> places_of_open_;
};

class OutcomeRows::iterator {
 public:
  using iterator_concept = std::forward_iterator_tag;
  using iterator_category = std::input_iterator_tag;
  using value_type = OutcomeRow;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = OutcomeRow;

  iterator() = default;
  OutcomeRow operator*() const { return of_->row_of(run_, at_); }
  iterator& operator++() {
    if (++at_ == run_.count) *this = iterator(*of_, number_ + 1, 0);
    return *this;
  }
  iterator operator++(int) {
    auto const before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(iterator const& a, iterator const& b) { return a.number_ == b.number_ && a.at_ == b.at_; }

 private:
  friend class OutcomeRows;
  iterator(OutcomeRows const& of, std::size_t number, std::size_t at)
      : of_(&of), run_(number < of.runs_.size() ? of.runs_[number] : Run{}), number_(number), at_(at) {}

  OutcomeRows const* of_ = nullptr;
  Run run_;
  std::size_t number_ = 0;
  std::size_t at_ = 0;  // in the run
};

template <class Keep> void OutcomeRows::keep_if(Keep keep) {
  OutcomeRows kept(order_);
  for (auto const row : *this)
    if (keep(row)) kept.push_back(row);
  kept.close();
  *this = std::move(kept);
}

}  // namespace huiyu
