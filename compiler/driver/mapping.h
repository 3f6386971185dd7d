// How a register writes what the rules ask for: a TOML file beside the data. See docs/data.md.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/driver/language.h"
#include "compiler/source/source_set.h"
#include "runtime/base/result.h"
#include "runtime/columns/arrow_c.h"
#include "runtime/columns/layout.h"
#include "runtime/records/reshape.h"

namespace huiyu::driver {

// Where one fact stands in a table: in a column, in one column a period, or in columns by a pattern such as 营收{年}.
struct MappedFact {
  std::string fact, column, pattern;
  std::vector<std::pair<std::string, std::string>> periods;
  Span where;
};

// A table of the data. All empty but `facts`: the one that --data or --sql names.
struct MappedTable {
  std::string data, sheet, sql;  // a path as the mapping gives it, seen from the mapping's folder
  std::vector<MappedFact> facts;
};

// A table whose rows belong to records by their key.
struct MappedChild {
  std::size_t field = 0;  // of the layout: the list or series
  bool absent_missing = false;
  MappedTable table;  // `facts` hold the key, too
};

struct Mapping {
  std::shared_ptr<SourceSet> sources = std::make_shared<SourceSet>();
  columns::RecordLayout layout;  // with units and cell rules
  MappedTable records;
  std::vector<MappedChild> children;
};

// Reads a mapping for records of this layout. Mistakes are in `diagnostics`; an error only where there is no file.
Result<Mapping> read_mapping(std::string const& path, columns::RecordLayout const& layout, Diagnostics& diagnostics,
                             Language language);

// The same; mistakes are printed, and then it is an error of the data.
Result<Mapping> load_mapping(std::string const& path, columns::RecordLayout const& layout, Language language);

// The columns of a table as the reader is to find them. A column that is not there is an error, which is printed.
Result<std::vector<records::ReshapedColumn>> resolve(Mapping const& mapping, MappedTable const& table,
                                                     ArrowSchema const& schema, Language language);

}  // namespace huiyu::driver
