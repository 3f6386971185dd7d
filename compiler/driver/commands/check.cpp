#include <fmt/format.h>

#include "compiler/diag/render.h"
#include "compiler/driver/color.h"
#include "compiler/driver/command.h"
#include "compiler/driver/counted.h"
#include "compiler/driver/cuts.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/report.h"
#include "compiler/driver/test_cases.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  bool json = false;
  bool fail_on_warnings = false;
  bool cuts = false;
};

ExitCode check(Options const& options, Language language) {
  auto project = read_with_cases(options.rules.paths, options.rules.modules, language);
  if (!project) return report(project.error(), language);
  check_project(*project);
  auto const& diagnostics = project->diagnostics;
  if (options.cuts) {
    for (auto const& file : project->files) {
      auto const& source = project->sources[file.file];
      for (auto const& run : runs_of(file, source, true))
        std::fputs((options.json ? cut_json(run, source) : cut_text(run, source, language)).c_str(), stdout);
    }
  }
  if (options.json) {
    std::fputs(diag::render_json(diagnostics, project->sources, language).c_str(), stdout);
  } else {
    put(diag::render_text(diagnostics, project->sources, language), stderr, color_diagnostics);
    auto warnings = diagnostics.all().size() + diagnostics.dropped_count() - diagnostics.error_count();
    auto line = language == Language::Chinese
                    ? fmt::format("{} 个文件，{} 项政策，{} 个错误，{} 个提醒\n", rule_file_count(*project),
                                  project->program.policies.size(), diagnostics.error_count(), warnings)
                    : fmt::format("{}, {}, {}, {}\n", counted(rule_file_count(*project), "file"),
                                  counted(project->program.policies.size(), "policy", "policies"),
                                  counted(diagnostics.error_count(), "error"), counted(warnings, "warning"));
    std::fputs(line.c_str(), stdout);
  }
  if (diagnostics.has_errors()) return ExitCode::RuleErrors;
  return options.fail_on_warnings && !diagnostics.empty() ? ExitCode::Findings : ExitCode::Fine;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  app.add_flag(
      "--json", options->json,
      words(language, "每行一个 JSON 对象，供编辑器和流水线使用", "one JSON object a line, for editors and CI"));
  app.add_flag("--fail-on-warnings", options->fail_on_warnings,
               words(language, "有提醒时退出码为 1", "exit with 1 where there are warnings"));
  app.add_flag(
      "--cuts", options->cuts,
      words(language, "列出没有用空格断开的文字怎样断成词", "list how text that is not parted by blanks is cut"));
  app.callback([options, language, &result] { result = check(*options, language); });
}

}  // namespace

extern Command const check_command;
Command const check_command{
    "check", {"检查规则：写法、名称、类型、单位、范围", "check rules: syntax, names, types, units, ranges"}, 1, set_up};

}  // namespace huiyu::driver
