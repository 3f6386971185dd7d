#include "tests/property/files.h"

#include <algorithm>
#include <set>

namespace huiyu::test {

namespace {

constexpr std::string_view mark = "# 文件 ";

// modules/<name>/<version>/…: the part at that place.
std::string part(RuleFile const& file, int place) {
  std::size_t begin = 0;
  for (int i = 0; i < place; ++i) begin = file.path.find('/', begin) + 1;
  return file.path.substr(begin, file.path.find('/', begin) - begin);
}

}  // namespace

std::string file_mark(std::string_view path) { return std::string(mark) + std::string(path) + "\n"; }

std::vector<RuleFile> files_of(std::string_view rules) {
  std::vector<RuleFile> files;
  for (std::size_t at = 0; at < rules.size();) {
    auto const end = std::min(rules.find('\n', at), rules.size() - 1) + 1;
    auto const line = rules.substr(at, end - at);
    if (line.starts_with(mark) && line.ends_with('\n'))
      files.push_back({std::string(line.substr(mark.size(), line.size() - mark.size() - 1)), {}, at});
    if (files.empty()) files.push_back({"random.hui", {}, 0});
    files.back().text += line;
    at = end;
  }
  // A mark that lost its path, or two of one path, are no files of their own: the shrinker takes words away.
  std::set<std::string> paths;
  for (std::size_t i = 1; i < files.size();) {
    bool const good = files[i].path.ends_with(".hui") && paths.insert(files[i].path).second &&
                      (!files[i].of_module() || std::ranges::count(files[i].path, '/') == 3);
    if (good) {
      ++i;
      continue;
    }
    files[i - 1].text += files[i].text;
    files.erase(files.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return files;
}

std::vector<std::string> TextStore::names() const {
  std::set<std::string> names;
  for (auto const& file : files_)
    if (file.of_module()) names.insert(part(file, 1));
  return {names.begin(), names.end()};
}

std::vector<std::string> TextStore::versions(std::string const& name) const {
  std::set<std::string> versions;
  for (auto const& file : files_)
    if (file.of_module() && part(file, 1) == name) versions.insert(part(file, 2));
  return {versions.begin(), versions.end()};
}

std::vector<modules::Text> TextStore::read(std::string const& name, std::string const& version) const {
  std::vector<modules::Text> texts;
  for (auto const& file : files_)
    if (file.of_module() && part(file, 1) == name && part(file, 2) == version) texts.push_back({file.path, file.text});
  return texts;
}

}  // namespace huiyu::test
