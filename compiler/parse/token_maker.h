// Inside parse only: from pieces to tokens, one declaration (a window) after the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <Huiyu.h>

#include "compiler/parse/run_cutter.h"
#include "compiler/parse/token_types.h"
#include "compiler/parse/tokens.h"

namespace huiyu::parse {

// Reads the pieces of a layout in order; tokens.cpp has lines and whole words, tokens_run.cpp the runs that are cut,
// tokens_sign.cpp punctuation and list marks.
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

  Tokens run();

 private:
  // ---- windows ----

  void make_window(Layout::Declaration const& declaration);

  // Text outside of any declaration is reported once and not cut.
  void refuse_whole(Layout::Declaration const& declaration);
  void skip_piece();

  // ---- output ----

  Span span_of(Piece const& piece) const { return {piece.begin, piece.end, source_.id()}; }

  void add_token(ast::TokenKind kind, ast::Word word, std::uint32_t first, std::uint32_t end);

  Lexeme& add_lexeme(std::uint16_t type, std::uint32_t begin, std::uint32_t end, ast::Word word = ast::Word::None);

  // A piece, or several, that are one token and one lexeme.
  Lexeme& add(ast::TokenKind kind, std::uint16_t type, std::uint32_t count, ast::Word word = ast::Word::None);
  static bool is_end(std::uint16_t type) { return type == grammar::Huiyu::SEP || type == grammar::Huiyu::EOL; }

  std::uint16_t last_type() const;
  ast::Word last_word() const {
    return out_.lexemes.size() > window_->begin ? out_.lexemes.back().word : ast::Word::None;
  }

  // Keeps what decides how the next run is read.
  void after_sign(std::uint16_t type);

  // ---- line ends ----

  void end_line(bool keyword);

  // Brackets that are never closed end with their line, so that the rest can be read.
  void close_virtual_brackets();

  // 且, 超过 and their like go on to the next line.
  bool goes_on() const;
  bool at_logical_start(std::uint32_t at) const { return layout_.line_starts[at] && depth_ == 0 && !goes_on(); }

  // ---- pieces ----

  void read_piece();
  Piece const* next_piece(std::uint32_t ahead) const;
  bool next_is(std::uint32_t ahead, Mark mark) const;
  std::uint32_t last_acts() const { return ast::info(last_word()).acts; }

  bool takes_whole(Piece const& piece) const;
  bool is_instalment(Piece const& piece) const;
  bool in_budget() const;
  void read_whole_run(Piece const& piece);
  void add_name(Piece const& piece, bool whole);
  bool is_visible(Piece const& piece);
  void read_type(Piece const& piece);
  void add_part(ast::TokenKind kind, std::uint16_t type, std::uint32_t begin, std::uint32_t end);

  // To the next blank; a title to the end of the line. In a clause a comma, semicolon or closing bracket ends it too.
  void read_raw(bool title);
  void read_text(Piece const& piece);

  // ---- runs that are cut ----

  void read_cut_run(Piece const& piece, bool start);
  RunPlace place_of(Piece const& piece, bool start);

  // `记 X = 从业人员（人）`
  bool is_bracketed_unit(Piece const& piece) const;

  // The 结构 whose fields may follow the `.`: what the name before it is, or holds.
  void find_schemas();
  bool is_schema(std::string_view name) const;
  void add_run_word(RunWord const& word, Piece const& piece, std::uint32_t trivia);

  // １00万元: digits of two widths in one number.
  void check_widths(Span where);
  void refuse_nots(RunWord const& word);

  // ---- list marks ----

  enum class ListMark : std::uint8_t { None, Chinese, Bracketed, Dotted, Circled };

  // How many pieces from here are `（一）`, `（1）`, `1.` or `①`, in a place where such a mark counts; 0 if none.
  std::uint32_t list_mark_pieces() const;
  ListMark list_mark_kind() const;
  void read_list_mark(std::uint32_t count);

  // ---- punctuation and the rest ----

  void read_punctuation(Piece const& piece);

  // `1,000万元`: the comma would part two values.
  bool groups_digits(Piece const& piece) const;
  char32_t fold_at(std::uint32_t last_byte) const;
  void read_digit_comma(Piece const& piece);

  // `。` may end a line and means nothing there.
  void read_full_stop(Piece const& piece);
  void read_foreign_sign(Piece const& piece, std::string const& ours, std::uint16_t type, Mark mark);
  void read_left(Piece const& piece);
  void read_right(Piece const& piece);
  void read_stray(Piece const& piece);

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
  ast::Word line_ = ast::Word::None;  // what the logical line begins with
  bool in_expect_ = false;
  std::size_t depth_ = 0;
  std::size_t virtual_brackets_ = 0;
  std::size_t nots_ = 0;
  bool code_list_ = false;  // names of codes are read
  bool share_ = false;      // in 分担
  bool schedule_ = false;   // in 分期, or in the stages of a 预算
  ListMark mark_kind_ = ListMark::None;
  std::vector<DeclaredName const*> locals_;
  std::vector<std::string_view> schemas_;
};

}  // namespace huiyu::parse
