#include "tests/unit/compiler_format/reading.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include <doctest/doctest.h>

#include "compiler/diag/render.h"
#include "compiler/format/trivia.h"
#include "compiler/parse/parse.h"

namespace huiyu::format::test {

namespace fs = std::filesystem;

std::string read_file(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string read_rules(fs::path const& path) {
  std::string text = read_file(path);
  std::size_t const expected = text.find("\n----\n");
  return text.substr(0, expected == std::string::npos ? text.size() : expected + 1);
}

// `# codes: 南京市 鼓楼区` of a golden: names that the standards would bring.
static void add_codes(std::string const& text, parse::Dictionary& names) {
  std::istringstream lines(text);
  constexpr std::string_view flag = "# codes:";
  for (std::string line; std::getline(lines, line) && line.starts_with('#');) {
    if (!line.starts_with(flag)) continue;
    std::istringstream words(line.substr(flag.size()));
    for (std::string code; words >> code;) names.add({parse::NameKind::Code, code, "标准", "", {}, false, false});
  }
}

std::vector<fs::path> rule_files() {
  std::vector<fs::path> found;
  for (char const* const folder : {"tests/conformance", "tests/golden/check", "tests/golden/format",
                                   "tests/golden/syntax", "examples", "grammar", "stdlib-policies"}) {
    if (!fs::exists(folder)) continue;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
      std::string const name = entry.path().filename().string();
      if (entry.is_regular_file() && (name.ends_with(".hui") || name.ends_with(".hui.md")))
        found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

// What the shipped modules, and those beside the file, publish that it uses.
static void add_modules(fs::path const& path, SourceSet& sources, parse::Dictionary& names) {
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    std::string word, module, version;
    if (!(std::istringstream(line) >> word >> module >> version) || word != "使用") continue;
    for (fs::path const& file : rule_files())
      if (file.parent_path() == fs::path("stdlib-policies") / module / version ||
          file.parent_path() == path.parent_path() / "modules" / module / version)
        names.merge_published(parse::collect_names(sources.add(file.string(), read_file(file))), module);
  }
}

parse::Dictionary names_beside(fs::path const& path) {
  parse::Dictionary names;
  SourceSet sources;
  if (path.string().starts_with("tests/golden")) {  // each stands for itself
    add_codes(read_rules(path), names);
    return names;
  }
  // A module's tests stand in a folder below its rules.
  bool const test_of_module = path.parent_path().filename() == "测试";
  for (fs::path const& file : rule_files())
    if (file.parent_path() == path.parent_path() ||
        (test_of_module && file.parent_path() == path.parent_path().parent_path()))
      names.merge(parse::collect_names(sources.add(file.string(), read_file(file))));
  add_modules(path, sources, names);
  return names;
}

std::string Reading::errors() const { return diag::render_text(diagnostics, sources, diag::Language::English); }

Reading read(std::string name, std::string text, parse::Dictionary const& names) {
  Reading reading;
  SourceFile const& source = reading.sources.add(std::move(name), std::move(text));
  reading.file = parse::parse(source, names, reading.diagnostics);
  return reading;
}

std::string lay_out(std::string const& name, std::string const& text, parse::Dictionary const& names,
                    FormatOptions const& options) {
  Reading const reading = read(name, text, names);
  REQUIRE_MESSAGE(reading.good(), reading.errors());
  Result<std::string> const laid_out = format(reading.file, reading.source(), options);
  REQUIRE_MESSAGE(laid_out.has_value(), laid_out.error().message);
  return *laid_out;
}

std::vector<std::string> comments_of(Reading const& reading) {
  std::vector<std::string> comments;
  TriviaReader const trivia(reading.source());
  for (ast::Token const& token : reading.file.tokens) {
    if (token.kind == ast::TokenKind::NewLine) {
      std::string_view const behind = trivia.comment_behind(token.trivia_begin, token.span.begin);
      if (!behind.empty()) comments.emplace_back(behind);
      continue;
    }
    for (TriviaLine const& line : trivia.lines_before(token.trivia_begin, token.span.begin))
      if (line.kind == TriviaLine::Kind::Comment) comments.emplace_back(line.text);
  }
  return comments;
}

}  // namespace huiyu::format::test
