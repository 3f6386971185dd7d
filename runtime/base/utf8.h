// UTF-8: decoding, encoding, validation.
//
// Well-formed as in Unicode 15, table 3-7: no overlong forms, no surrogates, nothing past U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace huiyu {

inline constexpr char32_t replacement_character = 0xFFFD;

struct DecodedCodePoint {
  char32_t code_point = replacement_character;
  std::uint8_t length = 1;  // bytes used, 1 to 4; 1 for a bad byte
  bool valid = false;
};

// Decodes the code point that begins at `offset`, which must lie inside the text.
// An ill-formed sequence gives U+FFFD of length 1, so that a walk always moves on.
DecodedCodePoint decode_utf8(std::string_view text, std::size_t offset);

// Appends a code point; surrogates and values past U+10FFFF are appended as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

// One code point as UTF-8.
std::string encode_utf8(char32_t code_point);

// The offset of the first byte that begins no well-formed sequence; none if the text is valid.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// How many code points the text holds, a bad byte counting as one.
std::size_t code_point_count(std::string_view text);

// A walk over a text: `for (CodePoint c : code_points(text))`.
struct CodePoint {
  char32_t value = 0;
  std::size_t offset = 0;   // in bytes
  std::uint8_t length = 0;  // in bytes
};

class CodePointRange {
 public:
  class Iterator {
   public:
    using value_type = CodePoint;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    Iterator() = default;
    Iterator(std::string_view text, std::size_t offset) : text_(text), offset_(offset) { read(); }
    CodePoint operator*() const { return {decoded_.code_point, offset_, decoded_.length}; }
    Iterator& operator++() {
      offset_ += decoded_.length;
      read();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(Iterator const& a, Iterator const& b) { return a.offset_ == b.offset_; }

   private:
    void read() {
      if (offset_ < text_.size()) decoded_ = decode_utf8(text_, offset_);
    }

    std::string_view text_;
    std::size_t offset_ = 0;
    DecodedCodePoint decoded_;
  };

  explicit CodePointRange(std::string_view text) : text_(text) {}
  Iterator begin() const { return {text_, 0}; }
  Iterator end() const { return {text_, text_.size()}; }

 private:
  std::string_view text_;
};

// The range looks into `text`, which must outlive it: a string that ends with the statement is refused.
inline CodePointRange code_points(std::string_view text) { return CodePointRange(text); }
CodePointRange code_points(std::string&& text) = delete;

}  // namespace huiyu
