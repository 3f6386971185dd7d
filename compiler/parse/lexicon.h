// The vocabulary and the units, indexed for cutting. Built once; the same for every file.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "compiler/ast/vocabulary.h"
#include "compiler/parse/word_index.h"

namespace huiyu::parse {

class Lexicon {
 public:
  static Lexicon const& instance();

  // Spelling → first word of a chain; most spellings have one word.
  WordIndex const& words() const { return words_; }
  ast::Word next_of_same_spelling(ast::Word word) const { return next_[static_cast<std::size_t>(word)]; }

  // Spelling → row of ast::unit_table().
  WordIndex const& units() const { return units_; }
  WordIndex const& multipliers() const { return multipliers_; }

  // The words that make one literal with the number after them (近3年, `past 3 years`), with the blank that follows.
  struct Form {
    ast::Word word = ast::Word::None;
    std::u32string spelling;
  };
  std::span<Form const> forms() const { return forms_; }

 private:
  Lexicon();

  WordIndex words_, units_, multipliers_;
  std::vector<ast::Word> next_;
  std::vector<Form> forms_;
};

}  // namespace huiyu::parse
