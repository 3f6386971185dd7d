#include "compiler/format/line_notes.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace huiyu::format {
namespace {

using ast::Word;

Word keyword_of(ast::Token const& token) {
  return token.kind == ast::TokenKind::Keyword ? static_cast<Word>(token.keyword) : Word::None;
}

enum class Lead : std::uint8_t { Other, Attributes, Amount };

constexpr Word heads_with_attributes[] = {Word::Policy, Word::Document, Word::AsOf, Word::FilingYear};
constexpr Word lines_with_amounts[] = {Word::Grant,   Word::Award,  Word::InterestSubsidy, Word::Subsidy,
                                       Word::Support, Word::Refund, Word::Classify,        Word::Enlist,
                                       Word::Dispose, Word::Assess, Word::General,         Word::Definition};
// Lines whose keyword stands outside of what the tree keeps of them.
constexpr Word lines_by_keyword[] = {Word::General, Word::Exception, Word::Let, Word::Given, Word::Expect};

template <std::size_t N> bool is_one_of(Word const (&words)[N], Word word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

Lead lead_of(Word word) {
  if (is_one_of(heads_with_attributes, word)) return Lead::Attributes;
  return is_one_of(lines_with_amounts, word) ? Lead::Amount : Lead::Other;
}

// Whether a word begins an addition to a line.
bool is_addition(Word word, Lead lead) {
  if (word == Word::Citation) return true;
  if (lead == Lead::Attributes) return word == Word::Once || (ast::info(word).acts & ast::acts::attr) != 0;
  return lead == Lead::Amount && (word == Word::When || word == Word::Share);
}

}  // namespace

void note_tables(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines, std::int32_t& groups,
                 std::vector<Note>& notes) {
  bool in_table = false;
  for (std::uint32_t const first : lines.first) {
    if (shapes[first] != Shape::Bar) {
      in_table = false;
      continue;
    }
    if (!in_table) ++groups;
    in_table = true;
    notes[first].role = LineRole::Row;
    std::uint8_t column = 0;
    for (std::uint32_t i = first + 1; i < file.tokens.size() && shapes[i] != Shape::LineBreak; ++i) {
      if (shapes[i] != Shape::Bar || column == std::numeric_limits<std::uint8_t>::max()) continue;
      notes[i].group = groups - 1;
      notes[i].column = column++;
    }
  }
}

void note_keyword_lines(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines,
                        std::vector<Note>& notes) {
  std::size_t depth = 0;
  for (std::uint32_t i = 0; i < file.tokens.size(); ++i) {
    bool const begins = lines.first[lines.line_of[i]] == i;
    if (begins && depth == 0 && notes[i].role == LineRole::Continuation &&
        is_one_of(lines_by_keyword, keyword_of(file.tokens[i])))
      notes[i].role = LineRole::Line;
    if (shapes[i] == Shape::Open) ++depth;
    if (shapes[i] == Shape::Close && depth > 0) --depth;
  }
}

void note_additions(ast::File const& file, std::vector<Shape> const& shapes, Lines const& lines,
                    std::vector<Note>& notes) {
  Lead lead = Lead::Other;
  std::size_t depth = 0;
  for (std::uint32_t i = 0; i < file.tokens.size(); ++i) {
    bool const begins = lines.first[lines.line_of[i]] == i;
    Word const word = keyword_of(file.tokens[i]);
    if (shapes[i] == Shape::Open) ++depth;
    if (shapes[i] == Shape::Close && depth > 0) --depth;
    if (begins && (notes[i].role == LineRole::Head || notes[i].role == LineRole::Line)) {
      Word const after = i + 1 < file.tokens.size() ? keyword_of(file.tokens[i + 1]) : Word::None;
      lead = lead_of(word == Word::Published ? after : word);
      continue;
    }
    if (word == Word::None || depth > 0 || begins || notes[i].gap != Gap::Usual) continue;
    bool const after_comma = shapes[i - 1] == Shape::Comma;
    if (!after_comma && is_addition(word, lead)) notes[i].gap = Gap::Wide;
  }
}

}  // namespace huiyu::format
