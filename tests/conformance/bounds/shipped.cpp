// The tests that stand beside shipped rules notice every wrong bound: each comparison made strict or lax, each bound
// moved by one in its last place, and some 测试 must fail, or the checker refuse the text.
//
//   shipped_bounds [--every N] [--only TEXT] <folder>...
//
// Each folder is a project. --every: one bound in N alone is changed, always the same ones; --only: bounds of files
// whose path holds the text. Prints what nobody notices; exit code 1 then.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/project.h"
#include "compiler/driver/test_cases.h"
#include "compiler/driver/test_run.h"
#include "tests/conformance/bounds/survivors.h"

namespace {

using namespace huiyu;
using namespace huiyu::test;

struct Options {
  std::size_t every = 1;
  std::string only;
  std::vector<std::string> folders;
};

// What says the same with another figure, in which file and why.
struct Same {
  std::string_view file, shown;
  Change change;
  std::string_view why;
};
constexpr std::array<Same, 2> same{{
    {"examples/county/rules/人社.hui", "超过0元", Change::Up, "the table pays nothing or 6万元 and more"},
    {"examples/public/rules/条款.hui", "不低于1.5%", Change::Flip, "at 1.5% the row below comes to nothing, too"},
}};

// What follows a word is no bound of a rule: up to the next blank, or to the end of the line.
void blank_after(std::string& text, std::string_view word, bool line) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at))
    for (at += word.size(); at < text.size() && text[at] != '\n' && (line || text[at] != ' '); ++at) text[at] = ' ';
}

// What is no rule (the prose of a literate file, 测试) as blanks, so that every bound keeps its place.
std::string rules_alone(SourceFile const& source) {
  std::string text(source.text());
  bool fenced = !source.literate(), of_test = false;
  for (std::size_t begin = 0; begin < text.size();) {
    auto const end = std::min(text.find('\n', begin), text.size());
    std::string_view const line(text.data() + begin, end - begin);
    bool const fence = source.literate() && line.starts_with("```");
    if (fence) {
      fenced = !fenced && line.starts_with("```hui");
      of_test = false;
    } else if (!line.empty() && line.front() != ' ') {
      of_test = line.starts_with("测试");
    }
    if (fence || !fenced || of_test) std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, ' ');
    begin = end + 1;
  }
  blank_after(text, "依据 ", false);  // 第12号
  blank_after(text, " 范围 ", true);  // of a field: which data are read, no rule
  return text;
}

// Where two brackets of 分段 meet is the same for both: strict or lax says nothing there.
std::vector<Bound> bounds_that_say(std::string const& text) {
  auto bounds = bounds_of(text);
  std::size_t line_number = 1;
  bool of_brackets = false;
  for (std::size_t begin = 0; begin < text.size(); ++line_number) {
    auto const end = std::min(text.find('\n', begin), text.size());
    std::string_view const line(text.data() + begin, end - begin);
    if (!line.starts_with("    ")) of_brackets = line.find("分段 ") != std::string_view::npos;
    for (auto& bound : bounds)
      if (of_brackets && bound.line == line_number) bound.edits[static_cast<int>(Change::Flip)].clear();
    begin = end + 1;
  }
  return bounds;
}

// A file in a module's own folder of tests.
bool is_of_tests(std::string const& path) { return path.find("/测试/") != std::string::npos; }

class Shipped {
 public:
  Shipped(std::string folder, Options const& options) : folder_(std::move(folder)), options_(options) {}

  std::size_t bounds() const { return seen_; }

  // False where the rules or their tests are wrong as they stand.
  bool run(Tally& tally) {
    auto read = driver::read_with_cases({folder_}, {}, driver::Language::Chinese);
    if (!read) return fmt::print("{}: {}\n", folder_, read.error().message), false;
    if (fate(*read, {}, {}) != Fate::Survives) return fmt::print("{}: its tests fail\n", folder_), false;
    for (auto const& source : read->sources) {
      if (is_of_tests(source.path()) || source.path().find(options_.only) == std::string::npos) continue;
      auto all = bounds_that_say(rules_alone(source));
      for (auto const& one : same)
        for (auto& bound : all)
          if (source.path() == one.file && bound.shown == one.shown) bound.edits[static_cast<int>(one.change)].clear();
      std::vector<Bound> some;
      for (auto const& bound : all)
        if (seen_++ % options_.every == 0) some.push_back(bound);
      auto const found = try_bounds(source.path(), std::string(source.text()), all, some,
                                    [&](std::string const& text) { return fate(*read, source.path(), text); });
      tally.tried += found.tried;
      tally.survived += found.survived;
    }
    return true;
  }

 private:
  // Of the project with one file's text changed.
  static Fate fate(driver::Project const& read, std::string const& path, std::string const& text) {
    driver::Project project;
    project.module_folders = read.module_folders;
    for (auto const& source : read.sources)
      project.sources.add(source.path(), source.path() == path ? text : std::string(source.text()));
    driver::check_project(project);
    if (project.diagnostics.has_errors()) return Fate::Refused;
    auto const results = driver::run_tests(project, "", driver::EngineChoice::Oracle, driver::Language::Chinese);
    if (!results) return Fate::Noticed;
    return std::ranges::all_of(*results, [](auto const& one) { return one.passed(); }) ? Fate::Survives : Fate::Noticed;
  }

  std::string folder_;
  Options const& options_;
  std::size_t seen_ = 0;
};

}  // namespace

int main(int argument_count, char** arguments) {
  Options options;
  for (int i = 1; i < argument_count; ++i) {
    std::string_view const argument = arguments[i];
    if (argument == "--every" && i + 1 < argument_count) {
      std::string_view const value = arguments[++i];
      std::from_chars(value.data(), value.data() + value.size(), options.every);
    } else if (argument == "--only" && i + 1 < argument_count) {
      options.only = arguments[++i];
    } else {
      options.folders.emplace_back(argument);
    }
  }
  if (options.folders.empty() || options.every == 0) {
    fmt::print(stderr, "shipped_bounds: no folder, or a bad --every\n");
    return 2;
  }
  Tally tally;
  bool good = true;
  std::size_t bounds = 0;
  for (auto const& folder : options.folders) {
    Shipped shipped(folder, options);
    good = shipped.run(tally) && good;
    bounds += shipped.bounds();
  }
  fmt::print("{} changes of bounds tried, {} survive\n", tally.tried, tally.survived);
  // A module of plain sums has no bounds; where there are some, some are tried.
  return good && (tally.tried > 0 || bounds == 0) && tally.survived == 0 ? 0 : 1;
}
