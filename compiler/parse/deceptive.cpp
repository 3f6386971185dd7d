#include "compiler/parse/deceptive.h"

#include <algorithm>

#include "compiler/parse/fold.h"
#include "compiler/parse/literate.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {
namespace {

class Reporter {
 public:
  Reporter(SourceFile const& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {
    if (source.literate()) code_ = find_code(source.text());
  }

  void look(std::uint32_t begin, std::uint32_t end, bool turning_only) {
    std::string_view const text = source_.text();
    for (std::uint32_t at = begin; at < end;) {
      if (static_cast<unsigned char>(text[at]) < 0x80) {
        ++at;
        continue;
      }
      DecodedCodePoint const c = decode_utf8(text, at);
      bool const mark_of_order = at == 0 && c.code_point == 0xFEFF;
      bool const bad = turning_only ? turns_text(c.code_point) : is_deceptive(c.code_point);
      if (bad && !mark_of_order && is_code(at)) report({at, at + c.length, source_.id()});
      at += c.length;
    }
  }

 private:
  bool is_code(std::uint32_t at) const {
    if (!source_.literate()) return true;
    auto const after = std::ranges::upper_bound(code_, at, {}, &CodeRange::begin);
    return after != code_.begin() && at < (after - 1)->end;
  }

  void report(Span where) { diagnostics_.add(where, diag::DeceptiveCharacter, source_.slice(where)).fix(where, ""); }

  SourceFile const& source_;
  Diagnostics& diagnostics_;
  std::vector<CodeRange> code_;
};

}  // namespace

void report_deceptive(SourceFile const& source, std::span<Piece const> pieces, Diagnostics& diagnostics) {
  Reporter reporter(source, diagnostics);
  for (Piece const& piece : pieces) {
    if (piece.begin > piece.trivia_begin + 1) reporter.look(piece.trivia_begin, piece.begin, true);
    if (piece.kind == PieceKind::Text || piece.kind == PieceKind::Quoted) reporter.look(piece.begin, piece.end, false);
  }
}

}  // namespace huiyu::parse
