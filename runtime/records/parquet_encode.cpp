#include "runtime/records/parquet_encode.h"

#include <algorithm>
#include <cstring>

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

// Numbers that are packed, in whole groups; the last is filled up with zeros.
class Packed {
 public:
  Packed(std::string& out, int width) : out_(out), width_(width) {}

  // How many are wanted until the group is full.
  std::size_t room() const { return (group - numbers_.size() % group) % group; }
  void add(std::uint32_t number, std::size_t count) {
    for (; count != 0; --count) numbers_.push_back(number);
  }

  void flush() {
    if (numbers_.empty()) return;
    add(0, room());
    append_varint(out_, (numbers_.size() / group << 1) | 1);
    auto const begin = out_.size();
    out_.resize(begin + numbers_.size() / group * static_cast<std::size_t>(width_));
    auto* to = out_.data() + begin;
    std::uint64_t bits = 0;
    int filled = 0;
    auto const put = [&](int bytes) {  // little endian, as the machine is
      std::memcpy(to, &bits, static_cast<std::size_t>(bytes));
      to += bytes;
    };
    for (auto const number : numbers_) {
      bits |= std::uint64_t{number} << filled;
      filled += width_;
      if (filled < 32) continue;
      put(4);
      bits >>= 32;
      filled -= 32;
    }
    put(filled / 8);
    numbers_.clear();
  }

 private:
  std::string& out_;
  int width_;
  std::vector<std::uint32_t> numbers_;
};

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

void append_runs(std::string& out, Runs const& numbers, int width) {
  Packed packed(out, width);
  for (auto const& run : numbers) {
    auto const fill = std::min<std::size_t>(packed.room(), run.count);
    packed.add(run.number, fill);
    auto const left = run.count - fill;
    if (left < group) {
      packed.add(run.number, left);
      continue;
    }
    packed.flush();
    append_varint(out, std::uint64_t{left} << 1);
    for (int bit = 0; bit < width; bit += 8) append_byte(out, std::uint64_t{run.number} >> bit);
  }
  packed.flush();
}

void append_u32(std::string& out, std::uint32_t value) {
  for (int bit = 0; bit < 32; bit += 8) append_byte(out, value >> bit);
}

}  // namespace huiyu::records::parquet
