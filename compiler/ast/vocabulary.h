// The words of the language as data of grammar/vocabulary: names, spellings, and where each can act.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "compiler/ast/ast.h"

namespace huiyu::ast {

// Where a word is a keyword; grammar/vocabulary/words explains them.
namespace acts {
inline constexpr std::uint32_t head = 1U << 0, line = 1U << 1, attr = 1U << 2, run = 1U << 3, any = 1U << 4,
                               start = 1U << 5, number = 1U << 6, unit = 1U << 7, cite = 1U << 8, close = 1U << 9,
                               call = 1U << 10, ladder = 1U << 11, expect = 1U << 12, form = 1U << 13, name = 1U << 14,
                               label = 1U << 15, raw = 1U << 16, fact = 1U << 17;
}

#define HUIYU_WORD(Name, Token, Acts, Zh, En) Name,
enum class Word : std::uint16_t {
  None,
#include "words.inc"
};
#undef HUIYU_WORD

struct WordInfo {
  std::string_view name;    // as in grammar/vocabulary/words
  std::string_view zh, en;  // spellings
  std::uint32_t acts = 0;
};

// How many words there are, None included.
std::size_t word_count();

WordInfo const& info(Word word);

// A spelling of a unit, and one of a power of ten that may stand before a unit.
struct UnitSpelling {
  UnitWord unit{};
  std::string_view spelling;
};
struct MultiplierSpelling {
  std::uint8_t power = 0;
  std::string_view spelling;
};
struct UnitTable {
  UnitSpelling const* units = nullptr;
  std::size_t unit_count = 0;
  MultiplierSpelling const* multipliers = nullptr;
  std::size_t multiplier_count = 0;
};
UnitTable unit_table();

// The first spelling of a unit; empty for None.
std::string_view spelling(UnitWord unit);

}  // namespace huiyu::ast
