#include "tests/unit/compiler_parse/corpus.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace huiyu::parse {
namespace {

std::string read_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::vector<std::string> corpus() {
  std::vector<std::string> paths;
  for (auto const& entry : std::filesystem::directory_iterator("tests/golden/syntax"))
    paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string corpus_source(std::string const& path) {
  std::string const whole = read_file(path);
  std::size_t const rule = whole.find("\n----\n");
  return whole.substr(0, rule == std::string::npos ? whole.size() : rule + 1);
}

std::string corpus_expected(std::string const& path) {
  std::string const whole = read_file(path);
  std::size_t const rule = whole.find("\n----\n");
  return rule == std::string::npos ? "" : whole.substr(rule + 6);
}

std::vector<std::string> corpus_flag(std::string const& source, std::string const& name) {
  std::istringstream lines(source);
  for (std::string line; std::getline(lines, line) && line.starts_with('#');) {
    if (!line.starts_with("# " + name + ":")) continue;
    std::istringstream words(line.substr(name.size() + 3));
    return {std::istream_iterator<std::string>(words), {}};
  }
  return {};
}

Dictionary corpus_codes(std::string const& path) {
  Dictionary dictionary;
  for (std::string const& code : corpus_flag(corpus_source(path), "codes"))
    dictionary.add({NameKind::Code, code, "标准", "", {}, false, false});
  return dictionary;
}

}  // namespace huiyu::parse
