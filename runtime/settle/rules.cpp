#include "runtime/settle/rules.h"

#include <algorithm>

#include "runtime/settle/remainder.h"

namespace huiyu::settle {
namespace {

void begin(std::span<Seat const> seats, Ruling& ruling) {
  ruling.verdicts.assign(seats.size(), {});
  ruling.blockers.clear();
}

}  // namespace

void highest_only(std::span<Seat const> seats, Ruling& ruling) {
  begin(seats, ruling);
  std::int32_t best = -1;
  for (std::size_t i = 0; i < seats.size(); ++i)
    if (seats[i].standing == Standing::Paid && seats[i].amount > 0 &&
        (best < 0 || seats[i].amount > seats[static_cast<std::size_t>(best)].amount))
      best = static_cast<std::int32_t>(i);
  if (best < 0) {
    for (std::size_t i = 0; i < seats.size(); ++i) ruling.verdicts[i].most = seats[i].most;
    return;
  }
  auto const top = seats[static_cast<std::size_t>(best)].amount;
  for (std::uint32_t i = 0; i < seats.size(); ++i)
    if (seats[i].undecided() && seats[i].most >= top) ruling.blockers.push_back(i);
  bool const open = !ruling.blockers.empty();
  for (std::size_t i = 0; i < seats.size(); ++i) {
    auto const& seat = seats[i];
    auto& verdict = ruling.verdicts[i];
    verdict.most = seat.most;
    if (static_cast<std::int32_t>(i) == best) {
      if (open) verdict = {Fate::Pending, 0, top, -1, static_cast<std::uint32_t>(ruling.blockers.size())};
      continue;
    }
    if (seat.undecided() && seat.most >= top) continue;
    verdict.most = 0;
    if (seat.standing == Standing::Open || (seat.standing == Standing::Paid && seat.amount > 0))
      verdict = {Fate::Lost, 0, 0, open ? -1 : best, 0};
  }
}

void one_only(std::span<Seat const> seats, Ruling& ruling) {
  begin(seats, ruling);
  bool taken = false;
  std::int32_t winner = -1;
  for (std::uint32_t i = 0; i < seats.size(); ++i) {
    auto const& seat = seats[i];
    auto& verdict = ruling.verdicts[i];
    verdict.most = seat.most;
    bool const gets = seat.standing == Standing::Held || (seat.standing == Standing::Paid && seat.amount > 0);
    bool const may = seat.undecided() && seat.most != 0;
    if (taken) {
      verdict.most = 0;
      if (gets || (may && seat.standing == Standing::Open)) verdict = {Fate::Refused, 0, 0, winner, 0};
      continue;
    }
    auto const before = static_cast<std::uint32_t>(ruling.blockers.size());
    if (before > 0 && (gets || seat.standing == Standing::Open)) verdict = {Fate::Doubted, 0, seat.most, -1, before};
    if (gets) {
      taken = true;
      if (before == 0) winner = static_cast<std::int32_t>(i);
    } else if (may) {
      ruling.blockers.push_back(i);
    }
  }
}

void top_up(std::span<Seat const> seats, std::int64_t paid, Ruling& ruling) {
  begin(seats, ruling);
  for (std::size_t i = 0; i < seats.size(); ++i) {
    auto const& seat = seats[i];
    auto& verdict = ruling.verdicts[i];
    verdict.most = seat.most;
    if (seat.standing == Standing::Paid && seat.amount > 0) {
      if (paid >= seat.amount)
        verdict = {Fate::Refused, 0, seat.most, -1, 0};
      else if (paid > 0)
        verdict = {Fate::Cut, seat.amount - paid, seat.most, -1, 0};
    } else if (seat.most != unbounded) {
      verdict.most = std::max<std::int64_t>(0, seat.most - paid);
    }
  }
}

void cap_shared(std::span<Seat const> seats, std::int64_t limit, Ruling& ruling) {
  begin(seats, ruling);
  Int128 known = 0, open = 0;
  for (std::uint32_t i = 0; i < seats.size(); ++i) {
    ruling.verdicts[i].most = seats[i].most;
    if (seats[i].standing == Standing::Paid) known += seats[i].amount;
    if (!seats[i].undecided() || seats[i].most == 0) continue;
    ruling.blockers.push_back(i);
    open += seats[i].most;
  }
  if (known + open <= limit) return;
  if (ruling.blockers.empty()) {
    std::vector<std::int64_t> weights;
    for (auto const& seat : seats) weights.push_back(seat.amount);
    auto const shares = largest_remainder(limit, weights);
    for (std::size_t i = 0; i < seats.size(); ++i)
      if (shares[i] != seats[i].amount) ruling.verdicts[i] = {Fate::Cut, shares[i], seats[i].most, -1, 0};
    return;
  }
  for (std::size_t i = 0; i < seats.size(); ++i) {
    if (seats[i].standing != Standing::Paid)
      ruling.verdicts[i].most = std::min(seats[i].most, limit);
    else if (seats[i].amount > 0)
      ruling.verdicts[i] = {Fate::Pending, 0, std::min(seats[i].amount, limit), -1,
                            static_cast<std::uint32_t>(ruling.blockers.size())};
  }
}

void cap_in_order(std::span<Seat const> seats, std::int64_t limit, Ruling& ruling) {
  begin(seats, ruling);
  auto least = limit, most = limit;  // what is left lies between
  for (std::uint32_t i = 0; i < seats.size(); ++i) {
    auto const& seat = seats[i];
    auto& verdict = ruling.verdicts[i];
    verdict.most = seat.most;
    if (seat.standing == Standing::Paid) {
      auto const low = std::min(seat.amount, least), high = std::min(seat.amount, most);
      if (low != high)
        verdict = {Fate::Pending, 0, high, -1, static_cast<std::uint32_t>(ruling.blockers.size())};
      else if (low != seat.amount)
        verdict = {Fate::Cut, low, seat.most, -1, 0};
      least -= low;
      most -= high;
      continue;
    }
    auto const high = std::min(seat.most, most);
    if (high == 0) {
      if (seat.standing == Standing::Open && seat.most != 0) verdict = {Fate::Cut, 0, 0, -1, 0};
      verdict.most = 0;
      continue;
    }
    verdict.most = high;
    ruling.blockers.push_back(i);
    least = std::max<std::int64_t>(0, least - high);
  }
}

std::vector<std::int64_t> largest_remainder(std::int64_t whole, std::span<std::int64_t const> weights) {
  Int128 sum = 0;
  std::int64_t largest = 0, product = 0;
  for (auto const weight : weights) sum += weight, largest = std::max(largest, weight);
  if (sum == 0) return std::vector<std::int64_t>(weights.size());
  // 128 bits divide slowly, and few need them.
  bool const narrow = sum <= unbounded && !__builtin_mul_overflow(whole, largest, &product);
  return narrow ? shares_of<std::int64_t>(whole, weights, static_cast<std::int64_t>(sum))
                : shares_of<Int128>(whole, weights, sum);
}

}  // namespace huiyu::settle
