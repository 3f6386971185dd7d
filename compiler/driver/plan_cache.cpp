#include "compiler/driver/plan_cache.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <future>
#include <optional>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/stat.h>

#include "compiler/cache/disk_cache.h"
#include "compiler/diag/render.h"
#include "compiler/driver/by_files.h"
#include "compiler/driver/color.h"
#include "compiler/driver/project.h"
#include "compiler/driver/rule_texts.h"
#include "runtime/base/check.h"
#include "runtime/base/hash.h"
#include "runtime/plan/plan_file.h"
#include "runtime/plan/verify.h"

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

// All that a Plan and what is said about it are made from: the command, its language, the rules' texts, and every
// module that they might use. Nothing for a text that cannot be read whole.
std::string describe(Project const& project, std::string const& command, Language language) {
  auto const texts = list_texts(project);
  return texts.empty() ? texts : words(language, "plan zh ", "plan en ") + command + "\n" + texts;
}

// A Plan, and what the checker said about its rules: as an entry, the length of the words, the words, and from the next
// multiple of 8 on the Plan.
struct Kept {
  std::string said;
  plan::Plan plan;
};

constexpr std::size_t to_eights(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

// The Plan was without fault when it was kept, and the cache has made sure that these are the bytes.
std::optional<Kept> read_entry(cache::DiskCache::Mapped const& entry) {
  std::uint64_t length = 0;
  auto const bytes = entry.bytes;
  if (bytes.size() < sizeof length) return std::nullopt;
  std::memcpy(&length, bytes.data(), sizeof length);
  if (length > bytes.size() - sizeof length) return std::nullopt;
  auto const begin = to_eights(sizeof length + length);
  if (begin > bytes.size()) return std::nullopt;
  auto plan = plan::load_trusted(std::as_bytes(std::span(bytes.substr(begin))), entry.keeper);
  if (!plan) return std::nullopt;
  return Kept{std::string(bytes.substr(sizeof length, length)), std::move(*plan)};
}

void write_entry(cache::DiskCache const& kept, std::string const& description, std::string const& said,
                 plan::Plan const& plan, std::function<bool()> const& good = nullptr) {
  auto const stored = plan::pieces_of(plan);
  if (!stored) return;
  std::uint64_t const length = said.size();
  std::string words(reinterpret_cast<char const*>(&length), sizeof length);
  words += said;
  words.resize(to_eights(words.size()));
  auto const chars = [](std::span<std::byte const> bytes) {
    return std::string_view(reinterpret_cast<char const*>(bytes.data()), bytes.size());
  };
  std::vector<std::string_view> pieces{words, chars(stored->head)};
  for (auto const piece : stored->rest) pieces.push_back(chars(piece));
  kept.write(description, pieces, good);
  kept.prune();
}

}  // namespace

Result<plan::Plan> load_plan(RuleOptions const& rules, Language language) {
  auto project = read_project(rules.paths, language, rules.modules);
  if (!project) return project.error();
  cache::DiskCache const kept(cache::default_folder(), "plans", std::uint64_t{1} << 30);
  auto const command = kept.enabled() ? this_command() : std::string();
  auto const description = command.empty() ? std::string() : describe(*project, command, language);
  if (!description.empty())
    if (auto const entry = kept.map(description))
      if (auto found = read_entry(*entry)) {
        put(found->said, stderr, color_diagnostics);
        return std::move(found->plan);
      }

  // A part is kept for the command and the language that it was made by and speaks.
  cache::DiskCache const parts(cache::default_folder(), "parts", std::uint64_t{1} << 30);
  ByFiles by_files;
  by_files.jobs = std::max(1U, std::thread::hardware_concurrency());
  auto const made_by = command.empty() ? std::string() : words(language, "zh ", "en ") + command + "\n";
  auto const own = project->sources.size();
  if (auto made = plan_by_files(*project, language, by_files, parts, made_by)) {
    // Planning is ours: a plan that breaks an invariant is our bug, and neither an engine nor the cache may see it.
    std::shared_future const faults =
        std::async(std::launch::async, [&] { return plan::verify(made->plan, by_files.jobs); });
    put(made->said, stderr, color_diagnostics);
    if (!description.empty())
      write_entry(kept, description, made->said, made->plan, [&] { return faults.get().empty(); });
    for (auto const& fault : faults.get()) HUIYU_CHECK(false, fault);
    return std::move(made->plan);
  }
  if (project->sources.size() != own) {
    project = read_project(rules.paths, language, rules.modules);
    if (!project) return project.error();
  }
  check_project(*project);
  leave_out_advice_on_tests(*project);
  if (auto fault = report_diagnostics(*project, language); !fault) return fault.error();
  auto plan = make_plan(*project);
  if (plan && !description.empty())
    write_entry(kept, description, diag::render_text(project->diagnostics, project->sources, language), *plan);
  return plan;
}

}  // namespace huiyu::driver
