#include "compiler/parse/cut.h"

#include <algorithm>

#include "compiler/parse/fold.h"
#include "compiler/parse/lexicon.h"
#include "runtime/base/utf8.h"

namespace huiyu::parse {
namespace {

constexpr std::uint8_t bit(ReadState state) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(state)); }
constexpr std::uint8_t names_state = bit(ReadState::General) | bit(ReadState::Code);
constexpr std::uint8_t any_state = names_state;

bool asks_for_code(ast::Word word) {
  return word == ast::Word::BelongsTo || word == ast::Word::NotBelongsTo || word == ast::Word::Contains ||
         word == ast::Word::NotContains || word == ast::Word::Classify;
}

// Words before （ that the grammar knows; all others are functions.
bool is_grammar_call(ast::Word word) {
  return word == ast::Word::EveryYear || word == ast::Word::EveryMonth || word == ast::Word::YearCount;
}

// C, C34, C3411: an industry code stands for itself and is looked up by the checker.
bool looks_like_code(Characters text) {
  if (text.empty() || text.size() > 5 || text[0] < U'A' || text[0] > U'Z') return false;
  return std::all_of(text.begin() + 1, text.end(), is_digit);
}

bool same_text(Characters text, std::string_view utf8) {
  std::size_t i = 0;
  for (CodePoint const c : code_points(utf8)) {
    if (i >= text.size() || text[i] != c.value) return false;
    ++i;
  }
  return i == text.size();
}

}  // namespace

Cut const& Cutter::cut(Characters text, RunPlace const& place) {
  text_ = text;
  place_ = place;
  cut_.fault = CutFault::None;
  cut_.words.clear();
  cut_.other.clear();
  auto const size = static_cast<std::uint32_t>(text.size());
  find_boundaries();
  edges_.clear();
  first_edge_.assign(size + 1, 0);
  edge_end_.assign(size + 1, 0);
  reach_.assign(size + 1, 0);
  reach_[size] = 0xFF;
  for (std::uint32_t at = size; at-- > 0;) {
    first_edge_[at] = edge_end_[at] = static_cast<std::uint32_t>(edges_.size());
    if (!boundary_[at]) continue;
    find_edges(at);
    if (at == 0 && place_.in_parts)
      edges_.erase(std::remove_if(edges_.begin() + first_edge_[0], edges_.end(),
                                  [&](Edge const& edge) { return edge.end == size; }),
                   edges_.end());
    edge_end_[at] = static_cast<std::uint32_t>(edges_.size());
    for (Edge const& edge : edges_at(at))
      if ((reach_[edge.end] & bit(edge.to)) != 0) reach_[at] = static_cast<std::uint8_t>(reach_[at] | edge.from);
  }
  if (!reaches_end(0, place.state)) {
    cut_.fault = CutFault::NoCut;
    find_reached();
    return cut_;
  }
  walk(0, place.state, cut_.words);
  // Rule 4: a whole run that is one word is that word, whatever else it could be cut into.
  if (cut_.words.size() > 1) find_crossing();
  return cut_;
}

std::span<Cutter::Edge const> Cutter::edges_at(std::uint32_t at) const {
  return std::span(edges_).subspan(first_edge_[at], edge_end_[at] - first_edge_[at]);
}

bool Cutter::reaches_end(std::uint32_t at, ReadState state) const { return (reach_[at] & bit(state)) != 0; }

// ASCII words and numbers are never cut inside.
void Cutter::find_boundaries() {
  std::size_t const size = text_.size();
  boundary_.assign(size + 1, 1);
  for (std::size_t i = 1; i < size; ++i) {
    char32_t const a = text_[i - 1];
    char32_t const b = text_[i];
    bool const in_number =
        (is_digit(a) || a == U'.' || a == U'-' || a == U'_') && (is_digit(b) || b == U'.' || b == U'-');
    bool const in_word = (is_letter(a) || is_digit(a)) && (is_letter(b) || (is_digit(b) && is_letter(a)));
    // 100kWh: the unit begins where the digits end.
    bool const unit = is_digit(a) && is_letter(b);
    boundary_[i] = !(in_number || (in_word && !unit));
  }
  // A digit inside an ASCII word belongs to the word: C16, A1b2.
  for (std::size_t i = 0; i < size;) {
    if (!is_letter(text_[i]) || (i > 0 && is_digit(text_[i - 1]))) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < size && (is_letter(text_[end]) || is_digit(text_[end]))) boundary_[end++] = 0;
    if (end < size) boundary_[end] = 1;
    i = end;
  }
}

void Cutter::find_edges(std::uint32_t at) {
  if (auto const end = static_cast<std::uint32_t>(match_unit(text_, at)); end > at)
    edges_.push_back({end, WordKind::Unit, {}, ast::Word::None, bit(ReadState::Unit), ReadState::General});
  // The order is the preference among words of one length: 依据第五条 cites, though 第五条 is an ordinal elsewhere.
  if (at >= 2 && text_[at - 2] == U'依' && text_[at - 1] == U'据')
    if (auto const end = static_cast<std::uint32_t>(match_citation(text_, at)); end > at)
      edges_.push_back({end, WordKind::Citation, {}, ast::Word::None, any_state, ReadState::General});
  add_words(at);
  add_literals(at);
  add_locals(at);
  add_names(at, own_);
  add_names(at, visible_);
  auto const size = static_cast<std::uint32_t>(text_.size());
  if (looks_like_code(text_.subspan(at))) {
    std::uint8_t const from = at == 0 ? 0xFF : bit(ReadState::Code);
    edges_.push_back({size, WordKind::CodeName, {}, ast::Word::None, from, ReadState::General});
  } else if (text_[at] >= U'A' && text_[at] <= U'Z') {
    // C34且…, and C34以上 as a whole run
    std::uint32_t end = at + 1;
    while (end < size && !boundary_[end]) ++end;
    if (looks_like_code(text_.subspan(at, end - at)))
      edges_.push_back({end, WordKind::CodeName, {}, ast::Word::None, bit(ReadState::Code), ReadState::General});
  }
}

bool Cutter::acts(ast::WordInfo const& info, std::uint32_t at, std::uint32_t end) const {
  using namespace ast::acts;
  std::uint32_t const a = info.acts;
  bool const whole = at == 0 && end == text_.size();
  bool const last = end == text_.size();
  if ((a & call) != 0 && last && place_.before_left) return true;
  if ((a & any) != 0 && (a & form) == 0) return true;
  if ((a & line) != 0 && at == 0 && place_.line_start) return true;
  if ((a & head) != 0 && whole && place_.line_start) return true;
  if ((a & attr) != 0 && whole && place_.head_line) return true;
  if ((a & run) != 0 && whole) return true;
  if ((a & start) != 0 && at == 0) return true;
  if ((a & number) != 0 && !last && match_literal(text_, end, false)) return true;
  if ((a & number) != 0 && whole) return true;  // the number follows after a blank
  if ((a & unit) != 0 && !last && match_unit(text_, end) > end) return true;
  if ((a & cite) != 0 && !last && match_citation(text_, end) > end) return true;
  if ((a & close) != 0 && last && place_.before_right) return true;
  if ((a & ladder) != 0 && whole && place_.after_ladder) return true;
  if ((a & ladder) != 0 && follows_ladder(at)) return true;
  if ((a & expect) != 0 && whole && place_.in_expect) return true;
  return false;
}

// 分档首行：…
bool Cutter::follows_ladder(std::uint32_t at) const {
  return at >= 2 && text_[at - 2] == U'分' && (text_[at - 1] == U'档' || text_[at - 1] == U'段');
}

void Cutter::add_words(std::uint32_t at) {
  Lexicon const& lexicon = Lexicon::instance();
  WordIndex::Node node = WordIndex::root();
  for (std::uint32_t i = at; i < text_.size(); ++i) {
    node = lexicon.words().step(node, text_[i]);
    if (node == WordIndex::none) return;
    std::uint32_t const first = lexicon.words().value(node);
    if (first == WordIndex::none || !boundary_[i + 1]) continue;
    for (auto word = static_cast<ast::Word>(first); word != ast::Word::None;
         word = lexicon.next_of_same_spelling(word)) {
      ast::WordInfo const& info = ast::info(word);
      bool const whole = at == 0 && i + 1 == text_.size();
      bool const acting = acts(info, at, i + 1);
      // 申报年度 is an attribute in a head line and a value elsewhere.
      bool const value = (info.acts & ast::acts::name) != 0 && whole;
      bool const built_in =
          value && ((info.acts & ast::acts::attr) != 0 ? !place_.head_line && !place_.line_start : place_.head_line);
      if (!built_in && !acting) continue;
      bool const call = (info.acts & ast::acts::call) != 0;
      ReadState const to = asks_for_code(word)       ? ReadState::Code
                           : word == ast::Word::Unto ? ReadState::Unit
                                                     : ReadState::General;
      bool const name = built_in || (call && !is_grammar_call(word));
      edges_.push_back({i + 1, name ? WordKind::BuiltInName : WordKind::Keyword, {}, word, any_state, to});
      if (call) break;  // 每年（ is the quantifier, not the period of a cap
    }
  }
}

void Cutter::add_literals(std::uint32_t at) {
  if (std::optional<LiteralMatch> const match = match_literal(text_, at, place_.before_left)) {
    ast::Word const word = match->kind == LiteralKind::Recent                                        ? ast::Word::Recent
                           : match->kind == LiteralKind::Ordinal                                     ? ast::Word::Nth
                           : match->kind == LiteralKind::Top || match->kind == LiteralKind::TopItems ? ast::Word::Front
                                                                                                     : ast::Word::None;
    if (boundary_[match->end])
      edges_.push_back({static_cast<std::uint32_t>(match->end), WordKind::Literal, match->kind, word, any_state,
                        ReadState::General});
  }
}

bool Cutter::belongs_here(Dictionary const& dictionary, std::uint32_t first) const {
  if (place_.schemas.empty()) return true;
  for (std::uint32_t id = first; id != WordIndex::none; id = dictionary.next_of_same_spelling(id)) {
    DeclaredName const& name = dictionary.name(id);
    if (!name.owner.empty() &&
        std::find(place_.schemas.begin(), place_.schemas.end(), name.owner) != place_.schemas.end())
      return true;
  }
  return false;
}

void Cutter::add_names(std::uint32_t at, Dictionary const& dictionary) {
  WordIndex const& index = dictionary.index();
  WordIndex::Node node = WordIndex::root();
  auto const size = static_cast<std::uint32_t>(text_.size());
  for (std::uint32_t i = at; i < size; ++i) {
    node = index.step(node, text_[i]);
    if (node == WordIndex::none) return;
    std::uint8_t const mask = index.mask(node);
    std::uint32_t const end = i + 1;
    if (mask == 0 || !boundary_[end]) continue;
    if (!place_.without.empty() && same_text(text_.subspan(at, end - at), place_.without)) continue;
    std::uint8_t from = 0;
    if ((mask & name_bit::general) != 0) from |= names_state;
    if (at == 0 && place_.state == ReadState::Field && belongs_here(dictionary, index.value(node)))
      from |= bit(ReadState::Field);
    if (from != 0) edges_.push_back({end, WordKind::Name, {}, ast::Word::None, from, ReadState::General});
    if ((mask & name_bit::code) == 0 || (mask & name_bit::general) != 0) continue;
    from = bit(ReadState::Code);
    // Alone or before 以上/以下, the beginning of a run may be the name of a code anywhere.
    std::u32string_view const rest(text_.data() + end, size - end);
    if (at == 0 && (rest.empty() || rest.starts_with(U"以上") || rest.starts_with(U"以下")))
      from |= bit(ReadState::General);
    edges_.push_back({end, WordKind::CodeName, {}, ast::Word::None, from, ReadState::General});
  }
}

void Cutter::add_locals(std::uint32_t at) {
  for (DeclaredName const* name : place_.locals) {
    std::uint32_t i = at;
    bool same = true;
    for (CodePoint const c : code_points(name->text)) {
      if (i >= text_.size() || text_[i] != c.value) {
        same = false;
        break;
      }
      ++i;
    }
    if (same && boundary_[i])
      edges_.push_back({i, WordKind::Name, {}, ast::Word::None, names_state, ReadState::General});
  }
}

// Rule 2: the longest word after which the rest can still be cut to the end.
std::uint32_t Cutter::best_edge(std::uint32_t at, ReadState state) const {
  std::uint32_t best = WordIndex::none;
  for (std::uint32_t i = first_edge_[at]; i < edge_end_[at]; ++i) {
    Edge const& edge = edges_[i];
    if ((edge.from & bit(state)) == 0 || (reach_[edge.end] & bit(edge.to)) == 0) continue;
    if (best == WordIndex::none || edge.end > edges_[best].end) best = i;
  }
  return best;
}

void Cutter::walk(std::uint32_t at, ReadState state, std::vector<CutWord>& words) const {
  while (at < text_.size()) {
    Edge const& edge = edges_[best_edge(at, state)];
    words.push_back({at, edge.end, edge.kind, edge.literal, edge.word});
    at = edge.end;
    state = edge.to;
  }
}

// Rule 3: another complete cut with a word across a boundary of the chosen one.
void Cutter::find_crossing() {
  auto const size = static_cast<std::uint32_t>(text_.size());
  std::vector<std::uint32_t> boundaries;
  for (CutWord const& word : cut_.words) boundaries.push_back(word.end);
  arrive_.assign(size + 1, 0);
  arrive_[0] = bit(place_.state);
  for (std::uint32_t at = 0; at < size; ++at) {
    if (arrive_[at] == 0) continue;
    for (Edge const& edge : edges_at(at)) {
      if ((edge.from & arrive_[at]) == 0 || (reach_[edge.end] & bit(edge.to)) == 0) continue;
      arrive_[edge.end] = static_cast<std::uint8_t>(arrive_[edge.end] | bit(edge.to));
      auto const inside = std::upper_bound(boundaries.begin(), boundaries.end(), at);
      if (inside == boundaries.end() || *inside >= edge.end) continue;
      cut_.fault = CutFault::Crossing;
      // The other cut: from the start to `at` by any words, then this one, then the longest.
      std::vector<CutWord> before;
      std::uint32_t to = at;
      std::uint8_t states = edge.from;
      while (to > 0) {
        bool found = false;
        for (std::uint32_t from = 0; from < to && !found; ++from) {
          if (arrive_[from] == 0) continue;
          for (Edge const& back : edges_at(from)) {
            if (back.end != to || (back.from & arrive_[from]) == 0 || (bit(back.to) & states) == 0) continue;
            before.push_back({from, to, back.kind, back.literal, back.word});
            states = back.from;
            to = from;
            found = true;
            break;
          }
        }
        if (!found) break;
      }
      cut_.other.assign(before.rbegin(), before.rend());
      cut_.other.push_back({at, edge.end, edge.kind, edge.literal, edge.word});
      walk(edge.end, edge.to, cut_.other);
      return;
    }
  }
}

void Cutter::find_reached() {
  auto const size = static_cast<std::uint32_t>(text_.size());
  arrive_.assign(size + 1, 0);
  arrive_[0] = bit(place_.state);
  cut_.reached = 0;
  for (std::uint32_t at = 0; at < size; ++at) {
    if (arrive_[at] == 0) continue;
    cut_.reached = at;
    for (Edge const& edge : edges_at(at))
      if ((edge.from & arrive_[at]) != 0)
        arrive_[edge.end] = static_cast<std::uint8_t>(arrive_[edge.end] | bit(edge.to));
  }
  for (cut_.resumed = cut_.reached + 1; cut_.resumed < size; ++cut_.resumed) {
    if (!reaches_end(cut_.resumed, ReadState::General)) continue;
    Edge const& next = edges_[best_edge(cut_.resumed, ReadState::General)];
    if (next.kind == WordKind::Keyword || next.kind == WordKind::Literal) return;
  }
}

}  // namespace huiyu::parse
