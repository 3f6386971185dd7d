// Inside check only: 测试 blocks.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/check/context.h"
#include "compiler/tir/test.h"

namespace huiyu::check {

// Every name of a test found and every value of its type; what is wrong is reported and left out. After all policies.
tir::Test check_test(Context& context, ast::File const& file, ast::TestDecl const& decl);

// Where tests expect anything at all and nothing is wrong, each policy of which they expect nothing is named.
void warn_of_untested(Context& context, std::span<tir::Test const> tests);

// What a test says first, and what its parts share.
struct TestScope {
  Context& context;
  ast::File const& file;
  ast::TestDecl const& decl;
  tir::Test& test;
};

// test_given.cpp
void check_given_settings(TestScope const& scope);
void check_given_records(TestScope const& scope);
// The one period that the words mean; reports and is absent where they mean none or several.
std::optional<tir::TestPeriod> test_period(Context& context, ast::Period const& period);

// test_expect.cpp
void check_expectations(TestScope const& scope);

// What an outcome reads besides facts.
struct ReadsOfRun {
  bool day = false;   // 基准日, itself or through validity, parameters or 本月
  bool year = false;  // 申报年度
};
// test_reads.cpp
ReadsOfRun reads_of_policy(tir::Program const& program, tir::PolicyId policy, tir::Test const& test);
ReadsOfRun reads_of_definition(tir::Program const& program, tir::DefinitionId definition, tir::Test const& test);

}  // namespace huiyu::check
