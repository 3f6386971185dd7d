#include <algorithm>
#include <string>

#include "compiler/parse/fold.h"
#include "compiler/parse/token_maker.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {

using ast::TokenKind;
using ast::Word;
using grammar::Huiyu;

namespace {

constexpr std::size_t most_nots = 16;  // 没有 没有 …

bool is_line_word(RunWord const& word) {
  return word.kind == WordKind::Keyword && (ast::info(word.word).acts & (ast::acts::line | ast::acts::head)) != 0;
}

bool is_joining_word(RunWord const& word) {
  return word.kind == WordKind::Keyword && (word.word == Word::And || word.word == Word::Or || word.word == Word::When);
}

}  // namespace

void TokenMaker::read_cut_run(Piece const& piece, bool start) {
  bool const first = out_.lexemes.size() == window_->begin;
  RunPlace place = place_of(piece, start);
  place.line_start = start || first || (last_type() == Huiyu::PUBLISHED);
  std::span<RunWord const> words = cutter_.cut(piece, place);
  if (start && !is_joining_word(words.front())) {
    end_line(is_line_word(words.front()));
    line_ = is_line_word(words.front()) ? words.front().word : Word::None;
  }
  if (first) line_ = words.front().word;
  std::uint32_t trivia = piece.trivia_begin;
  for (RunWord const& word : words) {
    add_run_word(word, piece, trivia);
    trivia = word.end;
  }
  ++at_;
}

RunPlace TokenMaker::place_of(Piece const& piece, bool start) {
  RunPlace place;
  place.head_line = layout_.roles[at_] == Role::Head;
  Piece const* const next = next_piece(1);
  place.before_left = next != nullptr && next->mark == Mark::Left;
  place.before_right = next != nullptr && next->mark == Mark::Right;
  place.after_ladder = last_type() == Huiyu::LADDER || last_type() == Huiyu::TABLE;
  place.in_expect = line_ == Word::Expect || (window_->head == Word::Test && in_expect_);
  place.locals = locals_;
  // Cells and the keys of rows: `| 滨江区 | …`, `南京市、苏州市：`.
  bool const key = next != nullptr && (next->mark == Mark::Colon || next->mark == Mark::Enumerate);
  bool const asked = last_type() == Huiyu::IS || last_type() == Huiyu::IS_NOT;  // 行业 是 制造业
  place.maybe_code = key || asked || last_type() == Huiyu::BAR || last_type() == Huiyu::DUN;
  if (start) return place;
  if (last_type() == Huiyu::DOT) {
    find_schemas();
    place.state = ReadState::Field;
    place.schemas = schemas_;
  } else if (last_type() == Huiyu::UNTO || is_bracketed_unit(piece)) {
    place.state = ReadState::Unit;
  } else if (code_list_ || last_word() == Word::Region) {
    place.state = ReadState::Code;
  }
  return place;
}

bool TokenMaker::is_bracketed_unit(Piece const& piece) const {
  if (line_ != Word::Let || last_type() != Huiyu::LEFT || !next_is(1, Mark::Right)) return false;
  std::u32string characters;
  for (CodePoint const c : code_points(source_.slice(span_of(piece)))) characters += fold(c.value);
  return read_unit(Characters(characters.data(), characters.size())) != ast::UnitWord::None;
}

void TokenMaker::find_schemas() {
  schemas_.clear();
  std::size_t i = out_.lexemes.size() - 1;  // the dot
  constexpr std::size_t longest_path = 16;  // lexemes; deeper paths are read with all names
  std::size_t const first = std::max<std::size_t>(window_->begin + 2, i < longest_path ? 0 : i - longest_path);
  while (i >= first && out_.lexemes[i - 1].type == Huiyu::NAME && out_.lexemes[i - 2].type == Huiyu::DOT) i -= 2;
  if (i == window_->begin || out_.lexemes[i - 1].type != Huiyu::NAME) return;
  if (i >= window_->begin + 2 && out_.lexemes[i - 2].type == Huiyu::DOT) return;
  for (std::size_t k = i - 1; k < out_.lexemes.size(); k += 2) {
    std::string const text = name_text(source_.slice({out_.lexemes[k].begin, out_.lexemes[k].end, source_.id()}));
    std::vector<std::string_view> next;
    for (Dictionary const* names : {&layout_.names, &visible_}) {
      for (DeclaredName const* name : names->find(text)) {
        bool const owned = k == i - 1 || schemas_.empty() ||
                           std::find(schemas_.begin(), schemas_.end(), name->owner) != schemas_.end();
        if (!owned) continue;
        std::string_view const of =
            name->kind == NameKind::Schema ? std::string_view(name->text) : std::string_view(name->element);
        if (!of.empty() && is_schema(of) && std::find(next.begin(), next.end(), of) == next.end()) next.push_back(of);
      }
    }
    schemas_ = std::move(next);
    if (schemas_.empty()) return;
  }
}

bool TokenMaker::is_schema(std::string_view name) const {
  for (Dictionary const* names : {&layout_.names, &visible_})
    for (DeclaredName const* found : names->find(name))
      if (found->kind == NameKind::Schema) return true;
  return false;
}

void TokenMaker::add_run_word(RunWord const& word, Piece const& piece, std::uint32_t trivia) {
  auto const emit = [&](TokenKind kind, std::uint16_t type) -> Lexeme& {
    bool const keyword = kind == TokenKind::Keyword;
    out_.all.push_back({kind,
                        static_cast<std::uint16_t>(keyword ? word.word : Word::None),
                        trivia,
                        {word.begin, word.end, source_.id()}});
    last_end_ = word.end;
    Lexeme& lexeme = add_lexeme(type, word.begin, word.end, word.word);
    lexeme.literal = word.literal;
    lexeme.known = word.known;
    lexeme.plain = piece.plain;
    return lexeme;
  };
  nots_ = word.kind == WordKind::Keyword && word.word == Word::Not ? nots_ + 1 : 0;
  switch (word.kind) {
    case WordKind::Keyword: {
      if (nots_ > most_nots) return refuse_nots(word);
      std::uint16_t type = token_type(word.word);
      bool const attribute = word.word == Word::AssessmentYear && layout_.roles[at_] == Role::Head;
      if (attribute) type = Huiyu::ATTRIBUTE;
      if (word.word == Word::Expect || word.word == Word::Given) in_expect_ = word.word == Word::Expect;
      bool const begins_line = is_end(last_type());
      emit(TokenKind::Keyword, type);
      if (word.word == Word::Except && begins_line) code_list_ = false;  // 除外 严重失信
      return;
    }
    case WordKind::BuiltInName: emit(TokenKind::Name, Huiyu::NAME).built_in = true; return;
    case WordKind::Unit: emit(TokenKind::Number, Huiyu::UNIT); return;
    case WordKind::Citation: emit(TokenKind::Citation, Huiyu::RAW); return;
    case WordKind::Name:
    case WordKind::CodeName:
    case WordKind::Unresolved: emit(word.known ? TokenKind::Name : TokenKind::Unknown, Huiyu::NAME); return;
    case WordKind::Literal: break;
  }
  if (!piece.plain) check_widths({word.begin, word.end, source_.id()});
  switch (word.literal) {
    case LiteralKind::Number: emit(TokenKind::Number, Huiyu::NUMBER); return;
    case LiteralKind::Date: emit(TokenKind::Date, Huiyu::DATE); return;
    case LiteralKind::Ordinal: emit(TokenKind::Ordinal, Huiyu::ORDINAL); return;
    case LiteralKind::Top: emit(TokenKind::Ordinal, Huiyu::TOP); return;
    case LiteralKind::TopItems: emit(TokenKind::Name, Huiyu::TOP_ITEMS); return;
    case LiteralKind::Recent: emit(TokenKind::Keyword, Huiyu::PERIOD); return;
  }
}

void TokenMaker::check_widths(Span where) {
  bool narrow = false;
  bool wide = false;
  std::string folded;
  for (CodePoint const c : code_points(source_.slice(where))) {
    narrow = narrow || is_digit(c.value);
    wide = wide || (!is_digit(c.value) && is_digit(fold(c.value)));
    append_utf8(folded, fold(c.value));
  }
  if (narrow && wide) diagnostics_.add(where, diag::MixedWidths, source_.slice(where)).fix(where, folded);
}

void TokenMaker::refuse_nots(RunWord const& word) {
  Span const where{word.begin, word.end, source_.id()};
  if (!window_->skip) diagnostics_.add(where, diag::TooManyParts, static_cast<diag::Count>(most_nots));
  window_->skip = true;
  out_.all.push_back({TokenKind::Unknown, 0, layout_.pieces[at_].trivia_begin, where});
  out_.all.back().trivia_begin = out_.all.size() > 1 ? out_.all[out_.all.size() - 2].span.end : 0;
  last_end_ = word.end;
}

}  // namespace huiyu::parse
