#include "runtime/records/duckdb/stream.h"

#include <cerrno>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/records/duckdb/batch_builder.h"

namespace huiyu::records::duckdb {
namespace {

// Rows with long texts or lists make a batch early: it is held in memory as a whole.
constexpr std::size_t batch_bytes = 64U << 20U;

// What made a running query fail. DuckDB wraps it, or, where two of its threads stop at the same moment, loses it.
std::string reason(std::string message) {
  constexpr std::string_view wrapping = "unsuccessful or closed pending query result\nError: ";
  if (auto at = message.find(wrapping); at != std::string::npos) message.erase(0, at + wrapping.size());
  if (message.starts_with("INTERRUPT Error"))
    return "a part of it failed, and the reason was lost; run it again to see it";
  return message;
}

class QueryStream {
 public:
  QueryStream(RunningQuery query, std::vector<LogicalType> types, std::vector<std::string> names)
      : query_(std::move(query)),
        types_(std::move(types)),
        names_(std::move(names)),
        batch_rows_(query_.database->batch_rows) {}

  int get_schema(ArrowSchema* out) {
    std::vector<duckdb_logical_type> types;
    for (auto const& type : types_) types.push_back(type.get());
    std::vector<char const*> names;
    for (auto const& name : names_) names.push_back(name.c_str());
    ErrorData error(duckdb_to_arrow_schema(query_.options.get(), types.data(), names.data(), types.size(), out));
    return error.get() == nullptr ? 0 : fail(duckdb_error_data_message(error.get()));
  }

  // Called once, before the first batch.
  Result<void> prepare() {
    columns::OwnedSchema schema;
    if (get_schema(schema.get()) != 0) return data_error(error_.c_str());
    builder_ = ColumnBuilder::of(*schema);
    vectors_ = builder_.has_value() && builder_->can_read_children(types_);
    return {};
  }

  int get_next(ArrowArray* out) {
    if (failed_) return EIO;
    columns::OwnedArray array;
    while (!ended_) {
      Chunk chunk;
      if (int code = fetch(chunk); code != 0) return code;
      if (ended_) break;
      if (!vectors_)
        if (int code = convert(chunk, array); code != 0) return code;
      if (!builder_) {
        *out = array.give_up();
        return 0;
      }
      if (!(vectors_ ? builder_->append_chunk(chunk) : builder_->append(*array, 0, array->length))) {
        return fail("a column has more than 2 GiB of text or list items in one batch");
      }
      array.reset();
      // The next chunk may be a full one.
      auto const room = batch_rows_ - static_cast<std::int64_t>(duckdb_vector_size());
      if (builder_->length() > room || builder_->size_bytes() >= batch_bytes) break;
    }
    *out = builder_ && builder_->length() > 0 ? builder_->finish().give_up() : ArrowArray{};
    return 0;
  }

  int fail(std::string message) {
    auto const& file = query_.alias.name();
    error_ = (file.empty() ? "" : "`" + file + "`: ") + query_.alias.in_words_of_people(reason(std::move(message)));
    failed_ = true;
    return EIO;
  }

  char const* last_error() const { return error_.empty() ? nullptr : error_.c_str(); }

 private:
  // The next chunk with rows; sets ended_ where there is none.
  int fetch(Chunk& chunk) {
    chunk = Chunk(duckdb_fetch_chunk(*query_.result.get()));
    if (chunk.get() == nullptr) {
      // A query that breaks off half-way also ends without a chunk.
      char const* text = duckdb_result_error(query_.result.get());
      if (text != nullptr && *text != '\0') return fail(text);
      ended_ = true;
      return 0;
    }
    return 0;
  }

  int convert(Chunk const& chunk, columns::OwnedArray& array) {
    ErrorData error(duckdb_data_chunk_to_arrow(query_.options.get(), chunk.get(), array.get()));
    return error.get() == nullptr ? 0 : fail(duckdb_error_data_message(error.get()));
  }

  RunningQuery query_;
  std::vector<LogicalType> types_;
  std::vector<std::string> names_;
  std::int64_t batch_rows_;
  std::optional<ColumnBuilder> builder_;  // none: batches go out as they come
  bool vectors_ = false;                  // the builder reads chunks as they are, without Arrow arrays of them
  std::string error_;
  bool failed_ = false;
  bool ended_ = false;
};

// Runs a stream's function; what it throws, out of memory for one, becomes an error of the stream.
template <class Body> int guarded(ArrowArrayStream* stream, Body body) noexcept {
  auto& self = *static_cast<QueryStream*>(stream->private_data);
  try {
    return body(self);
  } catch (std::bad_alloc const&) {
    // The text is short enough to need no memory of its own.
    return self.fail("out of memory");
  } catch (...) {
    return self.fail("internal error");
  }
}

}  // namespace

FileAlias::FileAlias(int descriptor, std::string name)
    : path_("/proc/self/fd/" + std::to_string(descriptor)), name_(std::move(name)) {}

std::string FileAlias::in_words_of_people(std::string message) const {
  if (path_.empty()) return message;
  for (char const* advice : {"\nPossible ", "\n  file = ", "\nLINE ", "\n Try ", "\nTry ", " Try "}) {
    if (auto at = message.find(advice); at != std::string::npos) message.resize(at);
  }
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  for (auto at = message.find(path_); at != std::string::npos; at = message.find(path_, at + name_.size())) {
    message.replace(at, path_.size(), name_);
  }
  return message;
}

Result<ArrowArrayStream> make_stream(RunningQuery query) {
  std::vector<LogicalType> types;
  std::vector<std::string> names;
  idx_t const count = duckdb_column_count(query.result.get());
  for (idx_t i = 0; i < count; ++i) {
    types.emplace_back(duckdb_column_logical_type(query.result.get(), i));
    names.emplace_back(duckdb_column_name(query.result.get(), i));
  }
  query.options = ArrowOptions(duckdb_result_get_arrow_options(query.result.get()));

  auto stream = std::make_unique<QueryStream>(std::move(query), std::move(types), std::move(names));
  if (auto ready = stream->prepare(); !ready) return std::move(ready).error();

  ArrowArrayStream out{};
  out.get_schema = [](ArrowArrayStream* self, ArrowSchema* schema) {
    return guarded(self, [&](QueryStream& body) { return body.get_schema(schema); });
  };
  out.get_next = [](ArrowArrayStream* self, ArrowArray* array) {
    return guarded(self, [&](QueryStream& body) { return body.get_next(array); });
  };
  out.get_last_error = [](ArrowArrayStream* self) {
    return static_cast<QueryStream*>(self->private_data)->last_error();
  };
  out.release = [](ArrowArrayStream* self) {
    delete static_cast<QueryStream*>(self->private_data);
    self->release = nullptr;
  };
  out.private_data = stream.release();
  return out;
}

}  // namespace huiyu::records::duckdb
