#include "compiler/driver/data_convert.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "compiler/driver/options.h"
#include "runtime/columns/key_watch.h"
#include "runtime/records/data_module.h"

namespace huiyu::driver {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// A file of JSON lines that goes when it has been read.
class Passage {
 public:
  Passage() {
    std::error_code fault;
    auto name = (fs::temp_directory_path(fault) / "huiyu-convert-XXXXXX.jsonl").string();
    int const file = fault ? -1 : ::mkstemps(name.data(), 6);
    if (file < 0) return;
    ::close(file);
    path_ = name;
    out_.open(path_, std::ios::binary);
  }
  Passage(Passage const&) = delete;
  Passage& operator=(Passage const&) = delete;
  ~Passage() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  void add(Json const& record) { out_ << record.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n'; }
  // Whether all of it is on disk.
  bool finish() {
    out_.close();
    return !path_.empty() && !out_.fail();
  }
  fs::path const& path() const { return path_; }

 private:
  fs::path path_;
  std::ofstream out_;
};

Json json_of(columns::Column const& column, columns::FieldLayout const& field, std::int64_t row) {
  if (!column.present(row)) return nullptr;
  if (!columns::has_items(field)) return columns::cell_text(column, field, row);
  auto const fields = columns::item_fields(field);
  auto const place = static_cast<std::size_t>(row);
  bool const series = field.series != columns::SeriesStep::None, set = field.kind == columns::ValueKind::Set;
  Json all = series ? Json::object() : Json::array();
  for (auto at = column.starts[place]; at < column.starts[place + 1]; ++at) {
    auto const item = [&](std::size_t i) { return json_of(column.items->columns[i], fields[i], at); };
    if (series) {
      all[item(0).get<std::string>()] = item(1);
    } else if (set) {
      all.push_back(item(0));
    } else {
      Json one = Json::object();
      for (std::size_t i = 0; i < fields.size(); ++i) one[fields[i].name] = item(i);
      all.push_back(std::move(one));
    }
  }
  return all;
}

}  // namespace

Result<void> convert_records(RecordOptions const& options, columns::RecordLayout const& layout,
                             std::string const& output, Language language) {
  auto source = open_records(options, layout, language);
  if (!source) return source.error();
  Passage passage;
  ReportPrinter printer(language);
  std::int64_t count = 0;
  for (;;) {
    auto batch = (*source)->next();
    if (!batch) return batch.error();
    printer.print((*source)->take_reports());
    if (!batch->has_value()) break;
    for (std::int64_t row = 0; row < (*batch)->row_count; ++row, ++count) {
      Json record = Json::object();
      for (std::size_t i = 0; i < layout.fields.size(); ++i)
        record[layout.fields[i].name] = json_of((*batch)->columns[i], layout.fields[i], row);
      passage.add(record);
    }
  }
  printer.finish();
  if (options.strict && printer.count() > 0)
    return Error{ErrorKind::Data,
                 words(language, "数据有读不懂的单元格（--strict）", "the data has unreadable cells (--strict)")};
  if (count == 0) return Error{ErrorKind::Data, words(language, "数据里没有记录", "the data hold no record")};
  if (!passage.finish())
    return Error{ErrorKind::Environment,
                 words(language, "临时文件夹不能写", "the folder for temporary files cannot be written")};
  auto module = records::DataModule::load();
  if (!module) return module.error();
  auto stream = module->read({records::SourceText::Kind::File, passage.path().string(), {}});
  if (!stream) return stream.error();
  return module->write(std::move(*stream), output);
}

}  // namespace huiyu::driver
