#include "compiler/parse/parse.h"

#include <exception>
#include <memory>
#include <utility>

#include <Huiyu.h>

#include "compiler/parse/builder.h"
#include "compiler/parse/deceptive.h"
#include "compiler/parse/error_strategy.h"
#include "compiler/parse/layout.h"
#include "compiler/parse/token_stream.h"
#include "compiler/parse/tokens.h"

namespace huiyu::parse {
namespace {

void report_fault(SourceFile const& source, Diagnostics& diagnostics) {
  if (!source.fault()) return;
  SourceFaultAt const at = *source.fault();
  Span const where{at.offset, at.offset, source.id()};
  switch (at.fault) {
    case SourceFault::TooLarge:
      diagnostics.add(where, diag::SourceTooLarge, static_cast<diag::Count>(max_source_bytes));
      return;
    case SourceFault::NotUtf8: diagnostics.add(where, diag::NotUtf8); return;
    case SourceFault::HasNul: diagnostics.add(where, diag::HasNul); return;
  }
}

// One ANTLR parser, used for one declaration after another so that a tree lives no longer than it is read.
class WindowParser {
 public:
  WindowParser(SourceFile const& source, Diagnostics& diagnostics)
      : recovery_(std::make_shared<LineRecovery>(source, diagnostics)), parser_(&stream_) {
    parser_.removeErrorListeners();
    parser_.setErrorHandler(recovery_);
    // The builder reads labels alone; without children the trees are smaller by half.
    parser_.setBuildParseTree(false);
  }

  // The tree, valid until the next call; null where nothing could be read.
  Huiyu::DeclarationContext* parse(std::vector<Lexeme> const& lexemes, Window const& window) {
    // The fast prediction mode reads all that is right and some that is wrong; only the full one may report.
    if (Huiyu::DeclarationContext* const tree = try_parse(lexemes, window, true)) return tree;
    return try_parse(lexemes, window, false);
  }

 private:
  Huiyu::DeclarationContext* try_parse(std::vector<Lexeme> const& lexemes, Window const& window, bool fast) {
    stream_.open(lexemes, window);
    parser_.reset();
    recovery_->give_up_at_error(fast);
    auto* const simulator = parser_.getInterpreter<antlr4::atn::ParserATNSimulator>();
    simulator->setPredictionMode(fast ? antlr4::atn::PredictionMode::SLL : antlr4::atn::PredictionMode::LL);
    try {
      return parser_.only()->isDeclaration;
    } catch (antlr4::ParseCancellationException const&) {
      return nullptr;
    } catch (antlr4::RecognitionException const&) {
      return nullptr;
    }
  }

  WindowStream stream_;
  std::shared_ptr<LineRecovery> recovery_;
  Huiyu parser_;
};

}  // namespace

Outline outline(SourceFile const& source) {
  Layout layout = lay_out(source);
  return {std::move(layout.names), std::move(layout.uses)};
}

Dictionary collect_names(SourceFile const& source) { return outline(source).names; }

ast::File parse(SourceFile const& source, Dictionary const& visible, Diagnostics& diagnostics) {
  ast::File file;
  file.file = source.id();
  report_fault(source, diagnostics);
  Layout const layout = lay_out(source);
  report_deceptive(source, layout.pieces, diagnostics);
  Tokens tokens = make_tokens(source, layout, visible, diagnostics);
  file.exprs.reserve(tokens.lexemes.size() / 2);
  file.declarations.reserve(tokens.windows.size());
  WindowParser parser(source, diagnostics);
  Builder builder(source, file, diagnostics);
  // What the last declaration lacks where the text was cut off is a consequence.
  if (source.fault() && !tokens.windows.empty()) tokens.windows.back().skip = true;
  for (Window const& window : tokens.windows) {
    if (window.skip || diagnostics.full()) {
      file.declarations.emplace_back(ast::HoleDecl{window.span});
      continue;
    }
    std::size_t const errors_before = diagnostics.error_count();
    Huiyu::DeclarationContext* const tree = parser.parse(tokens.lexemes, window);
    file.declarations.push_back(builder.declaration(tree, window, diagnostics.error_count() == errors_before));
  }
  file.tokens = std::move(tokens.all);
  return file;
}

}  // namespace huiyu::parse
