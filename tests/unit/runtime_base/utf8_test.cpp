#include "runtime/base/utf8.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/base/fold.h"

using huiyu::code_points;
using huiyu::first_invalid_utf8;

TEST_CASE("every code point survives encoding and decoding") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c == 0xD800) c = 0xE000;  // surrogates are no code points of a text
    std::string const bytes = huiyu::encode_utf8(c);
    auto const decoded = huiyu::decode_utf8(bytes, 0);
    REQUIRE(decoded.valid);
    REQUIRE(decoded.code_point == c);
    REQUIRE(decoded.length == bytes.size());
  }
}

TEST_CASE("what is no code point is encoded as U+FFFD") {
  CHECK(huiyu::encode_utf8(0xD800) == "\uFFFD");
  CHECK(huiyu::encode_utf8(0x110000) == "\uFFFD");
}

TEST_CASE("ill-formed bytes are found where they begin") {
  struct Row {
    char const* what;
    std::string text;
    std::optional<std::size_t> at;
  };
  std::vector<Row> const rows = {
      {"valid", "注册地 = 杭州 😀", std::nullopt},
      {"empty", "", std::nullopt},
      {"a lone continuation byte", "ab\x80", 2},
      {"an overlong slash in two bytes", "\xC0\xAF", 0},
      {"an overlong slash in three bytes", "a\xE0\x80\xAF", 1},
      {"an overlong form in four bytes", "\xF0\x80\x80\xAF", 0},
      {"a surrogate", "中\xED\xA0\x80", 3},
      {"past U+10FFFF", "\xF4\x90\x80\x80", 0},
      {"a lead byte that never occurs", "\xF5\x80\x80\x80", 0},
      {"cut off at the end", "中\xE4\xB8", 3},
      {"cut off by another character", "\xE4\xB8z", 0},
      {"GBK text", "\xBA\xBC\xD6\xDD", 0},
  };
  for (auto const& row : rows) {
    CAPTURE(row.what);
    CHECK(first_invalid_utf8(row.text) == row.at);
  }
}

TEST_CASE("a walk gives each code point with its place and moves past bad bytes") {
  std::string const text = "a中\xFF😀";
  std::vector<char32_t> values;
  std::vector<std::size_t> offsets;
  for (auto const point : code_points(text)) {
    values.push_back(point.value);
    offsets.push_back(point.offset);
  }
  CHECK(values == std::vector<char32_t>{U'a', U'中', 0xFFFD, U'😀'});
  CHECK(offsets == std::vector<std::size_t>{0, 1, 4, 5});
  CHECK(huiyu::code_point_count(text) == 4);
  CHECK(code_points(std::string_view()).begin() == code_points(std::string_view()).end());
}

TEST_CASE("full-width forms fold to ASCII and the rest stays as it is") {
  CHECK(huiyu::fold_full_width("Ｃ３４１１　（站）、１％") == "C3411 (站)、1%");
  CHECK(huiyu::fold_full_width("a\xFF中") == "a\xFF中");
}
