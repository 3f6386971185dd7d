#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/counted.h"
#include "compiler/driver/report.h"
#include "compiler/driver/result_file.h"
#include "compiler/driver/run.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  RunOptions run;
  RecordOptions records;
  OutputOptions output;
  std::string file, near_file;
  std::vector<std::string> unknown;
  bool profile = false, eligible = false, near = false, unknown_rows = false;
};

// What was counted of the policies that were asked, of all kinds of records.
struct Counts {
  std::vector<PolicyCount> of;
  std::vector<bool> asked;
  std::vector<PoolReport> pools;
  std::vector<std::int64_t> near;  // by policy; empty: nobody asked
  std::vector<bool> undecided_of;  // by policy, whether --unknown names it; empty: it was not given

  void add(Session const& session) {
    near.resize(std::max(near.size(), session.near_counts.size()));
    for (std::size_t i = 0; i < session.near_counts.size(); ++i) near[i] += session.near_counts[i];
    asked.resize(of.size());
    for (std::size_t i = 0; i < of.size(); ++i) asked[i] = asked[i] || session.runner->asked()[i];
    pools.insert(pools.end(), session.pools.begin(), session.pools.end());
  }
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

void print_summary(std::FILE* out, Session const& first, Counts const& all, Counted scope, Language language) {
  std::vector<PolicyName> names;
  std::vector<PolicyCount> counts;
  for (std::size_t i = 0; i < all.of.size(); ++i) {
    if (!all.asked[i]) continue;
    names.push_back(first.runner->policies()[i]);
    counts.push_back(all.of[i]);
    if (scope == Counted::EligibleAndUndecided && !all.undecided_of[i])
      counts.back().unknown = counts.back().error = not_counted;
  }
  std::fputs(summary_table(names, counts, scope, language).c_str(), out);
  if (scope == Counted::EligibleAlone)
    fmt::print(out, "{}\n",
               words(language, "只数了符合的（--eligible）：待核、错误、不符合、不适用都没有数",
                     "only the eligible were counted (--eligible): unknown, error, ineligible and n/a were not"));
  if (scope == Counted::EligibleAndUndecided)
    fmt::print(out, "{}\n",
               words(language, "不符合、不适用没有数（--eligible）；待核、错误只数了 --unknown 指名的政策",
                     "ineligible and n/a were not counted (--eligible), unknown and error only of the policies that "
                     "--unknown names"));
  std::fputs(pool_lines(all.pools, language).c_str(), out);
  std::fputs(near_lines(first.runner->policies(), all.near, language).c_str(), out);
  for (auto const& name : first.outside)
    fmt::print(out, "{}{}\n", words(language, "由外部给定：", "given from outside: "), name);
}

ExitCode match(Options const& options, Language language) {
  auto sessions = start_each(options.rules, options.run, options.records, language);
  if (!sessions) return report(sessions.error(), language);
  auto const& first = *sessions->front();
  // Rows go to the file, or to standard output in a format for programs; people read the summary.
  bool const to_file = !options.file.empty();
  bool const rows_to_output = !to_file && options.output.format != Format::Pretty;
  std::unique_ptr<ResultFile> file;
  if (to_file) {
    auto made = ResultFile::create(options.file, first.runner->policies());
    if (!made) return report(made.error(), language);
    file = std::move(*made);
  }
  std::unique_ptr<ResultFile> near_file;
  if (!options.near_file.empty()) {
    auto made = ResultFile::create(options.near_file, first.runner->policies());
    if (!made) return report(made.error(), language);
    near_file = std::move(*made);
  }
  if (options.near || near_file != nullptr)
    for (auto const& session : *sessions) {
      if (!session->runner->find_near(near_file != nullptr))
        return report(Error{ErrorKind::Usage, words(language, "参照解释器不找只差一条的（--near）",
                                                    "the oracle does not look for near misses (--near)")},
                      language);
      if (near_file != nullptr)
        session->near_rows = [&](RowKeys const& keys, OutcomeTable const& near) { return near_file->add(keys, near); };
    }
  RowWriter writer(stdout, options.output.format, language);
  Counts all;
  auto scope = options.eligible ? Counted::EligibleAlone : Counted::All;
  for (auto const& session : *sessions)
    if (options.eligible && !session->runner->count_eligible_alone()) scope = Counted::All;
  if (scope == Counted::EligibleAlone && !options.unknown.empty()) {
    scope = Counted::EligibleAndUndecided;
    for (auto const& session : *sessions) {
      auto of = unknown_of(*session->runner, options.unknown, language);
      if (!of) return report(of.error(), language);
      all.undecided_of = *of;
      session->runner->count_undecided(std::move(*of), options.unknown_rows);
    }
  }
  auto const write = [&](RowKeys const& keys, OutcomeTable const& listed) -> Result<void> {
    if (rows_to_output)
      for_each_pair(keys, first.runner->policies(), listed, [&](auto const&... row) { writer.write(row...); });
    return to_file ? file->add(keys, listed) : Result<void>{};
  };
  auto done = run_each(*sessions, options.output.all, all.of, write, language);
  if (!done) return report(done.error(), language);
  for (auto const& session : *sessions) all.add(*session);
  for (auto const& [made, path] :
       {std::pair(file.get(), &options.file), std::pair(near_file.get(), &options.near_file)}) {
    if (made == nullptr) continue;
    auto written = sessions->back()->phases.time(Phase::Write, [&] { return made->finish(); });
    if (!written) return report(written.error(), language);
    fmt::print(
        stderr, "{}\n",
        language == Language::Chinese
            ? fmt::format("{} 行结果已写入 {}", made->row_count(), *path)
            : fmt::format("{} written to {}", counted(static_cast<std::size_t>(made->row_count()), "row"), *path));
  }
  print_summary(rows_to_output ? stderr : stdout, first, all, scope, language);
  if (options.profile)
    for (auto const& session : *sessions) std::fputs(session->phases.text(language).c_str(), stderr);
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
