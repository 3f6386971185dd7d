#include <cstdio>
#include <filesystem>

#include "compiler/driver/command.h"
#include "compiler/driver/data_check.h"
#include "compiler/driver/data_convert.h"
#include "compiler/driver/options.h"
#include "compiler/driver/plan_cache.h"
#include "compiler/driver/records.h"
#include "compiler/driver/report.h"
#include "compiler/driver/subjects.h"
#include "runtime/columns/arrow_write.h"
#include "runtime/engine/layout.h"
#include "runtime/records/data_module.h"
#include "runtime/settle/tallies.h"

namespace huiyu::driver {

namespace {

// The fields that the rules ask for.
Result<columns::RecordLayout> layout_of_rules(RuleOptions const& rules, std::vector<std::string> const& given,
                                              std::string const& schema, Language language) {
  auto plan = load_plan(rules, language);
  if (!plan) return plan.error();
  auto subject = subject_named(*plan, schema);
  if (!subject) return subject.error();
  auto const source = settle::source_of(*plan, *subject);
  return engine::layout_of(*plan, source.has_value() ? source : *subject, given);
}

struct Convert {
  std::vector<std::string> files;  // the table, if the mapping does not name it, and the output
  RuleOptions rules;
  RecordOptions records;
};

Result<void> convert(Convert const& options, Language language) {
  bool const mapped = !options.records.mapping.empty();
  if (mapped == options.rules.paths.empty())
    return Error{ErrorKind::Usage, words(language, "--mapping 和 --rules 要一起用：字段由规则里的结构决定",
                                         "--mapping and --rules go together: the rules say which facts there are")};
  if (options.files.size() > 2 || options.files.size() < (mapped ? 1U : 2U))
    return Error{ErrorKind::Usage, words(language, "须给出一个输入文件和一个输出文件",
                                         "one file to read and one file to write are needed")};
  if (mapped) {
    auto layout = layout_of_rules(options.rules, {}, {}, language);
    if (!layout) return layout.error();
    auto records = options.records;
    if (options.files.size() == 2) records.data = options.files.front();
    return convert_records(records, *layout, options.files.back(), language);
  }
  auto module = records::DataModule::load();
  if (!module) return module.error();
  auto stream = module->read({records::SourceText::Kind::File, options.files.front(), {}});
  if (!stream) return stream.error();
  return module->write(std::move(*stream), options.files.back());
}

struct Check {
  std::vector<std::string> inputs;  // the data, if the mapping or --sql does not name them, and rules
  std::vector<std::string> modules, given;
  RecordOptions records;
  Format format = Format::Pretty;
  std::string report_file;  // where every reported cell goes; empty: nowhere
};

// Every cell that was reported, as a table.
class ReportTable {
 public:
  ReportTable()
      : rows_({{"row", columns::ResultKind::Integer},
               {"field", columns::ResultKind::Text},
               {"text", columns::ResultKind::Text},
               {"fault", columns::ResultKind::Text}}) {}
  void add(std::vector<columns::CellReport> const& reports) {
    for (auto const& report : reports)
      rows_.add({report.row + 1, report.field, report.text, std::string_view(columns::cell_fault_name(report.fault))});
  }
  Result<void> write(std::string const& path) && {
    auto module = records::DataModule::load();
    if (!module) return module.error();
    return module->write(std::move(rows_).finish(), path);
  }

 private:
  columns::ResultRows rows_;
};

bool is_rules(std::filesystem::path const& path) {
  auto const name = path.filename().string();
  return std::filesystem::is_directory(path) || name.ends_with(".hui") || name.ends_with(".hui.md");
}

Result<void> check(Check const& options, Language language) {
  auto one = single_source(options.records, language);
  if (!one) return one.error();
  auto& records = *one;
  std::vector<std::string> rules;
  for (auto const& input : options.inputs) {
    if (is_rules(input))
      rules.push_back(input);
    else if (records.data.empty()) {
      auto const named = named_place(input);
      records.data = named.place, records.subject = named.schema;
    } else {
      return Error{ErrorKind::Usage, words(language, "只能检查一个数据文件：", "one file of data at a time: ") + input};
    }
  }
  if (rules.empty())
    return Error{ErrorKind::Usage, words(language, "须给出规则：字段由规则里的结构决定",
                                         "rules are needed: they say which facts there are")};
  auto layout = layout_of_rules({rules, options.modules}, options.given, records.subject, language);
  if (!layout) return layout.error();
  auto source = open_records(records, *layout, language);
  if (!source) return source.error();
  DataCheck found(*layout);
  ReportTable table;
  for (bool more = true; more;) {
    auto batch = (*source)->next();
    if (!batch) return batch.error();
    auto const reports = (*source)->take_reports();
    found.add(reports);
    if (!options.report_file.empty()) table.add(reports);
    more = batch->has_value();
    if (more) found.add(**batch);
  }
  found.set_fields((*source)->unknown_fields(), (*source)->absent_fields());
  std::fputs((options.format == Format::Json ? found.to_json() : found.to_text(language)).c_str(), stdout);
  if (!options.report_file.empty())
    if (auto written = std::move(table).write(options.report_file); !written) return written;
  if (records.strict && found.reported() > 0)
    return Error{ErrorKind::Data,
                 words(language, "数据有读不懂的单元格（--strict）", "the data has unreadable cells (--strict)")};
  return {};
}

void set_up_check(CLI::App& app, Language language, ExitCode& result) {
  auto* sub = app.add_subcommand("check", words(language, "看数据读成了什么：有多少、缺多少、哪些格读不懂、范围和样本",
                                                "what is made of data: counts, unreadable cells, ranges, a sample"));
  auto options = std::make_shared<Check>();
  sub->add_option("inputs", options->inputs,
                  words(language, "数据文件，以及规则文件或所在文件夹", "a file of data, and rule files or folders"))
      ->required();
  add_modules_to(*sub, options->modules, language);
  options->records.add_data_to(*sub, language);
  sub->add_option("--given", options->given,
                  words(language, "由记录直接给出的定义，可多次使用",
                        "a definition that the records state themselves; may be repeated"));
  sub->add_option("-o,--output", options->report_file,
                  words(language, "把读不成的每一格（行、字段、原文、缘由）写进这个文件",
                        "a file for every reported cell: row, field, text and what is wrong"));
  add_choice(*sub, "--format", options->format, Choices<Format>{{"pretty", Format::Pretty}, {"json", Format::Json}},
             language, words(language, "pretty 给人看", "pretty for people"));
  sub->callback([options, language, &result] {
    auto done = check(*options, language);
    result = done ? ExitCode::Fine : report(done.error(), language);
  });
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  app.require_subcommand(1);
  set_up_check(app, language, result);
  auto* sub = app.add_subcommand("convert", words(language, "转换表格文件，或运行 SQL 文本并保存其结果",
                                                  "convert a table, or run a SQL text and keep what it yields"));
  auto options = std::make_shared<Convert>();
  sub->add_option(
         "files", options->files,
         words(language, "表格文件或 .sql，然后是输出文件：.parquet、.csv、.xlsx、.json；映射写了 source 的只写输出",
               "a table or a .sql text, then the output: .parquet, .csv, .xlsx, .json; the output alone where "
               "the mapping names the source"))
      ->required();
  sub->add_option("--mapping", options->records.mapping,
                  words(language, "按映射（.toml）读，写成规则里的字段和单位；要有 --rules",
                        "read by a mapping (.toml) and write the facts of the rules in their units; needs --rules"));
  sub->add_option("--rules", options->rules.paths,
                  words(language, "规则文件或所在文件夹", "rule files or folders of them"))
      ->allow_extra_args(false);
  add_modules_to(*sub, options->rules.modules, language);
  sub->add_flag("--strict", options->records.strict,
                words(language, "有读不懂的单元格时不写，退出码 4", "refuse data with unreadable cells, exit code 4"));
  sub->callback([options, language, &result] {
    auto done = convert(*options, language);
    result = done ? ExitCode::Fine : report(done.error(), language);
  });
}

}  // namespace

extern Command const data_command;
Command const data_command{"data", {"处理数据文件", "work with data files"}, 5, set_up};

}  // namespace huiyu::driver
