#include "compiler/driver/cuts.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/diag/message.h"
#include "compiler/parse/literal.h"
#include "runtime/base/utf8.h"

namespace huiyu::driver {

namespace {

using ast::TokenKind;

// 万元 after 到 is a unit without a number.
bool is_unit(std::string_view text) {
  std::u32string characters;
  for (CodePoint const c : code_points(text)) characters += c.value;
  return parse::read_unit({characters.data(), characters.size()}) != ast::UnitWord::None;
}

// What a token is as a word of a run; an empty code where it is no word.
CutPart part_of(ast::Token const& token, SourceFile const& source) {
  switch (token.kind) {
    case TokenKind::Keyword: return {token.span, {"关键词", "keyword"}, "keyword"};
    case TokenKind::Name: return {token.span, {"名称", "name"}, "name"};
    case TokenKind::Number:
      return is_unit(source.slice(token.span)) ? CutPart{token.span, {"单位", "unit"}, "unit"}
                                               : CutPart{token.span, {"数", "number"}, "number"};
    case TokenKind::Date: return {token.span, {"日期", "date"}, "date"};
    case TokenKind::Ordinal: return {token.span, {"序数", "ordinal"}, "ordinal"};
    case TokenKind::Citation: return {token.span, {"条款", "citation"}, "citation"};
    case TokenKind::Raw: return {token.span, {"原文", "raw"}, "raw"};
    case TokenKind::Unknown: return {token.span, {"不认识", "unknown"}, "unknown"};
    case TokenKind::Text:
    case TokenKind::Punctuation:
    case TokenKind::NewLine:
    case TokenKind::End: break;
  }
  return {};
}

std::string shown(Span span, SourceFile const& source) { return diag::make_visible(source.slice(span)); }

Span whole(CutRun const& run) { return join(run.words.front().span, run.words.back().span); }

}  // namespace

std::vector<CutRun> runs_of(ast::File const& file, SourceFile const& source, bool joined) {
  std::vector<CutRun> runs;
  CutRun run;
  auto const close = [&] {
    if (run.words.size() > (joined ? 1 : 0)) runs.push_back(std::move(run));
    run.words.clear();
  };
  for (auto const& token : file.tokens) {
    auto const part = part_of(token, source);
    bool const follows = !run.words.empty() && run.words.back().span.end == token.span.begin;
    if (part.code.empty() || !follows) close();
    if (!part.code.empty()) run.words.push_back(part);
  }
  close();
  return runs;
}

std::string cut_text(CutRun const& run, SourceFile const& source, Language language) {
  auto const place = source.position(whole(run).begin);
  auto out = fmt::format("{}:{}:{}: ", source.path(), place.line, place.column);
  for (auto const& word : run.words)
    out +=
        fmt::format("{}{} {}", &word == run.words.data() ? "" : "｜", shown(word.span, source), word.kind.in(language));
  return out + "\n";
}

std::string cut_json(CutRun const& run, SourceFile const& source) {
  auto const place = source.position(whole(run).begin);
  nlohmann::ordered_json out{{"file", source.path()},
                             {"line", place.line},
                             {"column", place.column},
                             {"text", source.slice(whole(run))},
                             {"words", nlohmann::ordered_json::array()}};
  for (auto const& word : run.words) out["words"].push_back({{"text", source.slice(word.span)}, {"kind", word.code}});
  return out.dump() + "\n";
}

}  // namespace huiyu::driver
