#include "compiler/parse/layout.h"

#include <string>
#include <utility>

#include "compiler/parse/cut.h"
#include "compiler/parse/fold.h"
#include "compiler/parse/lexicon.h"

namespace huiyu::parse {
namespace {

using ast::Word;

bool ends_nothing_after(Mark mark) {
  switch (mark) {
    case Mark::Comma:
    case Mark::Enumerate:
    case Mark::Plus:
    case Mark::Minus:
    case Mark::Times:
    case Mark::Divide:
    case Mark::Equal: return true;
    case Mark::None:
    case Mark::Colon:
    case Mark::Semicolon:
    case Mark::FullStop:
    case Mark::Left:
    case Mark::Right:
    case Mark::Dot:
    case Mark::Less:
    case Mark::AtMost:
    case Mark::Greater:
    case Mark::AtLeast:
    case Mark::NotEqual:
    case Mark::Slash:
    case Mark::Star:
    case Mark::Bar:
    case Mark::Percent: return false;
  }
  return false;
}

bool ends_nothing_before(Mark mark) { return ends_nothing_after(mark) || mark == Mark::Right; }

bool is_item_word(Word word) {
  return word == Word::Grant || word == Word::Award || word == Word::InterestSubsidy || word == Word::Subsidy ||
         word == Word::Support || word == Word::Refund || word == Word::Assess;
}

bool has_fields(Word head) { return head == Word::Schema || head == Word::Statistics; }

class LayoutReader {
 public:
  explicit LayoutReader(SourceFile const& source) : source_(source) { out_.pieces = scan(source); }

  Layout run() {
    std::size_t const size = out_.pieces.size();
    out_.roles.assign(size, Role::Cut);
    out_.line_starts.assign(size, false);
    out_.open_brackets.assign(size, false);
    out_.declares.assign(size, Declares::Nothing);
    find_brackets();
    find_lines();
    for (std::size_t i = 0; i < starts_.size(); ++i)
      read_line(starts_[i], i + 1 < starts_.size() ? starts_[i + 1] : static_cast<std::uint32_t>(size - 1));
    if (!out_.declarations.empty()) out_.declarations.back().end = static_cast<std::uint32_t>(size - 1);
    return std::move(out_);
  }

 private:
  Piece const& piece(std::uint32_t at) const { return out_.pieces[at]; }
  bool is_mark(std::uint32_t at, Mark mark) const { return piece(at).mark == mark; }
  bool is_word(std::uint32_t at) const {
    return piece(at).kind == PieceKind::Run || piece(at).kind == PieceKind::Quoted;
  }
  std::string_view bytes(std::uint32_t at) const {
    return source_.text().substr(piece(at).begin, piece(at).end - piece(at).begin);
  }
  std::string text(std::uint32_t at) const {
    return piece(at).plain && piece(at).kind == PieceKind::Run ? std::string(bytes(at)) : name_text(bytes(at));
  }
  Word word(std::uint32_t at, std::uint32_t acts) const { return whole_word(source_, piece(at), acts); }
  Word head_word(std::uint32_t at) const { return word(at, ast::acts::head); }

  // A line that begins with a declaration head or with a word that only begins clauses closes what is still open:
  // one forgotten bracket spoils one line.
  void find_brackets() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < out_.pieces.size(); ++i) {
      Piece const& here = piece(i);
      if (here.mark == Mark::Left) {
        open.push_back(i);
      } else if (here.mark == Mark::Right) {
        if (!open.empty()) open.pop_back();
      } else if (here.line_start && !open.empty() && (here.kind == PieceKind::End || begins_clause(i))) {
        for (std::uint32_t const left : open) out_.open_brackets[left] = true;
        open.clear();
      }
    }
  }

  bool begins_clause(std::uint32_t at) const {
    if (head_word(at) != Word::None) return true;
    Word const line = word(at, ast::acts::line);
    constexpr std::uint32_t elsewhere = ast::acts::any | ast::acts::run | ast::acts::attr | ast::acts::start;
    return line != Word::None && (ast::info(line).acts & elsewhere) == 0;
  }

  void find_lines() {
    std::size_t depth = 0;
    std::uint32_t last = WordIndex::none;  // the last piece that is no line break
    for (std::uint32_t i = 0; i + 1 < out_.pieces.size(); ++i) {
      Piece const& here = piece(i);
      if (here.kind == PieceKind::LineBreak) continue;
      if (here.line_start && depth == 0 && !ends_nothing_before(here.mark) &&
          (last == WordIndex::none || !ends_nothing_after(piece(last).mark))) {
        out_.line_starts[i] = true;
        starts_.push_back(i);
      }
      if (here.mark == Mark::Left && !out_.open_brackets[i]) ++depth;
      if (here.mark == Mark::Right && depth > 0) --depth;
      last = i;
    }
  }

  void read_line(std::uint32_t at, std::uint32_t end) {
    begin_ = at;
    end_ = end;
    bool const published = head_word(at) == Word::Published;
    std::uint32_t const head_at = published && at + 1 < end ? at + 1 : at;
    Word const head = head_word(head_at);
    // 例外 and 预警 also are lines of the declaration they stand in; the token source tells which.
    bool const inner = (head == Word::Exception && current() == Word::Definition) ||
                       (head == Word::Alert && current() == Word::Policy);
    // 政策 ： 文本 declares nothing but a field, which then needs 「」 as any keyword does.
    bool const field = has_fields(current()) && head_at + 1 < end && is_mark(head_at + 1, Mark::Colon);
    if (head != Word::None && !field && !(inner && !names_something(head, head_at))) {
      begin_declaration(at, head);
      published_ = published;  // of its fields and entries too
      read_head(head, head_at);
      return;
    }
    if (out_.declarations.empty()) begin_declaration(at, Word::None);
    read_body_line(at);
  }

  // `例外 当 …` goes on with a 定义, `例外 返还比例 当 …` stands alone; a 预警 after a policy always belongs to it.
  bool names_something(Word head, std::uint32_t at) const {
    if (head == Word::Alert || at + 1 >= end_) return false;
    return word(at + 1, ast::acts::any) != Word::When;
  }

  Word current() const { return out_.declarations.empty() ? Word::None : out_.declarations.back().head; }

  void begin_declaration(std::uint32_t at, Word head) {
    if (!out_.declarations.empty()) out_.declarations.back().end = at;
    out_.declarations.push_back({at, at, head, {}});
    code_list_.clear();
    in_given_ = in_alert_ = false;
  }

  void set_roles(std::uint32_t from, std::uint32_t to, Role role) {
    for (std::uint32_t i = from; i < to; ++i) out_.roles[i] = role;
  }

  // The first piece with the mark outside brackets, or `to`.
  std::uint32_t find_mark(std::uint32_t from, std::uint32_t to, Mark mark) const {
    std::size_t depth = 0;
    for (std::uint32_t i = from; i < to; ++i) {
      if (depth == 0 && is_mark(i, mark)) return i;
      if (is_mark(i, Mark::Left) && !out_.open_brackets[i]) ++depth;
      if (is_mark(i, Mark::Right) && depth > 0) --depth;
    }
    return to;
  }

  void declare(std::uint32_t at, NameKind kind, std::string owner = {}, std::string element = {}, bool series = false) {
    if (at >= end_ || !is_word(at)) return;
    out_.roles[at] = Role::Name;
    if (text(at).empty()) return;  // 「」
    out_.declares[at] = kind == NameKind::Code ? Declares::Code : Declares::Name;
    if (piece(at).end - piece(at).begin > longest_run) return;  // the token source refuses it
    Span const where{piece(at).begin, piece(at).end, source_.id()};
    std::uint32_t const id = out_.names.add({kind, text(at), std::move(owner), std::move(element), where, published_,
                                             piece(at).kind == PieceKind::Quoted, series});
    if (is_local(kind)) out_.declarations.back().locals.push_back(id);
  }

  void read_head(Word head, std::uint32_t at) {
    std::uint32_t const name = at + 1;
    set_roles(name, end_, Role::Head);
    if (name >= end_) return;
    std::uint32_t const colon = find_mark(name, end_, Mark::Colon);
    if (has_fields(head)) {
      declare(name, NameKind::Schema);
      schema_ = is_word(name) ? text(name) : std::string();
      if (head == Word::Statistics) set_roles(name + 1, end_, Role::Cut);
    } else if (head == Word::CodeList) {
      read_code_list(name, colon);
    } else if (head == Word::Parameter) {
      declare(name, NameKind::Parameter);
      read_type(colon + 1, end_);
    } else if (head == Word::ReferenceTable) {
      declare(name, NameKind::ReferenceTable);
      set_roles(name + 1, colon, Role::Name);
      read_type(colon + 1, end_);
    } else if (head == Word::Definition) {
      read_definition(name, colon);
    } else if (head == Word::Policy) {
      declare(name, NameKind::Policy);
    } else if (head == Word::Test) {
      out_.roles[name] = Role::Title;
    } else if (head == Word::Alert) {
      declare(name, NameKind::Item);
      read_alert(name);
    } else if (head == Word::Import) {
      // The left sides are fields of the other module and not looked up here.
      declare(name, NameKind::Definition);
      for (std::uint32_t i = name + 1; i < end_; ++i)
        out_.roles[i] = i + 1 < end_ && (is_mark(i + 1, Mark::Equal) || word(i + 1, ast::acts::run) == Word::Missing)
                            ? Role::Name
                            : Role::Cut;
    } else if (head == Word::Use) {
      out_.roles[name] = Role::Name;
      read_use(name);
    } else if (head == Word::Exception) {
      set_roles(name, end_, Role::Cut);
    } else if (head == Word::Group || head == Word::Budget || head == Word::Cohort) {
      declare(name, NameKind::Settlement);
    }
  }

  void read_use(std::uint32_t name) {
    if (!is_word(name) || text(name).empty()) return;
    std::string version;
    Span where{piece(name).begin, piece(name).end, source_.id()};
    if (name + 1 < end_ && piece(name + 1).kind == PieceKind::Run) {
      version = text(name + 1);
      where.end = piece(name + 1).end;
    }
    out_.uses.push_back({text(name), std::move(version), where});
  }

  // After `：` of a declaration: the type, then words as in a head line.
  void read_type(std::uint32_t from, std::uint32_t to) {
    set_roles(from, to, Role::Head);
    if (from >= to) return;
    out_.roles[from] = Role::Type;
    Word const type = word(from, ast::acts::name);
    bool const holds = type == Word::TypeList || type == Word::TypeSet;
    if (holds && from + 1 < to && is_word(from + 1)) out_.roles[from + 1] = Role::Name;
  }

  std::string element_of(std::uint32_t from, std::uint32_t to) const {
    if (from >= to || !is_word(from)) return {};
    bool const holds = out_.roles[from] == Role::Type && from + 1 < to && out_.roles[from + 1] == Role::Name;
    return text(holds ? from + 1 : from);
  }

  void read_code_list(std::uint32_t name, std::uint32_t colon) {
    declare(name, NameKind::CodeList);
    if (!is_word(name) || colon >= end_) return;
    std::uint32_t const equal = find_mark(colon + 1, end_, Mark::Equal);
    if (equal < end_) {
      read_type(colon + 1, equal);
      set_roles(equal, end_, Role::Cut);
      return;
    }
    code_list_ = text(name);
    read_entries(colon + 1);
  }

  void read_entries(std::uint32_t from) {
    bool first = true;
    for (std::uint32_t i = from; i < end_; ++i) {
      if (is_word(i)) {
        out_.roles[i] = Role::Name;
        if (first) declare(i, NameKind::Code, code_list_);
        first = false;
      } else if (is_mark(i, Mark::Enumerate) || is_mark(i, Mark::Semicolon) || piece(i).kind == PieceKind::LineBreak) {
        first = true;
      }
    }
  }

  void read_definition(std::uint32_t name, std::uint32_t colon) {
    std::uint32_t const equal = find_mark(name, end_, Mark::Equal);
    bool const owned = name + 2 < end_ && is_mark(name + 1, Mark::Dot) && is_word(name + 2);
    std::string const element =
        colon < equal && colon + 1 < end_ && is_word(colon + 1) ? text(colon + 1) : std::string();
    if (owned) {
      out_.roles[name] = Role::Name;
      declare(name + 2, NameKind::Field, text(name), element);
    } else {
      declare(name, NameKind::Definition, {}, element);
    }
    if (colon < equal) read_type(colon + 1, equal);
    if (equal < end_) set_roles(equal, end_, Role::Cut);
  }

  void read_alert(std::uint32_t name) {
    bool label = true;
    int depth = 0;  // a ladder in brackets has `；` of its own
    for (std::uint32_t i = name; i < end_; ++i) {
      if (is_mark(i, Mark::Left)) ++depth;
      if (is_mark(i, Mark::Right) && depth > 0) --depth;
      bool const when = label && word(i, ast::acts::any) == Word::When;
      if (when) label = false;
      out_.roles[i] = label && is_word(i) ? Role::Name : Role::Cut;
      if (is_mark(i, Mark::Semicolon) && depth == 0) label = true;
    }
    in_alert_ = true;
  }

  void read_body_line(std::uint32_t at) {
    Word const word_here = word(at, ast::acts::line);
    bool const alert_rows = in_alert_ && word_here == Word::None;
    in_alert_ = false;
    if (word_here == Word::Alert && at + 1 < end_) {
      declare(at + 1, NameKind::Item);  // 期望 甲 薪酬虚高 = 红色
      return read_alert(at + 1);
    }
    if (alert_rows) return read_alert(at);
    Word const head = current();
    if (has_fields(head)) {
      if (is_word(at) && at + 1 < end_ && is_mark(at + 1, Mark::Colon)) read_field(at);
      return;
    }
    if (head == Word::CodeList && !code_list_.empty() && word_here == Word::None) return read_entries(at);
    if (is_item_word(word_here)) {
      bool const named = at + 2 < end_ && is_word(at + 1) && is_mark(at + 2, Mark::Colon) && !begins_ladder(at + 1);
      if (named) declare(at + 1, NameKind::Item);
      return;
    }
    if (word_here == Word::Reclaim) {
      if (at + 1 < end_ && is_word(at + 1)) out_.roles[at + 1] = Role::Name;
      return;
    }
    if (word_here == Word::Let) {
      for (std::uint32_t i = at + 1; i + 1 < end_; ++i)
        if (is_word(i) && is_mark(i + 1, Mark::Equal)) declare(i, NameKind::Abbreviation);
      return;
    }
    if (head == Word::Test && word_here == Word::Given)
      in_given_ = true;
    else if (word_here != Word::None)
      in_given_ = false;
    if (head == Word::Test && in_given_) return read_given(word_here == Word::Given ? at + 1 : at);
    if (word_here == Word::AsOf || word_here == Word::FilingYear) return set_roles(at, end_, Role::Head);
    if (head == Word::Group || head == Word::Budget || head == Word::Cohort) return set_roles(at, end_, Role::Head);
    if (is_mark(at, Mark::Bar)) read_table_line(at);
  }

  bool begins_ladder(std::uint32_t at) const {
    std::string_view const run = bytes(at);
    return run.starts_with(ast::info(Word::Tiers).zh) || run.starts_with(ast::info(Word::Brackets).zh) ||
           run == ast::info(Word::Tiers).en || run == ast::info(Word::Brackets).en;
  }

  void read_field(std::uint32_t at) {
    std::uint32_t const type = at + 2;
    read_type(type, end_);
    if (current() == Word::Statistics) {
      std::uint32_t const equal = find_mark(type, end_, Mark::Equal);
      set_roles(equal, end_, Role::Cut);
    }
    bool series = false;
    for (std::uint32_t i = type; i < end_; ++i) {
      Word const attribute = word(i, ast::acts::attr);
      series = series || attribute == Word::Yearly || attribute == Word::Monthly;
    }
    declare(at, NameKind::Field, schema_, element_of(type, end_), series);
  }

  // `企业 甲：…；企业 乙：…`: before each colon stand a 结构 and a label.
  void read_given(std::uint32_t from) {
    for (std::uint32_t i = from; i < end_;) {
      std::uint32_t const end = find_mark(i, end_, Mark::Semicolon);
      std::uint32_t const colon = find_mark(i, end, Mark::Colon);
      if (colon < end) {
        for (std::uint32_t k = i; k < colon; ++k) out_.roles[k] = Role::Name;
        if (colon > i) declare(colon - 1, NameKind::TestLabel);
        bool const same = colon + 2 < end && word(colon + 1, ast::acts::run) == Word::Same;
        if (same) out_.roles[colon + 2] = Role::Name;
      }
      i = end + 1;
    }
  }

  // The header of a table names classes; they are read whole. Later rows are cut.
  void read_table_line(std::uint32_t at) {
    std::uint32_t before = at;
    while (before > 0 && piece(before - 1).kind == PieceKind::LineBreak) --before;
    while (before > 0 && !out_.line_starts[before - 1]) --before;
    bool const later = before > 0 && is_mark(before - 1, Mark::Bar);
    if (later || current() == Word::ReferenceTable) return;
    for (std::uint32_t i = at + 1; i < end_; ++i)
      if (is_word(i) && is_mark(i - 1, Mark::Bar) && i + 1 < end_ && is_mark(i + 1, Mark::Bar))
        out_.roles[i] = Role::Name;
  }

  SourceFile const& source_;
  Layout out_;
  std::vector<std::uint32_t> starts_;
  std::uint32_t begin_ = 0, end_ = 0;
  bool published_ = false;
  bool in_alert_ = false;
  bool in_given_ = false;
  std::string schema_;
  std::string code_list_;
};

}  // namespace

ast::Word whole_word(SourceFile const& source, Piece const& piece, std::uint32_t acts) {
  if (piece.kind != PieceKind::Run) return Word::None;
  constexpr std::uint32_t longest_word_bytes = 60;
  if (piece.end - piece.begin > longest_word_bytes) return Word::None;
  std::string_view const bytes = source.text().substr(piece.begin, piece.end - piece.begin);
  Lexicon const& lexicon = Lexicon::instance();
  WordIndex::Node const node = lexicon.words().find(piece.plain ? bytes : std::string_view(name_text(bytes)));
  if (node == WordIndex::none || lexicon.words().value(node) == WordIndex::none) return Word::None;
  for (auto word = static_cast<Word>(lexicon.words().value(node)); word != Word::None;
       word = lexicon.next_of_same_spelling(word))
    if ((ast::info(word).acts & acts) != 0) return word;
  return Word::None;
}

Layout lay_out(SourceFile const& source) { return LayoutReader(source).run(); }

}  // namespace huiyu::parse
