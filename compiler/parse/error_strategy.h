// Internal: what happens at a syntax error. Our own words, and recovery at the next line.
#pragma once

#include <exception>

#include <antlr4-runtime.h>

#include "compiler/diag/diagnostics.h"
#include "compiler/parse/token_stream.h"
#include "compiler/source/source_file.h"

namespace huiyu::parse {

// A syntax error throws up to the rule that is a line (a clause, a field, a row), skips to where the next one begins,
// and goes on there. With `give_up`, the first error ends the parse by ParseCancellationException and says nothing:
// the fast prediction mode may err where the full one does not.
class LineRecovery final : public antlr4::ANTLRErrorStrategy {
 public:
  LineRecovery(SourceFile const& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  void give_up_at_error(bool give_up) { give_up_ = give_up; }

  void reset(antlr4::Parser*) override { recovering_ = false; }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  void sync(antlr4::Parser* parser) override;
  bool inErrorRecoveryMode(antlr4::Parser*) override { return recovering_; }
  void reportMatch(antlr4::Parser*) override { recovering_ = false; }
  void reportError(antlr4::Parser* parser, antlr4::RecognitionException const& error) override;

 private:
  void report(antlr4::Parser& parser, antlr4::misc::IntervalSet const& expected, ParserToken const& token);
  void bound_is_no_sum(ParserToken const& token, Lexeme const& word);

  SourceFile const& source_;
  Diagnostics& diagnostics_;
  bool give_up_ = false;
  bool recovering_ = false;
};

}  // namespace huiyu::parse
