#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"
#include "runtime/records/data_module.h"

namespace huiyu::driver {

namespace {

struct Convert {
  std::string input, output;
};

Result<void> convert(Convert const& options) {
  auto module = records::DataModule::load();
  if (!module) return module.error();
  auto stream = module->read({records::SourceText::Kind::File, options.input});
  if (!stream) return stream.error();
  return module->write(std::move(*stream), options.output);
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  app.require_subcommand(1);
  auto* sub = app.add_subcommand("convert", words(language, "转换表格文件，或运行 SQL 文本并保存其结果",
                                                  "convert a table, or run a SQL text and keep what it yields"));
  auto options = std::make_shared<Convert>();
  sub->add_option("input", options->input, words(language, "表格文件，或 .sql", "a table, or a .sql text"))->required();
  sub->add_option("output", options->output,
                  words(language, "输出文件：.parquet、.csv、.json", "output: .parquet, .csv, .json"))
      ->required();
  sub->callback([options, language, &result] {
    auto done = convert(*options);
    result = done ? ExitCode::Fine : report(done.error(), language);
  });
}

}  // namespace

extern Command const data_command;
Command const data_command{"data", {"处理数据文件", "work with data files"}, 5, set_up};

}  // namespace huiyu::driver
