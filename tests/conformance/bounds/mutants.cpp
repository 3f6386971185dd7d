#include "tests/conformance/bounds/mutants.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

namespace huiyu::test {
namespace {

using View = std::string_view;

constexpr std::array<View, 25> units{"个工作日", "平方米", "个月", "万元", "亿元", "千瓦时", "年度", "元", "%",
                                     "‰",        "人",     "家",   "项",   "个",   "天",     "年",   "分", "亩",
                                     "次",       "户",     "名",   "档",   "月",   "台",     "倍"};
// Before a bound; what makes it strict or lax.
constexpr std::array<std::pair<View, View>, 14> prefixes{{{"不超过", "低于"},
                                                          {"不高于", "低于"},
                                                          {"不低于", "超过"},
                                                          {"不少于", "超过"},
                                                          {"不早于", "晚于"},
                                                          {"不晚于", "早于"},
                                                          {"超过", "不低于"},
                                                          {"高于", "不低于"},
                                                          {"低于", "不超过"},
                                                          {"少于", "不超过"},
                                                          {"不满", "不超过"},
                                                          {"不足", "不超过"},
                                                          {"早于", "不晚于"},
                                                          {"晚于", "不早于"}}};
constexpr std::array<std::pair<View, View>, 10> symbols{{{"≥", ">"},
                                                         {"≤", "<"},
                                                         {">=", ">"},
                                                         {"<=", "<"},
                                                         {"＞", "≥"},
                                                         {"＜", "≤"},
                                                         {">", "≥"},
                                                         {"<", "≤"},
                                                         {"＝＞", ""},
                                                         {"＝＜", ""}}};
// After a bound; the prefix that takes its place.
constexpr std::array<std::pair<View, View>, 3> postfixes{{{"以上", "超过"}, {"以下", "低于"}, {"以内", "低于"}}};
// Before a number that they bound, with nothing to flip.
constexpr std::array<View, 4> limits{"最高", "最低", "满", "起"};

bool digit(char c) { return c >= '0' && c <= '9'; }

class Scanner {
 public:
  explicit Scanner(std::string const& text) : text_(text) {}

  std::vector<Bound> run() {
    while (at_ < text_.size())
      if (!skipped()) step();
    return std::move(bounds_);
  }

 private:
  struct Number {
    std::size_t begin = 0, digits_end = 0, end = 0;
  };

  View rest(std::size_t from) const { return View(text_).substr(std::min(from, text_.size())); }
  bool here(View word, std::size_t at) const { return rest(at).starts_with(word); }
  bool before(View word, std::size_t at) const { return View(text_).substr(0, at).ends_with(word); }
  std::size_t past_blanks(std::size_t at) const {
    while (at < text_.size() && text_[at] == ' ') ++at;
    return at;
  }

  // A comment, a text or a quoted name.
  bool skipped() {
    auto const to = [&](View end) {
      auto const found = text_.find(end, at_ + 1);
      at_ = found == std::string::npos ? text_.size() : found + end.size();
      return true;
    };
    if (text_[at_] == '#') return to("\n");
    if (text_[at_] == '"') return to("\"");
    if (here("「", at_)) return to("」");
    return false;
  }

  // A number with its unit; no date, and no part of a word of ASCII.
  std::optional<Number> number(std::size_t at) const {
    if (at >= text_.size() || !digit(text_[at])) return std::nullopt;
    if (at > 0 &&
        (std::isalnum(static_cast<unsigned char>(text_[at - 1])) != 0 || text_[at - 1] == '.' || text_[at - 1] == '-'))
      return std::nullopt;
    Number number{at, at, at};
    while (
        number.digits_end < text_.size() &&
        (digit(text_[number.digits_end]) || (text_[number.digits_end] == '.' && number.digits_end + 1 < text_.size() &&
                                             digit(text_[number.digits_end + 1]))))
      ++number.digits_end;
    number.end = number.digits_end;
    if (here("-", number.end)) return std::nullopt;
    for (auto unit : units)
      if (here(unit, number.end)) {
        number.end += unit.size();
        break;
      }
    return number;
  }

  // The digits with one more or one less in the last place.
  std::optional<std::string> moved(Number const& number, int by) const {
    std::string digits = text_.substr(number.begin, number.digits_end - number.begin);
    auto const point = digits.find('.');
    if (point != std::string::npos) digits.erase(point, 1);
    auto const decimals = point == std::string::npos ? 0 : digits.size() - point;
    auto const value = std::stoll(digits) + by;
    if (value < 0) return std::nullopt;
    digits = std::to_string(value);
    if (decimals == 0) return digits;
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    return digits.insert(digits.size() - decimals, ".");
  }

  Bound bound(std::size_t begin, std::size_t end, std::optional<Number> const& number) {
    Bound bound;
    bound.line =
        1 + static_cast<std::size_t>(std::count(text_.begin(), text_.begin() + static_cast<long>(begin), '\n'));
    bound.shown = text_.substr(begin, end - begin);
    if (!number) return bound;
    bound.literal = text_.substr(number->begin, number->end - number->begin);
    for (auto [change, by] : {std::pair{Change::Up, 1}, std::pair{Change::Down, -1}})
      if (auto digits = moved(*number, by))
        bound.edits[static_cast<int>(change)].push_back({number->begin, number->digits_end, std::move(*digits)});
    return bound;
  }

  void step() {
    for (auto const& words : {View("每满"), View("首次超过"), View("首次达到")})
      if (here(words, at_)) {
        at_ += words.size();
        return;
      }
    for (auto const& [word, other] : prefixes)
      if (here(word, at_)) return compared(word, other);
    for (auto const& [word, other] : symbols)
      if (!other.empty() && here(word, at_)) return compared(word, other);
    for (auto word : limits)
      if (here(word, at_)) {
        auto const found = number(past_blanks(at_ + word.size()));
        if (found) bounds_.push_back(bound(at_, found->end, found));
        at_ = found ? found->end : at_ + word.size();
        return;
      }
    if (auto const found = number(at_)) return literal(*found);
    ++at_;
  }

  void compared(View word, View other) {
    auto const found = number(past_blanks(at_ + word.size()));
    auto one = bound(at_, found ? found->end : at_ + word.size(), found);
    one.edits[static_cast<int>(Change::Flip)].push_back({at_, at_ + word.size(), std::string(other)});
    bounds_.push_back(std::move(one));
    at_ += word.size();
    if (found) at_ = found->end;
  }

  // A number not yet claimed: before 以上, at an end of a range, an ordinal or a share in a key, before a comparison.
  void literal(Number const& found) {
    auto const after = past_blanks(found.end);
    at_ = found.end;
    for (auto const& [word, other] : postfixes)
      if (here(word, after)) {
        auto one = bound(found.begin, after + word.size(), found);
        one.edits[static_cast<int>(Change::Flip)].push_back(
            {found.begin, after + word.size(), " " + std::string(other) + " " + one.literal});
        bounds_.push_back(std::move(one));
        at_ = after + word.size();
        return;
      }
    bool const range = here("至", after) || here("（含）至", after) || here("（不含）至", after) ||
                       before("至", found.begin) || before("至 ", found.begin);
    bool const ordinal = before("第", found.begin) || before("前", found.begin);
    bool const left_side = std::ranges::any_of(symbols, [&](auto const& symbol) { return here(symbol.first, after); });
    if (range || ordinal || left_side) bounds_.push_back(bound(found.begin, found.end, found));
  }

  std::string const& text_;
  std::size_t at_ = 0;
  std::vector<Bound> bounds_;
};

}  // namespace

char const* change_name(Change change) {
  switch (change) {
    case Change::Flip: return "strict or lax";
    case Change::Up: return "one more";
    case Change::Down: return "one less";
  }
  return "";
}

std::vector<Bound> bounds_of(std::string const& text) { return Scanner(text).run(); }

std::string with(std::string const& text, std::vector<Edit> edits) {
  std::ranges::sort(edits, {}, &Edit::begin);
  std::string changed;
  std::size_t done = 0;
  for (auto const& edit : edits) {
    changed += text.substr(done, edit.begin - done) + edit.text;
    done = edit.end;
  }
  return changed + text.substr(done);
}

}  // namespace huiyu::test
