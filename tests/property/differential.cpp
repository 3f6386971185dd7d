// The differential test: random rules and records, every engine, no difference allowed.
//
//   differential [--pairs N] [--seed S] [--records N] [--native PERCENT] [--shrink TRIES]
//               [--keep FOLDER]
//
// --records: how many a program runs over, on average. --native: of so many programs native code is made, which costs
// more than all the rest; the others are answered by the oracle and the interpreter alone. The first records of each
// program are explained as well.
// --shrink: how many smaller cases are tried once a difference is found (6000; 0: none).
// Prints how often each outcome was met; one that is met too rarely fails the run, which would test little of it. A
// difference is written to FOLDER as rules/ and records.json and ends the run with exit code 1.

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "tests/property/coverage.h"
#include "tests/property/files.h"
#include "tests/property/generator.h"
#include "tests/property/shrink.h"

namespace {

using namespace huiyu;

// Each kind of answer is met once in so many pairs at least.
constexpr std::int64_t least_share = 100;
// … each of the four common outcomes once in so many.
constexpr std::int64_t least_main_share = 12;
// … and each kind of tir node and of Plan row in so many programs, of a run that is long enough to ask.
constexpr std::int64_t least_programs = 1;

// Rows that the engine takes at once. A program with more records than these crosses a block's end, or a thread's
// share of 16 blocks.
std::vector<std::int64_t> const block_sizes{1024, 1024, 1024, 1000, 128, 65, 64, 63, 7, 1};

std::vector<std::string> const reference_days{"2024-06-30", "2024-06-30", "2024-02-29", "2023-12-31", "2025-03-31",
                                              "2024-03-31", "2024-01-01", "2024-02-28", "2024-04-01"};

struct Options {
  std::int64_t pairs = 20'000;
  std::uint64_t seed = 1;
  std::int64_t records = 100;
  int native = 100;
  std::int64_t shrink = 6000;
  std::filesystem::path keep = "build/differences";
};

class Differential {
 public:
  explicit Differential(Options options) : options_(std::move(options)) {}

  int run() {
    for (programs_ = 0; compared_ < options_.pairs; ++programs_) {
      test::RandomSource random(options_.seed * 1'000'003 + static_cast<std::uint64_t>(programs_));
      auto program = test::random_program(random);
      written_ += static_cast<std::int64_t>(program.declarations.size());
      auto const project = test::accepted(program, refused_);
      if (project == nullptr) continue;
      test::Case tried;
      tried.rules = program.rules();
      tried.given = test::random_given(program, random);
      tried.records = test::random_records(program.world, tried.given, random, record_count(random));
      tried.as_of = random.pick(reference_days);
      if (random.chance(20)) tried.application_year = static_cast<std::int32_t>(random.between(2022, 2024));
      if (!compare(*project, tried, way(random, tried.records.size()))) return 1;
    }
    return print_shares();
  }

 private:
  // Mostly few, for many programs tell more than many records; now and then more than one block of the usual size.
  std::int64_t record_count(test::RandomSource& random) const {
    if (random.chance(2)) return random.between(1020, 2100);
    return random.between(1, 2 * options_.records - 1);
  }

  test::Way way(test::RandomSource& random, std::size_t records) const {
    test::Way way;
    way.native = random.chance(options_.native);
    way.block_rows = random.pick(block_sizes);
    way.threads = static_cast<int>(random.pick(std::vector<std::int64_t>{1, 1, 1, 2, 3}));
    if (random.chance(30)) {
      way.order.resize(records);
      std::iota(way.order.begin(), way.order.end(), std::size_t{0});
      for (auto i = records; i > 1; --i)
        std::swap(way.order[i - 1], way.order[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(i)))]);
    }
    return way;
  }

  // False where the engines differ; what was found is then kept.
  bool compare(driver::Project const& project, test::Case const& tried, test::Way const& how) {
    auto const answers = test::answer(project, tried, how);
    for (auto const& pair : answers.pairs) count(pair);
    explained_ += answers.explained;
    near_misses_ += answers.near_misses;
    if (answers.plan) coverage_.add(project, *answers.plan);
    if (how.native) {
      ++native_programs_;
      native_pairs_ += static_cast<std::int64_t>(answers.pairs.size());
      shapes_ += answers.shapes;
      native_shapes_ += answers.native_shapes;
    }
    if (answers.difference) report(tried, how, *answers.difference);
    return !answers.difference;
  }

  void count(PairOutcome const& pair) {
    ++compared_;
    bool const pending = pair.outcome == Outcome::Eligible && !pair.amount_fen && !pair.needs.empty();
    ++outcomes_[pending ? "pending" : outcome_name(pair.outcome)];
    outcomes_["sum"] += pair.amount_fen.value_or(0) > 0 ? 1 : 0;
    outcomes_["parts"] += pair.parts.empty() ? 0 : 1;
    outcomes_["shares"] += pair.shares.empty() ? 0 : 1;
    outcomes_["value"] += pair.value.empty() ? 0 : 1;
    for (auto const& alert : pair.alerts) ++outcomes_[alert.colour.empty() ? "open alert" : "alert"];
  }

  void report(test::Case const& tried, test::Way const& how, test::Difference const& difference) const {
    fmt::print("seed {} program {}:\n{}\n", options_.seed, programs_, difference.text);
    std::fflush(stdout);
    auto const [small, way] = test::shrink_difference(tried, how, static_cast<std::size_t>(options_.shrink));
    std::filesystem::remove_all(options_.keep / "rules");
    auto const rules = options_.keep / "rules", records = options_.keep / "records.json";
    for (auto const& file : test::files_of(small.rules)) {
      std::filesystem::create_directories((rules / file.path).parent_path());
      std::ofstream(rules / file.path) << file.text;
    }
    std::ofstream(records) << small.json();
    if (auto const answers = test::answer(small, way); answers && answers->difference)
      fmt::print("made small:\n{}\n", answers->difference->text);
    if (small.json().size() < 20'000) fmt::print("{}{}", small.rules, small.json());
    fmt::print("by blocks of {} records, {} threads{}{}\n", way.block_rows, way.threads,
               way.order.empty() ? "" : ", in another order", way.native ? ", native code" : "");
    auto options = fmt::format("--as-of {}", small.as_of);
    if (small.application_year) options += fmt::format(" --year {}", *small.application_year);
    for (auto const& name : small.given) options += " --given " + name;
    for (auto const engine : {"oracle", way.native ? "native" : "interpret"})
      fmt::print("huiyu eval {} --records {} {} --engine {}\n", rules.string(), records.string(), options, engine);
  }

  int print_shares() {
    fmt::print("{} pairs of {} programs, seed {}: oracle and interpreter agree on all of them.\n", compared_, programs_,
               options_.seed);
    fmt::print("Native code agrees on {} pairs of {} programs; it is made for {} of their {} formulas.\n",
               native_pairs_, native_programs_, native_shapes_, shapes_);
    fmt::print("Explanations agree on {} pairs.\n", explained_);
    fmt::print("{} pairs lack one condition.\n", near_misses_);
    for (auto const& [outcome, count] : outcomes_)
      fmt::print("{} {:.1f} %; ", outcome, 100.0 * static_cast<double>(count) / static_cast<double>(compared_));
    fmt::print("\n{} of {} declarations were refused by the checker.\n", refused_, written_);
    fmt::print("In how many programs each kind was met:\n{}", coverage_.print());
    int status = 0;
    bool const long_enough = compared_ >= 100'000;
    for (auto const& kind : long_enough ? coverage_.rare(least_programs) : std::vector<std::string>{}) {
      fmt::print("met too rarely: {}\n", kind);
      status = 1;
    }
    if (long_enough && near_misses_ * least_share < compared_) {
      fmt::print("near misses are met too rarely: {} of {} pairs\n", near_misses_, compared_);
      status = 1;
    }
    if (refused_ * 4 > written_) {
      fmt::print("too much is refused: the generator tests little\n");
      status = 1;
    }
    for (auto const kind : {"eligible", "ineligible", "unknown", "error"}) {
      if (!long_enough || outcomes_[kind] * least_main_share >= compared_) continue;
      fmt::print("{} is met too rarely: {} of {} pairs\n", kind, outcomes_[kind], compared_);
      status = 1;
    }
    for (auto const kind : {"not_applicable", "pending", "sum", "parts", "shares", "value", "alert", "open alert"}) {
      if (!long_enough || outcomes_[kind] * least_share >= compared_) continue;
      fmt::print("{} is met too rarely: {} of {} pairs\n", kind, outcomes_[kind], compared_);
      status = 1;
    }
    return status;
  }

  Options options_;
  std::int64_t programs_ = 0, compared_ = 0;
  std::int64_t explained_ = 0, near_misses_ = 0;
  std::int64_t native_programs_ = 0, native_pairs_ = 0, shapes_ = 0, native_shapes_ = 0;
  std::int64_t written_ = 0, refused_ = 0;  // declarations
  test::Coverage coverage_;
  std::map<std::string, std::int64_t> outcomes_;
};

}  // namespace

int main(int argument_count, char** arguments) {
  Options options;
  for (int i = 1; i + 1 < argument_count; i += 2) {
    std::string_view name = arguments[i], value = arguments[i + 1];
    auto number = [&](auto& target) {
      return std::from_chars(value.data(), value.data() + value.size(), target).ec == std::errc{};
    };
    bool good = name == "--pairs"     ? number(options.pairs)
                : name == "--seed"    ? number(options.seed)
                : name == "--records" ? number(options.records) && options.records > 0
                : name == "--native"  ? number(options.native)
                : name == "--shrink"  ? number(options.shrink) && options.shrink >= 0
                                      : name == "--keep";
    if (name == "--keep") options.keep = value;
    if (!good) {
      fmt::print(stderr, "differential: bad option {} {}\n", name, value);
      return 2;
    }
  }
  // Random formulas are of no use to later runs.
  setenv("HUIYU_CACHE_DIR", "", 1);
  return Differential(std::move(options)).run();
}
