#include "compiler/driver/test_scope.h"

#include <algorithm>
#include <set>
#include <string>

namespace huiyu::driver {
namespace {

// What a test gives, also as missing, and what it expects to be missing.
std::set<std::string> names_of(tir::Program const& program, tir::Test const& test) {
  std::set<std::string> names;
  for (auto const& record : test.records)
    for (auto const& fact : record.facts)
      names.insert(fact.field.has_value() ? program.fields[fact.field].name
                                          : program.definitions[fact.definition].name);
  for (auto const& parameter : test.parameters) names.insert(program.parameters[parameter.parameter].name);
  for (auto const& row : test.reference_rows) names.insert(program.reference_tables[row.table].name);
  for (auto const& expected : test.expectations)
    if (expected.missing)
      for (auto const& [name, period] : *expected.missing) names.insert(name.substr(0, name.find('.')));
  return names;
}

// `技改项目.设备投资额`, `产值[2023年]`, `参照.行业平均薪酬[C34]`: what is declared, or given, as a whole.
std::string declared_name(std::string need) {
  constexpr std::string_view table = "参照.";
  if (need.starts_with(table)) need.erase(0, table.size());
  return need.substr(0, need.find_first_of(".["));
}

}  // namespace

void leave_out_unspoken(tir::Program const& program, tir::Test const& test, std::vector<PairOutcome>& outcomes) {
  std::set<tir::PolicyId> members;
  for (auto const& settle : program.settles)
    for (auto const& member : settle.members) members.insert(member.policy);
  for (auto const& expected : test.expectations) members.erase(expected.policy);
  if (members.empty()) return;
  auto const names = names_of(program, test);
  for (auto const id : members) {
    auto& pair = outcomes[static_cast<std::size_t>(id.index)];
    if (pair.needs.empty()) continue;
    if (std::ranges::any_of(pair.needs, [&](auto const& need) { return names.contains(declared_name(need)); }))
      continue;
    PairOutcome none;
    none.row = pair.row;
    none.policy = pair.policy;
    none.outcome = Outcome::NotApplicable;
    pair = std::move(none);
  }
}

}  // namespace huiyu::driver
