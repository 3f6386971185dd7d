// DuckDB's vectors appended to a batch as they are. The chunks of a result are flat: no dictionaries, no constants.

#include <algorithm>
#include <cstring>
#include <limits>
#include <string_view>

#include "runtime/records/duckdb/batch_builder.h"

namespace huiyu::records::duckdb {
namespace {

bool bit_set(std::uint64_t const* valid, std::int64_t row) {
  return valid == nullptr || ((valid[row / 64] >> (row % 64)) & 1U) != 0;
}

std::uint64_t const* validity_of(duckdb_vector vector) { return duckdb_vector_get_validity(vector); }

std::int64_t value_bytes(duckdb_type type) {
  switch (static_cast<int>(type)) {
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_UTINYINT: return 1;
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_USMALLINT: return 2;
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DATE: return 4;
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_TIMESTAMP: return 8;
    default: return 0;
  }
}

// A text as DuckDB holds it: short ones in place.
std::string_view text_at(duckdb_string_t const& text) {
  auto const length = text.value.inlined.length;
  return {length <= sizeof text.value.inlined.inlined ? text.value.inlined.inlined : text.value.pointer.ptr, length};
}

}  // namespace

bool ColumnBuilder::can_read_children(std::vector<LogicalType> const& types) {
  if (layout_ != Layout::Struct || types.size() != children_.size()) return false;
  for (std::size_t i = 0; i < types.size(); ++i)
    if (!children_[i].can_read(types[i])) return false;
  return true;
}

bool ColumnBuilder::can_read(LogicalType const& type) {
  if (!dictionary_.empty()) return false;
  auto const id = duckdb_get_type_id(type.get());
  switch (static_cast<int>(id)) {
    case DUCKDB_TYPE_BOOLEAN: source_ = Source::Truth; return layout_ == Layout::Bits;
    case DUCKDB_TYPE_VARCHAR: source_ = Source::Text; return layout_ == Layout::Text32;
    case DUCKDB_TYPE_DECIMAL:
      switch (static_cast<int>(duckdb_decimal_internal_type(type.get()))) {
        case DUCKDB_TYPE_SMALLINT: source_ = Source::Decimal16; break;
        case DUCKDB_TYPE_INTEGER: source_ = Source::Decimal32; break;
        case DUCKDB_TYPE_BIGINT: source_ = Source::Decimal64; break;
        default: source_ = Source::Same;
      }
      return layout_ == Layout::Fixed && width_ == 16;
    case DUCKDB_TYPE_LIST:
      source_ = Source::List;
      return layout_ == Layout::List32 && children_[0].can_read(LogicalType(duckdb_list_type_child_type(type.get())));
    case DUCKDB_TYPE_MAP: {
      // A list of entries, each a struct of key and value.
      source_ = Source::List;
      auto& entry = children_[0];
      entry.source_ = Source::Struct;
      return layout_ == Layout::List32 && entry.layout_ == Layout::Struct && entry.children_.size() == 2 &&
             entry.children_[0].can_read(LogicalType(duckdb_map_type_key_type(type.get()))) &&
             entry.children_[1].can_read(LogicalType(duckdb_map_type_value_type(type.get())));
    }
    case DUCKDB_TYPE_STRUCT: {
      source_ = Source::Struct;
      if (layout_ != Layout::Struct || duckdb_struct_type_child_count(type.get()) != children_.size()) return false;
      for (std::size_t i = 0; i < children_.size(); ++i)
        if (!children_[i].can_read(LogicalType(duckdb_struct_type_child_type(type.get(), i)))) return false;
      return true;
    }
    default: source_ = Source::Same; return layout_ == Layout::Fixed && value_bytes(id) == width_;
  }
}

bool ColumnBuilder::append_chunk(Chunk const& chunk) {
  auto const count = static_cast<std::int64_t>(duckdb_data_chunk_get_size(chunk.get()));
  for (std::size_t i = 0; i < children_.size(); ++i)
    if (!children_[i].append_vector(duckdb_data_chunk_get_vector(chunk.get(), i), 0, count)) return false;
  length_ += count;
  return true;
}

bool ColumnBuilder::append_vector(duckdb_vector vector, std::int64_t first, std::int64_t count) {
  auto const* valid = validity_of(vector);
  if (valid != nullptr || validity_.size_bytes() != 0) {
    if (validity_.size_bytes() == 0) append_bits(validity_, 0, nullptr, 0, length_);
    // DuckDB's words of 64 bits have their bytes in Arrow's order.
    null_count_ += append_bits(validity_, length_, reinterpret_cast<std::uint8_t const*>(valid), first, count);
  }
  bool fits = true;
  auto const* data = static_cast<std::uint8_t const*>(duckdb_vector_get_data(vector));
  switch (source_) {
    case Source::Same: values_.append(data + first * width_, static_cast<std::size_t>(count * width_)); break;
    case Source::Truth: append_truth(data, first, count); break;
    case Source::Decimal16: append_decimals<std::int16_t>(data, first, count); break;
    case Source::Decimal32: append_decimals<std::int32_t>(data, first, count); break;
    case Source::Decimal64: append_decimals<std::int64_t>(data, first, count); break;
    case Source::Text: fits = append_texts(data, valid, first, count); break;
    case Source::List: fits = append_lists(vector, valid, first, count); break;
    case Source::Struct:
      for (std::size_t i = 0; i < children_.size() && fits; ++i)
        fits = children_[i].append_vector(duckdb_struct_vector_get_child(vector, i), first, count);
      break;
  }
  length_ += count;
  return fits;
}

void ColumnBuilder::append_truth(void const* from, std::int64_t first, std::int64_t count) {
  std::uint8_t bits[(2048 + 7) / 8];
  auto const* bytes = static_cast<std::uint8_t const*>(from) + first;
  for (std::int64_t done = 0; done < count;) {
    auto const size = std::min<std::int64_t>(count - done, 2048);
    std::memset(bits, 0, sizeof bits);
    for (std::int64_t i = 0; i < size; ++i)
      bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | ((bytes[done + i] != 0 ? 1U : 0U) << (i % 8)));
    append_bits(values_, length_ + done, bits, 0, size);
    done += size;
  }
}

template <class Small> void ColumnBuilder::append_decimals(void const* from, std::int64_t first, std::int64_t count) {
  auto const* values = static_cast<Small const*>(from) + first;
  auto* to = values_.extend(static_cast<std::size_t>(count) * 16);
  for (std::int64_t i = 0; i < count; ++i, to += 16) {
    std::int64_t const halves[2] = {values[i], values[i] < 0 ? -1 : 0};
    std::memcpy(to, halves, sizeof halves);
  }
}

bool ColumnBuilder::append_texts(void const* from, std::uint64_t const* valid, std::int64_t first, std::int64_t count) {
  auto const* texts = static_cast<duckdb_string_t const*>(from) + first;
  std::int32_t const zero = 0;
  if (offsets_.size_bytes() == 0) offsets_.append(&zero, sizeof zero);
  std::size_t bytes = 0;
  for (std::int64_t i = 0; i < count; ++i)
    if (bit_set(valid, first + i)) bytes += text_at(texts[i]).size();
  if (values_.size_bytes() + bytes > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) return false;

  auto end = static_cast<std::int32_t>(values_.size_bytes());
  auto* to = values_.extend(bytes);
  auto* offset = offsets_.extend(static_cast<std::size_t>(count) * sizeof end);
  for (std::int64_t i = 0; i < count; ++i, offset += sizeof end) {
    if (bit_set(valid, first + i)) {
      auto const text = text_at(texts[i]);
      if (!text.empty()) std::memcpy(to, text.data(), text.size());
      to += text.size();
      end += static_cast<std::int32_t>(text.size());
    }
    std::memcpy(offset, &end, sizeof end);
  }
  return true;
}

bool ColumnBuilder::append_lists(duckdb_vector vector, std::uint64_t const* valid, std::int64_t first,
                                 std::int64_t count) {
  auto const* entries = static_cast<duckdb_list_entry const*>(duckdb_vector_get_data(vector)) + first;
  auto* const child = duckdb_list_vector_get_child(vector);
  std::int32_t const zero = 0;
  if (offsets_.size_bytes() == 0) offsets_.append(&zero, sizeof zero);
  auto end = children_[0].length();
  auto* offset = offsets_.extend(static_cast<std::size_t>(count) * sizeof zero);
  // Items of neighbouring rows mostly follow each other, and are then appended together.
  std::int64_t begin = 0, size = 0;
  for (std::int64_t i = 0; i < count; ++i, offset += sizeof zero) {
    auto const length = bit_set(valid, first + i) ? static_cast<std::int64_t>(entries[i].length) : 0;
    if (length > 0) {
      auto const at = static_cast<std::int64_t>(entries[i].offset);
      if (size > 0 && at != begin + size) {
        if (!children_[0].append_vector(child, begin, size)) return false;
        size = 0;
      }
      if (size == 0) begin = at;
      size += length;
      end += length;
    }
    if (end > std::numeric_limits<std::int32_t>::max()) return false;
    auto const narrow = static_cast<std::int32_t>(end);
    std::memcpy(offset, &narrow, sizeof narrow);
  }
  return size == 0 || children_[0].append_vector(child, begin, size);
}

}  // namespace huiyu::records::duckdb
