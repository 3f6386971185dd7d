#include "runtime/records/parquet_file.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>

#include <unistd.h>
#include <zstd.h>

#include "runtime/base/check.h"
#include "runtime/records/output_file.h"
#include "runtime/records/parquet_encode.h"

namespace huiyu::records {
namespace {

using columns::ResultColumn;
using columns::ResultKind;
using parquet::Compact;

constexpr std::string_view magic = "PAR1";
constexpr int compression_level = 1;
constexpr std::int32_t amount_bytes = 16, amount_digits = 38, amount_scale = 2;

// Numbers of parquet.thrift.
constexpr std::int32_t byte_array = 6, fixed_bytes = 7;     // Type
constexpr std::int32_t utf8 = 0, list = 3, decimal = 5;     // ConvertedType
constexpr std::int32_t optional = 1, repeated = 2;          // FieldRepetitionType
constexpr std::int32_t plain = 0, runs = 3, numbered = 8;   // Encoding
constexpr std::int32_t zstd = 6;                            // CompressionCodec
constexpr std::int32_t data_page = 0, dictionary_page = 2;  // PageType

struct ContextDeleter {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
using Context = std::unique_ptr<ZSTD_CCtx, ContextDeleter>;

// What a column says about its rows before its values: how many items a row has, and whether it is there.
struct Levels {
  Runs repetition;          // TextList: 0 begins a row, 1 goes on with it
  Runs definition;          // the greatest: there is a value
  std::int64_t values = 0;  // that there are
};

// A column of one group of rows, as the end of the file tells of it.
struct Chunk {
  std::int32_t encoding = plain;
  std::int64_t entries = 0;
  std::int64_t begin = 0, dictionary = 0, data = 0;  // in the file; no dictionary: 0
  std::int64_t bytes = 0, compressed_bytes = 0;
};
struct Group {
  std::int64_t rows = 0;
  std::vector<Chunk> chunks;
};

constexpr std::uint32_t text_there = 1, item_there = 3;

Levels levels_of(ResultKind kind, ParquetColumn const& column) {
  Levels levels;
  switch (kind) {
    case ResultKind::Text:
      for (auto const& run : column.numbers) levels.definition.add(run.number != no_text ? text_there : 0, run.count);
      break;
    case ResultKind::Money: levels.definition = column.is_known; break;
    case ResultKind::TextList:
      for (auto const& [items, rows] : column.counts) {
        levels.definition.add(items > 0 ? item_there : 0, rows * std::max(items, 1U));
        if (items <= 1) levels.repetition.add(0, rows);
        for (std::uint32_t row = 0; items > 1 && row < rows; ++row) {
          levels.repetition.add(0);
          levels.repetition.add(1, items - 1);
        }
      }
      break;
    case ResultKind::Integer: HUIYU_CHECK(false, "results have no integers");
  }
  for (auto const& run : levels.definition) levels.values += run.number != 0 ? run.count : 0;
  return levels;
}

// 分 as the big-endian integer of a decimal with two digits after the point.
std::string amounts_page(std::vector<std::int64_t> const& amounts) {
  std::string bytes(amounts.size() * amount_bytes, '\0');
  auto* to = bytes.data();
  for (auto const amount : amounts) {
    if (amount < 0) std::memset(to, 0xFF, 8);
    auto const swapped = __builtin_bswap64(static_cast<std::uint64_t>(amount));
    std::memcpy(to + 8, &swapped, sizeof swapped);
    to += amount_bytes;
  }
  return bytes;
}

std::string numbers_page(ResultKind kind, ParquetColumn const& column) {
  auto const greatest = column.texts.count() - 1;
  int const width = greatest == 0 ? 1 : static_cast<int>(std::bit_width(greatest));
  std::string bytes(1, static_cast<char>(width));
  Runs there;
  for (auto const& run : column.numbers)
    if (run.number != no_text) there.add(run.number, run.count);
  if (kind == ResultKind::TextList)
    for (auto const item : column.items) there.add(item);
  parquet::append_runs(bytes, there, width);
  return bytes;
}

void append_levels(std::string& page, Runs const& levels, int width) {
  std::string bytes;
  parquet::append_runs(bytes, levels, width);
  parquet::append_u32(page, static_cast<std::uint32_t>(bytes.size()));
  page += bytes;
}

}  // namespace

std::uint32_t ParquetTexts::add(std::string_view text) {
  HUIYU_CHECK(text.size() < no_text, "a result text of four gigabytes");
  parquet::append_u32(bytes_, static_cast<std::uint32_t>(text.size()));
  bytes_ += text;
  return count_++;
}

struct ParquetFile::State {
  OutputFile file;
  std::filesystem::path path;
  std::vector<ResultColumn> columns;
  Context context;
  std::vector<Group> groups;
  std::string unwritten;
  std::int64_t written = 0;

  State(OutputFile opened, std::filesystem::path name, std::vector<ResultColumn> made)
      : file(std::move(opened)), path(std::move(name)), columns(std::move(made)), context(ZSTD_createCCtx()) {
    unwritten = magic;
  }

  std::int64_t position() const { return written + static_cast<std::int64_t>(unwritten.size()); }

  Result<void> flush() {
    for (std::size_t done = 0; done < unwritten.size();) {
      auto const bytes = ::write(file.descriptor(), unwritten.data() + done, unwritten.size() - done);
      if (bytes < 0 && errno == EINTR) continue;
      if (bytes < 0)
        return Error{ErrorKind::Environment, "`" + path.string() + "` cannot be written: " + std::strerror(errno)};
      done += static_cast<std::size_t>(bytes);
    }
    written += static_cast<std::int64_t>(unwritten.size());
    unwritten.clear();
    return {};
  }

  // A page with its header; `describe` writes what is particular to its kind.
  template <class Describe>
  void append_page(Chunk& chunk, std::int32_t type, std::string const& page, Describe describe) {
    HUIYU_CHECK(page.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()),
                "a page of results of more than two gigabytes");
    std::string packed(ZSTD_compressBound(page.size()), '\0');
    auto const size =
        ZSTD_compressCCtx(context.get(), packed.data(), packed.size(), page.data(), page.size(), compression_level);
    HUIYU_CHECK(ZSTD_isError(size) == 0, "zstd packs whatever it is given");
    packed.resize(size);

    std::string header;
    Compact about(header);
    about.begin_struct();
    about.field(1, type);
    about.field(2, static_cast<std::int32_t>(page.size()));
    about.field(3, static_cast<std::int32_t>(packed.size()));
    describe(about);
    about.end_struct();
    chunk.bytes += static_cast<std::int64_t>(header.size() + page.size());
    chunk.compressed_bytes += static_cast<std::int64_t>(header.size() + packed.size());
    unwritten += header;
    unwritten += packed;
  }

  Chunk append_column(ResultKind kind, ParquetColumn const& column) {
    auto const levels = levels_of(kind, column);
    Chunk chunk;
    chunk.entries = levels.definition.size();
    chunk.begin = position();
    bool const texts = kind != ResultKind::Money && levels.values > 0;
    if (texts) {
      chunk.encoding = numbered;
      chunk.dictionary = position();
      append_page(chunk, dictionary_page, column.texts.bytes(), [&](Compact& about) {
        about.begin_struct(7);
        about.field(1, static_cast<std::int32_t>(column.texts.count()));
        about.field(2, plain);
        about.end_struct();
      });
    }
    std::string page;
    if (kind == ResultKind::TextList) append_levels(page, levels.repetition, 1);
    append_levels(page, levels.definition, kind == ResultKind::TextList ? 2 : 1);
    if (kind == ResultKind::Money) page += amounts_page(column.amounts);
    if (texts) page += numbers_page(kind, column);
    chunk.data = position();
    append_page(chunk, data_page, page, [&](Compact& about) {
      about.begin_struct(5);
      about.field(1, static_cast<std::int32_t>(chunk.entries));
      about.field(2, chunk.encoding);
      about.field(3, runs);
      about.field(4, runs);
      about.end_struct();
    });
    return chunk;
  }

  // ---- the end of the file -------------------------------------------------------------------------------------

  static void describe_node(Compact& about, std::string_view name, std::int32_t repetition, std::int32_t children,
                            std::int32_t meaning) {
    about.begin_struct();
    about.field(3, repetition);
    about.field(4, name);
    about.field(5, children);
    if (meaning >= 0) about.field(6, meaning);
    about.end_struct();
  }

  static void describe_text(Compact& about, std::string_view name) {
    about.begin_struct();
    about.field(1, byte_array);
    about.field(3, optional);
    about.field(4, name);
    about.field(6, utf8);
    about.end_struct();
  }

  static void describe_amount(Compact& about, std::string_view name) {
    about.begin_struct();
    about.field(1, fixed_bytes);
    about.field(2, amount_bytes);
    about.field(3, optional);
    about.field(4, name);
    about.field(6, decimal);
    about.field(7, amount_scale);
    about.field(8, amount_digits);
    about.end_struct();
  }

  void describe_schema(Compact& about) const {
    std::size_t nodes = 1;
    for (auto const& column : columns) nodes += column.kind == ResultKind::TextList ? 3 : 1;
    about.begin_list(2, Compact::Of::Struct, nodes);
    about.begin_struct();
    about.field(4, std::string_view("results"));
    about.field(5, static_cast<std::int32_t>(columns.size()));
    about.end_struct();
    for (auto const& column : columns) {
      if (column.kind == ResultKind::Text) describe_text(about, column.name);
      if (column.kind == ResultKind::Money) describe_amount(about, column.name);
      if (column.kind != ResultKind::TextList) continue;
      describe_node(about, column.name, optional, 1, list);
      describe_node(about, "list", repeated, 1, -1);
      describe_text(about, "element");
    }
  }

  static void describe_chunk(Compact& about, ResultColumn const& column, Chunk const& chunk) {
    bool const is_list = column.kind == ResultKind::TextList;
    about.begin_struct();
    about.field(2, chunk.begin);
    about.begin_struct(3);
    about.field(1, column.kind == ResultKind::Money ? fixed_bytes : byte_array);
    about.begin_list(2, Compact::Of::Int32, chunk.encoding == plain ? 2 : 3);
    about.element(plain);
    about.element(runs);
    if (chunk.encoding != plain) about.element(chunk.encoding);
    about.begin_list(3, Compact::Of::Text, is_list ? 3 : 1);
    about.element(column.name);
    if (is_list) about.element(std::string_view("list"));
    if (is_list) about.element(std::string_view("element"));
    about.field(4, zstd);
    about.field(5, chunk.entries);
    about.field(6, chunk.bytes);
    about.field(7, chunk.compressed_bytes);
    about.field(9, chunk.data);
    if (chunk.dictionary != 0) about.field(11, chunk.dictionary);
    about.end_struct();
    about.end_struct();
  }

  std::string footer() const {
    std::string bytes;
    Compact about(bytes);
    about.begin_struct();
    about.field(1, std::int32_t{1});  // version
    describe_schema(about);
    std::int64_t rows = 0;
    for (auto const& one : groups) rows += one.rows;
    about.field(3, rows);
    about.begin_list(4, Compact::Of::Struct, groups.size());
    for (auto const& one : groups) {
      std::int64_t size = 0;
      for (auto const& chunk : one.chunks) size += chunk.bytes;
      about.begin_struct();
      about.begin_list(1, Compact::Of::Struct, one.chunks.size());
      for (std::size_t i = 0; i < one.chunks.size(); ++i) describe_chunk(about, columns[i], one.chunks[i]);
      about.field(2, size);
      about.field(3, one.rows);
      about.end_struct();
    }
    about.field(6, std::string_view("huiyu"));
    about.end_struct();
    return bytes;
  }
};

ParquetFile::ParquetFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
ParquetFile::ParquetFile(ParquetFile&&) noexcept = default;
ParquetFile& ParquetFile::operator=(ParquetFile&&) noexcept = default;
ParquetFile::~ParquetFile() = default;

Result<ParquetFile> ParquetFile::create(std::filesystem::path const& path, std::vector<ResultColumn> columns) {
  auto file = OutputFile::create(path);
  if (!file) return std::move(file).error();
  return ParquetFile(std::make_unique<State>(std::move(*file), path, std::move(columns)));
}

Result<void> ParquetFile::add(std::int64_t row_count, std::vector<ParquetColumn> const& columns) {
  HUIYU_CHECK(columns.size() == state_->columns.size(), "result rows of another width than their file");
  if (row_count == 0) return {};
  Group group;
  group.rows = row_count;
  for (std::size_t i = 0; i < columns.size(); ++i)
    group.chunks.push_back(state_->append_column(state_->columns[i].kind, columns[i]));
  state_->groups.push_back(std::move(group));
  return state_->flush();
}

Result<void> ParquetFile::finish() {
  auto const footer = state_->footer();
  state_->unwritten += footer;
  parquet::append_u32(state_->unwritten, static_cast<std::uint32_t>(footer.size()));
  state_->unwritten += magic;
  if (auto done = state_->flush(); !done) return done;
  return state_->file.commit();
}

}  // namespace huiyu::records
