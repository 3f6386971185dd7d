// The blocks of the documents, run in order as a reader would.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/conformance/run_command.h"

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

// ```kind name
// text
// ```
struct Block {
  std::string kind, name, text;
  int line = 0;
};

std::vector<Block> blocks_of(fs::path const& page) {
  std::ifstream in(page);
  REQUIRE_MESSAGE(in, page.string());
  std::vector<Block> blocks;
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.starts_with("```")) {
      if (inside) blocks.back().text += line + "\n";
      continue;
    }
    inside = !inside;
    if (!inside) continue;
    std::istringstream words(line.substr(3));
    Block block;
    words >> block.kind >> block.name;
    block.line = number;
    blocks.push_back(block);
  }
  CHECK_FALSE(inside);
  return blocks;
}

// A folder of its own, which is where the commands run.
class Workplace {
 public:
  Workplace() : before_(fs::current_path()) {
    folder_ = fs::temp_directory_path() / ("huiyu-blocks-" + std::to_string(getpid()));
    fs::create_directories(folder_);
    fs::current_path(folder_);
  }
  ~Workplace() {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }
  Workplace(Workplace const&) = delete;
  Workplace& operator=(Workplace const&) = delete;

 private:
  fs::path before_, folder_;
};

std::string without_ends(std::string const& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

// `$ huiyu check .` and below it what is shown: messages first, then results. `…` on a line of its own leaves out the
// rest.
void run_console(Block const& block) {
  std::istringstream lines(block.text);
  std::string command, expected;
  auto const compare = [&] {
    if (command.empty()) return;
    CAPTURE(command);
    std::istringstream split(command);
    std::vector<std::string> words;
    for (std::string word; split >> word;) words.push_back(word);
    REQUIRE(words.front() == "huiyu");
    words.front() = "--lang=zh";
    auto const result = run_command(words);
    std::string shown = without_ends(result.error + result.out);
    constexpr std::string_view rest = "…\n";
    if (expected.ends_with(rest)) {
      expected.erase(expected.size() - rest.size());
      shown.resize(std::min(shown.size(), expected.size()));
    }
    CHECK(shown == expected);
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("$ ")) {
      compare();
      command = line.substr(2);
      expected.clear();
    } else {
      expected += line + "\n";
    }
  }
  compare();
}

std::string read_text(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in, path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// `make demo` of a block for the shell: the target is there. Other lines are set-up, which runs when the project is
// built.
void check_shell(Block const& block, fs::path const& root) {
  auto const makefile = read_text(root / "Makefile");
  std::istringstream lines(block.text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string command, target;
    words >> command >> target;
    if (command == "make") CHECK_MESSAGE(makefile.find("\n" + target + ":") != std::string::npos, line);
  }
}

// In order, in a folder of its own, which begins as a copy of `beside` where that is given. A `hui` block that names a
// file of the project is a piece of that file.
void run_page(fs::path const& page, fs::path const& beside = {}) {
  auto const root = fs::current_path();
  auto const blocks = blocks_of(page);
  Workplace const workplace;
  if (!beside.empty()) fs::copy(beside, fs::current_path(), fs::copy_options::recursive);
  for (auto const& block : blocks) {
    INFO(page.filename().string() << ":" << block.line);
    if (block.kind == "console") {
      run_console(block);
    } else if (block.kind == "sh") {
      check_shell(block, root);
    } else if (block.kind == "text") {
      continue;  // a picture in letters
    } else if (block.kind == "hui" && fs::exists(root / block.name)) {
      CHECK(read_text(root / block.name).find(block.text) != std::string::npos);
    } else {
      REQUIRE_MESSAGE(!block.name.empty(), "a block that is no command names the file it is");
      fs::path const file(block.name);
      if (file.has_parent_path()) fs::create_directories(file.parent_path());
      std::ofstream(file) << block.text;
    }
  }
}

}  // namespace

TEST_CASE("the tutorial, in order") { run_page(fs::current_path() / "docs/tutorial.md"); }

// Each recipe is whole with its test; beside the common 结构 all of them stand in one project.
TEST_CASE("the cookbook") { run_page(fs::current_path() / "docs/cookbook.md"); }

TEST_CASE("the page that a reader meets first, and the one for those who join in") {
  run_page(fs::current_path() / "README.md");
  run_page(fs::current_path() / "docs/contributing.md");
}

TEST_CASE("every page of the reference shows what it says") {
  auto const folder = fs::current_path() / "docs/language";
  for (auto const& entry : fs::directory_iterator(folder)) {
    CAPTURE(entry.path().string());
    auto const kinds = blocks_of(entry.path());
    bool const overview = entry.path().filename() == "README.md";
    CHECK(overview == std::ranges::none_of(kinds, [](Block const& block) { return block.kind == "console"; }));
    run_page(entry.path());
  }
}

// Each page shows how a project uses the module, and what comes out.
TEST_CASE("the pages of the shipped modules") {
  int pages = 0;
  for (auto const& file : fs::recursive_directory_iterator(fs::current_path() / "stdlib-policies")) {
    // The lists of codes beside the modules are data; their pages hold no rules.
    bool const of_a_module = fs::exists(file.path().parent_path() / "edition.txt") == false;
    if (file.path().filename() != "README.md" || !of_a_module) continue;
    run_page(file.path());
    ++pages;
  }
  CHECK(pages > 1);
}

// Each page walks through the example that it lies in.
TEST_CASE("the pages of the examples") {
  for (std::string const example : {"county", "city", "talent", "agencies", "public"}) {
    auto const folder = fs::current_path() / "examples" / example;
    if (fs::exists(folder)) run_page(folder / "README.md", folder);
  }
}

TEST_CASE("the page on data") { run_page(fs::current_path() / "docs/data.md"); }

TEST_CASE("the page on tests and advice") { run_page(fs::current_path() / "docs/testing.md"); }

TEST_CASE("the page on reports") { run_page(fs::current_path() / "docs/reports.md"); }

// What stands in no list above would be believed by nobody: a page that is added with blocks is added there.
TEST_CASE("no page shows a block that no test reads") {
  auto const root = fs::current_path();
  auto const text = read_text(root / "tests/documents/blocks_test.cpp");
  std::set<fs::path> pages{root / "README.md"};
  for (auto const* folder : {"docs", "examples", "stdlib-policies"})
    for (auto const& file : fs::recursive_directory_iterator(root / folder)) {
      auto const name = file.path().filename().string();
      if (name.ends_with(".md") && !name.ends_with(".hui.md")) pages.insert(file.path());
    }
  for (auto const& page : pages) {
    auto const folder = page.parent_path();
    if (folder == root / "docs/language" || folder == root / "docs/diagnostics") continue;  // read as folders
    auto const blocks = blocks_of(page);
    if (blocks.empty()) continue;
    INFO(page.string());
    auto const named = [&](std::string const& name) { return text.find('"' + name + '"') != std::string::npos; };
    bool const shell_alone =
        std::ranges::all_of(blocks, [](Block const& block) { return block.kind == "sh" || block.kind == "text"; });
    if (shell_alone) {
      for (auto const& block : blocks)
        if (block.kind == "sh") check_shell(block, root);
    } else if (folder.parent_path() == root / "examples") {
      CHECK(named(folder.filename().string()));
    } else if (fs::relative(page, root).begin()->string() != "stdlib-policies") {
      CHECK(named(fs::relative(page, root).string()));
    }
  }
}

}  // namespace huiyu::test
