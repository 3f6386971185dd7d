#include "compiler/ast/vocabulary.h"

#include <iterator>

#include "runtime/base/check.h"

namespace huiyu::ast {
namespace {

#define HUIYU_WORD(Name, Token, Acts, Zh, En) {#Name, Zh, En, Acts},
constexpr WordInfo words[] = {
    {"None", "", "", 0},
#include "words.inc"
};
#undef HUIYU_WORD

#define HUIYU_MULTIPLIER(Power, Spelling)
#define HUIYU_UNIT(Unit, Spelling) {UnitWord::Unit, Spelling},
constexpr UnitSpelling units[] = {
#include "units.inc"
};
#undef HUIYU_UNIT
#undef HUIYU_MULTIPLIER

#define HUIYU_MULTIPLIER(Power, Spelling) {Power, Spelling},
#define HUIYU_UNIT(Unit, Spelling)
constexpr MultiplierSpelling multipliers[] = {
#include "units.inc"
};
#undef HUIYU_UNIT
#undef HUIYU_MULTIPLIER

}  // namespace

std::size_t word_count() { return std::size(words); }

WordInfo const& info(Word word) {
  HUIYU_CHECK(static_cast<std::size_t>(word) < std::size(words), "a word outside the vocabulary");
  return words[static_cast<std::size_t>(word)];
}

UnitTable unit_table() { return {units, std::size(units), multipliers, std::size(multipliers)}; }

std::string_view spelling(UnitWord unit) {
  for (UnitSpelling const& row : units)
    if (row.unit == unit) return row.spelling;
  return "";
}

}  // namespace huiyu::ast
