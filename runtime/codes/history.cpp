#include "runtime/codes/history.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <utility>

#include "runtime/codes/table.h"

namespace huiyu::codes {
namespace {

constexpr std::int32_t present = std::numeric_limits<std::int32_t>::max();  // the end of a meaning that still holds

// What a code meant for a time: it ended in a year, or still holds.
struct Meaning {
  std::int32_t from;   // a lower bound: the year in which the code may have been given out again
  std::int32_t until;  // year of withdrawal, or `present`
};

class Follower {
 public:
  explicit Follower(CodeSystem system) : system_(system), changes_(changes(system)) {}

  std::vector<std::int32_t> resolve(std::string_view code, std::int32_t year) {
    auto const meanings = meanings_of(code);
    bool in_use = false;
    for (Meaning const& meaning : meanings) {
      if (meaning.from > year || year > meaning.until) continue;
      in_use = true;
      follow(code, meaning);
    }
    if (!in_use) {
      // Used after it ended: what it last meant by then.
      auto const ended =
          std::find_if(meanings.rbegin(), meanings.rend(), [&](Meaning const& m) { return m.until < year; });
      if (ended != meanings.rend()) follow(code, *ended);
    }
    return {found_.begin(), found_.end()};
  }

 private:
  // The changes whose old code begins with the prefix; all six digits give one code's.
  std::span<CodeChange const> changes_below(std::string_view prefix) const {
    auto const begin =
        std::lower_bound(changes_.begin(), changes_.end(), prefix,
                         [](CodeChange const& change, std::string_view wanted) { return change.old_code < wanted; });
    auto const end = std::find_if_not(begin, changes_.end(),
                                      [&](CodeChange const& change) { return change.old_code.starts_with(prefix); });
    return changes_.subspan(static_cast<std::size_t>(begin - changes_.begin()), static_cast<std::size_t>(end - begin));
  }

  std::span<CodeChange const> changes_of(std::string_view code) const {
    auto const found = changes_below(code);
    return !found.empty() && found.front().old_code == code ? found : std::span<CodeChange const>{};
  }

  // The meanings of a code, in order of time. Codes that were given out twice are few.
  std::vector<Meaning> meanings_of(std::string_view code) const {
    std::vector<Meaning> meanings;
    for (CodeChange const& change : changes_of(code)) {
      if (change.kind != ChangeKind::Withdrawn) continue;
      if (meanings.empty() || meanings.back().until != change.year) meanings.push_back({0, change.year});
    }
    if (find_code(system_, code)) meanings.push_back({0, present});
    for (std::size_t i = 1; i < meanings.size(); ++i) meanings[i].from = given_out_again(code, meanings[i - 1].until);
    return meanings;
  }

  // The first year since the code's end in which an area got it; that year if none is recorded.
  std::int32_t given_out_again(std::string_view code, std::int32_t since) const {
    std::int32_t first = present;
    for (CodeChange const& change : changes_) {
      if (change.new_code == code && change.kind != ChangeKind::Renamed && change.year >= since)
        first = std::min(first, change.year);
    }
    return first == present ? since : first;
  }

  void follow(std::string_view code, Meaning const& meaning) {
    if (meaning.until == present) {
      found_.insert(*find_code(system_, code));
      return;
    }
    if (!visited_.insert({std::string(code), meaning.until}).second) return;
    for (CodeChange const& change : changes_of(code)) {
      if (change.kind != ChangeKind::Withdrawn || change.year != meaning.until) continue;
      if (change.new_code.empty()) {
        follow_those_below(code, meaning.until);
      } else {
        follow_successor(change.new_code, meaning.until);
      }
    }
  }

  // A prefecture without a successor of its own went where its counties went.
  void follow_those_below(std::string_view prefecture, std::int32_t year) {
    for (CodeChange const& change : changes_below(prefecture.substr(0, 4))) {
      if (change.kind == ChangeKind::Withdrawn && change.year == year && !change.new_code.empty())
        follow_successor(change.new_code, year);
    }
  }

  // A successor got the area in `year`, so what counts is what it meant after that year.
  void follow_successor(std::string_view code, std::int32_t year) {
    auto const meanings = meanings_of(code);
    auto const next =
        std::find_if(meanings.begin(), meanings.end(), [&](Meaning const& meaning) { return meaning.until > year; });
    if (next != meanings.end()) follow(code, *next);
  }

  CodeSystem system_;
  std::span<CodeChange const> changes_;
  std::set<std::int32_t> found_;
  std::set<std::pair<std::string, std::int32_t>> visited_;
};

}  // namespace

std::span<CodeChange const> changes(CodeSystem system) { return table_of(system).changes; }

std::vector<std::int32_t> resolve(CodeSystem system, std::string_view code, std::int32_t year) {
  return Follower(system).resolve(code, year);
}

}  // namespace huiyu::codes
