#include "compiler/driver/genes.h"

#include <cstdio>
#include <memory>

#include "compiler/driver/command.h"
#include "compiler/driver/plan_cache.h"
#include "compiler/driver/report.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  OutputOptions output;
};

Result<void> genes(Options const& options, Language language) {
  auto const plan = load_plan(options.rules, language);
  if (!plan) return plan.error();
  std::fputs(genes_text(genes_of(*plan), *plan, options.output.format, language).c_str(), stdout);
  return {};
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  options->output.add_format_to(app, language);
  app.callback([options, language, &result] {
    auto const done = genes(*options, language);
    result = done ? ExitCode::Fine : report(done.error(), language);
  });
}

}  // namespace

extern Command const genes_command;
Command const genes_command{"genes",
                            {"列出政策基因：每种判断有多少项政策用到，哪些几乎一样",
                             "the catalogue of tests: how many policies make each, and which nearly coincide"},
                            6,
                            set_up};

}  // namespace huiyu::driver
