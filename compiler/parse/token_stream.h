// Internal: the lexemes of one declaration as ANTLR wants to read them. No lexer, no copies of text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <antlr4-runtime.h>

#include "compiler/parse/tokens.h"

namespace huiyu::parse {

class ParserToken final : public antlr4::Token {
 public:
  ParserToken(Lexeme const* lexeme, std::size_t type, std::size_t index)
      : lexeme_(lexeme), type_(type), index_(index) {}

  // Never null: the end of a declaration has an empty lexeme where its text ends.
  Lexeme const& lexeme() const { return *lexeme_; }

  std::string getText() const override { return {}; }
  std::size_t getType() const override { return type_; }
  std::size_t getLine() const override { return 0; }
  std::size_t getCharPositionInLine() const override { return 0; }
  std::size_t getChannel() const override { return antlr4::Token::DEFAULT_CHANNEL; }
  std::size_t getTokenIndex() const override { return index_; }
  std::size_t getStartIndex() const override { return lexeme_->begin; }
  std::size_t getStopIndex() const override { return lexeme_->end; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string toString() const override { return {}; }

 private:
  Lexeme const* lexeme_;
  std::size_t type_;
  std::size_t index_;
};

class WindowStream final : public antlr4::TokenStream {
 public:
  // Reads the lexemes of a window from its start.
  void open(std::vector<Lexeme> const& lexemes, Window const& window);

  antlr4::Token* LT(ssize_t k) override;
  std::size_t LA(ssize_t k) override;
  void consume() override;
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = index < tokens_.size() ? index : tokens_.size() - 1; }
  std::size_t size() override { return tokens_.size(); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}

  antlr4::Token* get(std::size_t index) const override { return const_cast<ParserToken*>(&tokens_[index]); }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText(antlr4::misc::Interval const&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }
  std::string getSourceName() const override { return {}; }

 private:
  std::vector<ParserToken> tokens_;
  Lexeme end_;
  std::size_t at_ = 0;
};

}  // namespace huiyu::parse
