#pragma once

// The oracle's settlement: what is decided between pairs, over a whole population kept in memory, with exact fractions
// and loops within loops. docs/language/settlement.md says what it means; runtime/settle must give the same.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/interpret/value.h"
#include "compiler/tir/tir.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/outcome.h"

namespace huiyu::interpret {

class Settlement {
 public:
  // `subjects`: the 结构 of which all records come.
  Settlement(tir::Program const& program, std::vector<SchemaId> subjects)
      : program_(program), subjects_(std::move(subjects)) {}

  // Whether anything is settled between policies about these 结构.
  bool idle() const;
  // Takes records with the answers of every policy about them (rows are those of the batch). `names`: by what others
  // point at them; empty: by their keys.
  void add(columns::Batch const& batch, std::vector<std::string> const& keys, RunInputs const& inputs,
           std::vector<PairOutcome> pairs, std::vector<std::string> names = {});
  // The answers as they are settled, in the order in which they came; rows count on over the batches.
  std::vector<PairOutcome> finish();
  std::vector<PairOutcome> const& pairs() const { return pairs_; }
  std::vector<std::string> const& keys() const { return keys_; }  // by record
  std::vector<PoolReport> const& reports() const { return reports_; }

 private:
  enum class Standing : std::uint8_t { Out, Paid, Held, Open, Doubtful };
  // What a settlement asks of a pair: to which unit it belongs, and where it stands in order.
  struct Asked {
    Answer unit, by, tie, paid;
  };
  // A pair within a group: its place in `pairs_`, its standing, and what it gets at most (absent: not known).
  struct Seat {
    std::size_t pair = 0;
    Standing standing{};
    BigInt amount;
    std::optional<BigInt> most;
  };
  using Seats = std::vector<Seat>;

  bool about(std::size_t policy) const;
  Names not_given(tir::Settle const& settle) const;
  std::size_t record_of(std::size_t pair) const { return static_cast<std::size_t>(pairs_[pair].row); }
  tir::Policy const& policy_of(std::size_t pair) const;
  Standing standing_of(std::size_t pair) const;
  std::optional<BigInt> most_of(std::size_t pair, tir::SettleMember const& member) const;

  // settle.cpp
  void settle_one(std::size_t settle);
  void settle_unit(tir::Settle const& settle, std::size_t index, Seats const& seats, std::string const& unit);
  void highest_only(tir::Settle const& settle, Seats const& seats);
  void one_only(tir::Settle const& settle, Seats const& seats);
  void top_up(tir::Settle const& settle, std::size_t index, Seats const& seats);
  void cap(tir::Settle const& settle, Seats const& seats, BigInt const& limit);
  void cap_in_order(tir::Settle const& settle, Seats const& seats, BigInt const& limit);
  // settle_pool.cpp
  void budget(tir::Settle const& settle, std::size_t index, Seats const& seats, BigInt const& pool,
              std::optional<BigInt> const& each);
  std::vector<BigInt> shared_pool(tir::Settle const& settle, Seats const& seats, BigInt const& pool,
                                  std::optional<BigInt> const& each) const;
  std::vector<BigInt> ranked_pool(tir::Settle const& settle, std::size_t index, Seats const& seats, BigInt const& pool,
                                  std::optional<BigInt> const& each) const;
  // settle_allot.cpp
  void allot(tir::Settle const& settle, std::size_t index, Seats const& seats, BigInt const& pool,
             std::optional<BigInt> const& each);
  Names needs_of_weights(std::size_t index, std::size_t pair, std::vector<std::size_t> const& boundless) const;
  std::vector<BigInt> weighted_pool(tir::Settle const& settle, Seats const& seats,
                                    std::vector<BigRational> const& exact, BigInt const& pool,
                                    std::optional<BigInt> const& each) const;
  void draw(tir::Settle const& settle, Seats const& seats, std::vector<bool> const& certain,
            std::optional<std::vector<BigInt>> shares);
  std::string holder_of(tir::Settle const& settle, std::size_t pair) const;
  void select(std::size_t policy);
  bool ahead(tir::Selection const& selection, std::size_t a, std::size_t b, bool possibly) const;

  // settle_change.cpp: what becomes of a pair.
  void cut(std::size_t pair, tir::Settle const& settle, BigInt const& to, std::string winner, SettledHow how);
  void leave_open(std::size_t pair, tir::Settle const& settle, std::vector<std::size_t> const& blockers,
                  std::optional<BigInt> const& most);
  void lose(std::size_t pair, SettledBy by, std::string const& group, std::string winner);
  void doubt(std::size_t pair, SettledBy by, std::string const& group, Names needs);
  void give(std::size_t pair, tir::Settle const& settle, BigInt const& fen);
  void fail(std::size_t pair, tir::Settle const& settle);
  void wait_for(Seats const& seats, tir::Settle const& settle, Names const& facts);
  Names needs_of(std::size_t pair, std::vector<std::size_t> const& blockers) const;
  Names facts_of(std::size_t pair) const;
  std::string winner_name(std::size_t winner, std::size_t loser) const;
  void share_out(PairOutcome& pair) const;

  tir::Program const& program_;
  std::vector<SchemaId> subjects_;
  RunInputs inputs_;
  std::vector<PairOutcome> pairs_;
  std::vector<std::string> keys_;                               // by record
  std::vector<std::int32_t> years_;                             // 考核年度, by pair
  std::map<std::pair<std::size_t, std::size_t>, Asked> asked_;  // by settlement and pair; 遴选 after all others
  std::map<std::size_t, BigInt> bounds_;                        // what earlier settlements leave a pair at most
  std::vector<PoolReport> reports_;
};

// So much of a whole to each weight, in whole 分: largest remainder, of equal ones the first.
std::vector<BigInt> largest_remainder(BigInt const& whole, std::vector<BigInt> const& weights);

}  // namespace huiyu::interpret
