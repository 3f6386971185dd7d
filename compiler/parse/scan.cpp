#include "compiler/parse/scan.h"

#include <optional>
#include <string_view>
#include <utility>

#include "compiler/parse/fold.h"
#include "compiler/parse/lexicon.h"
#include "compiler/parse/literate.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {
namespace {

class Scanner {
 public:
  explicit Scanner(SourceFile const& source) : text_(source.text()) {
    if (source.literate()) code_ = find_code(text_);
    pieces_.reserve(text_.size() / 6 + 2);
  }

  std::vector<Piece> run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte order mark is trivia
    for (;;) {
      skip_trivia();
      if (at_ >= text_.size()) break;
      std::uint32_t const begin = at_;
      Piece piece = next();
      piece.trivia_begin = trivia_begin_;
      piece.begin = begin;
      piece.end = at_;
      piece.line_start = line_start_;
      piece.blank_before = line_start_ || begin != trivia_begin_;
      line_start_ = piece.kind == PieceKind::LineBreak;
      pieces_.push_back(piece);
      trivia_begin_ = at_;
    }
    Piece end{.kind = PieceKind::End, .line_start = true, .blank_before = true};
    end.trivia_begin = trivia_begin_;
    end.begin = end.end = static_cast<std::uint32_t>(text_.size());
    pieces_.push_back(end);
    return std::move(pieces_);
  }

 private:
  struct Char {
    char32_t raw = 0, folded = 0;
    std::uint32_t length = 0;  // 0 at the end
  };

  Char peek(std::uint32_t at) const {
    if (at >= text_.size()) return {};
    auto const byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) return {byte, byte, 1};
    if ((byte & 0xF0U) == 0xE0) {  // the text is valid: three bytes, as nearly all that are not one
      auto const rest = [&](std::uint32_t i) { return static_cast<unsigned char>(text_[at + i]) & char32_t{0x3F}; };
      char32_t const c = (byte & char32_t{0x0F}) << 12 | rest(1) << 6 | rest(2);
      return {c, fold(c), 3};
    }
    DecodedCodePoint const c = decode_utf8(text_, at);
    return {c.code_point, fold(c.code_point), c.length};
  }

  void skip_line() {
    std::size_t const end = text_.find('\n', at_);
    at_ = static_cast<std::uint32_t>(end == std::string_view::npos ? text_.size() : end);
  }

  // Blanks, comments, blank lines, lines of the document around the code, and |---|---| rows.
  void skip_trivia() {
    for (;;) {
      if (line_start_ && at_line_start() && skip_foreign_line()) continue;
      Char const c = peek(at_);
      if (c.length == 0) return;
      CharClass const kind = classify(c.folded);
      if (kind == CharClass::Comment)
        skip_line();
      else if (kind == CharClass::Blank || (kind == CharClass::LineBreak && line_start_))
        at_ += c.length;
      else
        return;
    }
  }

  bool at_line_start() const { return at_ == 0 || text_[at_ - 1] == '\n'; }

  bool skip_foreign_line() {
    if (at_ >= text_.size()) return false;
    bool outside = false;
    if (code_) {
      while (next_code_ < code_->size() && (*code_)[next_code_].end <= at_) ++next_code_;
      outside = next_code_ >= code_->size() || at_ < (*code_)[next_code_].begin;
    }
    if (!outside && !is_table_rule()) return false;
    skip_line();
    if (at_ < text_.size()) ++at_;
    return true;
  }

  // |---|:--:| under the header of a Markdown table.
  bool is_table_rule() const {
    std::uint32_t at = at_;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    if (at >= text_.size() || text_[at] != '|') return false;
    bool dash = false;
    for (; at < text_.size() && text_[at] != '\n'; ++at) {
      char const c = text_[at];
      if (c == '-')
        dash = true;
      else if (c != '|' && c != ':' && c != ' ' && c != '\t' && c != '\r')
        return false;
    }
    return dash;
  }

  Piece next() {
    Char const c = peek(at_);
    switch (classify(c.folded)) {
      case CharClass::Digit:
      case CharClass::Letter:
      case CharClass::Word: return read_run();
      case CharClass::LineBreak: at_ += c.length; return {.kind = PieceKind::LineBreak};
      case CharClass::Quote: return read_enclosed(PieceKind::Text, c.raw == U'“' ? U'”' : U'"');
      case CharClass::Corner: return read_enclosed(PieceKind::Quoted, U'」');
      case CharClass::Punctuation: return read_punctuation(c);
      case CharClass::Blank:
      case CharClass::Comment:
      case CharClass::Stray: break;
    }
    at_ += c.length;
    return {.kind = PieceKind::Stray};
  }

  Piece read_enclosed(PieceKind kind, char32_t close) {
    Char c = peek(at_);
    Piece piece{.kind = kind, .closed = false};
    if (c.raw == U'」' || c.raw == U'”') {  // closes nothing
      at_ += c.length;
      return {.kind = PieceKind::Stray};
    }
    for (at_ += c.length; (c = peek(at_)).length != 0 && c.raw != U'\n'; at_ += c.length) {
      if (c.raw != close) continue;
      at_ += c.length;
      piece.closed = true;
      return piece;
    }
    return piece;
  }

  // A date, a decimal point, a percent sign and `/` before a unit belong to the run of the number before them.
  Piece read_run() {
    Piece piece{.kind = PieceKind::Run};
    char32_t before = 0;
    std::uint32_t dashes = 0;
    for (Char c = peek(at_); c.length != 0; c = peek(at_)) {
      CharClass const kind = classify(c.folded);
      char32_t const f = c.folded;
      bool const part = kind == CharClass::Digit || kind == CharClass::Letter || kind == CharClass::Word;
      if (!part) {
        char32_t const after = peek(at_ + c.length).folded;
        CharClass const kind_after = classify(after);
        bool const number = is_digit(before) && is_digit(after);
        bool const point = f == U'.' && number;
        bool const dash = f == U'-' && dashes > 0 && number;
        bool const percent = (f == U'%' || f == U'‰') && is_digit(before);
        bool const per = f == U'/' && before != 0 && (kind_after == CharClass::Word || kind_after == CharClass::Letter);
        if (!point && !dash && !percent && !per) break;
        if (dash) --dashes;
      } else if (is_digit(f) && !is_digit(before) && before != U'.' && before != U'-' && date_begins()) {
        dashes = 2;
      }
      if (f != c.raw || !is_inert(c.raw)) piece.plain = false;
      before = f;
      at_ += c.length;
    }
    return piece;
  }

  // dddd-d…-d…
  bool date_begins() const {
    std::uint32_t at = at_;
    for (int part = 0; part < 3; ++part) {
      int digits = 0;
      for (Char c = peek(at); is_digit(c.folded); c = peek(at)) {
        at += c.length;
        if (++digits > 4) return false;
      }
      if (part == 0 ? digits != 4 : digits < 1 || digits > 2) return false;
      Char const c = peek(at);
      if (part < 2 && c.folded != U'-') return false;
      at += c.length;
    }
    return true;
  }

  Piece read_punctuation(Char c) {
    at_ += c.length;
    Piece piece{.kind = PieceKind::Punctuation};
    auto const with_equal = [&](Mark alone, Mark both) {
      Char const after = peek(at_);
      if (after.folded != U'=') return alone;
      at_ += after.length;
      return both;
    };
    switch (c.folded) {
      case U',': piece.mark = Mark::Comma; break;
      case U'、': piece.mark = Mark::Enumerate; break;
      case U':': piece.mark = Mark::Colon; break;
      case U';': piece.mark = Mark::Semicolon; break;
      case U'。': piece.mark = Mark::FullStop; break;
      case U'(': piece.mark = Mark::Left; break;
      case U')': piece.mark = Mark::Right; break;
      case U'.': piece.mark = Mark::Dot; break;
      case U'=': piece.mark = with_equal(Mark::Equal, Mark::Equal); break;
      case U'<': piece.mark = with_equal(Mark::Less, Mark::AtMost); break;
      case U'>': piece.mark = with_equal(Mark::Greater, Mark::AtLeast); break;
      case U'!': piece.mark = with_equal(Mark::None, Mark::NotEqual); break;
      case U'≥': piece.mark = Mark::AtLeast; break;
      case U'≤': piece.mark = Mark::AtMost; break;
      case U'≠': piece.mark = Mark::NotEqual; break;
      case U'+': piece.mark = Mark::Plus; break;
      case U'-': piece.mark = Mark::Minus; break;
      case U'×': piece.mark = Mark::Times; break;
      case U'÷': piece.mark = Mark::Divide; break;
      case U'*': piece.mark = Mark::Star; break;
      case U'/': piece.mark = Mark::Slash; break;
      case U'|': piece.mark = Mark::Bar; break;
      default: piece.mark = Mark::Percent; break;
    }
    if (piece.mark == Mark::None) piece.kind = PieceKind::Stray;
    return piece;
  }

  std::string_view text_;
  std::optional<std::vector<CodeRange>> code_;  // none: everything is code
  std::size_t next_code_ = 0;
  std::uint32_t at_ = 0;
  std::uint32_t trivia_begin_ = 0;
  bool line_start_ = true;
  std::vector<Piece> pieces_;
};

// Keywords of several words (`at most`), and a number with its unit (`20 persons`), are one run in English.
class PhraseJoiner {
 public:
  PhraseJoiner(std::string_view text, std::vector<Piece> const& pieces) : text_(text), pieces_(pieces) {}

  // How many pieces from `first` on are one run; at least 1.
  std::size_t count(std::size_t first) const {
    if (!is_ascii_run(first)) return 1;
    if (is_form(first) && joins(first + 1) && is_digit(first_of(first + 1))) return 1 + count(first + 1);
    if (is_digit(last_of(first)) && joins(first + 1) && is_unit(first + 1)) return 2;
    Lexicon const& lexicon = Lexicon::instance();
    std::size_t best = 1;
    WordIndex::Node node = lexicon.words().find(bytes(first));
    for (std::size_t at = first + 1; node != WordIndex::none && joins(at); ++at) {
      node = lexicon.words().step(node, U' ');
      for (char const c : bytes(at))
        if (node != WordIndex::none) node = lexicon.words().step(node, static_cast<unsigned char>(c));
      if (node != WordIndex::none && lexicon.words().value(node) != WordIndex::none) best = at - first + 1;
    }
    return best;
  }

 private:
  std::string_view bytes(std::size_t at) const {
    return text_.substr(pieces_[at].begin, pieces_[at].end - pieces_[at].begin);
  }
  char32_t last_of(std::size_t at) const { return static_cast<unsigned char>(bytes(at).back()); }
  char32_t first_of(std::size_t at) const { return static_cast<unsigned char>(bytes(at).front()); }
  // `past 3 years`
  bool is_form(std::size_t at) const {
    WordIndex const& words = Lexicon::instance().words();
    WordIndex::Node const node = words.find(bytes(at));
    if (node == WordIndex::none || words.value(node) == WordIndex::none) return false;
    return (ast::info(static_cast<ast::Word>(words.value(node))).acts & ast::acts::form) != 0;
  }
  bool is_ascii_run(std::size_t at) const {
    return at < pieces_.size() && pieces_[at].kind == PieceKind::Run &&
           static_cast<unsigned char>(text_[pieces_[at].begin]) < 0x80;
  }
  // One blank parts it from the piece before.
  bool joins(std::size_t at) const {
    return is_ascii_run(at) && !pieces_[at].line_start && pieces_[at].begin == pieces_[at].trivia_begin + 1 &&
           text_[pieces_[at].trivia_begin] == ' ';
  }
  // `persons`, also in `persons以上`
  bool is_unit(std::size_t at) const {
    std::string_view word = bytes(at);
    std::size_t letters = 0;
    while (letters < word.size() && is_letter(static_cast<unsigned char>(word[letters]))) ++letters;
    if (letters < word.size() && static_cast<unsigned char>(word[letters]) < 0x80) return false;
    WordIndex const& units = Lexicon::instance().units();
    WordIndex::Node const node = units.find(word.substr(0, letters));
    return letters > 0 && node != WordIndex::none && units.value(node) != WordIndex::none;
  }

  std::string_view text_;
  std::vector<Piece> const& pieces_;
};

std::vector<Piece> join_phrases(std::string_view text, std::vector<Piece> pieces) {
  PhraseJoiner const joiner(text, pieces);
  std::size_t out = 0;
  for (std::size_t at = 0; at < pieces.size();) {
    std::size_t const count = joiner.count(at);
    Piece joined = pieces[at];
    joined.end = pieces[at + count - 1].end;
    at += count;
    pieces[out++] = joined;  // never ahead of what is still to be read
  }
  pieces.resize(out);
  return pieces;
}

}  // namespace

std::vector<Piece> scan(SourceFile const& source) { return join_phrases(source.text(), Scanner(source).run()); }

}  // namespace huiyu::parse
