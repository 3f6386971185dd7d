// The differential test: random rules and records, every engine, no difference allowed.
//
//   differential [--pairs N] [--seed S] [--keep FOLDER]
//
// Prints how often each outcome was met; one that is met too rarely fails the run, which would test little of it. A
// difference is written to FOLDER as rules.hui and records.json and ends the run with exit code 1.

#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include <fmt/format.h>

#include "compiler/diag/render.h"
#include "compiler/driver/engines.h"
#include "runtime/base/civil.h"
#include "runtime/records/json_records.h"
#include "tests/property/generator.h"

namespace {

using namespace huiyu;

// Each kind of answer is met once in so many pairs at least.
constexpr std::int64_t least_share = 100;

std::vector<std::string> const reference_days{"2024-06-30", "2024-06-30", "2024-02-29", "2023-12-31", "2025-03-31"};

struct Options {
  std::int64_t pairs = 20'000;
  std::uint64_t seed = 1;
  std::filesystem::path keep = "build/differences";
};

std::string print(driver::PolicyName const& policy, PairOutcome const& pair) {
  auto text = fmt::format("row {} {}: {} amount {}", pair.row, policy.id, outcome_name(pair.outcome),
                          pair.amount_fen ? std::to_string(*pair.amount_fen) : "-");
  for (auto const& part : pair.parts) text += fmt::format(" {}={}", part.name, part.amount_fen);
  for (auto const& share : pair.shares) text += fmt::format(" {}:{}", share.name, share.amount_fen);
  for (auto const& alert : pair.alerts) text += " !" + alert.name + (alert.colour.empty() ? "?" : alert.colour);
  if (!pair.value.empty()) text += " value " + pair.value;
  for (auto const& need : pair.needs) text += " ?" + need;
  return text;
}

using Answers = std::map<std::pair<std::string, std::int64_t>, std::string>;

struct Difference {
  std::string text;
};

class Differential {
 public:
  explicit Differential(Options options) : options_(std::move(options)) {}

  int run() {
    for (std::uint64_t program = 0; compared_ < options_.pairs; ++program) {
      test::RandomSource random(options_.seed * 1'000'003 + program);
      auto rules = test::random_rules(random);
      auto records = test::random_records(random, 40);
      if (auto difference = compare(rules, records, random.pick(reference_days))) {
        std::filesystem::create_directories(options_.keep);
        std::ofstream(options_.keep / "rules.hui") << rules;
        std::ofstream(options_.keep / "records.json") << records;
        fmt::print("seed {} program {}:\n{}\nkept in {}\n", options_.seed, program, *difference,
                   options_.keep.string());
        return 1;
      }
    }
    fmt::print("{} pairs, seed {}, no difference;", compared_, options_.seed);
    for (auto const& [outcome, count] : outcomes_)
      fmt::print(" {} {:.1f} %", outcome, 100.0 * static_cast<double>(count) / static_cast<double>(compared_));
    fmt::print("\n");
    for (auto const kind : {"eligible", "ineligible", "unknown", "not_applicable", "error", "pending", "sum", "parts",
                            "shares", "value", "alert", "open alert"}) {
      if (outcomes_[kind] * least_share >= compared_) continue;
      fmt::print("{} is met too rarely: {} of {} pairs\n", kind, outcomes_[kind], compared_);
      return 1;
    }
    return 0;
  }

 private:
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

  std::optional<std::string> compare(std::string const& rules, std::string const& records, std::string const& as_of) {
    driver::Project project;
    project.sources.add("random.hui", rules);
    driver::check_project(project);
    if (project.diagnostics.has_errors())
      return "the rules do not check:\n" +
             diag::render_text(project.diagnostics, project.sources, diag::Language::English);

    constexpr std::array engines{driver::EngineChoice::Oracle, driver::EngineChoice::Interpret,
                                 driver::EngineChoice::Native};
    constexpr std::array names{"oracle", "interpret", "native"};
    Answers expected;
    for (std::size_t engine = 0; engine < engines.size(); ++engine) {
      RunInputs inputs;
      inputs.as_of_day = *parse_date(as_of);
      auto runner = driver::Runner::make(project, inputs, engines[engine]);
      if (!runner) return fmt::format("{}: {}", names[engine], runner.error().message);
      auto read = records::read_json_records(records, (*runner)->layout());
      if (!read) return fmt::format("{}: {}", names[engine], read.error().message);
      auto result = (*runner)->run(read->batch, true);
      if (!result) return fmt::format("{}: {}", names[engine], result.error().message);
      Answers answers;
      for (auto const& pair : result->pairs) {
        auto const& policy = (*runner)->policies()[pair.policy];
        answers[{policy.id, pair.row}] = print(policy, pair);
        if (engine == 0) {
          count(pair);
        }
      }
      if (engine == 0)
        expected = std::move(answers);
      else if (auto difference = first_difference(expected, answers, names[engine]))
        return difference;
    }
    return std::nullopt;
  }

  static std::optional<std::string> first_difference(Answers const& expected, Answers const& found,
                                                     std::string_view engine) {
    if (expected.size() != found.size())
      return fmt::format("oracle answers {} pairs, {} answers {}", expected.size(), engine, found.size());
    for (auto const& [pair, text] : expected) {
      auto other = found.find(pair);
      if (other == found.end()) return fmt::format("{} does not answer: {}", engine, text);
      if (other->second != text) return fmt::format("oracle: {}\n{}: {}", text, engine, other->second);
    }
    return std::nullopt;
  }

  Options options_;
  std::int64_t compared_ = 0;
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
    bool good = name == "--pairs" ? number(options.pairs) : name == "--seed" ? number(options.seed) : name == "--keep";
    if (name == "--keep") options.keep = value;
    if (!good) {
      fmt::print(stderr, "differential: bad option {} {}\n", name, value);
      return 2;
    }
  }
  return Differential(std::move(options)).run();
}
