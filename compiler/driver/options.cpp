#include "compiler/driver/options.h"

#include "compiler/driver/engine_option.h"
#include "compiler/driver/inputs.h"
#include "runtime/base/civil.h"

namespace huiyu::driver {

std::string words(Language language, std::string_view zh, std::string_view en) {
  return std::string(Text{zh, en}.in(language));
}

void RuleOptions::add_to(CLI::App& app, Language language) {
  app.add_option(
         "rules", paths,
         words(language, "规则文件（.hui、.hui.md）或所在文件夹", "rule files (.hui, .hui.md) or folders of them"))
      ->required();
  add_modules_to(app, modules, language);
}

void add_modules_to(CLI::App& app, std::vector<std::string>& folders, Language language) {
  app.add_option("--modules", folders,
                 words(language, "模块所在文件夹，可多次使用；最先在这里找",
                       "a folder of modules, may be repeated; searched before all others"))
      ->allow_extra_args(false);
}

void RunOptions::add_to(CLI::App& app, Language language) {
  app.add_option("--as-of", as_of,
                 words(language, "基准日，如 2024-06-30（必填：规则从不读时钟）",
                       "reference date, such as 2024-06-30 (required: rules never read a clock)"))
      ->required();
  app.add_option(
      "--year", application_year,
      words(language, "申报年度；不给则为基准日所在年", "application year; by default the year of the reference date"));
  app.add_option("--given", given,
                 words(language, "由记录直接给出的定义，可多次使用",
                       "a definition that the records state themselves; may be repeated"));
  app.add_option(
      "--inputs", inputs_file,
      words(language, "JSON 文件，由外部给定参数、参照表、名录和申报年度的值，代替规则里所写的",
            "JSON file of values for parameters, reference tables, open lists and 申报年度, in place of those "
            "in the rules"));
  add_engine_to(app, engine, language,
                {"auto：先解释，运行久了换成原生代码", "auto: interpreted first, native code where the run lasts"});
}

void RunOptions::add_jobs_to(CLI::App& app, Language language) {
  app.add_option("-j,--jobs", jobs,
                 words(language, "匹配所用线程数；不给则与处理器一样多。结果与线程数无关",
                       "threads that match; by default as many as processors. Results are the same for any number"))
      ->check(CLI::Range(1, 1024));
}

Result<RunInputs> RunOptions::inputs(Language language) const {
  RunInputs inputs;
  auto day = parse_date(as_of);
  if (!day)
    return Error{ErrorKind::Usage, words(language, "--as-of 须为日期，如 2024-06-30，而不是 `",
                                         "--as-of takes a date such as 2024-06-30, not `") +
                                       as_of + "`"};
  if (application_year && (*application_year < first_year || *application_year > last_year))
    return Error{ErrorKind::Usage, words(language, "--year 须在 1 至 9999 之间", "--year takes a year from 1 to 9999")};
  inputs.as_of_day = *day;
  inputs.application_year = application_year;
  inputs.given_definitions = given;
  return inputs;
}

Result<RunInputs> RunOptions::inputs(tir::Program& program, std::vector<std::string>& outside,
                                     Language language) const {
  auto inputs = this->inputs(language);
  if (inputs && !inputs_file.empty()) {
    auto names = give_inputs_file(inputs_file, program, *inputs, language);
    if (!names) return names.error();
    outside = std::move(*names);
  }
  return inputs;
}

void OutputOptions::add_format_to(CLI::App& app, Language language) {
  add_choice(app, "--format", format,
             Choices<Format>{{"pretty", Format::Pretty}, {"json", Format::Json}, {"csv", Format::Csv}}, language,
             words(language, "pretty 给人看，json 每行一个对象", "pretty for people, json one object a line"));
}

void OutputOptions::add_to(CLI::App& app, Language language) {
  add_format_to(app, language);
  app.add_flag("--all", all,
               words(language, "列出全部结果，而不只是符合的", "list every outcome, not only the eligible"));
}

}  // namespace huiyu::driver
