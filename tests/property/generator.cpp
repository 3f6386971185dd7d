#include "tests/property/generator.h"

#include <algorithm>

#include "tests/property/files.h"
#include "tests/property/modular.h"
#include "tests/property/writer.h"

namespace huiyu::test {

namespace {

bool is_policy(std::string const& declaration) { return declaration.starts_with("政策 "); }

// A schema stays, or all that speaks of it would go too.
bool can_go(std::string_view declaration) {
  if (declaration.starts_with("公开 ")) declaration.remove_prefix(std::string_view("公开 ").size());
  return declaration.starts_with("政策 ") || declaration.starts_with("定义 ") || declaration.starts_with("例外 ") ||
         declaration.starts_with("引用 ") || declaration.starts_with("群体 ") || declaration.starts_with("组合 ") ||
         declaration.starts_with("预算 ") || declaration.starts_with("统计 ");
}

// Which declarations an error points at; false where it is a schema, or nothing.
bool mark_refused(driver::Project const& project, Program const& program, std::vector<bool>& refused) {
  auto const& declarations = program.declarations;
  auto const files = files_of(program.rules());
  refused.assign(declarations.size(), false);
  bool any = false;
  for (auto const& diagnostic : project.diagnostics.all()) {
    if (diagnostic.kind->severity != diag::Severity::Error) continue;
    if (!project.sources.contains(diagnostic.where.file)) return false;
    auto const& path = project.sources[diagnostic.where.file].path();
    auto const file = std::ranges::find(files, path, &RuleFile::path);
    if (file == files.end()) return false;
    auto const where = file->begin + diagnostic.where.begin;
    std::size_t begin = 0, place = 0;
    while (place < declarations.size() && begin + declarations[place].size() <= where)
      begin += declarations[place++].size();
    if (place == declarations.size() || !can_go(declarations[place])) return false;
    refused[place] = any = true;
  }
  return any;
}

}  // namespace

std::string Program::rules() const {
  std::string text;
  for (auto const& declaration : declarations) text += declaration;
  return text;
}

Program random_program(RandomSource& random) {
  Program program;
  program.world = random_world(random);
  auto& declarations = program.declarations;
  bool const modular = random.chance(25);
  if (modular) {
    declarations = modular_schema(program.world, random);
  } else {
    point_rows(program.world, random);
    auto const schema = schema_text(program.world, random);
    declarations.push_back(schema.record + schema.shared + schema.tables);
  }
  Writer writer(program.world, random);
  auto const definitions = static_cast<int>(random.below(5));
  for (int i = 0; i < definitions; ++i) declarations.push_back(writer.definition("定义值", i));
  auto const policies = static_cast<int>(writer.shares() ? random.between(3, 6) : random.between(2, 4));
  for (int i = 0; i < policies; ++i) {
    if (modular && i == policies - 1) declarations.push_back(second_file(program.world));
    declarations.push_back(writer.policy(i));
  }
  auto const& elsewhere = writer.elsewhere();
  declarations.insert(declarations.end(), elsewhere.begin(), elsewhere.end());
  return program;
}

Program random_population(RandomSource& random) {
  Program program;
  program.world = random_world(random);
  make_population(program.world, random);
  point_rows(program.world, random);
  auto& declarations = program.declarations;
  auto const schema = schema_text(program.world, random);
  declarations.push_back(schema.record + schema.shared + schema.tables);
  Writer writer(program.world, random);
  auto const cohorts = static_cast<int>(random.below(4));
  for (int i = 0; i < cohorts; ++i) declarations.push_back(writer.cohort(i));
  auto const definitions = static_cast<int>(random.below(4));
  for (int i = 0; i < definitions; ++i) declarations.push_back(writer.definition("定义值", i));
  // Policies of one run are about one 结构: of some programs it is one that a 统计 makes.
  bool const made = random.chance(25);
  // One row that lacks a value leaves its whole group open.
  program.world.complete = made && random.chance(60);
  auto const policies = static_cast<int>(random.between(3, 7));
  if (made)
    for (auto const& one : writer.statistics(policies)) declarations.push_back(one);
  for (int i = 0; i < policies && !made; ++i) declarations.push_back(writer.policy(i));
  auto const several = !made && random.chance(35) ? writer.several() : Names{};
  for (auto const& more : {writer.elsewhere(), several, made ? Names{} : writer.together()})
    declarations.insert(declarations.end(), more.begin(), more.end());
  return program;
}

std::unique_ptr<driver::Project> accepted(Program& program, std::int64_t& refused) {
  for (;;) {
    auto project = checked(program.rules());
    if (!project->diagnostics.has_errors()) {
      bool const some = std::any_of(program.declarations.begin(), program.declarations.end(), is_policy);
      return some ? std::move(project) : nullptr;
    }
    std::vector<bool> marks;
    if (!mark_refused(*project, program, marks)) return nullptr;
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      if (!marks[i]) kept.push_back(program.declarations[i]);
      refused += marks[i] ? 1 : 0;
    }
    program.declarations = std::move(kept);
  }
}

Names random_given(Program const& program, RandomSource& random) {
  Names given;
  if (!random.chance(35)) return given;
  for (auto const& definition : program.world.definitions)
    for (auto const& declaration : program.declarations)
      if ((declaration.starts_with("定义 " + definition.name + " ") ||
           declaration.starts_with("引用 " + definition.name + " ")) &&
          random.chance(50))
        given.push_back(definition.name);
  return given;
}

}  // namespace huiyu::test
