#pragma once

// Rows of an Arrow array that become the rows of one column. Private to the Arrow reader.

#include <functional>
#include <memory>

#include "runtime/columns/arrow_view.h"
#include "runtime/columns/cell_rules.h"
#include "runtime/columns/items.h"
#include "runtime/columns/validity.h"

namespace huiyu::columns {

struct ArrowRows {
  ArrowView const* view = nullptr;
  std::int64_t first = 0;
  std::int64_t count = 0;
  // Items of a list: the struct around them, whose nulls lack every fact, and its row of the first.
  ArrowView const* around = nullptr;
  std::int64_t around_first = 0;

  bool present(std::int64_t row) const {
    return (around == nullptr || around->present(around_first + row)) && view->present(first + row);
  }
  // Nulls of a dictionary's entries are not among them.
  Validity validity() const {
    Validity valid(count);
    valid.keep(view->validity(), view->offset() + first);
    if (around != nullptr) valid.keep(around->validity(), around->offset() + around_first);
    return valid;
  }
};

// Whether the mapping calls texts missing that may be numbers here: 9999.
inline bool marks_numbers(FieldLayout const& field, ArrowView const& view) {
  return field.rules && !field.rules->missing.empty() && view.format().kind != ArrowKind::Text;
}

// Where a cell of the column stands in the data: asked for only where something is to be reported.
using Place = std::function<ReportSite(std::int64_t row)>;

// The column of some rows, read column by column where the memory is regular, else row by row. The view has passed
// check_fits; `owner` keeps its memory. Cells that cannot be read are reported and missing.
Column read_column(FieldLayout const& field, ArrowRows const& rows, std::shared_ptr<void const> const& owner,
                   Place const& place);

}  // namespace huiyu::columns
