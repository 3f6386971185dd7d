#include "compiler/driver/table_file.h"

#include "runtime/columns/arrow_read.h"
#include "runtime/records/data_module.h"

namespace huiyu::driver {

Result<std::vector<columns::CellReport>> read_table_file(std::string const& path, TableLayout const& layout,
                                                         TableRows const& rows) {
  auto module = records::DataModule::load();
  if (!module) return module.error();
  auto stream = module->read({records::SourceText::Kind::File, path, {}});
  if (!stream) return stream.error();
  auto schema = stream->schema();
  if (!schema) return schema.error();
  auto const wanted = layout(**schema);
  std::vector<columns::CellReport> reports;
  for (;;) {
    auto array = stream->next();
    if (!array) return array.error();
    if (!array->has_value()) return reports;
    auto const batch = columns::read_arrow(**schema, (*array)->give_up(), wanted, 0, reports);
    if (!batch) return batch.error();
    rows(*batch);
  }
}

}  // namespace huiyu::driver
