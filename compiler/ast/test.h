#pragma once

// Tests: what is given and what is expected.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/literals.h"
#include "compiler/ast/operators.h"
#include "compiler/ast/policy.h"
#include "compiler/source/span.h"

namespace huiyu::ast {

// `上年营业收入 = 100万元`, `资质 = 甲、乙` (several values), `营业收入 缺`,
// `设备 = （金额 = 1万元，新上 = 是）、（金额 = 2万元）` (records of a list; `（）` is the empty list).
struct GivenFact {
  std::optional<Period> period;
  Path name;
  std::vector<ExprId> values;
  bool has_records = false;
  std::vector<std::vector<GivenFact>> records;
  bool missing = false;
  Span span;
};
// `城镇调查失业率控制目标 = 5.5%`, `行业平均薪酬（C34，2024年）= 8万元`: a parameter or a row of a 参照表 that holds
// for the test.
struct GivenSetting {
  Name name;
  std::vector<ExprId> keys;
  std::vector<ExprId> values;
  bool missing = false;
  Span span;
};
struct GivenRecord {
  std::optional<Name> schema;
  Name label;
  std::optional<Name> same_as;
  std::vector<GivenFact> facts;
  Span span;
};
enum class ExpectWord : std::uint8_t {
  Value,
  Eligible,
  Ineligible,
  Unknown,
  NotApplicable,
  Error,
  Pending
};  // 待核=Unknown 待定=Pending
struct Expectation {
  std::optional<Name> label;
  Path what;
  ExpectWord word{};
  ExprId value{};
  std::vector<Reference> missing;
  Span span;
};
struct TestDecl {
  std::string title;
  std::vector<Attribute> settings;
  std::vector<GivenSetting> given_settings;
  std::vector<GivenRecord> given;
  std::vector<Expectation> expect;
  Span span;
};

}  // namespace huiyu::ast
