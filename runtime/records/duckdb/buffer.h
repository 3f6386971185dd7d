#pragma once

// Growing memory for Arrow buffers: 64-byte aligned, as Arrow recommends for vector instructions, and bits within it.

#include <cstddef>
#include <cstdint>

namespace huiyu::records::duckdb {

class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept;
  Buffer& operator=(Buffer&& other) noexcept;
  Buffer(Buffer const&) = delete;
  Buffer& operator=(Buffer const&) = delete;
  ~Buffer();

  // Never null once anything was reserved.
  std::uint8_t* data() noexcept { return data_; }
  std::uint8_t const* data() const noexcept { return data_; }
  std::size_t size_bytes() const noexcept { return size_; }

  // Makes room for `bytes` in all; throws std::bad_alloc.
  void reserve(std::size_t bytes);
  // Lengthens by `bytes` of unspecified content and returns where they begin.
  std::uint8_t* extend(std::size_t bytes);
  void append(void const* from, std::size_t bytes);

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

// Appends bits [from_bit, from_bit + count) of `from` after the first `length` bits of `to`; least significant bit
// first. Returns how many of them are 0. Null `from`: as many ones.
std::int64_t append_bits(Buffer& to, std::int64_t length, std::uint8_t const* from, std::int64_t from_bit,
                         std::int64_t count);

}  // namespace huiyu::records::duckdb
