#include "compiler/parse/run_cutter.h"

#include <algorithm>

#include "compiler/base/nearest.h"
#include "compiler/parse/fold.h"
#include "compiler/parse/habits.h"
#include "compiler/parse/layout.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {
namespace {

bool is_period(ast::Word word) {
  using ast::Word;
  return word == Word::ThisYear || word == Word::LastYear || word == Word::YearBeforeLast || word == Word::BoundYear ||
         word == Word::YearBefore || word == Word::ThisMonth || word == Word::LastMonth || word == Word::BoundMonth;
}

constexpr std::size_t most_names_searched = 20'000;

// What a misspelt word may have been: names, and keywords that act on their own.
std::vector<std::string> candidates(Dictionary const& visible, Dictionary const& own) {
  std::vector<std::string> found;
  for (Dictionary const* dictionary : {&own, &visible}) {
    std::size_t searched = 0;
    for (DeclaredName const& name : dictionary->names()) {
      if (++searched > most_names_searched) break;
      if (!is_local(name.kind)) found.push_back(name.text);
    }
  }
  for (std::size_t i = 1; i < ast::word_count(); ++i) {
    ast::WordInfo const& info = ast::info(static_cast<ast::Word>(i));
    if ((info.acts & (ast::acts::any | ast::acts::line)) != 0) found.emplace_back(info.zh);
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

void RunText::read(std::string_view bytes) {
  characters_.clear();
  offsets_.clear();
  bool inert = true;
  for (CodePoint const c : code_points(bytes)) {
    characters_.push_back(fold(c.value));
    offsets_.push_back(static_cast<std::uint32_t>(c.offset));
    inert = inert && is_inert(c.value);
  }
  offsets_.push_back(static_cast<std::uint32_t>(bytes.size()));
  if (inert) return;
  // Rare: a character that is not its own normal form. Each stretch of such characters is composed as a whole.
  std::vector<char32_t> characters;
  std::vector<std::uint32_t> offsets;
  for (std::size_t i = 0; i < characters_.size();) {
    std::size_t end = i + 1;
    while (end < characters_.size() && !is_inert(characters_[end])) ++end;
    std::string stretch;
    for (std::size_t k = i; k < end; ++k) append_utf8(stretch, characters_[k]);
    std::string const composed = normalize(stretch);  // outlives the loop that reads it
    for (CodePoint const c : code_points(composed)) {
      characters.push_back(c.value);
      offsets.push_back(offsets_[i]);
    }
    i = end;
  }
  offsets.push_back(offsets_.back());
  characters_ = std::move(characters);
  offsets_ = std::move(offsets);
}

std::uint32_t RunCutter::place_bits(RunPlace const& place) {
  return (place.state == ReadState::Code ? 1U : 0U) | (place.line_start ? 2U : 0U) | (place.head_line ? 4U : 0U) |
         (place.before_left ? 8U : 0U) | (place.before_right ? 16U : 0U);
}

std::span<RunWord const> RunCutter::cut(Piece const& piece, RunPlace const& place) {
  std::string_view const bytes = source_.text().substr(piece.begin, piece.end - piece.begin);
  bool const keepable = (place.state == ReadState::General || place.state == ReadState::Code) && place.locals.empty() &&
                        !place.after_ladder && !place.in_expect && place.without.empty();
  auto& kept = kept_[place_bits(place)];
  if (keepable) {
    if (auto const found = kept.find(bytes); found != kept.end()) {
      words_.assign(pool_.begin() + found->second.first, pool_.begin() + found->second.first + found->second.count);
      for (RunWord& word : words_) {
        word.begin += piece.begin;
        word.end += piece.begin;
      }
      return words_;
    }
  }
  words_.clear();
  Span const where{piece.begin, piece.end, source_.id()};
  if (bytes.size() > longest_run * 4) {
    diagnostics_.add(where, diag::RunTooLong, static_cast<diag::Count>(longest_run));
    words_.push_back({piece.begin, piece.end, WordKind::Name, {}, ast::Word::None, false});
    return words_;
  }
  run_.read(bytes);
  Cut const& result = cutter_.cut(run_.characters(), place);
  if (result.fault == CutFault::NoCut) {
    fall_back(piece, place, result.reached, result.resumed);
    return words_;
  }
  keep(piece.begin, result.words);
  if (result.fault == CutFault::Crossing) {
    report_crossing(where, result);
  } else if (keepable) {
    kept.emplace(bytes, Kept{static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(words_.size())});
    for (RunWord word : words_) {
      word.begin -= piece.begin;
      word.end -= piece.begin;
      pool_.push_back(word);
    }
  }
  return words_;
}

void RunCutter::keep(std::uint32_t begin, std::span<CutWord const> words) {
  for (CutWord const& word : words)
    words_.push_back(
        {begin + run_.offset(word.begin), begin + run_.offset(word.end), word.kind, word.literal, word.word, true});
}

void RunCutter::fall_back(Piece const& piece, RunPlace const& place, std::uint32_t reached, std::uint32_t resumed) {
  RunWord const whole{piece.begin, piece.end, WordKind::Unresolved, {}, ast::Word::None, true};
  if ((place.maybe_code && reached == 0) || place.state == ReadState::Code || place.state == ReadState::Field) {
    words_.push_back(whole);
    return;
  }
  // 注册地属于某某县: what follows 属于 to the end of the run may be a code that only the checker knows.
  std::string_view const bytes = source_.text().substr(piece.begin, piece.end - piece.begin);
  Characters const text = run_.characters();
  for (std::size_t at = 1; at < text.size() && at <= reached; ++at) {
    RunPlace before = place;
    before.before_left = before.before_right = false;
    bool const asks = at >= 2 && ((text[at - 2] == U'属' && text[at - 1] == U'于') ||
                                  (text[at - 2] == U'包' && text[at - 1] == U'含'));
    if (!asks) continue;
    Cut const& result = cutter_.cut(text.first(at), before);
    if (result.fault != CutFault::None || result.words.back().kind != WordKind::Keyword) continue;
    keep(piece.begin, result.words);
    words_.push_back({piece.begin + run_.offset(at), piece.end, WordKind::Unresolved, {}, ast::Word::None, true});
    return;
  }
  if (ast::Word const fact = whole_word(source_, piece, ast::acts::fact); fact != ast::Word::None) {
    words_.push_back({piece.begin, piece.end, WordKind::BuiltInName, {}, fact, true});
    return;
  }
  report_unknown({piece.begin, piece.end, source_.id()}, name_text(bytes), reached, resumed);
  words_.push_back({piece.begin, piece.end, WordKind::Name, {}, ast::Word::None, false});
}

void RunCutter::report_unknown(Span where, std::string const& text, std::uint32_t reached, std::uint32_t resumed) {
  Span const unknown{where.begin + run_.offset(reached), where.begin + run_.offset(resumed), where.file};
  std::string const part = unknown != where ? name_text(source_.slice(unknown)) : text;
  if (auto const* there = visible_.find_private(part)) {
    diagnostics_.add(unknown, diag::PrivateName, part, there->module)
        .label(there->declared_at, diag::note::DeclaredHere);
    return;
  }
  diag::Diagnostic& report = diagnostics_.add(where, diag::UnknownWord, text);
  if (unknown != where) report.label(unknown, diag::note::UnknownPart, part);
  if (searches_left_ == 0) return;
  --searches_left_;
  auto const place = text.find(part);
  if (auto const unit = other_unit_in(text, std::string_view(text).substr(std::min(place, text.size())))) {
    report.add_help(unit->currency ? diag::note::CurrencyNotKnown : diag::note::UnitNotKnown, unit->word);
    return;
  }
  if (auto const wording = habitual_wording(text, part, visible_, own_)) {
    report.add_help(diag::note::WriteInstead, *wording);
    return;
  }
  std::string names;
  for (std::string const& name : all_near(part, candidates(visible_, own_), 3))
    names += (names.empty() ? "`" : "、`") + name + "`";
  if (!names.empty()) report.add_help(diag::note::NearestNames, names);
}

std::string RunCutter::join(std::span<CutWord const> words, std::string_view bytes) const {
  std::string out;
  for (CutWord const& word : words) {
    if (!out.empty()) out += '|';
    out += bytes.substr(run_.offset(word.begin), run_.offset(word.end) - run_.offset(word.begin));
  }
  return out;
}

void RunCutter::report_crossing(Span where, Cut const& cut) {
  std::string_view const bytes = source_.slice(where);
  diag::Diagnostic& report =
      diagnostics_.add(where, diag::CrossingCut, bytes, join(cut.words, bytes), join(cut.other, bytes));
  report.add_help(diag::note::LongestWins);
  // A blank at the first boundary that the two do not share settles it one way or the other.
  auto const blank_at = [&](std::vector<CutWord> const& mine, std::vector<CutWord> const& theirs) {
    for (CutWord const& word : mine) {
      bool const shared =
          std::any_of(theirs.begin(), theirs.end(), [&](CutWord const& w) { return w.end == word.end; });
      if (shared) continue;
      std::uint32_t const at = where.begin + run_.offset(word.end);
      report.fix({at, at, where.file}, " ");
      return;
    }
  };
  blank_at(cut.words, cut.other);
  blank_at(cut.other, cut.words);
}

// The other side of rule 5: with a name 不, the keyword 不高于 could also be 不 and 高于.
void RunCutter::check_keywords(Span where, std::string const& name) {
  RunPlace place;
  place.in_parts = true;
  RunText word_text;
  for (std::size_t i = 1; i < ast::word_count(); ++i) {
    ast::WordInfo const& info = ast::info(static_cast<ast::Word>(i));
    bool const everywhere = (info.acts & ast::acts::any) != 0;
    if (!everywhere || info.zh.size() <= name.size() || info.zh.find(name) == std::string_view::npos) continue;
    word_text.read(info.zh);
    Cut const& result = cutter_.cut(word_text.characters(), place);
    if (result.fault == CutFault::NoCut) continue;
    std::string parts;
    for (CutWord const& word : result.words) {
      std::uint32_t const begin = word_text.offset(word.begin);
      parts += (parts.empty() ? "" : "|") + std::string(info.zh.substr(begin, word_text.offset(word.end) - begin));
    }
    diagnostics_.add(where, diag::NameSplitsKeyword, name, info.zh, parts);
    return;
  }
}

// 上年营业收入 may be a plain field where 营业收入 is no series: there is nothing else it could mean.
bool RunCutter::is_value_of_no_series(std::span<CutWord const> words, std::string_view bytes) const {
  if (words.size() != 2 || words[1].kind != WordKind::Name) return false;
  CutWord const& first = words[0];
  bool const keyword = first.kind == WordKind::Keyword && is_period(first.word);
  bool const literal =
      first.kind == WordKind::Literal && (first.literal == LiteralKind::Recent || first.literal == LiteralKind::Date);
  if (!keyword && !literal) return false;
  std::string const name = name_text(bytes.substr(run_.offset(words[1].begin)));
  for (Dictionary const* names : {&own_, &visible_})
    for (DeclaredName const* found : names->find(name))
      if (found->series) return false;
  return true;
}

void RunCutter::check_declared(Piece const& piece, bool is_code) {
  std::string_view const bytes = source_.text().substr(piece.begin, piece.end - piece.begin);
  Span const where{piece.begin, piece.end, source_.id()};
  if (bytes.size() > longest_run) {
    diagnostics_.add(where, diag::RunTooLong, static_cast<diag::Count>(longest_run / 4));
    return;
  }
  run_.read(bytes);
  std::string const text = name_text(bytes);
  auto const quoted = [&] { return "「" + text + "」"; };
  if (is_digit(run_.characters()[0])) {
    diagnostics_.add(where, diag::NameBeginsWithDigit, text);
    return;
  }
  RunPlace place;
  place.without = text;
  place.state = is_code ? ReadState::Code : ReadState::General;
  place.line_start = !is_code;
  Cut const& result = cutter_.cut(run_.characters(), place);
  if (result.fault == CutFault::NoCut) return check_keywords(where, text);
  auto const is_name = [](CutWord const& word) {
    return word.kind == WordKind::Name || word.kind == WordKind::CodeName;
  };
  if (std::all_of(result.words.begin(), result.words.end(), is_name)) return check_keywords(where, text);
  if (result.words.size() == 1) {
    diagnostics_.add(where, diag::NameIsKeyword, text).add_help(diag::note::QuoteTheName);
    return;
  }
  // A word that begins lines does not act inside a name, and a line that begins with the whole name is that name.
  bool const begins_line = (ast::info(result.words.front().word).acts & (ast::acts::line | ast::acts::head)) != 0 &&
                           (ast::info(result.words.front().word).acts & ast::acts::any) == 0;
  if (begins_line) return;
  if (is_value_of_no_series(result.words, bytes)) return;
  diag::Diagnostic& report = diagnostics_.add(where, diag::RebuiltName, text, join(result.words, bytes));
  for (CutWord const& word : result.words) {
    if (!is_name(word)) continue;
    std::string const part =
        name_text(bytes.substr(run_.offset(word.begin), run_.offset(word.end) - run_.offset(word.begin)));
    std::vector<DeclaredName const*> found = own_.find(part);
    if (found.empty()) found = visible_.find(part);
    if (!found.empty() && !found.front()->declared_at.empty())
      report.label(found.front()->declared_at, diag::note::DeclaredAs, part);
  }
  report.add_help(diag::note::QuoteTheName).fix(where, quoted());
}

}  // namespace huiyu::parse
