#include "compiler/format/format.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/format/notes.h"
#include "compiler/format/page.h"
#include "compiler/format/spacing.h"
#include "compiler/format/token_text.h"
#include "compiler/format/trivia.h"
#include "compiler/format/width.h"

namespace huiyu::format {
namespace {

using ast::Word;
using diag::Language;

constexpr std::size_t indent_step = 2;
constexpr std::size_t continuation_indent = 4;

Error refusal(SourceFile const& source, std::uint32_t offset) {
  Position const place = source.position(offset);
  return {ErrorKind::Rules, fmt::format("{}:{}:{}: 此处读不懂，未排版 / this cannot be read; nothing was laid out",
                                        source.path(), place.line, place.column)};
}

std::optional<Error> refuse_unreadable(ast::File const& file, SourceFile const& source) {
  if (source.fault()) return refusal(source, source.fault()->offset);
  std::vector<std::uint32_t> open;
  for (ast::Token const& token : file.tokens) {
    if (token.kind == ast::TokenKind::Unknown) return refusal(source, token.span.begin);
    Shape const shape = shape_of(token, source);
    if (shape == Shape::Open) open.push_back(token.span.begin);
    if (shape == Shape::Close && !open.empty()) open.pop_back();
  }
  if (!open.empty()) return refusal(source, open.back());
  for (ast::Declaration const& declaration : file.declarations) {
    if (auto const* const hole = std::get_if<ast::HoleDecl>(&declaration)) return refusal(source, hole->span.begin);
    auto const* const policy = std::get_if<ast::PolicyDecl>(&declaration);
    if (policy == nullptr) continue;
    for (ast::PolicyLine const& line : policy->lines)
      if (auto const* const hole = std::get_if<ast::HoleLine>(&line)) return refusal(source, hole->span.begin);
  }
  for (ast::Expr const& expr : file.exprs)
    if (std::holds_alternative<ast::Hole>(expr.kind)) return refusal(source, expr.span.begin);
  return std::nullopt;
}

class Printer {
 public:
  Printer(ast::File const& file, SourceFile const& source, FormatOptions const& options)
      : file_(file), source_(source), options_(options), trivia_(source) {
    for (ast::Token const& token : file.tokens) shapes_.push_back(shape_of(token, source));
    lines_ = find_lines(shapes_);
    notes_ = annotate(file, shapes_, lines_);
    place_tokens();
  }

  std::string run() {
    for (std::size_t line = 0; line < lines_.first.size(); ++line) print_line(line);
    std::string_view const text = source_.text();
    std::string const mark = text.starts_with("\xEF\xBB\xBF") ? "\xEF\xBB\xBF" : "";
    return mark + page_.print(text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n");
  }

 private:
  // ---- tokens ----

  void place_tokens() {
    Language const usual = usual_language();
    for (std::size_t i = 0; i < file_.tokens.size(); ++i) {
      ast::Token const& token = file_.tokens[i];
      bool const in_table = shapes_[lines_.first[lines_.line_of[i]]] == Shape::Bar;
      Placed placed{&token, shapes_[i], &notes_[i], {}, in_table};
      placed.text = text_of(i, usual);
      // A cell of a table that says nothing.
      bool const dash =
          in_table && placed.text == "−" && i > 0 && shapes_[i - 1] == Shape::Bar && shapes_[i + 1] == Shape::Bar;
      if (dash) placed.text = "-";
      tokens_.push_back(std::move(placed));
    }
  }

  std::string text_of(std::size_t i, Language usual) const {
    ast::Token const& token = file_.tokens[i];
    if (notes_[i].spell_as != Word::None)
      return std::string(spelling(notes_[i].spell_as, options_.keywords.value_or(usual)));
    if (options_.keywords && notes_[i].built_in && token.kind == ast::TokenKind::Name) {
      Word const word = built_in_word(source_.slice(token.span));
      if (word != Word::None) return std::string(spelling(word, *options_.keywords));
    }
    return token_text(token, shapes_[i], source_, options_.keywords);
  }

  // The language of words that are put in the place of signs.
  Language usual_language() const {
    for (ast::Token const& token : file_.tokens)
      if (token.kind == ast::TokenKind::Keyword) return language_of(token, source_);
    return Language::Chinese;
  }

  // ---- lines ----

  void print_line(std::size_t line) {
    std::uint32_t const first = lines_.first[line];
    ast::Token const& token = file_.tokens[first];
    std::vector<TriviaLine> const before = trivia_.lines_before(token.trivia_begin, token.span.begin);
    std::size_t const indent = shapes_[first] == Shape::End ? 0 : indent_of(first);
    print_trivia(before, indent, shapes_[first] == Shape::End);
    if (shapes_[first] == Shape::End || shapes_[first] == Shape::LineBreak) return;
    PageLine out{.kind = PageLine::Kind::Code, .indent = margin_ + (in_fence_ ? indent : 0)};
    std::uint32_t i = first;
    out.parts.push_back({tokens_[i].text});
    follow_brackets(i);
    for (++i; shapes_[i] != Shape::LineBreak && shapes_[i] != Shape::End; ++i) {
      add_token(i, out);
      follow_brackets(i);
    }

    out.comment = trivia_.comment_behind(file_.tokens[i].trivia_begin, file_.tokens[i].span.begin);
    page_.add(std::move(out));
    // What follows a head belongs to its body.
    last_indent_ = notes_[first].role == LineRole::Head ? indent_step : indent;
  }

  void add_token(std::uint32_t i, PageLine& out) {
    Note const& note = notes_[i];
    std::size_t const gap = blanks_between(tokens_[i - 1], tokens_[i]);
    if (note.group != no_group) {
      out.parts.push_back({tokens_[i].text, note.group, note.column, gap});
      return;
    }
    out.parts.back().text.append(gap, ' ');
    out.parts.back().text += tokens_[i].text;
  }

  void follow_brackets(std::uint32_t i) {
    if (shapes_[i] == Shape::Open) ++depth_;
    if (shapes_[i] == Shape::Close && depth_ > 0) --depth_;
  }

  std::size_t indent_of(std::uint32_t first) {
    LineRole const role = depth_ > 0 ? LineRole::Continuation : notes_[first].role;
    switch (role) {
      case LineRole::Head: return begin_clause(first, 0);
      case LineRole::Line: return begin_clause(first, indent_step);
      case LineRole::Row: return logical_indent_ = clause_indent_ + indent_step;
      case LineRole::InnerRow: return logical_indent_ = clause_indent_ + 2 * indent_step;
      case LineRole::Hanging: return logical_indent_ = hanging_indent_;
      case LineRole::Continuation: break;
    }
    std::size_t depth = depth_;
    bool const closes = shapes_[first] == Shape::Close;
    for (std::uint32_t i = first; depth > 0 && shapes_[i] == Shape::Close; ++i) --depth;
    if (closes && depth == 0) return logical_indent_;
    // `，最高` below the rows of a ladder governs the ladder.
    if (shapes_[first] == Shape::Comma && depth == 0) return clause_indent_ + continuation_indent;
    return logical_indent_ + continuation_indent + (depth > 1 ? (depth - 1) * indent_step : 0);
  }

  std::size_t begin_clause(std::uint32_t first, std::size_t indent) {
    // 记 stands in a 定义 and its table below the 定义, not below 记.
    bool const aside = file_.tokens[first].kind == ast::TokenKind::Keyword &&
                       static_cast<Word>(file_.tokens[first].keyword) == Word::Let;
    if (!aside) clause_indent_ = indent;
    hanging_indent_ = indent + display_width(tokens_[first].text) + 1;
    // What a record says goes on deeper than the next record, also where the record stands behind 已知.
    bool const hangs = notes_[first].role == LineRole::Line && notes_[first + 1].role == LineRole::Hanging;
    logical_indent_ = hangs ? hanging_indent_ : indent;
    return indent;
  }

  // ---- what stands between ----

  // A comment belongs to the line below it. One that directly follows a line and is parted from the next belongs to the
  // line above, unless a declaration is next and the author has put it at the margin.
  void print_trivia(std::vector<TriviaLine> const& lines, std::size_t indent, bool at_end) {
    bool follows = !page_.lines().empty() && page_.lines().back().kind == PageLine::Kind::Code;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      TriviaLine const& line = lines[i];
      switch (line.kind) {
        case TriviaLine::Kind::Blank: page_.add_blank(); break;
        case TriviaLine::Kind::Foreign: add_foreign(line); break;
        case TriviaLine::Kind::Rule: page_.add({.kind = PageLine::Kind::Rule, .text = std::string(line.text)}); break;
        case TriviaLine::Kind::Comment: {
          bool const above = follows && ends_comments(lines, i, at_end) && (indent > 0 || line.indent > margin_);
          std::size_t const at = above ? std::max(last_indent_, indent) : indent;
          page_.add({.kind = PageLine::Kind::Comment,
                     .indent = margin_ + (in_fence_ ? at : 0),
                     .text = std::string(line.text)});
          break;
        }
      }
      if (line.kind != TriviaLine::Kind::Comment) follows = false;
    }
  }

  static bool ends_comments(std::vector<TriviaLine> const& lines, std::size_t i, bool at_end) {
    while (i < lines.size() && lines[i].kind == TriviaLine::Kind::Comment) ++i;
    return i < lines.size() || at_end;
  }

  // Code in a fence stands where the fence does; a table of the document stands at the margin.
  void add_foreign(TriviaLine const& line) {
    std::size_t const begin = line.text.find_first_not_of(" \t");
    std::string_view const rest = begin == std::string_view::npos ? std::string_view() : line.text.substr(begin);
    if (rest.find_first_not_of("\r\n") != std::string_view::npos) {
      std::size_t const tag = rest.find_first_not_of('`');
      in_fence_ = tag >= 3 && tag != std::string_view::npos && rest[tag] != '\r' && rest[tag] != '\n';
      margin_ = in_fence_ ? begin : 0;
    }
    page_.add({.kind = PageLine::Kind::Foreign, .text = std::string(line.text)});
  }

  ast::File const& file_;
  SourceFile const& source_;
  FormatOptions const& options_;
  TriviaReader trivia_;
  std::vector<Shape> shapes_;
  Lines lines_;
  std::vector<Note> notes_;
  std::vector<Placed> tokens_;
  Page page_;

  std::size_t depth_ = 0;           // open brackets
  std::size_t clause_indent_ = 0;   // of the head or line that rows stand below
  std::size_t logical_indent_ = 0;  // of the line that continuations go on with
  std::size_t hanging_indent_ = 0;
  std::size_t last_indent_ = 0;  // of what goes on after the last line of code
  std::size_t margin_ = 0;
  bool in_fence_ = true;
};

}  // namespace

Result<std::string> format(ast::File const& file, SourceFile const& source, FormatOptions const& options) {
  if (std::optional<Error> refused = refuse_unreadable(file, source)) return std::move(*refused);
  return Printer(file, source, options).run();
}

}  // namespace huiyu::format
