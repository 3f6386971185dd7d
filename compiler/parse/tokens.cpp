#include "compiler/parse/tokens.h"

#include <algorithm>
#include <string>

#include <Huiyu.h>

#include "compiler/parse/fold.h"
#include "compiler/parse/run_cutter.h"
#include "compiler/parse/token_types.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {
namespace {

using ast::TokenKind;
using ast::Word;
using grammar::Huiyu;

constexpr std::size_t most_nots = 16;  // 没有 没有 …

bool is_line_word(RunWord const& word) {
  return word.kind == WordKind::Keyword && (ast::info(word.word).acts & (ast::acts::line | ast::acts::head)) != 0;
}

bool is_joining_word(RunWord const& word) {
  return word.kind == WordKind::Keyword && (word.word == Word::And || word.word == Word::Or || word.word == Word::When);
}

class TokenMaker {
 public:
  TokenMaker(SourceFile const& source, Layout const& layout, Dictionary const& visible, Diagnostics& diagnostics)
      : source_(source),
        layout_(layout),
        visible_(visible),
        diagnostics_(diagnostics),
        cutter_(source, visible, layout.names, diagnostics) {
    out_.all.reserve(layout.pieces.size() + layout.pieces.size() / 4);
    out_.lexemes.reserve(layout.pieces.size() + layout.pieces.size() / 4);
  }

  Tokens run() {
    for (Layout::Declaration const& declaration : layout_.declarations) make_window(declaration);
    Piece const& end = layout_.pieces.back();
    for (; at_ + 1 < layout_.pieces.size(); ++at_) add_token(TokenKind::NewLine, Word::None, at_, at_ + 1);
    out_.all.push_back({TokenKind::End, 0, end.trivia_begin, {end.begin, end.end, source_.id()}});
    return std::move(out_);
  }

 private:
  // ---- windows ----

  void make_window(Layout::Declaration const& declaration) {
    Window window;
    window.begin = static_cast<std::uint32_t>(out_.lexemes.size());
    window.head = declaration.head;
    for (; at_ < declaration.first; ++at_) add_token(TokenKind::NewLine, Word::None, at_, at_ + 1);
    window_ = &window;
    line_ = Word::None;
    depth_ = 0;
    virtual_brackets_ = 0;
    code_list_ = share_ = later_line_ = in_expect_ = false;
    mark_kind_ = ListMark::None;
    nots_ = 0;
    locals_.clear();
    for (std::uint32_t const id : declaration.locals) locals_.push_back(&layout_.names.name(id));
    refuse_whole(declaration);
    end_ = declaration.end;
    while (at_ < end_) window.skip&& quiet_ ? skip_piece() : read_piece();
    close_virtual_brackets(at_);
    while (out_.lexemes.size() > window.begin && is_end(out_.lexemes.back().type)) out_.lexemes.pop_back();
    window.end = static_cast<std::uint32_t>(out_.lexemes.size());
    window.span = {layout_.pieces[declaration.first].begin, last_end_, source_.id()};
    out_.windows.push_back(window);
    quiet_ = false;
  }

  // Text outside of any declaration, and declarations of a later edition, are reported once and not cut.
  void refuse_whole(Layout::Declaration const& declaration) {
    Piece const& first = layout_.pieces[declaration.first];
    if (declaration.head == Word::None) {
      std::uint32_t last = declaration.first;
      while (last + 1 < declaration.end && layout_.pieces[last + 1].kind != PieceKind::LineBreak) ++last;
      diagnostics_.add({first.begin, layout_.pieces[last].end, source_.id()}, diag::OutsideDeclaration);
    } else if (token_type(declaration.head) == Huiyu::LATER_HEAD) {
      diagnostics_.add(span_of(first), diag::NotYetSupported, source_.slice(span_of(first)));
    } else {
      return;
    }
    window_->skip = quiet_ = true;
  }

  void skip_piece() {
    PieceKind const kind = layout_.pieces[at_].kind;
    add_token(kind == PieceKind::LineBreak ? TokenKind::NewLine : TokenKind::Unknown, Word::None, at_, at_ + 1);
    ++at_;
  }

  // ---- output ----

  Span span_of(Piece const& piece) const { return {piece.begin, piece.end, source_.id()}; }

  void add_token(TokenKind kind, Word word, std::uint32_t first, std::uint32_t end) {
    Piece const& from = layout_.pieces[first];
    Piece const& to = layout_.pieces[end - 1];
    out_.all.push_back({kind, static_cast<std::uint16_t>(word), from.trivia_begin, {from.begin, to.end, source_.id()}});
    if (kind != TokenKind::NewLine) last_end_ = to.end;
  }

  Lexeme& add_lexeme(std::uint16_t type, std::uint32_t begin, std::uint32_t end, Word word = Word::None) {
    Lexeme lexeme;
    lexeme.type = type;
    lexeme.word = word;
    lexeme.begin = begin;
    lexeme.end = end;
    after_sign(type);
    return out_.lexemes.emplace_back(lexeme);
  }

  // A piece, or several, that are one token and one lexeme.
  Lexeme& add(TokenKind kind, std::uint16_t type, std::uint32_t count, Word word = Word::None) {
    std::uint32_t const first = at_;
    add_token(kind, word, first, first + count);
    at_ += count;
    return add_lexeme(type, layout_.pieces[first].begin, layout_.pieces[first + count - 1].end, word);
  }

  static bool is_end(std::uint16_t type) { return type == Huiyu::SEP || type == Huiyu::EOL; }

  std::uint16_t last_type() const {
    return out_.lexemes.size() > window_->begin ? out_.lexemes.back().type : std::uint16_t{Huiyu::EOL};
  }
  Word last_word() const { return out_.lexemes.size() > window_->begin ? out_.lexemes.back().word : Word::None; }

  // Keeps what decides how the next run is read.
  void after_sign(std::uint16_t type) {
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
    if (type == Huiyu::EOL) mark_kind_ = ListMark::None;
  }

  // ---- line ends ----

  void end_line(std::uint32_t first_of_line, bool keyword) {
    close_virtual_brackets(first_of_line);
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

  // Brackets that are never closed end with their line, so that the rest can be read.
  void close_virtual_brackets(std::uint32_t /*at*/) {
    for (; virtual_brackets_ > 0; --virtual_brackets_) add_lexeme(Huiyu::RIGHT, last_end_, last_end_);
  }

  // 且, 超过 and their like go on to the next line.
  bool goes_on() const {
    std::uint16_t const last = last_type();
    return last == Huiyu::AND || last == Huiyu::OR || last == Huiyu::WHEN || last_word() == Word::BelongsTo ||
           last_word() == Word::Over;
  }

  bool at_logical_start(std::uint32_t at) const { return layout_.line_starts[at] && depth_ == 0 && !goes_on(); }

  // ---- pieces ----

  void read_piece() {
    Piece const& piece = layout_.pieces[at_];
    if (piece.kind == PieceKind::LineBreak) {
      add_token(TokenKind::NewLine, Word::None, at_, at_ + 1);
      ++at_;
      return;
    }
    bool const start = at_logical_start(at_) && out_.lexemes.size() > window_->begin;
    // What follows a word of a later edition is not read.
    if (!start && later_line_) return skip_piece();
    later_line_ = false;
    if (piece.kind == PieceKind::Run && !takes_whole(piece)) return read_cut_run(piece, start);
    if (start) {
      end_line(at_, false);
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

  Piece const* next_piece(std::uint32_t ahead) const {
    std::uint32_t const at = at_ + ahead;
    return at < end_ ? &layout_.pieces[at] : nullptr;
  }
  bool next_is(std::uint32_t ahead, Mark mark) const {
    Piece const* const piece = next_piece(ahead);
    return piece != nullptr && piece->mark == mark;
  }

  std::uint32_t last_acts() const { return ast::info(last_word()).acts; }

  bool takes_whole(Piece const& piece) const {
    Role const role = layout_.roles[at_];
    if (role == Role::Name || role == Role::Type || role == Role::Title) return true;
    if (out_.lexemes.size() == window_->begin) return false;
    if ((last_acts() & ast::acts::raw) != 0 && last_type() != Huiyu::RAW) return true;
    if ((last_acts() & ast::acts::label) != 0) return whole_word(source_, piece, ast::acts::any) != Word::Tiers;
    bool const party = share_ && (last_type() == Huiyu::SHARE || last_type() == Huiyu::DUN);
    return party || list_mark_pieces() > 0;
  }

  void read_whole_run(Piece const& piece) {
    Role const role = layout_.roles[at_];
    if (role == Role::Title) return read_raw(true);
    if (piece.kind == PieceKind::Run && (last_acts() & ast::acts::raw) != 0 && out_.lexemes.size() > window_->begin)
      return read_raw(false);
    if (std::uint32_t const count = list_mark_pieces(); count > 0) return read_list_mark(count);
    if (role == Role::Type && piece.kind == PieceKind::Run) return read_type(piece);
    add_name(piece, true);
  }

  void add_name(Piece const& piece, bool whole) {
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

  bool is_visible(Piece const& piece) {
    std::string const text = name_text(source_.slice(span_of(piece)));
    if (!layout_.names.find(text).empty() || !visible_.find(text).empty()) return true;
    if (code_list_ || last_type() == Huiyu::DOT) return true;  // the checker looks it up
    diagnostics_.add(span_of(piece), diag::UnknownWord, text);
    return false;
  }

  void read_type(Piece const& piece) {
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

  void add_part(TokenKind kind, std::uint16_t type, std::uint32_t begin, std::uint32_t end) {
    out_.all.push_back({kind, 0, begin, {begin, end, source_.id()}});
    last_end_ = end;
    add_lexeme(type, begin, end);
  }

  // To the next blank; a title to the end of the line. In a clause a comma, semicolon or closing bracket ends it too.
  void read_raw(bool title) {
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

  void read_text(Piece const& piece) {
    if (layout_.roles[at_] == Role::Title) return read_raw(true);
    if (!piece.closed) diagnostics_.add(span_of(piece), diag::UnclosedText);
    add(TokenKind::Text, Huiyu::TEXT, 1);
  }

  // ---- runs that are cut ----

  void read_cut_run(Piece const& piece, bool start) {
    bool const first = out_.lexemes.size() == window_->begin;
    RunPlace place = place_of(piece, start);
    place.line_start = start || first || (last_type() == Huiyu::PUBLISHED);
    std::span<RunWord const> words = cutter_.cut(piece, place);
    if (start && !is_joining_word(words.front())) {
      end_line(at_, is_line_word(words.front()));
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

  RunPlace place_of(Piece const& piece, bool start) {
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
    place.maybe_code = key || last_type() == Huiyu::BAR || last_type() == Huiyu::DUN;
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

  // `记 X = 从业人员（人）`
  bool is_bracketed_unit(Piece const& piece) const {
    if (line_ != Word::Let || last_type() != Huiyu::LEFT || !next_is(1, Mark::Right)) return false;
    std::u32string characters;
    for (CodePoint const c : code_points(source_.slice(span_of(piece)))) characters += fold(c.value);
    return read_unit(Characters(characters.data(), characters.size())) != ast::UnitWord::None;
  }

  // The 结构 whose fields may follow the `.`: what the name before it is, or holds.
  void find_schemas() {
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

  bool is_schema(std::string_view name) const {
    for (Dictionary const* names : {&layout_.names, &visible_})
      for (DeclaredName const* found : names->find(name))
        if (found->kind == NameKind::Schema) return true;
    return false;
  }

  void add_run_word(RunWord const& word, Piece const& piece, std::uint32_t trivia) {
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
        later_line_ = type == Huiyu::LATER_LINE;
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

  // １00万元: digits of two widths in one number.
  void check_widths(Span where) {
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

  void refuse_nots(RunWord const& word) {
    Span const where{word.begin, word.end, source_.id()};
    if (!window_->skip) diagnostics_.add(where, diag::TooManyParts, static_cast<diag::Count>(most_nots));
    window_->skip = true;
    out_.all.push_back({TokenKind::Unknown, 0, layout_.pieces[at_].trivia_begin, where});
    out_.all.back().trivia_begin = out_.all.size() > 1 ? out_.all[out_.all.size() - 2].span.end : 0;
    last_end_ = word.end;
  }

  // ---- list marks ----

  enum class ListMark : std::uint8_t { None, Chinese, Bracketed, Dotted, Circled };

  // How many pieces from here are `（一）`, `（1）`, `1.` or `①`, in a place where such a mark counts; 0 if none.
  std::uint32_t list_mark_pieces() const {
    std::uint16_t const last = last_type();
    bool const at_start = is_end(last) || last == Huiyu::COLON || layout_.line_starts[at_];
    if (!at_start || depth_ > 0 || out_.lexemes.size() == window_->begin) return 0;
    return list_mark_kind() == ListMark::None      ? 0
           : list_mark_kind() == ListMark::Circled ? 1
           : list_mark_kind() == ListMark::Dotted  ? 2
                                                   : 3;
  }

  ListMark list_mark_kind() const {
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

  void read_list_mark(std::uint32_t count) {
    ListMark const kind = list_mark_kind();
    if (mark_kind_ == ListMark::None) mark_kind_ = kind;
    add(TokenKind::Punctuation, kind == mark_kind_ ? Huiyu::MARK : Huiyu::INNER_MARK, count);
  }

  // ---- punctuation and the rest ----

  void read_punctuation(Piece const& piece) {
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

  // `1,000万元`: the comma would part two values.
  bool groups_digits(Piece const& piece) const {
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
  char32_t fold_at(std::uint32_t last_byte) const {
    std::uint32_t begin = last_byte;
    while (begin > 0 && (static_cast<unsigned char>(source_.text()[begin]) & 0xC0U) == 0x80U) --begin;
    return fold(decode_utf8(source_.text(), begin).code_point);
  }

  void read_digit_comma(Piece const& piece) {
    diagnostics_.add(span_of(piece), diag::GroupedDigits).fix(span_of(piece), "_");
    out_.lexemes.back().known = false;  // what the line lacks is a consequence
    add_token(TokenKind::Unknown, Word::None, at_, at_ + 1);
    ++at_;
  }

  // `。` may end a line and means nothing there.
  void read_full_stop(Piece const& piece) {
    Piece const* const next = next_piece(1);
    bool const ends = next == nullptr || next->kind == PieceKind::LineBreak;
    add(TokenKind::Punctuation, ends ? Huiyu::SEP : Huiyu::STRAY, 1).mark = piece.mark;
  }

  void read_foreign_sign(Piece const& piece, std::string const& ours, std::uint16_t type, Mark mark) {
    diagnostics_.add(span_of(piece), diag::ForeignSign, source_.slice(span_of(piece)), ours).fix(span_of(piece), ours);
    add(TokenKind::Punctuation, type, 1).mark = mark;
  }

  void read_left(Piece const& piece) {
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

  void read_right(Piece const& piece) {
    if (depth_ > 0) {
      --depth_;
      add(TokenKind::Punctuation, Huiyu::RIGHT, 1);
      return;
    }
    diagnostics_.add(span_of(piece), diag::UnopenedBracket).fix(span_of(piece), "");
    add_token(TokenKind::Unknown, Word::None, at_, at_ + 1);
    ++at_;
  }

  void read_stray(Piece const& piece) {
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

  SourceFile const& source_;
  Layout const& layout_;
  Dictionary const& visible_;
  Diagnostics& diagnostics_;
  RunCutter cutter_;
  Tokens out_;

  std::uint32_t at_ = 0, end_ = 0;  // pieces
  std::uint32_t last_end_ = 0;      // bytes: where the last token ended
  Window* window_ = nullptr;
  bool quiet_ = false;
  Word line_ = Word::None;  // what the logical line begins with
  bool in_expect_ = false;
  std::size_t depth_ = 0;
  std::size_t virtual_brackets_ = 0;
  std::size_t nots_ = 0;
  bool code_list_ = false;   // names of codes are read
  bool share_ = false;       // in 分担
  bool later_line_ = false;  // after 分期, 追回, …
  ListMark mark_kind_ = ListMark::None;
  std::vector<DeclaredName const*> locals_;
  std::vector<std::string_view> schemas_;
};

}  // namespace

Tokens make_tokens(SourceFile const& source, Layout const& layout, Dictionary const& visible,
                   Diagnostics& diagnostics) {
  return TokenMaker(source, layout, visible, diagnostics).run();
}

}  // namespace huiyu::parse
