#include "runtime/columns/arrow_view.h"

#include <charconv>
#include <limits>

#include <fmt/format.h>

namespace huiyu::columns {
namespace {

constexpr int max_depth = 8;
// More rows than any batch has; keeps sums of lengths and offsets far from overflow.
constexpr std::int64_t max_length = std::numeric_limits<std::int32_t>::max();

using detail::load;

bool bit_at(void const* bits, std::int64_t index) {
  return ((static_cast<std::uint8_t const*>(bits)[index >> 3] >> (index & 7)) & 1) != 0;
}

ArrowFormat integer_format(std::uint8_t bytes, bool is_signed) {
  return {ArrowKind::Integer, bytes, is_signed, 0, 1, false};
}
ArrowFormat plain_format(ArrowKind kind, std::uint8_t bytes) { return {kind, bytes, true, 0, 1, false}; }

std::optional<std::int32_t> whole_number(std::string_view text) {
  std::int32_t value = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Error refused(std::string_view format, std::string_view why) {
  return {ErrorKind::Data, fmt::format("Arrow format `{}` {}", format, why)};
}

// `d:precision,scale` with an optional third number, the bits.
Result<ArrowFormat> decimal_format(std::string_view format) {
  auto rest = format.substr(2);
  auto const comma = rest.find(',');
  if (comma == std::string_view::npos) return refused(format, "is no decimal");
  auto const precision = whole_number(rest.substr(0, comma));
  rest.remove_prefix(comma + 1);
  auto const second = rest.find(',');
  auto const scale = whole_number(rest.substr(0, second));
  auto const bits = second == std::string_view::npos ? std::optional(128) : whole_number(rest.substr(second + 1));
  if (!precision || !scale || !bits) return refused(format, "is no decimal");
  if (*bits != 128) return refused(format, "is not read: decimals have 128 bits here; cast it to DECIMAL(38, …)");
  if (*precision < 1 || *precision > 38 || *scale < -38 || *scale > 38)
    return refused(format, "is no decimal of 128 bits");
  return ArrowFormat{ArrowKind::Decimal, 16, true, *scale, 1, false};
}

Result<ArrowFormat> timestamp_format(std::string_view format) {
  if (format.size() < 4 || format[3] != ':') return refused(format, "is no timestamp");
  ArrowFormat parsed{ArrowKind::Timestamp, 8, true, 0, 1, format.size() > 4};
  switch (format[2]) {
    case 's': return parsed;
    case 'm': parsed.per_second = 1'000; return parsed;
    case 'u': parsed.per_second = 1'000'000; return parsed;
    case 'n': parsed.per_second = 1'000'000'000; return parsed;
    default: return refused(format, "is no timestamp");
  }
}

}  // namespace

Result<ArrowFormat> parse_arrow_format(std::string_view format) {
  if (format.size() == 1) {
    switch (format[0]) {
      case 'n': return plain_format(ArrowKind::Null, 0);
      case 'b': return plain_format(ArrowKind::Truth, 0);
      case 'c': return integer_format(1, true);
      case 'C': return integer_format(1, false);
      case 's': return integer_format(2, true);
      case 'S': return integer_format(2, false);
      case 'i': return integer_format(4, true);
      case 'I': return integer_format(4, false);
      case 'l': return integer_format(8, true);
      case 'L': return integer_format(8, false);
      case 'f': return plain_format(ArrowKind::Float, 4);
      case 'g': return plain_format(ArrowKind::Double, 8);
      case 'u': return plain_format(ArrowKind::Text, 4);
      case 'U': return plain_format(ArrowKind::Text, 8);
      default: return refused(format, "is not read");
    }
  }
  if (format.starts_with("d:")) return decimal_format(format);
  if (format == "tdD") return plain_format(ArrowKind::Days, 4);
  if (format == "tdm") return plain_format(ArrowKind::Milliseconds, 8);
  if (format.starts_with("ts")) return timestamp_format(format);
  if (format == "+l") return plain_format(ArrowKind::List, 4);
  if (format == "+L") return plain_format(ArrowKind::List, 8);
  if (format == "+s") return plain_format(ArrowKind::Struct, 0);
  if (format == "+m") return plain_format(ArrowKind::Map, 4);
  return refused(format, "is not read");
}

Error ArrowView::error(std::string_view what) const {
  return {ErrorKind::Data, fmt::format("column `{}`: {}", name_, what)};
}

Result<ArrowView> ArrowView::open(ArrowSchema const& schema, ArrowArray const& array, std::string const& name,
                                  int depth) {
  ArrowView view;
  view.array_ = &array;
  view.name_ = name;
  if (depth > max_depth) return view.error("nested too deeply");
  if (schema.release == nullptr || array.release == nullptr) return view.error("the Arrow array has been released");
  if (schema.format == nullptr) return view.error("the Arrow array has no format");
  auto format = parse_arrow_format(schema.format);
  if (!format) return view.error(format.error().message);
  view.format_ = *format;
  if (auto checked = view.check_shape(schema); !checked) return checked.error();
  if (auto opened = view.open_children(schema, depth); !opened) return opened.error();
  if (auto opened = view.open_dictionary(schema, depth); !opened) return opened.error();
  return view;
}

Result<void> ArrowView::check_shape(ArrowSchema const& schema) {
  auto const& array = *array_;
  if (array.length < 0 || array.length > max_length || array.offset < 0 || array.offset > max_length)
    return error("a length or offset out of range");
  if (array.null_count < -1 || array.null_count > array.length) return error("a count of nulls out of range");

  auto const kind = format_.kind;
  std::int64_t const buffers = kind == ArrowKind::Null     ? 0
                               : kind == ArrowKind::Struct ? 1
                               : kind == ArrowKind::Text   ? 3
                                                           : 2;
  std::int64_t const children = kind == ArrowKind::List || kind == ArrowKind::Map ? 1
                                : kind == ArrowKind::Struct                       ? schema.n_children
                                                                                  : 0;
  if (array.n_buffers != buffers || (buffers > 0 && array.buffers == nullptr))
    return error("a wrong number of buffers");
  if (schema.n_children != children || array.n_children != children || children < 0)
    return error("a wrong number of children");
  if (children > 0 && (schema.children == nullptr || array.children == nullptr))
    return error("children that are not there");
  if (kind != ArrowKind::Null && array.null_count > 0 && array.buffers[0] == nullptr)
    return error("nulls without a validity buffer");
  if (buffers >= 2 && array.length > 0 && array.buffers[1] == nullptr) return error("values without a buffer");

  if (kind == ArrowKind::Text) {
    if (auto checked = check_offsets(std::numeric_limits<std::int64_t>::max()); !checked) return checked;
    if (array.length > 0 && offset_at(array.length) > 0 && array.buffers[2] == nullptr)
      return error("texts without a buffer");
  }
  return {};
}

template <class Offset> Result<void> ArrowView::check_growth(std::int64_t limit) const {
  auto last = load<Offset>(array_->buffers[1], array_->offset);
  if (last < 0) return error("an offset below 0");
  for (std::int64_t i = 1; i <= array_->length; ++i) {
    auto const next = load<Offset>(array_->buffers[1], array_->offset + i);
    if (next < last) return error("offsets that do not grow");
    last = next;
  }
  if (last > limit) return error("an offset beyond its child");
  return {};
}

Result<void> ArrowView::check_offsets(std::int64_t limit) const {
  if (array_->length == 0) return {};
  return format_.bytes == 8 ? check_growth<std::int64_t>(limit) : check_growth<std::int32_t>(limit);
}

Result<void> ArrowView::open_children(ArrowSchema const& schema, int depth) {
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    auto const* child_schema = schema.children[i];
    auto const* child_array = array_->children[i];
    if (child_schema == nullptr || child_array == nullptr) return error("a child that is not there");
    std::string const child_name = child_schema->name == nullptr ? "" : child_schema->name;
    bool const in_struct = format_.kind == ArrowKind::Struct;
    auto child = open(*child_schema, *child_array, in_struct ? child_name : name_, depth + 1);
    if (!child && !in_struct) return child.error();
    bool const too_short = child && in_struct && child->length() < array_->offset + array_->length;
    if (child && !too_short) {
      children_.push_back(std::move(*child));
      continue;
    }
    auto& broken = children_.emplace_back(ArrowView());
    broken.name_ = child_name;
    broken.broken_ = child ? broken.error("a child shorter than its parent").message : child.error().message;
  }
  if (format_.kind == ArrowKind::List || format_.kind == ArrowKind::Map)
    if (auto checked = check_offsets(children_.front().length()); !checked) return checked;
  if (format_.kind == ArrowKind::Map) {
    auto const& entry = children_.front();
    if (entry.format_.kind != ArrowKind::Struct || entry.children_.size() != 2)
      return error("a map without keys and values");
  }
  return {};
}

Result<void> ArrowView::open_dictionary(ArrowSchema const& schema, int depth) {
  if ((schema.dictionary == nullptr) != (array_->dictionary == nullptr)) return error("a dictionary in one half only");
  if (schema.dictionary == nullptr) return {};
  if (format_.kind != ArrowKind::Integer) return error("dictionary indices that are no integers");
  auto values = open(*schema.dictionary, *array_->dictionary, name_, depth + 1);
  if (!values) return values.error();
  if (values->has_dictionary()) return error("a dictionary of a dictionary");
  for (std::int64_t row = 0; row < array_->length; ++row) {
    if (validity() != nullptr && !bit_at(validity(), row + array_->offset)) continue;
    auto const index = index_at(row);
    if (index < 0 || index >= values->length()) return error("a dictionary index out of range");
  }
  dictionary_ = std::make_shared<ArrowView const>(std::move(*values));
  return {};
}

std::uint8_t const* ArrowView::validity() const {
  return array_->n_buffers == 0 || array_->null_count == 0 ? nullptr
                                                           : static_cast<std::uint8_t const*>(array_->buffers[0]);
}

bool ArrowView::present(std::int64_t row) const {
  if (format_.kind == ArrowKind::Null) return false;
  if (auto const* bits = validity(); bits != nullptr && !bit_at(bits, row + array_->offset)) return false;
  return dictionary_ == nullptr || dictionary_->present(index_at(row));
}

// Widths over 32 bits of unsigned indices cannot be in range anyway.
std::int64_t ArrowView::index_at(std::int64_t row) const {
  auto const at = row + array_->offset;
  auto const* buffer = array_->buffers[1];
  switch (format_.bytes) {
    case 1: return format_.is_signed ? load<std::int8_t>(buffer, at) : std::int64_t{load<std::uint8_t>(buffer, at)};
    case 2: return format_.is_signed ? load<std::int16_t>(buffer, at) : std::int64_t{load<std::uint16_t>(buffer, at)};
    case 4: return format_.is_signed ? load<std::int32_t>(buffer, at) : std::int64_t{load<std::uint32_t>(buffer, at)};
    default: return load<std::int64_t>(buffer, at);
  }
}

Int128 ArrowView::integer(std::int64_t row) const {
  if (dictionary_ != nullptr) return dictionary_->integer(index_at(row));
  if (format_.kind == ArrowKind::Truth) return bit_at(array_->buffers[1], row + array_->offset) ? 1 : 0;
  if (format_.bytes == 8 && !format_.is_signed) return load<std::uint64_t>(array_->buffers[1], row + array_->offset);
  return index_at(row);
}

Int128 ArrowView::decimal(std::int64_t row) const {
  if (dictionary_ != nullptr) return dictionary_->decimal(index_at(row));
  return load<Int128>(array_->buffers[1], row + array_->offset);
}

std::string ArrowView::floating_text(std::int64_t row) const {
  if (dictionary_ != nullptr) return dictionary_->floating_text(index_at(row));
  auto const at = row + array_->offset;
  if (format_.kind == ArrowKind::Float) return fmt::format("{}", load<float>(array_->buffers[1], at));
  return fmt::format("{}", load<double>(array_->buffers[1], at));
}

}  // namespace huiyu::columns
