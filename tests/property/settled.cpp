#include "tests/property/settled.h"

#include <algorithm>
#include <list>

#include <fmt/format.h>

#include "compiler/driver/records.h"
#include "runtime/base/check.h"
#include "runtime/columns/instalments.h"
#include "runtime/records/json_records.h"

namespace huiyu::test {
namespace {

std::string_view by_name(SettledBy by) {
  switch (by) {
    case SettledBy::Selection: return "selection";
    case SettledBy::HighestOnly: return "highest only";
    case SettledBy::OneOnly: return "one only";
    case SettledBy::TopUp: return "less what was paid before";
    case SettledBy::Cap: return "joint cap";
    case SettledBy::Budget: return "budget";
  }
  HUIYU_CHECK(false, "not what settles");
}
std::string_view how_name(SettledHow how) {
  switch (how) {
    case SettledHow::Cut: return "cut";
    case SettledHow::Lost: return "lost";
    case SettledHow::Pending: return "pending";
    case SettledHow::Allotted: return "allotted";
    case SettledHow::Faulty: return "faulty";
    case SettledHow::Drawn: return "drawn";
  }
  HUIYU_CHECK(false, "not how it was settled");
}

std::string text_of(PairOutcome const& pair) {
  std::string text = outcome_name(pair.outcome);
  if (pair.amount_fen) text += fmt::format(" {}", *pair.amount_fen);
  for (auto const& part : pair.parts) text += fmt::format(" {}={}", part.name, part.amount_fen);
  for (auto const& share : pair.shares) text += fmt::format(" {}:{}", share.name, share.amount_fen);
  for (auto const& alert : pair.alerts) text += " !" + alert.name + (alert.colour.empty() ? "?" : alert.colour);
  text += " " + pair.value;
  for (auto const& need : pair.needs) text += " ?" + need;
  for (auto const& step : pair.settled)
    text += fmt::format(" [{} {} {} {}]", step.group, settle_reason(step), step.before_fen.value_or(-1),
                        step.after_fen.value_or(-1));
  return text;
}

// Records as JSON by the 结构 whose key they begin with; by none where they begin otherwise.
using Kinds = std::map<std::string, std::vector<std::string>>;

Kinds kinds_of(tir::Program const& program, std::vector<std::string> const& records) {
  Kinds kinds;
  for (auto const& record : records) {
    std::string kind;
    for (auto const& schema : program.schemas)
      if (schema.key.has_value() && record.starts_with("{\"" + program.fields[schema.key].name + "\":"))
        kind = schema.name;
    kinds[kind].push_back(record);
  }
  return kinds;
}

// The records of one 结构, and what runs policies about them.
struct Part {
  std::unique_ptr<driver::Runner> runner;
  std::list<columns::Batch> batches;
};

class Run {
 public:
  Run(std::vector<Part> parts, Kinds const& kinds, std::size_t batch_rows)
      : parts_(std::move(parts)),
        kinds_(kinds),
        batch_rows_(batch_rows),
        counts_(parts_.front().runner->policies().size()) {}

  Result<Said> run() {
    std::vector<driver::Runner const*> runners;
    for (auto const& part : parts_) runners.push_back(part.runner.get());
    bool const several = parts_.size() > 1 && std::ranges::any_of(runners, &driver::Runner::settles_several);
    if (several) settling_ = runners.front()->settling(true, runners);
    for (auto& part : parts_) {
      if (auto read = this->read(part); !read) return read.error();
      if (!several) settling_ = part.runner->settling(true);
      if (auto matched = match(part); !matched) return matched.error();
      if (!several) finish();
    }
    if (several) finish();
    auto const& policies = parts_.front().runner->policies();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      auto const& one = counts_[i];
      said_.counts[policies[i].id] = fmt::format("{} {} {} {} {} {}", one.eligible, one.ineligible, one.unknown,
                                                 one.error, one.pending, static_cast<std::int64_t>(one.sum_fen));
    }
    return std::move(said_);
  }

 private:
  std::vector<std::string> const& records_of(columns::RecordLayout const& layout) const {
    static std::vector<std::string> const nobody;
    if (auto const found = kinds_.find(layout.schema); found != kinds_.end()) return found->second;
    auto const unsaid = kinds_.find("");
    return unsaid == kinds_.end() ? nobody : unsaid->second;
  }

  Result<void> read(Part& part) {
    auto const& layout = part.runner->data_layout();
    auto const& records = records_of(layout);
    for (std::size_t begin = 0; begin < records.size(); begin += batch_rows_) {
      std::string json = "[";
      for (auto i = begin; i < std::min(records.size(), begin + batch_rows_); ++i)
        json += (json.size() > 1 ? ",\n" : "") + records[i];
      auto read = records::read_json_records(json + "]", layout);
      if (!read) return read.error();
      part.batches.push_back(std::move(read->batch));
    }
    return point(part);
  }

  // What records, and rows of their lists, read of others.
  Result<void> point(Part& part) {
    auto const at = part.runner->pointed_at();
    for (auto const& layout : at) {
      std::string json = "[";
      for (auto const& record : records_of(layout)) json += (json.size() > 1 ? ",\n" : "") + record;
      auto others = records::read_json_records(json + "]", layout);
      if (!others) return others.error();
      std::vector<columns::Batch> all;
      all.push_back(std::move(others->batch));
      part.runner->load(layout, std::move(all));
    }
    if (!at.empty())
      for (auto& batch : part.batches) part.runner->join(batch);
    return {};
  }

  Result<void> match(Part& part) {
    auto const& runner = *part.runner;
    makes_records_ = runner.layout().schema != runner.data_layout().schema;
    if (runner.sees_all()) {
      std::vector<columns::Batch> all;
      for (auto& batch : part.batches) all.push_back(std::move(batch));
      part.batches.clear();
      for (auto& batch : runner.see(std::move(all))) part.batches.push_back(std::move(batch));
    }
    for (auto& batch : part.batches) {
      auto result = runner.run(batch, true);
      if (!result) return result.error();
      if (settling_) settling_->add(runner, batch, *result);
      for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i].add(result->counts[i]);
      auto const keys = driver::keys_of(batch, runner.layout());
      for (auto const& pair : result->listed.pairs()) put(keys[static_cast<std::size_t>(pair.row)], pair);
      // Records that a 统计 makes stand in one order, whatever they were made of.
      if (makes_records_)
        for (auto const& key : keys) said_.counts["records"] += key + "\n";
    }
    return {};
  }

  void finish() {
    if (!settling_) return;
    auto const last = settling_->finish();
    for (auto listed = settling_->next(); !listed.rows.empty(); listed = settling_->next())
      for (auto const& pair : listed.pairs()) put(last.keys[static_cast<std::size_t>(pair.row)], pair);
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i].add(last.change[i]);
    for (auto const& pool : last.pools) {
      // Of a 遴选 the numbers need not add up: all who stand at its end are taken.
      bool const adds_up = pool.by != SettledBy::Budget || pool.paid + pool.reserved + pool.rest == pool.pool;
      said_.pools[pool.name] = fmt::format("{} {} {} {} {}{}", pool.pool, pool.claimed, pool.paid, pool.reserved,
                                           pool.rest, adds_up ? "" : ", which does not add up");
      ++said_.met[adds_up ? "pools" : "pools that do not add up"];
    }
  }

  void put(std::string const& key, PairOutcome const& pair) {
    auto const& policy = parts_.front().runner->policies()[pair.policy];
    auto& text = said_.pairs[key + " " + policy.id];
    text += (text.empty() ? "" : ", and again: ") + text_of(pair);
    auto const meet = [&](std::string const& what) { ++said_.met[(makes_records_ ? "made " : "") + what]; };
    meet(outcome_name(pair.outcome));
    for (auto const& step : pair.settled) {
      auto const what = fmt::format("{} {}", by_name(step.by), how_name(step.how));
      meet(what);
      if (step.group.starts_with("跨")) meet("several " + what);
    }
    if (policy.id.ends_with("-追回") && pair.outcome == Outcome::Eligible) meet("asked back");
    if (pair.amount_fen && !policy.instalments.empty()) {
      meet("instalments");
      for (auto const& part : instalments_of(policy.instalments, *pair.amount_fen))
        text += fmt::format(" /{}={}", part.name, part.amount_fen);
    }
    // Which row of a ladder was paid before is what 每档 asks alone.
    if (std::ranges::find(pair.needs, "历史.档") != pair.needs.end()) meet("row not told");
  }

  std::vector<Part> parts_;
  Kinds const& kinds_;
  std::size_t batch_rows_;
  bool makes_records_ = false;
  std::unique_ptr<driver::Settling> settling_;
  std::vector<driver::PolicyCount> counts_;
  Said said_;
};

void compare(std::string_view what, std::map<std::string, std::string> const& expected,
             std::map<std::string, std::string> const& found, std::vector<std::string>& lines) {
  auto const other = [](std::map<std::string, std::string> const& all, std::string const& name) {
    auto const at = all.find(name);
    return at == all.end() ? std::string("nothing") : at->second;
  };
  for (auto const& [name, text] : expected)
    if (auto const one = other(found, name); one != text)
      lines.push_back(fmt::format("{} {}: {} instead of {}", what, name, one, text));
  for (auto const& [name, text] : found)
    if (!expected.contains(name)) lines.push_back(fmt::format("{} {}: {} instead of nothing", what, name, text));
}

}  // namespace

Result<Said> run_population(driver::Project const& project, RunInputs const& inputs, driver::EngineChoice engine,
                            std::vector<std::string> const& records, std::size_t batch_rows) {
  auto const& program = project.program;
  auto const kinds = kinds_of(program, records);
  std::vector<SchemaId> subjects;
  for (auto const& policy : program.policies)
    if (std::ranges::find(subjects, policy.subject) == subjects.end()) subjects.push_back(policy.subject);
  std::vector<Part> parts;
  for (auto const subject : subjects) {
    auto runner = driver::Runner::make(project, inputs, engine, 0, program.schemas[subject].name);
    if (!runner) return runner.error();
    // Of several kinds those of which there is no record are not given.
    if (subjects.size() > 1 && !kinds.contains((*runner)->data_layout().schema)) continue;
    parts.push_back({std::move(*runner), {}});
  }
  if (parts.empty()) return Said{};
  return Run(std::move(parts), kinds, batch_rows).run();
}

std::optional<std::string> difference(Said const& expected, Said const& found) {
  std::vector<std::string> lines;
  compare("pair", expected.pairs, found.pairs, lines);
  compare("count", expected.counts, found.counts, lines);
  compare("pool", expected.pools, found.pools, lines);
  if (lines.empty()) return std::nullopt;
  constexpr std::size_t shown = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, lines.size()); ++i) text += "  " + lines[i] + "\n";
  if (lines.size() > shown) text += fmt::format("  and {} more\n", lines.size() - shown);
  return text;
}

}  // namespace huiyu::test
