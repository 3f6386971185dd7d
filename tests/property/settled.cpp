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

class Run {
 public:
  Run(driver::Runner& runner, std::vector<std::string> const& records, std::size_t batch_rows)
      : runner_(runner), records_(records), batch_rows_(batch_rows), counts_(runner.policies().size()) {}

  Result<Said> run() {
    if (auto read = this->read(); !read) return read.error();
    if (auto matched = match(); !matched) return matched.error();
    finish();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      auto const& one = counts_[i];
      said_.counts[runner_.policies()[i].id] =
          fmt::format("{} {} {} {} {} {}", one.eligible, one.ineligible, one.unknown, one.error, one.pending,
                      static_cast<std::int64_t>(one.sum_fen));
    }
    return std::move(said_);
  }

 private:
  Result<void> read() {
    for (std::size_t begin = 0; begin < records_.size(); begin += batch_rows_) {
      std::string json = "[";
      for (auto i = begin; i < std::min(records_.size(), begin + batch_rows_); ++i)
        json += (json.size() > 1 ? ",\n" : "") + records_[i];
      auto read = records::read_json_records(json + "]", runner_.data_layout());
      if (!read) return read.error();
      batches_.push_back(std::move(read->batch));
    }
    return point();
  }

  // What records read of others of their kind.
  Result<void> point() {
    auto const& layout = runner_.data_layout();
    auto const at = runner_.pointed_at();
    if (std::ranges::find(at, layout.schema, &columns::RecordLayout::schema) == at.end()) return {};
    std::string json = "[";
    for (auto const& record : records_) json += (json.size() > 1 ? ",\n" : "") + record;
    auto others = records::read_json_records(json + "]", layout);
    if (!others) return others.error();
    std::vector<columns::Batch> all;
    all.push_back(std::move(others->batch));
    runner_.load(layout, std::move(all));
    for (auto& batch : batches_) runner_.join(batch);
    return {};
  }

  Result<void> match() {
    makes_records_ = runner_.layout().schema != runner_.data_layout().schema;
    if (runner_.sees_all()) {
      std::vector<columns::Batch> all;
      for (auto& batch : batches_) all.push_back(std::move(batch));
      batches_.clear();
      for (auto& batch : runner_.see(std::move(all))) batches_.push_back(std::move(batch));
    }
    settling_ = runner_.settling(true);
    for (auto& batch : batches_) {
      auto result = runner_.run(batch, true);
      if (!result) return result.error();
      if (settling_) settling_->add(runner_, batch, *result);
      for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i].add(result->counts[i]);
      auto const keys = driver::keys_of(batch, runner_.layout());
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
    auto const& policy = runner_.policies()[pair.policy];
    auto& text = said_.pairs[key + " " + policy.id];
    text += (text.empty() ? "" : ", and again: ") + text_of(pair);
    auto const meet = [&](std::string const& what) { ++said_.met[(makes_records_ ? "made " : "") + what]; };
    meet(outcome_name(pair.outcome));
    for (auto const& step : pair.settled) meet(fmt::format("{} {}", by_name(step.by), how_name(step.how)));
    if (policy.id.ends_with("-追回") && pair.outcome == Outcome::Eligible) meet("asked back");
    if (pair.amount_fen && !policy.instalments.empty()) {
      meet("instalments");
      for (auto const& part : instalments_of(policy.instalments, *pair.amount_fen))
        text += fmt::format(" /{}={}", part.name, part.amount_fen);
    }
    // Which row of a ladder was paid before is what 每档 asks alone.
    if (std::ranges::find(pair.needs, "历史.档") != pair.needs.end()) meet("row not told");
  }

  driver::Runner& runner_;
  std::vector<std::string> const& records_;
  std::size_t batch_rows_;
  std::list<columns::Batch> batches_;
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
  auto runner = driver::Runner::make(project, inputs, engine);
  if (!runner) return runner.error();
  return Run(**runner, records, batch_rows).run();
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
