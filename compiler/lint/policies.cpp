// What a policy leaves unsaid, what it says twice, and which of its items no test looks at.
#include <algorithm>
#include <map>
#include <set>

#include "compiler/lint/rules.h"
#include "compiler/tir/print.h"
#include "runtime/base/civil.h"

namespace huiyu::lint {
namespace {

ast::PolicyDecl const* declared(Project const& project, tir::Policy const& policy) {
  for (auto const& file : project.files)
    for (auto const& declaration : file.declarations)
      if (auto const* decl = std::get_if<ast::PolicyDecl>(&declaration);
          decl != nullptr && decl->name.span == policy.span)
        return decl;
  return nullptr;
}

ast::Attribute const* find(ast::PolicyDecl const& decl, ast::AttributeWord word) {
  auto const at = std::ranges::find(decl.attributes, word, &ast::Attribute::word);
  return at == decl.attributes.end() ? nullptr : &*at;
}

// Everything that decides who gets how much, as text.
std::string meaning(tir::Program const& program, tir::Policy const& policy) {
  std::string text = std::to_string(policy.subject.index);
  auto const one = [&](std::string_view what, tir::ExprId id) {
    text += "\n" + std::string(what) + " " + (id.has_value() ? tir::print(program, id) : "");
  };
  one("place", policy.place);
  one("year", policy.year);
  one("target", policy.target);
  one("condition", policy.condition);
  one("value " + policy.value_name, policy.value);
  for (auto const& item : policy.items) {
    one("when", item.when);
    one("amount", item.amount);
  }
  for (auto const& cap : policy.caps) one(cap.at_most ? "most" : "least", cap.bound);
  auto const day = [](std::optional<std::int32_t> each) { return each ? std::to_string(*each) : std::string("-"); };
  return text + "\nvalid " + day(policy.valid_from) + " " + day(policy.valid_until);
}

}  // namespace

void unsaid_references(Project const& project, Diagnostics& found) {
  for (auto const& policy : project.program.policies) {
    auto const* decl = declared(project, policy);
    if (decl == nullptr) continue;
    if (policy.citation.empty()) found.add(policy.span, diag::NoCitation, policy.name);
    if (find(*decl, ast::AttributeWord::Id) == nullptr) found.add(policy.span, diag::NoPolicyId, policy.name);
  }
}

void parameters_that_end_early(Project const& project, Diagnostics& found) {
  auto const& program = project.program;
  for (auto const& policy : program.policies) {
    if (!policy.valid_until) continue;
    std::set<tir::ParameterId> seen;
    for (auto const id : all_of(program, policy)) {
      auto const* used = std::get_if<tir::ParameterValue>(&program.exprs[id].kind);
      if (used == nullptr || !seen.insert(used->parameter).second) continue;
      auto const& parameter = program.parameters[used->parameter];
      if (parameter.values.empty() || !parameter.values.back().until_day) continue;
      auto const until = *parameter.values.back().until_day;
      if (until >= *policy.valid_until) continue;
      found
          .add(parameter.span, diag::ParameterEndsEarly, parameter.name, format_date(until), policy.name,
               format_date(*policy.valid_until))
          .label(policy.span, diag::note::HoldsUntil);
    }
  }
}

void twin_policies(Project const& project, Diagnostics& found) {
  std::map<std::string, tir::Policy const*> seen;
  for (auto const& policy : project.program.policies) {
    auto const [at, fresh] = seen.emplace(meaning(project.program, policy), &policy);
    if (!fresh)
      found.add(policy.span, diag::TwinPolicies, policy.name, at->second->name)
          .label(at->second->span, diag::note::AlsoHere);
  }
}

void untested_items(Project const& project, Diagnostics& found) {
  std::set<std::int32_t> tested;
  std::set<std::pair<std::int32_t, std::string>> items;
  for (auto const& test : project.tests)
    for (auto const& expected : test.expectations) {
      if (!expected.policy.has_value()) continue;
      tested.insert(expected.policy.index);
      if (expected.part == tir::ExpectedPart::Item) items.emplace(expected.policy.index, expected.name);
    }
  // A policy that no test looks at at all has its own warning (R0507).
  for (auto const index : tested) {
    auto const& policy = project.program.policies[tir::PolicyId{index}];
    if (policy.items.size() < 2) continue;
    for (auto const& item : policy.items)
      if (!items.contains({index, item.name})) found.add(item.span, diag::ItemUntested, policy.name, item.name);
  }
}

}  // namespace huiyu::lint
