#include <algorithm>

#include "compiler/driver/command.h"
#include "compiler/driver/report.h"
#include "compiler/driver/run.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  RunOptions run;
  RecordOptions records;
  OutputOptions output;
};

ExitCode eval(Options const& options, Language language) {
  auto run = options.run;
  // A few records are answered before native code would be loaded.
  if (run.engine == EngineChoice::Auto) run.engine = EngineChoice::Interpret;
  auto sessions = start_each(options.rules, run, options.records, language);
  if (!sessions) return report(sessions.error(), language);
  RowWriter writer(stdout, options.output.format, language);
  auto const& policies = sessions->front()->runner->policies();
  // A reader of one firm wants its answers together.
  auto const write = [&](RowKeys const& keys, OutcomeTable const& listed) -> Result<void> {
    std::vector<OutcomeRow> rows(listed.rows.begin(), listed.rows.end());
    std::ranges::stable_sort(rows, {}, &OutcomeRow::row);
    for (auto const& row : rows) writer.write(keys.of(row.row), policies[row.policy], listed.pair(row));
    return {};
  };
  std::vector<PolicyCount> counts;
  auto done = run_each(*sessions, true, counts, write, language);
  if (!done) return report(done.error(), language);
  for (auto const& session : *sessions)
    if (options.output.format == Format::Pretty) std::fputs(pool_lines(session->pools, language).c_str(), stdout);
  return ExitCode::Fine;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  options->records.add_json_to(app, language);
  options->records.add_data_to(app, language);
  options->records.add_with_to(app, language);
  options->run.add_to(app, language);
  options->output.add_format_to(app, language);
  app.callback([options, language, &result] { result = eval(*options, language); });
}

}  // namespace

extern Command const eval_command;
Command const eval_command{"eval", {"对几条记录逐项政策作答", "answer every policy for a few records"}, 3, set_up};

}  // namespace huiyu::driver
