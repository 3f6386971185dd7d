// Laws that hold for every file of rules in the repository.

#include <iterator>
#include <random>

#include <doctest/doctest.h>

#include "compiler/format/same_rules.h"
#include "runtime/base/utf8.h"
#include "tests/unit/compiler_format/reading.h"

namespace huiyu::format::test {
namespace {

struct Sample {
  std::string name;
  parse::Dictionary names;
  std::string text, laid_out;
};

// Files that are meant to be wrong are left out; what they are good for is told elsewhere.
std::vector<Sample> samples() {
  std::vector<Sample> all;
  for (std::filesystem::path const& path : rule_files()) {
    if (std::filesystem::file_size(path) > 60'000) continue;  // tables of days, written by a program: all rows alike
    Sample sample{path.string(), names_beside(path), read_rules(path), {}};
    Reading const reading = read(sample.name, sample.text, sample.names);
    bool const golden_of_errors =
        path.string().starts_with("tests/golden/") && path.string().find("format/") == std::string::npos;
    if (!reading.good() && golden_of_errors) continue;
    CAPTURE(sample.name);
    sample.laid_out = lay_out(sample.name, sample.text, sample.names);
    all.push_back(std::move(sample));
  }
  REQUIRE(all.size() > 5);
  return all;
}

// Whether two texts of one file say the same; errors in the second are printed.
bool says(Sample const& sample, std::string const& text, std::string const& other) {
  Reading const before = read(sample.name, text, sample.names);
  Reading const after = read(sample.name, other, sample.names);
  INFO(after.errors());
  CHECK(after.good());
  return same_rules(before.file, after.file);
}

TEST_CASE("the tree stays what it was") {
  for (Sample const& sample : samples()) {
    CAPTURE(sample.name);
    CHECK(says(sample, sample.text, sample.laid_out));
  }
}

// shows L2.7
TEST_CASE("what is laid out stays as it is") {
  for (Sample const& sample : samples()) {
    CAPTURE(sample.name);
    CHECK(lay_out(sample.name, sample.laid_out, sample.names) == sample.laid_out);
  }
}

// shows L2.7
TEST_CASE("comments are kept, in order and to the letter") {
  for (Sample const& sample : samples()) {
    CAPTURE(sample.name);
    Reading const before = read(sample.name, sample.text, sample.names);
    Reading const after = read(sample.name, sample.laid_out, sample.names);
    CHECK(comments_of(before) == comments_of(after));
  }
}

TEST_CASE("names, texts and numbers are kept to the letter") {
  auto const words_of = [](Reading const& reading) {
    std::vector<std::string> words;
    for (ast::Token const& token : reading.file.tokens)
      if (token.kind == ast::TokenKind::Name || token.kind == ast::TokenKind::Text ||
          token.kind == ast::TokenKind::Raw || token.kind == ast::TokenKind::Citation)
        words.emplace_back(reading.source().slice(token.span));
    return words;
  };
  for (Sample const& sample : samples()) {
    CAPTURE(sample.name);
    CHECK(words_of(read(sample.name, sample.text, sample.names)) ==
          words_of(read(sample.name, sample.laid_out, sample.names)));
  }
}

// shows L2.6
TEST_CASE("keywords are swapped there and back, and the tree stays what it was") {
  for (Sample const& sample : samples()) {
    CAPTURE(sample.name);
    std::string const english = lay_out(sample.name, sample.text, sample.names, {diag::Language::English});
    CAPTURE(english);
    CHECK(says(sample, sample.text, english));
    CHECK(lay_out(sample.name, english, sample.names) == english);
    std::string const chinese = lay_out(sample.name, sample.text, sample.names, {diag::Language::Chinese});
    CHECK(lay_out(sample.name, english, sample.names, {diag::Language::Chinese}) == chinese);
  }
}

// ---- spaces as people type them ----

// Other blanks and half-width signs, where they mean nothing.
std::string disturb(Sample const& sample, std::mt19937& random) {
  Reading const reading = read(sample.name, sample.laid_out, sample.names);
  SourceFile const& source = reading.source();
  auto const chance = [&](unsigned percent) { return random() % 100 < percent; };
  auto const blanks = [&] {
    // Markdown does not take a full-width blank for one.
    constexpr std::string_view kinds[] = {" ", "  ", "\t", "     ", "　"};
    return std::string(kinds[random() % (std::size(kinds) - (source.literate() ? 1 : 0))]);
  };
  constexpr std::pair<std::string_view, std::string_view> half_width[] = {
      {"，", ","}, {"；", ";"}, {"：", ":"}, {"（", "("}, {"）", ")"}};
  std::string out;
  bool begins = true;
  for (std::size_t i = 0; i < reading.file.tokens.size(); ++i) {
    ast::Token const& token = reading.file.tokens[i];
    std::string_view const before = source.text().substr(token.trivia_begin, token.span.begin - token.trivia_begin);
    std::string_view text = source.slice(token.span);
    bool const empty = before.find_first_not_of(' ') == std::string_view::npos;
    auto const is_sign = [&](ast::Token const& one) {  // the `/` of `比率/天` is a letter of the unit
      return one.kind == ast::TokenKind::Punctuation && code_point_count(source.slice(one.span)) == 1 &&
             source.slice(one.span) != "/";
    };
    bool const sign = is_sign(token);
    bool const after_sign = i > 0 && is_sign(reading.file.tokens[i - 1]);
    bool const raw_before = i > 0 && (reading.file.tokens[i - 1].kind == ast::TokenKind::Raw ||
                                      reading.file.tokens[i - 1].kind == ast::TokenKind::Citation);
    if (!empty || token.kind == ast::TokenKind::End)
      out += before;
    else if (token.kind == ast::TokenKind::NewLine)
      out += chance(20) ? blanks() : std::string();
    else if (begins)
      out += chance(50) ? blanks() : std::string();
    else if ((sign || after_sign) && !raw_before && chance(40))
      out += "";
    else if (chance(30) && !(before.empty() && !sign && !after_sign))
      out += blanks();
    else
      out += before;
    for (auto const& [full, half] : half_width)
      if (sign && text == full && chance(50)) text = half;
    out += text;
    begins = token.kind == ast::TokenKind::NewLine;
  }
  return out;
}

TEST_CASE("whatever the spaces were, the layout is the same") {
  std::mt19937 random(20240630);
  for (Sample const& sample : samples()) {
    for (int round = 0; round < 5; ++round) {
      std::string const disturbed = disturb(sample, random);
      CAPTURE(sample.name);
      CAPTURE(disturbed);
      REQUIRE(says(sample, sample.laid_out, disturbed));
      CHECK(lay_out(sample.name, disturbed, sample.names) == sample.laid_out);
    }
  }
}

// Words run together wherever they are still cut the same.
std::string run_together(Sample const& sample, std::mt19937& random) {
  std::string text = sample.laid_out;
  for (int tries = 0; tries < 30; ++tries) {
    Reading const reading = read(sample.name, text, sample.names);
    std::size_t const i = random() % reading.file.tokens.size();
    ast::Token const& token = reading.file.tokens[i];
    if (i == 0 || reading.file.tokens[i - 1].kind == ast::TokenKind::NewLine || token.kind == ast::TokenKind::NewLine)
      continue;
    std::uint32_t const length = token.span.begin - token.trivia_begin;
    if (length == 0) continue;
    std::string shorter = text;
    shorter.erase(token.trivia_begin, length);
    Reading const after = read(sample.name, shorter, sample.names);
    if (after.good() && same_rules(reading.file, after.file) && comments_of(after) == comments_of(reading))
      text = std::move(shorter);
  }
  return text;
}

TEST_CASE("text written without spaces is parted where it was cut") {
  std::mt19937 random(1259);
  for (Sample const& sample : samples()) {
    std::string const unspaced = run_together(sample, random);
    CAPTURE(sample.name);
    CAPTURE(unspaced);
    CHECK(lay_out(sample.name, unspaced, sample.names) == sample.laid_out);
  }
}

}  // namespace
}  // namespace huiyu::format::test
