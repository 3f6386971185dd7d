#include "runtime/base/utf8.h"

#include <bit>
#include <cstring>

#include "runtime/base/check.h"

namespace huiyu {
namespace {

static_assert(std::endian::native == std::endian::little, "the first byte of a text is the lowest of a word");

bool is_continuation(unsigned char byte) { return (byte & 0xC0u) == 0x80u; }

constexpr char32_t last_code_point = 0x10FFFF;

bool is_scalar_value(char32_t c) { return c <= last_code_point && !(c >= 0xD800 && c <= 0xDFFF); }

inline DecodedCodePoint decode(std::string_view text, std::size_t offset) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  unsigned char const lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};

  std::uint8_t length = 0;
  char32_t value = 0;
  char32_t smallest = 0;  // less than this in `length` bytes is an overlong form
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2, value = lead & 0x1Fu, smallest = 0x80;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3, value = lead & 0x0Fu, smallest = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4, value = lead & 0x07u, smallest = 0x10000;
  } else {
    return {};
  }
  if (text.size() - offset < length) return {};
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(byte(i))) return {};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  if (value < smallest || !is_scalar_value(value)) return {};
  return {value, length, true};
}

}  // namespace

DecodedCodePoint decode_utf8(std::string_view text, std::size_t offset) {
  HUIYU_CHECK(offset < text.size(), "decoding past the end of a text");
  return decode(text, offset);
}

void append_utf8(std::string& out, char32_t code_point) {
  char32_t const c = is_scalar_value(code_point) ? code_point : replacement_character;
  auto const push = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0 | (c >> 6));
    push(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    push(0xE0 | (c >> 12));
    push(0x80 | ((c >> 6) & 0x3F));
    push(0x80 | (c & 0x3F));
  } else {
    push(0xF0 | (c >> 18));
    push(0x80 | ((c >> 12) & 0x3F));
    push(0x80 | ((c >> 6) & 0x3F));
    push(0x80 | (c & 0x3F));
  }
}

std::string encode_utf8(char32_t code_point) {
  std::string out;
  append_utf8(out, code_point);
  return out;
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    // Most characters of these texts have one byte or three. Whether three are a
    // character shows by their upper bits alone, but where the form may be overlong (E0) or a surrogate (ED).
    if (text.size() - offset >= sizeof(std::uint64_t)) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, text.data() + offset, sizeof eight);
      if ((eight & 0x8080808080808080U) == 0) {
        offset += sizeof eight;
        continue;
      }
      auto const lead = eight & 0xFFU;
      if ((eight & 0xC0C0F0U) == 0x8080E0U && lead != 0xE0 && lead != 0xED) {
        offset += 3;
        continue;
      }
      if (lead < 0x80) {
        ++offset;
        continue;
      }
    }
    DecodedCodePoint const decoded = decode(text, offset);
    if (!decoded.valid) return offset;
    offset += decoded.length;
  }
  return std::nullopt;
}

std::size_t code_point_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size(); ++count) offset += decode_utf8(text, offset).length;
  return count;
}

}  // namespace huiyu
