#include "compiler/driver/project.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <thread>

#include "compiler/check/check.h"
#include "compiler/diag/render.h"
#include "compiler/driver/color.h"
#include "compiler/driver/module_folders.h"
#include "compiler/driver/options.h"
#include "compiler/driver/parse_files.h"
#include "compiler/lower/link.h"
#include "compiler/lower/lower.h"
#include "compiler/modules/modules.h"
#include "compiler/parse/parse.h"
#include "runtime/base/check.h"
#include "runtime/base/each_of.h"
#include "runtime/plan/verify.h"

namespace huiyu::driver {

namespace fs = std::filesystem;

namespace {

Result<std::string> read_bytes(std::string const& path, Language language) {
  std::error_code error;
  auto size = fs::file_size(path, error);
  if (error == std::errc::no_such_file_or_directory)
    return Error{ErrorKind::Usage, path + words(language, "：没有这个文件或文件夹", ": no such file or folder")};
  if (error) return Error{ErrorKind::Usage, path + ": " + error.message()};
  // One byte more than the limit is enough for the front end to report the size.
  std::string bytes(std::min<std::uintmax_t>(size, max_source_bytes + 1), '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    return Error{ErrorKind::Environment, path + words(language, "：读不了", ": cannot be read")};
  return bytes;
}

}  // namespace

Result<Project> read_project(std::vector<std::string> const& paths, Language language,
                             std::vector<std::string> const& module_folders) {
  std::vector<std::string> files;
  for (auto const& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      if (fs::exists(path, error) && !is_rule_file(path))
        return Error{ErrorKind::Usage,
                     path + words(language, " 不是规则文件（.hui、.hui.md）；记录用 --data 或 --records 给出",
                                  " is no rule file (.hui, .hui.md); records are given with --data or --records")};
      files.push_back(path);
      continue;
    }
    auto found = rule_files_below(path);
    if (!found) return found.error();
    if (found->empty())
      return Error{ErrorKind::Usage, path + words(language, "：文件夹里没有 .hui 或 .hui.md 文件",
                                                  ": no .hui or .hui.md file in this folder")};
    files.insert(files.end(), found->begin(), found->end());
  }
  Project project;
  project.module_folders = driver::module_folders(module_folders, paths);
  std::vector<std::optional<Result<std::string>>> texts(files.size());
  each_of(files.size(), std::max(1U, std::thread::hardware_concurrency()),
          [&](std::size_t i) { texts[i] = read_bytes(files[i], language); });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!*texts[i]) return texts[i]->error();
    project.sources.add(files[i], std::move(**texts[i]));
  }
  return project;
}

void parse_project(Project& project) { parse_project(project, FolderStore(project.module_folders)); }

void parse_project(Project& project, modules::Store const& store) {
  auto const own = project.sources.size();
  std::size_t bytes = 0;
  for (auto const& source : project.sources) bytes += source.text().size();
  // Threads pay where there is much to read.
  auto const jobs = bytes < (std::size_t{128} << 10) ? 1 : std::max(1U, std::thread::hardware_concurrency());
  std::vector<parse::Outline> outlines(own);
  each_of(own, jobs,
          [&](std::size_t i) { outlines[i] = parse::outline(project.sources[FileId{static_cast<std::int32_t>(i)}]); });
  auto modules = modules::Modules::load(project.sources, store, project.diagnostics, std::move(outlines));
  // Files of modules stand behind those of the project, in the order in which the modules were found.
  std::vector<parse::Dictionary const*> names;
  for (std::size_t i = 0; i < project.sources.size(); ++i)
    names.push_back(&modules.names_for(FileId{static_cast<std::int32_t>(i)}));
  auto files = parse_files(project.sources, names, project.diagnostics, jobs);
  for (std::size_t i = 0; i < own; ++i) project.files.push_back(std::move(files[i]));
  for (auto const& module : modules.all()) {
    project.modules.push_back({module.name, {}});
    for (auto const file : module.files)
      project.modules.back().files.push_back(std::move(files[static_cast<std::size_t>(file.index)]));
  }
}

void check_project(Project& project) { check_project(project, FolderStore(project.module_folders)); }

void check_project(Project& project, modules::Store const& store) {
  parse_project(project, store);
  project.program = check::check(project.files, project.sources, project.diagnostics, &project.tests, project.modules);
  project.facts = check::ranges(project.program, project.diagnostics);
}

Result<void> report_diagnostics(Project const& project, Language language) {
  if (!project.diagnostics.empty())
    put(diag::render_text(project.diagnostics, project.sources, language), stderr, color_diagnostics);
  if (!project.diagnostics.has_errors()) return {};
  return Error{ErrorKind::Rules, words(language, "规则有错误，未运行", "the rules have errors; nothing was run")};
}

Result<Project> load_project(std::vector<std::string> const& paths, Language language,
                             std::vector<std::string> const& module_folders) {
  auto project = read_project(paths, language, module_folders);
  if (!project) return project;
  check_project(*project);
  leave_out_advice_on_tests(*project);
  if (auto fault = report_diagnostics(*project, language); !fault) return fault.error();
  return project;
}

void leave_out_advice_on_tests(Project& project) {
  project.diagnostics.drop_warnings([](diag::Diagnostic const& each) { return each.kind == &diag::Untested.info; });
}

Result<plan::Plan> make_plan(Project const& project) {
  auto const files = lower::files_of(project.program);
  // The shares of files do not hang on each other.
  std::vector<std::optional<Result<plan::Fragment>>> shares(files.size());
  auto const jobs = std::max(1U, std::thread::hardware_concurrency());
  each_of(files.size(), jobs,
          [&](std::size_t i) { shares[i] = lower::lower(project.program, project.facts, project.sources, files[i]); });
  std::vector<plan::Fragment> fragments;
  for (auto& share : shares) {
    if (!*share) return share->error();
    fragments.push_back(std::move(**share));
    share.reset();
  }
  auto plan = lower::link(fragments, jobs);
  // Lowering is ours: a plan that breaks an invariant is our bug, and no engine may see it.
  if (plan)
    for (auto const& problem : plan::verify(*plan, jobs)) HUIYU_CHECK(false, problem);
  return plan;
}

}  // namespace huiyu::driver
