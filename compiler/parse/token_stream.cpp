#include "compiler/parse/token_stream.h"

namespace huiyu::parse {

void WindowStream::open(std::vector<Lexeme> const& lexemes, Window const& window) {
  tokens_.clear();
  tokens_.reserve(window.end - window.begin + 1);
  for (std::uint32_t i = window.begin; i < window.end; ++i)
    tokens_.emplace_back(&lexemes[i], lexemes[i].type, tokens_.size());
  end_ = Lexeme{};
  end_.begin = end_.end = window.span.end;
  tokens_.emplace_back(&end_, antlr4::Token::EOF, tokens_.size());
  at_ = 0;
}

antlr4::Token* WindowStream::LT(ssize_t k) {
  ssize_t const place = static_cast<ssize_t>(at_) + (k > 0 ? k - 1 : k);
  if (place < 0) return nullptr;
  auto const index = static_cast<std::size_t>(place);
  return &tokens_[index < tokens_.size() ? index : tokens_.size() - 1];
}

std::size_t WindowStream::LA(ssize_t k) {
  ssize_t const place = static_cast<ssize_t>(at_) + (k > 0 ? k - 1 : k);
  if (place < 0) return antlr4::Token::INVALID_TYPE;
  auto const index = static_cast<std::size_t>(place);
  return tokens_[index < tokens_.size() ? index : tokens_.size() - 1].getType();
}

void WindowStream::consume() {
  if (at_ + 1 < tokens_.size()) ++at_;
}

}  // namespace huiyu::parse
