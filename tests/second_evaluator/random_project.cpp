// Random projects with the oracle's answers, for the second evaluator:
//
//   random_project [--seed S] [--programs N] [--records K]
//
// Prints one JSON object a line: rules, records and as_of as texts, tir as `huiyu dump --stage tir --format json`
// prints it, given the definitions that the records state, application_year where one was asked for, rows as
// `huiyu match --engine oracle --all --format json` does.

#include <charconv>
#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/engines.h"
#include "compiler/driver/tir_json.h"
#include "runtime/base/civil.h"
#include "runtime/records/json_records.h"
#include "tests/property/generator.h"

namespace {

using namespace huiyu;
using Json = nlohmann::ordered_json;

std::vector<std::string> const reference_days{"2024-06-30", "2024-02-29", "2023-12-31", "2025-03-31", "2024-03-31"};

struct Options {
  std::int64_t programs = 100;
  std::int64_t records = 20;
  std::uint64_t seed = 1;
};

std::string rows_of(driver::Runner& runner, columns::Batch const& batch, driver::BatchResult const& result) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* out = open_memstream(&text, &size);
  driver::RowWriter writer(out, driver::Format::Json, diag::Language::Chinese);
  auto const& keys = batch.columns[static_cast<std::size_t>(runner.layout().key)];
  for (auto const& pair : result.listed.pairs())
    writer.write(keys.text(pair.row), runner.policies()[pair.policy], pair);
  std::fclose(out);
  std::string rows(text, size);
  std::free(text);
  return rows;
}

// Prints one project; an error is one of ours.
bool write(std::int64_t number, Options const& options) {
  test::RandomSource random(options.seed * 1'000'003 + static_cast<std::uint64_t>(number));
  auto program = test::random_program(random);
  std::int64_t refused = 0;
  auto const accepted = test::accepted(program, refused);
  if (accepted == nullptr) return true;  // the checker refused all its policies
  auto const& project = *accepted;
  test::Case tried;
  tried.rules = program.rules();
  tried.given = test::random_given(program, random);
  tried.records = test::random_records(program.world, tried.given, random, options.records);
  if (random.chance(20)) tried.application_year = static_cast<std::int32_t>(random.between(2022, 2024));
  auto const records = tried.json();
  auto const as_of = random.pick(reference_days);

  RunInputs inputs;
  inputs.as_of_day = *parse_date(as_of);
  inputs.application_year = tried.application_year;
  inputs.given_definitions = tried.given;
  auto runner = driver::Runner::make(project, inputs, driver::EngineChoice::Oracle);
  if (!runner) return fmt::print(stderr, "{}\n", runner.error().message), false;
  auto read = records::read_json_records(records, (*runner)->layout());
  if (!read) return fmt::print(stderr, "{}\n", read.error().message), false;
  if (!(*runner)->pointed_at().empty()) {
    auto others = records::read_json_records(records, (*runner)->layout());
    if (!others) return fmt::print(stderr, "{}\n", others.error().message), false;
    std::vector<columns::Batch> all;
    all.push_back(std::move(others->batch));
    (*runner)->load((*runner)->layout(), std::move(all));
    (*runner)->join(read->batch);
  }
  auto result = (*runner)->run(read->batch, true);
  if (!result) return fmt::print(stderr, "{}\n", result.error().message), false;
  Json line{{"number", number},
            {"as_of", as_of},
            {"given", tried.given},
            {"rules", tried.rules},
            {"records", records},
            {"tir", driver::tir_json(project.program)},
            {"rows", rows_of(**runner, read->batch, *result)}};
  if (tried.application_year) line["application_year"] = *tried.application_year;
  fmt::print("{}\n", line.dump());
  return true;
}

}  // namespace

int main(int argument_count, char** arguments) {
  Options options;
  for (int i = 1; i + 1 < argument_count; i += 2) {
    std::string_view const name = arguments[i], value = arguments[i + 1];
    auto const number = [&](auto& target) {
      return std::from_chars(value.data(), value.data() + value.size(), target).ec == std::errc{};
    };
    bool const good = name == "--programs"  ? number(options.programs)
                      : name == "--records" ? number(options.records)
                                            : name == "--seed" && number(options.seed);
    if (!good) {
      fmt::print(stderr, "random_project: bad option {} {}\n", name, value);
      return 2;
    }
  }
  for (std::int64_t number = 0; number < options.programs; ++number)
    if (!write(number, options)) return 1;
  return 0;
}
