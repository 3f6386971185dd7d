#include "compiler/driver/module_folders.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>

#include "compiler/source/source_file.h"

namespace huiyu::driver {

namespace fs = std::filesystem;

namespace {

constexpr char const* modules_of_project = "modules";
// A module's own tests: read where its folder is the project, not where others use it.
constexpr std::array tests_of_module{"测试", "tests"};

std::vector<std::string> folders_in(fs::path const& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && entry != end; entry.increment(error)) {
    std::error_code unreadable;
    auto name = entry->path().filename().string();
    if (!name.starts_with(".") && entry->is_directory(unreadable)) found.push_back(std::move(name));
  }
  std::ranges::sort(found);
  return found;
}

// Beside the command where it is installed; in a build, the one of the sources that it was built from.
std::string shipped_modules() {
  std::error_code error;
  auto const command = fs::read_symlink("/proc/self/exe", error);
  if (!error)
    if (auto beside = command.parent_path().parent_path() / "stdlib-policies"; fs::is_directory(beside, error))
      return beside.string();
  return HUIYU_SHIPPED_MODULES;
}

// Those of a folder of rules, at whatever depth; of a rule file, the one beside it.
std::vector<std::string> modules_of(fs::path const& rules) {
  std::vector<std::string> found;
  std::error_code error;
  if (!fs::is_directory(rules, error)) {
    if (auto beside = rules.parent_path() / modules_of_project; fs::is_directory(beside, error))
      found.push_back(beside.string());
    return found;
  }
  fs::recursive_directory_iterator entry(rules, fs::directory_options::skip_permission_denied, error), end;
  for (; !error && entry != end; entry.increment(error)) {
    std::error_code unreadable;
    if (!entry->is_directory(unreadable)) continue;
    auto const name = entry->path().filename().string();
    if (name == modules_of_project) found.push_back(entry->path().string());
    if (name == modules_of_project || name.starts_with(".")) entry.disable_recursion_pending();
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

bool is_rule_file(std::string const& path) {
  auto const name = fs::path(path).filename().string();
  return name.ends_with(".hui") || name.ends_with(".hui.md");
}

Result<std::vector<std::string>> rule_files_below(std::string const& folder) {
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
  for (; !error && entry != end; entry.increment(error)) {
    auto const name = entry->path().filename().string();
    std::error_code unreadable;
    bool const left_alone = name.starts_with(".") || name == modules_of_project;
    if (left_alone && entry->is_directory(unreadable)) entry.disable_recursion_pending();
    if (entry->is_regular_file(unreadable) && is_rule_file(name)) found.push_back(entry->path().string());
  }
  if (error) return Error{ErrorKind::Environment, folder + ": " + error.message()};
  std::ranges::sort(found);
  return found;
}

std::vector<std::string> FolderStore::names() const {
  std::set<std::string> found;
  for (auto const& folder : folders_)
    for (auto const& name : folders_in(folder))
      if (!versions(name).empty()) found.insert(name);
  return {found.begin(), found.end()};
}

std::vector<std::string> FolderStore::versions(std::string const& name) const {
  std::set<std::string> found;
  for (auto const& folder : folders_)
    for (auto const& version : folders_in(fs::path(folder) / name)) found.insert(version);
  return {found.begin(), found.end()};
}

std::vector<modules::Text> FolderStore::read(std::string const& name, std::string const& version) const {
  std::vector<modules::Text> texts;
  for (auto const& folder : folders_) {
    auto const place = fs::path(folder) / name / version;
    std::error_code error;
    if (!fs::is_directory(place, error)) continue;
    auto const files = rule_files_below(place.string());
    if (!files) return {};
    for (auto const& path : *files) {
      auto const within = *fs::path(path).lexically_relative(place).begin();
      if (std::ranges::find(tests_of_module, within.string()) != tests_of_module.end()) continue;
      // One byte more than the limit is enough for the front end to report the size.
      std::error_code unreadable;
      auto const size = fs::file_size(path, unreadable);
      if (unreadable) return {};
      std::ifstream file(path, std::ios::binary);
      std::string bytes(std::min<std::uintmax_t>(size, max_source_bytes + 1), '\0');
      file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      if (file.bad() || (file.fail() && !file.eof())) return {};
      bytes.resize(static_cast<std::size_t>(file.gcount()));
      bytes.shrink_to_fit();
      texts.push_back({path, std::move(bytes)});
    }
    break;
  }
  return texts;
}

std::string FolderStore::places() const {
  std::string text;
  for (auto const& folder : folders_) text += (text.empty() ? "" : "、") + folder;
  return text;
}

std::vector<std::string> module_folders(std::vector<std::string> const& asked_for,
                                        std::vector<std::string> const& rule_paths) {
  std::vector<std::string> folders = asked_for;
  for (auto const& path : rule_paths)
    for (auto& folder : modules_of(path))
      if (std::ranges::find(folders, folder) == folders.end()) folders.push_back(std::move(folder));
  if (char const* listed = std::getenv("HUIYU_MODULES"); listed != nullptr) {
    std::istringstream in(listed);
    for (std::string folder; std::getline(in, folder, ':');)
      if (!folder.empty()) folders.push_back(folder);
  }
  folders.push_back(shipped_modules());
  return folders;
}

}  // namespace huiyu::driver
