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

ExitCode match(Options const& options, Language language) {
  auto session = start(options.rules, options.run, options.records, language);
  if (!session) return report(session.error(), language);
  auto const scope =
      options.eligible && (*session)->runner->count_eligible_alone() ? Counted::EligibleAlone : Counted::All;
  auto const& runner = *(*session)->runner;
  auto& phases = (*session)->phases;
  // Rows go to the file, or to standard output in a format for programs; people read the summary.
  bool const to_file = !options.file.empty();
  bool const rows_to_output = !to_file && options.output.format != Format::Pretty;
  std::unique_ptr<ResultFile> file;
  if (to_file) {
    auto made = ResultFile::create(options.file, runner.policies());
    if (!made) return report(made.error(), language);
    file = std::move(*made);
  }
  RowWriter writer(stdout, options.output.format, language);
  std::vector<PolicyCount> counts;
  auto const write = [&](RowKeys const& keys, OutcomeTable const& listed) -> Result<void> {
    if (rows_to_output)
      for_each_pair(keys, runner.policies(), listed, [&](auto const&... row) { writer.write(row...); });
    return to_file ? file->add(keys, listed) : Result<void>{};
  };
  auto done = run_all(**session, options.records, options.output.all, counts, write, language);
  if (!done) return report(done.error(), language);
  if (to_file) {
    auto written = phases.time(Phase::Write, [&] { return file->finish(); });
    if (!written) return report(written.error(), language);
    fmt::print(stderr, "{}\n",
               language == Language::Chinese
                   ? fmt::format("{} 行结果已写入 {}", file->row_count(), options.file)
                   : fmt::format("{} written to {}", counted(static_cast<std::size_t>(file->row_count()), "row"),
                                 options.file));
  }
  auto* const summary = rows_to_output ? stderr : stdout;
  std::fputs(summary_table(runner.policies(), counts, scope, language).c_str(), summary);
  if (scope == Counted::EligibleAlone)
    fmt::print(summary, "{}\n",
               words(language, "只数了符合的（--eligible）：待核、错误、不符合、不适用都没有数",
                     "only the eligible were counted (--eligible): unknown, error, ineligible and n/a were not"));
  std::fputs(pool_lines((*session)->pools, language).c_str(), summary);
  for (auto const& name : (*session)->outside)
    fmt::print(summary, "{}{}\n", words(language, "由外部给定：", "given from outside: "), name);
  if (options.profile) std::fputs(phases.text(language).c_str(), stderr);
  return ExitCode::Fine;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  options->records.add_data_to(app, language);
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
