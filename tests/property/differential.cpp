// The differential test: random rules and records, every engine, no difference allowed.
//
//   differential [--pairs N] [--seed S] [--records N] [--native PERCENT] [--keep FOLDER]
//
// --records: how many a program runs over, on average. --native: of so many programs native code is made, which costs
// more than all the rest; the others are answered by the oracle and the interpreter alone.
// Prints how often each outcome was met; one that is met too rarely fails the run, which would test little of it. A
// difference is written to FOLDER as rules.hui and records.json and ends the run with exit code 1.

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "compiler/diag/render.h"
#include "tests/property/engines.h"
#include "tests/property/generator.h"

namespace {

using namespace huiyu;

// Each kind of answer is met once in so many pairs at least.
constexpr std::int64_t least_share = 100;

// Rows that the engine takes at once. A program with more records than these crosses a block's end, or a thread's
// share of 16 blocks.
std::vector<std::int64_t> const block_sizes{1024, 1024, 1024, 1000, 128, 65, 64, 63, 7, 1};

std::vector<std::string> const reference_days{"2024-06-30", "2024-06-30", "2024-02-29", "2023-12-31", "2025-03-31"};

struct Options {
  std::int64_t pairs = 20'000;
  std::uint64_t seed = 1;
  std::int64_t records = 100;
  int native = 100;
  std::filesystem::path keep = "build/differences";
};

class Differential {
 public:
  explicit Differential(Options options) : options_(std::move(options)) {}

  int run() {
    for (programs_ = 0; compared_ < options_.pairs; ++programs_) {
      test::RandomSource random(options_.seed * 1'000'003 + static_cast<std::uint64_t>(programs_));
      test::Case tried;
      tried.rules = test::random_rules(random);
      tried.records = test::random_records(random, record_count(random));
      tried.as_of = random.pick(reference_days);
      if (auto difference = compare(tried, random)) return report(tried, *difference);
    }
    return print_shares();
  }

 private:
  // Mostly few, for many programs tell more than many records; now and then more than one block of the usual size.
  std::int64_t record_count(test::RandomSource& random) const {
    if (random.chance(3)) return random.between(1020, 2100);
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

  std::optional<std::string> compare(test::Case const& tried, test::RandomSource& random) {
    auto const project = test::checked(tried.rules);
    if (project->diagnostics.has_errors())
      return "the rules do not check:\n" +
             diag::render_text(project->diagnostics, project->sources, diag::Language::English);
    auto const how = way(random, tried.records.size());
    auto const answers = test::answer(*project, tried, how);
    for (auto const& pair : answers.pairs) count(pair);
    if (how.native) {
      ++native_programs_;
      native_pairs_ += static_cast<std::int64_t>(answers.pairs.size());
      shapes_ += answers.shapes;
      native_shapes_ += answers.native_shapes;
    }
    if (answers.difference) return answers.difference->text;
    return std::nullopt;
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

  int report(test::Case const& tried, std::string const& difference) const {
    std::filesystem::create_directories(options_.keep);
    std::ofstream(options_.keep / "rules.hui") << tried.rules;
    std::ofstream(options_.keep / "records.json") << tried.json();
    fmt::print("seed {} program {} as of {}:\n{}\nkept in {}\n", options_.seed, programs_, tried.as_of, difference,
               options_.keep.string());
    return 1;
  }

  int print_shares() {
    fmt::print("{} pairs of {} programs, seed {}: oracle and interpreter agree on all of them.\n", compared_, programs_,
               options_.seed);
    fmt::print("Native code agrees on {} pairs of {} programs; it is made for {} of their {} formulas.\n",
               native_pairs_, native_programs_, native_shapes_, shapes_);
    for (auto const& [outcome, count] : outcomes_)
      fmt::print("{} {:.1f} %; ", outcome, 100.0 * static_cast<double>(count) / static_cast<double>(compared_));
    fmt::print("\n");
    for (auto const kind : {"eligible", "ineligible", "unknown", "not_applicable", "error", "pending", "sum", "parts",
                            "shares", "value", "alert", "open alert"}) {
      if (outcomes_[kind] * least_share >= compared_) continue;
      fmt::print("{} is met too rarely: {} of {} pairs\n", kind, outcomes_[kind], compared_);
      return 1;
    }
    return 0;
  }

  Options options_;
  std::int64_t programs_ = 0, compared_ = 0;
  std::int64_t native_programs_ = 0, native_pairs_ = 0, shapes_ = 0, native_shapes_ = 0;
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
