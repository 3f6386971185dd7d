// How fast records become facts: reads a table as the rules want it, without matching anything; and how much of that
// time the data module takes, which is asked for the same rows without anybody reading them.
//
//   bench_records RULES DATA [MAPPING]

#include <chrono>
#include <ctime>

#include <fmt/format.h>

#include "compiler/driver/engines.h"
#include "compiler/driver/records.h"
#include "runtime/records/data_module.h"

namespace {

using namespace huiyu;

constexpr int rounds = 3;

double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
double processor() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Result<void> read_once(columns::RecordLayout const& layout, std::string const& data, std::string const& mapping) {
  auto const began = wall();
  auto const began_processor = processor();
  driver::RecordOptions options;
  options.data = data;
  options.mapping = mapping;
  auto source = driver::open_records(options, layout, driver::Language::English);
  if (!source) return source.error();
  std::int64_t rows = 0, batches = 0, reports = 0;
  for (;;) {
    auto batch = (*source)->next();
    if (!batch) return batch.error();
    if (!batch->has_value()) break;
    rows += (*batch)->row_count;
    ++batches;
    reports += static_cast<std::int64_t>((*source)->take_reports().size());
  }
  auto const took = wall() - began;
  fmt::print("{} rows in {} batches, {} cells reported: {:.3f} s, {:.3f} s of processor, {:.0f} rows/s\n", rows,
             batches, reports, took, processor() - began_processor, static_cast<double>(rows) / took);
  return {};
}

Result<void> drain(std::string const& data) {
  auto const began = wall();
  auto const began_processor = processor();
  auto const module = records::DataModule::load();
  if (!module) return module.error();
  auto stream = module->read({records::SourceText::Kind::File, data});
  if (!stream) return stream.error();
  for (bool more = true; more;) {
    auto batch = stream->next();
    if (!batch) return batch.error();
    more = batch->has_value();
  }
  fmt::print("the data module alone: {:.3f} s, {:.3f} s of processor\n", wall() - began, processor() - began_processor);
  return {};
}

Result<void> run(std::string const& rules, std::string const& data, std::string const& mapping) {
  auto const project = driver::load_project({rules}, driver::Language::English, {});
  if (!project) return project.error();
  RunInputs inputs;
  auto const runner = driver::Runner::make(*project, inputs, driver::EngineChoice::Interpret);
  if (!runner) return runner.error();
  if (auto done = drain(data); !done) return done;
  for (int round = 0; round < rounds; ++round)
    if (auto done = read_once((*runner)->layout(), data, mapping); !done) return done;
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    fmt::print(stderr, "usage: bench_records RULES DATA [MAPPING]\n");
    return 2;
  }
  auto const done = run(arguments[1], arguments[2], count > 3 ? arguments[3] : "");
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}
