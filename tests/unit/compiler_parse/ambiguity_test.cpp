// INVARIANT (no ambiguity) of grammar/Huiyu.g4: the whole corpus is parsed with exact ambiguity detection.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <Huiyu.h>
#include <doctest/doctest.h>

#include "compiler/parse/layout.h"
#include "compiler/parse/token_stream.h"
#include "compiler/parse/tokens.h"
#include "compiler/source/source_set.h"
#include "tests/unit/compiler_parse/corpus.h"

namespace huiyu::parse {
namespace {

class Reports : public antlr4::BaseErrorListener {
 public:
  void reportAmbiguity(antlr4::Parser* parser, antlr4::dfa::DFA const& dfa, std::size_t begin, std::size_t end,
                       bool exact, antlrcpp::BitSet const&, antlr4::atn::ATNConfigSet*) override {
    std::string const rule = parser->getRuleNames()[dfa.atnStartState->ruleIndex];
    if (exact) found.push_back(rule + " at tokens " + std::to_string(begin) + " to " + std::to_string(end));
  }
  void reportAttemptingFullContext(antlr4::Parser*, antlr4::dfa::DFA const&, std::size_t begin, std::size_t end,
                                   antlrcpp::BitSet const&, antlr4::atn::ATNConfigSet*) override {
    deepest = std::max(deepest, end - begin + 1);
  }
  std::vector<std::string> found;
  std::size_t deepest = 0;
};

TEST_CASE("no text of the corpus has two trees") {
  for (std::string const& path : corpus()) {
    if (path.find("bad_") != std::string::npos) continue;
    CAPTURE(path);
    SourceSet sources;
    SourceFile const& file = sources.add(path, corpus_source(path));
    Diagnostics diagnostics;
    Layout const layout = lay_out(file);
    Tokens const tokens = make_tokens(file, layout, corpus_codes(path), diagnostics);
    WindowStream stream;
    grammar::Huiyu parser(&stream);
    Reports reports;
    parser.removeErrorListeners();
    parser.addErrorListener(&reports);
    parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
        antlr4::atn::PredictionMode::LL_EXACT_AMBIG_DETECTION);
    for (Window const& window : tokens.windows) {
      if (window.skip) continue;
      stream.open(tokens.lexemes, window);
      parser.reset();
      parser.only();
      CHECK(parser.getNumberOfSyntaxErrors() == 0);
    }
    for (std::string const& report : reports.found) MESSAGE(report);
    CHECK(reports.found.empty());
    // A prediction that looks far ahead is a grammar that costs time.
    CHECK(reports.deepest <= 8);
  }
}

}  // namespace
}  // namespace huiyu::parse
