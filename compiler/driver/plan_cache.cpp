#include "compiler/driver/plan_cache.h"

#include <span>

#include <sys/stat.h>

#include "compiler/cache/disk_cache.h"
#include "compiler/diag/render.h"
#include "compiler/driver/module_folders.h"
#include "compiler/driver/project.h"
#include "runtime/base/hash.h"
#include "runtime/plan/plan_file.h"

namespace huiyu::driver {

namespace {

// Who reads the rules: another build of the command may read them otherwise. Nothing where that cannot be told.
std::string this_command() {
  struct stat status{};
  if (::stat("/proc/self/exe", &status) != 0) return {};
  return to_hex(HashBuilder()
                    .add(std::uint64_t{status.st_dev})
                    .add(std::uint64_t{status.st_ino})
                    .add(static_cast<std::int64_t>(status.st_size))
                    .add(static_cast<std::int64_t>(status.st_mtim.tv_sec))
                    .add(static_cast<std::int64_t>(status.st_mtim.tv_nsec))
                    .finish());
}

// All that a Plan is made from: the command, the rules' texts, and every module that they might use. Nothing for a text
// that cannot be read whole.
std::string describe(Project const& project, std::string const& command) {
  std::string text = "plan " + command + "\n";
  auto add = [&](std::string_view path, std::string_view bytes) {
    text += to_hex(hash_bytes(bytes)) + " " + std::string(path) + "\n";
  };
  for (std::size_t i = 0; i < project.sources.size(); ++i) {
    auto const& source = project.sources[FileId{static_cast<std::int32_t>(i)}];
    if (source.fault()) return {};
    add(source.path(), source.text());
  }
  FolderStore const store(project.module_folders);
  for (auto const& name : store.names())
    for (auto const& version : store.versions(name))
      for (auto const& file : store.read(name, version)) add(name + " " + version + " " + file.path, file.bytes);
  return text;
}

std::span<std::byte const> as_bytes(std::string const& text) { return std::as_bytes(std::span(text)); }

}  // namespace

Result<plan::Plan> load_plan(RuleOptions const& rules, Language language) {
  auto project = read_project(rules.paths, language, rules.modules);
  if (!project) return project.error();
  cache::DiskCache const kept(cache::default_folder(), "plans");
  auto const command = kept.enabled() ? this_command() : std::string();
  auto const description = command.empty() ? std::string() : describe(*project, command);
  if (!description.empty())
    if (auto const bytes = kept.read(description))
      if (auto plan = plan::load(as_bytes(*bytes))) return plan;

  check_project(*project);
  if (auto fault = report_diagnostics(*project, language); !fault) return fault.error();
  auto plan = make_plan(*project);
  if (!plan || description.empty() || !project->diagnostics.empty()) return plan;
  if (auto const bytes = plan::save(*plan)) {
    kept.write(description, {reinterpret_cast<char const*>(bytes->data()), bytes->size()});
    kept.prune();
  }
  return plan;
}

}  // namespace huiyu::driver
