// Reports on policies rather than on records: what the checker knows of a whole project.
#include "compiler/driver/report.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "compiler/diag/render.h"
#include "compiler/driver/boards.h"
#include "compiler/driver/color.h"
#include "compiler/driver/command.h"
#include "compiler/driver/counted.h"
#include "compiler/driver/elements.h"
#include "compiler/driver/options.h"
#include "compiler/driver/reach.h"
#include "compiler/driver/readiness.h"
#include "compiler/driver/report_rows.h"
#include "compiler/driver/summary.h"
#include "compiler/driver/test_cases.h"
#include "runtime/base/civil.h"

namespace huiyu::driver {

namespace {

enum class Form { Pretty, Json };

void add_form(CLI::App& app, Form& form, Language language) {
  add_choice(app, "--format", form, Choices<Form>{{"pretty", Form::Pretty}, {"json", Form::Json}}, language,
             words(language, "pretty 给人看，json 每行一个对象", "pretty for people, json one object a line"));
}

// Diagnostics beside a report: for programs they are rows of it.
void show(Diagnostics const& diagnostics, SourceSet const& sources, Form form, Language language) {
  if (form == Form::Json)
    std::fputs(diag::render_json(diagnostics, sources, language).c_str(), stdout);
  else
    put(diag::render_text(diagnostics, sources, language), stderr, color_diagnostics);
}

// Errors that say just what a report is about do not keep it from being made.
bool only_errors_of(Project const& project, std::span<std::string_view const> codes) {
  return std::ranges::all_of(project.diagnostics.all(), [&](diag::Diagnostic const& found) {
    return found.kind->severity != diag::Severity::Error || std::ranges::find(codes, found.kind->code) != codes.end();
  });
}

struct Checked {
  Project project;
  bool errors = false;
};

Result<Checked> load(RuleOptions const& rules, Form form, std::span<std::string_view const> passed, Language language) {
  // With the cases in tables, or what they test would look untested.
  auto project = read_with_cases(rules.paths, rules.modules, language);
  if (!project) return project.error();
  check_project(*project);
  show(project->diagnostics, project->sources, form, language);
  bool const errors = project->diagnostics.has_errors();
  if (errors && !only_errors_of(*project, passed))
    return Error{ErrorKind::Rules,
                 words(language, "规则有错误，没有报告", "the rules have errors; there is no report")};
  return Checked{std::move(*project), errors};
}

// ---- readiness ----

struct ReadinessOptions {
  RuleOptions rules;
  std::string as_of, results;
  Form form = Form::Pretty;
};

Result<ExitCode> readiness(ReadinessOptions const& options, Language language) {
  constexpr std::string_view passed[] = {"R0130", "R0601", "R0604", "P0217"};
  std::optional<std::int32_t> day;
  if (!options.as_of.empty()) {
    day = parse_date(options.as_of);
    if (!day)
      return Error{ErrorKind::Usage, words(language, "--as-of 须为日期，如 2024-06-30，而不是 `",
                                           "--as-of takes a date such as 2024-06-30, not `") +
                                         options.as_of + "`"};
  }
  auto checked = load(options.rules, options.form, passed, language);
  if (!checked) return checked.error();
  auto all = readiness_of(checked->project, day);
  if (!options.results.empty()) {
    auto const sums = sums_paid(options.results);
    if (!sums) return sums.error();
    for (auto& each : all)
      if (auto const sum = sums->find(each.id); sum != sums->end()) each.paid_fen = sum->second;
  }
  std::fputs((options.form == Form::Json ? readiness_json(all, checked->project)
                                         : readiness_text(all, checked->project, language))
                 .c_str(),
             stdout);
  if (checked->errors) return ExitCode::RuleErrors;
  return std::ranges::any_of(all, &Readiness::limit_missing) ? ExitCode::Findings : ExitCode::Fine;
}

void set_up_readiness(CLI::App& app, Language language, ExitCode& result) {
  auto* sub = app.add_subcommand(
      "readiness", words(language, "哪些政策可以免申即享、秒报秒批，其余的差在哪里",
                         "which policies can be paid at once or without application, and what keeps the others"));
  auto options = std::make_shared<ReadinessOptions>();
  options->rules.add_to(*sub, language);
  sub->add_option("--as-of", options->as_of,
                  words(language, "基准日：过了有效期的另列", "reference date: what has lapsed by it is told apart"));
  sub->add_option(
      "--results", options->results,
      words(language, "match -o 写的结果，用来列出各项兑现多少", "what match -o wrote, for the sums paid by policy"));
  add_form(*sub, options->form, language);
  sub->callback([options, language, &result] {
    auto done = readiness(*options, language);
    result = done ? *done : report(done.error(), language);
  });
}

// ---- reach ----

struct ReachCommand {
  RuleOptions rules;
  RunOptions run;
  RecordOptions records;
  std::string threshold = "20%";
  bool keys = false;
  Form form = Form::Pretty;
};

// `20%`: at least 0, at most 100.
std::optional<BigRational> read_percent(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  auto const point = text.find('.');
  std::string digits(text.substr(0, point));
  std::size_t const decimals = point == std::string_view::npos ? 0 : text.size() - point - 1;
  if (point != std::string_view::npos) digits += text.substr(point + 1);
  constexpr std::size_t most_digits = 9;
  if (digits.empty() || digits.size() > most_digits || digits.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  BigRational value(std::stol(digits));
  for (std::size_t i = 0; i < decimals; ++i) value /= 10;
  value /= 100;
  return value > 1 ? std::nullopt : std::optional(value);
}

Result<ExitCode> reach(ReachCommand const& command, Language language) {
  auto const threshold = read_percent(command.threshold);
  if (!threshold)
    return Error{ErrorKind::Usage, words(language, "--threshold 须为百分数，如 20%，而不是 `",
                                         "--threshold takes a share such as 20%, not `") +
                                       command.threshold + "`"};
  auto checked = load(command.rules, command.form, {}, language);
  if (!checked) return checked.error();
  ReachOptions const options{*threshold, command.keys};
  auto const made = measure_reach(checked->project, command.run, command.records, options, language);
  if (!made) return made.error();
  std::fputs((command.form == Form::Json ? reach_json(*made, checked->project, options)
                                         : reach_text(*made, checked->project, options, language))
                 .c_str(),
             stdout);
  return ExitCode::Fine;
}

void set_up_reach(CLI::App& app, Language language, ExitCode& result) {
  auto* sub = app.add_subcommand("reach", words(language, "每项政策面向多少户、够得着多少户，拦住最多的是哪一条",
                                                "how many of those it is meant for each policy reaches, and what "
                                                "stops most of the others"));
  auto command = std::make_shared<ReachCommand>();
  command->rules.add_to(*sub, language);
  command->records.add_json_to(*sub, language);
  command->records.add_data_to(*sub, language);
  command->records.add_with_to(*sub, language);
  command->run.add_to(*sub, language);
  command->run.add_jobs_to(*sub, language);
  sub->add_option("--threshold", command->threshold,
                  words(language, "符合的不到这个比例就算少，默认 20%", "a share below this is few; by default 20%"));
  sub->add_flag("--keys", command->keys,
                words(language, "json 里列出各种结果的是哪些记录", "in json, list the records of each outcome"));
  add_form(*sub, command->form, language);
  sub->callback([command, language, &result] {
    auto done = reach(*command, language);
    result = done ? *done : report(done.error(), language);
  });
}

// ---- summary ----

struct SummaryCommand {
  RuleOptions rules;
  RunOptions run;
  RecordOptions records;
  Form form = Form::Pretty;
};

Result<ExitCode> summary(SummaryCommand const& command, Language language) {
  auto session = start(command.rules, command.run, command.records, language);
  if (!session) return session.error();
  auto const made = summarize(**session, language);
  if (!made) return made.error();
  std::fputs((command.form == Form::Json ? summary_json(*made) : summary_text(*made, language)).c_str(), stdout);
  return ExitCode::Fine;
}

void set_up_summary(CLI::App& app, Language language, ExitCode& result) {
  auto* sub =
      app.add_subcommand("summary", words(language, "各项政策、预算、遴选的总数：符合多少、缺什么、付多少、剩多少",
                                          "all policies, budgets and selections in figures: how many, "
                                          "lacking what, what is paid and left"));
  auto command = std::make_shared<SummaryCommand>();
  command->rules.add_to(*sub, language);
  command->records.add_json_to(*sub, language);
  command->records.add_data_to(*sub, language);
  command->records.add_with_to(*sub, language);
  command->run.add_to(*sub, language);
  command->run.add_jobs_to(*sub, language);
  add_form(*sub, command->form, language);
  sub->callback([command, language, &result] {
    auto done = summary(*command, language);
    result = done ? *done : report(done.error(), language);
  });
}

// ---- boards ----

struct BoardsCommand {
  RuleOptions rules;
  Form form = Form::Pretty;
};

Result<ExitCode> boards(BoardsCommand const& command, Language language) {
  constexpr std::string_view passed[] = {"N0116", "N0206", "N0207", "R0121"};
  auto checked = load(command.rules, command.form, passed, language);
  if (!checked) return checked.error();
  auto const made = boards_of(checked->project);
  std::fputs(
      (command.form == Form::Json ? boards_json(made, checked->project) : boards_text(made, checked->project, language))
          .c_str(),
      stdout);
  return checked->errors ? ExitCode::RuleErrors : ExitCode::Fine;
}

void set_up_boards(CLI::App& app, Language language, ExitCode& result) {
  auto* sub = app.add_subcommand("boards", words(language, "文件有多少条、多少项政策，各在哪块看板",
                                                 "articles, clauses and the boards they stand under, counted"));
  auto command = std::make_shared<BoardsCommand>();
  command->rules.add_to(*sub, language);
  add_form(*sub, command->form, language);
  sub->callback([command, language, &result] {
    auto done = boards(*command, language);
    result = done ? *done : report(done.error(), language);
  });
}

// ---- elements ----

struct ElementsCommand {
  RuleOptions rules;
  std::string records;
  Form form = Form::Pretty;
};

Result<ExitCode> elements(ElementsCommand const& command, Language language) {
  std::ifstream file(command.records, std::ios::binary);
  if (!file) return Error{ErrorKind::Usage, command.records + words(language, "：打不开", ": cannot be opened")};
  std::string text(std::istreambuf_iterator<char>(file), {});
  auto checked = load(command.rules, command.form, {}, language);
  if (!checked) return checked.error();
  auto const known = elements_of(checked->project, language);
  if (!known) return known.error();
  SourceSet sources;
  Diagnostics diagnostics;
  auto const made = check_elements(command.records, std::move(text), checked->project, *known, sources, diagnostics);
  if (!made) return made.error();
  show(diagnostics, sources, command.form, language);
  if (command.form == Form::Json)
    std::fputs(json_line(Row{{"records", made->records},
                             {"good", made->good},
                             {"errors", diagnostics.error_count()},
                             {"levels", made->levels}})
                   .c_str(),
               stdout);
  else
    fmt::print(
        "{}\n",
        language == Language::Chinese
            ? fmt::format("{} 条记录，{} 条齐全，{} 处错误", made->records, made->good, diagnostics.error_count())
            : fmt::format("{}, {} of them good, {}", counted(static_cast<std::size_t>(made->records), "record"),
                          made->good, counted(diagnostics.error_count(), "error")));
  return diagnostics.has_errors() ? ExitCode::DataErrors : ExitCode::Fine;
}

void set_up_elements(CLI::App& app, Language language, ExitCode& result) {
  auto* sub = app.add_subcommand("elements", words(language, "政策记录是否齐全：必填的要素缺了哪些",
                                                   "whether records of policies have all required elements"));
  auto command = std::make_shared<ElementsCommand>();
  command->rules.add_to(*sub, language);
  sub->add_option("--records", command->records,
                  words(language, "政策记录，JSON 文件：一个对象、一个数组，或者 .jsonl 每行一个",
                        "records of policies as JSON: an object, an array, or one a line in .jsonl"))
      ->required();
  add_form(*sub, command->form, language);
  sub->callback([command, language, &result] {
    auto done = elements(*command, language);
    result = done ? *done : report(done.error(), language);
  });
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  app.require_subcommand(1);
  set_up_readiness(app, language, result);
  set_up_reach(app, language, result);
  set_up_summary(app, language, result);
  set_up_boards(app, language, result);
  set_up_elements(app, language, result);
}

}  // namespace

extern Command const report_command;
Command const report_command{"report",
                             {"对整套政策的报告：免申即享、覆盖面、总数、看板、要素",
                              "reports on all policies: readiness, reach, summary, boards, elements"},
                             6,
                             set_up};

}  // namespace huiyu::driver
