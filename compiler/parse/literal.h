// Numbers, dates, ordinals and citations inside a run, as extents and as values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "compiler/ast/ast.h"

namespace huiyu::parse {

using Characters = std::span<char32_t const>;  // folded

enum class LiteralKind : std::uint8_t { Number, Date, Ordinal, Top, TopItems, Recent };

struct LiteralMatch {
  LiteralKind kind{};
  std::size_t end = 0;
};

// The literal that begins here, with the longest unit; none if none does.
// `before_bracket`: the text goes on with （, so that `前3项` at its end is an aggregate.
std::optional<LiteralMatch> match_literal(Characters text, std::size_t at, bool before_bracket);

// Where the citation 第二条第三款 that begins here ends; `at` if none does.
std::size_t match_citation(Characters text, std::size_t at);

// Where the unit that begins here ends; `at` if none does.
std::size_t match_unit(Characters text, std::size_t at);

// Why a literal that was matched has no value.
enum class LiteralFault : std::uint8_t { TooLong, NoSuchDate, NotWhole };

struct LiteralValue {
  ast::NumberLiteral number;  // also of Ordinal (whole), Top, Recent
  ast::DateLiteral date;
  std::optional<LiteralFault> fault;
};

// The value of a matched literal.
LiteralValue read_literal(Characters text, LiteralKind kind);

// The unit that is spelled so; None if none is.
ast::UnitWord read_unit(Characters text);

}  // namespace huiyu::parse
