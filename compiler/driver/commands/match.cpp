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
  std::string file;
  bool profile = false, eligible = false;
};

// What was counted of the policies that were asked, of all kinds of records.
struct Counts {
  std::vector<PolicyCount> of;
  std::vector<bool> asked;
  std::vector<PoolReport> pools;

  void add(Session const& session) {
    asked.resize(of.size());
    for (std::size_t i = 0; i < of.size(); ++i) asked[i] = asked[i] || session.runner->asked()[i];
    pools.insert(pools.end(), session.pools.begin(), session.pools.end());
  }
};

void print_summary(std::FILE* out, Session const& first, Counts const& all, Counted scope, Language language) {
  std::vector<PolicyName> names;
  std::vector<PolicyCount> counts;
  for (std::size_t i = 0; i < all.of.size(); ++i) {
    if (!all.asked[i]) continue;
    names.push_back(first.runner->policies()[i]);
    counts.push_back(all.of[i]);
  }
  std::fputs(summary_table(names, counts, scope, language).c_str(), out);
  if (scope == Counted::EligibleAlone)
    fmt::print(out, "{}\n",
               words(language, "只数了符合的（--eligible）：待核、错误、不符合、不适用都没有数",
                     "only the eligible were counted (--eligible): unknown, error, ineligible and n/a were not"));
  std::fputs(pool_lines(all.pools, language).c_str(), out);
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
  RowWriter writer(stdout, options.output.format, language);
  Counts all;
  auto scope = options.eligible ? Counted::EligibleAlone : Counted::All;
  for (auto const& session : *sessions)
    if (options.eligible && !session->runner->count_eligible_alone()) scope = Counted::All;
  auto const write = [&](RowKeys const& keys, OutcomeTable const& listed) -> Result<void> {
    if (rows_to_output)
      for_each_pair(keys, first.runner->policies(), listed, [&](auto const&... row) { writer.write(row...); });
    return to_file ? file->add(keys, listed) : Result<void>{};
  };
  auto done = run_each(*sessions, options.output.all, all.of, write, language);
  if (!done) return report(done.error(), language);
  for (auto const& session : *sessions) all.add(*session);
  if (to_file) {
    auto written = sessions->back()->phases.time(Phase::Write, [&] { return file->finish(); });
    if (!written) return report(written.error(), language);
    fmt::print(stderr, "{}\n",
               language == Language::Chinese
                   ? fmt::format("{} 行结果已写入 {}", file->row_count(), options.file)
                   : fmt::format("{} written to {}", counted(static_cast<std::size_t>(file->row_count()), "row"),
                                 options.file));
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
