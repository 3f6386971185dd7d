#include <cstdio>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "compiler/driver/command.h"
#include "compiler/driver/counted.h"
#include "compiler/driver/native_module.h"
#include "compiler/driver/options.h"
#include "compiler/driver/plan_cache.h"
#include "compiler/driver/report.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  std::string folder;
};

Result<void> compile(Options const& options, Language language) {
  auto plan = load_plan(options.rules, language);
  if (!plan) return plan.error();
  auto native = native_module();
  if (!native) return native.error();
  auto shapes = (*native)->compile_ahead(*plan, options.folder);
  if (!shapes) return shapes.error();
  fmt::print("{}\n", language == Language::Chinese
                         ? fmt::format("{} 个算式的本机代码已写入 {}；运行时设 HUIYU_OBJECT_DIR={} 即用，不再编译",
                                       *shapes, options.folder, options.folder)
                         : fmt::format("native code of {} written to {}; runs with HUIYU_OBJECT_DIR={} use it "
                                       "and compile nothing",
                                       counted(*shapes, "formula"), options.folder, options.folder));
  return {};
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  app.add_option("--to", options->folder, words(language, "写入的文件夹", "the folder to write to"))->required();
  app.callback([options, language, &result] {
    auto done = compile(*options, language);
    result = done ? ExitCode::Fine : report(done.error(), language);
  });
}

}  // namespace

extern Command const compile_command;
Command const compile_command{
    "compile", {"预先编译规则的本机代码", "compile native code of the rules ahead"}, 10, set_up};

}  // namespace huiyu::driver
