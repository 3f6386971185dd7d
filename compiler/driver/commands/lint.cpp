#include "compiler/lint/lint.h"

#include <fmt/format.h>

#include "compiler/diag/render.h"
#include "compiler/driver/annotations.h"
#include "compiler/driver/color.h"
#include "compiler/driver/command.h"
#include "compiler/driver/counted.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/report.h"
#include "compiler/driver/test_cases.h"

namespace huiyu::driver {

namespace {

enum class Form { Pretty, Json, Github };

struct Options {
  RuleOptions rules;
  Form form = Form::Pretty;
};

ExitCode lint(Options const& options, Language language) {
  auto project = read_with_cases(options.rules.paths, options.rules.modules, language);
  if (!project) return report(project.error(), language);
  check_project(*project);
  auto& found = project->diagnostics;
  // Advice on rules with errors would speak of what is not there.
  if (!found.has_errors()) {
    lint::Project const linted{project->files, project->program, project->facts, project->tests, project->sources};
    lint::lint(linted, found);
    lint::apply_exemptions(linted, found);
  }
  switch (options.form) {
    case Form::Json: std::fputs(diag::render_json(found, project->sources, language).c_str(), stdout); break;
    case Form::Github: std::fputs(annotations(found, project->sources, language).c_str(), stdout); break;
    case Form::Pretty:
      put(diag::render_text(found, project->sources, language), stderr, color_diagnostics);
      std::fputs((language == Language::Chinese
                      ? fmt::format("{} 个文件，{} 个错误，{} 条建议\n", rule_file_count(*project), found.error_count(),
                                    found.all().size() + found.dropped_count() - found.error_count())
                      : fmt::format("{}, {}, {}\n", counted(rule_file_count(*project), "file"),
                                    counted(found.error_count(), "error"),
                                    counted(found.all().size() + found.dropped_count() - found.error_count(),
                                            "piece of advice", "pieces of advice")))
                     .c_str(),
                 stdout);
  }
  if (found.has_errors()) return ExitCode::RuleErrors;
  return found.empty() ? ExitCode::Fine : ExitCode::Findings;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  add_choice(app, "--format", options->form,
             Choices<Form>{{"pretty", Form::Pretty}, {"json", Form::Json}, {"github", Form::Github}}, language,
             words(language, "pretty 给人看，json 每行一个对象，github 是 GitHub 的批注",
                   "pretty for people, json one object a line, github for its annotations"));
  app.callback([options, language, &result] { result = lint(*options, language); });
}

}  // namespace

extern Command const lint_command;
Command const lint_command{
    "lint",
    {"看规则有没有写了没用、说了两遍、查不到出处的地方", "look for what is unused, said twice or without a source"},
    2,
    set_up};

}  // namespace huiyu::driver
