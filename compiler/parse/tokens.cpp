#include "compiler/parse/tokens.h"

#include <string>

#include "compiler/parse/fold.h"
#include "compiler/parse/token_maker.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {

using ast::TokenKind;
using ast::Word;
using grammar::Huiyu;

Tokens TokenMaker::run() {
  for (Layout::Declaration const& declaration : layout_.declarations) make_window(declaration);
  Piece const& end = layout_.pieces.back();
  for (; at_ + 1 < layout_.pieces.size(); ++at_) add_token(TokenKind::NewLine, Word::None, at_, at_ + 1);
  out_.all.push_back({TokenKind::End, 0, end.trivia_begin, {end.begin, end.end, source_.id()}});
  return std::move(out_);
}

void TokenMaker::make_window(Layout::Declaration const& declaration) {
  Window window;
  window.begin = static_cast<std::uint32_t>(out_.lexemes.size());
  window.head = declaration.head;
  for (; at_ < declaration.first; ++at_) add_token(TokenKind::NewLine, Word::None, at_, at_ + 1);
  window_ = &window;
  line_ = Word::None;
  depth_ = 0;
  virtual_brackets_ = 0;
  code_list_ = share_ = schedule_ = in_expect_ = false;
  mark_kind_ = ListMark::None;
  nots_ = 0;
  locals_.clear();
  for (std::uint32_t const id : declaration.locals) locals_.push_back(&layout_.names.name(id));
  refuse_whole(declaration);
  end_ = declaration.end;
  while (at_ < end_) window.skip&& quiet_ ? skip_piece() : read_piece();
  close_virtual_brackets();
  while (out_.lexemes.size() > window.begin && is_end(out_.lexemes.back().type)) out_.lexemes.pop_back();
  window.end = static_cast<std::uint32_t>(out_.lexemes.size());
  window.span = {layout_.pieces[declaration.first].begin, last_end_, source_.id()};
  out_.windows.push_back(window);
  quiet_ = false;
}

void TokenMaker::refuse_whole(Layout::Declaration const& declaration) {
  Piece const& first = layout_.pieces[declaration.first];
  if (declaration.head == Word::None) {
    std::uint32_t last = declaration.first;
    while (last + 1 < declaration.end && layout_.pieces[last + 1].kind != PieceKind::LineBreak) ++last;
    diagnostics_.add({first.begin, layout_.pieces[last].end, source_.id()}, diag::OutsideDeclaration);
  } else {
    return;
  }
  window_->skip = quiet_ = true;
}

void TokenMaker::skip_piece() {
  PieceKind const kind = layout_.pieces[at_].kind;
  add_token(kind == PieceKind::LineBreak ? TokenKind::NewLine : TokenKind::Unknown, Word::None, at_, at_ + 1);
  ++at_;
}

void TokenMaker::add_token(TokenKind kind, Word word, std::uint32_t first, std::uint32_t end) {
  Piece const& from = layout_.pieces[first];
  Piece const& to = layout_.pieces[end - 1];
  out_.all.push_back({kind, static_cast<std::uint16_t>(word), from.trivia_begin, {from.begin, to.end, source_.id()}});
  if (kind != TokenKind::NewLine) last_end_ = to.end;
}

Lexeme& TokenMaker::add_lexeme(std::uint16_t type, std::uint32_t begin, std::uint32_t end, Word word) {
  Lexeme lexeme;
  lexeme.type = type;
  lexeme.word = word;
  lexeme.begin = begin;
  lexeme.end = end;
  after_sign(type);
  return out_.lexemes.emplace_back(lexeme);
}

Lexeme& TokenMaker::add(TokenKind kind, std::uint16_t type, std::uint32_t count, Word word) {
  std::uint32_t const first = at_;
  add_token(kind, word, first, first + count);
  at_ += count;
  return add_lexeme(type, layout_.pieces[first].begin, layout_.pieces[first + count - 1].end, word);
}

std::uint16_t TokenMaker::last_type() const {
  return out_.lexemes.size() > window_->begin ? out_.lexemes.back().type : std::uint16_t{Huiyu::EOL};
}

void TokenMaker::after_sign(std::uint16_t type) {
  switch (type) {
    case Huiyu::BELONGS:
    case Huiyu::EQUAL:
    case Huiyu::CLASSIFY:
    case Huiyu::EXCEPT: code_list_ = true; break;
    case Huiyu::NAME:
    case Huiyu::DUN:
    case Huiyu::DOT:
    case Huiyu::TEXT: break;
    default: code_list_ = false; break;
  }
  if (type == Huiyu::SHARE) share_ = true;
  if (is_end(type) || type == Huiyu::COMMA) share_ = false;
  if (type == Huiyu::INSTALMENTS || (type == Huiyu::COLON && in_budget())) schedule_ = true;
  if (type == Huiyu::EOL || type == Huiyu::COMMA) schedule_ = false;
  if (type == Huiyu::EOL) mark_kind_ = ListMark::None;
}

void TokenMaker::end_line(bool keyword) {
  close_virtual_brackets();
  std::uint16_t const last = last_type();
  if (out_.lexemes.size() == window_->begin) return;
  if (keyword) {
    if (is_end(last)) {
      out_.lexemes.back().type = Huiyu::EOL;
      after_sign(Huiyu::EOL);
      return;
    }
    add_lexeme(Huiyu::EOL, last_end_, last_end_);
  } else if (!is_end(last) && last != Huiyu::COLON) {
    add_lexeme(Huiyu::SEP, last_end_, last_end_);
  }
}

void TokenMaker::close_virtual_brackets() {
  for (; virtual_brackets_ > 0; --virtual_brackets_) add_lexeme(Huiyu::RIGHT, last_end_, last_end_);
}

bool TokenMaker::goes_on() const {
  std::uint16_t const last = last_type();
  return last == Huiyu::AND || last == Huiyu::OR || last == Huiyu::WHEN || last_word() == Word::BelongsTo ||
         last_word() == Word::Over;
}

void TokenMaker::read_piece() {
  Piece const& piece = layout_.pieces[at_];
  if (piece.kind == PieceKind::LineBreak) {
    add_token(TokenKind::NewLine, Word::None, at_, at_ + 1);
    ++at_;
    return;
  }
  bool const start = at_logical_start(at_) && out_.lexemes.size() > window_->begin;
  if (piece.kind == PieceKind::Run && !takes_whole(piece)) return read_cut_run(piece, start);
  if (start) {
    end_line(false);
    line_ = Word::None;
  }
  switch (piece.kind) {
    case PieceKind::Run:
    case PieceKind::Quoted: read_whole_run(piece); return;
    case PieceKind::Text: read_text(piece); return;
    case PieceKind::Punctuation: read_punctuation(piece); return;
    case PieceKind::Stray: read_stray(piece); return;
    case PieceKind::LineBreak:
    case PieceKind::End: HUIYU_CHECK(false, "a line break is no part of a line");
  }
}

Piece const* TokenMaker::next_piece(std::uint32_t ahead) const {
  std::uint32_t const at = at_ + ahead;
  return at < end_ ? &layout_.pieces[at] : nullptr;
}

bool TokenMaker::next_is(std::uint32_t ahead, Mark mark) const {
  Piece const* const piece = next_piece(ahead);
  return piece != nullptr && piece->mark == mark;
}

bool TokenMaker::takes_whole(Piece const& piece) const {
  Role const role = layout_.roles[at_];
  if (role == Role::Name || role == Role::Type || role == Role::Title) return true;
  if (out_.lexemes.size() == window_->begin) return false;
  if ((last_acts() & ast::acts::raw) != 0 && last_type() != Huiyu::RAW) return true;
  if ((last_acts() & ast::acts::label) != 0) return whole_word(source_, piece, ast::acts::any) != Word::Tiers;
  // 前身 "〔2021〕3号" 稳增长补助: an old name that nothing declares.
  std::size_t const count = out_.lexemes.size() - window_->begin;
  if (last_type() == Huiyu::TEXT && count >= 2 && out_.lexemes[out_.lexemes.size() - 2].word == Word::Predecessor)
    return whole_word(source_, piece, ast::acts::attr | ast::acts::run | ast::acts::line) == Word::None;
  bool const party = share_ && (last_type() == Huiyu::SHARE || last_type() == Huiyu::DUN);
  return party || is_instalment(piece) || list_mark_pieces() > 0;
}

// The colon of a 预算 opens its stages; one in brackets is of a list.
bool TokenMaker::in_budget() const { return window_->head == Word::Budget && depth_ == 0; }

// 分期 受理：10万元；挂牌：补足, and 预算 专项 2亿元：首期 60%；清算 40%. What begins with a digit is a number.
bool TokenMaker::is_instalment(Piece const& piece) const {
  bool const staged = window_->head == Word::Budget;
  if (!schedule_ || piece.kind != PieceKind::Run || (staged && depth_ > 0)) return false;
  std::size_t const count = out_.lexemes.size() - window_->begin;
  bool const opened = count >= 2 && last_type() == Huiyu::COLON &&
                      (staged || out_.lexemes[out_.lexemes.size() - 2].type == Huiyu::INSTALMENTS);
  bool const begins = opened || last_type() == Huiyu::INSTALMENTS || last_type() == Huiyu::SEP || at_logical_start(at_);
  return begins && !is_digit(fold((*code_points(source_.slice(span_of(piece))).begin()).value)) &&
         whole_word(source_, piece, ast::acts::line | (staged ? ast::acts::attr : 0)) == Word::None;
}

void TokenMaker::read_whole_run(Piece const& piece) {
  Role const role = layout_.roles[at_];
  if (role == Role::Title) return read_raw(true);
  if (piece.kind == PieceKind::Run && (last_acts() & ast::acts::raw) != 0 && out_.lexemes.size() > window_->begin)
    return read_raw(false);
  if (std::uint32_t const count = list_mark_pieces(); count > 0) return read_list_mark(count);
  if (role == Role::Type && piece.kind == PieceKind::Run) return read_type(piece);
  add_name(piece, true);
}

void TokenMaker::add_name(Piece const& piece, bool whole) {
  std::uint32_t const at = at_;
  if (piece.kind == PieceKind::Quoted) {
    if (!piece.closed) diagnostics_.add(span_of(piece), diag::UnclosedName);
    if (name_text(source_.slice(span_of(piece))).empty()) diagnostics_.add(span_of(piece), diag::EmptyName);
  }
  bool const declared = layout_.declares[at] != Declares::Nothing;
  if (declared && piece.kind == PieceKind::Run) cutter_.check_declared(piece, layout_.declares[at] == Declares::Code);
  bool const known = whole || piece.kind != PieceKind::Quoted || is_visible(piece);
  bool const maybe_built_in = layout_.roles[at] == Role::Type || (layout_.roles[at] == Role::Name && !declared);
  Word const built_in = maybe_built_in ? whole_word(source_, piece, ast::acts::name) : Word::None;
  Lexeme& lexeme = add(TokenKind::Name, Huiyu::NAME, 1, built_in);
  lexeme.built_in = built_in != Word::None;
  lexeme.known = known;
  lexeme.plain = piece.plain && piece.kind == PieceKind::Run;
}

bool TokenMaker::is_visible(Piece const& piece) {
  std::string const text = name_text(source_.slice(span_of(piece)));
  if (!layout_.names.find(text).empty() || !visible_.find(text).empty()) return true;
  if (code_list_ || last_type() == Huiyu::DOT) return true;  // the checker looks it up
  if (auto const* there = visible_.find_private(text))
    diagnostics_.add(span_of(piece), diag::PrivateName, text, there->module)
        .label(there->declared_at, diag::note::DeclaredHere);
  else
    diagnostics_.add(span_of(piece), diag::UnknownWord, text);
  return false;
}

void TokenMaker::read_type(Piece const& piece) {
  std::string_view const bytes = source_.slice(span_of(piece));
  std::size_t const slash = bytes.find('/');
  if (slash == std::string_view::npos) return add_name(piece, true);
  auto const middle = piece.begin + static_cast<std::uint32_t>(slash);
  Piece part = piece;
  part.end = middle;
  Word const built_in = whole_word(source_, part, ast::acts::name);
  out_.all.push_back({TokenKind::Name, 0, piece.trivia_begin, span_of(part)});
  Lexeme& name = add_lexeme(Huiyu::NAME, piece.begin, middle, built_in);
  name.built_in = built_in != Word::None;
  name.plain = piece.plain;
  add_part(TokenKind::Punctuation, Huiyu::SLASH, middle, middle + 1);
  add_part(TokenKind::Number, Huiyu::UNIT, middle + 1, piece.end);
  ++at_;
}

void TokenMaker::add_part(TokenKind kind, std::uint16_t type, std::uint32_t begin, std::uint32_t end) {
  out_.all.push_back({kind, 0, begin, {begin, end, source_.id()}});
  last_end_ = end;
  add_lexeme(type, begin, end);
}

void TokenMaker::read_raw(bool title) {
  std::uint32_t count = 1;
  std::size_t depth = 0;
  for (Piece const* next = next_piece(count); next != nullptr; next = next_piece(++count)) {
    if (next->kind == PieceKind::LineBreak) break;
    if (title) continue;
    if (next->blank_before || next->mark == Mark::Comma || next->mark == Mark::Semicolon ||
        next->mark == Mark::FullStop)
      break;
    if (next->mark == Mark::Left) ++depth;
    if (next->mark == Mark::Right && depth-- == 0) break;
  }
  add(last_word() == Word::Citation ? TokenKind::Citation : TokenKind::Raw, Huiyu::RAW, count);
}

void TokenMaker::read_text(Piece const& piece) {
  if (layout_.roles[at_] == Role::Title) return read_raw(true);
  if (!piece.closed) diagnostics_.add(span_of(piece), diag::UnclosedText);
  add(TokenKind::Text, Huiyu::TEXT, 1);
}

Tokens make_tokens(SourceFile const& source, Layout const& layout, Dictionary const& visible,
                   Diagnostics& diagnostics) {
  return TokenMaker(source, layout, visible, diagnostics).run();
}

}  // namespace huiyu::parse
