#include <algorithm>

#include "runtime/base/civil.h"
#include "runtime/codes/history.h"
#include "runtime/columns/cell.h"

namespace huiyu::columns::detail {
namespace {

// The lowest code that all the ids are at or below; none if they meet nowhere.
std::optional<std::int32_t> common_ancestor(codes::CodeSystem system, std::vector<std::int32_t> const& ids) {
  auto const table = codes::entries(system);
  auto const [low, high] = std::minmax_element(ids.begin(), ids.end());
  for (std::int32_t at = *low; at >= 0; at = table[static_cast<std::size_t>(at)].parent)
    if (*high <= table[static_cast<std::size_t>(at)].last) return at;
  return std::nullopt;
}

}  // namespace

// A withdrawn code means what it last meant. Where its area was divided, the record is in one of several places: it gets
// the narrowest place that holds them all, so that what they have in common is still decided and the rest is unknown.
Cell read_code_text(std::string_view text, codes::CodeSystem system) {
  auto const meanings = codes::find_path(system, text);
  if (meanings.size() == 1) return Cell::present(meanings.front());
  if (meanings.size() > 1) return Cell::faulty(CellFault::AmbiguousCode);
  auto const successors = codes::resolve(system, text, last_year);
  if (successors.empty()) return Cell::faulty(CellFault::UnknownCode);
  if (auto const place = common_ancestor(system, successors)) return Cell::present(*place);
  return Cell::faulty(CellFault::AmbiguousCode);
}

}  // namespace huiyu::columns::detail
