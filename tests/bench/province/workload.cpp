#include "tests/bench/province/workload.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

#include "compiler/driver/plan_cache.h"
#include "compiler/driver/records.h"
#include "runtime/base/civil.h"
#include "runtime/columns/concatenate.h"
#include "runtime/engine/layout.h"
#include "runtime/plan/plan_file.h"

namespace huiyu::bench {

std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

void Found::add(std::uint64_t policy, std::uint64_t record, std::int64_t amount_fen) {
  ++matches;
  digest += mix64((policy << 40) + record + 0x9E3779B97F4A7C15ULL);
  paid += static_cast<std::uint64_t>(amount_fen);
}

std::vector<std::uint64_t> numbers_of(plan::Plan const& plan) {
  std::vector<std::uint64_t> numbers;
  for (auto const& policy : plan.policies) {
    std::uint64_t number = numbers.size();
    if (auto const id = plan.text(policy.id); !id.empty())
      std::from_chars(id.data() + 1, id.data() + id.size(), number);
    numbers.push_back(number);
  }
  return numbers;
}

Result<void> keep_plan(std::string const& project, plan::Plan const& plan) {
  auto const bytes = plan::save(plan);
  if (!bytes) return bytes.error();
  std::ofstream(project + "/rules.plan", std::ios::binary)
      .write(reinterpret_cast<char const*>(bytes->data()), static_cast<std::streamsize>(bytes->size()));
  return {};
}

Result<plan::Plan> plan_of(std::string const& project, bool keep) {
  auto const kept = project + "/rules.plan";
  if (std::ifstream file(kept, std::ios::binary); keep && file) {
    std::string const bytes{std::istreambuf_iterator<char>(file), {}};
    return plan::load(std::as_bytes(std::span(bytes)));
  }
  driver::RuleOptions rules;
  rules.paths = {project + "/rules"};
  auto plan = driver::load_plan(rules, driver::Language::English);
  if (!plan || !keep) return plan;
  if (auto const written = keep_plan(project, *plan); !written) return written.error();
  return plan;
}

Result<columns::Batch> register_of(std::string const& project, columns::RecordLayout const& layout) {
  driver::RecordOptions options;
  options.data = project + "/register.parquet";
  auto source = driver::open_records(options, layout, driver::Language::English);
  if (!source) return source.error();
  std::vector<columns::Batch> batches;
  for (;;) {
    auto batch = (*source)->next();
    if (!batch) return batch.error();
    if (!batch->has_value()) break;
    batches.push_back(std::move(**batch));
  }
  return columns::concatenate(std::move(batches));
}

Result<std::unique_ptr<Workload>> load(std::string const& project, bool keep) {
  auto workload = std::make_unique<Workload>();
  auto plan = plan_of(project, keep);
  if (!plan) return plan.error();
  workload->plan = std::move(*plan);
  RunInputs inputs;
  inputs.as_of_day = days_from_civil({2024, 6, 30});
  auto bound = engine::bind(workload->plan, inputs);
  if (!bound) return bound.error();
  workload->bound = std::move(*bound);
  auto const subject = engine::only_subject(workload->plan);
  if (!subject) return subject.error();
  workload->subject = *subject;
  auto const layout = engine::layout_of(workload->plan, *subject);
  if (!layout) return layout.error();
  auto batch = register_of(project, *layout);
  if (!batch) return batch.error();
  workload->batch = std::move(*batch);
  return workload;
}

}  // namespace huiyu::bench
