#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/counted.h"
#include "compiler/driver/report.h"
#include "compiler/driver/result_file.h"
#include "compiler/driver/run.h"
#include "compiler/driver/shard.h"
#include "compiler/driver/shard_manifest.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  RunOptions run;
  RecordOptions records;
  OutputOptions output;
  std::string file, near_file, shard;
  std::vector<std::string> unknown;
  bool profile = false, eligible = false, near = false, unknown_rows = false;
};

// What came of a run, of all kinds of records; policies are those that were asked.
struct Answer {
  std::vector<PolicyName> policies;
  std::vector<PolicyCount> counts;  // by those policies; `not_counted` where --unknown does not name one
  Counted scope = Counted::All;
  std::vector<PoolReport> pools;
  std::string near;  // lines; empty: nobody asked
  std::vector<std::string> outside;
  std::int64_t rows = 0;  // in the file
};

// By policy, whether --unknown names it, by id or name, or names all.
Result<std::vector<bool>> unknown_of(Runner const& runner, std::vector<std::string> const& names, Language language) {
  auto const& policies = runner.policies();
  std::vector<bool> of(policies.size());
  for (auto const& name : names) {
    bool const all = name == "all" || name == "全部";
    bool found = all;
    for (std::size_t i = 0; i < policies.size(); ++i) {
      if (!all && name != policies[i].id && name != policies[i].name) continue;
      of[i] = found = true;
    }
    if (!found) return Error{ErrorKind::Usage, words(language, "没有这项政策：", "no such policy: ") + name};
  }
  return of;
}

void print_summary(std::FILE* out, Answer const& all, Language language) {
  std::fputs(summary_table(all.policies, all.counts, all.scope, language).c_str(), out);
  if (all.scope == Counted::EligibleAlone)
    fmt::print(out, "{}\n",
               words(language, "只数了符合的（--eligible）：待核、错误、不符合、不适用都没有数",
                     "only the eligible were counted (--eligible): unknown, error, ineligible and n/a were not"));
  if (all.scope == Counted::EligibleAndUndecided)
    fmt::print(out, "{}\n",
               words(language, "不符合、不适用没有数（--eligible）；待核、错误只数了 --unknown 指名的政策",
                     "ineligible and n/a were not counted (--eligible), unknown and error only of the policies that "
                     "--unknown names"));
  std::fputs(pool_lines(all.pools, language).c_str(), out);
  std::fputs(all.near.c_str(), out);
  for (auto const& name : all.outside)
    fmt::print(out, "{}{}\n", words(language, "由外部给定：", "given from outside: "), name);
}

using Sessions = std::vector<std::unique_ptr<Session>>;

Result<std::unique_ptr<ResultFile>> result_file(std::string const& path, Sessions const& sessions) {
  if (path.empty()) return std::unique_ptr<ResultFile>();
  return ResultFile::create(path, sessions.front()->runner->policies());
}

Result<void> finish(ResultFile* made, std::string const& path, Session& session, Language language) {
  if (made == nullptr) return {};
  auto written = session.phases.time(Phase::Write, [&] { return made->finish(); });
  if (!written) return written;
  fmt::print(stderr, "{}\n",
             language == Language::Chinese
                 ? fmt::format("{} 行结果已写入 {}", made->row_count(), path)
                 : fmt::format("{} written to {}", counted(static_cast<std::size_t>(made->row_count()), "row"), path));
  return {};
}

// Tells the runners what is to be counted; `undecided_of` is, by policy, whether --unknown names it.
Result<Counted> choose_scope(Options const& options, Sessions const& sessions, std::vector<bool>& undecided_of,
                             Language language) {
  if (!options.eligible) return Counted::All;
  auto scope = Counted::EligibleAlone;
  for (auto const& session : sessions)
    if (!session->runner->count_eligible_alone()) scope = Counted::All;
  if (scope == Counted::All || options.unknown.empty()) return scope;
  for (auto const& session : sessions) {
    auto of = unknown_of(*session->runner, options.unknown, language);
    if (!of) return of.error();
    undecided_of = *of;
    session->runner->count_undecided(std::move(*of), options.unknown_rows);
  }
  return Counted::EligibleAndUndecided;
}

Result<void> find_near(Sessions const& sessions, ResultFile* file, Language language) {
  for (auto const& session : sessions) {
    if (!session->runner->find_near(file != nullptr))
      return Error{ErrorKind::Usage, words(language, "参照解释器不找只差一条的（--near）",
                                           "the oracle does not look for near misses (--near)")};
    if (file != nullptr)
      session->near_rows = [file](RowKeys const& keys, OutcomeTable const& near) { return file->add(keys, near); };
  }
  return {};
}

Answer answer_of(Sessions const& sessions, std::vector<PolicyCount> const& counts, Counted scope,
                 std::vector<bool> const& undecided_of, Language language) {
  Answer all;
  all.scope = scope;
  auto const& runner = *sessions.front()->runner;
  std::vector<std::int64_t> near;
  for (auto const& session : sessions) {
    near.resize(std::max(near.size(), session->near_counts.size()));
    for (std::size_t i = 0; i < session->near_counts.size(); ++i) near[i] += session->near_counts[i];
    all.pools.insert(all.pools.end(), session->pools.begin(), session->pools.end());
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (std::ranges::none_of(sessions, [&](auto const& session) { return session->runner->asked()[i]; })) continue;
    all.policies.push_back(runner.policies()[i]);
    all.counts.push_back(counts[i]);
    if (scope == Counted::EligibleAndUndecided && !undecided_of[i])
      all.counts.back().unknown = all.counts.back().error = not_counted;
  }
  all.near = near_lines(runner.policies(), near, language);
  all.outside = sessions.front()->outside;
  return all;
}

// All records, or those of one part. Rows go to the file at `path`, or to standard output in a format for programs;
// people read the summary.
Result<Answer> run_once(Options const& options, std::string const& path, std::optional<Shard> shard,
                        Language language) {
  auto records = options.records;
  records.shard = shard;
  auto started = start_each(options.rules, options.run, records, language);
  if (!started) return started.error();
  auto const& sessions = *started;
  auto file = result_file(path, sessions);
  if (!file) return file.error();
  auto near_file = result_file(options.near_file, sessions);
  if (!near_file) return near_file.error();
  if (options.near || *near_file != nullptr)
    if (auto found = find_near(sessions, near_file->get(), language); !found) return found.error();
  std::vector<bool> undecided_of;
  auto const scope = choose_scope(options, sessions, undecided_of, language);
  if (!scope) return scope.error();
  RowWriter writer(stdout, options.output.format, language);
  bool const rows_to_output = *file == nullptr && options.output.format != Format::Pretty;
  auto const write = [&](RowKeys const& keys, OutcomeTable const& listed) -> Result<void> {
    if (rows_to_output)
      for_each_pair(keys, sessions.front()->runner->policies(), listed,
                    [&](auto const&... row) { writer.write(row...); });
    return *file != nullptr ? (*file)->add(keys, listed) : Result<void>{};
  };
  std::vector<PolicyCount> counts;
  if (auto done = run_each(sessions, options.output.all, counts, write, language); !done) return done.error();
  if (auto done = finish(file->get(), path, *sessions.back(), language); !done) return done.error();
  if (auto done = finish(near_file->get(), options.near_file, *sessions.back(), language); !done) return done.error();
  if (options.profile)
    for (auto const& session : sessions) std::fputs(session->phases.text(language).c_str(), stderr);
  auto answer = answer_of(sessions, counts, *scope, undecided_of, language);
  answer.rows = *file != nullptr ? (*file)->row_count() : 0;
  return answer;
}

// What is added to the sum of the parts before.
void add(Answer& all, ShardManifest const& part) {
  all.scope = part.counted;
  all.policies = part.policies;
  all.outside = part.outside;
  all.rows += part.rows;
  all.counts.resize(part.counts.size());
  for (std::size_t i = 0; i < part.counts.size(); ++i) {
    all.counts[i].add(part.counts[i]);
    if (part.counts[i].unknown == not_counted) all.counts[i].unknown = all.counts[i].error = not_counted;
  }
}

// The parts that are asked for, without those that the same run has made before; then what all of them come to.
Result<Answer> run_shards(Options const& options, Language language) {
  auto const choice = read_shard(options.shard, language);
  if (!choice) return choice.error();
  if (options.file.empty() || options.near || !options.near_file.empty())
    return Error{ErrorKind::Usage, words(language, "--shard 须有结果文件（-o），不与 --near、--near-list 连用",
                                         "--shard needs a file of results (-o) and does not go with --near and "
                                         "--near-list")};
  std::vector<std::string> asked = options.unknown;
  for (bool const flag : {options.eligible, options.unknown_rows, options.output.all, options.records.strict})
    asked.emplace_back(flag ? "yes" : "no");
  auto const run = run_identity(options.rules, options.run, options.records, asked, language);
  if (!run) return run.error();
  Answer all;
  for (auto number = choice->first; number <= choice->last; ++number) {
    Shard const shard{number, choice->of};
    auto part = find_done(options.file, shard, *run);
    if (part) {
      fmt::print(
          stderr, "{}\n",
          language == Language::Chinese
              ? fmt::format("第 {}/{} 份先前已做好：{}", number, shard.of, shard_file(options.file, shard))
              : fmt::format("part {}/{} was made before: {}", number, shard.of, shard_file(options.file, shard)));
    } else {
      auto answer = run_once(options, shard_file(options.file, shard), shard, language);
      if (!answer) return answer;
      part = ShardManifest{*run, shard, answer->rows, answer->scope, answer->policies, answer->counts, answer->outside};
      if (auto kept = keep(*part, options.file); !kept) return kept.error();
    }
    add(all, *part);
  }
  return all;
}

ExitCode match(Options const& options, Language language) {
  auto const answer =
      options.shard.empty() ? run_once(options, options.file, std::nullopt, language) : run_shards(options, language);
  if (!answer) return report(answer.error(), language);
  bool const rows_to_output = options.file.empty() && options.output.format != Format::Pretty;
  print_summary(rows_to_output ? stderr : stdout, *answer, language);
  return ExitCode::Fine;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  options->records.add_data_to(app, language);
  options->records.add_with_to(app, language);
  options->run.add_to(app, language);
  options->run.add_jobs_to(app, language);
  options->output.add_to(app, language);
  app.add_flag("--eligible", options->eligible,
               words(language, "只找符合的，政策上千时快几倍；待核、错误、不符合、不适用不数",
                     "find the eligible alone, several times faster with thousands of policies; unknown, error, "
                     "ineligible and n/a are not counted"))
      ->excludes("--all");
  auto* const unknown =
      app.add_option("--unknown", options->unknown,
                     words(language, "与 --eligible 连用：这些政策（编号或名称，`全部` 指每一项）也数待核和错误",
                           "with --eligible: of these policies (ids or names; `all`: of every one) count unknown and "
                           "error too"))
          ->needs("--eligible");
  app.add_flag("--unknown-rows", options->unknown_rows,
               words(language, "把它们的待核和错误也逐户列出", "list those records too"))
      ->needs(unknown);
  app.add_flag(
      "--near", options->near,
      words(language, "最后列出每项政策只差一条的有多少：其余条件都符合，唯独一条明确不符合",
            "say at the end how many lack one condition of each policy: all others hold, and that one certainly "
            "does not"));
  app.add_option("--near-list", options->near_file,
                 words(language, "把只差一条的写入文件：差哪一条、差多少或者到哪一天就满足",
                       "file of those who lack one condition: which, and by how much or until when"));
  app.add_option(
      "-o,--output", options->file,
      words(language, "结果文件：.parquet、.csv、.xlsx 或 .json", "file of results: .parquet, .csv, .xlsx or .json"));
  app.add_option(
      "--shard", options->shard,
      words(language, "只做其中一份：3/8 是八份里的第三份，写入 `结果.3-of-8.parquet`；全部/8 逐份做完，做好的不再做",
            "a part of the records alone: 3/8 is the third of eight and goes to `result.3-of-8.parquet`; "
            "all/8 makes those parts that are not there yet"));
  app.add_flag("--profile", options->profile,
               words(language, "最后列出每一步所用的时间", "say at the end how long each step took"));
  app.callback([options, language, &result] { result = match(*options, language); });
}

}  // namespace

extern Command const match_command;
Command const match_command{"match",
                            {"把政策与企业登记数据相匹配，得出谁符合、给多少",
                             "match policies against a register: who is eligible, for how much"},
                            2,
                            set_up};

}  // namespace huiyu::driver
