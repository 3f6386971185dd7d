// Characters as the scanner sees them: full-width forms folded to the ones they stand for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace huiyu::parse {

enum class CharClass : std::uint8_t {
  Blank,
  LineBreak,
  Digit,
  Letter,
  Word,  // Letter: ASCII letter or _; Word: anything else that names are made of
  Punctuation,
  Quote,
  Corner,
  Comment,
  Stray,  // nothing of the language
};

// The character that a full-width or typographic form stands for; others are returned as they are.
char32_t fold(char32_t c);

// The class of a folded character.
CharClass classify(char32_t c);

constexpr bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
constexpr bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_'; }

// Whether the character is its own normal form C and joins with no other: true for ASCII and common Chinese.
constexpr bool is_inert(char32_t c) {
  return c < 0x300 || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c < 0x2F800);
}

// Whether it turns or hides the text around it (bidirectional controls, characters without width).
bool is_deceptive(char32_t c);

// Of these, the marks of direction: a comment may not hold them either.
bool turns_text(char32_t c);

// Normal form C of a text; the text itself if it cannot be normalised.
std::string normalize(std::string_view text);

// A run as names are compared: folded, in normal form C, without 「」.
std::string name_text(std::string_view bytes);

}  // namespace huiyu::parse
