#include "compiler/parse/expected.h"

#include <string>
#include <vector>

#include <Huiyu.h>

#include "compiler/ast/vocabulary.h"
#include "compiler/parse/token_types.h"

namespace huiyu::parse {
namespace {

using grammar::Huiyu;

struct Named {
  std::size_t type;
  char const* zh;
  char const* en;
};

// In the order in which they are named; words of the vocabulary follow from their spellings.
constexpr Named named[] = {
    {Huiyu::NAME, "名称", "a name"},
    {Huiyu::NUMBER, "数字", "a number"},
    {Huiyu::DATE, "日期", "a date"},
    {Huiyu::TEXT, "引号中的文字", "a text in quotation marks"},
    {Huiyu::RAW, "编号或条款", "an id or a clause"},
    {Huiyu::UNIT, "单位", "a unit"},
    {Huiyu::MARK, "序号，如 `（一）`", "an item mark such as `（一）`"},
    {Huiyu::INNER_MARK, "另一种序号，如 `（1）`", "an item mark of another kind such as `（1）`"},
    {Huiyu::COLON, "`：`", "`：`"},
    {Huiyu::EQUAL, "`=`", "`=`"},
    {Huiyu::LEFT, "`（`", "`（`"},
    {Huiyu::RIGHT, "`）`", "`）`"},
    {Huiyu::COMMA, "`，`", "`，`"},
    {Huiyu::DUN, "`、`", "`、`"},
    {Huiyu::BAR, "`|`", "`|`"},
    {Huiyu::DOT, "`.`", "`.`"},
    {Huiyu::ATTRIBUTE, "`编号`、`辖区` 等", "a word such as `编号` or `辖区`"},
    {Huiyu::COMPARE, "比较", "a comparison"},
    {Huiyu::SEP, "`；`或换行", "`；` or a new line"},
    {Huiyu::EOL, "换行", "a new line"},
    {antlr4::Token::EOF, "声明结束", "the end of the declaration"},
};

// Operators are left out where something more telling is expected.
bool is_telling(std::size_t type) {
  return type == Huiyu::NAME || type == Huiyu::NUMBER || type == Huiyu::DATE || type == Huiyu::TEXT ||
         type == Huiyu::RAW || type == Huiyu::UNIT || type == Huiyu::MARK || type == Huiyu::INNER_MARK ||
         type == Huiyu::COLON || type == Huiyu::EQUAL || type == Huiyu::LEFT || type == Huiyu::RIGHT ||
         type == Huiyu::BAR || type == Huiyu::ATTRIBUTE;
}

constexpr std::size_t most_named = 3;

void join(diag::Phrase& phrase, std::vector<diag::Phrase> const& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    bool const last = i + 1 == parts.size();
    phrase.zh += (i == 0 ? "" : last ? "或" : "、") + parts[i].zh;
    phrase.en += (i == 0 ? "" : last ? " or " : ", ") + parts[i].en;
  }
}

}  // namespace

diag::Phrase phrase_expected(antlr4::misc::IntervalSet const& types) {
  auto const has = [&](std::size_t type) { return types.contains(type); };
  bool const value = has(Huiyu::NAME) && has(Huiyu::NUMBER) && has(Huiyu::LEFT);
  if (value)
    return has(Huiyu::NOT) ? diag::Phrase{"条件或数值", "a condition or a value"} : diag::Phrase{"数值", "a value"};
  if (has(Huiyu::CONDITION) && has(Huiyu::ITEM))
    return {"条款，如 `条件`、`补助`", "a clause such as `条件` or `补助`"};
  std::vector<diag::Phrase> parts;
  for (bool const telling : {true, false}) {
    for (Named const& row : named)
      if (has(row.type) && !(row.type == Huiyu::EOL && has(Huiyu::SEP)) && is_telling(row.type) == telling &&
          parts.size() < most_named)
        parts.push_back({row.zh, row.en});
    if (!parts.empty() && telling) break;
    if (telling) continue;
    for (std::size_t i = 1; i < ast::word_count() && parts.size() < most_named; ++i) {
      auto const word = static_cast<ast::Word>(i);
      if (!has(token_type(word)) || token_type(word) == Huiyu::NAME) continue;
      std::string const zh = "`" + std::string(ast::info(word).zh) + "`";
      parts.push_back({zh, zh});
    }
  }
  diag::Phrase phrase;
  join(phrase, parts);
  if (parts.empty()) return {"别的写法", "something else"};
  return phrase;
}

diag::Phrase phrase_found(std::size_t type, std::string_view text) {
  if (type == antlr4::Token::EOF) return {"声明的末尾", "the end of the declaration"};
  if (text.empty() && type == Huiyu::RIGHT) return {"行末", "the end of the line"};
  if (text.empty() || type == Huiyu::EOL) return {"行末", "the end of the line"};
  constexpr std::size_t longest_shown = 60;  // bytes
  std::string shown(text.substr(0, longest_shown));
  if (text.size() > longest_shown) {
    while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xC0U) == 0x80U) shown.pop_back();
    if (!shown.empty()) shown.pop_back();
    shown += "…";
  }
  shown = "`" + diag::make_visible(shown) + "`";
  return {shown, shown};
}

}  // namespace huiyu::parse
