#include <memory>

#include "compiler/diag/render.h"
#include "compiler/driver/color.h"
#include "compiler/driver/command.h"
#include "compiler/driver/cuts.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/report.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  bool json = false;
  bool joined = false;
};

ExitCode show_words(Options const& options, Language language) {
  auto project = read_project(options.rules.paths, language, options.rules.modules);
  if (!project) return report(project.error(), language);
  parse_project(*project);
  for (auto const& file : project->files) {
    auto const& source = project->sources[file.file];
    for (auto const& run : runs_of(file, source, options.joined))
      std::fputs((options.json ? cut_json(run, source) : cut_text(run, source, language)).c_str(), stdout);
  }
  put(diag::render_text(project->diagnostics, project->sources, language), stderr, color_diagnostics);
  return project->diagnostics.has_errors() ? ExitCode::RuleErrors : ExitCode::Fine;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  add_choice(app, "--format", options->json, Choices<bool>{{"text", false}, {"json", true}}, language,
             words(language, "text 给人看，json 每行一个对象", "text for people, json one object a line"));
  app.add_flag("--joined", options->joined,
               words(language, "只列没有用空格断开的", "only what is not parted by blanks"));
  app.callback([options, language, &result] { result = show_words(*options, language); });
}

}  // namespace

extern Command const words_command;
Command const words_command{
    "words", {"显示连写的文字怎样断成词", "show how unspaced text is cut into words"}, 8, set_up};

}  // namespace huiyu::driver
