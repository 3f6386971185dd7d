#include "tests/conformance/bounds/survivors.h"

#include <cstdio>

#include <fmt/format.h>

namespace huiyu::test {

namespace {

// All bounds of the same figure, changed; none where it stands alone.
std::vector<Edit> together(std::vector<Bound> const& all, Bound const& bound, Change change) {
  std::vector<Edit> edits;
  std::size_t changed = 0;
  for (auto const& other : all)
    if (!bound.literal.empty() && other.literal == bound.literal) {
      auto const& its = other.edits[static_cast<int>(change)];
      edits.insert(edits.end(), its.begin(), its.end());
      ++changed;
    }
  return changed < 2 ? std::vector<Edit>{} : edits;
}

}  // namespace

Tally try_bounds(std::string const& name, std::string const& text, std::vector<Bound> const& all,
                 std::vector<Bound> const& some, Try const& fate_of) {
  Tally tally;
  for (auto const& bound : some)
    for (auto const change : {Change::Flip, Change::Up, Change::Down}) {
      auto const& edits = bound.edits[static_cast<int>(change)];
      if (edits.empty()) continue;
      ++tally.tried;
      auto fate = fate_of(with(text, edits));
      if (fate == Fate::Refused)
        if (auto const more = together(all, bound, change); !more.empty()) fate = fate_of(with(text, more));
      if (fate != Fate::Survives) continue;
      ++tally.survived;
      fmt::print("{} line {}: `{}` {}: nobody notices\n", name, bound.line, bound.shown, change_name(change));
      std::fflush(stdout);
    }
  return tally;
}

}  // namespace huiyu::test
