#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/diag/render.h"
#include "compiler/driver/command.h"
#include "compiler/driver/module_folders.h"
#include "compiler/driver/options.h"
#include "compiler/driver/project.h"
#include "compiler/driver/report.h"
#include "compiler/format/diff.h"
#include "compiler/format/format.h"
#include "compiler/format/same_rules.h"
#include "compiler/modules/modules.h"
#include "compiler/parse/parse.h"

namespace huiyu::driver {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view standard_input = "-";

struct Options {
  std::vector<std::string> paths, with, modules;
  std::string name = "standard-input.hui";
  bool check = false;
  bool to_stdout = false;
  std::optional<Language> keywords;
};

// What happened to one file.
enum class Outcome { Unchanged, Changed, Refused };

void say(std::string const& text) { std::fputs(text.c_str(), stderr); }

// The texts to lay out, and the names that they may use: their own, those of all rules beside them, and those asked
// for.
struct Work {
  Project project;            // what is laid out, then what else declares names
  std::size_t own_count = 0;  // how many of its sources are laid out
  modules::Modules names;
};

std::string identity(std::string const& path) {
  std::error_code error;
  auto canonical = fs::weakly_canonical(path, error);
  return error ? path : canonical.string();
}

Result<Work> gather(Options const& options, Language language) {
  std::vector<std::string> paths;
  std::set<std::string> beside(options.with.begin(), options.with.end());
  bool from_input = false;
  for (auto const& path : options.paths) {
    std::error_code error;
    if (path == standard_input)
      from_input = true;
    else
      paths.push_back(path);
    auto folder = fs::path(path == standard_input ? options.name : path).parent_path();
    if (!fs::is_directory(path, error) && !folder.empty())
      beside.insert(folder.string());
    else if (!fs::is_directory(path, error) && path != standard_input)
      beside.insert(".");
  }
  auto project = read_project(paths, language);
  if (!project) return project.error();
  Work work{std::move(*project), 0, {}};
  auto& sources = work.project.sources;
  if (from_input) sources.add(options.name, std::string(std::istreambuf_iterator<char>(std::cin), {}));
  work.own_count = sources.size();
  std::set<std::string> seen;
  for (auto const& file : sources) seen.insert(identity(file.path()));
  for (auto const& folder : beside) {
    auto others = read_project({folder}, language);
    if (!others) continue;  // no rules there
    for (auto const& file : others->sources)
      if (seen.insert(identity(file.path())).second) sources.add(file.path(), std::string(file.text()));
  }
  std::vector<std::string> places = options.paths;
  places.insert(places.end(), beside.begin(), beside.end());
  FolderStore const store(module_folders(options.modules, places));
  Diagnostics missing;  // a module that is not there shows where a name of it stands
  work.names = modules::Modules::load(sources, store, missing);
  return work;
}

// A new file beside the old one takes its place at once, with its mode; who follows a link gets the new text.
Result<void> replace(std::string const& path, std::string const& text) {
  std::error_code error;
  auto target = fs::canonical(path, error);
  if (error) return Error{ErrorKind::Environment, path + ": " + error.message()};
  auto mode = fs::status(target, error).permissions();
  auto fresh = target;
  fresh += fmt::format(".{}.tmp", getpid());
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.flush();
    if (!out) error = std::make_error_code(std::errc::io_error);
  }
  if (!error) fs::permissions(fresh, mode, error);
  if (!error) fs::rename(fresh, target, error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove(fresh, ignored);
  return Error{ErrorKind::Environment, path + ": " + error.message()};
}

// The file in the one layout; none, with the reason printed, if it cannot be read.
std::optional<std::string> lay_out(SourceFile const& source, Work& work, Options const& options, Language language) {
  Diagnostics diagnostics;
  auto const& names = work.names.names_for(source.id());
  auto file = parse::parse(source, names, diagnostics);
  auto refuse = [&](std::string_view zh, std::string_view en) {
    say(source.path() + words(language, zh, en) + "\n");
    return std::nullopt;
  };
  if (diagnostics.has_errors()) {
    say(diag::render_text(diagnostics, work.project.sources, language));
    return refuse("：有错误，未改动（用到别处声明的名称时，用 --with 指明所在文件夹）",
                  ": has errors and was left alone (if it uses names declared elsewhere, name that folder by --with)");
  }
  auto text = format::format(file, source, {options.keywords});
  if (!text) {
    say(text.error().message + "\n");
    return std::nullopt;
  }
  // Whatever was laid out has to say what it said before, or nothing is touched.
  SourceSet again;
  Diagnostics found;
  auto reread = parse::parse(again.add(source.path(), *text), names, found);
  if (found.has_errors() || !format::same_rules(file, reread))
    return refuse("：排版后断词会不同，未改动；请用「」括住有歧义的名称",
                  ": would be cut differently and was left alone; put ambiguous names in 「」");
  return *text;
}

Outcome process(SourceFile const& source, Work& work, Options const& options, Language language) {
  auto text = lay_out(source, work, options, language);
  if (!text) return Outcome::Refused;
  bool from_input = source.path() == options.name;
  bool changed = *text != source.text();
  if (options.check) {
    if (changed) fmt::print("{}\n{}", source.path(), format::show_changes(source.text(), *text));
  } else if (options.to_stdout || from_input) {
    std::fwrite(text->data(), 1, text->size(), stdout);
  } else if (changed) {
    auto done = replace(source.path(), *text);
    if (!done) {
      say(done.error().message + "\n");
      return Outcome::Refused;
    }
    fmt::print("{}\n", source.path());
  }
  return changed ? Outcome::Changed : Outcome::Unchanged;
}

ExitCode run(Options const& options, Language language) {
  auto work = gather(options, language);
  if (!work) return report(work.error(), language);
  bool refused = false;
  bool changed = false;
  for (std::size_t i = 0; i < work->own_count; ++i) {
    auto const& source = work->project.sources[FileId{static_cast<std::int32_t>(i)}];
    auto outcome = process(source, *work, options, language);
    refused = refused || outcome == Outcome::Refused;
    changed = changed || outcome == Outcome::Changed;
  }
  if (refused) return ExitCode::RuleErrors;
  return options.check && changed ? ExitCode::Findings : ExitCode::Fine;
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  app.add_option(
         "paths", options->paths,
         words(language, "规则文件、文件夹，或 `-`（标准输入）", "rule files, folders, or `-` (standard input)"))
      ->required();
  app.add_flag("--check", options->check,
               words(language, "只列出会改动的文件和改动之处，退出码 1",
                     "only list files that would change, and how; exit code 1"));
  app.add_flag("--stdout", options->to_stdout,
               words(language, "结果写到标准输出，不改文件", "write the result to standard output and no file"));
  add_choice(app, "--lang", options->keywords, Choices<Language>{{"zh", Language::Chinese}, {"en", Language::English}},
             language,
             words(language, "关键词换成中文（zh）或英文（en），名称不变",
                   "spell keywords in Chinese (zh) or English (en); names stay"));
  app.add_option(
      "--with", options->with,
      words(language, "还用到这些文件或文件夹里声明的名称", "files or folders whose names are used as well"));
  add_modules_to(app, options->modules, language);
  app.add_option("--name", options->name,
                 words(language, "标准输入所代表的文件名", "the file name that standard input stands for"));
  app.callback([options, language, &result] { result = run(*options, language); });
}

}  // namespace

extern Command const fmt_command;
Command const fmt_command{
    "fmt", {"排版：缩进、对齐、空格和标点", "lay out: indentation, columns, spaces, punctuation"}, 2, set_up};

}  // namespace huiyu::driver
