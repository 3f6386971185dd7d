#include "compiler/format/spacing.h"

namespace huiyu::format {
namespace {

using ast::TokenKind;
using ast::Word;

constexpr std::size_t wide_gap = 3;

Word keyword_of(Placed const& placed) {
  if (placed.note->spell_as != Word::None) return placed.note->spell_as;
  return placed.token->kind == TokenKind::Keyword ? static_cast<Word>(placed.token->keyword) : Word::None;
}

bool acts(Placed const& placed, std::uint32_t how) {
  Word const word = keyword_of(placed);
  return word != Word::None && (ast::info(word).acts & how) != 0;
}

constexpr bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// English keywords are parted from everything; of other words only those that would become one.
bool must_part(Placed const& left, Placed const& right) {
  bool const before = is_ascii_word(left.text.back());
  bool const after = is_ascii_word(right.text.front());
  bool const keyword =
      (before && keyword_of(left) != Word::None && (ast::info(keyword_of(left)).acts & ast::acts::form) == 0) ||
      (after && keyword_of(right) != Word::None && (ast::info(keyword_of(right)).acts & ast::acts::form) == 0);
  return keyword || (before && after);
}

std::size_t joined(Placed const& left, Placed const& right) { return must_part(left, right) ? 1 : 0; }

bool is_postfix(Placed const& placed) {
  Word const word = keyword_of(placed);
  return word == Word::OrMore || word == Word::OrLess || word == Word::Within;
}

// What brackets belong to: 合计（ 已付（ 每年（ 没有（ 前3项（.
bool takes_bracket(Placed const& placed) {
  switch (placed.token->kind) {
    case TokenKind::Name:
    case TokenKind::Raw:
    case TokenKind::Citation: return true;
    case TokenKind::Keyword: break;
    case TokenKind::Number:
    case TokenKind::Date:
    case TokenKind::Ordinal:
    case TokenKind::Text:
    case TokenKind::Punctuation:
    case TokenKind::NewLine:
    case TokenKind::Unknown:
    case TokenKind::End: return false;
  }
  return keyword_of(placed) == Word::Not || acts(placed, ast::acts::call);
}

// Words of one thought are printed together: 满3年, 起5年内, 20人以上.
bool belong_together(Placed const& left, Placed const& right) {
  return is_postfix(right) || (acts(left, ast::acts::number) && right.token->kind == TokenKind::Number);
}

std::size_t usual(Placed const& left, Placed const& right) {
  if (left.shape == Shape::Bar || right.shape == Shape::Bar) return 1;
  if (left.shape == Shape::Open || right.shape == Shape::Close) return 0;
  if (right.shape == Shape::Tight || right.shape == Shape::Comma || left.shape == Shape::Tight ||
      left.shape == Shape::Comma)
    return 0;
  if (right.shape == Shape::Colon) return right.note->declares && left.shape != Shape::Close ? 1 : 0;
  if (left.shape == Shape::Colon) return left.note->declares ? 1 : 0;
  if (left.shape == Shape::ListMark) return left.text.back() == '.' ? 1 : 0;
  if (left.note->sign || right.shape == Shape::EndMark) return 0;
  if (right.shape == Shape::Open && left.shape == Shape::Word) return takes_bracket(left) ? 0 : 1;
  // A full-width bracket brings its own room.
  bool const calculates = left.shape == Shape::Operator && left.text != "=";
  if (calculates && right.shape == Shape::Open) return left.in_table ? 0 : joined(left, right);
  if (left.shape == Shape::Close || left.shape == Shape::EndMark) return joined(left, right);
  bool const in_cell = left.in_table && (left.shape == Shape::Compare || right.shape == Shape::Compare ||
                                         left.shape == Shape::Operator || right.shape == Shape::Operator);
  if (in_cell) return 0;
  return belong_together(left, right) ? joined(left, right) : 1;
}

}  // namespace

std::size_t blanks_between(Placed const& left, Placed const& right) {
  switch (right.note->gap) {
    case Gap::Usual: return usual(left, right);
    case Gap::Joined: return joined(left, right);
    case Gap::Wide: return wide_gap;
  }
  return 1;
}

}  // namespace huiyu::format
