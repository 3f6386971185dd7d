#include "runtime/records/duckdb/batch_builder.h"

#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

namespace huiyu::records::duckdb {
namespace {

// Bytes of one value, by Arrow format; 0: no fixed width.
std::int64_t fixed_width(std::string_view format) {
  using namespace std::string_view_literals;
  if (format == "c" || format == "C") return 1;
  if (format == "s" || format == "S" || format == "e") return 2;
  if (format == "i" || format == "I" || format == "f" || format == "tdD" || format == "tts" || format == "ttm" ||
      format == "tiM") {
    return 4;
  }
  if (format == "l" || format == "L" || format == "g" || format == "tdm" || format == "ttu" || format == "ttn" ||
      format == "tiD" || format.starts_with("ts"sv) || format.starts_with("tD"sv)) {
    return 8;
  }
  if (format == "tin") return 16;
  if (format.starts_with("w:")) {
    std::int64_t width = 0;
    std::from_chars(format.data() + 2, format.data() + format.size(), width);
    return width;
  }
  if (format.starts_with("d:")) {
    // precision,scale or precision,scale,bits
    auto first = format.find(',');
    auto second = format.find(',', first + 1);
    if (second == std::string_view::npos) return 16;
    std::int64_t bits = 0;
    std::from_chars(format.data() + second + 1, format.data() + format.size(), bits);
    return bits / 8;
  }
  return 0;
}

// Owns all that an exported array points to.
struct Exported {
  Buffer validity, offsets, values;
  void const* buffers[3] = {};
  std::vector<columns::OwnedArray> children;
  std::vector<ArrowArray*> child_pointers;
  columns::OwnedArray dictionary;
};

// A buffer to hand out: where one is asked for it must not be null, also when it has no bytes.
void const* address(Buffer& buffer) {
  buffer.reserve(1);
  return buffer.data();
}

template <class Offset> void append_offset(Buffer& to, Offset value) { to.append(&value, sizeof value); }

template <class Offset> Offset last_offset(Buffer const& offsets) {
  Offset value = 0;
  if (offsets.size_bytes() != 0) {
    std::memcpy(&value, offsets.data() + offsets.size_bytes() - sizeof value, sizeof value);
  }
  return value;
}

}  // namespace

std::optional<ColumnBuilder> ColumnBuilder::of(ArrowSchema const& schema) {
  std::string_view const format = schema.format;
  std::optional<ColumnBuilder> out;
  if (format == "n") {
    out = ColumnBuilder(Layout::Null, 0);
  } else if (format == "b") {
    out = ColumnBuilder(Layout::Bits, 0);
  } else if (format == "u" || format == "z") {
    out = ColumnBuilder(Layout::Text32, 0);
  } else if (format == "U" || format == "Z") {
    out = ColumnBuilder(Layout::Text64, 0);
  } else if (format == "+l" || format == "+m") {
    out = ColumnBuilder(Layout::List32, 0);
  } else if (format == "+L") {
    out = ColumnBuilder(Layout::List64, 0);
  } else if (format == "+s") {
    out = ColumnBuilder(Layout::Struct, 0);
  } else if (format.starts_with("+w:")) {
    std::int64_t items = 0;
    std::from_chars(format.data() + 3, format.data() + format.size(), items);
    out = ColumnBuilder(Layout::FixedList, items);
  } else if (auto width = fixed_width(format); width > 0) {
    out = ColumnBuilder(Layout::Fixed, width);
  } else {
    return std::nullopt;
  }
  if (schema.dictionary != nullptr) {
    auto dictionary = of(*schema.dictionary);
    if (!dictionary) return std::nullopt;
    out->dictionary_.push_back(std::move(*dictionary));
  }
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    auto child = of(*schema.children[i]);
    if (!child) return std::nullopt;
    out->children_.push_back(std::move(*child));
  }
  return out;
}

void ColumnBuilder::append_validity(ArrowArray const& array, std::int64_t first, std::int64_t count) {
  auto const* bits = static_cast<std::uint8_t const*>(array.buffers[0]);
  bool const may_have_nulls = array.null_count != 0 && bits != nullptr;
  if (!may_have_nulls && validity_.size_bytes() == 0) return;
  if (validity_.size_bytes() == 0) append_bits(validity_, 0, nullptr, 0, length_);
  null_count_ += append_bits(validity_, length_, may_have_nulls ? bits : nullptr, first, count);
}

template <class Offset>
bool ColumnBuilder::append_offsets(ArrowArray const& array, std::int64_t first, std::int64_t count) {
  if (offsets_.size_bytes() == 0) append_offset<Offset>(offsets_, 0);
  if (count == 0) return true;
  auto const* from = static_cast<Offset const*>(array.buffers[1]) + first;
  Offset const begin = from[0];
  Offset const end = from[count];
  Offset const shift = last_offset<Offset>(offsets_);
  if (end - begin > std::numeric_limits<Offset>::max() - shift) return false;
  auto* to = offsets_.extend(static_cast<std::size_t>(count) * sizeof(Offset));
  for (std::int64_t i = 1; i <= count; ++i) {
    Offset const value = from[i] - begin + shift;
    std::memcpy(to + static_cast<std::size_t>(i - 1) * sizeof(Offset), &value, sizeof value);
  }
  return append_ends(array, begin, end);
}

// What a run of offsets points to: bytes of text, or items of the child.
bool ColumnBuilder::append_ends(ArrowArray const& array, std::int64_t from, std::int64_t to) {
  if (children_.empty()) {
    values_.append(static_cast<std::uint8_t const*>(array.buffers[2]) + from, static_cast<std::size_t>(to - from));
    return true;
  }
  return children_[0].append(*array.children[0], from, to - from);
}

bool ColumnBuilder::append(ArrowArray const& array, std::int64_t start, std::int64_t count) {
  std::int64_t const first = array.offset + start;
  if (layout_ != Layout::Null) append_validity(array, first, count);
  bool fits = true;
  switch (layout_) {
    case Layout::Null: null_count_ += count; break;
    case Layout::Bits:
      append_bits(values_, length_, static_cast<std::uint8_t const*>(array.buffers[1]), first, count);
      break;
    case Layout::Fixed:
      values_.append(static_cast<std::uint8_t const*>(array.buffers[1]) + first * width_,
                     static_cast<std::size_t>(count * width_));
      break;
    case Layout::Text32:
    case Layout::List32: fits = append_offsets<std::int32_t>(array, first, count); break;
    case Layout::Text64:
    case Layout::List64: fits = append_offsets<std::int64_t>(array, first, count); break;
    case Layout::FixedList: fits = children_[0].append(*array.children[0], first * width_, count * width_); break;
    case Layout::Struct:
      for (std::size_t i = 0; i < children_.size() && fits; ++i) {
        fits = children_[i].append(*array.children[i], first, count);
      }
      break;
  }
  // The dictionary of an ENUM is that of its type, so all arrays bring the same one.
  if (!dictionary_.empty() && dictionary_[0].length() == 0) {
    fits = dictionary_[0].append(*array.dictionary, 0, array.dictionary->length);
  }
  length_ += count;
  return fits;
}

std::size_t ColumnBuilder::size_bytes() const {
  std::size_t bytes = validity_.size_bytes() + offsets_.size_bytes() + values_.size_bytes();
  for (auto const& child : children_) bytes += child.size_bytes();
  return bytes;
}

columns::OwnedArray ColumnBuilder::finish() {
  auto owned = std::make_unique<Exported>();
  for (auto& child : children_) owned->children.push_back(child.finish());
  for (auto& child : owned->children) owned->child_pointers.push_back(child.get());

  bool const has_nulls = validity_.size_bytes() != 0;
  auto const offset_bytes =
      layout_ == Layout::Text64 || layout_ == Layout::List64 ? sizeof(std::int64_t) : sizeof(std::int32_t);
  if (offsets_.size_bytes() == 0) std::memset(offsets_.extend(offset_bytes), 0, offset_bytes);

  ArrowArray out{};
  switch (layout_) {
    case Layout::Null: break;
    case Layout::FixedList:
    case Layout::Struct: out.n_buffers = 1; break;
    case Layout::Bits:
    case Layout::Fixed:
      out.n_buffers = 2;
      owned->buffers[1] = address(values_);
      break;
    case Layout::List32:
    case Layout::List64:
      out.n_buffers = 2;
      owned->buffers[1] = address(offsets_);
      break;
    case Layout::Text32:
    case Layout::Text64:
      out.n_buffers = 3;
      owned->buffers[1] = address(offsets_);
      owned->buffers[2] = address(values_);
      break;
  }
  if (has_nulls) owned->buffers[0] = address(validity_);

  // The next batch will be about as large: one allocation instead of a row of doublings.
  Buffer validity, offsets, values;
  if (offsets_.size_bytes() > offset_bytes) offsets.reserve(offsets_.size_bytes());
  if (values_.size_bytes() != 0) values.reserve(values_.size_bytes());
  owned->validity = std::exchange(validity_, std::move(validity));
  owned->offsets = std::exchange(offsets_, std::move(offsets));
  owned->values = std::exchange(values_, std::move(values));
  if (!dictionary_.empty()) owned->dictionary = dictionary_[0].finish();

  out.length = std::exchange(length_, 0);
  out.null_count = std::exchange(null_count_, 0);
  out.n_children = static_cast<std::int64_t>(owned->children.size());
  out.buffers = owned->buffers;
  out.children = owned->child_pointers.empty() ? nullptr : owned->child_pointers.data();
  out.dictionary = owned->dictionary.empty() ? nullptr : owned->dictionary.get();
  out.release = [](ArrowArray* array) {
    delete static_cast<Exported*>(array->private_data);
    array->release = nullptr;
  };
  out.private_data = owned.release();
  return columns::OwnedArray{out};
}

}  // namespace huiyu::records::duckdb
