#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>

#include <unistd.h>

#include "compiler/driver/annotations.h"
#include "compiler/driver/color.h"
#include "compiler/driver/command.h"
#include "compiler/driver/coverage.h"
#include "compiler/driver/engine_option.h"
#include "compiler/driver/report.h"
#include "compiler/driver/test_cases.h"
#include "compiler/driver/test_report.h"

namespace huiyu::driver {

namespace {

enum class Form { Pretty, Json, Github };

struct Options {
  std::vector<std::string> paths, modules;
  std::string filter;
  std::string junit;
  std::string threshold;  // empty: none
  EngineChoice engine = EngineChoice::Oracle;
  Form form = Form::Pretty;
  bool verbose = false;
  bool coverage = false;
};

Result<void> write_file(std::string const& path, std::string const& text, Language language) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.flush();
  if (!out) return Error{ErrorKind::Environment, path + words(language, "：写不进去", ": cannot be written")};
  return {};
}

// 80 of `80%`; none for what is no whole percentage.
std::optional<int> read_percent(std::string const& text) {
  if (text.size() < 2 || text.size() > 4 || !text.ends_with('%') ||
      text.find_first_not_of("0123456789") != text.size() - 1)
    return std::nullopt;
  auto const number = std::stoi(text);
  return number > 100 ? std::nullopt : std::optional(number);
}

// The rules with the cases in tables beside them.
Result<Project> load(Options const& options, Language language) {
  auto paths = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  auto project = read_with_cases(std::move(paths), options.modules, language);
  if (!project) return project;
  check_project(*project);
  if (auto fault = report_diagnostics(*project, language); !fault) return fault.error();
  return project;
}

// What failed, as GitHub shows it beside the line.
std::string test_annotations(std::vector<TestResult> const& results, Language language) {
  std::string text;
  for (auto const& result : results)
    for (auto const& failure : result.failures)
      text += annotation({"error", result.file, failure.line, 0, result.title,
                          words(language, "期望：", "expected: ") + failure.expected + "\n" +
                              words(language, "得到：", "found: ") + failure.found});
  return text;
}

Result<bool> test(Options const& options, Language language) {
  auto const threshold = options.threshold.empty() ? std::optional(0) : read_percent(options.threshold);
  if (!threshold)
    return Error{ErrorKind::Usage, words(language, "--threshold 须为百分数，如 80%，而不是 `",
                                         "--threshold takes a percentage such as 80%, not `") +
                                       options.threshold + "`"};
  auto project = load(options, language);
  if (!project) return project.error();
  bool const covers = options.coverage || !options.threshold.empty();
  std::optional<Coverage> coverage;
  if (covers) coverage.emplace(*project);
  auto results = run_tests(*project, options.filter, options.engine, language, covers ? &*coverage : nullptr);
  if (!results) return results.error();
  if (results->empty() && !options.filter.empty())
    return Error{
        ErrorKind::Usage,
        words(language, "没有测试的名称或者文件含有：", "no test has a title or file with: ") + options.filter};
  if (!options.junit.empty())
    if (auto written = write_file(options.junit, test_junit(*results), language); !written) return written.error();
  // In a pipe, what passed is of no interest.
  bool const quiet = !options.verbose && isatty(STDOUT_FILENO) == 0;
  switch (options.form) {
    case Form::Json: std::fputs(test_json(*results).c_str(), stdout); break;
    case Form::Github: std::fputs(test_annotations(*results, language).c_str(), stdout); break;
    case Form::Pretty: put(test_lines(*results, quiet, language), stdout, color_signs); break;
  }
  bool good = std::ranges::all_of(*results, [](TestResult const& result) { return result.passed(); });
  if (!covers) return good;
  auto const points = coverage->points();
  std::string text;
  switch (options.form) {
    case Form::Json: text = coverage_json(points, project->sources); break;
    case Form::Github: text = coverage_annotations(points, project->sources, language); break;
    case Form::Pretty: text = coverage_text(points, project->sources, language); break;
  }
  std::fputs(text.c_str(), stdout);
  auto const total = cover_total(points);
  if (total.seen * 100 < *threshold * total.wanted) {
    std::fputs((words(language, "覆盖不到 ", "coverage is below ") + options.threshold + "\n").c_str(), stderr);
    good = false;
  }
  return good;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  app.add_option(
      "rules", options->paths,
      words(language, "规则文件或所在文件夹，以及表格里的用例（名.测试.csv）；不给则为当前文件夹",
            "rule files or folders of them, and tables of cases (name.cases.csv); by default the current folder"));
  add_modules_to(app, options->modules, language);
  app.add_option(
      "--filter", options->filter,
      words(language, "只运行名称或文件名含有此文本的测试", "only tests whose title or file holds this text"));
  add_engine_to(app, options->engine, language, {"oracle", "oracle"});
  app.add_option("--junit", options->junit,
                 words(language, "另写 JUnit 格式的结果文件", "also write the results as JUnit's XML"));
  add_choice(app, "--format", options->form,
             Choices<Form>{{"pretty", Form::Pretty}, {"json", Form::Json}, {"github", Form::Github}}, language,
             words(language, "pretty 给人看，json 每行一个对象，github 是 GitHub 的批注",
                   "pretty for people, json one object a line, github for its annotations"));
  app.add_flag(
      "--coverage", options->coverage,
      words(language, "列出没有测试到的条款、条件和档", "list clauses, conditions and rows that no test sees"));
  app.add_option("--threshold", options->threshold,
                 words(language, "覆盖低于这个百分数就算没有通过，如 80%",
                       "fail where the coverage is below this percentage, such as 80%"));
  app.add_flag("-v,--verbose", options->verbose,
               words(language, "通过的测试也逐个列出", "list the tests that passed too"));
  app.callback([options, language, &result] {
    auto passed = test(*options, language);
    if (!passed)
      result = report(passed.error(), language);
    else
      result = *passed ? ExitCode::Fine : ExitCode::Findings;
  });
}

}  // namespace

extern Command const test_command;
Command const test_command{"test", {"运行规则里的测试", "run the tests that the rules hold"}, 2, set_up};

}  // namespace huiyu::driver
