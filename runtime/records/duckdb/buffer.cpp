#include "runtime/records/duckdb/buffer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>
#include <utility>

namespace huiyu::records::duckdb {
namespace {

constexpr std::size_t alignment = 64;
// Past the end there is memory that may be read: DuckDB copies one byte more than a validity mask has where it begins
// within a byte.
constexpr std::size_t tail = alignment;

}  // namespace

Buffer::Buffer(Buffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

Buffer& Buffer::operator=(Buffer&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

Buffer::~Buffer() { ::operator delete(data_, std::align_val_t{alignment}); }

void Buffer::reserve(std::size_t bytes) {
  if (bytes <= capacity_ && data_ != nullptr) return;
  std::size_t capacity = std::max({bytes, capacity_ * 2, alignment});
  capacity = (capacity + alignment - 1) / alignment * alignment;
  auto* grown = static_cast<std::uint8_t*>(::operator new(capacity + tail, std::align_val_t{alignment}));
  std::memset(grown + capacity, 0, tail);
  if (size_ != 0) std::memcpy(grown, data_, size_);
  ::operator delete(data_, std::align_val_t{alignment});
  data_ = grown;
  capacity_ = capacity;
}

std::uint8_t* Buffer::extend(std::size_t bytes) {
  reserve(size_ + bytes);
  std::uint8_t* begin = data_ + size_;
  size_ += bytes;
  return begin;
}

void Buffer::append(void const* from, std::size_t bytes) {
  std::uint8_t* to = extend(bytes);
  if (bytes != 0) std::memcpy(to, from, bytes);
}

std::int64_t append_bits(Buffer& to, std::int64_t length, std::uint8_t const* from, std::int64_t from_bit,
                         std::int64_t count) {
  auto const total_bytes = static_cast<std::size_t>((length + count + 7) / 8);
  std::size_t const old_bytes = to.size_bytes();
  std::memset(to.extend(total_bytes - old_bytes), 0, total_bytes - old_bytes);

  std::int64_t ones = 0;
  for (std::int64_t done = 0; done < count;) {
    // Fills the rest of one byte of `to` from at most two bytes of `from`.
    std::int64_t const at = length + done;
    std::int64_t const room = std::min<std::int64_t>(8 - at % 8, count - done);
    unsigned bits = 0xFF;
    if (from != nullptr) {
      std::int64_t const source = from_bit + done;
      std::int64_t const shift = source % 8;
      bits = static_cast<unsigned>(from[source / 8]) >> shift;
      if (shift + room > 8) bits |= static_cast<unsigned>(from[source / 8 + 1]) << (8 - shift);
    }
    bits &= (1U << room) - 1U;
    ones += std::popcount(bits);
    to.data()[at / 8] = static_cast<std::uint8_t>(to.data()[at / 8] | (bits << (at % 8)));
    done += room;
  }
  return count - ones;
}

}  // namespace huiyu::records::duckdb
