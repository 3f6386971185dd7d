#include "compiler/format/token_text.h"

#include "compiler/parse/fold.h"
#include "runtime/base/utf8.h"

namespace huiyu::format {
namespace {

using ast::TokenKind;
using ast::Word;
using diag::Language;

// A sign as it is typed, folded, and as it is printed.
struct Sign {
  std::string_view typed;
  Shape shape;
  std::string_view printed;
};
constexpr Sign signs[] = {
    {"(", Shape::Open, "（"},    {")", Shape::Close, "）"},   {":", Shape::Colon, "："},   {",", Shape::Comma, "，"},
    {"、", Shape::Tight, "、"},  {";", Shape::Tight, "；"},   {"。", Shape::Tight, "。"},  {".", Shape::Tight, "."},
    {"/", Shape::Tight, "/"},    {"|", Shape::Bar, "|"},      {"=", Shape::Operator, "="}, {"==", Shape::Operator, "="},
    {"+", Shape::Operator, "+"}, {"-", Shape::Operator, "−"}, {"×", Shape::Operator, "×"}, {"÷", Shape::Operator, "÷"},
    {"<", Shape::Compare, "＜"}, {">", Shape::Compare, "＞"}, {"<=", Shape::Compare, "≤"}, {"≤", Shape::Compare, "≤"},
    {">=", Shape::Compare, "≥"}, {"≥", Shape::Compare, "≥"},  {"!=", Shape::Compare, "≠"}, {"≠", Shape::Compare, "≠"},
};

std::string folded(std::string_view text) {
  std::string out;
  for (CodePoint const c : code_points(text)) append_utf8(out, parse::fold(c.value));
  return out;
}

Sign const* find_sign(std::string_view text) {
  std::string const typed = folded(text);
  for (Sign const& sign : signs)
    if (sign.typed == typed) return &sign;
  return nullptr;
}

// `（含）` and `（不含）`; every other sign of several characters is the mark of a list's member.
bool is_end_mark(std::string_view text) {
  std::string const mark = folded(text);
  return mark.starts_with('(') && mark.find("含") != std::string::npos;
}

bool has_letter(std::string_view text) {
  for (CodePoint const c : code_points(text))
    if (parse::is_letter(parse::fold(c.value))) return true;
  return false;
}

}  // namespace

Shape shape_of(ast::Token const& token, SourceFile const& source) {
  switch (token.kind) {
    case TokenKind::NewLine: return Shape::LineBreak;
    case TokenKind::End: return Shape::End;
    case TokenKind::Punctuation: break;
    case TokenKind::Keyword:
    case TokenKind::Name:
    case TokenKind::Number:
    case TokenKind::Date:
    case TokenKind::Ordinal:
    case TokenKind::Text:
    case TokenKind::Citation:
    case TokenKind::Raw:
    case TokenKind::Unknown: return Shape::Word;
  }
  std::string_view const text = source.slice(token.span);
  if (Sign const* const sign = find_sign(text)) return sign->shape;
  return is_end_mark(text) ? Shape::EndMark : Shape::ListMark;
}

std::string_view spelling(Word word, Language language) {
  return language == Language::Chinese ? ast::info(word).zh : ast::info(word).en;
}

Word built_in_word(std::string_view text) {
  std::string const written = folded(text);
  for (std::size_t i = 1; i < ast::word_count(); ++i) {
    auto const word = static_cast<Word>(i);
    ast::WordInfo const& info = ast::info(word);
    bool const names = (info.acts & (ast::acts::name | ast::acts::call)) != 0;
    if (names && (info.zh == written || info.en == written)) return word;
  }
  return Word::None;
}

Language language_of(ast::Token const& token, SourceFile const& source) {
  return has_letter(source.slice(token.span)) ? Language::English : Language::Chinese;
}

std::string token_text(ast::Token const& token, Shape shape, SourceFile const& source,
                       std::optional<Language> language) {
  std::string_view const text = source.slice(token.span);
  switch (token.kind) {
    case TokenKind::Keyword: {
      auto const word = static_cast<Word>(token.keyword);
      // 近3年 is one word of the language with a number in it.
      if ((ast::info(word).acts & ast::acts::form) != 0) return folded(text);
      return std::string(spelling(word, language.value_or(language_of(token, source))));
    }
    case TokenKind::Number:
    case TokenKind::Date:
    case TokenKind::Ordinal: return folded(text);
    case TokenKind::Punctuation: {
      Sign const* const sign = find_sign(text);
      if (sign != nullptr) return std::string(sign->printed);
      if (shape == Shape::EndMark) return text.find("不") == std::string_view::npos ? "（含）" : "（不含）";
      return std::string(text);  // the mark of a member is the clause's id
    }
    case TokenKind::Name:
    case TokenKind::Text:
    case TokenKind::Citation:
    case TokenKind::Raw:
    case TokenKind::Unknown:
    case TokenKind::NewLine:
    case TokenKind::End: return std::string(text);
  }
  return {};
}

}  // namespace huiyu::format
