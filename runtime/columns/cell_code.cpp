#include "runtime/columns/cell.h"

namespace huiyu::columns::detail {

// Withdrawn codes, towns and codes that the table does not list are read as the narrowest code that surely holds them:
// what that leaves open is unknown, never wrong.
Cell read_code_text(std::string_view text, codes::CodeSystem system) {
  if (auto const code = codes::read_code(system, text)) return Cell::present(*code);
  return Cell::faulty(codes::find_path(system, text).size() > 1 ? CellFault::AmbiguousCode : CellFault::UnknownCode);
}

}  // namespace huiyu::columns::detail
