// What it takes to make the Plan of a release of text, and to load it. PROJECT is one that
// tests/bench/province/convert.py made, with --json 1 or more; its rules are copied, and the copy is changed.
//
//   bench_release PROJECT [rounds, 5]
//
// Steps, each in a process of its own, in every round:
//   cold     rules to Plan, nothing kept from before; the Plan and its parts are kept
//   changed  the same after one number in one file of policies has changed, another file every round
//   load     the Plan as it was kept, bound and indexed, and one record answered
//   answer   rules to one record answered, with no cache at all
// Of each: seconds by the clock and of the processors, and megabytes: at most, and resident at the end.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compiler/driver/plan_cache.h"
#include "runtime/base/civil.h"
#include "runtime/engine/layout.h"
#include "runtime/portal/finder.h"
#include "runtime/records/json_record.h"

namespace {

using namespace huiyu;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct Taken {
  double clock = 0, processors = 0, most_mb = 0, resident_mb = 0;
};

double seconds_of(timeval time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; }

double resident_mb() {
  std::ifstream file("/proc/self/statm");
  double all = 0, resident = 0;
  file >> all >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

// The work, which gives the memory held at its end, in a process of its own and without what it says. Ends the program
// where that is 0: it failed.
Taken measure(std::function<double()> const& work) {
  int pipe_ends[2];
  if (::pipe(pipe_ends) != 0) std::exit(1);
  auto const child = ::fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stderr);
    auto const begin = Clock::now();
    auto const held_mb = work();
    double const told[] = {std::chrono::duration<double>(Clock::now() - begin).count(), held_mb};
    if (held_mb == 0) ::_exit(1);
    ::_exit(::write(pipe_ends[1], told, sizeof told) == sizeof told ? 0 : 1);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  double told[2]{};
  bool const heard = status == 0 && ::read(pipe_ends[0], told, sizeof told) == sizeof told;
  ::close(pipe_ends[0]), ::close(pipe_ends[1]);
  if (!heard) {
    fmt::print(stderr, "a step failed\n");
    std::exit(1);
  }
  return {told[0], seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) * 1024 / 1e6, told[1]};
}

Result<plan::Plan> plan_at(fs::path const& rules) {
  driver::RuleOptions options;
  options.paths = {rules.string()};
  return driver::load_plan(options, driver::Language::English);
}

double plan_of(fs::path const& rules) { return plan_at(rules).has_value() ? resident_mb() : 0; }

// What is held once a record is answered; 0: it was not.
double answer(fs::path const& rules, std::string const& record) {
  auto const plan = plan_at(rules);
  if (!plan) return 0;
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  auto const bound = engine::bind(*plan, inputs);
  auto const subject = engine::only_subject(*plan);
  if (!bound || !subject) return 0;
  auto const layout = engine::layout_of(*plan, *subject);
  if (!layout) return 0;
  auto const index = portal::make_index(*bound, *subject, nullptr);
  portal::Finder finder(index, *bound, nullptr);
  records::JsonRecordReader reader(*layout);
  auto const read = reader.read(record);
  if (!read) return 0;
  finder.awards((*read)->batch);
  return resident_mb();
}

std::string text_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Another digit before the first 万元 of a file.
void change(fs::path const& path) {
  auto text = text_of(path);
  for (auto at = text.find("万元"); at != std::string::npos; at = text.find("万元", at + 1))
    if (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9') {
      text[at - 1] = text[at - 1] == '9' ? '1' : static_cast<char>(text[at - 1] + 1);
      break;
    }
  std::ofstream(path, std::ios::binary) << text;
}

void say(char const* step, std::vector<Taken> const& rounds) {
  auto const spread = [&](double Taken::* what) {
    std::vector<double> all;
    for (auto const& one : rounds) all.push_back(one.*what);
    std::sort(all.begin(), all.end());
    return fmt::format("{:8.3f} ({:.3f}–{:.3f})", all[all.size() / 2], all.front(), all.back());
  };
  fmt::print("{:<8} clock, s {}   processors, s {}   most, MB {:.0f}   at the end, MB {:.0f}\n", step,
             spread(&Taken::clock), spread(&Taken::processors), rounds.back().most_mb, rounds.back().resident_mb);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  fs::path const project = arguments[1];
  int const rounds = count > 2 ? std::atoi(arguments[2]) : 5;
  auto const own = fs::temp_directory_path() / ("huiyu-release-" + std::to_string(::getpid()));
  auto const rules = own / "rules";
  fs::create_directories(own);
  fs::copy(project / "rules", rules);
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator(rules))
    if (text_of(entry.path()).starts_with("政策")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::string record;
  std::ifstream records(project / "records.jsonl");
  std::getline(records, record);

  std::vector<Taken> cold, changed, load, straight;
  for (int i = 0; i < rounds; ++i) {
    fs::remove_all(own / "cache");
    ::setenv("HUIYU_CACHE_DIR", (own / "cache").c_str(), 1);
    cold.push_back(measure([&] { return plan_of(rules); }));
    if (!files.empty()) {
      change(files[files.size() * static_cast<std::size_t>(i + 1) / static_cast<std::size_t>(rounds + 1)]);
      changed.push_back(measure([&] { return plan_of(rules); }));
    }
    load.push_back(measure([&] { return answer(rules, record); }));
    ::setenv("HUIYU_CACHE_DIR", "", 1);
    straight.push_back(measure([&] { return answer(rules, record); }));
  }
  fs::remove_all(own);
  say("cold", cold);
  if (!changed.empty()) say("changed", changed);
  say("load", load);
  say("answer", straight);
}
