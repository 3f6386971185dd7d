#pragma once

// What each kind of settlement decides between the pairs of one unit: integers only, one pass over the seats where the
// kind allows it. Private to the folder; docs/language/settlement.md says what they mean.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "runtime/base/big.h"
#include "runtime/base/wide.h"

namespace huiyu::settle {

inline constexpr std::int64_t unbounded = std::numeric_limits<std::int64_t>::max();

enum class Standing : std::uint8_t {
  Out,      // takes no part
  Paid,     // a known sum
  Held,     // eligible for something that is no money
  Open,     // eligible, the sum not known
  Doubtful  // unknown or in error
};

// An award within its unit, in the order of members and keys.
struct Seat {
  std::uint32_t pair = 0;
  Standing standing{};
  std::int64_t amount = 0;        // Paid
  std::int64_t most = unbounded;  // Open, Doubtful: what it can come to
  bool undecided() const { return standing == Standing::Open || standing == Standing::Doubtful; }
};

enum class Fate : std::uint8_t { Stays, Cut, Lost, Refused, Pending, Doubted };
// Stays: nothing changes but `most`. Cut, Lost: the sum becomes `amount`. Refused: not eligible. Pending: the sum is
// open up to `most`. Doubted: unknown.
struct Verdict {
  Fate fate = Fate::Stays;
  std::int64_t amount = 0;
  std::int64_t most = unbounded;
  std::int32_t winner = -1;  // a seat
  // Pending and Doubted hang on the undecided seats among the first so many of `Ruling::blockers`.
  std::uint32_t blockers = 0;
};
struct Ruling {
  std::vector<Verdict> verdicts;        // by seat
  std::vector<std::uint32_t> blockers;  // seats
};

// Each writes over what the ruling was.
void highest_only(std::span<Seat const> seats, Ruling& ruling);
void one_only(std::span<Seat const> seats, Ruling& ruling);
// Each less what it was paid before, in 分.
void top_up(std::span<Seat const> seats, std::int64_t paid, Ruling& ruling);
void cap_shared(std::span<Seat const> seats, std::int64_t limit, Ruling& ruling);
void cap_in_order(std::span<Seat const> seats, std::int64_t limit, Ruling& ruling);

// So much of a whole to each weight, by largest remainder, of equal ones the first. Weights ≥ 0, their sum within 127
// bits.
std::vector<std::int64_t> largest_remainder(std::int64_t whole, std::span<std::int64_t const> weights);

// One claim on a pool. `holder`: who is paid, numbered by key; claims stand by policy id, then key.
struct Claim {
  std::int64_t amount = 0;
  std::uint32_t holder = 0;
};
// What each claim gets of a pool by proportion; `each`: what a holder gets at most.
std::vector<std::int64_t> share_pool(std::span<Claim const> claims, std::int64_t pool, std::optional<std::int64_t> each,
                                     bool again, std::uint32_t holders);
// The same, each in turn in the order given.
std::vector<std::int64_t> rank_pool(std::span<Claim const> claims, std::span<std::uint32_t const> order,
                                    std::int64_t pool, std::optional<std::int64_t> each, std::uint32_t holders);

// What each weight gets of a pool that is handed out, all of it where `each` does not stand in the way. `holder_of`: by
// weight, who is paid; asked where there is an `each`. Weights ≥ 0.
std::vector<std::int64_t> hand_out(std::span<std::int64_t const> weights, std::span<std::uint32_t const> holder_of,
                                   std::int64_t pool, std::optional<std::int64_t> each, bool again,
                                   std::uint32_t holders);
std::vector<std::int64_t> hand_out(std::span<BigRational const> weights, std::span<std::uint32_t const> holder_of,
                                   std::int64_t pool, std::optional<std::int64_t> each, bool again,
                                   std::uint32_t holders);

}  // namespace huiyu::settle
