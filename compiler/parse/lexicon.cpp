#include "compiler/parse/lexicon.h"

#include "runtime/base/utf8.h"

namespace huiyu::parse {

Lexicon const& Lexicon::instance() {
  static Lexicon const lexicon;
  return lexicon;
}

Lexicon::Lexicon() : next_(ast::word_count(), ast::Word::None) {
  for (std::size_t i = 1; i < ast::word_count(); ++i) {
    auto const word = static_cast<ast::Word>(i);
    for (std::string_view const spelling : {ast::info(word).zh, ast::info(word).en}) {
      WordIndex::Node const node = words_.insert(spelling);
      std::uint32_t const first = words_.value(node);
      if (first != WordIndex::none) next_[i] = static_cast<ast::Word>(first);
      words_.set_value(node, static_cast<std::uint32_t>(i));
      if ((ast::info(word).acts & ast::acts::form) == 0) continue;
      Form& form = forms_.emplace_back(Form{word, {}});
      for (CodePoint const c : code_points(spelling)) form.spelling += c.value;
      if (form.spelling[0] < 0x80) form.spelling += U' ';
    }
  }
  ast::UnitTable const table = ast::unit_table();
  for (std::size_t i = 0; i < table.unit_count; ++i)
    units_.set_value(units_.insert(table.units[i].spelling), static_cast<std::uint32_t>(i));
  for (std::size_t i = 0; i < table.multiplier_count; ++i)
    multipliers_.set_value(multipliers_.insert(table.multipliers[i].spelling), static_cast<std::uint32_t>(i));
}

}  // namespace huiyu::parse
