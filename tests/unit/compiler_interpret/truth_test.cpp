// The truth tables of language.md §5, all of them.

#include <string>

#include <doctest/doctest.h>

#include "compiler/interpret/value.h"

namespace huiyu::interpret {
namespace {

constexpr std::string_view letters = "tfue";

// A missing operand needs a fact that is called after its place, an error has its place as its span.
Answer operand(char letter, std::size_t place) {
  switch (letter) {
    case 't': return Answer::of(true);
    case 'f': return Answer::of(false);
    case 'u': return Answer::needs({std::string(1, static_cast<char>('a' + place))});
    default: return Answer::fails({FaultKind::DivisionByZero, Span{static_cast<std::uint32_t>(place), 0, {}}, {}});
  }
}
std::vector<Answer> operands(std::string_view word) {
  std::vector<Answer> made;
  for (std::size_t i = 0; i < word.size(); ++i) made.push_back(operand(word[i], i));
  return made;
}
char letter_of(Answer const& answer) {
  if (answer.missing()) return 'u';
  if (answer.error()) return 'e';
  return truth(answer) ? 't' : 'f';
}
// Every word of letters up to a length.
std::vector<std::string> words(std::size_t length) {
  std::vector<std::string> all{""};
  for (std::size_t begin = 0, n = 0; n < length; ++n) {
    auto const end = all.size();
    for (; begin < end; ++begin)
      for (char const letter : letters) all.push_back(all[begin] + letter);
  }
  return all;
}
char leftmost_present(std::string_view order, std::string_view word) {
  for (char const letter : order)
    if (word.find(letter) != std::string_view::npos) return letter;
  return order.back();
}

TEST_CASE("且 is the leftmost present of 假 未知 错误 真, 或 of 真 未知 错误 假") {
  for (auto const& word : words(4)) {
    CAPTURE(word);
    CHECK(letter_of(all_of(operands(word))) == leftmost_present("fuet", word));
    CHECK(letter_of(any_of(operands(word))) == leftmost_present("tuef", word));
  }
}

TEST_CASE("没有 turns truth round and keeps 未知 and 错误") {
  CHECK(letter_of(negate(operand('t', 0))) == 'f');
  CHECK(letter_of(negate(operand('f', 0))) == 't');
  CHECK(letter_of(negate(operand('u', 0))) == 'u');
  CHECK(letter_of(negate(operand('e', 0))) == 'e');
}

TEST_CASE("至少符合 n项 is 或 over 且 of every n of the members") {
  for (auto const& word : words(5)) {
    auto const all = operands(word);
    for (std::size_t count = 1; count <= word.size(); ++count) {
      CAPTURE(word);
      CAPTURE(count);
      std::vector<Answer> conjunctions;
      for (unsigned subset = 0; subset < (1U << word.size()); ++subset) {
        std::vector<Answer> chosen;
        for (std::size_t i = 0; i < word.size(); ++i)
          if ((subset >> i & 1U) != 0) chosen.push_back(all[i]);
        if (chosen.size() == count) conjunctions.push_back(all_of(chosen));
      }
      CHECK(letter_of(at_least(static_cast<std::int64_t>(count), all)) == letter_of(any_of(conjunctions)));
    }
  }
}

TEST_CASE("no fact that becomes known changes what was decided") {
  for (auto const& word : words(4)) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (word[i] != 'u') continue;
      for (char const known : std::string_view("tf")) {
        auto later = word;
        later[i] = known;
        CAPTURE(word);
        CAPTURE(later);
        auto const before_all = letter_of(all_of(operands(word)));
        if (before_all != 'u') CHECK(letter_of(all_of(operands(later))) == before_all);
        auto const before_any = letter_of(any_of(operands(word)));
        if (before_any != 'u') CHECK(letter_of(any_of(operands(later))) == before_any);
      }
    }
  }
}

TEST_CASE("what is needed is what the undecided operands need; an error is the leftmost") {
  CHECK(all_of(operands("tuu")).facts == Names{"b", "c"});
  CHECK(all_of(operands("tuue")).facts == Names{"b", "c"});
  CHECK(all_of(operands("ufu")).facts.empty());
  CHECK(any_of(operands("fuu")).facts == Names{"b", "c"});
  CHECK(at_least(2, operands("tuf")).facts == Names{"b"});
  CHECK(all_of(operands("tee")).fault.span.begin == 1);
  CHECK(any_of(operands("fee")).fault.span.begin == 1);
}

TEST_CASE("a strict operation is an error if an operand is, else missing if one is") {
  CHECK_FALSE(undecided(operands("tf")).has_value());
  CHECK(undecided(operands("tuue"))->error());
  CHECK(undecided(operands("tuu"))->facts == Names{"b", "c"});
}

TEST_CASE("rounding is exact, 四舍五入 is floor(x + 1/2) for negative numbers too") {
  auto const tenth = [](int n) { return BigRational(n, 10); };
  CHECK(round_to(tenth(25), 0, Rounding::HalfUp) == 3);
  CHECK(round_to(tenth(-25), 0, Rounding::HalfUp) == -2);
  CHECK(round_to(tenth(-26), 0, Rounding::HalfUp) == -3);
  CHECK(round_to(tenth(25), 0, Rounding::HalfEven) == 2);
  CHECK(round_to(tenth(35), 0, Rounding::HalfEven) == 4);
  CHECK(round_to(tenth(29), 0, Rounding::Down) == 2);
  CHECK(round_to(tenth(-29), 0, Rounding::Down) == -2);
  CHECK(round_to(tenth(21), 0, Rounding::Up) == 3);
  CHECK(round_to(BigRational(1, 3), 2, Rounding::HalfUp) == BigRational(33, 100));
  CHECK(round_to(BigRational(123456), -4, Rounding::HalfUp) == 120000);
  CHECK(round_to(BigRational(125000), -4, Rounding::HalfUp) == 130000);
}

TEST_CASE("numbers are shown exactly") {
  CHECK(decimal_text(BigRational(1, 4)) == "0.25");
  CHECK(decimal_text(BigRational(-5, 2)) == "-2.5");
  CHECK(decimal_text(BigRational(7)) == "7");
  CHECK(decimal_text(BigRational(0)) == "0");
  CHECK(decimal_text(BigRational(1, 1000)) == "0.001");
  CHECK(decimal_text(BigRational(1, 3)) == "1/3");
}

}  // namespace
}  // namespace huiyu::interpret
