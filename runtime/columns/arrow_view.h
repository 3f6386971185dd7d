#pragma once

// A checked look at an Arrow array of unknown origin. Private to the Arrow reader.
//
// The C data interface carries no buffer sizes, so a producer that lies about those cannot be caught. All else is
// checked before anything is read: formats, counts of buffers and children, lengths, offsets that only grow, dictionary
// indices.

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/base/wide.h"
#include "runtime/columns/arrow_c.h"

namespace huiyu::columns {

enum class ArrowKind : std::uint8_t {
  Null,
  Truth,
  Integer,
  Decimal,
  Float,
  Double,
  Text,
  Days,
  Milliseconds,
  Timestamp,
  List,
  Struct,
  Map
};

namespace detail {
template <class T> T load(void const* buffer, std::int64_t index) {
  T value;
  std::memcpy(&value, static_cast<std::uint8_t const*>(buffer) + index * static_cast<std::int64_t>(sizeof(T)),
              sizeof(T));
  return value;
}
}  // namespace detail

// What a format string says.
struct ArrowFormat {
  ArrowKind kind{};
  std::uint8_t bytes = 0;       // Integer: width; Decimal: 16; Text, List: width of the offsets
  bool is_signed = true;        // Integer
  std::int32_t scale = 0;       // Decimal
  std::int64_t per_second = 1;  // Timestamp: units a second
  bool zoned = false;           // Timestamp: has a time zone
};
// An error names formats that are not read and says why.
Result<ArrowFormat> parse_arrow_format(std::string_view format);

class ArrowView {
 public:
  // Both must outlive the view. `name` is how errors call the column.
  static Result<ArrowView> open(ArrowSchema const& schema, ArrowArray const& array, std::string const& name,
                                int depth = 0);

  // Why the child of a struct cannot be read; empty where it can. Of a broken view only the name may be asked for: a
  // column that nobody wants may be of any kind.
  std::string const& broken() const { return broken_; }

  // What the values are: a dictionary is looked through.
  ArrowFormat const& format() const { return dictionary_ == nullptr ? format_ : dictionary_->format(); }
  bool has_dictionary() const { return dictionary_ != nullptr; }
  std::string const& name() const { return name_; }
  std::int64_t length() const { return array_->length; }
  std::vector<ArrowView> const& children() const { return children_; }

  // All of these take a row from 0 to length() − 1; all but `present` a row that is present, of the right kind.
  bool present(std::int64_t row) const;
  Int128 integer(std::int64_t row) const;  // Integer, Days, Milliseconds, Timestamp, Truth
  Int128 decimal(std::int64_t row) const;
  std::string floating_text(std::int64_t row) const;  // shortest text that reads back as the same number
  std::string_view text(std::int64_t row) const {
    if (dictionary_ != nullptr) return dictionary_->text(index_at(row));
    auto const from = offset_at(row);
    auto const size = static_cast<std::size_t>(offset_at(row + 1) - from);
    if (size == 0) return {};
    return {static_cast<char const*>(array_->buffers[2]) + from, size};
  }
  // List, Map: rows of the only child. Struct: the row of each child.
  std::int64_t begin(std::int64_t row) const { return offset_at(row); }
  std::int64_t end(std::int64_t row) const { return offset_at(row + 1); }
  std::int64_t child_row(std::int64_t row) const { return row + array_->offset; }

  // For taking memory over as it is; not through a dictionary.
  void const* values() const { return array_->buffers[1]; }
  std::uint8_t const* validity() const;
  std::int64_t offset() const { return array_->offset; }

 private:
  ArrowView() = default;
  Result<void> check_shape(ArrowSchema const& schema);
  Result<void> check_offsets(std::int64_t limit) const;
  Result<void> open_children(ArrowSchema const& schema, int depth);
  Result<void> open_dictionary(ArrowSchema const& schema, int depth);
  std::int64_t offset_at(std::int64_t index) const {
    auto const at = index + array_->offset;
    return format_.bytes == 8 ? detail::load<std::int64_t>(array_->buffers[1], at)
                              : detail::load<std::int32_t>(array_->buffers[1], at);
  }
  template <class Offset> Result<void> check_growth(std::int64_t limit) const;
  std::int64_t index_at(std::int64_t row) const;
  Error error(std::string_view what) const;

  ArrowArray const* array_ = nullptr;
  ArrowFormat format_;
  std::string name_;
  std::string broken_;
  std::vector<ArrowView> children_;
  std::shared_ptr<ArrowView const> dictionary_;
};

}  // namespace huiyu::columns
