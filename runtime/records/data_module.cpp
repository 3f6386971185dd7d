#include "runtime/records/data_module.h"

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/base/check.h"
#include "runtime/records/duckdb/module_abi.h"
#include "runtime/records/file_descriptor.h"
#include "runtime/records/output_file.h"
#include "runtime/records/xlsx_read.h"
#include "runtime/records/xlsx_write.h"

namespace huiyu::records {
namespace {

constexpr char const* module_file = "libhuiyu_duckdb.so";
constexpr char const* module_variable = "HUIYU_DATA_MODULE";

Error environment_error(std::string message) { return Error{ErrorKind::Environment, std::move(message)}; }
Error data_error(std::string message) { return Error{ErrorKind::Data, std::move(message)}; }

// The file to load: named by the environment, or beside the program, or for the loader to find.
std::string module_path() {
  if (char const* named = std::getenv(module_variable); named != nullptr && *named != '\0') return named;
  std::error_code error;
  auto const program = std::filesystem::read_symlink("/proc/self/exe", error);
  auto const beside = program.parent_path().parent_path() / "lib" / module_file;
  if (!error && std::filesystem::exists(beside, error)) return beside.string();
  return module_file;
}

// The module's functions. It is never unloaded: DuckDB's threads may still be in it.
Result<huiyu_data_module_table const*> load_table() {
  std::string const path = module_path();
  // Lazily: looking up all that DuckDB's functions call takes longer than opening a database.
  void* library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) {
    return environment_error(std::string("the data module cannot be loaded: ") + dlerror() +
                             "; build the target huiyu_duckdb, or set " + module_variable + " to the path of " +
                             module_file);
  }
  auto const entry = reinterpret_cast<decltype(&huiyu_data_module)>(dlsym(library, "huiyu_data_module"));
  auto const* table = entry != nullptr ? entry(HUIYU_DATA_MODULE_ABI) : nullptr;
  if (table == nullptr || table->size < sizeof(huiyu_data_module_table)) {
    return environment_error("`" + path + "` is not the data module of this version; build or install both together");
  }
  return table;
}

struct Format {
  std::string_view extension;
  huiyu_data_format format;
  char const* expectation;  // what a file of it must be, for messages
};

constexpr Format formats[] = {
    {".parquet", HUIYU_DATA_PARQUET, "a Parquet file; it may be cut off or damaged"},
    {".csv", HUIYU_DATA_CSV, "comma-separated text in UTF-8 with a header line and as many cells in each line"},
    {".tsv", HUIYU_DATA_TSV, "tab-separated text in UTF-8 with a header line and as many cells in each line"},
    {".json", HUIYU_DATA_JSON, "one JSON array of objects, or one object, in UTF-8"},
    {".jsonl", HUIYU_DATA_JSON_LINES, "one JSON object a line in UTF-8"},
    {".ndjson", HUIYU_DATA_JSON_LINES, "one JSON object a line in UTF-8"},
};

std::string extension_of(std::filesystem::path const& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return extension;
}

Result<Format> format_of(std::filesystem::path const& path) {
  std::string const extension = extension_of(path);
  for (auto const& format : formats) {
    if (format.extension == extension) return format;
  }
  return Error{ErrorKind::Usage, "`" + path.string() + "` has no extension that tells its format: " +
                                     ".parquet .csv .tsv .json .jsonl .ndjson .xlsx"};
}

// Opens a regular file for reading; a folder, a pipe or a missing file is an error that names it.
Result<FileDescriptor> open_for_reading(std::filesystem::path const& path) {
  // Not blocking: opening a pipe would wait for its writer.
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) {
    return environment_error("`" + path.string() + "` cannot be opened: " + std::strerror(errno));
  }
  struct stat about{};
  if (fstat(file.number(), &about) != 0 || !S_ISREG(about.st_mode)) {
    return environment_error("`" + path.string() + "` is not a regular file");
  }
  return file;
}

Result<std::string> read_text(std::filesystem::path const& path) {
  auto file = open_for_reading(path);
  if (!file) return std::move(file).error();
  std::string text;
  char part[16'384];
  while (true) {
    auto const bytes = ::read(file->number(), part, sizeof part);
    if (bytes == 0) return text;
    if (bytes < 0) return environment_error("`" + path.string() + "` cannot be read: " + std::strerror(errno));
    text.append(part, static_cast<std::size_t>(bytes));
  }
}

}  // namespace

struct DataModule::Loaded {
  huiyu_data_module_table const* table;
  huiyu_data_database* database;

  Loaded(huiyu_data_module_table const* functions, huiyu_data_database* opened) : table(functions), database(opened) {}
  Loaded(Loaded const&) = delete;
  Loaded& operator=(Loaded const&) = delete;
  ~Loaded() { table->close(database); }

  // The text of a failed call, given back to the module; nothing for success.
  std::optional<std::string> failure(char* text) const {
    if (text == nullptr) return std::nullopt;
    std::string message = text;
    table->free_text(text);
    return message;
  }
};

Result<DataModule> DataModule::load(DataOptions const& options) {
  auto table = load_table();
  if (!table) return std::move(table).error();
  huiyu_data_options const given{sizeof(huiyu_data_options), options.threads,
                                 options.memory_limit.empty() ? nullptr : options.memory_limit.c_str()};
  huiyu_data_database* database = nullptr;
  if (char* text = (*table)->open(&given, &database); text != nullptr) {
    Error error = environment_error(std::string("the data module cannot open a database: ") + text);
    (*table)->free_text(text);
    return error;
  }
  return DataModule(std::make_shared<Loaded>(*table, database));
}

void DataModule::set_batch_rows(std::int64_t rows) const { loaded_->table->set_batch_rows(loaded_->database, rows); }

std::string_view DataModule::engine() const { return loaded_->table->engine; }

Result<columns::ArrowStream> DataModule::query(std::string_view sql) const {
  columns::ArrowStream stream;
  auto failed = loaded_->failure(loaded_->table->query(loaded_->database, sql.data(), sql.size(), stream.get()));
  if (failed) return data_error("the SQL text cannot be run: " + *failed);
  return stream;
}

Result<std::vector<ColumnType>> DataModule::describe(std::string_view sql) const {
  std::vector<ColumnType> out;
  auto const add = [](void* context, char const* name, char const* sql_type) {
    static_cast<std::vector<ColumnType>*>(context)->push_back({name, sql_type});
  };
  auto failed = loaded_->failure(loaded_->table->describe(loaded_->database, sql.data(), sql.size(), add, &out));
  if (failed) return data_error("the SQL text cannot be run: " + *failed);
  return out;
}

Result<columns::ArrowStream> DataModule::read_file(std::filesystem::path const& path, std::string const& sheet) const {
  if (extension_of(path) == ".xlsx") return read_xlsx(path, sheet);
  if (!sheet.empty()) return Error{ErrorKind::Usage, "`" + path.string() + "` has no sheets: only .xlsx has"};
  auto format = format_of(path);
  if (!format) return std::move(format).error();
  auto file = open_for_reading(path);
  if (!file) return std::move(file).error();
  columns::ArrowStream stream;
  auto failed = loaded_->failure(
      loaded_->table->read_file(loaded_->database, file->number(), format->format, path.c_str(), stream.get()));
  if (failed) {
    return data_error("`" + path.string() + "` cannot be read; it should be " + format->expectation + ": " + *failed);
  }
  return stream;
}

Result<columns::ArrowStream> DataModule::read(SourceText const& source) const {
  if (source.kind == SourceText::Kind::Sql) return query(source.text);
  std::filesystem::path const path = source.text;
  if (extension_of(path) != ".sql") return read_file(path, source.sheet);
  auto sql = read_text(path);
  if (!sql) return std::move(sql).error();
  auto stream = query(*sql);
  if (!stream) return data_error("`" + path.string() + "`: " + stream.error().message);
  return stream;
}

Result<void> DataModule::write(columns::ArrowStream stream, std::filesystem::path const& path) const {
  HUIYU_CHECK(!stream.empty(), "a released stream was given to be written");
  if (extension_of(path) == ".xlsx") return write_xlsx(std::move(stream), path);
  auto format = format_of(path);
  if (!format) return std::move(format).error();
  auto file = OutputFile::create(path);
  if (!file) return std::move(file).error();
  auto failed = loaded_->failure(
      loaded_->table->write_file(loaded_->database, stream.get(), file->descriptor(), format->format, path.c_str()));
  if (failed) return data_error("`" + path.string() + "` cannot be written: " + *failed);
  return file->commit();
}

}  // namespace huiyu::records
