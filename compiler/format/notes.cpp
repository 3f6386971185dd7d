#include "compiler/format/notes.h"

#include <algorithm>
#include <utility>

#include "compiler/base/match.h"
#include "compiler/format/line_notes.h"

namespace huiyu::format {
namespace {

using ast::Word;

// A colon, or a word like 来源, that may stand below others of its kind.
struct Stop {
  std::uint32_t begin = 0;  // the first token of the field or row it belongs to
  std::uint32_t at = 0;
  std::int32_t group = no_group;
  std::uint8_t column = 0;
};

class Annotator {
 public:
  Annotator(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines)
      : file_(file), shapes_(shapes), lines_(lines), notes_(file.tokens.size()) {}

  std::vector<Note> run() {
    for (ast::Declaration const& declaration : file_.declarations) read(declaration);
    for (ast::Expr const& expr : file_.exprs) read(expr);
    for (ast::Expr const& expr : file_.exprs) read_inner_lists(expr);
    line_up();
    note_tables(file_, shapes_, lines_, groups_, notes_);
    note_keyword_lines(file_, shapes_, lines_, notes_);
    note_additions(file_, shapes_, lines_, notes_);
    return std::move(notes_);
  }

 private:
  // ---- tokens ----

  std::uint32_t at(std::uint32_t offset) const {
    auto const found =
        std::lower_bound(file_.tokens.begin(), file_.tokens.end(), offset,
                         [](ast::Token const& token, std::uint32_t place) { return token.span.begin < place; });
    return static_cast<std::uint32_t>(
        std::min<std::ptrdiff_t>(found - file_.tokens.begin(), std::ssize(file_.tokens) - 1));
  }
  std::uint32_t find(Shape shape, std::uint32_t offset) const {
    std::uint32_t i = at(offset);
    while (i + 1 < shapes_.size() && shapes_[i] != shape) ++i;
    return i;
  }
  Note& note(std::uint32_t offset) { return notes_[at(offset)]; }
  void set_role(Span span, LineRole role) { note(span.begin).role = role; }
  void join_before(std::uint32_t offset) { note(offset).gap = Gap::Joined; }

  // ---- declarations ----

  void declare_colon(std::uint32_t name_end) {
    std::uint32_t const colon = find(Shape::Colon, name_end);
    notes_[colon].declares = true;
  }

  void read_type(ast::TypeName const& type) { note(type.word.span.begin).built_in = true; }

  void read(ast::Declaration const& declaration) {
    match(
        declaration,
        [&](ast::SchemaDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          std::int32_t const group = groups_++;
          for (ast::Field const& field : decl.fields) read_field(field, group);
        },
        [&](ast::EnumerationDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          if (decl.code_type) {
            declare_colon(decl.name.span.end);
            read_type(*decl.code_type);
          }
          for (ast::CodeListEntry const& entry : decl.entries) set_role(entry.span, LineRole::Row);
        },
        [&](ast::ParameterDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          declare_colon(decl.name.span.end);
          read_type(decl.type);
          for (ast::DatedValue const& value : decl.values) set_role(value.span, LineRole::Line);
        },
        [&](ast::ReferenceTableDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          declare_colon(decl.name.span.end);
          read_type(decl.type);
        },
        [&](ast::DefinitionDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          if (decl.type) {
            declare_colon(decl.name.span.end);
            read_type(*decl.type);
          }
        },
        [&](ast::ExceptionDecl const& decl) { set_role(decl.span, LineRole::Head); },
        [&](ast::DocumentDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          read_attributes(decl.attributes);
        },
        [&](ast::UseDecl const& decl) { set_role(decl.span, LineRole::Head); },
        [&](ast::ImportDecl const& decl) { set_role(decl.span, LineRole::Head); },
        [&](ast::PolicyDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          read_attributes(decl.attributes);
          for (ast::PolicyLine const& line : decl.lines) read_line(line);
        },
        [&](ast::AlertDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          read_alert(decl);
        },
        [&](ast::TestDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          for (ast::Attribute const& setting : decl.settings) set_role(setting.span, LineRole::Line);
          for (ast::GivenSetting const& setting : decl.given_settings) {
            set_role(setting.span, LineRole::Hanging);
            if (!setting.keys.empty()) note(setting.name.span.begin).built_in = true;
          }
          for (ast::GivenRecord const& record : decl.given) {
            set_role(record.span, LineRole::Hanging);
            read_facts(record.facts);
          }
          for (ast::Expectation const& expected : decl.expect) {
            set_role(expected.span, LineRole::Hanging);
            for (ast::Reference const& missing : expected.missing) read(missing);
          }
        },
        [&](ast::GroupDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          for (ast::MemberLine const& line : decl.members) set_role(line.span, LineRole::Line);
        },
        [&](ast::BudgetDecl const& decl) { set_role(decl.span, LineRole::Head); },
        [&](ast::CohortDecl const& decl) { set_role(decl.span, LineRole::Head); },  //
        [&](ast::TallyDecl const& decl) {
          set_role(decl.span, LineRole::Head);
          std::int32_t const group = groups_++;
          for (ast::DefinitionDecl const& row : decl.rows) {
            set_role(row.span, LineRole::Line);
            declare_colon(row.name.span.end);
            stops_.push_back({at(row.span.begin), find(Shape::Colon, row.name.span.end), group, 0});
            if (row.type) read_type(*row.type);
          }
        },
        [](ast::HoleDecl const&) {});
  }

  // 全国 and 长期.
  void read_attributes(std::vector<ast::Attribute> const& attributes) {
    for (ast::Attribute const& attribute : attributes)
      for (ast::ExprId const value : attribute.values) note(file_.exprs[value].span.begin).built_in = true;
  }

  void read_field(ast::Field const& field, std::int32_t group) {
    set_role(field.span, LineRole::Line);
    read_type(field.type);
    std::uint32_t const begin = at(field.span.begin);
    std::uint32_t const colon = find(Shape::Colon, field.name.span.end);
    notes_[colon].declares = true;
    stops_.push_back({begin, colon, group, 0});
    for (std::uint32_t i = colon; i < file_.tokens.size() && file_.tokens[i].span.end <= field.span.end; ++i)
      if (static_cast<Word>(file_.tokens[i].keyword) == Word::Source && file_.tokens[i].kind == ast::TokenKind::Keyword)
        stops_.push_back({begin, i, group, 1});
  }

  void read_facts(std::vector<ast::GivenFact> const& facts) {
    for (ast::GivenFact const& fact : facts) {
      if (fact.period) join_before(fact.name.span.begin);
      for (std::vector<ast::GivenFact> const& record : fact.records) read_facts(record);
    }
  }

  void read_alert(ast::AlertDecl const& decl) {
    for (ast::AlertRow const& row : decl.rows) set_role(row.span, LineRole::Row);
  }

  void read_line(ast::PolicyLine const& line) {
    Span const span = match(line, [](auto const& any) { return any.span; });
    set_role(span, LineRole::Line);
    if (auto const* const alert = std::get_if<ast::AlertDecl>(&line)) read_alert(*alert);
  }

  // ---- expressions ----

  void read(ast::Expr const& expr) {
    if (auto const* const negate = std::get_if<ast::Negate>(&expr.kind); negate != nullptr)
      note(expr.span.begin).sign = true;
    else if (auto const* const reference = std::get_if<ast::Reference>(&expr.kind))
      read(*reference);
    else if (auto const* const call = std::get_if<ast::Call>(&expr.kind))
      note(call->callee.span.begin).built_in = true;
    else if (auto const* const bounded = std::get_if<ast::Bounded>(&expr.kind))
      read_bounds(bounded->bounds);
    else if (auto const* const range = std::get_if<ast::InRange>(&expr.kind))
      read(*range);
    else if (auto const* const relation = std::get_if<ast::Relation>(&expr.kind))
      read(*relation);
    else if (auto const* const compare = std::get_if<ast::Compare>(&expr.kind))
      read(*compare);
    else if (auto const* const ladder = std::get_if<ast::Ladder>(&expr.kind))
      read(*ladder);
    else if (auto const* const table = std::get_if<ast::Table>(&expr.kind))
      read(*table);
    else if (auto const* const list = std::get_if<ast::Quantified>(&expr.kind))
      for (ast::Member const& member : list->members) set_role(member.span, LineRole::Row);
  }

  // A list in a list has its own node, so the outer one's members are known only once all were read.
  void read_inner_lists(ast::Expr const& expr) {
    auto const* const list = std::get_if<ast::Quantified>(&expr.kind);
    if (list == nullptr) return;
    for (ast::Member const& member : list->members)
      if (auto const* const inner = std::get_if<ast::Quantified>(&file_.exprs[member.condition].kind))
        for (ast::Member const& each : inner->members) set_role(each.span, LineRole::InnerRow);
  }

  void read(ast::Reference const& reference) {
    if (reference.period && !reference.path.parts.empty()) join_before(reference.path.span.begin);
  }

  bool is_number(ast::ExprId id) const {
    auto const* const literal = std::get_if<ast::Literal>(&file_.exprs[id].kind);
    return literal != nullptr && std::holds_alternative<ast::NumberLiteral>(literal->value);
  }

  bool is_day(ast::ExprId id) const {
    auto const* const literal = std::get_if<ast::Literal>(&file_.exprs[id].kind);
    auto const* const date = literal == nullptr ? nullptr : std::get_if<ast::DateLiteral>(&literal->value);
    return date != nullptr && date->day != 0;
  }

  // 不满4亿元, but 不低于 上年贡献 × 10%.
  void read_bounds(std::vector<ast::Bound> const& bounds) {
    for (ast::Bound const& bound : bounds)
      if (!bound.postfix && is_number(bound.value)) join_before(file_.exprs[bound.value].span.begin);
  }

  // 首次超过2000万元
  void read(ast::Relation const& relation) {
    bool const first =
        relation.word == ast::RelationWord::FirstAbove || relation.word == ast::RelationWord::FirstReached;
    if (first && is_number(relation.right)) join_before(file_.exprs[relation.right].span.begin);
  }

  // 起5年内
  void read(ast::InRange const& range) {
    if (range.high.has_value() || !std::holds_alternative<ast::Since>(file_.exprs[range.low].kind)) return;
    join_before(file_.exprs[range.low].span.end);
  }

  // `X > 3人` is printed as `X 超过3人`; `20人 ≤ X ＜ 300人` has no such form, and tables are read by their signs.
  void read(ast::Compare const& compare) {
    if (compare.operands.size() != 2) return;
    std::uint32_t const sign = find(Shape::Compare, file_.exprs[compare.operands[0]].span.end);
    if (shapes_[sign] != Shape::Compare || shapes_[lines_.first[lines_.line_of[sign]]] == Shape::Bar) return;
    Word const word = word_of(compare.ops[0], is_day(compare.operands[1]));
    if (word == Word::None) return;
    notes_[sign].spell_as = word;
    if (is_number(compare.operands[1])) join_before(file_.exprs[compare.operands[1]].span.begin);
  }

  static Word word_of(ast::CompareOp op, bool day) {
    switch (op) {
      case ast::CompareOp::Greater: return day ? Word::After : Word::Over;
      case ast::CompareOp::AtLeast: return day ? Word::NotBefore : Word::NotBelow;
      case ast::CompareOp::Less: return day ? Word::Before : Word::Below;
      case ast::CompareOp::AtMost: return day ? Word::NotAfter : Word::NotOver;
      case ast::CompareOp::Equal:
      case ast::CompareOp::NotEqual: return Word::None;
    }
    return Word::None;
  }

  void read(ast::Ladder const& ladder) {
    std::int32_t const group = groups_++;
    for (ast::Row const& row : ladder.rows) {
      set_role(row.span, LineRole::Row);
      read_bounds(row.key.bounds);
      stops_.push_back({at(row.span.begin), find(Shape::Colon, row.key.span.end), group, 0});
    }
  }

  void read(ast::Table const& table) {
    for (ast::Abbreviation const& letter : table.abbreviations) set_role(letter.span, LineRole::Hanging);
    for (ast::TableRow const& row : table.rows) read_bounds(row.key.bounds);
  }

  // ---- what stands below each other ----

  // Only what has a line of its own is lined up; rows that share a line are printed tight.
  void line_up() {
    std::vector<std::uint32_t> begun(lines_.first.size(), 0);  // by line: fields and rows that begin there
    for (Stop const& stop : stops_)
      if (stop.column == 0) ++begun[lines_.line_of[stop.begin]];
    for (Stop const& stop : stops_) {
      std::uint32_t const line = lines_.line_of[stop.begin];
      if (stop.column == 1) notes_[stop.at].gap = Gap::Wide;
      if (lines_.first[line] != stop.begin || begun[line] != 1 || lines_.line_of[stop.at] != line) continue;
      notes_[stop.at].group = stop.group;
      notes_[stop.at].column = stop.column;
      if (stop.column == 0) notes_[stop.at].declares = true;
    }
  }

  ast::File const& file_;
  std::vector<Shape> const& shapes_;
  Lines const& lines_;
  std::vector<Note> notes_;
  std::vector<Stop> stops_;
  std::int32_t groups_ = 0;
};

}  // namespace

Lines find_lines(std::vector<Shape> const& shapes) {
  Lines lines;
  bool begins = true;
  for (std::uint32_t i = 0; i < shapes.size(); ++i) {
    if (begins) lines.first.push_back(i);
    lines.line_of.push_back(static_cast<std::uint32_t>(lines.first.size() - 1));
    begins = shapes[i] == Shape::LineBreak;
  }
  return lines;
}

std::vector<Note> annotate(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines) {
  return Annotator(file, shapes, lines).run();
}

}  // namespace huiyu::format
