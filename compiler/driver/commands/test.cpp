#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>

#include <unistd.h>

#include "compiler/driver/command.h"
#include "compiler/driver/report.h"
#include "compiler/driver/test_report.h"

namespace huiyu::driver {

namespace {

struct Options {
  std::vector<std::string> paths, modules;
  std::string filter;
  std::string junit;
  EngineChoice engine = EngineChoice::Oracle;
  Format format = Format::Pretty;
  bool verbose = false;
};

Result<void> write_file(std::string const& path, std::string const& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.flush();
  if (!out) return Error{ErrorKind::Environment, path + ": cannot be written"};
  return {};
}

Result<bool> test(Options const& options, Language language) {
  auto project =
      load_project(options.paths.empty() ? std::vector<std::string>{"."} : options.paths, language, options.modules);
  if (!project) return project.error();
  auto results = run_tests(*project, options.filter, options.engine, language);
  if (!results) return results.error();
  if (results->empty() && !options.filter.empty())
    return Error{
        ErrorKind::Usage,
        words(language, "没有测试的名称或者文件含有：", "no test has a title or file with: ") + options.filter};
  if (!options.junit.empty())
    if (auto written = write_file(options.junit, test_junit(*results)); !written) return written.error();
  // In a pipe, what passed is of no interest.
  bool const quiet = !options.verbose && isatty(STDOUT_FILENO) == 0;
  auto const text = options.format == Format::Json ? test_json(*results) : test_lines(*results, quiet, language);
  std::fputs(text.c_str(), stdout);
  return std::ranges::all_of(*results, [](TestResult const& result) { return result.passed(); });
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  app.add_option("rules", options->paths,
                 words(language, "规则文件或所在文件夹；不给则为当前文件夹",
                       "rule files or folders of them; by default the current folder"));
  add_modules_to(app, options->modules, language);
  app.add_option(
      "--filter", options->filter,
      words(language, "只运行名称或文件名含有此文本的测试", "only tests whose title or file holds this text"));
  add_choice(app, "--engine", options->engine,
             Choices<EngineChoice>{{"auto", EngineChoice::Auto},
                                   {"native", EngineChoice::Native},
                                   {"interpret", EngineChoice::Interpret},
                                   {"oracle", EngineChoice::Oracle}},
             language,
             words(language, "native 是原生代码，interpret 是解释执行，oracle 是基准；默认 oracle",
                   "native code, interpreted, or the reference; by default oracle"));
  app.add_option("--junit", options->junit,
                 words(language, "另写 JUnit 格式的结果文件", "also write the results as JUnit's XML"));
  add_choice(app, "--format", options->format, Choices<Format>{{"pretty", Format::Pretty}, {"json", Format::Json}},
             language,
             words(language, "pretty 给人看，json 每行一个对象", "pretty for people, json one object a line"));
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
