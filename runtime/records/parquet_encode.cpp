#include "runtime/records/parquet_encode.h"

#include <algorithm>

namespace huiyu::records::parquet {
namespace {

constexpr std::uint8_t int32_type = 5, int64_type = 6, text_type = 8, list_type = 9, struct_type = 12;
constexpr std::size_t group = 8;  // numbers that are packed together

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

void append_byte(std::string& out, std::uint64_t value) { out += static_cast<char>(value & 0xFF); }

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) append_byte(out, value | 0x80);
  append_byte(out, value);
}

template <class Number> std::size_t equal_from(std::span<Number const> numbers, std::size_t begin) {
  auto end = begin + 1;
  while (end < numbers.size() && numbers[end] == numbers[begin]) ++end;
  return end - begin;
}

template <class Number> bool eight_equal(std::span<Number const> numbers, std::size_t begin) {
  if (begin + group > numbers.size()) return false;
  return std::all_of(numbers.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                     numbers.begin() + static_cast<std::ptrdiff_t>(begin + group),
                     [&](Number number) { return number == numbers[begin]; });
}

// Whole groups; the last is filled up with zeros.
template <class Number> void append_packed(std::string& out, std::span<Number const> numbers, int width) {
  auto const groups = (numbers.size() + group - 1) / group;
  append_varint(out, (groups << 1) | 1);
  std::uint64_t bits = 0;
  int filled = 0;
  for (std::size_t i = 0; i < groups * group; ++i) {
    bits |= static_cast<std::uint64_t>(i < numbers.size() ? numbers[i] : Number{0}) << filled;
    for (filled += width; filled >= 8; filled -= 8, bits >>= 8) append_byte(out, bits);
  }
}

template <class Number> void append_hybrid(std::string& out, std::span<Number const> numbers, int width) {
  for (std::size_t at = 0; at < numbers.size();) {
    if (eight_equal(numbers, at)) {
      auto const count = equal_from(numbers, at);
      append_varint(out, count << 1);
      for (int bit = 0; bit < width; bit += 8) append_byte(out, std::uint64_t{numbers[at]} >> bit);
      at += count;
      continue;
    }
    auto end = at;
    do end = std::min(end + group, numbers.size());
    while (end < numbers.size() && !eight_equal(numbers, end));
    append_packed(out, numbers.subspan(at, end - at), width);
    at = end;
  }
}

}  // namespace

void Compact::number(std::uint64_t value) { append_varint(out_, value); }

void Compact::text(std::string_view text) {
  number(text.size());
  out_ += text;
}

void Compact::header(int id, std::uint8_t type) {
  auto const step = id - last_ids_.back();
  last_ids_.back() = id;
  if (step > 0 && step <= 15) return append_byte(out_, (static_cast<std::uint64_t>(step) << 4) | type);
  append_byte(out_, type);
  number(zigzag(id));
}

void Compact::field(int id, std::int32_t value) {
  header(id, int32_type);
  number(zigzag(value));
}

void Compact::field(int id, std::int64_t value) {
  header(id, int64_type);
  number(zigzag(value));
}

void Compact::field(int id, std::string_view value) {
  header(id, text_type);
  text(value);
}

void Compact::begin_struct(int id) {
  if (id != 0) header(id, struct_type);
  last_ids_.push_back(0);
}

void Compact::end_struct() {
  append_byte(out_, 0);
  last_ids_.pop_back();
}

void Compact::begin_list(int id, Of elements, std::size_t count) {
  header(id, list_type);
  auto const type = static_cast<std::uint64_t>(elements);
  if (count < 15) return append_byte(out_, (count << 4) | type);
  append_byte(out_, 0xF0 | type);
  number(count);
}

void Compact::element(std::int32_t value) { number(zigzag(value)); }
void Compact::element(std::string_view value) { text(value); }

void append_runs(std::string& out, std::span<std::uint32_t const> numbers, int width) {
  append_hybrid(out, numbers, width);
}

void append_levels(std::string& out, std::span<std::uint8_t const> levels, int width) {
  append_hybrid(out, levels, width);
}

void append_u32(std::string& out, std::uint32_t value) {
  for (int bit = 0; bit < 32; bit += 8) append_byte(out, value >> bit);
}

}  // namespace huiyu::records::parquet
