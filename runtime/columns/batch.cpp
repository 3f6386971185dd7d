#include "runtime/columns/batch.h"

namespace huiyu::columns {

char const* cell_fault_name(CellFault fault) {
  switch (fault) {
    case CellFault::Unreadable: return "unreadable";
    case CellFault::OutOfRange: return "out_of_range";
    case CellFault::TooManyDecimals: return "too_many_decimals";
    case CellFault::UnknownCode: return "unknown_code";
    case CellFault::AmbiguousCode: return "ambiguous_code";
    case CellFault::UnknownEntry: return "unknown_entry";
    case CellFault::DuplicateKey: return "duplicate_key";
    case CellFault::NotACreditCode: return "not_a_credit_code";
    case CellFault::ForeignCurrency: return "foreign_currency";
    case CellFault::NoSuchRecord: return "no_such_record";
  }
  return "?";
}

}  // namespace huiyu::columns
