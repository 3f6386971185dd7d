#include "compiler/driver/test_program.h"

#include <algorithm>

#include "compiler/check/check.h"
#include "compiler/diag/diagnostics.h"

namespace huiyu::driver {

namespace {

using types::Kind;

void state(tir::Program& program, tir::Test const& test) {
  for (auto const& given : test.parameters) {
    auto& values = program.parameters[given.parameter].values;
    values.clear();
    if (given.value) values.push_back({std::nullopt, std::nullopt, *given.value});
  }
  for (auto const& given : test.reference_rows) {
    auto& rows = program.reference_tables[given.table].rows;
    std::erase_if(rows, [&](tir::ReferenceRow const& row) { return row.keys == given.keys; });
    if (given.value) rows.push_back({given.keys, *given.value});
  }
}

// Some value of the type: whether a definition is missing or an error shows in any comparison with it.
tir::Value any_value(Kind kind) {
  switch (kind) {
    case Kind::Truth: return true;
    case Kind::Number: return BigRational(0);
    case Kind::Date: return tir::DateValue{0};
    case Kind::Year: return tir::YearValue{2000};
    case Kind::Month: return tir::MonthValue{24000};
    case Kind::Code: return tir::CodeValue{0};
    case Kind::Enumeration: return tir::EntryValue{0};
    case Kind::Text:
    case Kind::CreditCode:
    case Kind::Record:
    case Kind::List:
    case Kind::Set:
    case Kind::Poison: break;
  }
  return std::string();
}

// A policy that holds where the definition has the expected value.
tir::PolicyId ask(tir::Program& program, tir::Expectation const& expected, SchemaId subject) {
  auto const definition = program.definitions[expected.definition];
  auto const span = expected.span;
  auto const add = [&](tir::ExprKind kind, tir::Type const& type) {
    return program.exprs.add({std::move(kind), type, span, {}});
  };
  tir::Type truth;
  truth.kind = Kind::Truth;
  auto const value = add(tir::DefinitionValue{tir::BindingId{0}, expected.definition, {}, {}}, definition.type);
  auto const wanted = expected.value.value_or(any_value(definition.type.kind));
  tir::Policy policy;
  policy.name = definition.name;
  policy.id = "定义" + std::to_string(program.policies.size());  // no two policies share one
  policy.subject = subject;
  policy.span = span;
  if (definition.type.kind == Kind::Truth)
    policy.condition = std::get<bool>(wanted) ? value : add(tir::Not{value}, truth);
  else
    policy.condition =
        add(tir::Compare{tir::CompareOp::Equal, value, add(tir::Constant{wanted}, definition.type)}, truth);
  return program.policies.add(std::move(policy));
}

}  // namespace

bool states_settings(tir::Test const& test) { return !test.parameters.empty() || !test.reference_rows.empty(); }

Result<TestProgram> make_test_program(tir::Program const& program, std::span<tir::Test const* const> tests) {
  TestProgram made;
  made.program = program;
  for (auto const* test : tests) {
    state(made.program, *test);
    auto& policies = made.policy_of.emplace_back();
    for (auto const& expected : test->expectations) {
      auto const policy = expected.part == tir::ExpectedPart::Definition
                              ? ask(made.program, expected, test->records[expected.record].schema)
                              : expected.policy;
      policies.push_back(static_cast<std::uint32_t>(policy.index));
    }
  }
  Diagnostics diagnostics;
  made.facts = check::ranges(made.program, diagnostics);
  if (diagnostics.has_errors())
    return Error{ErrorKind::Rules, "测试 `" + tests.front()->title + "` 给出的数太大，算不下 / what the test `" +
                                       tests.front()->title + "` states is too wide to compute"};
  return made;
}

}  // namespace huiyu::driver
