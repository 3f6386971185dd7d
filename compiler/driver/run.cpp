#include "compiler/driver/run.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/driver/match_ahead.h"
#include "compiler/driver/plan_cache.h"
#include "compiler/driver/population_source.h"
#include "compiler/driver/progress.h"
#include "compiler/driver/shard.h"
#include "compiler/driver/subjects.h"

namespace huiyu::driver {

namespace {

// The rules themselves are read only where their Plan does not do.
Result<std::unique_ptr<Runner>> make_runner(Session& session, RuleOptions const& rules, RunOptions const& run,
                                            std::string const& subject, Language language) {
  if (run.engine != EngineChoice::Oracle && run.inputs_file.empty()) {
    auto inputs = run.inputs(language);
    if (!inputs) return inputs.error();
    auto plan = session.phases.time(Phase::Rules, [&] { return load_plan(rules, language); });
    if (!plan) return plan.error();
    return session.phases.time(Phase::Engine,
                               [&] { return Runner::make(std::move(*plan), *inputs, run.engine, run.jobs, subject); });
  }
  auto project = session.phases.time(Phase::Rules, [&] { return load_project(rules.paths, language, rules.modules); });
  if (!project) return project.error();
  session.project = std::move(*project);
  auto inputs = run.inputs(session.project.program, session.outside, language);
  if (!inputs) return inputs.error();
  return session.phases.time(Phase::Engine,
                             [&] { return Runner::make(session.project, *inputs, run.engine, run.jobs, subject); });
}

// What is made ready for each batch grows with the policies. Where they are few, small batches begin sooner, leave less
// to do once all is read, and stay in the caches.
constexpr std::size_t few_policies = 1000;
constexpr int small_batch = 4096;

Result<std::unique_ptr<Session>> start_one(RuleOptions const& rules, RunOptions const& run,
                                           RecordOptions const& records, Language language) {
  auto session = std::make_unique<Session>();
  session->records = records;
  auto asked = records;
  asked.module = load_ahead(records);
  auto runner = make_runner(*session, rules, run, records.subject, language);
  if (!runner) return runner.error();
  session->runner = std::move(*runner);
  if (session->runner->policies().size() <= few_policies) asked.batch_rows = small_batch;
  auto source =
      session->phases.time(Phase::Open, [&] { return open_records(asked, session->runner->data_layout(), language); });
  if (!source) return source.error();
  if (records.shard) {
    if (session->runner->sees_all() || session->runner->settling(false) != nullptr ||
        session->runner->settles_several())
      return Error{ErrorKind::Usage,
                   words(language, "组合、预算、分位和统计要看到全部记录，不能分份做（--shard）",
                         "groups, budgets, cohorts and statistics need all records at once, so not --shard")};
    source = of_shard(std::move(*source), *records.shard);
  }
  source = session->phases.time(Phase::Open, [&] {
    return with_references(std::move(*source), session->runner->data_layout(), records, *session->runner, language);
  });
  if (!source) return source.error();
  session->source = std::move(*source);
  if (session->runner->sees_all())
    session->source = with_population(std::move(session->source), [runner = session->runner.get()](auto batches) {
      return runner->see(std::move(batches));
    });
  return session;
}

}  // namespace

Result<std::unique_ptr<Session>> start(RuleOptions const& rules, RunOptions const& run, RecordOptions const& options,
                                       Language language) {
  auto const records = single_source(options, language);
  if (!records) return records.error();
  return start_one(rules, run, *records, language);
}

Result<std::vector<std::unique_ptr<Session>>> start_each(RuleOptions const& rules, RunOptions const& run,
                                                         RecordOptions const& options, Language language) {
  auto const sources = each_source(options, language);
  if (!sources) return sources.error();
  std::vector<std::unique_ptr<Session>> sessions;
  for (auto const& records : *sources) {
    auto session = start_one(rules, run, records, language);
    if (!session) return session.error();
    // Records that no policy is about may still be pointed at.
    if (std::ranges::find((*session)->runner->asked(), true) == (*session)->runner->asked().end()) continue;
    sessions.push_back(std::move(*session));
  }
  if (sessions.empty())
    return Error{ErrorKind::Usage, words(language, "没有政策说的是这些记录", "no policy is about these records")};
  return sessions;
}

namespace {

// Columns that the rules do not read, and facts that no column gives: either may be a misspelt name.
void name_fields(RecordSource const& source, Language language) {
  for (auto const& field : source.unknown_fields())
    fmt::print(stderr, "{}\n",
               language == Language::Chinese
                   ? fmt::format("提醒：规则里没有字段 `{}`，未使用", field)
                   : fmt::format("note: the rules have no field `{}`; it is not used", field));
  for (auto const& field : source.absent_fields())
    fmt::print(stderr, "{}\n",
               language == Language::Chinese
                   ? fmt::format("提醒：数据里没有 `{}` 这一列，每条记录都按缺失处理", field)
                   : fmt::format("note: the data have no column `{}`; every record lacks it", field));
}

}  // namespace

namespace {

// Matches every batch, which are then settled with those of other sessions, or among themselves.
Result<void> match_all(Session& session, bool all, Settling* settling, std::vector<PolicyCount>& counts,
                       ListedRows const& rows, Language language) {
  ReportPrinter printer(language);
  Progress progress(language);
  bool named_fields = false;
  auto const& layout = session.runner->layout();
  MatchAhead matched(*session.source, *session.runner, all);
  for (;;) {
    auto next = session.phases.time(Phase::Wait, [&] { return matched.next(); });
    if (!next) return next.error();
    if (!next->has_value()) break;
    auto& [read, result] = **next;
    session.source->settle(read);
    printer.print(session.source->take_reports());
    if (!std::exchange(named_fields, true)) name_fields(*session.source, language);
    if (session.records.strict && printer.count() > 0) {
      printer.finish();
      return Error{ErrorKind::Data,
                   words(language, "数据有读不懂的单元格（--strict）", "the data has unreadable cells (--strict)")};
    }
    if (settling != nullptr)
      session.phases.time(Phase::Match, [&] { settling->add(*session.runner, read.batch, result); });
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i].add(result.counts[i]);
    RowKeys const keys{read.batch.row_count, [&](std::int64_t row) { return key_of(read.batch, layout, row); }};
    auto done = session.phases.time(Phase::Rows, [&] { return rows(keys, result.listed); });
    if (!done) return done;
    session.near_counts.resize(result.near_counts.size());
    for (std::size_t i = 0; i < result.near_counts.size(); ++i) session.near_counts[i] += result.near_counts[i];
    if (session.near_rows && !result.near.rows.empty())
      if (auto put = session.phases.time(Phase::Rows, [&] { return session.near_rows(keys, result.near); }); !put)
        return put;
    progress.advance(read.batch.row_count);
  }
  matched.stop(session.phases);
  progress.finish();
  printer.finish();
  return {};
}

// What is settled once all were matched.
Result<void> settle_all(Session& session, Settling& settling, std::vector<PolicyCount>& counts,
                        ListedRows const& rows) {
  auto const last = session.phases.time(Phase::Match, [&] { return settling.finish(); });
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i].add(last.change[i]);
  session.pools = last.pools;
  RowKeys const keys{static_cast<std::int64_t>(last.keys.size()),
                     [&](std::int64_t row) { return last.keys[static_cast<std::size_t>(row)]; }};
  for (;;) {
    auto const listed = session.phases.time(Phase::Match, [&] { return settling.next(); });
    if (listed.rows.empty()) return {};
    auto done = session.phases.time(Phase::Rows, [&] { return rows(keys, listed); });
    if (!done) return done;
  }
}

}  // namespace

Result<void> run_all(Session& session, bool all, std::vector<PolicyCount>& counts, ListedRows const& rows,
                     Language language) {
  counts.assign(session.runner->policies().size(), {});
  auto const settling = session.runner->settling(all);
  auto done = match_all(session, all, settling.get(), counts, rows, language);
  return done && settling ? settle_all(session, *settling, counts, rows) : done;
}

Result<void> run_each(std::span<std::unique_ptr<Session> const> sessions, bool all, std::vector<PolicyCount>& counts,
                      ListedRows const& rows, Language language) {
  counts.assign(sessions.front()->runner->policies().size(), {});
  std::vector<Runner const*> runners;
  for (auto const& session : sessions) runners.push_back(session->runner.get());
  bool const several = runners.size() > 1 && std::ranges::any_of(runners, &Runner::settles_several);
  auto const settling = several ? runners.front()->settling(all, runners) : nullptr;
  for (auto const& session : sessions) {
    if (settling) {
      auto done = match_all(*session, all, settling.get(), counts, rows, language);
      if (!done) return done;
      continue;
    }
    std::vector<PolicyCount> own;
    auto done = run_all(*session, all, own, rows, language);
    if (!done) return done;
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i].add(own[i]);
  }
  return settling ? settle_all(*sessions.back(), *settling, counts, rows) : Result<void>{};
}

}  // namespace huiyu::driver
