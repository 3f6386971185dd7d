#include "tests/property/shrink.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace huiyu::test {

namespace {

using Texts = std::vector<std::string>;

// Brackets and what separates the things between them, of rules and of records.
struct Syntax {
  std::vector<std::pair<std::string_view, std::string_view>> brackets;
  Texts separators;
};

Syntax const& rule_syntax() {
  static Syntax const syntax{{{"（", "）"}}, {" ", "，", "；", "：", "、", "　"}};
  return syntax;
}
Syntax const& record_syntax() {
  static Syntax const syntax{{{"{", "}"}, {"[", "]"}}, {","}};
  return syntax;
}

// A text cut at its brackets and separators: words, separators, and groups with pieces of their own.
struct Piece {
  std::string word;  // or the opening bracket of a group
  std::string close;
  std::vector<Piece> inside;
};

class Cutter {
 public:
  Cutter(std::string_view text, Syntax const& syntax) : text_(text), syntax_(syntax) {}

  std::vector<Piece> pieces(std::string_view close = {}) {
    std::vector<Piece> all;
    while (at_ < text_.size() && (close.empty() || !text_.substr(at_).starts_with(close))) {
      if (auto const* bracket = opening()) {
        at_ += bracket->first.size();
        Piece group{std::string(bracket->first), std::string(bracket->second), {}};
        group.inside = pieces(bracket->second);
        at_ += text_.substr(at_).starts_with(bracket->second) ? bracket->second.size() : 0;
        all.push_back(std::move(group));
        continue;
      }
      auto const begin = at_;
      auto const separator = std::find_if(syntax_.separators.begin(), syntax_.separators.end(),
                                          [&](auto const& one) { return text_.substr(at_).starts_with(one); });
      if (separator != syntax_.separators.end())
        at_ += separator->size();
      else
        skip_word(close);
      all.push_back({std::string(text_.substr(begin, at_ - begin)), {}, {}});
    }
    return all;
  }

 private:
  std::pair<std::string_view, std::string_view> const* opening() const {
    for (auto const& bracket : syntax_.brackets)
      if (text_.substr(at_).starts_with(bracket.first)) return &bracket;
    return nullptr;
  }
  void skip_word(std::string_view close) {
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      auto const rest = text_.substr(at_);
      if (rest.front() == '"') quoted = !quoted;
      if (quoted) continue;
      bool const ends = (!close.empty() && rest.starts_with(close)) || opening() != nullptr ||
                        std::any_of(syntax_.separators.begin(), syntax_.separators.end(),
                                    [&](auto const& one) { return rest.starts_with(one); });
      if (ends) return;
    }
  }

  std::string_view text_;
  Syntax const& syntax_;
  std::size_t at_ = 0;
};

std::string text_of(std::vector<Piece> const& pieces) {
  std::string text;
  for (auto const& piece : pieces) text += piece.word + text_of(piece.inside) + piece.close;
  return text;
}

class Shrinker {
 public:
  Shrinker(Case found, Shows const& shows, std::size_t most_tries)
      : best_(std::move(found)), shows_(shows), tries_(most_tries) {}

  Case run() {
    for (;;) {
      auto const before = size();
      shrink_list(best_.records, [](Case& tried, Texts const& records) { tried.records = records; });
      shrink_list(best_.given, [](Case& tried, Texts const& given) { tried.given = given; });
      if (best_.application_year) keep([](Case& tried) { tried.application_year.reset(); });
      shrink_rules();
      shrink_records();
      if (size() == before || tries_ == 0) return std::move(best_);
    }
  }

 private:
  std::size_t size() const { return best_.rules.size() + best_.json().size() + best_.given.size(); }

  // Keeps the change if the case still shows it.
  template <class Change> bool keep(Change change) {
    if (tries_ == 0) return false;
    --tries_;
    auto tried = best_;
    change(tried);
    if (!shows_(tried)) return false;
    best_ = std::move(tried);
    return true;
  }

  // Runs of a list are taken away, long ones first. `put` writes a list into a case.
  template <class Item, class Put> void shrink_list(std::vector<Item> list, Put put) {
    for (auto length = std::max<std::size_t>(list.size() / 2, 1); length > 0;
         length = length > 4 ? length / 2 : length - 1) {
      for (std::size_t begin = 0; begin + length <= list.size();) {
        auto fewer = list;
        auto const first = fewer.begin() + static_cast<std::ptrdiff_t>(begin);
        fewer.erase(first, first + static_cast<std::ptrdiff_t>(length));
        if (keep([&](Case& tried) { put(tried, fewer); }))
          list = std::move(fewer);
        else
          begin += length > 4 ? length : 1;
      }
    }
  }

  void shrink_rules() {
    auto lines = lines_of(best_.rules);
    shrink_list(lines, [](Case& tried, Texts const& rest) { tried.rules = joined(rest); });
    lines = lines_of(best_.rules);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      auto pieces = Cutter(lines[i], rule_syntax()).pieces();
      shrink_pieces(pieces, pieces, [&](Case& tried, std::string const& line) {
        auto changed = lines;
        changed[i] = line;
        tried.rules = joined(changed);
      });
      lines[i] = text_of(pieces);
    }
  }

  void shrink_records() {
    for (std::size_t i = 0; i < best_.records.size(); ++i) {
      auto pieces = Cutter(best_.records[i], record_syntax()).pieces();
      shrink_pieces(pieces, pieces, [&](Case& tried, std::string const& record) { tried.records[i] = record; });
    }
  }

  // Takes pieces of `part` away, puts a group's inside in its place, goes into groups. `whole` holds `part`.
  template <class Put> void shrink_pieces(std::vector<Piece>& whole, std::vector<Piece>& part, Put put) {
    auto const holds = [&](std::vector<Piece> const& changed) {
      auto const before = std::exchange(part, changed);
      if (keep([&](Case& tried) { put(tried, text_of(whole)); })) return true;
      part = before;
      return false;
    };
    for (auto length = std::max<std::size_t>(part.size() / 2, 1); length > 0;
         length = length > 4 ? length / 2 : length - 1) {
      for (std::size_t begin = 0; begin + length <= part.size();) {
        auto fewer = part;
        auto const first = fewer.begin() + static_cast<std::ptrdiff_t>(begin);
        fewer.erase(first, first + static_cast<std::ptrdiff_t>(length));
        if (!holds(fewer)) begin += length > 4 ? length : 1;
      }
    }
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (part[i].close.empty()) continue;
      auto opened = part;
      opened.erase(opened.begin() + static_cast<std::ptrdiff_t>(i));
      opened.insert(opened.begin() + static_cast<std::ptrdiff_t>(i), part[i].inside.begin(), part[i].inside.end());
      if (part[i].word == "（" && holds(opened)) continue;
      shrink_pieces(whole, part[i].inside, put);
    }
  }

  static Texts lines_of(std::string const& text) {
    Texts lines;
    for (std::size_t begin = 0; begin < text.size();) {
      auto const end = std::min(text.find('\n', begin), text.size());
      lines.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return lines;
  }
  static std::string joined(Texts const& lines) {
    std::string text;
    for (auto const& line : lines) text += line + "\n";
    return text;
  }

  Case best_;
  Shows const& shows_;
  std::size_t tries_;
};

}  // namespace

Case shrink(Case found, Shows const& shows, std::size_t most_tries) {
  return Shrinker(std::move(found), shows, most_tries).run();
}

std::pair<Case, Way> shrink_difference(Case found, Way way, std::size_t most_tries) {
  if (most_tries == 0) return {std::move(found), std::move(way)};
  // Rules without a policy, say, make every engine refuse, each in its words: no record is answered differently then.
  auto const first = answer(found, way);
  bool const at_a_record = first && first->difference && first->difference->record.has_value();
  auto const differs = [&](Case const& tried, Way const& how) {
    auto const answers = answer(tried, how);
    return answers && answers->difference && (!at_a_record || answers->difference->record.has_value());
  };
  auto const plainer = [&](auto change) {
    auto tried = way;
    change(tried);
    if (differs(found, tried)) way = std::move(tried);
  };
  plainer([](Way& tried) { tried.native = false; });
  plainer([](Way& tried) { tried.threads = 1; });
  plainer([](Way& tried) { tried.block_rows = 1024; });
  plainer([](Way& tried) { tried.order.clear(); });
  // In another order only all records together are the case.
  auto small = shrink(
      std::move(found),
      [&](Case const& tried) {
        return (way.order.empty() || way.order.size() == tried.records.size()) && differs(tried, way);
      },
      most_tries);
  return {std::move(small), std::move(way)};
}

}  // namespace huiyu::test
