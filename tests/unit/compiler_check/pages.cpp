#include "tests/unit/compiler_check/pages.h"

#include <algorithm>
#include <filesystem>

#include "runtime/base/utf8.h"
#include "tests/unit/compiler_check/support.h"

namespace huiyu::test {
namespace {

// The fenced `hui` blocks of a page, in order.
std::vector<std::string> examples(std::string const& page) {
  std::vector<std::string> found;
  std::string const open = "```hui\n", close = "```\n";
  for (auto at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    at += open.size();
    auto const end = page.find(close, at);
    if (end == std::string::npos) break;
    found.push_back(page.substr(at, end - at));
    at = end;
  }
  return found;
}

// The fences `hui 模块 名称 版本`: files of modules.
std::vector<ModuleText> modules_of(std::string const& page) {
  std::vector<ModuleText> found;
  std::string const open = "```hui 模块 ", close = "```\n";
  for (auto at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    at += open.size();
    auto const blank = page.find(' ', at), line = page.find('\n', at), end = page.find(close, at);
    if (blank > line || end == std::string::npos) break;
    found.push_back(
        {page.substr(at, blank - at), page.substr(blank + 1, line - blank - 1), page.substr(line + 1, end - line - 1)});
    at = end;
  }
  return found;
}

// What one mark stands for; empty: it is no mark.
std::string meaning(std::string const& mark) {
  if (mark.starts_with("U+")) {
    std::string bytes;
    append_utf8(bytes, static_cast<char32_t>(std::stoul(mark.substr(2), nullptr, 16)));
    return bytes;
  }
  if (mark.starts_with("byte ")) return {static_cast<char>(std::stoul(mark.substr(5), nullptr, 16))};
  std::string const times = "×";
  if (!mark.starts_with(times)) return {};
  auto const blank = mark.find(' ');
  if (blank == std::string::npos) return {};
  std::string repeated;
  auto const count = std::stoul(mark.substr(times.size(), blank - times.size()));
  for (std::size_t i = 0; i < count; ++i) repeated += mark.substr(blank + 1);
  return repeated;
}

}  // namespace

std::string written_out(std::string const& example) {
  std::string text;
  for (std::size_t at = 0; at < example.size();) {
    auto const end = example[at] == '<' ? example.find('>', at) : std::string::npos;
    std::string const stands_for = end == std::string::npos ? "" : meaning(example.substr(at + 1, end - at - 1));
    bool const nul = end != std::string::npos && example.substr(at, end - at) == "<U+0000";
    if (stands_for.empty() && !nul) {
      text += example[at++];
      continue;
    }
    text += stands_for;
    at = end + 1;
  }
  return text;
}

std::vector<Page> diagnostic_pages() {
  std::vector<std::filesystem::path> paths;
  for (auto const& entry : std::filesystem::directory_iterator("docs/diagnostics"))
    if (entry.path().extension() == ".md" && !entry.path().stem().string().starts_with("D") &&
        entry.path().stem() != "README")
      paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Page> pages;
  for (auto const& path : paths) {
    auto const text = read_file(path.generic_string());
    auto const found = examples(text);
    Page page{path.stem().string(), {}, {}, modules_of(text)};
    if (found.size() == 2) {
      page.wrong = written_out(found[0]);
      page.right = written_out(found[1]);
    }
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace huiyu::test
