#include <algorithm>
#include <string>

#include "compiler/parse/fold.h"
#include "compiler/parse/token_maker.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {

using ast::TokenKind;
using ast::Word;
using grammar::Huiyu;

std::uint32_t TokenMaker::list_mark_pieces() const {
  std::uint16_t const last = last_type();
  bool const at_start = is_end(last) || last == Huiyu::COLON || layout_.line_starts[at_];
  if (!at_start || depth_ > 0 || out_.lexemes.size() == window_->begin) return 0;
  return list_mark_kind() == ListMark::None      ? 0
         : list_mark_kind() == ListMark::Circled ? 1
         : list_mark_kind() == ListMark::Dotted  ? 2
                                                 : 3;
}

TokenMaker::ListMark TokenMaker::list_mark_kind() const {
  Piece const& piece = layout_.pieces[at_];
  if (piece.kind == PieceKind::Stray) {
    char32_t const c = decode_utf8(source_.text(), piece.begin).code_point;
    return c >= 0x2460 && c <= 0x2473 ? ListMark::Circled : ListMark::None;
  }
  if (piece.mark == Mark::Left && next_is(2, Mark::Right) && next_piece(1)->kind == PieceKind::Run) {
    std::string_view const inside = source_.slice(span_of(*next_piece(1)));
    constexpr std::string_view numerals = "一二三四五六七八九十";
    bool chinese = true;
    bool digits = true;
    for (CodePoint const c : code_points(inside)) {
      chinese =
          chinese && numerals.find(inside.substr(c.offset, c.length)) != std::string_view::npos && c.value >= 0x80;
      digits = digits && is_digit(fold(c.value));
    }
    return chinese ? ListMark::Chinese : digits ? ListMark::Bracketed : ListMark::None;
  }
  if (piece.kind == PieceKind::Run && next_is(1, Mark::Dot)) {
    std::string_view const run = source_.slice(span_of(piece));
    bool const digits =
        run.size() <= 3 && std::all_of(run.begin(), run.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits ? ListMark::Dotted : ListMark::None;
  }
  return ListMark::None;
}

void TokenMaker::read_list_mark(std::uint32_t count) {
  ListMark const kind = list_mark_kind();
  if (mark_kind_ == ListMark::None) mark_kind_ = kind;
  add(TokenKind::Punctuation, kind == mark_kind_ ? Huiyu::MARK : Huiyu::INNER_MARK, count);
}

void TokenMaker::read_punctuation(Piece const& piece) {
  if (std::uint32_t const count = list_mark_pieces(); count > 0) return read_list_mark(count);
  auto const sign = [&](std::uint16_t type) { add(TokenKind::Punctuation, type, 1).mark = piece.mark; };
  switch (piece.mark) {
    case Mark::Comma: return groups_digits(piece) ? read_digit_comma(piece) : sign(Huiyu::COMMA);
    case Mark::Enumerate: return sign(Huiyu::DUN);
    case Mark::Colon: return sign(Huiyu::COLON);
    case Mark::Semicolon: return sign(Huiyu::SEP);
    case Mark::FullStop: return read_full_stop(piece);
    case Mark::Left: return read_left(piece);
    case Mark::Right: return read_right(piece);
    case Mark::Dot: return sign(Huiyu::DOT);
    case Mark::Equal: return sign(Huiyu::EQUAL);
    case Mark::Less:
    case Mark::AtMost:
    case Mark::Greater:
    case Mark::AtLeast:
    case Mark::NotEqual: return sign(Huiyu::COMPARE);
    case Mark::Plus: return sign(Huiyu::PLUS);
    case Mark::Minus: return sign(Huiyu::MINUS);
    case Mark::Times: return sign(Huiyu::TIMES);
    case Mark::Divide: return sign(Huiyu::DIVIDE);
    case Mark::Star: return read_foreign_sign(piece, "×", Huiyu::TIMES, Mark::Times);
    case Mark::Slash: return read_foreign_sign(piece, "÷", Huiyu::DIVIDE, Mark::Divide);
    case Mark::Bar: return sign(Huiyu::BAR);
    case Mark::Percent:
    case Mark::None: return read_stray(piece);
  }
}

bool TokenMaker::groups_digits(Piece const& piece) const {
  if (piece.blank_before || last_type() != Huiyu::NUMBER || !is_digit(fold_at(piece.begin - 1))) return false;
  Piece const* const next = next_piece(1);
  if (next == nullptr || next->kind != PieceKind::Run || next->blank_before) return false;
  std::size_t digits = 0;
  for (CodePoint const c : code_points(source_.slice(span_of(*next)))) {
    if (!is_digit(fold(c.value))) break;
    ++digits;
  }
  return digits == 3;
}

char32_t TokenMaker::fold_at(std::uint32_t last_byte) const {
  std::uint32_t begin = last_byte;
  while (begin > 0 && (static_cast<unsigned char>(source_.text()[begin]) & 0xC0U) == 0x80U) --begin;
  return fold(decode_utf8(source_.text(), begin).code_point);
}

void TokenMaker::read_digit_comma(Piece const& piece) {
  diagnostics_.add(span_of(piece), diag::GroupedDigits).fix(span_of(piece), "_");
  out_.lexemes.back().known = false;  // what the line lacks is a consequence
  add_token(TokenKind::Unknown, Word::None, at_, at_ + 1);
  ++at_;
}

void TokenMaker::read_full_stop(Piece const& piece) {
  Piece const* const next = next_piece(1);
  bool const ends = next == nullptr || next->kind == PieceKind::LineBreak;
  add(TokenKind::Punctuation, ends ? Huiyu::SEP : Huiyu::STRAY, 1).mark = piece.mark;
}

void TokenMaker::read_foreign_sign(Piece const& piece, std::string const& ours, std::uint16_t type, Mark mark) {
  diagnostics_.add(span_of(piece), diag::ForeignSign, source_.slice(span_of(piece)), ours).fix(span_of(piece), ours);
  add(TokenKind::Punctuation, type, 1).mark = mark;
}

void TokenMaker::read_left(Piece const& piece) {
  if (next_is(2, Mark::Right) && next_piece(1)->kind == PieceKind::Run) {
    std::string_view const inside = source_.slice(span_of(*next_piece(1)));
    if (inside == "含" || inside == "不含") {
      add(TokenKind::Punctuation, Huiyu::END_MARK, 3).word = inside == "含" ? Word::Is : Word::IsNot;
      return;
    }
  }
  if (layout_.open_brackets[at_]) {
    diagnostics_.add(span_of(piece), diag::UnclosedBracket);
    ++virtual_brackets_;
  } else if (++depth_ > deepest_nesting && !window_->skip) {
    diagnostics_.add(span_of(piece), diag::TooDeep, static_cast<diag::Count>(deepest_nesting));
    window_->skip = true;
  }
  if (virtual_brackets_ > deepest_nesting) window_->skip = true;
  add(TokenKind::Punctuation, Huiyu::LEFT, 1);
}

void TokenMaker::read_right(Piece const& piece) {
  if (depth_ > 0) {
    --depth_;
    add(TokenKind::Punctuation, Huiyu::RIGHT, 1);
    return;
  }
  diagnostics_.add(span_of(piece), diag::UnopenedBracket).fix(span_of(piece), "");
  add_token(TokenKind::Unknown, Word::None, at_, at_ + 1);
  ++at_;
}

void TokenMaker::read_stray(Piece const& piece) {
  if (std::uint32_t const count = list_mark_pieces(); count > 0) return read_list_mark(count);
  char32_t const c = decode_utf8(source_.text(), piece.begin).code_point;
  std::string_view const text = source_.slice(span_of(piece));
  if (is_deceptive(c))
    diagnostics_.add(span_of(piece), diag::DeceptiveCharacter, text).fix(span_of(piece), "");
  else
    diagnostics_.add(span_of(piece), diag::StrayCharacter, text);
  add_token(TokenKind::Unknown, Word::None, at_, at_ + 1);
  ++at_;
}

}  // namespace huiyu::parse
