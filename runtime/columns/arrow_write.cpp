#include "runtime/columns/arrow_write.h"

#include <cerrno>
#include <cstring>
#include <deque>
#include <new>

#include "runtime/base/check.h"
#include "runtime/base/wide.h"

namespace huiyu::columns {
namespace {

constexpr std::int64_t batch_rows = 65'536;
// Offsets of texts have 32 bits; a batch is closed well before they run out.
constexpr std::size_t batch_text_bytes = std::size_t{1} << 30U;

using Bytes = std::vector<std::uint8_t>;

template <class T> void append(Bytes& bytes, T value) {
  auto const size = bytes.size();
  bytes.resize(size + sizeof(T));
  std::memcpy(bytes.data() + size, &value, sizeof(T));
}

// Buffers of one column in Arrow's layout. `offsets` and `texts` serve Text; a list of texts has both levels of
// offsets.
struct ColumnData {
  Bytes validity, fixed, list_offsets, offsets, texts;
  std::int64_t nulls = 0;
  std::int32_t item_count = 0;

  void add_text(std::string_view text) {
    HUIYU_CHECK(text.size() < batch_text_bytes, "a result text of a gigabyte");
    texts.insert(texts.end(), text.begin(), text.end());
    append(offsets, static_cast<std::int32_t>(texts.size()));
    ++item_count;
  }
};

struct BatchData {
  std::int64_t rows = 0;
  std::size_t text_bytes = 0;
  std::vector<ColumnData> columns;
};

BatchData empty_batch(std::vector<ResultColumn> const& columns) {
  BatchData batch;
  batch.columns.resize(columns.size());
  for (auto& column : batch.columns) {
    append(column.list_offsets, std::int32_t{0});
    append(column.offsets, std::int32_t{0});
  }
  return batch;
}

char const* format_of(ResultKind kind) {
  switch (kind) {
    case ResultKind::Text: return "u";
    case ResultKind::Integer: return "l";
    case ResultKind::Money: return "d:38,2";
    case ResultKind::TextList: return "+l";
  }
  return "n";
}

// ---- schema and arrays that own themselves: a tree of nodes, each freed by its own release
// ------------------------------

struct SchemaNode {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

ArrowSchema make_schema(char const* format, std::string name, std::vector<ArrowSchema> children) {
  auto node = std::make_unique<SchemaNode>(SchemaNode{std::move(name), std::move(children), {}});
  for (auto& child : node->children) node->pointers.push_back(&child);
  ArrowSchema schema{};
  schema.format = format;
  schema.name = node->name.c_str();
  schema.flags = ARROW_FLAG_NULLABLE;
  schema.n_children = static_cast<std::int64_t>(node->pointers.size());
  schema.children = node->pointers.data();
  schema.private_data = node.release();
  schema.release = [](ArrowSchema* self) {
    auto* owned = static_cast<SchemaNode*>(self->private_data);
    for (auto& child : owned->children)
      if (child.release != nullptr) child.release(&child);
    delete owned;
    self->release = nullptr;
  };
  return schema;
}

ArrowSchema schema_of(std::vector<ResultColumn> const& columns) {
  std::vector<ArrowSchema> children;
  for (auto const& column : columns) {
    std::vector<ArrowSchema> items;
    if (column.kind == ResultKind::TextList) items.push_back(make_schema("u", "item", {}));
    children.push_back(make_schema(format_of(column.kind), column.name, std::move(items)));
  }
  auto schema = make_schema("+s", "", std::move(children));
  schema.flags = 0;
  return schema;
}

struct ArrayNode {
  std::vector<Bytes> buffers;
  std::vector<void const*> buffer_pointers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> child_pointers;
};

// An empty first buffer says that nothing is null; the others are there even where they are empty.
ArrowArray make_array(std::int64_t length, std::int64_t nulls, std::vector<Bytes> buffers,
                      std::vector<ArrowArray> children) {
  auto node = std::make_unique<ArrayNode>(ArrayNode{std::move(buffers), {}, std::move(children), {}});
  for (auto& buffer : node->buffers) {
    bool const absent = node->buffer_pointers.empty() && nulls == 0;
    if (!absent && buffer.empty()) buffer.resize(1);
    node->buffer_pointers.push_back(absent ? nullptr : buffer.data());
  }
  for (auto& child : node->children) node->child_pointers.push_back(&child);
  ArrowArray array{};
  array.length = length;
  array.null_count = nulls;
  array.n_buffers = static_cast<std::int64_t>(node->buffer_pointers.size());
  array.buffers = node->buffer_pointers.data();
  array.n_children = static_cast<std::int64_t>(node->child_pointers.size());
  array.children = node->child_pointers.data();
  array.private_data = node.release();
  array.release = [](ArrowArray* self) {
    auto* owned = static_cast<ArrayNode*>(self->private_data);
    for (auto& child : owned->children)
      if (child.release != nullptr) child.release(&child);
    delete owned;
    self->release = nullptr;
  };
  return array;
}

std::vector<Bytes> two(Bytes a, Bytes b) {
  std::vector<Bytes> buffers;
  buffers.push_back(std::move(a));
  buffers.push_back(std::move(b));
  return buffers;
}
std::vector<Bytes> three(Bytes a, Bytes b, Bytes c) {
  auto buffers = two(std::move(a), std::move(b));
  buffers.push_back(std::move(c));
  return buffers;
}

ArrowArray array_of(std::int64_t rows, ResultKind kind, ColumnData data) {
  switch (kind) {
    case ResultKind::Integer:
    case ResultKind::Money:
      return make_array(rows, data.nulls, two(std::move(data.validity), std::move(data.fixed)), {});
    case ResultKind::Text:
      return make_array(rows, data.nulls,
                        three(std::move(data.validity), std::move(data.offsets), std::move(data.texts)), {});
    case ResultKind::TextList: {
      std::vector<ArrowArray> items{
          make_array(data.item_count, 0, three({}, std::move(data.offsets), std::move(data.texts)), {})};
      return make_array(rows, data.nulls, two(std::move(data.validity), std::move(data.list_offsets)),
                        std::move(items));
    }
  }
  return {};
}

ArrowArray array_of(std::vector<ResultColumn> const& columns, BatchData batch) {
  std::vector<ArrowArray> children;
  for (std::size_t i = 0; i < columns.size(); ++i)
    children.push_back(array_of(batch.rows, columns[i].kind, std::move(batch.columns[i])));
  return make_array(batch.rows, 0, std::vector<Bytes>(1), std::move(children));
}

}  // namespace

struct ResultRows::State {
  std::vector<ResultColumn> columns;
  std::deque<BatchData> full;
  BatchData open;
  std::int64_t row_count = 0;
};

ResultRows::ResultRows(std::vector<ResultColumn> columns) : state_(std::make_unique<State>()) {
  state_->open = empty_batch(columns);
  state_->columns = std::move(columns);
}
ResultRows::~ResultRows() = default;
ResultRows::ResultRows(ResultRows&&) noexcept = default;
ResultRows& ResultRows::operator=(ResultRows&&) noexcept = default;

std::int64_t ResultRows::row_count() const { return state_->row_count; }

void ResultRows::add(std::span<ResultCell const> cells) {
  auto& state = *state_;
  HUIYU_CHECK(cells.size() == state.columns.size(), "a result row of another width than its columns");
  auto& batch = state.open;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto& column = batch.columns[i];
    auto const& cell = cells[i];
    bool const null = std::holds_alternative<std::monostate>(cell);
    if (batch.rows % 8 == 0) column.validity.push_back(0);
    if (null)
      ++column.nulls;
    else
      column.validity.back() =
          static_cast<std::uint8_t>(column.validity.back() | (1U << static_cast<unsigned>(batch.rows % 8)));
    auto const text_bytes = column.texts.size();
    switch (state.columns[i].kind) {
      case ResultKind::Text: column.add_text(null ? std::string_view() : std::get<std::string_view>(cell)); break;
      case ResultKind::Integer: append(column.fixed, null ? std::int64_t{0} : std::get<std::int64_t>(cell)); break;
      case ResultKind::Money: append(column.fixed, Int128{null ? 0 : std::get<std::int64_t>(cell)}); break;
      case ResultKind::TextList:
        if (!null)
          for (auto const& text : std::get<std::vector<std::string>>(cell)) column.add_text(text);
        append(column.list_offsets, column.item_count);
        break;
    }
    batch.text_bytes += column.texts.size() - text_bytes;
  }
  ++batch.rows;
  ++state.row_count;
  if (batch.rows < batch_rows && batch.text_bytes < batch_text_bytes / 2) return;
  state.full.push_back(std::move(batch));
  state.open = empty_batch(state.columns);
}

ArrowStream ResultRows::finish() && {
  auto state = std::move(state_);
  if (state->open.rows > 0) state->full.push_back(std::move(state->open));
  ArrowArrayStream stream{};
  stream.private_data = state.release();
  // Only memory can run out here, and no exception may reach the consumer.
  stream.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    try {
      *out = schema_of(static_cast<State*>(self->private_data)->columns);
      return 0;
    } catch (std::bad_alloc const&) {
      return ENOMEM;
    }
  };
  stream.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    auto& rows = *static_cast<State*>(self->private_data);
    *out = ArrowArray{};
    if (rows.full.empty()) return 0;
    try {
      *out = array_of(rows.columns, std::move(rows.full.front()));
      rows.full.pop_front();
      return 0;
    } catch (std::bad_alloc const&) {
      return ENOMEM;
    }
  };
  stream.get_last_error = [](ArrowArrayStream*) { return "out of memory"; };
  stream.release = [](ArrowArrayStream* self) {
    delete static_cast<State*>(self->private_data);
    self->release = nullptr;
  };
  return ArrowStream(stream);
}

}  // namespace huiyu::columns
