#include "tests/property/generator.h"

#include <algorithm>

#include "tests/property/writer.h"

namespace huiyu::test {

namespace {

bool is_policy(std::string const& declaration) { return declaration.starts_with("政策 "); }

// Which declarations an error points at; false where it is the schema, or nothing.
bool mark_refused(driver::Project const& project, std::vector<std::string> const& declarations,
                  std::vector<bool>& refused) {
  refused.assign(declarations.size(), false);
  bool any = false;
  for (auto const& diagnostic : project.diagnostics.all()) {
    if (diagnostic.kind->severity != diag::Severity::Error) continue;
    std::size_t begin = 0, place = 0;
    while (place < declarations.size() && begin + declarations[place].size() <= diagnostic.where.begin)
      begin += declarations[place++].size();
    if (place == 0 || place == declarations.size()) return false;
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
  program.declarations.push_back(schema_text(program.world, random));
  Writer writer(program.world, random);
  auto const definitions = static_cast<int>(random.below(5));
  for (int i = 0; i < definitions; ++i) program.declarations.push_back(writer.definition(i));
  auto const policies = static_cast<int>(random.between(2, 4));
  for (int i = 0; i < policies; ++i) program.declarations.push_back(writer.policy(i));
  if (!writer.elsewhere().empty()) program.declarations.push_back(writer.elsewhere());
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
    if (!mark_refused(*project, program.declarations, marks)) return nullptr;
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
      if (declaration.starts_with("定义 " + definition.name + " ") && random.chance(50))
        given.push_back(definition.name);
  return given;
}

}  // namespace huiyu::test
