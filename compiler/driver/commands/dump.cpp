#include <array>

#include <fmt/format.h>

#include "compiler/ast/print.h"
#include "compiler/driver/command.h"
#include "compiler/driver/native_module.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/report.h"
#include "compiler/driver/schema_json.h"
#include "compiler/driver/tir_json.h"
#include "compiler/tir/print.h"
#include "runtime/plan/print.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  std::string stage;
  bool positions = false;
  Format format = Format::Pretty;
};

constexpr std::array<char const*, 6> stages{"tokens", "ast", "schema", "tir", "plan", "llvm"};

Result<std::string> text_of(Options const& options, Language language) {
  // The first stages are shown whatever is wrong with the text.
  if (options.stage == "tokens" || options.stage == "ast") {
    auto project = read_project(options.rules.paths, language, options.rules.modules);
    if (!project) return project.error();
    check_project(*project);
    std::string text;
    for (auto const& file : project->files)
      text += options.stage == "ast" ? ast::print(file) : ast::print_tokens(file, project->sources[file.file]);
    return text;
  }
  auto project = load_project(options.rules.paths, language, options.rules.modules);
  if (!project) return project.error();
  if (options.stage == "schema") return schema_json(project->program);
  if (options.stage == "tir" && options.format == Format::Json) return tir_json(project->program);
  if (options.stage == "tir") {
    tir::PrintOptions print;
    if (options.positions)
      print.position = [&](Span span) {
        auto const& file = project->sources[span.file];
        auto place = file.position(span.begin);
        return fmt::format("{}:{}:{}", file.path(), place.line, place.column);
      };
    return tir::print(project->program, print);
  }
  auto plan = make_plan(*project);
  if (!plan) return plan.error();
  if (options.stage == "plan") return plan::print(*plan);
  auto native = native_module();
  if (!native) return native.error();
  return (*native)->print_ir(*plan);
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  Choices<std::string> choices;
  for (auto const* stage : stages) choices.emplace_back(stage, stage);
  add_choice(app, "--stage", options->stage, choices, language,
             words(language, "看哪个阶段：词、语法树、结构、语义树、计划、原生代码",
                   "which stage: words, ast, schema, tir, Plan, native code"))
      ->required();
  app.add_flag("--positions", options->positions, words(language, "tir 带原文位置", "tir with the places in the text"));
  add_choice(app, "--format", options->format, Choices<Format>{{"pretty", Format::Pretty}, {"json", Format::Json}},
             language, words(language, "tir 给人看，或者给程序算", "tir for people, or for programs that evaluate it"));
  app.callback([options, language, &result] {
    auto text = text_of(*options, language);
    if (text) std::fputs(text->c_str(), stdout);
    result = text ? ExitCode::Fine : report(text.error(), language);
  });
}

}  // namespace

extern Command const dump_command;
Command const dump_command{"dump", {"显示规则在各阶段的样子", "show the rules as each stage sees them"}, 9, set_up};

}  // namespace huiyu::driver
